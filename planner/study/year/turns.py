"""When clocks change, how far two zones are apart on each day, and which shifts last longer or shorter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from planner.clock import day_bounds, local_at, minutes_between, quarter_of, shift_lengths, to_utc

if TYPE_CHECKING:
    from planner.rota import ShiftType

NOON, DAY = 720, 1440


@dataclass(frozen=True, order=True)
class ClockChange:
    """Clocks of a zone change on a local day.

    Attributes
    ----------
    minutes: that the day is longer (clocks go back) or shorter (below 0: they go forward).
    """

    day: date
    zone: str
    minutes: int


@dataclass(frozen=True, order=True)
class Apart:
    """How far one zone's clock is ahead of another's from one day to another, both included, at noon UTC."""

    first: date
    last: date
    minutes: int


@dataclass(frozen=True)
class OddShift:
    """A shift on a change of clocks: minutes on the wall and in fact."""

    day: date
    zone: str
    shift: str
    start_minute: int
    wall_minutes: int
    minutes: int


def days_from(first: date, last: date) -> Iterator[date]:
    """Every day of a span, both ends included.

    Examples
    --------
    >>> len(list(days_from(date(2027, 1, 1), date(2027, 12, 31))))
    365
    """
    day = first
    while day <= last:
        yield day
        day += timedelta(days=1)


def clock_changes(zones: Iterable[str], first: date, last: date) -> tuple[ClockChange, ...]:
    """All changes of clocks in a span, by day.

    Examples
    --------
    >>> [(each.day.isoformat(), each.minutes) for each in
    ...  clock_changes(["Europe/Rome"], date(2027, 1, 1), date(2027, 12, 31))]
    [('2027-03-28', -60), ('2027-10-31', 60)]
    """
    found = []
    for zone in sorted(set(zones)):
        for day in days_from(first, last):
            begins, ends = day_bounds(day, zone)
            longer = round(minutes_between(begins, ends)) - DAY
            if longer:
                found.append(ClockChange(day, zone, longer))
    return tuple(sorted(found))


def apart(zone: str, other: str, first: date, last: date) -> tuple[Apart, ...]:
    """How far a zone's clock is ahead of another's, in runs of days with the same difference.

    Examples
    --------
    >>> [(each.first.isoformat(), each.minutes // 60) for each in
    ...  apart("Europe/Paris", "America/New_York", date(2027, 1, 1), date(2027, 12, 31))]
    [('2027-01-01', 6), ('2027-03-14', 5), ('2027-03-28', 6), ('2027-10-31', 5), ('2027-11-07', 6)]
    """
    days = list(days_from(first, last))
    ahead = [_offset(zone, day) - _offset(other, day) for day in days]
    cuts = [0, *(n for n in range(1, len(days)) if ahead[n] != ahead[n - 1]), len(days)]
    return tuple(Apart(days[begin], days[end - 1], ahead[begin]) for begin, end in pairwise(cuts))


def _offset(zone: str, day: date) -> int:
    """Minutes that a zone's clock is ahead of UTC at noon UTC of a day."""
    offset = local_at(quarter_of(to_utc(day, NOON, "UTC")), zone).utcoffset()
    assert offset is not None
    return round(offset.total_seconds() / 60)


def odd_shifts(
    shift_types: Sequence[ShiftType], zones: Iterable[str], first: date, last: date
) -> tuple[OddShift, ...]:
    """Shifts of a span that clocks make longer or shorter than the wall says.

    A shift belongs to the local day on which it starts, so that nights before a change count, too.

    Examples
    --------
    >>> from planner.rota import ShiftType
    >>> night = ShiftType("night", (1320,), 480)
    >>> [(each.day.isoformat(), each.minutes) for each in
    ...  odd_shifts([night], ["Europe/Rome"], date(2027, 1, 1), date(2027, 12, 31))]
    [('2027-03-27', 420), ('2027-10-30', 540)]
    """
    found = []
    for change in clock_changes(zones, first, last + timedelta(days=1)):
        for day in (change.day - timedelta(days=1), change.day):
            for kind in shift_types if first <= day <= last else ():
                for start in kind.starts if (change.zone, day) not in kind.not_on else ():
                    told = shift_lengths(day, start, (start + kind.present_minutes) % DAY, change.zone)
                    if told.elapsed_minutes != told.nominal_minutes:
                        lengths = (told.nominal_minutes, told.elapsed_minutes)
                        found.append(OddShift(day, change.zone, kind.name, start, *lengths))
    return tuple(found)
