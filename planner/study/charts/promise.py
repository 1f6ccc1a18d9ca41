"""What a promise costs against its time, and how much of it is kept."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from planner.study.charts.palette import BLUE, SHORT, say
from planner.study.goals import EXPECTATIONS, NOMINAL_MORE
from planner.study.misses import TOLERANCE

_GREY = "#767676"
_SHORTEST_HOURS = 1 / 60
_BESIDE = 1.18


def price_curve(curve: pd.DataFrame, currency: str) -> go.Figure:
    """Cost a month above, share answered in time below, against the promised time, tight on the left.

    Parameters
    ----------
    curve: columns of ``promise.csv``.
    currency: of its money.
    """
    desk = desk_rows(curve)
    more = desk["clock"].map(NOMINAL_MORE).fillna(0.0)
    hours = ((desk["within_seconds"] + more) / 3600).clip(lower=_SHORTEST_HOURS)
    beside = hours * _BESIDE ** hours.groupby(hours).cumcount()  # equal times stand beside each other
    figure = make_subplots(rows=2, cols=1, shared_xaxes=True, vertical_spacing=0.09, row_heights=[0.6, 0.4])
    line = {"color": _GREY, "dash": "dot", "width": 1}
    figure.add_scatter(
        x=beside, y=desk["cost"], mode="lines", line=line, showlegend=False, hoverinfo="skip", row=1, col=1
    )
    for kept, colour, symbol in (("yes", BLUE, "circle"), ("no", SHORT, "x")):
        mine = (desk["keeps"] == "no") == (kept == "no")
        _points(figure, desk[mine], beside[mine], say(f"promise_kept_{kept}"), colour, symbol)
    figure.add_scatter(
        x=beside,
        y=100 * desk["promised_share"],
        mode="markers",
        name=say("promise_promised"),
        marker={"symbol": "line-ew-open", "size": 22, "color": _GREY, "line": {"width": 3}},
        row=2,
        col=1,
    )
    _expectations(figure)
    _axes(figure, desk, hours, currency)
    return figure


def _points(
    figure: go.Figure, desk: pd.DataFrame, hours: pd.Series[float], name: str, colour: str, symbol: str
) -> None:
    """The promises that this team keeps, or those that it does not."""
    marker = {"color": colour, "symbol": symbol, "size": 12}
    below = (desk["cost"] - desk["cost_low"]).clip(lower=0.0).fillna(0.0)
    figure.add_scatter(
        x=hours,
        y=desk["cost"],
        mode="markers+text",
        text=[f"{cost:,.0f}" if pd.notna(cost) else "" for cost in desk["cost"]],
        textposition="top center",
        cliponaxis=False,
        name=name,
        legendgroup=name,
        marker=marker,
        error_y={"type": "data", "symmetric": False, "array": [0.0] * len(desk), "arrayminus": below},
        row=1,
        col=1,
    )
    spread = {
        "type": "data",
        "symmetric": False,
        "array": 100 * (desk["kept_high"] - desk["kept_share"]),
        "arrayminus": 100 * (desk["kept_share"] - desk["kept_low"]),
    }
    figure.add_scatter(
        x=hours,
        y=100 * desk["kept_share"],
        mode="markers+text",
        text=[f"{100 * share:.0f} %" if pd.notna(share) else "" for share in desk["kept_share"]],
        textposition="bottom center" if symbol == "x" else "top center",
        cliponaxis=False,
        name=name,
        legendgroup=name,
        showlegend=False,
        marker=marker,
        error_y=spread,
        row=2,
        col=1,
    )


def _expectations(figure: go.Figure) -> None:
    """What people expect, as lines at their time, in words at the foot of the chart."""
    for share, hours in EXPECTATIONS:
        for row in (1, 2):
            figure.add_vline(x=hours, line={"color": _GREY, "dash": "dash", "width": 1}, row=row, col=1)
        figure.add_annotation(
            x=math.log10(hours),
            xref="x2",
            y=0.02,
            yref="y2 domain",
            text=say("promise_expect", {"percent": f"{100 * share:.0f}", "hours": f"{hours:.0f}"}),
            showarrow=False,
            textangle=-90,
            xanchor="left",
            yanchor="bottom",
            font={"size": 11, "color": _GREY},
        )


def _axes(figure: go.Figure, desk: pd.DataFrame, hours: pd.Series[float], currency: str) -> None:
    ticks: dict[float, list[str]] = {}
    top = float(desk["cost"].fillna(0.0).max()) or 1.0  # room for the words above
    for at, label in zip(hours, desk["promise"], strict=True):
        ticks.setdefault(float(at), []).append(str(label))
    named = [*ticks, *(at for _, at in EXPECTATIONS if at not in ticks)]
    words = [*("<br>".join(labels) for labels in ticks.values())]
    words += [f"{at:.0f} h" for _, at in EXPECTATIONS if at not in ticks]
    figure.update_layout(
        title={"text": say("promise_title")},
        template="plotly_white",
        margin={"l": 70, "r": 30, "t": 90, "b": 60},
        legend={"orientation": "h", "y": 1.12},
        height=560,
    )
    figure.update_xaxes(type="log", tickvals=named, ticktext=words, showgrid=False)
    figure.update_xaxes(title={"text": say("promise_x")}, row=2, col=1)
    figure.update_yaxes(
        title={"text": say("promise_cost_y", {"currency": currency})}, range=[0, 1.2 * top], row=1, col=1
    )
    figure.update_yaxes(
        title={"text": say("promise_kept_y")}, range=[0, 125], tickvals=[0, 25, 50, 75, 100], row=2, col=1
    )


def promise_table(curve: pd.DataFrame) -> pd.DataFrame:
    """A row a promise, from loose to tight, in people's units."""
    desk = desk_rows(curve)
    rows = desk.to_dict("records")
    table: dict[str, Any] = {
        "promise_promise": desk["promise"],
        "promise_kept": [_range(row) for row in rows],
        "promise_enough": [say(f"promise_keeps_{row['keeps'] or 'nobody'}") for row in rows],
        "promise_more": [_more(row) for row in rows],
        "promise_people": [_number(people, 1) for people in desk["people_needed"]],
        "promise_duty": [
            f"{_number(row['on_duty_peak'])} / {_number(row['on_duty_mean'], 1)}" if _has_price(row) else "–"
            for row in rows
        ],
        "promise_missing": [_number(hours, 1) for hours in desk["missing_hours"]],
        "promise_cost": [_number(row["cost"]) if _has_price(row) else say("promise_none") for row in rows],
        "promise_low": [_number(low) for low in desk["cost_low"]],
        "promise_more_cost": [_difference(row) for row in rows],
        "promise_verdict": [
            say(f"promise_{row['verdict'].replace(' ', '_')}") if _has_price(row) else "–" for row in rows
        ],
    }
    return pd.DataFrame({say(code): list(column) for code, column in table.items()})


