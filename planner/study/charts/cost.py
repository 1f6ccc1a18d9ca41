"""Stages side by side: what they cost, and every figure in one table."""

from __future__ import annotations

from itertools import pairwise

import pandas as pd
import plotly.graph_objects as go

from planner._values import wait_text
from planner.study.charts.palette import BLUE, GREEN, SHORT, framed, say

WAGES = "wages and premiums"
SAID = ("lower", "higher", "same", "not distinguishable")


def cost_by_stage(figures: pd.DataFrame, figure: str = WAGES) -> go.Figure:
    """One bar a stage, with its difference to the first in words.

    Parameters
    ----------
    figures: columns of ``comparison.csv``.
    figure: which of its figures.
    """
    rows = figures[figures["figure"] == figure]
    texts = []
    for nth, (value, difference) in enumerate(zip(rows["value"], rows["difference"], strict=True)):
        values = {"value": _rounded(value), "difference": _rounded(difference, sign="+")}
        texts.append(say("cost_against" if nth else "cost_first", values))
    bars = go.Bar(
        x=rows["scenario"].tolist(),
        y=rows["value"].tolist(),
        text=texts,
        textposition="outside",
        cliponaxis=False,
        marker={"color": BLUE},
    )
    return _by_stage(go.Figure(bars), say("cost_title"), rows)


def cost_steps(figures: pd.DataFrame, figure: str = WAGES) -> go.Figure:
    """A waterfall: the first stage, what each further one adds or saves, and the total of the last.

    Parameters
    ----------
    figures: columns of ``comparison.csv``.
    figure: which of its figures.
    """
    rows = figures[figures["figure"] == figure]
    values, names = rows["value"].tolist(), rows["scenario"].tolist()
    steps = [later - earlier for earlier, later in pairwise(values)]
    shown = [*values[:1], *steps, *values[-1:]]
    waterfall = go.Waterfall(
        x=[*names, *(say("last_stage", {"stage": name}) for name in names[-1:])],
        y=shown,
        measure=["absolute"] * len(values[:1]) + ["relative"] * len(steps) + ["total"] * len(values[-1:]),
        text=[
            _rounded(value, sign="" if nth in (0, len(shown) - 1) else "+") for nth, value in enumerate(shown)
        ],
        textposition="outside",
        cliponaxis=False,
        increasing={"marker": {"color": SHORT}},
        decreasing={"marker": {"color": GREEN}},
        totals={"marker": {"color": BLUE}},
    )
    return _by_stage(go.Figure(waterfall), say("cost_steps_title"), rows)


def figures_table(figures: pd.DataFrame, verdicts: bool = False) -> pd.DataFrame:
    """A row a figure, a column a stage; differences to the first stage in brackets; shares in per cent.

    Parameters
    ----------
    figures: columns of ``comparison.csv``.
    verdicts: whether what ranges say of a difference stands beside it; nothing where there is no range.
    """
    first = figures["scenario"].iloc[0] if len(figures) else ""
    cells = []
    columns = ("scenario", "unit", "value", "difference", "verdict")
    figures = figures if verdicts else figures.assign(verdict="")
    for name, unit, value, difference, verdict in zip(*(figures[column] for column in columns), strict=True):
        said = f", {verdict}" if verdict in SAID else ""
        against = "" if name == first else f" ({_number(difference, unit, sign='+')}{said})"
        cells.append(_number(value, unit) + against)
    units = figures["unit"].replace({"share": say("per_cent"), "seconds": say("time")})
    table = figures.assign(cell=cells, unit=units).pivot_table(
        index=["figure", "unit"], columns="scenario", values="cell", aggfunc="first", sort=False
    )
    stages = figures["scenario"].unique().tolist()
    table = table.reindex(columns=stages).reset_index()
    table.columns = pd.Index([say("figure"), say("unit"), *stages])
    return table


def _number(value: float, unit: str = "", sign: str = "") -> str:
    """Whole numbers from 100 on, two decimals below; shares as per cent with one. Zero has no sign.

    Examples
    --------
    >>> _number(0.987, "share"), _number(-0.0004, "share", "+"), _number(-12.5, sign="+")
    ('98.7', '0.0', '-12.50')
    >>> _number(3820, "seconds"), _number(-90, "seconds", "+")
    ('1 h 4 min', '-1 min 30 s')
    >>> _number(26999.4974, "EUR a month"), _number(26999.50, "EUR a month")
    ('27,000', '27,000')
    """
    if unit == "seconds":
        return ("-" if value < 0 else sign if value > 0 else "") + wait_text(abs(value))
    # Through two decimals, as other files hold money: what is rounded here is what is rounded there.
    value, digits = (100 * value, 1) if unit == "share" else (round(value, 2), 0 if abs(value) >= 100 else 2)
    return _rounded(value, digits, sign)


def _rounded(value: float, digits: int = 0, sign: str = "") -> str:
    """So many decimals; a zero, also one that rounding makes, has no sign."""
    rounded = round(value, digits)
    return format(rounded, f"{sign},.{digits}f") if rounded else format(0.0, f".{digits}f")


def _by_stage(figure: go.Figure, title: str, rows: pd.DataFrame) -> go.Figure:
    unit = str(rows["unit"].iloc[0]) if len(rows) else ""
    framed(figure, title, say("stage_axis"), unit)
    figure.update_xaxes(type="category")
    return figure.update_yaxes(rangemode="tozero")
