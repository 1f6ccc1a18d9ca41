"""Hours of rest after a night, or a block of nights, before other work."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from planner._messages import Message
from planner.clock import local_text, minutes_between
from planner.rota import Shift
from planner.rules.calendar import AgentCalendar
from planner.rules.kinds import night, no_night
from planner.rules.measure import before, day_of, is_night, working
from planner.rules.rule import Hours, Rule, Stricter, Violation, hours_text
from planner.rules.shapes import Gap, Shape


class RestAfterNights(Rule):
    """At least ``hours`` from the end of the last night shift to the next shift that is not one.

    It holds after every block of nights, also of a single one; a night after a night is minimum rest's
    matter. Two full nights' sleep are 48 h.

    Attributes
    ----------
    hours: such as "46 h".
    night_means: hours in the site's night window that make a shift a night shift; default 3.

    Examples
    --------
    >>> str(RestAfterNights(hours="46 h").explain())
    "At least 46 hours' rest after a block of night shifts"
    """

    name: ClassVar[str] = "rest_after_nights"
    unit: ClassVar[str] = "minute"
    stricter: ClassVar[dict[str, Stricter]] = {"hours": "higher", "night_means": "lower"}
    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"hours": "46 h"},
        {"hours": 30, "night_means": 6, "penalty": 6},
    )

    hours: Hours
    night_means: Hours = 3.0

    def shapes(self, calendar: AgentCalendar) -> tuple[Shape, ...]:
        """One gap from nights to other duties."""
        nights, others = night(calendar, self.night_means), no_night(calendar, self.night_means)
        return (Gap(self.name, nights, others, round(self.hours * 60), self.price),)

    def check(
        self, calendar: AgentCalendar, tour: Sequence[Shift], carried: Sequence[Shift]
    ) -> tuple[Violation, ...]:
        """Measure from the latest end of the nights to the first other shift, on the UTC clock."""
        least = round(self.hours * 60)
        earlier = working(before(calendar, tour, carried))
        found, ends, waiting = [], [], False
        for number, shift in enumerate([*earlier, *working(tour)]):
            if is_night(shift, calendar, round(self.night_means * 60)):
                ends.append(shift.end)
                waiting = True
                continue
            rest = minutes_between(max(ends), shift.start) if waiting else least
            waiting = False
            if number >= len(earlier) and rest < least:
                values = {
                    "rest": hours_text(rest),
                    "least": hours_text(least),
                    "start": local_text(shift.start, calendar.agent.zone)[11:16],
                }
                found.append(self.found(calendar, day_of(shift, calendar), round(least - rest), values))
        return tuple(found)

    def explain(self) -> Message:
        """In a sentence."""
        return Message("rules.rest_after_nights", {"hours": hours_text(self.hours * 60)})
