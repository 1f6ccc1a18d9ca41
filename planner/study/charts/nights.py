"""Ways to cover nights, with what each costs."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from planner.study.charts.palette import BLUE, SHORT, framed, legend_below, say


def night_costs(ways: pd.DataFrame, currency: str) -> go.Figure:
    """A line for each way from the least that it can cost to what was found; colour: whether promises hold.

    A way without a proven bound has its point only. Ranges that overlap are not distinguishable.

    Parameters
    ----------
    ways: as in ``nights.csv``.
    """
    figure = go.Figure()
    names = [str(name) for name in ways["way"]]
    known = ways["whole_low"].notna().tolist()
    for name, low, high, sure in zip(names, ways["whole_low"], ways["whole"], known, strict=True):
        if sure:
            figure.add_scatter(
                x=[float(low), float(high)],
                y=[name, name],
                mode="lines",
                line={"color": "#9aa5b1", "width": 6},
                name=say("nights_range"),
                legendgroup="range",
                showlegend=not any(trace.legendgroup == "range" for trace in figure.data),
            )
    for keeps, label, colour in ((True, "nights_keeps", BLUE), (False, "nights_fails", SHORT)):
        mine = [
            (n, float(c)) for n, c, k in zip(names, ways["whole"], ways["keeps"], strict=True) if k == keeps
        ]
        if mine:
            figure.add_scatter(
                x=[cost for _name, cost in mine],
                y=[name for name, _cost in mine],
                mode="markers",
                marker={"color": colour, "size": 11},
                name=say(label),
            )
    figure.update_yaxes(categoryorder="array", categoryarray=names[::-1])
    title, axis = say("nights_title"), say("nights_axis", {"currency": currency})
    return legend_below(framed(figure, title, axis, say("nights_way_axis")))
