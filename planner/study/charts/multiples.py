"""Small charts side by side on one scale, one for each scenario."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from planner.study.charts.cover import surplus_by_interval
from planner.study.charts.palette import BLACK, BLUE, COVER, HOURS, WEEKDAYS, say

KEPT = "answered within the promise: "
COLUMNS, ROW_HEIGHT, BETWEEN, HEAD = 2, 290, 100, 110


def cover_panels(panels: Sequence[tuple[str, pd.DataFrame]], zone: str) -> go.Figure:
    """People missing and extra by hour of the week, the worst of the period; one scale for all scenarios.

    Parameters
    ----------
    panels: name of each scenario, and its ``cover.csv``. zone: name for the axes.
    """
    weeks = [_worst_week(cover) for _, cover in panels]
    end = max((float(np.nanmax(np.abs(week), initial=0)) for week in weeks), default=0.0) or 1.0
    figure = _panels([name for name, _ in panels])
    for number, week in enumerate(weeks):
        heat = go.Heatmap(
            z=[[None if np.isnan(v) else float(v) for v in row] for row in week],
            x=list(HOURS),
            y=list(WEEKDAYS),
            text=[["" if np.isnan(v) else f"{int(v):+d}" if v else "0" for v in row] for row in week],
            texttemplate="%{text}",
            coloraxis="coloraxis",
            hoverongaps=False,
        )
        figure.add_trace(heat, row=number // COLUMNS + 1, col=number % COLUMNS + 1)
    bar = {"title": {"text": say("cover_bar"), "side": "right"}}
    scale = [list(stop) for stop in COVER]
    figure.update_layout(coloraxis={"colorscale": scale, "cmin": -end, "cmax": end, "colorbar": bar})
    figure.update_layout(title={"text": say("cover_panels_title")})
    figure.update_yaxes(autorange="reversed", type="category")
    return figure.update_xaxes(type="category", title={"text": say("hour_axis", {"zone": zone})})


def _worst_week(cover: pd.DataFrame) -> np.ndarray:
    """Surplus by weekday and hour: the worst interval of the period; NaN where nothing is ever needed."""
    frame = surplus_by_interval(cover)
    frame = frame[~frame["idle"]]
    days = [date.fromisoformat(text[:10]).weekday() for text in frame["interval_local"]]
    hours = frame["interval_local"].str[11:13].astype(int)
    worst = frame.assign(day=days, hour=hours).groupby(["day", "hour"])["surplus"].min()
    table = worst.unstack("hour").reindex(index=range(7), columns=range(24))
    found: np.ndarray = table.to_numpy(dtype=float)
    return found


def promise_panels(figures: pd.DataFrame) -> go.Figure:
    """The share answered within the promise by queue, with its range; one scale for all scenarios.

    Parameters
    ----------
    figures: columns of ``comparison.csv``.
    """
    mine = figures[figures["figure"].str.startswith(KEPT)]
    names = figures["scenario"].unique().tolist()
    figure = _panels(names)
    for number, name in enumerate(names):
        rows = mine[(mine["scenario"] == name) & mine["value"].notna()]
        shares = 100 * rows["value"]
        bars = go.Bar(
            x=[text.removeprefix(KEPT) for text in rows["figure"]],
            y=shares.tolist(),
            text=[f"{share:.1f}" for share in shares],
            textposition="inside",
            insidetextanchor="start",
            marker={"color": BLUE},
            error_y={
                "type": "data",
                "array": (100 * rows["high"] - shares).clip(lower=0).tolist(),
                "arrayminus": (shares - 100 * rows["low"]).clip(lower=0).tolist(),
                "color": BLACK,
            },
            showlegend=False,
        )
        figure.add_trace(bars, row=number // COLUMNS + 1, col=number % COLUMNS + 1)
    figure.update_layout(title={"text": say("promise_panels_title")})
    figure.update_xaxes(type="category")
    return figure.update_yaxes(range=[0, 105], title={"text": say("promise_panels_axis")})


def _panels(names: Sequence[str]) -> go.Figure:
    """An empty panel for each name, two beside each other."""
    rows = max(1, -(-len(names) // COLUMNS))
    height = HEAD + ROW_HEIGHT * rows
    figure = make_subplots(
        rows=rows,
        cols=COLUMNS,
        subplot_titles=list(names),
        vertical_spacing=BETWEEN / height,
        horizontal_spacing=0.08,
    )
    return figure.update_layout(
        template="plotly_white", height=height, margin={"l": 60, "r": 20, "t": 90, "b": 50}
    )
