"""The ladder of stages as a form: opening hours to edit, two hours earlier, a table of all stages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planner._errors import ScenarioError
from planner._messages import Message
from planner._values import clock_text, days_text, starts_text
from planner.clock import local_at, quarter_of, to_utc
from planner.study.workspace import load, stages

if TYPE_CHECKING:
    import pandas as pd

    from planner.rota import ShiftType
    from planner.study.scenario import Scenario

_DAY = 1440
_QUARTER = 15
_USUAL_STEP = 30


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


def earlier(scenario: Scenario, minutes: int) -> dict[str, Any]:
    """What a stage says that opens every line earlier, midnight at the earliest.

    Where no shift of the scenario reaches the new hours, the kind of shift that starts next after them
    gets earlier starts.

    Raises
    ------
    ScenarioError: when everything opens at midnight already.

    Examples
    --------
    >>> from planner.study import Scenario
    >>> desk = Scenario.from_text("shifts: {name: day, start: 09:00-10:00 every 30 min, paid_hours: 8}")
    >>> said = earlier(desk, 120)
    >>> said["opening_hours"][0]["open"], said["shifts"][0]["start"]
    ('07:00', '07:00-10:00 every 30 min')
    """
    rows = rows_of(scenario)
    typed = {}
    new: set[int] = set()
    for number, (row, line) in enumerate(zip(rows, scenario.said.opening_hours, strict=True)):
        opens = max(0, line.open - minutes)
        if not line.closed and opens < line.open:
            typed[number] = (clock_text(opens), row.close)
            new |= set(range(opens, line.open, _QUARTER))
    if not new:
        raise ScenarioError(Message("ladder.not_earlier"))
    changes: dict[str, Any] = {"opening_hours": lines_of_form(rows, typed)}
    shifts = _reaching(scenario, new)
    return changes if shifts is None else {**changes, "shifts": shifts}


def _reaching(scenario: Scenario, new: set[int]) -> list[Any] | None:
    """The scenario's shifts with starts that reach quarter-hours of the day; None if they do already."""
    said = list(scenario.plain.get("shifts", ()))
    if not said:
        return None  # shifts that nobody stated follow the opening hours
    changed = False
    kinds = ("work", "on_call") if scenario.said.escalation else ("work",)
    for kind in kinds:
        types = [each for each in scenario.shift_types if each.kind == kind]
        missing = sorted(new - reached(scenario, types))
        stated = [each for each in types if any(line["name"] == each.name for line in said)]
        if not missing or not stated:
            continue
        # On the clock of the first place of work: starts are said on the clock of whoever works them.
        begin = (missing[0] + minutes_ahead(scenario, scenario.sites[0].zone)) % _DAY
        chosen = min(stated, key=lambda each: min((at - begin) % _DAY for at in each.starts))
        starts = starts_text(_from(begin, chosen.starts))
        said = [{**line, "start": starts} if line["name"] == chosen.name else line for line in said]
        changed = True
    return said if changed else None


def reached(scenario: Scenario, types: Sequence[ShiftType]) -> set[int]:
    """Minutes of the day, on the scenario's clock, at which somebody on these shifts could be present."""
    return {
        (at + passed - minutes_ahead(scenario, site.zone)) % _DAY
        for site in scenario.sites
        for each in types
        for at in each.starts
        for passed in range(0, each.present_minutes, _QUARTER)
    }


def minutes_ahead(scenario: Scenario, zone: str) -> int:
    """Minutes that a zone's clock is ahead of the scenario's on the first day, within a day."""
    midnight = to_utc(scenario.first_day, 0, scenario.zone)
    there = local_at(quarter_of(midnight), zone)
    return there.hour * 60 + there.minute


def _from(begin: int, starts: Sequence[int]) -> tuple[int, ...]:
    """Starts of a shift, and those before them in its own steps, back to a minute of the day."""
    step = min((after - before for before, after in pairwise(starts)), default=_USUAL_STEP)
    first = min(starts, key=lambda at: (at - begin) % _DAY)
    before = [(first - back) % _DAY for back in range(0, (first - begin) % _DAY, step)]
    return tuple(sorted({begin, *before, *starts}))


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


def table(folder: Path) -> pd.DataFrame:
    """All stages of a folder in order: ``stage``, ``hours``, ``people`` with a contract, ``starts``.

    Raises
    ------
    ScenarioError: when a stage has mistakes.
    """
    import pandas as pd

    rows = []
    for stage in stages(folder):
        scenario = load(folder, stage.file)
        rows.append(
            {
                "stage": scenario.name,
                "hours": hours_text(rows_of(scenario)),
                "people": sum(agent.weekly_minutes > 0 for agent in scenario.team.agents),
                "starts": scenario.starts.isoformat() if scenario.starts else "",
            }
        )
    return pd.DataFrame(rows, columns=["stage", "hours", "people", "starts"])
