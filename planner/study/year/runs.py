"""Windows of the day that repeat from one date to another: many days become one line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

WEEK = 7
Windows = Mapping[date, Sequence[tuple[int, int]]]
"""By date: first and last minute of each window."""


@dataclass(frozen=True, order=True)
class Run:
    """The same window on the same weekdays, week after week.

    Attributes
    ----------
    first, last: dates, both included. start, end: minutes after midnight.
    weekdays: 0 is Monday. dates: on how many the window is there; days without any chance of it are skipped.
    """

    first: date
    last: date
    start: int
    end: int
    weekdays: tuple[int, ...]
    dates: int


def windows(hours: Sequence[bool], minutes: int = 15) -> tuple[tuple[int, int], ...]:
    """Where a day's row of slots is true, as minutes from its start.

    Examples
    --------
    >>> windows([False, True, True, False, True], 60)
    ((60, 180), (240, 300))
    """
    found: list[tuple[int, int]] = []
    for slot, there in enumerate(hours):
        if there and found and found[-1][1] == slot * minutes:
            found[-1] = (found[-1][0], (slot + 1) * minutes)
        elif there:
            found.append((slot * minutes, (slot + 1) * minutes))
    return tuple(found)


def runs_of(there: Windows, possible: Windows) -> tuple[Run, ...]:
    """Windows by date as few lines: each weekday on its own first, then weekdays that go together.

    Parameters
    ----------
    there: windows by date. possible: in which hours of each date one could be there at all (opening hours):
        a holiday on which all is closed does not part a run.

    Examples
    --------
    >>> june = [date(2027, 6, day) for day in range(1, 31)]
    >>> evening = {day: [(1320, 1380)] for day in june if day.day >= 7}
    >>> always = {day: [(0, 1440)] for day in june}
    >>> [(run.first.day, run.last.day, len(run.weekdays), run.dates) for run in runs_of(evening, always)]
    [(7, 30, 7, 24)]
    """
    if not possible:
        return ()
    span = min(possible), max(possible)
    alone: list[_Alone] = []
    for window in sorted({each for found in there.values() for each in found}):
        for weekday in range(WEEK):
            dates = [day for day in sorted(possible) if day.weekday() == weekday]
            alone += _of_weekday(window, dates, there, possible, span)
    return tuple(sorted(_together(alone)))


class _Alone(NamedTuple):
    """A run of one weekday; it may have begun as early as ``since`` and gone on as long as ``until``."""

    since: date
    until: date
    run: Run


def _of_weekday(
    window: tuple[int, int], dates: Sequence[date], there: Windows, possible: Windows, span: tuple[date, date]
) -> list[_Alone]:
    since, mine = span[0], list[date]()
    found: list[_Alone] = []

    def close(until: date) -> None:
        if mine:
            run = Run(mine[0], mine[-1], *window, (mine[0].weekday(),), len(mine))
            found.append(_Alone(since, until, run))
            mine.clear()

    for day in dates:
        if window in there.get(day, ()):
            mine.append(day)
        elif any(begin < window[1] and window[0] < end for begin, end in possible[day]):
            close(day - timedelta(days=1))
            since = day + timedelta(days=1)
    close(span[1])
    return found


def _together(alone: Sequence[_Alone]) -> list[Run]:
    """Runs of several weekdays that may begin on one day and end on one day are one run."""
    by_window: dict[tuple[int, int], list[_Alone]] = defaultdict(list)
    for each in sorted(alone):
        mine = by_window[each.run.start, each.run.end]
        for number, other in enumerate(mine):
            if _go_together(other, each) and not set(other.run.weekdays) & set(each.run.weekdays):
                mine[number] = _joined(other, each)
                break
        else:
            mine.append(each)
    return [each.run for runs in by_window.values() for each in runs]


def _go_together(one: _Alone, other: _Alone) -> bool:
    """Whether some first day and some last day fit both."""
    begins = max(one.since, other.since) <= min(one.run.first, other.run.first)
    return begins and max(one.run.last, other.run.last) <= min(one.until, other.until)


def _joined(one: _Alone, other: _Alone) -> _Alone:
    run = Run(
        min(one.run.first, other.run.first),
        max(one.run.last, other.run.last),
        one.run.start,
        one.run.end,
        tuple(sorted({*one.run.weekdays, *other.run.weekdays})),
        one.run.dates + other.run.dates,
    )
    return _Alone(max(one.since, other.since), min(one.until, other.until), run)
