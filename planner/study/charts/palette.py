"""One look: colours with words beside them, axes that name unit and zone.

Colours are Okabe and Ito's, told apart by colour-blind people; a colour never stands alone.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import plotly.graph_objects as go

from planner._messages import Message, spoken_language, spoken_value

BLUE, ORANGE, GREEN, BLACK = "#0072B2", "#E69F00", "#009E73", "#000000"
BAND = "rgba(86, 180, 233, 0.35)"  # sky blue: seen on white and on dark
CAME, FAINT = "#D55E00", "#808080"  # what really came; thin lines: both seen on white and on dark
# Cover: orange short, white as needed, purple spare.
SHORT, ENOUGH, SPARE = "#D55E00", "#FFFFFF", "#5E3C99"
COVER = ((0.0, SHORT), (0.5, ENOUGH), (1.0, SPARE))
AMOUNT = ((0.0, "#FFFFFF"), (1.0, BLUE))

# Month names in ticks and hovers are English ones; where English is not spoken, dates are digits.
DATES = (
    {"dtickrange": [None, 86_399_999], "value": "%H:%M\n%d/%m"},
    {"dtickrange": [86_400_000, 2_419_200_000], "value": "%d/%m"},
    {"dtickrange": ["M1", None], "value": "%m/%Y"},
)
TOLD = ("x", "y", "text", "customdata", "labels", "name")

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
HOURS = tuple(f"{hour:02d}" for hour in range(24))


def say(code: str, values: Mapping[str, object] | None = None) -> str:
    """A title in words.

    Examples
    --------
    >>> say("time_axis", {"zone": "Europe/Lisbon"})
    'local time (Europe/Lisbon)'
    """
    return str(Message(f"charts.{code}", values or {}))


def percent_text(share: float | None) -> str:
    """Per cent for a table: what is not quite all is not shown as all, a dash where it is not known.

    Examples
    --------
    >>> [percent_text(share) for share in (0.5, 0.956, 0.9999, 0.0004, 0.0, float("nan"))]
    ['50', '95.6', '99.9', '0.1', '0', '–']
    """
    if share is None or math.isnan(share):
        return "–"
    tenths = 1000 * share
    rounded = (
        math.floor(tenths) if 0.99 < share < 1 else math.ceil(tenths) if 0 < share < 0.01 else round(tenths)
    )
    return f"{rounded / 10:g}"


def framed(figure: go.Figure, title: str, x: str, y: str) -> go.Figure:
    """A figure with its title, axis titles and plain background."""
    figure.update_layout(
        title={"text": title},
        template="plotly_white",
        margin={"l": 60, "r": 20, "t": 70, "b": 50},
        legend={"orientation": "h", "y": 1.0, "yanchor": "bottom"},  # grows away from the lines
    )
    figure.update_xaxes(title={"text": x})
    figure.update_yaxes(title={"text": y})
    return figure


def legend_below(figure: go.Figure) -> go.Figure:
    """Entries of the legend under the figure: over it, as many as on a phone cover the title."""
    return figure.update_layout(legend={"y": -0.25, "yanchor": "top"})


def spoken(figure: go.Figure) -> go.Figure:
    """A figure whose numbers, days and words of files are written as the language spoken here writes them.

    Examples
    --------
    >>> from planner._messages import speaking
    >>> with speaking("it"):
    ...     spoken(go.Figure(go.Bar(x=["Mon", "Ana"], y=[1, 2]))).data[0].x
    ('lun', 'Ana')
    """
    if spoken_language() == "en":
        return figure
    figure = go.Figure(figure)
    for trace in figure.data:
        for name in TOLD:
            if name in trace and trace[name] is not None:
                trace[name] = _told(trace[name])
    figure.update_layout(separators=",.")
    for axes in (figure.select_xaxes(), figure.select_yaxes()):
        for axis in axes:
            axis.tickformatstops = DATES if axis.tickformat is None else ()
            for name in ("ticktext", "categoryarray"):
                if axis[name] is not None:
                    axis[name] = _told(axis[name])
            if axis.title.text:
                axis.title.text = spoken_value(axis.title.text)
    return figure


def _told(value: Any) -> Any:
    if isinstance(value, str):
        return spoken_value(value)
    if isinstance(value, (list, tuple)):
        return [_told(each) for each in value]
    if getattr(getattr(value, "dtype", None), "kind", "") == "O":
        return [_told(each) for each in value.tolist()]
    return value


def week_grid(
    values: Sequence[Sequence[float | None]], texts: list[list[str]], title: str, bar: str, zone: str
) -> go.Figure:
    """Seven days by 24 hours, Monday on top; numbers stand in the cells; colours from 0 to the largest."""
    most = max((value for row in values for value in row if value is not None), default=0)
    heat = go.Heatmap(
        z=[list(row) for row in values],
        x=list(HOURS),
        y=list(WEEKDAYS),
        text=texts,
        texttemplate="%{text}",
        colorscale=[list(stop) for stop in AMOUNT],
        zmin=0,
        zmax=most or 1,
        colorbar={"title": {"text": bar}},
        hoverongaps=False,
    )
    figure = framed(go.Figure(heat), title, say("hour_axis", {"zone": zone}), say("weekday_axis"))
    figure.update_yaxes(autorange="reversed")
    figure.update_xaxes(type="category")
    return figure
