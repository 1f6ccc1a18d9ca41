"""Sweeps over one or two factors: a grid of plans around one scenario."""

from planner.study.sweeps.cells import run_cell
from planner.study.sweeps.factors import Factor, factor_of
from planner.study.sweeps.files import sweep_summary, sweep_table, write_sweep
from planner.study.sweeps.sweeping import Begun, Cell, Sweep, begin, gather, sweep

__all__ = [
    "Begun",
    "Cell",
    "Factor",
    "Sweep",
    "begin",
    "factor_of",
    "gather",
    "run_cell",
    "sweep",
    "sweep_summary",
    "sweep_table",
    "write_sweep",
]
