"""What decides how many people are needed: share of hours by reason."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from planner.study.charts.palette import BLUE, GREEN, ORANGE, framed, say

# Okabe and Ito's, with the words in the legend; nothing expected is grey.
COLOURS = {
    "service level": BLUE,
    "abandonment": "#CC79A7",
    "occupancy": ORANGE,
    "presence": "#56B4E9",
    "backlog": GREEN,
    "planned work": "#F0E442",
    "no contacts": "#BBBBBB",
}
ROOM, LINE = 160, 34
"""Height of the frame and of one set, pixels."""


def reason_in_words(reason: str) -> str:
    """What decides, on screen.

    Examples
    --------
    >>> reason_in_words("service level"), reason_in_words("presence")
    ('promise', 'minimum on duty')
    """
    return say(f"reason_{reason.replace(' ', '_')}")


def reason_bars(reasons: pd.DataFrame) -> go.Figure:
    """A bar for each set, of shares of its open hours.

    Parameters
    ----------
    reasons: columns set, reason, hours, share, as ``need_view.reason_table`` gives them.
    """
    sets = list(dict.fromkeys(reasons["set"]))
    figure = go.Figure()
    for reason, colour in COLOURS.items():
        mine = reasons[reasons["reason"] == reason]
        if mine.empty:
            continue
        figure.add_bar(
            y=mine["set"].tolist(),
            x=mine["share"].tolist(),
            name=reason_in_words(reason),
            orientation="h",
            marker_color=colour,
            text=[f"{share:.0f}" if share >= 4 else "" for share in mine["share"]],
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            textfont={"color": "#000000" if colour != BLUE else "#FFFFFF"},
            hovertemplate=[
                say(
                    "reason_cell",
                    {
                        "set": name,
                        "reason": reason_in_words(reason),
                        "share": f"{share:.0f}",
                        "hours": f"{hours:.1f}",
                    },
                )
                for name, share, hours in zip(mine["set"], mine["share"], mine["hours"], strict=True)
            ],
        )
    framed(figure, say("reason_title"), say("reason_x"), "")
    figure.update_layout(
        barmode="stack",
        height=ROOM + LINE * len(sets),
        legend={"traceorder": "normal"},
    )
    figure.update_yaxes(categoryorder="array", categoryarray=sets[::-1], automargin=True)
    figure.update_xaxes(range=[0, 100])
    return figure
