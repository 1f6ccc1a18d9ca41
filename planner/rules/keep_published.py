"""The rota that people know: every shift that is changed, added or taken away counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator

from planner._messages import Message
from planner._values import clock_text, parse_clock
from planner.clock import zone_named
from planner.rota import Shift
from planner.rules.calendar import AgentCalendar
from planner.rules.measure import day_of
from planner.rules.rule import Rule, Violation
from planner.rules.shapes import ANY_DUTY, Each, Mark, Shape

Known = tuple[date, str, int]


def _known(value: object) -> object:
    """Day, name and local start from "2026-03-02 early 08:00"; names may hold spaces."""
    if not isinstance(value, str):
        return value
    day, _, rest = value.strip().partition(" ")
    name, _, start = rest.rpartition(" ")
    return date.fromisoformat(day), name, parse_clock(start)


def _listed(value: object) -> object:
    return tuple(map(_known, value)) if isinstance(value, list | tuple) else value


class KeepPublished(Rule):
    """Shifts stay as they were published; each that moves, each new one and each that goes is a change.

    A shift is the same if it starts on the same local day at the same time under the same name. One that
    moves within its day is one change, one that moves to another day is two.

    Attributes
    ----------
    shifts: as published, such as "2026-03-02 early 08:00".
    first, until: only days from ``first`` on, and before ``until``.

    Examples
    --------
    >>> rule = KeepPublished(shifts=["2026-03-02 early 08:00"], penalty=30)
    >>> str(rule.explain())
    'Keep the published shifts (1)'
    >>> str(KeepPublished(shifts=[], until="2026-03-09").explain())
    'Keep the published shifts (0) before 2026-03-09'
    """

    name: ClassVar[str] = "keep_published"
    unit: ClassVar[str] = "shift"
    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"shifts": ["2026-03-02 day 08:00", "2026-03-05 night 22:00"], "penalty": 30},
        {"shifts": ["2026-03-03 day 08:00"], "first": "2026-03-03", "until": "2026-03-28"},
    )

    shifts: Annotated[tuple[Known, ...], BeforeValidator(_listed)]
    first: date | None = None
    until: date | None = None

    def _judged(self, calendar: AgentCalendar) -> list[date]:
        """Days of the period that the rule looks at."""
        days = [calendar.first_day + timedelta(days=number) for number in range(calendar.days)]
        return [
            day for day in days if (self.first or day) <= day and (self.until is None or day < self.until)
        ]

    def _of_days(self, days: Sequence[date]) -> Mapping[date, list[Known]]:
        found: dict[date, list[Known]] = {day: [] for day in days}
        for known in sorted(set(self.shifts)):
            if known[0] in found:
                found[known[0]].append(known)
        return found

    def shapes(self, calendar: AgentCalendar) -> tuple[Shape, ...]:
        """A price on days without their shift, and on duties of days without one."""
        free: set[int] = set()
        kept: list[Shape] = []
        for day, known in self._of_days(self._judged(calendar)).items():
            index = (day - calendar.first_day).days
            if not known:
                free.add(index)
            for _day, name, start in known:
                mark = Mark(
                    ANY_DUTY.kinds, frozenset({name}), days=frozenset({index}), starts=frozenset({start})
                )
                kept.append(Each(self.name, mark, force=True, price=self.price))
        added = Each(self.name, Mark(ANY_DUTY.kinds, days=frozenset(free)), price=self.price)
        return (*kept, *((added,) if free else ()))

    def check(
        self, calendar: AgentCalendar, tour: Sequence[Shift], carried: Sequence[Shift]
    ) -> tuple[Violation, ...]:
        """Lay the shifts beside the published ones, day by day."""
        zone = zone_named(calendar.agent.zone)
        mine: dict[date, list[Known]] = {}
        for shift in tour:
            local = shift.start.astimezone(zone)
            day = day_of(shift, calendar)
            mine.setdefault(day, []).append((day, shift.name, local.hour * 60 + local.minute))
        broken = []
        for day, known in self._of_days(self._judged(calendar)).items():
            have = mine.get(day, [])
            for _day, name, start in known:
                if (day, name, start) not in have:
                    values = {"shift": name, "start": clock_text(start)}
                    broken.append(self.found(calendar, day, 1, values))
            if not known:
                for (_day, name, start), count in sorted(Counter(have).items()):
                    values = {"shift": name, "start": clock_text(start)}
                    broken.append(self.found(calendar, day, count, values, sentence="added"))
        return tuple(broken)

    def explain(self) -> Message:
        """In a sentence."""
        values = {"count": len(self.shifts), "first": self.first or "", "until": self.until or ""}
        return Message(
            "rules.keep_published" + "_from" * bool(self.first) + "_until" * bool(self.until), values
        )
