"""A rigorous lower bound for any prices: Lagrangian relaxation of the cover, one sweep over all people.

With prices of people missing and of deferred work taken out of the rows, what is left falls apart into
one dynamic programme for each person and one closed form for each backlog (Geoffrion 1974,
Mathematical Programming Study 2). Everything is rounded so that the bound stays below.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import ceil, floor
from typing import TYPE_CHECKING

import numpy as np

from planner.requirement import Backlog, Need
from planner.scheduling.cpsat_people import lifting
from planner.scheduling.crew import Crew, crew_of
from planner.scheduling.post_rows import PostRows
from planner.scheduling.problem import Problem

if TYPE_CHECKING:
    from planner.scheduling.duals import CoverPrices

FINE = 64
"""Parts of a cent in which prices are rounded; a power of two, so that shares of a cent are exact."""


@dataclass(frozen=True, eq=False)
class Priced:
    """Whole-number prices of one more person, and what the rows themselves are worth.

    Attributes
    ----------
    cells: price per set of ``cover_sets`` and cell, in parts of a cent.
    constant: cents that stand outside all people, with the duties that are fixed already counted.
    posts: cents per row of ``PostRows`` as they came; empty: 0.
    fine: parts of a cent in which cells are priced.
    """

    cells: np.ndarray
    constant: float
    posts: np.ndarray = field(default_factory=lambda: np.zeros(0))
    fine: int = 1


def bound(problem: Problem, prices: CoverPrices, labour: bool = True, crew: Crew | None = None) -> float:
    """Cents that no rota can undercut; valid for any prices >= 0.

    Parameters
    ----------
    problem: what is asked.
    prices: of people missing and of deferred work; good ones give a good bound.
    labour: whether pay and soft rules count; without them it bounds what people missing cost.
    crew: the compiled people of the problem, if they are at hand.
    """
    from planner.scheduling.pricing import Sweep  # which stands on this module

    crew = crew or crew_of(problem)
    return Sweep(crew, labour).all(priced(crew, prices)).total


def posts_priced(crew: Crew, prices: np.ndarray, labour: bool) -> tuple[np.ndarray, int]:
    """Whole-cent prices of one more person on each row of the posts (a last 0), and the rows' own worth."""
    rows = PostRows.of(crew.problem.need)
    worth = rows.priced(prices, labour, crew.problem.missing_cents)
    return worth, int((worth[:-1] * (rows.required - crew.posted)).sum())


def whole_cents(value: float) -> int:
    """A bound as whole cents: costs are whole, so it may be rounded up, but for the noise of sums."""
    return max(0, ceil(value - 1e-6 * max(1.0, abs(value)) / 1000))


def people_missing(problem: Problem, cents: int) -> float:
    """What people missing cost at least, as people times intervals; rounded up where all are whole.

    Deferred work is rounded up to a cent in each group; shifts of posts may have broken hours.
    """
    need = problem.need
    if need.backlogs:
        return max(0.0, (cents - len(need.groups)) / problem.missing_cents)
    found = cents / problem.missing_cents
    return found if (PostRows.of(need).intervals % 1).any() else float(ceil(found))


def priced(crew: Crew, prices: CoverPrices, fine: int = FINE) -> Priced:
    """Prices rounded to parts of a cent, clipped to where the relaxation is finite, and spread over cells."""
    need, cents = crew.problem.need, crew.problem.missing_cents
    cells = np.zeros(crew.before.shape, np.int64)
    lifted = np.zeros((len(need.blocks), need.intervals))
    constant = 0.0
    reachable = _reachable(crew) if need.backlogs else cells
    for backlog, limits, share in zip(
        need.backlogs, _limits(crew, prices), _shares(crew, prices), strict=True
    ):
        constant += _backlog(crew, backlog, limits, share, reachable, cells, lifted, fine)
    rows = np.clip(prices.rows, 0, cents)
    left = np.maximum(cents - lifted.max(axis=0, initial=0.0), 0.0)
    rows = rows * np.minimum(1.0, left / np.maximum(mass(need, rows), 1e-9))
    rows = np.floor(rows * fine).astype(np.int64)
    constant += float((rows * need.required).sum()) / fine
    cells[: len(need.sets)] += _spread(rows, crew.grid.per_interval)
    return Priced(cells, constant - float((cells * crew.before).sum()) / fine, prices.posts, fine)


def mass(need: Need, rows: np.ndarray) -> np.ndarray:
    """What prices ask for one person missing: the most of any block, and all of the sets that span blocks."""
    blocks = [rows[list(block)].sum(axis=0) for block in need.blocks]
    most: np.ndarray = np.maximum.reduce(blocks) if blocks else np.zeros(need.intervals, rows.dtype)
    total: np.ndarray = most + rows[list(need.spanning)].sum(axis=0)
    return total


