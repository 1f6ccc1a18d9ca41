"""The grid of absolute quarter-hours, local days and ISO weeks.

A quarter-hour is the common divisor of all offsets in use (Nepal +5:45, Chatham +12:45), so
every local midnight and quarter lies on the grid.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from planner.clock.walls import day_bounds, resolve
from planner.clock.zones import zone_named

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_QUARTER = timedelta(minutes=15)


def quarter_of(at: datetime) -> int:
    """Absolute quarter-hour that contains an aware instant.

    Examples
    --------
    >>> quarter_of(datetime(1970, 1, 2, 0, 14, 59, tzinfo=UTC))
    96
    """
    return int((at - _EPOCH) // _QUARTER)


def quarter_at(quarter: int) -> datetime:
    """Start of an absolute quarter-hour, in UTC.

    Examples
    --------
    >>> quarter_at(96).isoformat()
    '1970-01-02T00:00:00+00:00'
    """
    return _EPOCH + _QUARTER * int(quarter)


def local_at(quarter: int, zone: str) -> datetime:
    """Start of an absolute quarter-hour on the clock of a zone.

    Examples
    --------
    >>> local_at(96, "Asia/Kathmandu").isoformat()
    '1970-01-02T05:30:00+05:30'
    """
    return quarter_at(quarter).astimezone(zone_named(zone))


def utc_text(at: datetime) -> str:
    """An aware instant as files write it, in UTC and whole seconds.

    Examples
    --------
    >>> utc_text(quarter_at(96))
    '1970-01-02T00:00:00Z'
    """
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def local_text(at: datetime, zone: str) -> str:
    """An aware instant on the clock of a zone, with its offset, whole seconds.

    Examples
    --------
    >>> local_text(quarter_at(96), "Europe/Rome")
    '1970-01-02T01:00:00+01:00'
    """
    return at.astimezone(zone_named(zone)).isoformat(timespec="seconds")


def minutes_between(start: datetime, end: datetime) -> float:
    """Elapsed minutes from one aware instant to another, whatever the wall clocks say.

    Python subtracts two stamps of one zone on the wall; rest and work are measured in UTC.

    Examples
    --------
    >>> rome = zone_named("Europe/Rome")
    >>> minutes_between(datetime(2026, 3, 28, 20, 30, tzinfo=rome), datetime(2026, 3, 29, 7, 30, tzinfo=rome))
    600.0
    """
    return (end.astimezone(UTC) - start.astimezone(UTC)).total_seconds() / 60


def day_starts(first_day: date | str, days: int, zone: str) -> tuple[int, ...]:
    """Absolute quarter-hours of local midnights, ``days`` + 1 entries.

    Where midnight does not exist, the day starts at the first instant after the gap.

    Examples
    --------
    >>> starts = day_starts("2026-03-28", 3, "Europe/Rome")
    >>> [b - a for a, b in zip(starts, starts[1:])]
    [96, 92, 96]
    """
    return tuple(quarter_of(resolve(first_day, 1440 * day, zone).at) for day in range(days + 1))


def iso_week(at: datetime, zone: str) -> tuple[int, int, int]:
    """ISO year, ISO week and weekday (1 = Monday) of an aware instant on the clock of a zone.

    Examples
    --------
    >>> iso_week(datetime(2026, 1, 4, 23, 30, tzinfo=UTC), "Europe/Rome")
    (2026, 2, 1)
    """
    year, week, weekday = at.astimezone(zone_named(zone)).isocalendar()
    return year, week, weekday


def week_hours(year: int, week: int, zone: str) -> float:
    """Elapsed hours of an ISO week in a zone; 168 without a clock change.

    Examples
    --------
    >>> week_hours(2026, 13, "Europe/Rome")
    167.0
    """
    start, _ = day_bounds(date.fromisocalendar(year, week, 1), zone)
    _, end = day_bounds(date.fromisocalendar(year, week, 7), zone)
    return minutes_between(start, end) / 60
