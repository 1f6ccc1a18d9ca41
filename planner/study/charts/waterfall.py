"""From the history to the forecast, step by step, with what each is unsure by."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from planner.demand import Step
from planner.study.charts.palette import BLACK, BLUE, FAINT, GREEN, ORANGE, framed, say
from planner.study.waterfall import SAID_FROM, all_together, step_name, telling

ENDS = ("history", "stated", "forecast")


def demand_steps(steps: Sequence[Step], queue: str = "") -> go.Figure:
    """Waterfall of a queue: contacts a week from the history's last weeks to the forecast.

    Bars in blue are whole weeks, green ones add contacts and orange ones take some off; each says so in
    words, too. The line through its end is what 8 weeks of 10 bring as far as is told by then. Steps that
    change nothing and are as sure as before are left out.

    Parameters
    ----------
    steps: of ``Volumes.steps``, or of ``waterfall.csv`` by ``steps_of_table``.
    queue: whose; empty: all queues together.

    Examples
    --------
    >>> first = Step("email en", "history", "", 600.0, 0.0, 540.0, 660.0)
    >>> more = Step("email en", "orders", "1500 -> 1800", 720.0, 120.0, 640.0, 800.0)
    >>> end = Step("email en", "forecast", "", 720.0, 0.0, 640.0, 800.0)
    >>> bars, _, words = demand_steps([first, more, end], "email en").data
    >>> list(bars.measure), [word.strip() for word in words.text]
    (['absolute', 'relative', 'total'], ['600', '+120 = 720', '720'])
    """
    mine = [step for step in steps if step.queue == queue] if queue else all_together(steps)
    shown = telling(mine)
    names = _names(shown)
    figure = go.Figure(
        go.Waterfall(
            orientation="h",
            y=names,
            x=[step.contacts if step.kind in ENDS else step.change for step in shown],
            measure=[_measure(step) for step in shown],
            hovertext=[_cell(step, name) for step, name in zip(shown, names, strict=True)],
            hoverinfo="text",
            increasing={"marker": {"color": GREEN}},
            decreasing={"marker": {"color": ORANGE}},
            totals={"marker": {"color": BLUE}},
            showlegend=False,
        )
    )
    figure.add_scatter(
        y=names,
        x=[step.contacts for step in shown],
        mode="markers",
        marker={"symbol": "diamond", "size": 7, "color": BLACK, "line": {"color": FAINT, "width": 1}},
        error_x={
            "type": "data",
            "array": [max(0.0, step.high - step.contacts) for step in shown],
            "arrayminus": [max(0.0, step.contacts - step.low) for step in shown],
            "color": FAINT,
            "thickness": 2,
        },
        name=say("steps_range"),
        hoverinfo="skip",
    )
    figure.add_scatter(  # beside the range, where nothing covers them
        y=names,
        x=[max(step.high, step.contacts) for step in shown],
        mode="text",
        text=[f"  {_text(step)}" for step in shown],
        textposition="middle right",
        showlegend=False,
        hoverinfo="skip",
    )
    title = say("steps_title", {"queue": queue or say("steps_all")})
    figure = framed(figure, title, say("steps_y"), "")
    most = max((max(step.high, step.contacts) for step in shown), default=0.0)
    figure.update_xaxes(range=[0, 1.3 * most or 1])
    figure.update_yaxes(type="category", autorange="reversed", automargin=True)
    figure.update_layout(height=160 + 44 * max(len(shown), 2))
    return figure


def on_one_scale(figures: Sequence[go.Figure]) -> list[go.Figure]:
    """Waterfalls that are compared, with the same scale: the widest of theirs.

    Examples
    --------
    >>> small, large = (demand_steps([Step("q", "history", "", n, 0.0, n, n)]) for n in (10.0, 50.0))
    >>> [each.layout.xaxis.range[1] for each in on_one_scale([small, large])]
    [65.0, 65.0]
    """
    most = max((figure.layout.xaxis.range[1] for figure in figures), default=1)
    return [go.Figure(figure).update_xaxes(range=[0, most]) for figure in figures]


def steps_of_table(table: pd.DataFrame) -> tuple[Step, ...]:
    """The steps of a ``waterfall.csv`` that was read."""
    columns = ("queue", "kind", "name", "contacts", "change", "low", "high")
    rows = zip(*(table[column].tolist() for column in columns), strict=True)
    return tuple(Step(*row) for row in rows)


def _measure(step: Step) -> str:
    return "total" if step.kind == "forecast" else "absolute" if step.kind in ENDS else "relative"


def _text(step: Step) -> str:
    if step.kind in ENDS:
        return f"{step.contacts:,.0f}"
    if abs(step.change) < SAID_FROM:
        return say("steps_unsure")
    sign = "+" if step.change > 0 else "−"
    return f"{sign}{_said(abs(step.change))} = {step.contacts:,.0f}"


def _cell(step: Step, name: str) -> str:
    low, high = f"{step.low:,.0f}", f"{step.high:,.0f}"
    return say("steps_cell", {"step": name, "size": _text(step), "low": low, "high": high})


def _said(contacts: float) -> str:
    return f"{contacts:,.0f}" if contacts >= 10 else f"{contacts:.1f}"


def _names(steps: Sequence[Step]) -> list[str]:
    """Names of the bars; two that are the same are told apart by a number."""
    names: list[str] = []
    for step in steps:
        name = str(step_name(step))
        alike = sum(one == name or one.startswith(f"{name} (") for one in names)
        names.append(f"{name} ({alike + 1})" if alike else name)
    return names
