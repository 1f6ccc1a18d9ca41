"""What one more person would be worth, hour by hour of the week."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from planner.study.charts.palette import say, week_grid


def worth_heat_map(worth: pd.DataFrame, zone: str, queue: str, currency: str) -> go.Figure:
    """Worth of one more person for a whole hour, mean of the weeks; hours worth nothing stay empty.

    Parameters
    ----------
    worth: as in ``worth.csv``.
    zone: of its local stamps, for the axis.
    queue: whose people they are. currency: of the worth.

    Examples
    --------
    >>> hour = {"queue": "chat", "interval_start": pd.Timestamp("2026-03-02T09:00Z")}
    >>> stamps = ["2026-03-02T09:00:00+00:00", "2026-03-02T09:30:00+00:00", "2026-03-09T09:00:00+00:00"]
    >>> worth = pd.DataFrame([{**hour, "interval_local": at, "worth": 6.0} for at in stamps])
    >>> worth_heat_map(worth, "UTC", "chat", "EUR").data[0].z[0][9]  # 12 in one week, 6 in the other
    9.0
    """
    table = _hours(worth, queue)
    texts = [["" if np.isnan(value) else f"{value:.0f}" for value in row] for row in table]
    rows = [[None if np.isnan(value) else float(value) for value in row] for row in table]
    title = say("worth_title", {"queue": queue})
    return week_grid(rows, texts, title, say("worth_bar", {"currency": currency}), zone)


def worth_queues(worth: pd.DataFrame) -> list[str]:
    """Queues for which one more person is worth something in an hour of the week, the most first.

    Examples
    --------
    >>> hour = {"interval_local": "2026-03-02T09:00:00+00:00"}
    >>> rows = [{**hour, "queue": "chat", "worth": 6.0}, {**hour, "queue": "email", "worth": 0.1}]
    >>> worth_queues(pd.DataFrame(rows))
    ['chat']
    """
    totals = {queue: float(np.nansum(_hours(worth, queue))) for queue in dict.fromkeys(worth["queue"])}
    return sorted((queue for queue in totals if totals[queue]), key=lambda queue: -totals[queue])


def _hours(worth: pd.DataFrame, queue: str) -> np.ndarray:
    """Worth by weekday and hour, mean of the weeks; not a number where it is not worth saying."""
    mine = worth[worth["queue"] == queue]
    # The day and hour on the clock, as text: an hour that autumn repeats is one hour with more in it.
    of_hour: dict[str, float] = {}
    for stamp, value in zip(mine["interval_local"].tolist(), mine["worth"].tolist(), strict=True):
        of_hour[stamp[:13]] = of_hour.get(stamp[:13], 0.0) + value
    table = np.zeros((7, 24))
    weeks = np.zeros((7, 24))
    for hour, value in of_hour.items():
        at = date.fromisoformat(hour[:10]).weekday(), int(hour[11:])
        table[at] += value
        weeks[at] += 1
    mean: np.ndarray = np.divide(table, weeks, out=np.full((7, 24), np.nan), where=weeks > 0)
    mean[mean < WORTH_SAYING] = np.nan
    return mean


WORTH_SAYING = 0.5
"""Below half a unit of money an hour is worth nothing that can be read off a chart."""
