"""What of a span of time lies on Sundays and on public holidays of a clock."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import lru_cache

from planner.clock import PublicHolidays, day_bounds, minutes_between, zone_named


def minutes_by_day(start: datetime, end: datetime, zone: str) -> Iterator[tuple[date, float]]:
    """Local days that a span touches, and its elapsed minutes on each.

    Parameters
    ----------
    start, end: instants; the end is no part of the span. zone: whose days.

    Examples
    --------
    >>> from datetime import UTC
    >>> night = datetime(2026, 3, 28, 21, tzinfo=UTC), datetime(2026, 3, 29, 4, tzinfo=UTC)
    >>> [(str(day), minutes) for day, minutes in minutes_by_day(*night, "Europe/Rome")]  # one hour is missing
    [('2026-03-28', 120.0), ('2026-03-29', 300.0)]
    """
    day = start.astimezone(zone_named(zone)).date()
    while (bounds := day_bounds(day, zone))[0] < end:
        yield day, minutes_between(max(start, bounds[0]), min(end, bounds[1]))
        day += timedelta(days=1)


def sunday_minutes(start: datetime, end: datetime, zone: str) -> int:
    """Elapsed minutes of a span that lie on Sundays of a zone."""
    return round(sum(minutes for day, minutes in minutes_by_day(start, end, zone) if day.weekday() == 6))


@lru_cache(maxsize=1 << 16)
def holiday_minutes(start: datetime, end: datetime, zone: str, holidays: PublicHolidays) -> int:
    """Elapsed minutes of a span that lie on public holidays of a zone."""
    found = minutes_by_day(start, end, zone)
    return round(sum(minutes for day, minutes in found if holidays.name_of(day) is not None))


def holiday_names(start: datetime, end: datetime, zone: str, holidays: PublicHolidays) -> str:
    """Names of the public holidays that a span touches, in order, with semicolons between."""
    names = (holidays.name_of(day) for day, _ in minutes_by_day(start, end, zone))
    return "; ".join(name for name in names if name)