def desk_rows(curve: pd.DataFrame) -> pd.DataFrame:
    """The rows of the whole desk, one a promise."""
    return curve[curve["queue"] == ""].reset_index(drop=True)


def _has_price(row: dict[Any, Any]) -> bool:
    """Whether it has: one that no team could keep, or that is made to nobody, has none."""
    return bool(pd.notna(row["cost"]))


def _number(value: float, digits: int = 0) -> str:
    return f"{value:,.{digits}f}" if pd.notna(value) else "–"


def _range(row: dict[Any, Any]) -> str:
    share, low, high = (100 * row[name] for name in ("kept_share", "kept_low", "kept_high"))
    return "–" if pd.isna(share) else f"{share:.0f} ({low:.0f}–{high:.0f})"


def _more(row: dict[Any, Any]) -> str:
    """People beside the team who would keep the promise."""
    if row["keeps"] != "no":
        return "–" if pd.isna(row["more_people"]) else "0"
    if not _has_price(row):
        return say("promise_no_team", {"percent": f"{100 * row['reachable_share']:.1f}"})
    if pd.isna(row["more_people"]):
        return "–"
    enough = row["more_kept_share"] >= row["promised_share"] - TOLERANCE
    values = {"people": f"{row['more_people']:.0f}", "percent": f"{100 * row['more_kept_share']:.0f}"}
    return f"{row['more_people']:.0f}" if enough else say("promise_above", values)


def _difference(row: dict[Any, Any]) -> str:
    money, share = row["difference"], row["difference_share"]
    if pd.isna(money):
        return "–"
    return f"{money:+,.0f} ({_signed(100 * share)} %)" if round(money) else "0"


def _signed(percent: float) -> str:
    """One decimal with its sign; a zero, also one that rounding makes, has none.

    Examples
    --------
    >>> _signed(12.34), _signed(-0.04)
    ('+12.3', '0.0')
    """
    return f"{percent:+.1f}" if round(percent, 1) else "0.0"


def publish_table(publication: pd.DataFrame) -> pd.DataFrame:
    """What may be published, a row a queue and part of the week, times in hours or minutes."""
    columns: dict[str, Any] = {
        "service_queue": publication["queue"],
        "publish_part": [part_in_words(part) for part in publication["part"]],
        "service_contacts": publication["contacts_per_week"].round(1),
        "publish_says": [_says(row) for row in publication.to_dict("records")],
        "publish_clock": [_clock(clock) for clock in publication["clock"]],
        "publish_kept": [_percent(*row) for row in publication[["kept_share", "kept_low"]].to_numpy()],
        "publish_elapsed": [_time(seconds) for seconds in publication["elapsed_seconds"]],
        "publish_worst": [
            f"{_time(seconds)} ({hour})" if hour else "–"
            for hour, seconds in publication[["worst_hour", "worst_seconds"]].itertuples(index=False)
        ],
        "publish_longest": [_time(seconds) for seconds in publication["longest_seconds"]],
    }
    return pd.DataFrame({say(code): list(column) for code, column in columns.items()})


def part_in_words(part: str) -> str:
    """A part of the week on screen.

    Examples
    --------
    >>> part_in_words("closed")
    'while closed'
    """
    return say(f"publish_{part.replace(' ', '_')}")


def _says(row: dict[Any, Any]) -> str:
    if row["verdict"] != "publish":
        return say(f"publish_{row['verdict'].replace(' ', '_')}")
    return say(
        "publish_within", {"percent": f"{100 * row['share']:.0f}", "within": _time(row["within_seconds"])}
    )


def _clock(clock: str) -> str:
    return say(f"publish_clock_{clock.replace(' ', '_')}") if clock else "–"


def _percent(share: float, low: float) -> str:
    return "–" if pd.isna(share) else f"{100 * share:.1f} ({100 * low:.1f})"


def _time(seconds: float) -> str:
    """Seconds in the unit that people say.

    Examples
    --------
    >>> _time(45.0), _time(2700.0), _time(5400.0), _time(float("nan"))
    ('45 s', '45 min', '1.5 h', '–')
    """
    if pd.isna(seconds):
        return "–"
    for size, unit in ((3600.0, "h"), (60.0, "min")):
        if seconds >= size:
            return f"{round(seconds / size, 1):g} {unit}"
    return f"{seconds:.0f} s"
