"""Hours of the week in words, read from whether a queue is open in each quarter-hour of a period."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from planner._messages import Message
from planner._values import clock_text
from planner.clock import local_at

if TYPE_CHECKING:
    import numpy as np

    from planner.study.stages.in_hours import Masks

Spans = tuple[tuple[int, int], ...]
"""Minutes after local midnight at which hours begin and end; 0 to 1440."""

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
DAYS_TOLD = 4


def spans_by_day(mask: np.ndarray, first_quarter: int, zone: str) -> dict[date, Spans]:
    """The hours of each local day of a period.

    Examples
    --------
    >>> import numpy as np
    >>> from planner.clock import quarter_of, to_utc
    >>> monday = quarter_of(to_utc("2026-03-30", "00:00", "Europe/Lisbon"))
    >>> two_hours = np.repeat([False, True, False], [28, 8, 60])
    >>> spans_by_day(two_hours, monday, "Europe/Lisbon")
    {datetime.date(2026, 3, 30): ((420, 540),)}
    """
    days: dict[date, list[tuple[int, int]]] = {}
    running = False
    for place, inside in enumerate(mask.tolist()):
        at = local_at(first_quarter + place, zone)
        day, minute = at.date(), 60 * at.hour + at.minute
        spans = days.setdefault(day, [])
        if inside:
            begins = spans[-1][0] if running and spans else minute
            if running and spans:
                spans.pop()
            # Where clocks go back within the hours, they end when the later of two same hours does.
            spans.append((begins, minute + 15))
        running = bool(inside)
    return {day: tuple(spans) for day, spans in days.items()}


def usual_week(by_day: Mapping[date, Spans]) -> tuple[Spans, ...]:
    """The hours that each weekday has most often; the longest of those that are as frequent."""
    week = []
    for weekday in range(7):
        seen = Counter(spans for day, spans in by_day.items() if day.weekday() == weekday)
        week.append(max(seen, key=lambda spans: (seen[spans], _minutes(spans)), default=()))
    return tuple(week)


def _minutes(spans: Spans) -> int:
    return sum(end - begin for begin, end in spans)


def hours_text(mask: np.ndarray, first_quarter: int, zone: str) -> str:
    """The hours of one queue in words: what the usual week has, then days that differ; "" without any.

    Examples
    --------
    >>> import numpy as np
    >>> from planner.clock import quarter_of, to_utc
    >>> monday = quarter_of(to_utc("2026-06-01", "00:00", "Europe/Lisbon"))
    >>> day = np.repeat([False, True, False], [28, 8, 60])
    >>> hours_text(np.concatenate([np.tile(day, 5), np.zeros(192, bool)]), monday, "Europe/Lisbon")
    'Mon–Fri 07:00–09:00'
    """
    by_day = spans_by_day(mask, first_quarter, zone)
    week = usual_week(by_day)
    parts = []
    for spans in dict.fromkeys(spans for spans in week if spans):
        days = [weekday for weekday in range(7) if week[weekday] == spans]
        values = {"days": _days_text(days), "hours": _spans_text(spans)}
        parts.append(str(Message("answers.on_days", values)))
    other = {day: spans for day, spans in by_day.items() if spans != week[day.weekday()]}
    more: dict[Spans, list[date]] = {}
    for day, spans in other.items():
        more.setdefault(spans, []).append(day)
    for spans, dates in more.items():
        values = {"days": _dates_text(dates), "hours": _spans_text(spans)}
        parts.append(str(Message("answers.but_on" if spans else "answers.not_on", values)))
    return "; ".join(parts)


def _days_text(days: list[int]) -> str:
    """Weekdays in words, runs of three and more as a range."""
    if len(days) == 7:
        return str(Message("answers.every_day"))
    runs: list[list[int]] = []
    for day in days:
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    words = []
    for run in runs:
        names = [WEEKDAYS[day] for day in run]
        words += [f"{names[0]}–{names[-1]}"] if len(run) > 2 else names
    return ", ".join(words)


def _spans_text(spans: Spans) -> str:
    return " and ".join(f"{clock_text(begin)}–{clock_text(min(end, 1440))}" for begin, end in spans)


def _dates_text(dates: list[date]) -> str:
    told = ", ".join(day.isoformat() for day in dates[:DAYS_TOLD])
    if len(dates) > DAYS_TOLD:
        return str(Message("answers.more_days", {"days": told, "more": len(dates) - DAYS_TOLD}))
    return told


def block_text(masks: Masks, first_quarter: int, zone: str) -> str:
    """The hours of all queues in words, queues with the same hours together; "" without any."""
    by_hours: dict[str, list[str]] = {}
    for name, mask in masks.items():
        text = hours_text(mask, first_quarter, zone)
        if text:
            by_hours.setdefault(text, []).append(name)
    if not by_hours:
        return ""
    blocks = (
        str(Message("answers.of_queues", {"queues": ", ".join(names), "hours": text}))
        for text, names in by_hours.items()
    )
    return f"{' | '.join(blocks)} ({zone})"
