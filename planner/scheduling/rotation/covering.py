"""Posts from a need: as few people on a few shifts as cover every quarter-hour of a week."""

from __future__ import annotations

from collections.abc import Sequence

from ortools.sat.python import cp_model

from planner.scheduling.rotation.machine import WEEK

DAY = 96
WORK_SECONDS = 10.0  # deterministic


def posts_covering(
    needed: Sequence[int], shifts: Sequence[tuple[int, int]]
) -> tuple[tuple[int, ...], ...] | None:
    """People on each shift, Monday to Sunday, with the fewest hours; None where no shift reaches a need.

    Breaks take nobody off here. The week is closed: the night of Sunday reaches into Monday.

    Parameters
    ----------
    needed: people in each quarter-hour of a week from Monday 00:00, 672 numbers.
    shifts: start and length of each, in quarter-hours; the start after midnight.

    Examples
    --------
    >>> around_the_clock = [(24, 32), (56, 32), (88, 32)]
    >>> posts_covering([2] * 672, around_the_clock)
    ((2, 2, 2, 2, 2, 2, 2), (2, 2, 2, 2, 2, 2, 2), (2, 2, 2, 2, 2, 2, 2))
    >>> posts_covering([1] * 672, around_the_clock[:2]) is None
    True
    """
    model = cp_model.CpModel()
    most = max(needed, default=0)
    people = [[model.new_int_var(0, most, "") for _ in range(WEEK)] for _ in shifts]
    rows: set[tuple[int, tuple[tuple[int, int], ...]]] = set()
    for quarter, wanted in enumerate(needed):
        there = tuple(
            (shift, day)
            for shift, (start, length) in enumerate(shifts)
            for day in range(WEEK)
            if (quarter - day * DAY - start) % (WEEK * DAY) < length
        )
        if wanted and not there:
            return None
        if wanted:
            rows.add((wanted, there))
    for wanted, there in sorted(rows):
        model.add(sum(people[shift][day] for shift, day in there) >= wanted)
    # Hours first; among equal ones as even a week as can be: the most of each shift counts a little.
    tops = [model.new_int_var(0, most, "") for _ in shifts]
    for top, row in zip(tops, people, strict=True):
        for each in row:
            model.add(each <= top)
    hours = sum(length * sum(row) for (_, length), row in zip(shifts, people, strict=True))
    model.minimize(hours * (most * len(shifts) + 1) + sum(tops))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.linearization_level = 2
    solver.parameters.random_seed = 1
    solver.parameters.max_deterministic_time = WORK_SECONDS
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    return tuple(tuple(solver.value(each) for each in row) for row in people)