def _spread(rows: np.ndarray, width: int) -> np.ndarray:
    """Whole cents of an interval over its cells; they add up to the same."""
    spread = np.repeat(rows // width, width, axis=1)
    spread[:, ::width] += rows % width
    return spread


def _limits(crew: Crew, prices: CoverPrices) -> list[np.ndarray]:
    backlogs = crew.problem.need.backlogs
    if len(prices.limits) == len(backlogs):
        return list(prices.limits)
    return [np.zeros((len(backlog.limits), crew.problem.need.intervals)) for backlog in backlogs]


def _shares(crew: Crew, prices: CoverPrices) -> list[float]:
    """Weights of the backlogs of each group, at most 1 together."""
    need = crew.problem.need
    shares = [max(0.0, share) for share in prices.shares] or [0.0] * len(need.backlogs)
    for group in need.groups:
        mine = [i for i, backlog in enumerate(need.backlogs) if backlog.queues & frozenset(group)]
        total = sum(shares[i] for i in mine)
        for i in mine:
            shares[i] /= max(1.0, total)
    return shares


def _reachable(crew: Crew) -> np.ndarray:
    """Most people that could be on duty per set and cell."""
    most = crew.before.astype(np.int64)
    for worker in crew.workers:
        for k, mask in enumerate(worker.counted):
            edges = np.zeros(crew.grid.cells + 1, np.int64)
            mine = worker.kind == k
            np.add.at(edges, worker.starts[mine], 1)
            np.add.at(edges, worker.ends[mine], -1)
            most[mask] += np.cumsum(edges)[:-1] > 0
    return most


def _backlog(
    crew: Crew,
    backlog: Backlog,
    limits: np.ndarray,
    share: float,
    reachable: np.ndarray,
    cells: np.ndarray,
    lifted: np.ndarray,
    fine: int,
) -> float:
    """Add the prices of a backlog's limits to ``cells``; what its work costs at least at these prices.

    A limit lets ``max(0, per_person * N - taken)`` units through. That is at most what N people do, less
    what live work takes, lifted where people are short (``lifting``); where fewer are asked
    than live work takes, it is at most ``slope * N`` for every N up to the most people there could be.
    ``lifted`` gets what one person short is then worth, per block and interval.
    """
    need, per_person = crew.problem.need, backlog.per_person
    missing = floor(share * crew.problem.missing_cents) / per_person
    limits = np.clip(limits, 0, missing)
    limits = limits * np.minimum(1.0, missing / np.maximum(limits.sum(axis=0), 1e-9))
    unit, constant = np.zeros(need.intervals), 0.0
    for (of_set, taken), price in zip(backlog.limits, limits, strict=True):
        s = crew.names.index(of_set)
        most = reachable[s].reshape(-1, crew.grid.per_interval).max(axis=1)
        asked, by_set = lifting(need, of_set)
        lifts = asked * per_person >= taken
        chord = np.maximum(per_person * most - taken, 0) / np.maximum(most, 1)
        slope = np.where(lifts & (most > 0), per_person, chord)
        parts = np.floor(price * slope * fine).astype(np.int64)
        cells[s] += _spread(parts[None, :], crew.grid.per_interval)[0]
        of_unit = np.divide(parts / fine, slope, out=np.full(len(parts), np.inf), where=slope > 0)
        unit += of_unit
        busy = np.flatnonzero(lifts & (most > 0) & (taken > 0))
        worth = of_unit[busy] * taken[busy]
        constant += float(worth.sum())
        for b, block in enumerate(need.blocks):
            lifted[b, busy] += np.isin(by_set[busy], block) * worth / asked[busy]
    return constant + _cheapest_work(backlog, np.minimum(unit, missing))


def _cheapest_work(backlog: Backlog, unit: np.ndarray) -> float:
    """Every unit of work that falls due is done, or missed, in the cheapest interval it can be."""
    here = backlog.carried_in + np.cumsum(backlog.arriving.astype(np.int64))
    due = np.maximum.accumulate(np.maximum(here - backlog.not_due.astype(np.int64), 0))
    edges = np.unique(np.concatenate([[0], here, due]))
    edges = edges[edges <= due[-1]]
    upper = edges[1:]
    first, last = np.searchsorted(here, upper), np.searchsorted(due, upper)
    return float((np.diff(edges) * _least(unit, first, last)).sum())


def _least(values: np.ndarray, first: np.ndarray, last: np.ndarray) -> np.ndarray:
    """Least value in each range, both ends included (a sparse table).

    Examples
    --------
    >>> _least(np.array([3.0, 1.0, 2.0]), np.array([0, 2]), np.array([1, 2])).tolist()
    [1.0, 2.0]
    """
    table = [values]
    while 2 ** len(table) <= len(values):
        half = 2 ** (len(table) - 1)
        table.append(np.minimum(table[-1][:-half], table[-1][half:]))
    level = np.log2(last - first + 1).astype(np.int64)
    found = np.empty(len(first))
    for size in np.unique(level).tolist():
        at = level == size
        row = table[size]
        found[at] = np.minimum(row[first[at]], row[last[at] - 2**size + 1])
    return found
