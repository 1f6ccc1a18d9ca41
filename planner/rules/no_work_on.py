"""Days on which nobody works: Sundays, public holidays, a closing day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, ClassVar

from planner._messages import Message
from planner._values import parse_days
from planner.clock import PublicHolidays
from planner.rota import Shift
from planner.rules.calendar import AgentCalendar
from planner.rules.measure import day_of, midnight, working
from planner.rules.rule import Rule, Violation
from planner.rules.settings import Weekdays
from planner.rules.shapes import WORKING, Each, Mark, Shape

FIRST_HOURS = (0, 120)
"""A duty that is on at midnight is on in the first hours of the next day, also where midnight is skipped."""


class NoWorkOn(Rule):
    """No shift starts on these days, or if ``any_part``, no part of a shift lies on them.

    Sunday and holiday closure, or, soft, free holidays. On call does not count. A shift is one violation,
    however much of it lies there. With ``any_part`` the engine takes shifts that start before 02:00 to end
    on the day on which they start; the judge looks at every one.

    Attributes
    ----------
    days: such as "sun, public holidays" (those of the person's site).
    any_part: whether a shift of the evening before may not reach into them either.

    Examples
    --------
    >>> str(NoWorkOn().explain())
    'No shift starts on sun, public holidays'
    >>> str(NoWorkOn(days="sun", any_part=True).explain())
    'No work on sun, from midnight to midnight'
    """

    name: ClassVar[str] = "no_work_on"
    unit: ClassVar[str] = "shift"
    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"days": "sun, public holidays"},
        {"days": "thu, public holidays", "any_part": True, "penalty": 60},
    )

    days: Weekdays = "sun, public holidays"
    any_part: bool = False

    def shapes(self, calendar: AgentCalendar) -> tuple[Shape, ...]:
        """A ban on duties that start on the days, and on those that reach into them."""
        closed = [self._closed(calendar, calendar.day_at(day)) for day in range(calendar.days + 1)]
        on = frozenset(day for day in range(calendar.days) if closed[day])
        found = [Each(self.name, Mark(WORKING.kinds, days=on), price=self.price)]
        eves = frozenset(day for day in range(calendar.days) if closed[day + 1] and not closed[day])
        if self.any_part and eves:
            later = frozenset(range(FIRST_HOURS[1], 1440, 15))
            mark = Mark(WORKING.kinds, window=FIRST_HOURS, days=eves, starts=later)
            found.append(Each(self.name, mark, price=self.price))
        return tuple(found)

    def check(
        self, calendar: AgentCalendar, tour: Sequence[Shift], carried: Sequence[Shift]
    ) -> tuple[Violation, ...]:
        """Look at each shift's first day, or at every day that it touches."""
        found = []
        for shift in working(tour):
            day = day_of(shift, calendar)
            touched = [day]
            while self.any_part and midnight(touched[-1] + timedelta(days=1), calendar) < shift.end:
                touched.append(touched[-1] + timedelta(days=1))
            closed = [one for one in touched if self._closed(calendar, one)]
            if closed:
                found.append(self.found(calendar, day, 1, {"closed": closed[0].isoformat()}))
        return tuple(found)

    def explain(self) -> Message:
        """In a sentence."""
        return Message("rules.no_work_on_any" if self.any_part else "rules.no_work_on", {"days": self.days})

    def _closed(self, calendar: AgentCalendar, day: date) -> bool:
        """Whether a day is one of these."""
        asked = parse_days(self.days)
        if day.weekday() in asked.weekdays:
            return True
        place = calendar.site.public_holidays
        return asked.public_holidays and PublicHolidays(place).name_of(day) is not None
