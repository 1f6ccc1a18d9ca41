"""Shifts that reach opening hours: starts before or after those that a scenario states."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from planner._values import DaySet, days_text, starts_text
from planner.clock import local_at, quarter_of, to_utc

if TYPE_CHECKING:
    from planner.rota import ShiftType
    from planner.study.scenario import Scenario

_DAY = 1440
_QUARTER = 15
_USUAL_STEP = 30


def shifts_reaching(
    scenario: Scenario, new: set[int], days: frozenset[int] = frozenset()
) -> list[Any] | None:
    """The scenario's shifts with starts that reach quarter-hours of the day; None if they do already.

    The kind of shift that ends last before them gets later starts, or the one that starts next after them
    gets earlier ones, whichever is nearer. Where all kinds of shift name
    their days, those of new hours are added.

    Parameters
    ----------
    new: minutes after midnight, on the scenario's clock. days: weekdays of the new hours.

    Examples
    --------
    >>> from planner.study import Scenario
    >>> desk = Scenario.from_text("shifts: {name: day, start: 09:00, paid_hours: 9}")
    >>> shifts_reaching(desk, set(range(1080, 1200, 15)))[0]["start"]
    '09:00-11:00 every 30 min'
    """
    said = [dict(line) for line in scenario.plain.get("shifts", ())]
    if not said:
        return None  # shifts that nobody stated follow the opening hours
    before = [dict(line) for line in said]
    for kind in ("work", "on_call") if scenario.said.escalation else ("work",):
        names = {line["name"] for line in said}
        types = [each for each in scenario.shift_types if each.kind == kind and each.name in names]
        starts = {each.name: set(each.starts) for each in types}
        while types and (missing := sorted(new - _reached(scenario, types, starts))):
            name, more = _nearest(scenario, types, starts, missing)
            starts[name] |= set(more)
        _say(said, scenario, starts, days)
    return said if said != before else None


def _say(said: list[Any], scenario: Scenario, starts: dict[str, set[int]], days: frozenset[int]) -> None:
    """Write the starts, and the days where every kind names its own, into what the scenario says."""
    own = {shift.name: shift for shift in scenario.said.shifts if shift.name in starts}
    stated = [shift.days for shift in own.values()]
    closed = days - frozenset().union(*(each.weekdays for each in stated if each is not None))
    for line in said:
        shift = own.get(line["name"])
        if shift is None:
            continue
        if starts[shift.name] != set(shift.start):
            line["start"] = starts_text(tuple(sorted(starts[shift.name])))
        if shift.days is not None and closed and None not in stated:
            line["days"] = days_text(DaySet(shift.days.weekdays | closed, shift.days.public_holidays))


def _nearest(
    scenario: Scenario, types: Sequence[ShiftType], starts: dict[str, set[int]], missing: Sequence[int]
) -> tuple[str, tuple[int, ...]]:
    """A kind of shift and the starts with which it reaches the first stretch of what is missing."""
    # On the clock of the first place of work: starts are said on the clock of whoever works them.
    ahead = minutes_ahead(scenario, scenario.sites[0].zone)
    first = next(at for at in missing if (at - _QUARTER) % _DAY not in missing or len(missing) == _DAY // 15)
    last = first
    while (last + _QUARTER) % _DAY in missing and (last + _QUARTER) % _DAY != first:
        last = (last + _QUARTER) % _DAY
    begin, end = (first + ahead) % _DAY, (last + _QUARTER + ahead) % _DAY

    def after(each: ShiftType) -> int:
        return min((begin - at - each.present_minutes) % _DAY for at in starts[each.name])

    def before(each: ShiftType) -> int:
        return min((at - begin) % _DAY for at in starts[each.name])

    chosen = min(types, key=after)
    if after(chosen) < min(map(before, types)):
        # A stretch longer than the shift begins with one that follows on; the next turn takes the rest.
        length = (end - begin) % _DAY or _DAY
        goal = (end - chosen.present_minutes) % _DAY if length <= chosen.present_minutes else begin
        return chosen.name, _until(goal, sorted(starts[chosen.name]), length < chosen.present_minutes)
    chosen = min(types, key=before)
    return chosen.name, _from(begin, sorted(starts[chosen.name]))


def _reached(scenario: Scenario, types: Sequence[ShiftType], starts: dict[str, set[int]]) -> set[int]:
    return {
        (at + passed - minutes_ahead(scenario, site.zone)) % _DAY
        for site in scenario.sites
        for each in types
        for at in starts[each.name]
        for passed in range(0, each.present_minutes, _QUARTER)
    }


def reached(scenario: Scenario, types: Sequence[ShiftType]) -> set[int]:
    """Minutes of the day, on the scenario's clock, at which somebody on these shifts could be present."""
    return _reached(scenario, types, {each.name: set(each.starts) for each in types})


def minutes_ahead(scenario: Scenario, zone: str) -> int:
    """Minutes that a zone's clock is ahead of the scenario's on the first day, within a day."""
    midnight = to_utc(scenario.first_day, 0, scenario.zone)
    there = local_at(quarter_of(midnight), zone)
    return there.hour * 60 + there.minute


def _step(starts: Sequence[int]) -> int:
    return min((after - before for before, after in pairwise(starts)), default=_USUAL_STEP)


def _from(begin: int, starts: Sequence[int]) -> tuple[int, ...]:
    """Starts of a shift, and those before them in its own steps, back to a minute of the day."""
    first = min(starts, key=lambda at: (at - begin) % _DAY)
    before = [(first - back) % _DAY for back in range(0, (first - begin) % _DAY, _step(starts))]
    return tuple(sorted({begin, *before, *starts}))


def _until(goal: int, starts: Sequence[int], in_steps: bool) -> tuple[int, ...]:
    """Starts of a shift, and those after them up to a minute of the day, in its own steps if asked for."""
    last = min(starts, key=lambda at: (goal - at) % _DAY)
    steps = range(0, (goal - last) % _DAY, _step(starts)) if in_steps else ()
    return tuple(sorted({goal, *((last + on) % _DAY for on in steps), *starts}))
