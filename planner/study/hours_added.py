"""Hours opened or closed as what a new stage says: painted cells, or one of the usual next steps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from planner._errors import ScenarioError
from planner._messages import Message
from planner.study.hours_matrix import (
    DAYS,
    QUARTER,
    QUARTERS,
    Masks,
    lines_of_masks,
    masks_of,
)
from planner.study.hours_reach import shifts_reaching
from planner.study.next_hours.on_call import with_duties

if TYPE_CHECKING:
    from planner.study.scenario import Scenario

STEPS = ("earlier", "later", "weekdays", "always")
"""Usual next steps: two hours earlier, two hours later, weekdays around the clock, every hour of the week."""
TWO_HOURS = 8
_WEEKDAYS = range(5)


def changes_of(scenario: Scenario, masks: Masks) -> dict[str, Any]:
    """What a stage says that is open in the weeks given, its shifts reaching what is new.

    Raises
    ------
    ScenarioError: when nothing would change.
    """
    now = masks_of(scenario)
    changed = [name for name in masks if not np.array_equal(masks[name], now[name])]
    if not changed:
        raise ScenarioError(Message("ladder.nothing_changed"))
    return _with_shifts(scenario, lines_of_masks(scenario, masks), masks)


def _with_shifts(scenario: Scenario, lines: list[dict[str, Any]], masks: Masks) -> dict[str, Any]:
    now = masks_of(scenario)
    new = np.any([masks[name] & ~now[name] for name in masks], axis=0)
    said: dict[str, Any] = {"opening_hours": lines}
    days = frozenset(int(day) for day in np.flatnonzero(new.any(axis=1)))
    minutes = {int(quarter) * QUARTER for quarter in np.flatnonzero(new.any(axis=0))}
    wider = scenario.replace(**said)
    shifts = shifts_reaching(wider, minutes, days)
    wider = with_duties(wider if shifts is None else wider.replace(shifts=shifts))
    found = wider.plain.get("shifts")
    return {**said, "shifts": found} if found != scenario.plain.get("shifts") else said


def step(scenario: Scenario, kind: str, queues: Sequence[str] | None = None) -> dict[str, Any]:
    """What a stage says that takes one of the usual next steps.

    Parameters
    ----------
    kind: of ``STEPS``. "always" opens public holidays too. queues: those that open longer; None: all.

    Raises
    ------
    ScenarioError: when there is nothing left to open.

    Examples
    --------
    >>> from planner.study import Scenario
    >>> desk = Scenario.from_text("shifts: {name: day, start: 09:00-10:00 every 30 min, paid_hours: 8}")
    >>> said = step(desk, "earlier")
    >>> said["opening_hours"][0]["open"], said["shifts"][0]["start"]
    ('07:00', '07:00-10:00 every 30 min')
    >>> step(desk, "always")["opening_hours"]
    [{'queues': ['all'], 'days': 'all', 'open': '00:00', 'close': '24:00'}]
    """
    now = masks_of(scenario)
    names = [name for name in now if queues is None or name in queues]
    grown = {name: GROWN[kind](now[name]) for name in names}
    lines = lines_of_masks(scenario, grown)
    if kind == "always":
        lines = _without_holidays(lines, names, list(now))
        said = lines_of_masks(scenario, now)
        if lines == said:
            raise ScenarioError(Message("ladder.not_longer"))
    elif all(np.array_equal(grown[name], now[name]) for name in names):
        raise ScenarioError(Message("ladder.not_earlier" if kind == "earlier" else "ladder.not_longer"))
    return _with_shifts(scenario, lines, grown)


def _without_holidays(lines: list[dict[str, Any]], names: Sequence[str], every: Sequence[str]) -> list[Any]:
    """The lines without those of public holidays for some queues: then the weekday's hold on them."""
    kept = []
    for line in lines:
        mine = every if "all" in line["queues"] else line["queues"]
        others = [name for name in mine if name not in names]
        if line["days"] != "public holidays" or len(others) == len(mine):
            kept.append(line)
        elif others:
            kept.append({**line, "queues": others})
    return kept


def _earlier(week: np.ndarray) -> np.ndarray:
    made = week.copy()
    for day in range(DAYS):
        opens = np.flatnonzero(week[day])
        # A day that begins open is reached from the day before: nothing opens earlier on it.
        if len(opens) and opens[0]:
            made[day, max(0, opens[0] - TWO_HOURS) : opens[0]] = True
    return made


def _later(week: np.ndarray) -> np.ndarray:
    flat = week.reshape(-1).copy()
    for day in range(DAYS):
        is_open = np.flatnonzero(week[day])
        if not len(is_open) or week.all():
            continue
        end = day * QUARTERS + int(is_open[-1]) + 1
        if end % QUARTERS or not week.reshape(-1)[end % len(flat)]:
            flat[np.arange(end, end + TWO_HOURS) % len(flat)] = True
    return flat.reshape(DAYS, QUARTERS)


def _weekdays(week: np.ndarray) -> np.ndarray:
    made = week.copy()
    made[list(_WEEKDAYS)] = True
    return made


def _always(week: np.ndarray) -> np.ndarray:
    return np.ones_like(week)


GROWN: Mapping[str, Any] = {
    "earlier": _earlier,
    "later": _later,
    "weekdays": _weekdays,
    "always": _always,
}
"""What each step makes of the week of a queue."""
