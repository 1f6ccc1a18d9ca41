"""How a fractional answer is split in two: by people missing in all, on a post, on a day; then by person.

People missing over any rows are a whole number, which the relaxation does not know: where one person
missing is dear, splitting on their total lifts the bound most.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from planner.scheduling.posts.groups import Bans, Staff
from planner.scheduling.posts.master import Limit, Master

FRACTION = 1e-4


@dataclass(frozen=True, eq=False)
class Split:
    """What a node asks beyond the problem itself."""

    limits: tuple[Limit, ...] = ()
    bans: Bans | None = None


def splits(master: Master, split: Split) -> tuple[Split, Split] | None:
    """Two halves of a solved master, or None if there is nothing to split by."""
    for rows, over in _sets(master.staff):
        total = float((master.missing - over * master.extra) @ rows)
        if _fraction(total) > FRACTION:
            below = Limit(rows, over, int(np.floor(total + FRACTION)), least=False)
            above = replace(below, number=below.number + 1, least=True)
            return (
                replace(split, limits=(*split.limits, below)),
                replace(split, limits=(*split.limits, above)),
            )
    return _by_person(master, split)


def _fraction(value: float) -> float:
    return abs(value - round(value))


def _sets(staff: Staff) -> Iterator[tuple[np.ndarray, bool]]:
    """Rows over which to count: all, each price of missing people, each post, each day, each row."""
    number = len(staff.rows)
    days = staff.crew.problem.days
    every = np.ones(number, np.int64)
    yield every, False
    for cents in sorted(set(staff.rows.missing_cents.tolist()), reverse=True):
        yield (staff.rows.missing_cents == cents).astype(np.int64), False
    yield every, True
    post, day = np.divmod(np.arange(number), days)
    parts = [post == p for p in range(number // days)] + [day // 7 == w for w in range(-(-days // 7))]
    parts += [day == d for d in range(days)]
    for over in (False, True):
        for part in parts:
            yield part.astype(np.int64), over
    for row in range(number):
        yield (every.cumsum() == row + 1).astype(np.int64), True


def _by_person(master: Master, split: Split) -> tuple[Split, Split] | None:
    """One person's day, or duty, that is most undecided; only of people who are like nobody else."""
    staff = master.staff
    best: tuple[float, int, np.ndarray] | None = None
    for group, alike in enumerate(staff.groups):
        if alike.size > 1 or not master.sizes[group]:
            continue
        mine = [i for i in np.flatnonzero(master.values > FRACTION) if master.columns[i].group == group]
        if len(mine) < 2:
            continue
        worker = alike.worker
        taken = np.zeros(len(worker.choices))
        for i in mine:
            options = master.columns[i].options
            taken[options[options >= 0]] += master.values[i]
        day_sets = [worker.day == day for day in range(staff.crew.problem.days)]
        single = [np.arange(len(taken)) == i for i in np.flatnonzero(taken > FRACTION)]
        for weight, options in [(1.0, s) for s in day_sets] + [(0.9, s) for s in single]:
            undecided = weight * (0.5 - abs(float(taken[options].sum()) - 0.5))
            if undecided > FRACTION and (best is None or undecided > best[0] + 1e-9):
                best = (undecided, group, options)
    if best is None:
        return None
    _undecided, group, options = best
    bans = split.bans or Bans()
    banned = bans.never.get(group, np.zeros(len(options), bool)) | options
    without = replace(bans, never={**bans.never, group: banned})
    given = replace(bans, always={**bans.always, group: (*bans.always.get(group, ()), options)})
    return replace(split, bans=given), replace(split, bans=without)
