"""Judge of rotating workforce patterns, straight from the data file: shares no code with the planner.

A pattern is ``week -> seven letters``: the number of a shift, or -1 for a day off.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

Pattern = Sequence[Sequence[int]]


def broken(data: dict[str, Any], pattern: Pattern) -> list[str]:
    """What a pattern breaks of an instance, in words; nothing: it is a solution."""
    weeks = data["weeks"]
    if len(pattern) != weeks or any(len(week) != 7 for week in pattern):
        return ["wrong size"]
    found = []
    for shift, row in enumerate(data["required"]):
        for day in range(7):
            there = [week[day] for week in pattern].count(shift)
            if there != row[day]:
                found.append(f"{there} on shift {shift} on day {day}, {row[day]} wanted")
    return found + (_by_weeks(pattern) if data["kind"] == "weekly" else _by_blocks(data, pattern))


def _circle(pattern: Pattern) -> list[int]:
    """The days, turned so that a run of equal days does not go over the end."""
    days = [day for week in pattern for day in week]
    turn = next((i for i in range(len(days)) if days[i] != days[i - 1]), 0)
    return days[turn:] + days[:turn]


def _by_blocks(data: dict[str, Any], pattern: Pattern) -> list[str]:
    """Lengths of blocks and forbidden successions."""
    found = []
    days = _circle(pattern)
    blocks = [(shift, len(list(run))) for shift, run in groupby(days)]
    for shift, length in blocks:
        low, high = data["days_off"] if shift < 0 else data["blocks"][shift]
        if not low <= length <= high:
            found.append(f"{length} days of {shift}")
    first_off = next((i for i, (shift, _) in enumerate(blocks) if shift < 0), None)
    if first_off is None:
        return [*found, "no day off"]
    turned = blocks[first_off:] + blocks[:first_off]
    work = "".join(" " if shift < 0 else "x" * length for shift, length in turned).split()
    found += [
        f"{len(run)} days of work" for run in work if not data["work"][0] <= len(run) <= data["work"][1]
    ]
    for before, after, over_day_off in data["forbidden"]:
        for i in range(len(days)):
            one, two, three = (days[(i + step) % len(days)] for step in range(3))
            if (not over_day_off and (one, two) == (before, after)) or (
                over_day_off and (one, two, three) == (before, -1, after)
            ):
                found.append(f"{before} then {after}")
    return found


def _by_weeks(pattern: Pattern) -> list[str]:
    """Days off in every week, work in any six days, weekends, nights."""
    found = []
    days = [day for week in pattern for day in week]
    size = len(days)
    for number, week in enumerate(pattern):
        if not any(week[day] < 0 and week[day + 1] < 0 for day in range(6)):
            found.append(f"week {number}: no two days off together")
        three = [pattern[(number + step) % len(pattern)] for step in range(3)]
        if not any(each[5] < 0 and each[6] < 0 for each in three):
            found.append(f"week {number}: no free weekend in three")
    for i in range(size):
        ahead = [days[(i + step) % size] for step in range(6)]
        if all(day >= 0 for day in ahead):
            found.append(f"day {i}: six days of work")
        if ahead[:4] == [2, 2, 2, 2]:
            found.append(f"day {i}: four nights")
        if ahead[1] == 2 and ahead[0] in (0, 1):
            found.append(f"day {i}: a night after a shift")
        if ahead[0] == 2 and ahead[1] in (0, 1):
            found.append(f"day {i}: no day off after nights")
    return found
