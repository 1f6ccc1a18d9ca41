"""Weekly opening hours against people."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from planner.study.charts.palette import say


def hours_against_people(frontier: pd.DataFrame) -> go.Figure:
    """The widest weekly hours of each team; filled where every block more is proven to miss people.

    Parameters
    ----------
    frontier: as in ``frontier.csv``.

    Examples
    --------
    >>> rows = [{"people": 1, "hours_per_week": 40.0, "proven": True, "open": "mon-fri 09:00–17:00"}]
    >>> hours_against_people(pd.DataFrame(rows)).data[0].y
    (40.0,)
    """
    hours = [None if value != value else float(value) for value in frontier["hours_per_week"].tolist()]
    surely = [value in (True, "yes") for value in frontier["proven"].tolist()]
    figure = go.Figure(
        go.Scatter(
            x=frontier["people"].tolist(),
            y=hours,
            mode="lines+markers",
            line={"shape": "hv"},
            marker={"size": 10, "symbol": ["circle" if one else "circle-open" for one in surely]},
            text=frontier["open"].tolist(),
            hovertemplate="%{text}<br>%{y}<extra></extra>",
        )
    )
    figure.update_layout(
        title=say("frontier_title"),
        xaxis={"title": say("frontier_people"), "dtick": 1},
        yaxis={"title": say("frontier_hours"), "rangemode": "tozero"},
    )
    return figure
