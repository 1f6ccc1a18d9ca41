"""What the rota gives the need: people missing and extra."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from planner.study.charts.palette import BLUE, COVER, HOURS, ORANGE, framed, say, week_grid

SCENARIO_CLOCK = "the scenario's clock"


def surplus_by_interval(cover: pd.DataFrame) -> pd.DataFrame:
    """People extra (above 0) or missing (below 0) per interval.

    Missing as in ``cover.csv``: what the set that binds is short of. Extra where nobody is missing:
    people on duty, of the largest set, beyond the largest requirement.

    Parameters
    ----------
    cover: columns of ``cover.csv``.

    Returns
    -------
    Columns interval_local, surplus, idle (nothing needed and nobody there), in order of time.
    """
    missing = cover["short"].where(cover["binding"].astype(bool), 0)
    grouped = cover.assign(missing=missing).groupby("interval_start", sort=True)
    frame = grouped.agg(
        interval_local=("interval_local", "first"),
        missing=("missing", "max"),
        required=("required", "max"),
        on_duty=("on_duty", "max"),
    )
    extra = (frame["on_duty"] - frame["required"]).clip(lower=0)
    frame["surplus"] = extra.where(frame["missing"] == 0, -frame["missing"]).astype("int64")
    frame["idle"] = (frame["required"] == 0) & (frame["on_duty"] == 0)
    return frame[["interval_local", "surplus", "idle"]]


def spare_hours(cover: pd.DataFrame) -> float:
    """Person-hours on duty beyond the requirement."""
    frame = surplus_by_interval(cover)
    return float(frame["surplus"].clip(lower=0).sum()) * _hours_of_interval(frame)


def of_set(cover: pd.DataFrame, names: str) -> pd.DataFrame:
    """The rows of one set of queues, as if nothing else were needed: whoever is missing is missing here.

    Parameters
    ----------
    cover: columns of ``cover.csv``. names: the set, as in its column ``set``.
    """
    mine = cover[cover["set"] == names]
    return mine.assign(binding=mine["short"] > 0)


def short_hours(cover: pd.DataFrame) -> float:
    """Person-hours missing below the requirement; what is extra elsewhere makes up for none of them."""
    frame = surplus_by_interval(cover)
    return float(-frame["surplus"].clip(upper=0).sum()) * _hours_of_interval(frame)


def cover_heat_map(cover: pd.DataFrame, zone: str = SCENARIO_CLOCK, most: int | None = None) -> go.Figure:
    """Every day by 24 hours: the worst interval of each hour, orange missing, white enough, purple extra.

    Days on which the clocks change say how many hours they have; an hour that exists twice shows its
    worse half, one that does not exist is empty. So is an hour with nothing needed and nobody there.

    Parameters
    ----------
    cover: columns of ``cover.csv``.
    zone: name for the axis.
    most: people at the ends of the colours, for charts that are compared; None: the largest here.
    """
    frame = surplus_by_interval(cover)
    frame = frame.assign(
        day=frame["interval_local"].str[:10], hour=frame["interval_local"].str[11:13].astype(int)
    )
    days = sorted(frame["day"].unique())
    worst = frame[~frame["idle"]].groupby(["day", "hour"])["surplus"].agg(_worst)
    table = worst.unstack("hour").reindex(index=days, columns=range(24))
    values = table.to_numpy(dtype=float)
    end = most or max(1, int(np.nanmax(np.abs(values), initial=0)))
    heat = go.Heatmap(
        z=[[None if np.isnan(v) else float(v) for v in row] for row in values],
        x=list(HOURS),
        y=[_day_label(day, frame) for day in days],
        text=[["" if np.isnan(v) else f"{int(v):+d}" if v else "0" for v in row] for row in values],
        texttemplate="%{text}",
        hovertemplate=say("cover_cell", {"day": "%{y}", "hour": "%{x}", "people": "%{text}"}),
        colorscale=[list(stop) for stop in COVER],
        zmin=-end,
        zmax=end,
        zmid=0,
        colorbar={"title": {"text": say("cover_bar"), "side": "right"}},
        hoverongaps=False,
    )
    title, x = say("cover_title"), say("hour_axis", {"zone": zone})
    figure = framed(go.Figure(heat), title, x, say("day_axis"))
    figure.update_yaxes(autorange="reversed", type="category")
    figure.update_xaxes(type="category")
    return figure.update_layout(height=140 + 22 * len(days))


def on_duty_week(
    cover: pd.DataFrame, names: str, zone: str = SCENARIO_CLOCK, most: int | None = None
) -> go.Figure:
    """People on duty for a set of queues by hour of the week: the fewest in any interval of the period.

    Hours in which the set is never needed and nobody is there stay empty.

    Parameters
    ----------
    cover: columns of ``cover.csv``. names: the set, as in its column ``set``. zone: name for the axis.
    most: people at the dark end of the colours, for charts that are compared; None: the most here.
    """
    mine = cover[(cover["set"] == names) & ((cover["required"] > 0) | (cover["on_duty"] > 0))]
    local = mine["interval_local"]
    days = [date.fromisoformat(text[:10]).weekday() for text in local]
    fewest = (
        mine.assign(day=days, hour=local.str[11:13].astype(int)).groupby(["day", "hour"])["on_duty"].min()
    )
    values = fewest.unstack("hour").reindex(index=range(7), columns=range(24)).to_numpy(dtype=float)
    figure = week_grid(
        [[None if np.isnan(v) else float(v) for v in row] for row in values],
        [["" if np.isnan(v) else f"{int(v)}" for v in row] for row in values],
        say("on_duty_week_title"),
        say("on_duty_week_bar"),
        zone,
    )
    return figure if most is None else figure.update_traces(zmax=most)


def cover_line(cover: pd.DataFrame, names: str, monday: date, zone: str = SCENARIO_CLOCK) -> go.Figure:
    """People needed and on duty for one set of queues, over the week that starts on a day.

    Parameters
    ----------
    cover: columns of ``cover.csv``.
    names: the set, as in its column ``set``.
    monday: first local day shown.
    zone: name for the axis.
    """
    mine = cover[cover["set"] == names].sort_values("interval_start")
    last = (monday + timedelta(days=7)).isoformat()
    days = mine["interval_local"].str[:10]
    mine = mine[(days >= monday.isoformat()) & (days < last)]
    times = mine["interval_local"].str[:19].tolist()
    figure = go.Figure()
    for column, colour, dash in (("on_duty", BLUE, "solid"), ("required", ORANGE, "dash")):
        line = {"shape": "hv", "color": colour, "dash": dash}
        figure.add_scatter(x=times, y=mine[column].tolist(), mode="lines", line=line, name=say(column))
    title = say("week_title", {"set": names, "week": monday.isoformat()})
    return framed(figure, title, say("time_axis", {"zone": zone}), say("week_y"))


def _worst(surplus: pd.Series[int]) -> int:
    """The interval of an hour with most people missing; else with fewest extra."""
    return int(surplus.min())


def _hours_of_interval(frame: pd.DataFrame) -> float:
    starts = pd.DatetimeIndex(frame.index)
    return float((starts[1:] - starts[:-1]).min().total_seconds()) / 3600 if len(starts) > 1 else 0.0


def _day_label(day: str, frame: pd.DataFrame) -> str:
    """Weekday and date, with the number of hours where it is not 24."""
    label = f"{date.fromisoformat(day):%a %d %b}"
    hours = (frame["day"] == day).sum() * _hours_of_interval(frame)
    return label if hours == 24 else say("cover_short_day", {"day": label, "hours": f"{hours:g}"})
