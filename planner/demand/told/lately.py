"""What is to be said of the last days of a history: a sudden turn of which nobody knows whether it lasts."""

from __future__ import annotations

import numpy as np

from planner._messages import Message
from planner.demand.curve.model import QueueModel

# Told from this factor on, either way.
LEAST_TIMES = 1.25


def turned(queue: str, model: QueueModel) -> tuple[Message, ...]:
    """A notice where the last week is far from the weeks before and the forecast does not follow it whole.

    Parameters
    ----------
    queue: its name.
    model: fitted to the history.
    """
    turn = model.daily.now.turn
    if not turn.variance or turn.before <= 0:
        return ()
    times = turn.recent / turn.before
    if 1 / LEAST_TIMES < times < LEAST_TIMES:
        return ()
    week = float((np.exp(model.daily.effects[:7]) * (model.profiles.sum(axis=1) > 0)).sum())
    low, high = (round(week * level) for level in sorted((turn.before, turn.recent)))
    values = {"queue": queue, "times": f"{times:.1f}", "low": low, "high": high}
    return (Message("lately.turned", values),)
