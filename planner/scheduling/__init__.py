"""Need and rules in, a rota with a proof out: the only room that knows a solver."""

from planner.scheduling.engine import first_rota, schedule
from planner.scheduling.objective import objective_of
from planner.scheduling.problem import IsCancelled, OnProgress, Problem, Progress, SolveSettings
from planner.scheduling.result import Objective, Result, SolveStatus
from planner.scheduling.untakable import never_taken
from planner.scheduling.warming import warm_up

__all__ = [
    "IsCancelled",
    "Objective",
    "OnProgress",
    "Problem",
    "Progress",
    "Result",
    "SolveSettings",
    "SolveStatus",
    "first_rota",
    "never_taken",
    "objective_of",
    "schedule",
    "warm_up",
]
