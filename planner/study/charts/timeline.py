"""Who works when: a bar for every shift of a week, on a wall clock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import plotly.graph_objects as go

from planner._messages import Message
from planner.clock import minutes_between
from planner.study.charts.palette import framed, say
from planner.study.grid import PALETTE, letters, span
from planner.study.rota_week import day_text, hours_text

if TYPE_CHECKING:
    import pandas as pd

MOST_BARS = 3000
"""More of them are slow to draw: show fewer people then."""


def timeline(
    rows: pd.DataFrame, people: Sequence[str], kinds: Sequence[str], first: date, zone: str
) -> go.Figure:
    """Bars by person, as long as the wall clock says, so that a night of a clock change is not stretched.

    Parameters
    ----------
    rows: columns of ``rota.csv``, on the clock that is shown; of one week.
    people: lines, from top. kinds: all kinds of shift, so that letters and colours are those of the table.
    first: day of the week's start. zone: name of the clock for the axis.
    """
    letter = letters(list(kinds))
    figure = go.Figure()
    shown = rows[rows["agent"].isin(people)].head(MOST_BARS)
    for number, kind in enumerate(kinds):
        mine = shown[shown["shift"] == kind].to_dict("records")
        if not mine:
            continue
        walls = [tuple(_wall(str(row[side])) for side in ("start_local", "end_local")) for row in mine]
        stamps = [
            tuple(datetime.fromisoformat(str(row[side])) for side in ("start_local", "end_local"))
            for row in mine
        ]
        texts = [
            str(
                Message(
                    "rota_edits.timeline_bar",
                    {
                        "agent": row["agent"],
                        "shift": kind,
                        "span": span(*stamp),
                        "hours": hours_text(float(row["elapsed_hours"])),
                    },
                )
            )
            for row, stamp in zip(mine, stamps, strict=True)
        ]
        figure.add_bar(
            orientation="h",
            y=[row["agent"] for row in mine],
            base=[start.replace(tzinfo=None).isoformat() for start, _ in walls],
            x=[max(15.0, minutes_between(*wall)) * 60_000 for wall in walls],
            name=f"{letter[kind]} = {kind}",
            text=[letter[kind]] * len(mine),
            textposition="inside",
            textangle=0,
            insidetextanchor="middle",
            textfont={"color": "#111"},
            marker={"color": PALETTE[number % len(PALETTE)], "line": {"color": "#555", "width": 1}},
            hovertext=texts,
            hoverinfo="text",
        )
    return _laid_out(figure, people, first, zone)


def _wall(text: str) -> datetime:
    """What the clock shows, as an instant that browsers and sums leave alone."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def _laid_out(figure: go.Figure, people: Sequence[str], first: date, zone: str) -> go.Figure:
    days = [first + timedelta(days=number) for number in range(8)]
    title = str(Message("rota_edits.timeline_title", {"day": day_text(first)}))
    figure = framed(figure, title, say("time_axis", {"zone": zone}), "")
    figure.update_layout(barmode="overlay", height=170 + 26 * len(people), bargap=0.25)
    figure.update_xaxes(
        type="date",
        range=[days[0].isoformat(), (days[-1]).isoformat() + "T12:00"],
        tickvals=[day.isoformat() for day in days],
        ticktext=[day_text(day) for day in days],
    )
    for day in days:
        if day.weekday() >= 5:
            ends = (day + timedelta(days=1)).isoformat()
            figure.add_vrect(x0=day.isoformat(), x1=ends, fillcolor="#808080", opacity=0.12, line_width=0)
    return figure.update_yaxes(type="category", categoryorder="array", categoryarray=list(people)[::-1])
