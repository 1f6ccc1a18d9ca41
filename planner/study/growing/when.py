"""When to hire: the cheapest months to start in, such that enough can be done in each.

An exact search for few months and few hires. A label is what has been decided so far: what it costs, people
missing until now priced with it, and what it adds to each later month. Of two labels at a month, one that
costs no less and adds no more in any later month can never end better: it is dropped. So is one that costs
more than a plan that is known, with the least that later months can cost: every hire is paid for in each
month from the start on, and adds at most so much to it. Nothing else is dropped unless ``MOST`` labels are
left.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

ENOUGH = 0.05
"""So much of one person may lack in a month: less than any forecast knows."""
MOST = 1_500
"""Labels of a month that are followed; beyond, the cheapest are, and the answer is not proven to be best."""
_EVEN = 1e-9


class Joining(NamedTuple):
    """Whom to take when.

    Attributes
    ----------
    starts: hires that start in each month. missing: people missing, summed over months, ``ENOUGH`` of each
        forgiven. cost: of these hires, in currency units, missing people not priced. proven: no other starts
        are cheaper, missing people priced.
    """

    starts: tuple[int, ...]
    missing: float
    cost: float
    proven: bool = True


class _Label(NamedTuple):
    total: float
    missing: float
    cost: float
    there: np.ndarray
    starts: tuple[int, ...]


def best_starts(
    needed: Sequence[float],
    there: Sequence[float],
    adds: np.ndarray,
    costs: Sequence[float],
    price: float,
    first: int = 0,
    at_once: int = 4,
) -> Joining:
    """The starts that cost least, with a price on every person who is missing for a month.

    Parameters
    ----------
    needed: people at work who answer as fast as anybody, by month. there: such people without a hire.
    adds: what a hire who starts in a month adds to each month, shape (months, months); 0 before the start.
    costs: of a hire who starts in a month, until the last month. price: of a person missing for a month; in a
        month that no hire can be ready for, nobody is taken for good whom no later month needs.
    first: first month in which anybody can start. at_once: starts in one month, at most.

    Examples
    --------
    >>> adds = np.triu(np.ones((3, 3)))
    >>> best_starts([5, 5, 6], [5, 5, 5], adds, [30.0, 20.0, 10.0], 60.0)
    Joining(starts=(0, 0, 1), missing=0.0, cost=10.0, proven=True)
    >>> best_starts([6, 6, 6], [5, 5, 5], adds, [30.0, 20.0, 10.0], 60.0, first=1).missing
    0.95
    """
    game = _Game(np.asarray(needed, float), np.asarray(there, float), adds, np.asarray(costs, float), price)
    allowed = [at_once if month >= first else 0 for month in range(len(needed))]
    known = game.improved(allowed)
    labels, proven = [_Label(0.0, 0.0, 0.0, game.there, ())], True
    for month in range(len(needed)):
        found = [
            _lived(_hired(label, month, count, game), month, game)
            for label in labels
            for count in range(allowed[month] + 1)
        ]
        labels = _undominated(game.hopeful(found, month + 1, known), month + 1)
        labels, proven = labels[:MOST], proven and len(labels) <= MOST
    best = min(labels, key=_rank)
    return Joining(best.starts, round(best.missing, 9), best.cost, proven)


@dataclass(frozen=True, eq=False)
class _Game:
    """What is asked."""

    needed: np.ndarray
    there: np.ndarray
    adds: np.ndarray
    costs: np.ndarray
    price: float

    @cached_property
    def least(self) -> np.ndarray:
        """Least cost of one person more in each month, if hires are paid for month by month."""
        falling = np.append(np.minimum.accumulate(self.costs), 0.0)
        most = np.maximum(self.adds.max(axis=0), _EVEN)
        return np.asarray(np.minimum((falling[:-1] - falling[1:]) / most, self.price))

    def total(self, starts: np.ndarray) -> float:
        """Cost of starts, missing people priced."""
        short = np.maximum(0.0, self.needed - ENOUGH - self.there - starts @ self.adds)
        return float(starts @ self.costs + self.price * short.sum())

    def improved(self, allowed: Sequence[int]) -> float:
        """Total of starts that no hire more, fewer, or started in another month makes cheaper."""
        starts = np.zeros(len(allowed))
        best = self.total(starts)
        moves = [*np.eye(len(allowed)), *-np.eye(len(allowed))]
        moves += [a - b for a in np.eye(len(allowed)) for b in np.eye(len(allowed)) if (a != b).any()]
        while True:
            tried = [starts + move for move in moves]
            tried = [new for new in tried if (new >= 0).all() and (new <= allowed).all()]
            totals = [self.total(new) for new in tried]
            if not tried or min(totals) >= best - 1e-6:
                return best
            best, starts = min(totals), tried[int(np.argmin(totals))]

    def hopeful(self, labels: list[_Label], month: int, known: float) -> list[_Label]:
        """Labels that may still end as cheap as what is known."""
        there = np.array([label.there[month:] for label in labels])
        short = np.maximum(0.0, self.needed[month:] - ENOUGH - there)
        ends = np.array([label.total for label in labels]) + short @ self.least[month:]
        return [labels[number] for number in np.flatnonzero(ends <= known + 1e-6)]


def _hired(label: _Label, month: int, count: int, game: _Game) -> _Label:
    """The label with so many starts in a month."""
    cost = count * float(game.costs[month])
    there = label.there + count * game.adds[month] if count else label.there
    return _Label(label.total + cost, label.missing, label.cost + cost, there, (*label.starts, count))


def _lived(label: _Label, month: int, game: _Game) -> _Label:
    """The label with what is missing in a month."""
    short = max(0.0, float(game.needed[month]) - float(label.there[month]) - ENOUGH)
    return label._replace(missing=label.missing + short, total=label.total + game.price * short)


def _rank(label: _Label) -> tuple[float, tuple[int, ...]]:
    """Cheapest first; of equally cheap ones that with later starts."""
    return round(label.total, 6), label.starts


def _undominated(labels: list[_Label], month: int) -> list[_Label]:
    """Labels that may still end best; what is there before ``month`` is past."""
    labels = sorted(labels, key=_rank)
    later = np.array([label.there[month:] for label in labels])
    kept = np.empty_like(later)
    keep: list[int] = []
    for number, mine in enumerate(later):  # none before it is dearer
        if not (kept[: len(keep)] >= mine - _EVEN).all(axis=1).any():
            kept[len(keep)] = mine
            keep.append(number)
    return [labels[number] for number in keep]
