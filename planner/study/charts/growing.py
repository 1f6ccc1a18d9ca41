"""Hiring ahead: people needed and there by month, and a backlog week by week."""

from __future__ import annotations

from datetime import date

import pandas as pd
import plotly.graph_objects as go

from planner.study.charts.palette import BAND, BLACK, BLUE, GREEN, ORANGE, framed, say

_LINES = (BLUE, ORANGE, GREEN, BLACK)


def people_ahead(plan: pd.DataFrame) -> go.Figure:
    """People needed each month, and from now on those on the payroll and those at full speed.

    Parameters
    ----------
    plan: columns of ``hiring_plan.csv``.
    """
    figure = go.Figure()
    for column, code, colour, dash in (
        ("people_needed", "hiring_needed", GREEN, "solid"),
        ("productive", "hiring_there", BLUE, "solid"),
        ("heads", "hiring_heads", ORANGE, "dot"),
    ):
        figure.add_scatter(
            x=_days(plan["month"]),
            y=_values(plan[column]),
            name=say(code),
            mode="lines",
            line={"color": colour, "dash": dash},
        )
    return framed(figure, say("hiring_title"), say("hiring_month_axis"), say("hiring_people_axis"))


def backlog_ahead(weeks: pd.DataFrame) -> go.Figure:
    """Contacts that wait, a line a scenario; the range of the first as a band.

    Parameters
    ----------
    weeks: columns of ``backlog_ahead.csv``.
    """
    figure = go.Figure()
    for number, (name, rows) in enumerate(weeks.groupby("scenario", sort=False)):
        days = _days(rows["week"])
        if not number:
            low, high = _values(rows["open_low"]), _values(rows["open_high"])
            figure.add_scatter(x=days, y=low, mode="lines", line={"width": 0}, showlegend=False)
            figure.add_scatter(
                x=days,
                y=high,
                name=say("ahead_band", {"scenario": name}),
                mode="lines",
                line={"width": 0},
                fill="tonexty",
                fillcolor=BAND,
            )
        colour = _LINES[number % len(_LINES)]
        figure.add_scatter(
            x=days, y=_values(rows["open_mean"]), name=str(name), mode="lines", line={"color": colour}
        )
    return framed(figure, say("ahead_title"), say("ahead_week_axis"), say("ahead_contacts_axis"))


def _days(series: pd.Series) -> list[str]:
    return [day.isoformat() if isinstance(day, date) else str(day) for day in series]


def _values(series: pd.Series) -> list[float | None]:
    return [None if pd.isna(value) else float(value) for value in series]
