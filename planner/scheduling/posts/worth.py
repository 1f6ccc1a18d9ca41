"""What one more person on a post is worth, told by queue and interval."""

from __future__ import annotations

import numpy as np

from planner.scheduling.crew import Crew


def worth_of_posts(crew: Crew, prices: np.ndarray) -> np.ndarray:
    """Cents per queue and interval: what posts on a shift are worth, spread over it; the dearest shift.

    Parameters
    ----------
    crew: whose duties say when the shifts are.
    prices: cents of one more person on each row of ``PostRows``; what is below 0 is worth nothing.
    """
    need = crew.problem.need
    found = np.zeros((len(need.queues), need.intervals))
    on_shift: dict[tuple[str, int], np.ndarray] = {}
    row = 0
    for post in need.posts:
        counts = np.array([not post.queues or name in post.queues for name in need.queues], bool)
        for day in range(len(post.required)):
            worth = on_shift.setdefault((post.shift, day), np.zeros(len(need.queues)))
            worth[counts] += float(prices[row])
            row += 1
    for key, (first, last) in _spans(crew).items():
        if key in on_shift and last > first:
            each = np.maximum(on_shift[key], 0.0)[:, None] / (last - first)
            found[:, first:last] = np.maximum(found[:, first:last], each)
    return found


def _spans(crew: Crew) -> dict[tuple[str, int], tuple[int, int]]:
    """First interval of each shift and day, and the one after its last; of people's earliest start."""
    found: dict[tuple[str, int], tuple[int, int]] = {}
    width = crew.grid.per_interval
    for worker in crew.workers:
        starts, ends = (worker.starts // width).tolist(), (-(-worker.ends // width)).tolist()
        for choice, start, end in zip(worker.choices, starts, ends, strict=True):
            key = (choice.option.name, choice.option.day)
            found[key] = min(found.get(key, (start, end)), (start, end))
    return found
