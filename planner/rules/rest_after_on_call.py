"""Hours of rest after a duty on call before the next shift of work."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from planner._messages import Message
from planner._values import parse_days
from planner.clock import local_text, minutes_between
from planner.rota import Shift
from planner.rules.calendar import AgentCalendar
from planner.rules.measure import before, day_of, on_call, working
from planner.rules.rule import Hours, Rule, Stricter, Violation, hours_text
from planner.rules.settings import Names, OptionalWeekdays
from planner.rules.shapes import ON_CALL, WORKING, Gap, Mark, Shape

LOOK_BACK = 35
"""Days before the period of which duties on call may still matter: more than the longest rest there is."""


class RestAfterOnCall(Rule):
    """At least ``hours`` from the end of a duty on call to the next shift of work, as hours that pass.

    Whoever is likely to be called at night is not at work the next morning. A call may come at any time,
    so that the rest is counted from the end of the duty, not from a call. Only the first shift after a
    duty on call is measured, and only from those duties that are asked for.

    Attributes
    ----------
    hours: such as "11 h".
    shifts: names of duties on call after which it holds; empty: all.
    weekdays: on which these duties start, such as "mon-fri"; "": any day.

    Examples
    --------
    >>> str(RestAfterOnCall(hours="11 h").explain())
    "At least 11 hours' rest after a duty on call before work"
    >>> str(RestAfterOnCall(hours="11 h", shifts="on call night", weekdays="sun").explain())
    "At least 11 hours' rest after on call night of sun before work"
    """

    name: ClassVar[str] = "rest_after_on_call"
    unit: ClassVar[str] = "minute"
    stricter: ClassVar[dict[str, Stricter]] = {"hours": "higher"}
    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"hours": "11 h"},
        {"hours": 26, "shifts": "on call night", "weekdays": "mon-thu", "penalty": 6},
    )

    hours: Hours
    shifts: Names = ()
    weekdays: OptionalWeekdays = ""

    def shapes(self, calendar: AgentCalendar) -> tuple[Shape, ...]:
        """One gap from the duties on call to work."""
        days = None
        if self.weekdays:
            around = range(-LOOK_BACK, calendar.days)
            days = frozenset(day for day in around if calendar.weekday(day) in self._weekdays())
        called = Mark(ON_CALL.kinds, names=frozenset(self.shifts) or None, days=days)
        return (Gap(self.name, called, WORKING, round(self.hours * 60), self.price),)

    def check(
        self, calendar: AgentCalendar, tour: Sequence[Shift], carried: Sequence[Shift]
    ) -> tuple[Violation, ...]:
        """Measure from the latest end of the duties on call to the first shift after, on the UTC clock."""
        least = round(self.hours * 60)
        earlier = before(calendar, tour, carried)
        old, new = ([*working(shifts), *on_call(shifts)] for shifts in (earlier, tour))
        both = [*((shift, False) for shift in old), *((shift, True) for shift in new)]
        found, ends, waiting = [], [], False
        for shift, inside in sorted(both, key=lambda pair: (pair[0].start, pair[0].end)):
            if shift.kind == "on_call":
                if self._asked(shift, calendar):
                    ends.append(shift.end)
                    waiting = True
                continue
            rest = minutes_between(max(ends), shift.start) if waiting else least
            waiting = False
            if inside and rest < least:
                values = {
                    "rest": hours_text(rest),
                    "least": hours_text(least),
                    "start": local_text(shift.start, calendar.agent.zone)[11:16],
                }
                found.append(self.found(calendar, day_of(shift, calendar), round(least - rest), values))
        return tuple(found)

    def explain(self) -> Message:
        """In a sentence."""
        values = {
            "hours": hours_text(self.hours * 60),
            "shifts": ", ".join(self.shifts),
            "days": self.weekdays,
        }
        named = "_named" if self.shifts else ""
        return Message(f"rules.rest_after_on_call{named}{'_days' if self.weekdays else ''}", values)

    def _weekdays(self) -> frozenset[int]:
        return parse_days(self.weekdays).weekdays

    def _asked(self, shift: Shift, calendar: AgentCalendar) -> bool:
        """Whether a duty on call is one of those it holds after."""
        if self.shifts and shift.name not in self.shifts:
            return False
        return not self.weekdays or day_of(shift, calendar).weekday() in self._weekdays()
