"""Where a rota is short: stretches of people missing and of work overdue, with the set that explains."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from planner.requirement import Need
from planner.rota import Cover

What = Literal["people", "work", "post"]


@dataclass(frozen=True)
class Shortage:
    """A stretch of intervals in which one set of queues is short.

    Attributes
    ----------
    what: "people" missing, deferred "work" overdue, or people missing on a "post".
    names: queues of the set that explains it, in the order of the need. short: all queues of sets that are
        short in the stretch and share people with it.
    first, last: intervals, both included. since: from where more people would have helped; of people
        ``first``, of work the interval in which it began to wait.
    required, on_duty: most people needed, and fewest of them there, in the stretch; 0 for work.
    missing: people times intervals.
    backlog: index of the row of deferred work; -1 for people. kind: what that row adds up, or the post.
    post: row of the post and day, all days of the first post first; -1 for others. Its stretch is the middle
        of the day.
    """

    what: What
    names: tuple[str, ...]
    short: tuple[str, ...]
    first: int
    last: int
    since: int
    required: int
    on_duty: int
    missing: float
    backlog: int = -1
    kind: str = ""
    post: int = -1


def shortages(need: Need, cover: Cover) -> tuple[Shortage, ...]:
    """Every stretch of people missing, in the order of time; together they are what the rota misses.

    Sets that share people are told apart from those that do not: each block of the need has its own
    stretches. Where two sets explain a shortage equally, the stretch before goes on.

    Parameters
    ----------
    need, cover: what was needed, and what ``recount`` found.

    Examples
    --------
    >>> sets, open_ = (frozenset({"fr"}), frozenset({"fr", "it"})), np.ones((2, 4), bool)
    >>> required = np.array([[1, 1, 0, 0], [3, 3, 3, 0]])
    >>> need = Need("", 0, 60, ("fr", "it"), sets, required, (), (("fr", "it"),), open_)
    >>> nobody, one = np.zeros(4, int), np.ones((2, 4), int)
    >>> cover = Cover(one, nobody, nobody, nobody, np.zeros((0, 4)), np.zeros(0), 6.0)
    >>> [(found.names, found.first, found.last, found.missing) for found in shortages(need, cover)]
    [(('fr', 'it'), 0, 2, 6.0)]
    """
    lacking = np.maximum(need.required - cover.on_duty, 0)
    found: list[Shortage] = []
    apart = np.zeros(need.intervals, dtype=np.int64)
    for block in need.blocks:
        rows = list(block)
        apart += lacking[rows].max(axis=0)
        found += _stretches(need, cover, rows, lacking[rows].max(axis=0), lacking)
    if need.spanning:
        rows = list(need.spanning)
        found += _stretches(need, cover, rows, np.maximum(lacking[rows].max(axis=0) - apart, 0), lacking)
    for group in need.groups:
        found += _overdue(need, cover, frozenset(group))
    found += _unmanned(need, cover)
    return tuple(sorted(found, key=lambda one: (one.first, one.what, one.last, one.names)))


def _stretches(
    need: Need, cover: Cover, rows: Sequence[int], short: np.ndarray, lacking: np.ndarray
) -> Iterable[Shortage]:
    """Stretches in which one of the rows is the largest shortage."""
    began, holds = 0, -1
    for k in range(need.intervals + 1):
        if k < need.intervals and short[k] > 0:
            most = lacking[rows, k].max()
            row = holds if holds >= 0 and lacking[holds, k] == most else rows[int(lacking[rows, k].argmax())]
        else:
            row = -1
        if row != holds:
            if holds >= 0:
                yield _people(need, cover, holds, began, k - 1, short, rows, lacking)
            began, holds = k, row


def _people(
    need: Need,
    cover: Cover,
    row: int,
    first: int,
    last: int,
    short: np.ndarray,
    rows: Sequence[int],
    lacking: np.ndarray,
) -> Shortage:
    worst = first + int(short[first : last + 1].argmax())
    too = [need.sets[other] for other in rows if lacking[other, first : last + 1].any()]
    return Shortage(
        what="people",
        names=_in_order(need, need.sets[row]),
        short=_in_order(need, frozenset().union(*too)),
        first=first,
        last=last,
        since=first,
        required=int(need.required[row, worst]),
        on_duty=int(cover.on_duty[row, worst]),
        missing=float(short[first : last + 1].sum()),
    )


def _overdue(need: Need, cover: Cover, group: frozenset[str]) -> Iterable[Shortage]:
    """Stretches of overdue work of the row that decides what a group misses."""
    mine = [b for b, row in enumerate(need.backlogs) if row.queues & group]
    if not mine:
        return
    b = max(mine, key=lambda b: cover.missing_work_units[b] / need.backlogs[b].per_person)
    late = cover.missing_work[b]
    began = -1
    for k in range(need.intervals + 1):
        there = k < need.intervals and late[k] > 0
        if there and began < 0:
            began = k
        elif not there and began >= 0:
            yield _work(need, b, began, k - 1, late)
            began = -1


def _work(need: Need, b: int, first: int, last: int, late: np.ndarray) -> Shortage:
    row = need.backlogs[b]
    due = np.cumsum(row.arriving) + row.carried_in - row.not_due
    # Work that is due by the last interval came after everything that was due before the first.
    done = int(due[first - 1]) if first else 0
    came = np.flatnonzero(np.cumsum(row.arriving) + row.carried_in > done)
    return Shortage(
        what="work",
        names=_in_order(need, row.queues),
        short=_in_order(need, row.queues),
        first=first,
        last=last,
        since=min(first, int(came[0]) if len(came) else first),
        required=0,
        on_duty=0,
        missing=float(late[first : last + 1].sum()) / row.per_person,
        backlog=b,
        kind=row.what,
    )


def _unmanned(need: Need, cover: Cover) -> Iterable[Shortage]:
    """People missing on posts, day by day."""
    row = 0
    for post, people in zip(need.posts, cover.posts, strict=False):
        for day, lack in enumerate((post.required - people).tolist()):
            if lack > 0:
                middle = min((2 * day + 1) * 720 // need.interval_minutes, need.intervals - 1)
                names = _in_order(need, post.queues or frozenset(need.queues))
                yield Shortage(
                    what="post",
                    names=names,
                    short=names,
                    first=middle,
                    last=middle,
                    since=middle,
                    required=int(post.required[day]),
                    on_duty=int(people[day]),
                    missing=lack * post.hours * 60 / need.interval_minutes,
                    kind=post.name,
                    post=row + day,
                )
        row += len(post.required)


def _in_order(need: Need, names: frozenset[str]) -> tuple[str, ...]:
    return tuple(name for name in need.queues if name in names)
