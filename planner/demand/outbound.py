"""Minutes of calls that the team makes itself, from a file of them: a mean week."""

from __future__ import annotations

from datetime import timedelta

import numpy as np

from planner.clock import local_at, quarter_of
from planner.demand.arrivals import History

WEEKS = 8


def mean_week(history: History, queue: str, zone: str, each_seconds: float, weeks: int = WEEKS) -> np.ndarray:
    """Seconds of work of a queue per local weekday (0 is Monday) and hour, on average over the last weeks.

    Parameters
    ----------
    history: contacts and, where known, their handle seconds.
    queue: whose contacts.
    zone: clock of weekdays and hours.
    each_seconds: of a contact whose handle time is not known.
    weeks: the last whole days of at most so many weeks are taken; days with missing hours are left out.

    Returns
    -------
    Shape (7, 24); 0 on weekdays of which no whole day is known.

    Examples
    --------
    >>> import pandas as pd
    >>> from planner.clock import quarter_at
    >>> from planner.demand import ImportReport
    >>> report = ImportReport("calls.csv", "", "counts", "", 1, 1, {}, None, None, {})
    >>> monday = quarter_at(1972032)
    >>> row = {"interval_start": [pd.Timestamp(monday)], "queue": ["calls"], "arrivals": [4]}
    >>> calls = pd.DataFrame({**row, "handle_seconds": [300.0]})
    >>> known = History(calls, 30, monday, monday + timedelta(days=7), report)
    >>> float(mean_week(known, "calls", "UTC", 600.0)[0, 0])
    1200.0
    """
    last = local_at(quarter_of(history.observed_until), zone).date()
    first = local_at(quarter_of(history.observed_from) - 1, zone).date() + timedelta(days=1)
    first = max(first, last - timedelta(weeks=weeks))
    gaps = {
        local_at(quarter, zone).date()
        for start, end in history.missing
        for quarter in range(quarter_of(start), quarter_of(end))
    }
    days = [first + timedelta(days=index) for index in range((last - first).days)]
    whole = {day for day in days if day not in gaps}
    of_weekday = np.bincount([day.weekday() for day in sorted(whole)], minlength=7)
    seconds = np.zeros((7, 24))
    frame = history.frame[history.frame["queue"] == queue]
    columns = (frame["interval_start"], frame["arrivals"], frame["handle_seconds"])
    for start, arrivals, handle in zip(*(column.tolist() for column in columns), strict=True):
        local = local_at(quarter_of(start.to_pydatetime()), zone)
        if local.date() in whole:
            seconds[local.weekday(), local.hour] += arrivals * (each_seconds if np.isnan(handle) else handle)
    mean: np.ndarray = seconds / np.maximum(of_weekday, 1)[:, None]
    return mean
