"""Today's service: how soon customers got a first reply, as far as their tickets tell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from planner.clock import local_at, quarter_of, resolve
from planner.demand.queue import LIVE_CHANNELS, Queue
from planner.demand.tickets import Tickets

if TYPE_CHECKING:
    import pandas as pd

    from planner.clock import OpeningHours

_MINUTE, _HOUR, _DAY = 60, 3600, 86_400
WITHIN_SECONDS = (
    20, 40, _MINUTE, 2 * _MINUTE, 5 * _MINUTE, 10 * _MINUTE, 15 * _MINUTE, 30 * _MINUTE,
    _HOUR, 2 * _HOUR, 4 * _HOUR, 8 * _HOUR, 12 * _HOUR, _DAY, 2 * _DAY, 3 * _DAY, 7 * _DAY,
)  # fmt: skip
"""Grid of times from arrival to first reply on which today's service is kept."""
# Contacts of the last days are left out: whether they were answered in time is not known yet.
SETTLED_SECONDS = 7 * _DAY


class Measured:
    """Contacts of one queue of which it is known whether, and when, they had a first reply.

    Attributes
    ----------
    quarter, seconds: creation and time to the first reply; infinite where there is none.
    left_out: contacts without a first reply of which nobody knows whether they needed one.
    """

    def __init__(self, tickets: Tickets, queue: Queue, mine: np.ndarray, span: tuple[int, int]) -> None:
        first, end = span
        last = end - SETTLED_SECONDS // 900
        chosen = mine & (tickets.quarter >= first) & (tickets.quarter < last)
        seconds = tickets.reply_seconds[chosen].astype(np.float64)
        seconds[~(seconds >= 0)] = np.inf  # also what is not a number
        self.quarter = tickets.quarter[chosen]
        silent = np.isinf(seconds)
        # An e-mail that was solved without a reply needed none; a call that nobody took was lost.
        if queue.channel in LIVE_CHANNELS:
            unknown = silent if queue.promise.definition == "answered" else np.zeros_like(silent)
        elif tickets.has_solved:
            unknown = silent & (tickets.solved[chosen] != -1)
        else:
            unknown = silent
        self.left_out = int(unknown.sum())
        self.quarter, self.seconds = self.quarter[~unknown], seconds[~unknown]


def _arrived(measured: Measured, mask: np.ndarray | None, first: int) -> dict[str, np.ndarray]:
    """Which contacts came while the queue was open, closed, or at all."""
    everyone = np.ones(len(measured.quarter), dtype=bool)
    if mask is None:
        return {"all": everyone}
    is_open = mask[measured.quarter - first]
    return {"open": is_open, "closed": ~is_open, "all": everyone}


def replies_frame(
    tickets: Tickets, queues: Sequence[Queue], masks: np.ndarray | None, span: tuple[int, int]
) -> pd.DataFrame | None:
    """Share of contacts with a first reply within each time of the grid, by queue and arrival."""
    import pandas as pd

    rows: list[tuple[str, str, int, float, int]] = []
    for number, queue in enumerate(queues):
        mine = tickets.queue == number
        if not np.isfinite(tickets.reply_seconds[mine]).any():
            continue
        measured = Measured(tickets, queue, mine, span)
        for arrived, chosen in _arrived(measured, None if masks is None else masks[number], span[0]).items():
            ordered = np.sort(measured.seconds[chosen])
            for within in WITHIN_SECONDS if len(ordered) else ():
                share = float(np.searchsorted(ordered, within, side="right")) / len(ordered)
                rows.append((queue.name, arrived, within, share, len(ordered)))
    columns = ["queue", "arrived", "within_seconds", "share", "contacts"]
    return pd.DataFrame(rows, columns=columns) if rows else None


def kept_frame(
    tickets: Tickets,
    queues: Sequence[Queue],
    masks: np.ndarray | None,
    span: tuple[int, int],
    zone: str,
    opening: Mapping[str, OpeningHours] | None,
) -> pd.DataFrame | None:
    """Share of contacts within each queue's own promise, on its clock; NaN where it cannot be told."""
    import pandas as pd

    first_day = local_at(span[0], zone).date()
    last_day = local_at(span[1] - SETTLED_SECONDS // 900, zone).date() - timedelta(days=1)
    rows: list[tuple[object, ...]] = []
    for number, queue in enumerate(queues):
        mine = tickets.queue == number
        if not np.isfinite(tickets.reply_seconds[mine]).any():
            continue
        measured = Measured(tickets, queue, mine, span)
        mask = None if masks is None else masks[number]
        hours = None if opening is None else opening.get(queue.name)
        in_time = _in_time(measured, queue, hours, span)
        for arrived, chosen in _arrived(measured, mask, span[0]).items():
            contacts = int(chosen.sum())
            kept = float("nan") if in_time is None or not contacts else float(in_time[chosen].mean())
            rows.append((queue.name, arrived, kept, contacts, measured.left_out, first_day, last_day))
    columns = ["queue", "arrived", "kept", "contacts", "left_out", "first_day", "last_day"]
    return pd.DataFrame(rows, columns=columns) if rows else None


def _in_time(
    measured: Measured, queue: Queue, hours: OpeningHours | None, span: tuple[int, int]
) -> np.ndarray | None:
    """Whether each contact was answered by its due time; None if that needs opening hours nobody gave.

    Creation is known to the quarter-hour, so an opening that falls between creation and reply is met to
    within half of one; a wait without one is exact.
    """
    promise = queue.promise
    if promise.clock == "elapsed":
        return np.asarray(measured.seconds <= promise.within_seconds)
    if hours is None:
        return None
    first, end = span
    created = measured.quarter - first + 0.5
    replied = created + measured.seconds / 900
    if promise.clock == "open hours":
        ahead = end - first + 96 * 28
        opened = np.concatenate(([0], np.cumsum(hours.mask(first, ahead))))
        edges = np.arange(ahead + 1)
        waited = np.interp(np.minimum(replied, ahead), edges, opened) - np.interp(created, edges, opened)
        return np.asarray((900 * waited <= promise.within_seconds) & np.isfinite(replied))
    if promise.clock == "after opening":
        mask = hours.mask(first - 1, end - first + 1 + 96 * 28)
        moments = np.flatnonzero(mask[1:] & ~mask[:-1])
    else:
        moments = _due_moments(promise.due or (0, 0), hours.zone, first, end)
    if not len(moments):
        return None
    following = np.searchsorted(moments, measured.quarter - first, side="right")
    due = np.append(moments, np.inf)[following] + promise.within_seconds / 900
    return np.asarray(replied <= due)


def _due_moments(due: tuple[int, int], zone: str, first: int, end: int) -> np.ndarray:
    """Quarters, counted from the first, of a weekday and minute in every week of a stretch and after it."""
    weekday, minute = due
    day = local_at(first, zone).date()
    day += timedelta(days=(weekday - day.weekday()) % 7)
    weeks = (end - first) // (96 * 7) + 3
    at = [quarter_of(resolve(day + timedelta(weeks=week), minute, zone).at) - first for week in range(weeks)]
    return np.array(at, dtype=np.int64)
