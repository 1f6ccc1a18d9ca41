"""Hours of a week in words, in the language of the visit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from planner._messages import Message
from planner._values import clock_text
from planner.study.hours_matrix import Masks, masks_of, spans_of

if TYPE_CHECKING:
    from planner.study.scenario import Scenario


def day_names() -> list[str]:
    """Short names of the weekdays, Monday first.

    Examples
    --------
    >>> day_names()[0], day_names()[6]
    ('Mon', 'Sun')
    """
    return str(Message("ladder.days")).split()


def days_named(days: Iterable[int]) -> str:
    """Weekdays in words, runs of three and more as a range.

    Examples
    --------
    >>> days_named([0, 1, 2, 3, 4]), days_named([5, 6]), days_named(range(7))
    ('Mon–Fri', 'Sat, Sun', 'every day')
    """
    chosen, names = sorted(set(days)), day_names()
    if len(chosen) == len(names):
        return str(Message("ladder.every_day"))
    runs: list[list[int]] = []
    for day in chosen:
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    words: list[str] = []
    for run in runs:
        short = len(run) < 3
        words += [names[day] for day in run] if short else [f"{names[run[0]]}–{names[run[-1]]}"]
    return ", ".join(words)


def week_text(week: np.ndarray) -> str:
    """The hours of a week: days with the same hours together.

    Examples
    --------
    >>> week = np.zeros((7, 96), dtype=bool)
    >>> week_text(week)
    'closed'
    >>> week[0:5, 36:48] = week[0:5, 56:72] = week[5, 40:48] = True
    >>> week_text(week)
    'Mon–Fri 09:00–12:00 and 14:00–18:00; Sat 10:00–12:00'
    """
    by_day: dict[int, list[str]] = {}
    for (opens, closes), days in spans_of(week).items():
        for day in days:
            by_day.setdefault(day, []).append(f"{clock_text(opens)}–{clock_text(closes)}")
    alike: dict[tuple[str, ...], list[int]] = {}
    for day in sorted(by_day):
        alike.setdefault(tuple(sorted(by_day[day])), []).append(day)
    found = [
        str(Message("ladder.between", {"days": days_named(days), "hours": _joined(spans)}))
        for spans, days in alike.items()
    ]
    return "; ".join(found) or str(Message("ladder.never"))


def _joined(spans: Iterable[str]) -> str:
    first, *rest = spans
    for each in rest:
        first = str(Message("ladder.and", {"one": first, "other": each}))
    return first


def weeks_text(masks: Masks, every: Iterable[str], shut: bool = True) -> str:
    """The hours of several queues, those with the same hours together; unnamed where all are alike.

    Parameters
    ----------
    every: all queues of the desk. shut: say of queues without any hour that they are closed.
    """
    alike: dict[bytes, list[str]] = {}
    for name, week in masks.items():
        if shut or week.any():
            alike.setdefault(week.tobytes(), []).append(name)
    parts = []
    for names in alike.values():
        hours = week_text(masks[names[0]])
        named = {"queues": ", ".join(names), "hours": hours}
        parts.append(hours if set(names) == set(every) else str(Message("ladder.queues", named)))
    return " · ".join(parts)


def scenario_hours(scenario: Scenario) -> str:
    """When the queues of a scenario are open, public holidays included.

    Examples
    --------
    >>> from planner.study import Scenario
    >>> scenario_hours(Scenario.from_text("opening_hours: {days: all, open: 00:00, close: 24:00}"))
    'every day 00:00–24:00'
    """
    masks = masks_of(scenario)
    text = weeks_text(masks, masks)
    lines = [line for line in scenario.said.opening_hours if line.days.public_holidays]
    if not lines:
        return text
    code = "holidays_closed" if all(line.closed for line in lines) else "holidays_own"
    return f"{text} · {Message(f'ladder.{code}')}"


def change_text(before: Masks, after: Mapping[str, np.ndarray]) -> str:
    """What opens and what closes from one week to another; "" if nothing does.

    Examples
    --------
    >>> nothing = np.zeros((7, 96), dtype=bool)
    >>> change_text({"a": nothing}, {"a": ~nothing})
    'opens: every day 00:00–24:00'
    """
    parts = []
    names = [name for name in after if name in before]
    for code, new, old in (("opens", after, before), ("closes", before, after)):
        masks = {name: new[name] & ~old[name] for name in names}
        if any(week.any() for week in masks.values()):
            text = weeks_text(masks, names, shut=False)
            parts.append(str(Message(f"ladder.{code}", {"hours": text})))
    return "; ".join(parts)


def shifts_told(scenario: Scenario, changes: Mapping[str, Any]) -> list[str]:
    """Which shifts start otherwise, or on other days, than before; a sentence for each."""
    before = {line["name"]: line for line in scenario.plain.get("shifts", ())}
    lines = []
    for line in changes.get("shifts", ()):
        old = before.get(line["name"], {})
        if (line.get("start"), line.get("days")) != (old.get("start"), old.get("days")):
            said = {"shift": line["name"], "starts": line["start"], "before": old.get("start", "")}
            lines.append(str(Message("ladder.shift_starts", said)))
    return lines
