"""How long customers wait, how many, and how busy people are meanwhile."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from planner._values import wait_text
from planner.study.charts.palette import BAND, BLUE, GREEN, ORANGE, framed, percent_text, say

_TICKS = (5, 20, 60, 300, 900, 3600, 4 * 3600, 12 * 3600, 86_400, 3 * 86_400, 7 * 86_400)
_GREY = "#999999"


def share_curve(
    curve: pd.DataFrame, queue: str, promise: tuple[float | None, float] | None = None
) -> go.Figure | None:
    """Share of contacts answered within any time, with its range over periods; None: too few contacts.

    Parameters
    ----------
    curve: columns of ``service_curve.csv``.
    queue: name.
    promise: seconds and share of the promise, marked where the seconds are known.
    """
    mine = curve[curve["queue"] == queue]
    whole = mine[(mine["arrived"] == "all") & mine["share"].notna()]
    if whole.empty:
        return None
    whole = whole[_of_interest(whole["share"])]
    seconds = whole["within_seconds"].tolist()
    texts = [wait_text(each) for each in seconds]
    figure = go.Figure()
    invisible: dict[str, Any] = {"mode": "lines", "line": {"width": 0}, "hoverinfo": "skip"}
    figure.add_scatter(x=seconds, y=_percent(whole["high"]), showlegend=False, **invisible)
    band = say("service_band")
    figure.add_scatter(
        x=seconds, y=_percent(whole["low"]), fill="tonexty", fillcolor=BAND, name=band, **invisible
    )
    hover = say("curve_point", {"share": "%{y:.1f}", "time": "%{text}"})
    figure.add_scatter(
        x=seconds,
        y=_percent(whole["share"]),
        text=texts,
        hovertemplate=hover,
        mode="lines+markers",
        line={"color": BLUE},
        name=say("curve_all"),
    )
    opened = mine[(mine["arrived"] == "open") & mine["share"].notna()]
    opened = opened[opened["within_seconds"].between(seconds[0], seconds[-1])]
    if mine[mine["arrived"] == "closed"]["share"].notna().any() and not opened.empty:
        line = {"color": GREEN, "dash": "dot"}
        y = _percent(opened["share"])
        figure.add_scatter(
            x=opened["within_seconds"].tolist(), y=y, mode="lines", line=line, name=say("curve_open")
        )
    if promise is not None and promise[0]:
        marker = {"symbol": "x", "size": 12, "color": ORANGE}
        name = say("curve_promise")
        figure.add_scatter(x=[promise[0]], y=[100 * promise[1]], mode="markers", marker=marker, name=name)
    figure = framed(figure, say("curve_title", {"queue": queue}), say("curve_x"), say("service_y"))
    ticks = [tick for tick in _TICKS if seconds[0] <= tick <= seconds[-1]]
    figure.update_xaxes(type="log", tickvals=ticks, ticktext=[wait_text(tick) for tick in ticks])
    return figure.update_yaxes(range=[0, 102])


def backlog_line(backlog: pd.DataFrame, queue: str, zone: str) -> go.Figure:
    """Contacts that wait for an answer over the period, with their range.

    Parameters
    ----------
    backlog: columns of ``backlog.csv``.
    queue: name.
    zone: clock of the axis.
    """
    mine = backlog[backlog["queue"] == queue]
    times = mine["interval_local"].str[:19].tolist()
    figure = go.Figure()
    invisible: dict[str, Any] = {"mode": "lines", "line": {"width": 0, "shape": "hv"}, "hoverinfo": "skip"}
    figure.add_scatter(x=times, y=mine["waiting_high"].tolist(), showlegend=False, **invisible)
    low, band = mine["waiting_low"].tolist(), say("service_band")
    figure.add_scatter(x=times, y=low, fill="tonexty", fillcolor=BAND, name=band, **invisible)
    figure.add_scatter(
        x=times,
        y=mine["waiting_mean"].round(2).tolist(),
        mode="lines",
        line={"color": BLUE, "shape": "hv"},
        name=say("service_mean"),
    )
    title = say("backlog_title", {"queue": queue})
    figure = framed(figure, title, say("time_axis", {"zone": zone}), say("backlog_y"))
    return figure.update_yaxes(rangemode="tozero")


def occupancy_bars(occupancy: pd.DataFrame) -> go.Figure:
    """Hours of each person: with contacts, waiting for them, and off contacts; the busiest on top.

    Parameters
    ----------
    occupancy: columns of ``occupancy.csv``.
    """
    people = occupancy[occupancy["agent"].fillna("") != ""].sort_values(
        "occupancy", kind="stable", na_position="first"
    )
    several = people["site"].nunique() > 1
    names = [
        f"{row['agent']} · {row['site']}" if several else row["agent"] for row in people.to_dict("records")
    ]
    shares = [f"{100 * share:.0f} %" if share >= 0 else "" for share in people["occupancy"]]
    figure = go.Figure()
    for column, colour, texts in (
        ("handling_hours", BLUE, shares),
        ("waiting_hours", BAND, None),
        ("off_contact_hours", _GREY, None),
    ):
        figure.add_bar(
            y=names,
            x=people[column].round(1).tolist(),
            orientation="h",
            marker={"color": colour},
            text=texts,
            textposition="auto",
            name=say(column),
        )
    figure = framed(figure, say("occupancy_title"), say("occupancy_x"), "")
    figure.update_yaxes(type="category", automargin=True)
    legend = {"orientation": "h", "y": 1.0, "yanchor": "bottom", "traceorder": "normal"}
    height, margin = 180 + 26 * max(3, len(names)), {"l": 60, "r": 20, "t": 90, "b": 50}
    return figure.update_layout(barmode="stack", height=height, margin=margin, legend=legend)


def worst_hours_table(queue: Mapping[str, Any]) -> pd.DataFrame:
    """The worst hours of the week of a queue, in words and people's units.

    Parameters
    ----------
    queue: as ``plan.json`` has it under service.
    """
    return pd.DataFrame(
        [
            {
                say("worst_hour"): f"{str(row['weekday']).capitalize()} {int(row['hour']):02d}:00",
                say("service_contacts"): f"{row['contacts_per_week']:.1f}",
                say("service_kept"): percent_text(row["kept_share"]),
                say("service_p90"): _wait(row["wait_p90_seconds"]),
            }
            for row in queue["worst_hours"]
        ]
    )


def response_table(queues: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """Response times of every queue on both clocks, as durations.

    Parameters
    ----------
    queues: as ``plan.json`` has them under service.
    """
    columns = ("p50_seconds", "p75_seconds", "p90_seconds", "p95_seconds", "asa_seconds", "mean_wait_seconds")
    return pd.DataFrame(
        [
            {
                say("service_queue"): queue["queue"],
                say("response_clock"): say(f"clock_{clock}"),
                **{say(column): _wait(queue["answered"][clock][column]) for column in columns},
                say("service_longest"): _wait(queue["answered"][clock]["longest_seconds"]),
            }
            for queue in queues
            for clock in ("elapsed", "open_hours")
        ]
    )


def _of_interest(share: pd.Series[float]) -> pd.Series[bool]:
    """From the last time at which nobody is answered to the first at which nearly everybody is."""
    before = share.lt(0.001).sum() - 1
    after = share.lt(0.9995).sum()
    place = pd.Series(range(len(share)), index=share.index)
    return place.between(min(before, len(share) - 2), max(after, 1))


def _wait(seconds: float | None) -> str:
    return wait_text(float("nan") if seconds is None else seconds)


def _percent(shares: pd.Series[float]) -> list[float | None]:
    return [None if pd.isna(share) else round(100 * float(share), 2) for share in shares]
