"""How accurate the forecast was: beside what came, by weeks ahead, by grain, against chance and simple ways.

What a figure shows is told by words in it, not only by colour or by pointing at it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType

import pandas as pd
import plotly.graph_objects as go

from planner._messages import Message
from planner.demand import AccuracyReport
from planner.study.charts.palette import BAND, BLUE, CAME, GREEN, ORANGE, framed, legend_below, percent_text

WIDE_BAND = "rgba(86, 180, 233, 0.18)"
PLANNER, LAST_WEEK, EIGHT_WEEKS = "planner", "same hour last week", "mean of 8 weeks"
GRAINS = ("hour", "shift", "day", "week")
ALL_WEEKS = "1-4"


def forecast_and_actual(report: AccuracyReport, queue: str, zone: str, grain: str = "day") -> go.Figure:
    """Contacts of past days or weeks as they were forecast, with both bands, and as they came.

    Where tests overlap, each day is shown as the latest test before it saw it.

    Parameters
    ----------
    report: with at least one test of the queue.
    zone: clock of the days.
    grain: day or week.
    """
    rows = latest(report.trace, queue, grain)
    x = [start.isoformat() for start in rows["start"]]
    figure = go.Figure()
    for low, high, colour, name in (
        ("low95", "high95", WIDE_BAND, _say("band95")),
        ("low80", "high80", BAND, _say("band80")),
    ):
        _band(figure, x, rows[low], rows[high], colour, name)
    figure.add_scatter(
        x=x, y=_values(rows[PLANNER]), mode="lines", line={"color": BLUE}, name=_say("forecast")
    )
    figure.add_scatter(
        x=x,
        y=_values(rows["actual"]),
        mode="markers",
        marker={"color": CAME, "size": 5},
        name=_say("actual"),
    )
    title = _say("forecast_title", {"queue": queue, "grain": _say(f"per_{grain}")})
    framed(figure, title, _say("days_axis", {"zone": zone}), _say("contacts_axis", _per(grain)))
    return legend_below(figure)


def error_by_horizon(report: AccuracyReport, queue: str, grain: str = "day") -> go.Figure:
    """Typical miss one, two, three and four weeks ahead, beside that of two simple ways."""
    rows = _of(report.scores, queue)
    rows = rows[(rows["grain"] == grain) & (rows["weeks_ahead"] != ALL_WEEKS)]
    figure = go.Figure()
    for method, colour, dash in _METHODS:
        own = rows[rows["method"] == method]
        texts = [percent_text(share) + " %" for share in own["wape"]] if method == PLANNER else None
        figure.add_scatter(
            x=own["weeks_ahead"].tolist(),
            y=_percents(own["wape"]),
            mode="lines+markers+text" if texts else "lines+markers",
            text=texts,
            textposition="bottom center",
            line={"color": colour, "dash": dash},
            name=_say(f"method_{method.replace(' ', '_')}"),
        )
    title = _say("horizon_title", {"queue": queue, "grain": _say(f"per_{grain}")})
    framed(figure, title, _say("horizon_axis"), _say("error_axis", _per(grain)))
    figure.update_xaxes(type="category")
    figure.update_yaxes(rangemode="tozero")
    return legend_below(figure)


def error_by_grain(report: AccuracyReport, queue: str) -> go.Figure:
    """Typical miss of hours, shifts, days and weeks: chance alone, the forecast, two simple ways.

    Hours with fewer than 2 contacts on average have no bar: a share of them would say nothing.
    """
    rows = _of(report.scores, queue)
    rows = rows[rows["weeks_ahead"] == ALL_WEEKS]
    own = rows[rows["method"] == PLANNER].set_index("grain")
    floors = [own["wape"][grain] / own["noise_floor_ratio"][grain] for grain in GRAINS]
    names = [_say(f"grain_{grain}") for grain in GRAINS]
    figure = go.Figure()
    _bars(figure, names, floors, "#BBBBBB", _say("floor"))
    for method, colour, _ in _METHODS:
        of_method = rows[rows["method"] == method].set_index("grain")["wape"]
        shares = [float(of_method[grain]) for grain in GRAINS]
        _bars(figure, names, shares, colour, _say(f"method_{method.replace(' ', '_')}"))
    figure.update_layout(barmode="group")
    framed(figure, _say("grain_title", {"queue": queue}), _say("grain_axis"), _say("error_axis_any"))
    return legend_below(figure)


def coverage_bars(report: AccuracyReport, queue: str) -> go.Figure:
    """Share of hours, shifts, days and weeks that fell inside each band; lines show what is meant."""
    rows = _of(report.scores, queue)
    own = rows[(rows["weeks_ahead"] == ALL_WEEKS) & (rows["method"] == PLANNER)].set_index("grain")
    names = [_say(f"grain_{grain}") for grain in GRAINS]
    figure = go.Figure()
    for level, colour in ((80, BLUE), (95, GREEN)):
        shares = [float(own[f"coverage{level}"][grain]) for grain in GRAINS]
        _bars(figure, names, shares, colour, _say("covered", {"level": level}))
        figure.add_hline(
            y=level,
            line={"color": colour, "dash": "dash"},
            annotation={"text": _say("meant", {"level": level})},
            annotation_position="top left",
        )
    figure.update_layout(barmode="group")
    framed(figure, _say("coverage_title", {"queue": queue}), _say("grain_axis"), _say("coverage_axis"))
    figure.update_yaxes(range=[0, 110])
    return legend_below(figure)


def history_and_forecast(
    outlook: pd.DataFrame,
    queue: str,
    zone: str,
    grain: str = "day",
    changes: Mapping[date, int] = MappingProxyType({}),
    name: str = "",
) -> go.Figure:
    """Contacts of the last weeks and of the weeks to come, with the band of the latter.

    Parameters
    ----------
    outlook: of ``study.outlook``: queue, start, actual, mean, low, high.
    zone: clock of the days.
    grain: hour, day or week: what a row is.
    changes: days of clock changes, with their hours; they are marked.
    name: of the queue for people, if not its own.
    """
    rows = outlook[outlook["queue"] == queue]
    came, due = rows[rows["mean"].isna()], rows[rows["mean"].notna()]
    figure = go.Figure()
    x = _days(due["start"])
    _band(figure, x, due["low"], due["high"], BAND, _say("band80"))
    figure.add_scatter(x=x, y=_values(due["mean"]), mode="lines", line={"color": BLUE}, name=_say("forecast"))
    figure.add_scatter(
        x=_days(came["start"]),
        y=_values(came["actual"]),
        mode="lines" if grain == "hour" else "lines+markers",
        line={"color": CAME, "width": 1.5},
        marker={"size": 4},
        name=_say("actual"),
    )
    for day, hours in changes.items():
        figure.add_vline(x=day.isoformat(), line={"color": ORANGE, "dash": "dot"})
        mark = {"x": day.isoformat(), "y": 1, "yref": "paper", "xanchor": "left", "showarrow": False}
        figure.add_annotation(text=_say("change_mark", {"hours": hours}), **mark)
    title = _say("history_title", {"queue": name or queue, "grain": _say(f"per_{grain}")})
    axis = _say("hours_axis" if grain == "hour" else "days_axis", {"zone": zone})
    framed(figure, title, axis, _say("contacts_axis", _per(grain)))
    figure.update_yaxes(rangemode="tozero")
    return legend_below(figure)


def latest(trace: pd.DataFrame, queue: str, grain: str) -> pd.DataFrame:
    """Rows of a report's trace, each day or week once: as the latest test before it saw it.

    Weeks of tests that overlap by other than whole weeks stay apart; the later test then ends the earlier.
    """
    rows = trace[(trace["queue"] == queue) & (trace["grain"] == grain)]
    origins = sorted(set(rows["origin"]))
    ends = dict(zip(origins, [*origins[1:], date.max], strict=True))
    kept = [start < ends[origin] for start, origin in zip(rows["start"], rows["origin"], strict=True)]
    return rows[kept].sort_values("start", kind="stable").reset_index(drop=True)


_METHODS = ((PLANNER, BLUE, "solid"), (LAST_WEEK, ORANGE, "dash"), (EIGHT_WEEKS, GREEN, "dot"))


def _of(scores: pd.DataFrame, queue: str) -> pd.DataFrame:
    return scores[scores["queue"] == queue]


def _band(
    figure: go.Figure, x: Sequence[str], low: pd.Series, high: pd.Series, colour: str, name: str
) -> None:
    """A band over what is known: a filled shape with gaps is drawn askew, so it is drawn across them."""
    known = [day for day, value in zip(x, high, strict=True) if not math.isnan(value)]
    for values, more in (
        (high, {"showlegend": False, "hoverinfo": "skip"}),
        (low, {"fill": "tonexty", "fillcolor": colour, "name": name}),
    ):
        figure.add_scatter(x=known, y=values.dropna().tolist(), mode="lines", line={"width": 0}, **more)


def _bars(figure: go.Figure, names: Sequence[str], shares: Sequence[float], colour: str, name: str) -> None:
    """Bars in per cent with their numbers on them."""
    figure.add_bar(
        x=list(names),
        y=[None if math.isnan(share) else 100 * share for share in shares],
        text=["" if math.isnan(share) else percent_text(round(share, 2)) for share in shares],
        textposition="outside",
        marker={"color": colour},
        name=name,
    )


def _values(series: pd.Series) -> list[float | None]:
    """For a chart: what is not known is None, a gap."""
    return [None if math.isnan(value) else float(value) for value in series]


def _percents(series: pd.Series) -> list[float | None]:
    return _values(100 * series)


def _days(series: pd.Series) -> list[str]:
    return [day.isoformat() for day in series]


def _per(grain: str) -> dict[str, object]:
    return {"grain": _say(f"grain_{grain}")}


def _say(code: str, values: dict[str, object] | None = None) -> str:
    return str(Message(f"accuracy.{code}", values or {}))
