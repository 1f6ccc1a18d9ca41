"""Plans run in the background, kept on disk, cancelled on request; nothing here knows a page."""

from planner.tasks.executor import Executor, LocalExecutor
from planner.tasks.store import Job, JobState, Store

__all__ = ["Executor", "Job", "JobState", "LocalExecutor", "Store"]
