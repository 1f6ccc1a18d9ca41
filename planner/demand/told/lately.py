"""What is to be said of the last days of a history: silence, or a turn of which nobody knows if it lasts."""

from __future__ import annotations

from datetime import timedelta

import numpy as np

from planner._messages import Message
from planner.demand.curve.daily import MOST_CLOSED_DAYS
from planner.demand.curve.localdays import LocalDays
from planner.demand.curve.model import OPENED_IF_MISSED, QueueModel

# Told from this factor on, either way.
LEAST_TIMES = 1.25
# What was usual is read from so many days before a silence.
USUAL_DAYS = 56


def lately(queue: str, model: QueueModel, days: LocalDays) -> tuple[Message, ...]:
    """Notices on how a queue's history ends: that it is silent, or else that it has turned.

    Parameters
    ----------
    queue: its name.
    model: fitted to the history.
    days: the history; one row.
    """
    return silent(queue, days) or turned(queue, model)


def silent(queue: str, days: LocalDays) -> tuple[Message, ...]:
    """A notice where a queue's last days are without contact and chance cannot leave out so many.

    Days that are missing, or on whose weekday the queue never has a contact, are no silence.
    """
    totals, seen = days.counts[0].sum(axis=1), days.seen
    if days.open is not None:
        seen = seen & days.open[0].any(axis=1)
    busy = np.flatnonzero(totals)
    if not len(busy):
        return ()
    last = int(busy[-1])
    before = np.arange(max(0, last + 1 - USUAL_DAYS), last + 1)
    before = before[seen[before]]
    after = last + 1 + np.flatnonzero(seen[last + 1 :])
    weekdays = (days.first_day.weekday() + np.arange(days.days)) % 7
    usual = np.zeros(7)
    for weekday in range(7):
        known = before[weekdays[before] == weekday]
        usual[weekday] = totals[known].mean() if len(known) else 0.0
    due = usual[weekdays[after]]
    if (due > 0).sum() <= MOST_CLOSED_DAYS or due.sum() < OPENED_IF_MISSED:
        return ()
    day = (days.first_day + timedelta(days=last)).isoformat()
    a_day = float(totals[before].mean())
    values = {"queue": queue, "day": day, "usual": f"{a_day:.0f}" if a_day >= 10 else f"{a_day:.1f}"}
    return (Message("lately.silent", values),)


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
