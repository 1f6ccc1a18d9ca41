"""What a help desk's own tickets tell: weeks, backlog, today's first replies, topics.

What a figure shows is told by words in it, not only by colour or by pointing at it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from planner._messages import Message
from planner._values import wait_text
from planner.demand import backlog_curve, self_service_candidates
from planner.study.charts.palette import BLACK, BLUE, GREEN, ORANGE, framed, percent_text

if TYPE_CHECKING:
    from planner.demand import History, Panels, Queue, Suggestion

MOST_TOPICS = 6
TOPICS_TOLD = 12
_COLOURS = (BLUE, ORANGE, GREEN, BLACK, "#CC79A7", "#56B4E9")
_DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")
_TICKS = (20, 60, 300, 900, 1800, 3600, 7200, 14_400, 28_800, 86_400, 172_800, 604_800)
EVENT_FILL = "rgba(230, 159, 0, 0.25)"


def weekly_history(history: History, queue: str, zone: str) -> go.Figure | None:
    """Tickets created each week, and solved where the file says when; unusual days are marked in words.

    Weeks that are not complete are left out of the line of solved tickets. None: the queue has no contact.

    Parameters
    ----------
    history: as it was read. queue: name. zone: clock of the weeks.
    """
    created = _created(history, queue, zone)
    if created.empty:
        return None
    figure = go.Figure()
    figure.add_scatter(
        x=_days(created.index), y=created.tolist(), mode="lines", line={"color": BLUE}, name=_say("created")
    )
    if history.panels.weeks is not None:
        mine = history.panels.weeks
        mine = mine[(mine["queue"] == queue) & mine["complete"]]
        figure.add_scatter(
            x=_days(mine["week"]),
            y=mine["solved"].tolist(),
            mode="lines",
            line={"color": ORANGE, "dash": "dash"},
            name=_say("solved"),
        )
    for found in history.suggestions:
        if found.kind != "note" and (not found.queues or queue in found.queues):
            _mark(figure, found)
    title = _say("weeks_title", {"queue": queue})
    _framed(figure, title, _say("week_axis", {"zone": zone}), _say("tickets_axis"))
    return figure.update_yaxes(rangemode="tozero")


def _created(history: History, queue: str, zone: str) -> pd.Series:
    """Contacts per whole local week; weeks with missing days are not known."""
    frame = history.frame[history.frame["queue"] == queue]
    if frame.empty:
        return pd.Series(dtype="float64")
    local = frame["interval_start"].dt.tz_convert(zone).dt.tz_localize(None).dt.normalize()
    monday = local - pd.to_timedelta(local.dt.day_of_week, unit="D")
    sums = frame.groupby(monday.to_numpy())["arrivals"].sum().astype("float64")
    first, end = _wall(history.observed_from, zone), _wall(history.observed_until, zone)
    start = (first - pd.Timedelta(days=first.weekday())).normalize()
    created: pd.Series = sums.reindex(pd.date_range(start, end, freq="7D", inclusive="left"), fill_value=0.0)
    starts = created.index.to_numpy()
    ends = starts + np.timedelta64(7, "D")
    for low, high in history.missing:
        gone = (starts < _wall(high, zone).to_datetime64()) & (ends > _wall(low, zone).to_datetime64())
        created[gone] = np.nan
    return created[(starts >= first.to_datetime64()) & (ends <= end.to_datetime64())]


def _wall(at: datetime, zone: str) -> pd.Timestamp:
    return pd.Timestamp(at).tz_convert(zone).tz_localize(None)


def _mark(figure: go.Figure, found: Suggestion) -> None:
    day = pd.Timedelta(days=1)
    text = _say(f"mark_{found.kind.replace(' ', '_')}")
    figure.add_vrect(
        x0=found.first.isoformat(),
        x1=(pd.Timestamp(found.last) + day).date().isoformat(),
        fillcolor=EVENT_FILL,
        line_width=0,
        annotation={"text": text, "textangle": -90, "font": {"size": 10}},
        annotation_position="top left",
    )


def open_tickets_line(
    panels: Panels, queue: str, zone: str, open_now: Mapping[str, float] | None = None
) -> go.Figure | None:
    """Open tickets at the end of each week; None: no file says when tickets were solved.

    Parameters
    ----------
    panels: of a history. queue: name. zone: clock of the weeks.
    open_now: open tickets at the end of the history, by queue: then the curve is the whole backlog.
    """
    curve = backlog_curve(panels, open_now)
    mine = curve[curve["queue"] == queue] if curve is not None else None
    if mine is None or mine.empty:
        return None
    whole = bool(mine["whole"].all())
    figure = go.Figure()
    figure.add_scatter(
        x=_days(mine["week"]),
        y=mine["open"].tolist(),
        mode="lines+markers",
        line={"color": BLUE, "dash": "solid" if whole else "dash"},
        name=_say("open_all" if whole else "open_of_file"),
    )
    title = _say("open_title" if whole else "open_title_of_file", {"queue": queue})
    _framed(figure, title, _say("week_axis", {"zone": zone}), _say("open_axis"))
    return figure.update_yaxes(rangemode="tozero")


def today_curve(panels: Panels, queue: Queue, planned: pd.DataFrame | None = None) -> go.Figure | None:
    """Share of contacts with a first reply within any time, today and in the plan, beside the promise.

    Parameters
    ----------
    panels: of a history. queue: whose promise is marked where its clock is elapsed time.
    planned: columns of ``service_curve.csv``, to draw the plan's curve.

    Returns
    -------
    None: no file tells first replies of the queue.
    """
    if panels.replies is None:
        return None
    replies = panels.replies[panels.replies["queue"] == queue.name]
    arrived = "open" if (replies["arrived"] == "open").any() else "all"
    mine = replies[replies["arrived"] == arrived]
    if mine.empty:
        return None
    figure = go.Figure()
    _share_line(figure, mine, _say(f"today_{arrived}"), ORANGE, "dash")
    if planned is not None:
        plan = planned[(planned["queue"] == queue.name) & (planned["arrived"] == arrived)]
        plan = plan[plan["within_seconds"].between(*_ends(mine)) & plan["share"].notna()]
        _share_line(figure, plan, _say("plan"), BLUE, "solid")
    if queue.promise.clock == "elapsed":
        marker = {"symbol": "x", "size": 12, "color": BLACK}
        figure.add_scatter(
            x=[queue.promise.within_seconds],
            y=[100 * queue.promise.share],
            mode="markers",
            marker=marker,
            name=_say("promise"),
        )
    contacts = f"{int(mine['contacts'].iloc[0]):,}"
    title = _say("today_title", {"queue": queue.name, "contacts": contacts})
    _framed(figure, title, _say("wait_axis"), _say("share_axis"))
    ticks = [tick for tick in _TICKS if _ends(mine)[0] <= tick <= _ends(mine)[1]]
    figure.update_xaxes(type="log", tickvals=ticks, ticktext=[wait_text(tick) for tick in ticks])
    return figure.update_yaxes(range=[0, 102])


def _ends(rows: pd.DataFrame) -> tuple[float, float]:
    """First and last time of interest: from where some to where all are answered."""
    share = rows["share"].to_numpy()
    some, done = np.flatnonzero(share >= 0.005), np.flatnonzero(share >= 0.995)
    low = max(0, int(some[0]) - 1) if len(some) else 0
    high = int(done[0]) if len(done) else len(share) - 1
    within = rows["within_seconds"].to_numpy()
    return float(within[low]), float(within[max(high, low)])


def _share_line(figure: go.Figure, rows: pd.DataFrame, name: str, colour: str, dash: str) -> None:
    low, high = _ends(rows) if len(rows) else (0.0, 0.0)
    rows = rows[rows["within_seconds"].between(low, high)]
    figure.add_scatter(
        x=rows["within_seconds"].tolist(),
        y=[100 * share for share in rows["share"]],
        text=[wait_text(seconds) for seconds in rows["within_seconds"]],
        hovertemplate=_say("share_point", {"share": "%{y:.1f}", "time": "%{text}"}),
        mode="lines+markers",
        line={"color": colour, "dash": dash},
        name=name,
    )


def topic_trend(panels: Panels, zone: str, queue: str = "", most: int = MOST_TOPICS) -> go.Figure | None:
    """Contacts a week of the topics that come most; None: no file has topics.

    Parameters
    ----------
    panels: of a history. zone: clock of the weeks. queue: name; "": all. most: topics, up to 6.
    """
    if panels.topics is None:
        return None
    rows = panels.topics if not queue else panels.topics[panels.topics["queue"] == queue]
    weeks = sorted(rows["week"].unique())[1:-1]  # the first and the last may be cut
    rows = rows[rows["week"].isin(weeks) & (rows["topic"] != "other")]
    if rows.empty:
        return None
    totals = rows.groupby("topic")["contacts"].sum()
    chosen = sorted(totals.index, key=lambda topic: (-totals[topic], topic))[: min(most, len(_COLOURS))]
    table = rows.pivot_table(index="week", columns="topic", values="contacts", aggfunc="sum", fill_value=0)
    figure = go.Figure()
    for topic, colour, dash in zip(chosen, _COLOURS, _DASHES, strict=False):
        figure.add_scatter(
            x=_days(table.index),
            y=table[topic].tolist(),
            mode="lines",
            line={"color": colour, "dash": dash},
            name=str(topic),
        )
    title = _say("topics_title_of", {"queue": queue}) if queue else _say("topics_title")
    _framed(figure, title, _say("week_axis", {"zone": zone}), _say("contacts_axis"))
    return figure.update_yaxes(rangemode="tozero")


def topics_table(panels: Panels) -> pd.DataFrame | None:
    """Topics with size, trend, hours and what self-service would save, headed in words; None: no topics."""
    found = self_service_candidates(panels)
    if found is None:
        return None
    found = found.head(TOPICS_TOLD)
    return pd.DataFrame({
        _say("topic"): found["topic"].tolist(),
        _say("topic_contacts"): [f"{value:,.1f}" for value in found["contacts"]],
        _say("topic_share"): [percent_text(value) for value in found["share"]],
        _say("topic_trend"): [_trend(row) for row in found.to_dict("records")],
        _say("topic_outside"): [percent_text(value) for value in found["out_of_hours"]],
        _say("topic_saved"): [
            _say("range", {"low": f"{row['saved_low']:,.1f}", "high": f"{row['saved_high']:,.1f}"})
            if row["candidate"]
            else "–"
            for row in found.to_dict("records")
        ],
    })  # fmt: skip


def _trend(row: Mapping[object, object]) -> str:
    change = float(str(row["change"]))
    value = "" if np.isnan(change) else f" ({100 * change:+.0f} %)"
    return _say(f"trend_{row['trend']}") + value


def _framed(figure: go.Figure, title: str, x: str, y: str) -> None:
    """Framed, and every line has its name in words, a single one too."""
    framed(figure, title, x, y).update_layout(showlegend=True)


def _days(values: Sequence[object] | pd.Index | pd.Series) -> list[str]:
    return [pd.Timestamp(value).date().isoformat() for value in values]  # type: ignore[arg-type]  # days


def _say(code: str, values: Mapping[str, object] | None = None) -> str:
    return str(Message(f"history_charts.{code}", values or {}))
