"""The need: how many people must be on duty, over sets of queues that share people."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

WORK_UNIT_SECONDS = 15


def _no_frame() -> pd.DataFrame:
    import pandas as pd  # half a second that checking a scenario need not wait for

    return pd.DataFrame()


@dataclass(frozen=True, eq=False)
class Backlog:
    """Deferred work of a set of queues as a row for the rota model.

    With n people on duty who can serve the set, work flows as
    ``B[k] = max(0, B[k-1] + arriving[k] - capacity[k])`` and must satisfy ``B[k] <= not_due[k]``,
    where capacity[k] is the smallest over ``limits`` of ``per_person * N(S, k) - taken[k]``
    (never below 0). What is above not_due counts as work of people missing in interval k, once:
    it leaves the backlog as if they had done it.

    Attributes
    ----------
    queues: the set of deferred queues whose work this row adds up.
    arriving: work arriving in each interval, whole units of 15 s, shape (intervals,).
    not_due: arrived work that is not yet due at the end of each interval, units, shape (intervals,).
    per_person: units one person on duty does in an interval.
    limits: pairs of a set of queues S and the units of its people that live work takes, shape (intervals,).
    carried_in: units open before the first interval.
    what: "first replies", "all work", "voicemail" or "planned work", for the report.
    margin_arriving, margin_not_due: units that one more z of safety adds to ``arriving`` and
        ``not_due``, shape (intervals,) of floats; empty: no safety to add.
    more_safety: z on top of what the row was made with.
    made_with: ``arriving`` and ``not_due`` as the row was made; None where they are still these.
    """

    queues: frozenset[str]
    arriving: np.ndarray
    not_due: np.ndarray
    per_person: int
    limits: tuple[tuple[frozenset[str], np.ndarray], ...]
    carried_in: int = 0
    what: str = "first replies"
    margin_arriving: np.ndarray = field(default_factory=lambda: np.zeros(0))
    margin_not_due: np.ndarray = field(default_factory=lambda: np.zeros(0))
    more_safety: float = 0.0
    made_with: tuple[np.ndarray, np.ndarray] | None = None


@dataclass(frozen=True, eq=False)
class Post:
    """So many people on a kind of shift on each day, for teams that think in shifts.

    Attributes
    ----------
    name: for reports, such as "2 on Night".
    shift: name of the shift type.
    required: people per day of the period, shape (days,); the local start day of whoever takes the shift.
    missing_cents: price of one person missing on a day, shape (days,).
    extra_cents: price of one person too many on a day, shape (days,).
    hours: paid hours of one person's shift, for sums of missing hours.
    queues: only people who can serve one of these count; empty: everyone who may take the shift.
    """

    name: str
    shift: str
    required: np.ndarray
    missing_cents: np.ndarray
    extra_cents: np.ndarray
    hours: float
    queues: frozenset[str] = frozenset()


@dataclass(frozen=True, eq=False)
class Need:
    """People needed on duty: ``required[S, interval]`` over listed sets, and deferred work.

    People missing in an interval are the largest ``required[S] - N(S)`` over the listed sets that share
    people, never below 0, where N(S) is the number of people on duty who can serve any queue of S; sets
    that share nobody add up, and a set that spans several such blocks asks for at least its own shortage.
    Missing work of deferred queues comes on top, per group of queues that share people: the largest over
    its backlogs.

    Attributes
    ----------
    need_id: short hash of the content; a bound belongs to one need.
    first_quarter: absolute quarter-hour where interval 0 starts.
    interval_minutes: 15, 30 or 60.
    queues: names of queues and of escalation roles.
    sets: the listed sets; singles first, then unions, then cuts.
    required: gross people on duty, whole numbers, shape (sets, intervals).
    backlogs: deferred work; may be empty.
    groups: queues that share people, as ``people.groups`` gives them.
    open: whether each queue is open, shape (queues, intervals).
    why: long frame, columns as in ``requirement.csv``.
    planned: those of ``queues`` that are planned work.
    posts: people asked by shift; what they lack comes on top, post by post.
    """

    need_id: str
    first_quarter: int
    interval_minutes: int
    queues: tuple[str, ...]
    sets: tuple[frozenset[str], ...]
    required: np.ndarray
    backlogs: tuple[Backlog, ...]
    groups: tuple[tuple[str, ...], ...]
    open: np.ndarray
    why: pd.DataFrame = field(default_factory=_no_frame)
    planned: tuple[str, ...] = ()
    posts: tuple[Post, ...] = ()

    @property
    def intervals(self) -> int:
        """Number of planning intervals."""
        return int(self.required.shape[1])

    @property
    def quarters_per_interval(self) -> int:
        """Quarter-hours in a planning interval."""
        return self.interval_minutes // 15

    @property
    def blocks(self) -> tuple[tuple[int, ...], ...]:
        """Indices of the listed sets that share people: a tuple for each group of queues and each role."""
        block_of = {name: number for number, names in enumerate(self.groups) for name in names}
        for name in self.queues:
            block_of.setdefault(name, len(self.groups) + self.queues.index(name))
        found: dict[int, list[int]] = {}
        for index, names in enumerate(self.sets):
            its = {block_of[name] for name in names}
            if len(its) == 1:
                found.setdefault(its.pop(), []).append(index)
        return tuple(tuple(found[number]) for number in sorted(found))

    @property
    def spanning(self) -> tuple[int, ...]:
        """Indices of the listed sets that belong to no single block."""
        inside = {index for block in self.blocks for index in block}
        return tuple(index for index in range(len(self.sets)) if index not in inside)
