"""A forecast and what came, day by day."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from planner.study.charts.palette import BAND, BLUE, CAME, framed, say


def actuals_chart(days: pd.DataFrame, queue: str, zone: str) -> go.Figure:
    """Expected contacts a day with their band of 8 in 10, and what came; days that are not known are gaps.

    Parameters
    ----------
    days: as in ``actuals_days.csv``. queue: whose. zone: clock of the days.
    """
    mine = days[days["queue"] == queue].sort_values("day")
    when = [pd.Timestamp(day).date().isoformat() for day in mine["day"]]
    figure = go.Figure()
    figure.add_scatter(x=when, y=mine["high"].tolist(), line={"width": 0}, showlegend=False, hoverinfo="skip")
    figure.add_scatter(
        x=when,
        y=mine["low"].tolist(),
        line={"width": 0},
        fill="tonexty",
        fillcolor=BAND,
        name=say("actuals_band"),
    )
    figure.add_scatter(
        x=when, y=mine["expected"].tolist(), line={"color": BLUE}, name=say("actuals_expected")
    )
    figure.add_scatter(
        x=when,
        y=mine["came"].tolist(),
        mode="markers",
        marker={"color": CAME, "size": 7},
        name=say("actuals_came"),
    )
    figure.update_yaxes(rangemode="tozero")
    title = say("actuals_title", {"queue": queue})
    return framed(figure, title, say("local_day_axis", {"zone": zone}), say("actuals_y"))
