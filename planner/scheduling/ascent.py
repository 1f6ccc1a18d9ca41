"""Better prices for the bound: from those of the linear programme up the Lagrangian dual.

The volume algorithm (Barahona and Anbil 2000, Mathematical Programming 87): steps from the best prices so
far along a mean of what all tours so far lack, in which the newest counts for less and less. The step is
Polyak's towards a cost that is possible; prices stay >= 0 and sum to at most what one person missing costs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from planner.requirement import Need
from planner.scheduling.crew import Crew
from planner.scheduling.lagrange import mass, priced
from planner.scheduling.pricing import Sweep, Swept
from planner.scheduling.problem import IsCancelled

if TYPE_CHECKING:
    from planner.scheduling.duals import CoverPrices

FIRST_STEP = 0.01
PATIENCE = 4
SHRINK, GROW = 0.9, 1.15
NEWEST, LAST_NEWEST = 0.05, 0.6
"""Weight of the newest tours at the beginning, and at the end as a share of one step."""


def ascend(
    crew: Crew,
    starts: Sequence[CoverPrices],
    target: int,
    steps: int,
    labour: bool,
    is_cancelled: IsCancelled,
    on_better: Callable[[float], None] | None = None,
) -> tuple[float, CoverPrices] | None:
    """The best bound found and its prices; at least that of the first of the starts.

    Parameters
    ----------
    crew: the compiled people. starts: prices to try; steps go on from the best of them.
    target: a cost that is possible.
    steps: sweeps over all people.
    labour: whether pay and soft rules count.
    is_cancelled: asked after each kind of people, once the first bound is known.
    on_better: told every better bound.
    """
    need, cents = crew.problem.need, crew.problem.missing_cents
    sweep = Sweep(crew, labour)
    best = _best_start(crew, sweep, starts, is_cancelled)
    if best is None:
        return None
    total, prices, on_duty = best
    rows = prices.rows.astype(float)
    direction, length, stuck = _lacking(need, on_duty), FIRST_STEP, 0
    steps = max(1, steps)
    for step in range(steps):
        downhill = (prices.rows <= 0) & (direction < 0)
        along = np.where(downhill, 0.0, direction)
        norm = float((along * along).sum())
        if norm <= 0 or total >= target:
            break
        rows = _capped(need, prices.rows + length * (target - total) / norm * along, cents)
        tried = replace(prices, rows=rows)
        swept = _swept(crew, sweep, tried, is_cancelled)
        if swept is None:
            break
        newest = NEWEST * min(1.0, LAST_NEWEST / steps / NEWEST) ** ((step + 1) / steps)
        direction = newest * _lacking(need, swept.on_duty) + (1 - newest) * direction
        if swept.total > total:
            total, prices, stuck = swept.total, tried, 0
            if on_better is not None:
                on_better(total)
            length *= GROW
        else:
            stuck += 1
            if stuck == PATIENCE:
                length, stuck = length * SHRINK, 0
    return total, prices


def _best_start(
    crew: Crew, sweep: Sweep, starts: Sequence[CoverPrices], is_cancelled: IsCancelled
) -> tuple[float, CoverPrices, np.ndarray] | None:
    best: tuple[float, CoverPrices, np.ndarray] | None = None
    for start in starts:
        swept = _swept(crew, sweep, start, is_cancelled if best is not None else lambda: False)
        if swept is None:
            break
        if best is None or swept.total > best[0]:
            best = swept.total, start, swept.on_duty
    return best


def _swept(crew: Crew, sweep: Sweep, prices: CoverPrices, is_cancelled: IsCancelled) -> Swept | None:
    """One sweep; None if cancelled before its end."""
    for swept in sweep.parts(priced(crew, prices)):
        if swept.reached:
            return swept
        if is_cancelled():
            return None
    return None


def _lacking(need: Need, on_duty: np.ndarray) -> np.ndarray:
    lacking: np.ndarray = need.required - on_duty[: len(need.sets)].astype(float)
    return lacking


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
