"""Opening hours as lines of text, to edit and to say again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planner._values import clock_text, days_text
from planner.study.workspace import load

if TYPE_CHECKING:
    from planner.study.scenario import Scenario


@dataclass(frozen=True)
class HoursRow:
    """One line of opening hours, as text.

    Attributes
    ----------
    queues: names, or "all". days: such as "mon-fri".
    open, close: on the scenario's clock, such as "09:00". closed: nothing is open on these days.
    """

    queues: tuple[str, ...]
    days: str
    open: str
    close: str
    closed: bool = False


def form_of(path: Path) -> tuple[HoursRow, ...]:
    """Opening hours of a stage, those that it starts from included.

    Raises
    ------
    ScenarioError: when the stage has mistakes.
    """
    return rows_of(load(path.parent, path.name))


def rows_of(scenario: Scenario) -> tuple[HoursRow, ...]:
    """Opening hours of a scenario.

    Examples
    --------
    >>> from planner.study import Scenario
    >>> rows_of(Scenario.from_text("opening_hours: {days: sat, open: 10:00, close: 14:00}"))
    (HoursRow(queues=('all',), days='sat', open='10:00', close='14:00', closed=False),)
    """
    return tuple(
        HoursRow(
            line.queues, days_text(line.days), clock_text(line.open), clock_text(line.close), line.closed
        )
        for line in scenario.said.opening_hours
    )


def lines_of_form(
    rows: Sequence[HoursRow], typed: Mapping[int, tuple[str, str]] | None = None
) -> list[dict[str, Any]]:
    """Opening hours as a scenario file says them, with what was typed laid over the rows.

    Parameters
    ----------
    typed: by number of the row: opening and closing as they were typed.

    Examples
    --------
    >>> lines_of_form([HoursRow(("all",), "mon-fri", "09:00", "18:00")], {0: ("08:00", "18:00")})
    [{'queues': ['all'], 'days': 'mon-fri', 'open': '08:00', 'close': '18:00'}]
    """
    lines: list[dict[str, Any]] = []
    for number, row in enumerate(rows):
        opens, closes = (typed or {}).get(number, (row.open, row.close))
        hours = {"closed": "yes"} if row.closed else {"open": opens.strip(), "close": closes.strip()}
        lines.append({"queues": list(row.queues), "days": row.days, **hours})
    return lines


def hours_text(rows: Sequence[HoursRow]) -> str:
    """Opening hours in a line.

    Examples
    --------
    >>> hours_text([HoursRow(("all",), "mon-fri", "09:00", "18:00"), HoursRow(("all",), "sat", "", "", True)])
    'mon-fri 09:00–18:00'
    >>> hours_text([HoursRow(("email en", "chat en"), "all", "00:00", "24:00")])
    'email en, chat en: all days 00:00–24:00'
    """
    parts = []
    for row in rows:
        if not row.closed:
            names = "" if row.queues == ("all",) else f"{', '.join(row.queues)}: "
            days = "all days" if row.days == "all" else row.days
            parts.append(f"{names}{days} {row.open}–{row.close}")
    return "; ".join(parts)
