"""What customers will see."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from planner.study.charts.palette import BAND, BLUE, HOURS, WEEKDAYS, framed, say

_DAYS = tuple(name.lower() for name in WEEKDAYS)


def service_by_hour(service: pd.DataFrame, queue: str, zone: str) -> go.Figure:
    """Share answered within the promise by hour of the week of arrival, with its range over periods.

    Parameters
    ----------
    service: columns of ``service.csv``.
    queue: name.
    zone: clock of its weekdays and hours.
    """
    mine = service[(service["queue"] == queue) & service["weekday"].isin(_DAYS)]
    place = mine["weekday"].map({day: 24 * nth for nth, day in enumerate(_DAYS)}).astype(int) + mine[
        "hour"
    ].astype(int)
    rows = mine.assign(place=place).set_index("place").reindex(range(168))
    labels = [f"{day} {hour}" for day in WEEKDAYS for hour in HOURS]
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
        name=say("service_mean"),
    )
    title, x = say("service_title", {"queue": queue}), say("week_hour_axis", {"zone": zone})
    figure = framed(figure, title, x, say("service_y"))
    figure.update_xaxes(type="category", tickvals=labels[::12])
    return figure.update_yaxes(range=[0, 101])


def service_table(service: pd.DataFrame) -> pd.DataFrame:
    """Totals of each queue in words and people's units: per cent and minutes."""
    rows = service[service["weekday"].isna() | (service["weekday"] == "")]
    low, high = (100 * rows[name] for name in ("kept_low", "kept_high"))
    between = [f"{a:.0f}–{b:.0f}" if pd.notna(a) else "" for a, b in zip(low, high, strict=True)]
    table = {
        "service_queue": rows["queue"],
        "service_arrived": rows["arrived"],
        "service_contacts": rows["contacts_per_week"].round(1),
        "service_kept": (100 * rows["kept_share"]).round(1),
        "service_range": pd.Series(between, index=rows.index, dtype="str"),
        "service_median": (rows["wait_median_seconds"] / 60).round(1),
        "service_p90": (rows["wait_p90_seconds"] / 60).round(1),
        "service_longest": (rows["longest_wait_seconds"] / 60).round(1),
        "service_gone": (100 * rows["abandoned_share"]).round(1),
        "service_busy": (100 * rows["occupancy"]).round(0),
    }
    return pd.DataFrame({say(code): column for code, column in table.items()}).reset_index(drop=True)


def _percent(shares: pd.Series[float]) -> list[float | None]:
    return [None if pd.isna(share) else round(100 * float(share), 2) for share in shares]
