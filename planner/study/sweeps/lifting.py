"""More demand never needs fewer people: a bound proven for less demand holds for more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from planner.study.sweeps.asked import cents_less

if TYPE_CHECKING:
    from planner.study.sweeps.factors import Factor
    from planner.study.sweeps.sweeping import Cell

WHOLE = "cost with missing people priced"


def lifted(
    cells: Sequence[Cell], factors: Sequence[Factor], asks: Mapping[tuple[str, ...], Mapping[str, Any]]
) -> tuple[Cell, ...]:
    """Cells with the highest bound that is proven for them, their own or that of a cell with less demand.

    A bound moves only between cells that differ in demand alone (same people, rules and pay), and only where
    every interval of one need asks for at least the people of the other: that is looked at, because what
    calibration adds for the promises need not grow with demand. Where spans of deferred work ask for less,
    by a unit of rounding or because safety grows slower than work, the bound falls by the price of that.

    Parameters
    ----------
    asks: what the need of each cell asks for, by its values.
    """
    return tuple(_lifted(cell, cells, factors, asks) for cell in cells)


def _lifted(
    cell: Cell,
    cells: Sequence[Cell],
    factors: Sequence[Factor],
    asks: Mapping[tuple[str, ...], Mapping[str, Any]],
) -> Cell:
    best, known = None, cell.bound_cents
    for other in cells:
        if other.bound_cents is None or cell.cost_cents is None or not _demand_apart(cell, other, factors):
            continue
        if known is None or other.bound_cents > known:
            less = cents_less(asks[cell.values], asks[other.values])
            if less is not None and (known is None or other.bound_cents - less > known):
                best, known = other, other.bound_cents - less
    return cell if best is None or known is None else _with_bound(cell, best, known)


def _demand_apart(cell: Cell, other: Cell, factors: Sequence[Factor]) -> bool:
    """Whether two cells differ, and in demand alone."""
    pairs = zip(factors, cell.values, other.values, strict=True)
    return cell.values != other.values and all(
        factor.of_demand or mine == theirs for factor, mine, theirs in pairs
    )


def _with_bound(cell: Cell, other: Cell, cents: int) -> Cell:
    assert cell.measured is not None
    assert other.measured is not None
    bound = next(m.low for m in other.measured.measures if m.figure == WHOLE)
    if bound is not None and other.bound_cents != cents:
        bound *= cents / other.bound_cents if other.bound_cents else 0.0
    measures = tuple(replace(m, low=bound) if m.figure == WHOLE else m for m in cell.measured.measures)
    return replace(
        cell,
        measured=replace(cell.measured, measures=measures),
        bound_cents=cents,
        lifted_from=other.values,
    )
