"""Half of the hours that a stage opens: earlier or later ones alone, half of both ends, some of the days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from planner._values import DaySet, clock_text, days_text

if TYPE_CHECKING:
    from planner.study.scenario import Scenario
    from planner.study.scenario.parts import OpeningSaid

DAY = 1440
Hours = Mapping[int, tuple[int, int]]
"""Opening and closing minute by weekday; closing may be of the next day."""


class Half(NamedTuple):
    """Opening hours with a part of what a stage opens.

    Attributes
    ----------
    lines: as ``opening_hours`` of a scenario. hours, days: those that change, in words.
    """

    lines: list[dict[str, Any]]
    hours: str
    days: str


def hours_by_queue(scenario: Scenario) -> dict[str, dict[int, tuple[int, int]]] | None:
    """Hours of each queue by weekday; None where a queue opens twice in a day."""
    found: dict[str, dict[int, tuple[int, int]]] = {queue.name: {} for queue in scenario.queues}
    for line in scenario.said.opening_hours:
        if line.closed:
            continue
        close = line.close if line.close > line.open else line.close + DAY
        for name in _queues_of(line, scenario):
            for day in sorted(line.days.weekdays):
                if day in found[name]:
                    return None
                found[name][day] = line.open, close
    return found


def halves(stage: Scenario, before: Scenario) -> Iterator[Half]:
    """Ways to open a part of what a stage opens beyond the one before, the largest parts first.

    Where hours grow at both ends: the later ones alone, the earlier ones alone. At one end: half of them.
    Where days are new: the first half of these days.
    """
    now, then = hours_by_queue(stage), hours_by_queue(before)
    if now is None or then is None:
        return
    seen: list[list[dict[str, Any]]] = []
    for cut in (_days_fewer, _later_alone, _earlier_alone, _half_of_one_end):
        changed = {
            name: cut(hours, then.get(name, {}), stage.interval_minutes) for name, hours in now.items()
        }
        if changed == now or not any(changed[name] != then.get(name, {}) for name in now):
            continue
        lines = _lines(stage, changed)
        if lines not in seen:
            seen.append(lines)
            yield Half(lines, *_in_words(now, changed))


def _days_fewer(now: Hours, then: Hours, grid: int) -> dict[int, tuple[int, int]]:
    new = sorted(set(now) - set(then))
    gone = new[(len(new) + 1) // 2 :]
    return {day: hours for day, hours in now.items() if day not in gone or not then}


def _later_alone(now: Hours, then: Hours, grid: int) -> dict[int, tuple[int, int]]:
    if not _both_ends(now, then):
        return dict(now)
    return {day: (then[day][0] if day in then else at[0], at[1]) for day, at in now.items()}


def _earlier_alone(now: Hours, then: Hours, grid: int) -> dict[int, tuple[int, int]]:
    if not _both_ends(now, then):
        return dict(now)
    return {day: (at[0], then[day][1] if day in then else at[1]) for day, at in now.items()}


def _half_of_one_end(now: Hours, then: Hours, grid: int) -> dict[int, tuple[int, int]]:
    if _both_ends(now, then):
        return dict(now)
    found = dict(now)
    for day in sorted(set(now) & set(then)):
        (opens, closes), (opened, closed) = now[day], then[day]
        found[day] = (
            opened - _half(opened - opens, grid) if opens < opened else opens,
            closed + _half(closes - closed, grid) if closes > closed else closes,
        )
    return found


def _both_ends(now: Hours, then: Hours) -> bool:
    both = set(now) & set(then)
    return any(now[d][0] < then[d][0] for d in both) and any(now[d][1] > then[d][1] for d in both)


def _half(minutes: int, grid: int) -> int:
    """Half of a stretch in whole intervals, the larger one.

    Examples
    --------
    >>> _half(120, 30), _half(90, 30), _half(30, 30)
    (60, 60, 30)
    """
    return -(-minutes // (2 * grid)) * grid


def _queues_of(line: OpeningSaid, scenario: Scenario) -> list[str]:
    return [q.name for q in scenario.queues if "all" in line.queues or q.name in line.queues]


def _lines(stage: Scenario, hours: Mapping[str, Hours]) -> list[dict[str, Any]]:
    """Opening hours as a scenario says them; lines of public holidays stay."""
    written: list[dict[str, Any]] = []
    windows: dict[tuple[tuple[int, tuple[int, int]], ...], list[str]] = {}
    for name, by_day in hours.items():
        windows.setdefault(tuple(sorted(by_day.items())), []).append(name)
    for by_day_, names in windows.items():
        days: dict[tuple[int, int], set[int]] = {}
        for day, span in by_day_:
            days.setdefault(span, set()).add(day)
        queues = ["all"] if len(names) == len(hours) else names
        written += [_line(queues, DaySet(frozenset(each), False), *span) for span, each in days.items()]
    for line in stage.said.opening_hours:
        if line.days.public_holidays or line.closed:
            days_ = DaySet(line.days.weekdays if line.closed else frozenset(), line.days.public_holidays)
            written.append(_line(list(line.queues), days_, line.open, line.close, line.closed))
    return written


def _line(queues: list[str], days: DaySet, opens: int, closes: int, closed: bool = False) -> dict[str, Any]:
    clock = {"closed": "yes"} if closed else {"open": clock_text(opens), "close": _close(closes)}
    return {"queues": queues, "days": days_text(days), **clock}


def _close(minutes: int) -> str:
    return clock_text(minutes if minutes <= DAY else minutes - DAY)


def _in_words(now: Mapping[str, Hours], changed: Mapping[str, Hours]) -> tuple[str, str]:
    """Hours and days of the first queue that changes."""
    name = next(each for each in now if now[each] != changed[each])
    spans = {changed[name].get(day) for day in changed[name] if changed[name][day] != now[name][day]}
    kept = sorted(spans or set(changed[name].values()), key=str)
    opens, closes = kept[0] or (0, DAY)
    return f"{clock_text(opens)}-{_close(closes)}", days_text(DaySet(frozenset(changed[name]), False))
