"""Plans run in the background, kept on disk, cancelled on request; nothing here knows a page."""

from planner.tasks.asking import ask
from planner.tasks.executor import InlineExecutor, LocalExecutor, usual_workers
from planner.tasks.interface import Asking, Executor, Working
from planner.tasks.job import CurvePoint, Inputs, Job, JobState, Outcome
from planner.tasks.queueing import MOST_WAITING
from planner.tasks.store import Store
from planner.tasks.tidying import Limits

__all__ = [
    "MOST_WAITING",
    "Asking",
    "CurvePoint",
    "Executor",
    "InlineExecutor",
    "Inputs",
    "Job",
    "JobState",
    "Limits",
    "LocalExecutor",
    "Outcome",
    "Store",
    "Working",
    "ask",
    "usual_workers",
]
