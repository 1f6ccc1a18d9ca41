"""How a search goes: the cost of the best rota so far against what no rota can beat."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import plotly.graph_objects as go

from planner.study.charts.palette import BLUE, CAME, framed, say

ROOM = 0.02
"""Share of the cost that the axis shows at least: cents are not worth a mountain."""
SearchPoint = tuple[float, int, float, float | None]
"""Seconds since the work began, stage from 1, cost of the best rota, proven bound; money in whole units."""


def search_curve(
    points: Sequence[SearchPoint], stages: Sequence[str], currency: str, until: float | None = None
) -> go.Figure | None:
    """Cost and bound over time, one pair of lines for each stage in turn; None: nothing is known yet.

    Lines are broken where another stage begins: its cost is another question, not a better or worse answer.

    Parameters
    ----------
    points: in the order of time.
    stages: names, the first is stage 1.
    currency: of the money.
    until: seconds until which the last point holds; None: the work has ended.

    Examples
    --------
    >>> points = [(1.0, 1, 90.0, None), (2.0, 1, 80.0, 75.0), (3.0, 2, 99.0, None)]
    >>> made = search_curve(points, ["A", "B"], "EUR")
    >>> made.data[0].x, made.data[0].y
    ((1.0, 2.0, 3.0, 3.0), (90.0, 80.0, None, 99.0))
    """
    if not points:
        return None
    figure = go.Figure()
    last = points[-1]
    points = [*points, (until, *last[1:])] if until is not None and until > last[0] else points
    x: list[float] = []
    cost: list[float | None] = []
    bound: list[float | None] = []
    for number, leg in groupby(points, key=lambda point: point[1]):
        mine = list(leg)
        if x:
            x.append(mine[0][0])
            cost.append(None)
            bound.append(None)
        x += [point[0] for point in mine]
        cost += [point[2] for point in mine]
        bound += [point[3] for point in mine]
        if len(stages) > 1:
            name = stages[number - 1] if number <= len(stages) else str(number)
            figure.add_annotation(
                x=mine[0][0], y=1.0, yref="paper", text=name, showarrow=False, xanchor="left", textangle=-30
            )
    line = {"mode": "lines+markers", "marker": {"size": 5}, "connectgaps": False}
    step = {"width": 2, "shape": "hv"}
    figure.add_scatter(x=x, y=cost, name=say("search_cost"), line={"color": BLUE, **step}, **line)
    figure.add_scatter(
        x=x, y=bound, name=say("search_bound"), line={"color": CAME, "dash": "dot", **step}, **line
    )
    figure = framed(figure, say("search_title"), say("search_x"), say("search_y", {"currency": currency}))
    # Drawn again and again while many look on: without a template, which is copied whole each time.
    figure.update_layout(template="none", paper_bgcolor="rgba(0,0,0,0)", plot_bgcolor="rgba(0,0,0,0)")
    figure.update_xaxes(rangemode="tozero")
    least, most = min([*filter(None, cost), *filter(None, bound)]), max(filter(None, cost), default=0.0)
    spread = max(most - least, ROOM * most)
    figure.update_yaxes(tickformat=",.0f", range=[least - 0.1 * spread, most + 0.1 * spread])
    top = 130 if len(stages) > 1 else 70
    legend = {"orientation": "h", "y": -0.25, "yanchor": "top"}
    return figure.update_layout(height=330 + top - 70, margin={"t": top, "b": 40}, legend=legend)
