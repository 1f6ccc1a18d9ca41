"""How long a shift is: on the wall, in fact, paid, and at night."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from planner.clock.grid import minutes_between
from planner.clock.walls import Resolved, WallKind, resolve, wall_minutes
from planner.clock.zones import zone_named


@dataclass(frozen=True, slots=True)
class ShiftLengths:
    """The four lengths of a shift, and its instants.

    Attributes
    ----------
    nominal_minutes: on the wall clock.
    elapsed_minutes: from start to end in fact; differs where clocks change.
    paid_minutes: elapsed minus the unpaid break, never below 0.
    night_minutes: elapsed minutes inside the night window.
    start, end: UTC.
    start_kind, end_kind: how the two wall times were read.
    """

    nominal_minutes: int
    elapsed_minutes: int
    paid_minutes: int
    night_minutes: int
    start: datetime
    end: datetime
    start_kind: WallKind
    end_kind: WallKind


def shift_lengths(
    day: date | str,
    start: time | str | int,
    end: time | str | int,
    zone: str,
    unpaid_break_minutes: int = 0,
    night: tuple[int, int] = (1320, 360),
) -> ShiftLengths:
    """The four lengths of a shift that starts on a local day.

    Parameters
    ----------
    day, start, end, zone: as ``resolve`` takes them; an end at or before the start is next day's.
    unpaid_break_minutes: taken off the paid length.
    night: start and end of the night, minutes after local midnight.

    Raises
    ------
    InputError
        If day, wall or zone cannot be read.

    Examples
    --------
    >>> night = shift_lengths("2026-03-28", "22:00", "06:00", "Europe/Rome")
    >>> night.nominal_minutes, night.elapsed_minutes, night.night_minutes
    (480, 420, 420)
    """
    first, last = wall_minutes(start), wall_minutes(end)
    if last <= first:
        last += 1440
    begins: Resolved = resolve(day, first, zone)
    ends: Resolved = resolve(day, last, zone)
    elapsed = round(minutes_between(begins.at, ends.at))
    return ShiftLengths(
        nominal_minutes=last - first,
        elapsed_minutes=elapsed,
        paid_minutes=max(0, elapsed - unpaid_break_minutes),
        night_minutes=window_minutes(begins.at, ends.at, night, zone),
        start=begins.at,
        end=ends.at,
        start_kind=begins.kind,
        end_kind=ends.kind,
    )


def window_minutes(start: datetime, end: datetime, window: tuple[int, int], zone: str) -> int:
    """Elapsed minutes of a span inside a window that repeats every local day.

    Parameters
    ----------
    start, end: aware instants.
    window: first and last minute after local midnight; a last at or before the first is next
        day's, so (0, 1440) and (480, 480) are the whole day.
    zone: IANA name of the clock the window is written on.

    Examples
    --------
    >>> from planner.clock import to_utc
    >>> start, end = (to_utc("2026-10-24", hour, "Europe/Rome") for hour in ("20:00", "24:00"))
    >>> window_minutes(start, end, (1320, 420), "Europe/Rome")
    120
    """
    opens, closes = window
    if closes <= opens:
        closes += 1440
    local = zone_named(zone)
    # The window of the day before may still be open when the span starts.
    day = start.astimezone(local).date() - timedelta(days=1 + (closes > 1440))
    last_day = end.astimezone(local).date()
    minutes = 0.0
    while day <= last_day:
        inside_from = max(start, resolve(day, opens, zone).at)
        inside_until = min(end, resolve(day, closes, zone).at)
        if inside_from < inside_until:
            minutes += minutes_between(inside_from, inside_until)
        day += timedelta(days=1)
    return round(minutes)
