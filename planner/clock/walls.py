"""One resolver for every boundary: from a local day and a wall time to an instant in UTC."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Literal

from planner._errors import InputError
from planner._messages import Message
from planner.clock.zones import zone_named

WallKind = Literal["normal", "ambiguous", "nonexistent"]

_WALL = re.compile(r"([01]?\d|2[0-4]):([0-5]\d)")


@dataclass(frozen=True, slots=True)
class Resolved:
    """An instant and how its wall time was read.

    Attributes
    ----------
    at: UTC.
    kind: "ambiguous": clocks went back, ``at`` is the first of two; "nonexistent": clocks went
        forward over it, ``at`` is the first instant after the gap.
    """

    at: datetime
    kind: WallKind


def resolve(day: date | str, wall: time | str | int, zone: str) -> Resolved:
    """The instant of a wall time on a local day.

    Later wall times never resolve to earlier instants, so duties that follow each other on the
    wall neither leave a gap nor overlap.

    Parameters
    ----------
    day: local day, or its text ``YYYY-MM-DD``.
    wall: time of day, its text ``HH:MM`` (also ``24:00``), or minutes after midnight, which may
        run into following days.
    zone: IANA name.

    Raises
    ------
    InputError
        If day, wall or zone cannot be read.

    Examples
    --------
    >>> resolve("2026-03-29", "02:30", "Europe/Rome")
    Resolved(at=datetime.datetime(2026, 3, 29, 1, 0, tzinfo=datetime.timezone.utc), kind='nonexistent')
    >>> resolve("2026-10-25", "02:30", "Europe/Rome").kind
    'ambiguous'
    """
    return _resolve(_day(day).toordinal(), wall_minutes(wall), zone)


def to_utc(day: date | str, wall: time | str | int, zone: str) -> datetime:
    """The instant of a wall time on a local day, in UTC; see ``resolve``.

    Examples
    --------
    >>> to_utc("2026-03-28", "22:00", "Europe/Rome").isoformat()
    '2026-03-28T21:00:00+00:00'
    """
    return resolve(day, wall, zone).at


def day_bounds(day: date | str, zone: str) -> tuple[datetime, datetime]:
    """Start of a local day and of the next, in UTC; 23 to 25 hours apart.

    Examples
    --------
    >>> [at.isoformat() for at in day_bounds("2026-03-29", "Atlantic/Azores")]
    ['2026-03-29T01:00:00+00:00', '2026-03-30T00:00:00+00:00']
    """
    return resolve(day, 0, zone).at, resolve(day, 1440, zone).at


def _day(day: date | str) -> date:
    """The day that is meant."""
    if isinstance(day, date):
        return day
    try:
        return date.fromisoformat(day)
    except ValueError:
        raise InputError(Message("clock.bad_day", {"text": day})) from None


def wall_minutes(wall: time | str | int) -> int:
    """Minutes on the wall clock since midnight; see ``resolve`` for what is taken."""
    if isinstance(wall, time):
        return wall.hour * 60 + wall.minute
    if isinstance(wall, str):
        match = _WALL.fullmatch(wall.strip())
        minutes = int(match[1]) * 60 + int(match[2]) if match else 1441
        if minutes > 1440:
            raise InputError(Message("clock.bad_wall", {"text": wall}))
        return minutes
    return int(wall)


@lru_cache(maxsize=1 << 16)
def _resolve(ordinal: int, minutes: int, zone: str) -> Resolved:
    """Resolve a day number and minutes on the wall since its midnight."""
    days, rest = divmod(minutes, 1440)
    midnight = datetime.combine(date.fromordinal(ordinal + days), time(), zone_named(zone))
    # Adding to an aware datetime moves its wall clock; offsets are looked up afterwards.
    wall = midnight + timedelta(minutes=rest)
    first, second = wall.replace(fold=0), wall.replace(fold=1)
    before, after = first.astimezone(UTC), second.astimezone(UTC)
    if before == after:
        return Resolved(before, "normal")
    if before < after:
        return Resolved(before, "ambiguous")
    return Resolved(_change_between(after, before, zone), "nonexistent")


def _change_between(low: datetime, high: datetime, zone: str) -> datetime:
    """The first instant in (low, high] with the offset of ``high``, to the second."""
    local = zone_named(zone)
    target = high.astimezone(local).utcoffset()
    seconds = int((high - low).total_seconds())
    below, reached = 0, seconds
    while reached - below > 1:
        middle = (below + reached) // 2
        if (low + timedelta(seconds=middle)).astimezone(local).utcoffset() == target:
            reached = middle
        else:
            below = middle
    return low + timedelta(seconds=reached)
