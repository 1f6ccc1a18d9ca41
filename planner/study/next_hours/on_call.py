"""Starts of duties on call that hold the hours of a day in one duty, where it is long enough."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner._values import starts_text
from planner.study.hours_reach import minutes_ahead
from planner.study.next_hours.blocks import windows

if TYPE_CHECKING:
    from planner.rota import ShiftType
    from planner.study.scenario import Scenario

DAY, QUARTER = 1440, 15


def with_duties(scenario: Scenario) -> Scenario:
    """The scenario with starts of stated duties on call so that one holds the open hours of a day.

    A duty of 12 hours from 07:00 would otherwise need a second one for the hour after 19:00.

    Examples
    --------
    >>> from planner.study import Scenario
    >>> desk = Scenario.from_text('''
    ... people: [{count: 3, teams: engineer}]
    ... escalation: [{role: engineer, kind: on_call}]
    ... opening_hours: {days: mon-fri, open: 09:00, close: 20:00}
    ... shifts:
    ...   - {name: day, start: 09:00, paid_hours: 8}
    ...   - {name: duty, start: 07:00, paid_hours: 12, kind: on_call}
    ... ''')
    >>> with_duties(desk).said.shifts[1].start
    (420, 480)
    """
    said = [dict(line) for line in scenario.plain.get("shifts", ())]
    names = {line["name"] for line in said}
    types = [each for each in scenario.shift_types if each.kind == "on_call" and each.name in names]
    if not types or not scenario.said.escalation:
        return scenario
    ahead, changed = minutes_ahead(scenario, scenario.sites[0].zone), False
    for teams in dict.fromkeys(each.teams for each in types):
        alike = [each for each in types if each.teams == teams]
        starts = {each.name: set(each.starts) for each in alike}
        for first, last in _days(scenario):
            start = _missing(alike, starts, first + ahead, last - first)
            if start is not None:
                name, at = start
                starts[name].add(at)
                line = next(line for line in said if line["name"] == name)
                line["start"], changed = starts_text(tuple(sorted(starts[name]))), True
    return scenario.replace(shifts=said) if changed else scenario


def _days(scenario: Scenario) -> list[tuple[int, int]]:
    """First opening and last closing of the days of a week, each once."""
    found = set()
    for weekday in range(7):
        spans = [span for hours in scenario.opening.values() for span in windows(hours, weekday)]
        if spans:
            found.add((min(opens for opens, _ in spans), max(closes for _, closes in spans)))
    return sorted(found)


def _missing(
    types: list[ShiftType], starts: dict[str, set[int]], first: int, length: int
) -> tuple[str, int] | None:
    """The start nearest to what is there with which one duty holds so many minutes.

    None: one does already, or none is long enough.
    """
    long_enough = [each for each in types if each.present_minutes >= length]
    ways = [
        (min((at - other) % DAY for other in starts[each.name] | {at + DAY // 2}), each.name, at)
        for each in long_enough
        for early in range(0, each.present_minutes - length + 1, QUARTER)
        for at in [(first - early) % DAY]
    ]
    best = min(ways, default=None)
    return (best[1], best[2]) if best and best[0] else None
