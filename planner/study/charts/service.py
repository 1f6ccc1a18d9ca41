"""What customers will see."""

from __future__ import annotations

import math
from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from planner._values import wait_text
from planner.study.charts.palette import BAND, BLUE, HOURS, WEEKDAYS, framed, percent_text, say

_DAYS = tuple(name.lower() for name in WEEKDAYS)


def service_by_hour(service: pd.DataFrame, queue: str, zone: str, day: int | None = None) -> go.Figure:
    """Share answered within the promise by hour of the week of arrival, with its range over periods.

    Parameters
    ----------
    service: columns of ``service.csv``.
    queue: name.
    zone: clock of its weekdays and hours.
    day: one weekday alone, 0 for Monday; None: the whole week.
    """
    mine = service[(service["queue"] == queue) & service["weekday"].isin(_DAYS)]
    place = mine["weekday"].map({day: 24 * nth for nth, day in enumerate(_DAYS)}).astype(int) + mine[
        "hour"
    ].astype(int)
    rows = mine.assign(place=place).set_index("place").reindex(range(168))
    labels = [f"{name} {hour}" for name in WEEKDAYS for hour in HOURS]
    if day is not None:
        rows, labels = rows.iloc[24 * day : 24 * day + 24], labels[24 * day : 24 * day + 24]
    figure = go.Figure()
    figure.add_scatter(
        x=labels, y=_percent(rows["kept_high"]), line={"width": 0}, showlegend=False, hoverinfo="skip"
    )
    figure.add_scatter(
        x=labels,
        y=_percent(rows["kept_low"]),
        line={"width": 0},
        fill="tonexty",
        fillcolor=BAND,
        name=say("service_band"),
    )
    figure.add_scatter(
        x=labels,
        y=_percent(rows["kept_share"]),
        mode="lines+markers",
        line={"color": BLUE},
        marker={"size": 4},
        name=say("service_mean"),
    )
    title, x = say("service_title", {"queue": queue}), say("week_hour_axis", {"zone": zone})
    figure = framed(figure, title, x, say("service_y"))
    figure.update_xaxes(type="category", tickvals=labels[:: 12 if day is None else 3])
    low = rows["kept_low"].min()
    least = 0 if pd.isna(low) else max(0, 10 * math.floor(10 * low - 0.5))
    return figure.update_yaxes(range=[least, 101]).update_layout(height=360)


def service_table(service: pd.DataFrame, promises: Mapping[str, str] | None = None) -> pd.DataFrame:
    """Totals of each queue in words and people's units: per cent and durations.

    Parameters
    ----------
    service: columns of ``service.csv``; rows of totals that nobody came for are left out.
    promises: in words, by queue; None: without them.
    """
    rows = service[service["weekday"].fillna("") == ""]
    came = rows["contacts_per_week"] > 0
    rows = rows[came | ~rows["queue"].isin(rows[came]["queue"]) & (rows["arrived"] == "all")]
    # Where nobody comes while closed, "all" says the same as "open".
    once = ~rows["queue"].isin(rows[rows["arrived"] == "closed"]["queue"])
    rows = rows[~(once & (rows["arrived"] == "open"))]
    between = [
        f"{percent_text(a)}–{percent_text(b)}" if pd.notna(a) else "–"
        for a, b in zip(rows["kept_low"], rows["kept_high"], strict=True)
    ]
    waits = {
        "service_median": "wait_median_seconds",
        "service_p90": "wait_p90_seconds",
        "service_asa": "asa_seconds",
        "service_longest": "longest_wait_seconds",
    }
    table = {
        "service_queue": rows["queue"],
        "service_promise": rows["queue"].map(dict(promises or {})),
        "service_arrived": [say(f"arrived_{arrived}") for arrived in rows["arrived"]],
        "service_contacts": rows["contacts_per_week"].round(1),
        "service_kept": [percent_text(share) for share in rows["kept_share"]],
        "service_range": pd.Series(between, index=rows.index, dtype="str"),
        **{code: [wait_text(seconds) for seconds in rows[column]] for code, column in waits.items()},
        "service_gone": [percent_text(share) for share in rows["abandoned_share"]],
        "service_busy": [percent_text(share) for share in rows["occupancy"]],
    }
    if promises is None:
        del table["service_promise"]
    return pd.DataFrame({say(code): column for code, column in table.items()}, index=rows.index).reset_index(
        drop=True
    )


def language_table(service: pd.DataFrame, languages: Mapping[str, str]) -> pd.DataFrame:
    """What customers of each language see: contacts, share kept of all, and the queue that keeps least.

    Parameters
    ----------
    service: columns of ``service.csv``.
    languages: by queue; queues without one are left out.

    Examples
    --------
    >>> totals = {"arrived": "all", "weekday": "", "contacts_per_week": [30.0, 10.0], "kept_share": [1, 0.8]}
    >>> frame = pd.DataFrame({"queue": ["chat fr", "email fr"], **totals, "kept_low": 0.7, "kept_high": 1.0})
    >>> language_table(frame, {"chat fr": "fr", "email fr": "fr"}).iloc[0].tolist()
    ['fr', '40.0', '95', 'email fr', '80', '70–100']
    """
    whole = service[(service["weekday"].fillna("") == "") & (service["arrived"] == "all")]
    whole = whole[whole["contacts_per_week"] > 0]
    whole = whole.assign(language=whole["queue"].map(dict(languages))).dropna(subset=["language"])
    rows = []
    for language, mine in whole.groupby("language", sort=True):
        known = mine.dropna(subset=["kept_share"])
        weight = known["contacts_per_week"].sum()
        kept = (
            float((known["kept_share"] * known["contacts_per_week"]).sum() / weight) if weight else math.nan
        )
        least = known.sort_values("kept_share", kind="stable").head(1).to_dict("records")
        name, share, between = "–", math.nan, "–"
        if least:
            name, share = least[0]["queue"], float(least[0]["kept_share"])
            between = f"{percent_text(least[0]['kept_low'])}–{percent_text(least[0]['kept_high'])}"
        rows.append(
            {
                say("service_language"): language,
                say("service_contacts"): f"{mine['contacts_per_week'].sum():,.1f}",
                say("service_kept"): percent_text(kept),
                say("service_least"): name,
                say("service_least_kept"): percent_text(share),
                say("service_range"): between,
            }
        )
    return pd.DataFrame(rows)


def _percent(shares: pd.Series[float]) -> list[float | None]:
    return [None if pd.isna(share) else round(100 * float(share), 2) for share in shares]
