"""People who work on the same days, or never on the same day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from planner._messages import Message
from planner.rota import Shift
from planner.rules.calendar import AgentCalendar
from planner.rules.rule import Names, Violation
from planner.rules.shapes import Team
from planner.rules.team_rule import TeamRule
from planner.rules.together import daily, mark_of, on_days


class Buddies(TeamRule):
    """People, named with ``for``, work on the same days, or with ``apart`` at most one of them on a day.

    Days on which one of two is on leave or not employed are free for the other. Of more than two
    people, each is held to the first.

    Attributes
    ----------
    shifts: names of shift types, each looked at by itself, so that buddies have the same one; none: any
        shift of the day.
    apart: keep them off each other's days instead; shift types then count together.

    Examples
    --------
    >>> str(Buddies(people="Anna, Ben").explain())
    'Anna, Ben work on the same days'
    """

    name: ClassVar[str] = "buddies"
    unit: ClassVar[str] = "shift"
    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"for": ["Anna", "Ben"]},
        {"for": ["Anna", "Ben"], "shifts": ["day", "night"], "penalty": 20},
        {"for": ["Anna", "Ben", "Cleo"], "apart": True, "penalty": 20},
    )

    shifts: Names = ()
    apart: bool = False

    def shapes(self, calendars: Mapping[str, AgentCalendar]) -> tuple[Team, ...]:
        """For each day and pair a difference of 0, or for each day a total of at most 1."""
        names = list(calendars)
        if len(names) < 2:
            return ()
        days = range(max(calendar.days for calendar in calendars.values()))
        if self.apart:
            marks = {name: mark_of(calendars[name], self.shifts, False) for name in names}
            weights = dict.fromkeys(names, 1)
            return tuple(daily(self.name, self.price, weights, marks, day, most=1) for day in days)
        made = []
        for kinds in self._kinds():
            for other in names[1:]:
                pair = {names[0]: 1, other: -1}
                marks = {name: mark_of(calendars[name], kinds, False) for name in pair}
                away = calendars[names[0]].unavailable | calendars[other].unavailable
                made += [
                    daily(self.name, self.price, pair, marks, day, least=0, most=0)
                    for day in days
                    if day not in away
                ]
        return tuple(made)

    def _kinds(self) -> list[tuple[str, ...]]:
        return [(name,) for name in self.shifts] or [()]

    def check(
        self, calendars: Mapping[str, AgentCalendar], tours: Mapping[str, Sequence[Shift]]
    ) -> tuple[Violation, ...]:
        """Compare who has a shift on each day."""
        names = list(calendars)
        if len(names) < 2:
            return ()
        return self._on_one_day(calendars, tours) if self.apart else self._without(calendars, tours)

    def _on_one_day(
        self, calendars: Mapping[str, AgentCalendar], tours: Mapping[str, Sequence[Shift]]
    ) -> tuple[Violation, ...]:
        return tuple(
            self.found(
                calendars[shifts[1].agent],
                day,
                len(shifts) - 1,
                {"other": shifts[0].agent},
                sentence="apart_broken",
            )
            for day, shifts in on_days(calendars, tours, self.shifts, False).items()
            if len(shifts) > 1
        )

    def _without(
        self, calendars: Mapping[str, AgentCalendar], tours: Mapping[str, Sequence[Shift]]
    ) -> tuple[Violation, ...]:
        first, *others = calendars
        found = []
        for kinds in self._kinds():
            for other in others:
                two = {name: calendars[name] for name in (first, other)}
                for day, shifts in on_days(two, tours, kinds, False).items():
                    gone = any(
                        day in calendar.agent.unavailable or not calendar.agent.employed_on(day)
                        for calendar in two.values()
                    )
                    mine = sum(shift.agent == first for shift in shifts)
                    more = 2 * mine - len(shifts)
                    if more and not gone:
                        has, lacks = (first, other) if more > 0 else (other, first)
                        kind = kinds[0] if kinds else "shift"
                        found.append(self.found(two[has], day, abs(more), {"other": lacks, "kind": kind}))
        return tuple(found)

    def explain(self) -> Message:
        """In a sentence."""
        names = ", ".join(self.people) or "everyone"
        if self.apart:
            return Message("rules.buddies_apart", {"names": names})
        if self.shifts:
            return Message("rules.buddies_shifts", {"names": names, "shifts": ", ".join(self.shifts)})
        return Message("rules.buddies", {"names": names})
