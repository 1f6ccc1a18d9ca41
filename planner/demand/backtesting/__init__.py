"""How good the forecast would have been, beside two naive yardsticks and the floor that chance sets."""

from planner.demand.backtesting.advice import advised_grain
from planner.demand.backtesting.chance import chance_deviance, deviance, noise_floor, part_inside, reached
from planner.demand.backtesting.findings import Finding
from planner.demand.backtesting.report import AccuracyReport, accuracy_report, backtest
from planner.demand.backtesting.scores import ALL_WEEKS, GRAINS
from planner.demand.backtesting.trials import METHODS

__all__ = [
    "ALL_WEEKS",
    "GRAINS",
    "METHODS",
    "AccuracyReport",
    "Finding",
    "accuracy_report",
    "advised_grain",
    "backtest",
    "chance_deviance",
    "deviance",
    "noise_floor",
    "part_inside",
    "reached",
]
