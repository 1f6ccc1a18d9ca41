"""Better prices for the bound: a few subgradient steps from those of the linear programme.

Polyak's step towards the best known cost, with a deflected direction (Camerini, Fratta, Maffioli 1975,
Mathematical Programming Study 3), projected on prices that sum to at most what one person missing costs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from planner.requirement import Need
from planner.scheduling.crew import Crew
from planner.scheduling.lagrange import mass, posts_priced, priced, worth_of
from planner.scheduling.problem import IsCancelled
from planner.scheduling.taking import best_of
from planner.scheduling.tally import tour_of

if TYPE_CHECKING:
    from planner.scheduling.duals import CoverPrices

FIRST_STEP = 0.05
PATIENCE = 4
SHRINK = 0.7
MEMORY = 0.5


def ascend(
    crew: Crew,
    starts: Sequence[CoverPrices],
    target: int,
    steps: int,
    labour: bool,
    is_cancelled: IsCancelled,
) -> tuple[float, CoverPrices] | None:
    """The best bound found and its prices; None if cancelled before the first is known.

    Parameters
    ----------
    crew: the compiled people. starts: prices to try; steps go on from the best of them.
    target: a cost that is possible.
    steps: sweeps over all people.
    labour: whether pay and soft rules count.
    is_cancelled: asked after each sweep.
    """
    need, cents = crew.problem.need, crew.problem.missing_cents
    best: tuple[float, CoverPrices] | None = None
    for start in starts if len(starts) > 1 else ():
        if best is not None and is_cancelled():
            return best
        total, _on_duty = _sweep(crew, start, labour)
        best = (total, start) if best is None or total > best[0] else best
    prices = starts[0] if best is None else best[1]
    rows = prices.rows.astype(float)
    direction, length, stuck = np.zeros_like(rows), FIRST_STEP, 0
    for _step in range(max(1, steps)):
        tried = replace(prices, rows=rows)
        total, on_duty = _sweep(crew, tried, labour)
        if best is None or total > best[0]:
            best, stuck = (total, tried), 0
        else:
            stuck += 1
            if stuck == PATIENCE:
                length, stuck = length * SHRINK, 0
        lacking = (need.required - on_duty[: len(need.sets)]).astype(float)
        lacking[(rows <= 0) & (lacking < 0)] = 0.0
        direction = MEMORY * direction + (1 - MEMORY) * lacking
        norm = float((direction * direction).sum())
        if norm <= 0 or total >= target or is_cancelled():
            break
        rows = _capped(need, rows + length * (target - total) / norm * direction, cents)
    return best


def _sweep(crew: Crew, prices: CoverPrices, labour: bool) -> tuple[float, np.ndarray]:
    """The bound at some prices, and how many people the best tours put on duty, per set and interval."""
    rounded = priced(crew, prices)
    on_posts, asked = posts_priced(crew, rounded.posts, labour)
    total = rounded.constant + asked + (crew.fixed_cents if labour else 0)
    present = crew.before.astype(np.int64)
    for worker in crew.workers:
        costs, where = worker.costs(worth_of(worker.counted, rounded.cells), on_posts)
        found = best_of(worker, costs if labour else costs - worker.cents, soft=labour)
        assert found is not None, "people without a legal tour are set aside before"
        total += found[0]
        tour = tour_of(worker, found[1], where, 0, crew.grid.cells)
        for k, row in enumerate(tour.present):
            present[worker.counted[k]] += row
    return total, present.reshape(len(present), -1, crew.grid.per_interval).min(axis=2)


def _capped(need: Need, rows: np.ndarray, cents: int) -> np.ndarray:
    """Prices >= 0 that sum to at most ``cents`` in each block and interval, with what spans blocks on top."""
    rows = np.maximum(rows, 0.0)
    for block in map(list, need.blocks):
        rows[block] = _nearest(rows[block], cents)
    rows *= np.minimum(1.0, cents / np.maximum(mass(need, rows), cents))
    return rows


def _nearest(rows: np.ndarray, cents: int) -> np.ndarray:
    """The nearest columns that sum to at most ``cents`` (Duchi et al. 2008)."""
    over = rows.sum(axis=0) > cents
    if over.any():
        high = rows[:, over]
        sorted_down = -np.sort(-high, axis=0)
        excess = np.cumsum(sorted_down, axis=0) - cents
        count = (sorted_down > excess / np.arange(1, len(high) + 1)[:, None]).sum(axis=0)
        rows[:, over] = np.maximum(high - excess[count - 1, np.arange(high.shape[1])] / count, 0.0)
    return rows
