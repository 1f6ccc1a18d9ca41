"""A sweep as a picture: a line with its range over one factor, a heat map with numbers over two."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from planner.study.charts.palette import BLUE, GREEN, ORANGE, framed, say

WHOLE = "cost with missing people priced"


def sweep_chart(sweep: pd.DataFrame, figure: str = WHOLE) -> go.Figure:
    """One figure over the values of a sweep, in the order in which they were asked for.

    Parameters
    ----------
    sweep: columns of ``sweep.csv``. The scenario as it is, and what could not be planned, are not drawn.
    figure: which of its figures.
    """
    rows = sweep[(sweep["figure"] == figure) & (sweep["value1"] != "")]
    unit = str(rows["unit"].iloc[0]) if len(rows) else ""
    names = [str(sweep[name].iloc[0]) if len(sweep) else "" for name in ("factor1", "factor2")]
    title = say("sweep_title", {"figure": figure, "unit": unit})
    if names[1]:
        made = framed(go.Figure(_heat_map(rows, unit)), title, names[0], names[1])
        made.update_yaxes(type="category")
    else:
        made = framed(go.Figure(_with_range(rows)), title, names[0], unit)
    return made.update_xaxes(type="category")


def _with_range(rows: pd.DataFrame) -> go.Scatter:
    """Values with the ends of their ranges; where none is known, the point alone."""
    above = (rows["high"] - rows["value"]).fillna(0.0)
    below = (rows["value"] - rows["low"]).fillna(0.0)
    return go.Scatter(
        x=rows["value1"].tolist(),
        y=rows["value"].tolist(),
        mode="lines+markers",
        marker={"color": BLUE},
        line={"color": BLUE},
        error_y={"type": "data", "symmetric": False, "array": above.tolist(), "arrayminus": below.tolist()},
        text=rows["verdict"].tolist(),
        hovertemplate="%{x}: %{y:,.2f}<br>%{text}<extra></extra>",
    )


def _heat_map(rows: pd.DataFrame, unit: str) -> go.Heatmap:
    """A cell for every pair of values, its number in it; what is not known stays empty."""
    across, down = (list(dict.fromkeys(rows[name])) for name in ("value1", "value2"))
    known = {
        (x, y): (value, said)
        for x, y, value, said in zip(
            rows["value1"], rows["value2"], rows["value"], rows["verdict"], strict=True
        )
    }
    nothing = (None, "")
    return go.Heatmap(
        x=across,
        y=down,
        z=[[known.get((x, y), nothing)[0] for x in across] for y in down],
        customdata=[[known.get((x, y), nothing)[1] for x in across] for y in down],
        texttemplate="%{z:,.4~g}",
        colorscale="Blues",
        colorbar={"title": unit},
        hovertemplate="%{x}, %{y}: %{z:,.2f}<br>%{customdata}<extra></extra>",
    )


def cost_parts_chart(parts: pd.DataFrame, scenario: str) -> go.Figure:
    """A waterfall from the first scenario's cost to another's, part by part; it adds up to the cent.

    Parameters
    ----------
    parts: columns of ``cost_parts.csv``. scenario: the other one.
    """
    first = parts["scenario"].iloc[0]
    began = float(parts.loc[parts["scenario"] == first, "cost"].sum())
    mine = parts[(parts["scenario"] == scenario) & (parts["difference"] != 0)]
    steps = mine["difference"].tolist()
    shown = [began, *steps, began + sum(steps)]
    waterfall = go.Waterfall(
        x=[first, *mine["part"].tolist(), scenario],
        y=shown,
        measure=["absolute", *["relative"] * len(steps), "total"],
        text=[f"{value:{'' if nth in (0, len(steps) + 1) else '+'},.0f}" for nth, value in enumerate(shown)],
        textposition="outside",
        cliponaxis=False,
        increasing={"marker": {"color": ORANGE}},
        decreasing={"marker": {"color": GREEN}},
        totals={"marker": {"color": BLUE}},
    )
    made = framed(go.Figure(waterfall), say("cost_parts_title"), "", say("cost_parts_axis"))
    return made.update_xaxes(type="category")
