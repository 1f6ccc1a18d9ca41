"""When a shift is, in words on the person's clock, in the language spoken here."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from planner._messages import Message
from planner.clock import zone_named


def when_text(start: datetime, end: datetime, zone: str) -> str:
    """From when to when, with weekday, day and zone; with offsets where a clock change makes hours unclear.

    Parameters
    ----------
    start, end: instants. zone: the person's.

    Examples
    --------
    >>> from datetime import UTC
    >>> when_text(datetime(2026, 3, 30, 7, tzinfo=UTC), datetime(2026, 3, 30, 15, tzinfo=UTC), "Europe/Rome")
    'Monday 30 March 2026, 09:00–17:00 (Europe/Rome)'
    >>> when_text(datetime(2026, 3, 28, 21, tzinfo=UTC), datetime(2026, 3, 29, 4, tzinfo=UTC), "Europe/Rome")
    'Saturday 28 March 2026, 22:00 (UTC+01:00) – Sunday 29 March 2026, 06:00 (UTC+02:00) (Europe/Rome)'
    """
    begins, ends = start.astimezone(zone_named(zone)), end.astimezone(zone_named(zone))
    unclear = begins.utcoffset() != ends.utcoffset() or _twice(begins) or _twice(ends)
    midnight = ends.hour == ends.minute == 0 and ends.date() == begins.date() + timedelta(days=1)
    values: dict[str, object] = {"day": day_text(begins.date()), "zone": zone}
    values["from_time"] = _clock(begins, unclear)
    if begins.date() == ends.date():
        return str(Message("calendars.when", values | {"to_time": _clock(ends, unclear)}))
    if midnight and not unclear:
        return str(Message("calendars.when", values | {"to_time": "24:00"}))
    later = {"to_time": _clock(ends, unclear), "to_day": day_text(ends.date())}
    return str(Message("calendars.when_over", values | later))


def day_text(day: date) -> str:
    """A day with its weekday, written out.

    Examples
    --------
    >>> day_text(date(2026, 3, 29))
    'Sunday 29 March 2026'
    """
    values = {
        "weekday": str(Message("calendars.weekdays")).split()[day.weekday()],
        "day": day.day,
        "month": str(Message("calendars.months")).split()[day.month - 1],
        "year": day.year,
    }
    return str(Message("calendars.day", values))


def span_text(start: datetime, minutes: int, zone: str) -> str:
    """From when to when on the clock, without the day.

    Parameters
    ----------
    start: instant. minutes: how long it takes.

    Examples
    --------
    >>> from datetime import UTC
    >>> span_text(datetime(2026, 3, 30, 10, tzinfo=UTC), 30, "Europe/Rome")
    '12:00–12:30'
    """
    local = zone_named(zone)
    begins, ends = start.astimezone(local), (start + timedelta(minutes=minutes)).astimezone(local)
    unclear = begins.utcoffset() != ends.utcoffset() or _twice(begins) or _twice(ends)
    return f"{_clock(begins, unclear)}–{_clock(ends, unclear)}"


def clocks_change(start: datetime, end: datetime, zone: str) -> bool:
    """Whether the clock is put forward or back between two instants.

    Examples
    --------
    >>> from datetime import UTC
    >>> clocks_change(datetime(2026, 3, 28, 21, tzinfo=UTC), datetime(2026, 3, 29, 4, tzinfo=UTC), "Europe/Rome")
    True
    """  # noqa: E501
    local = zone_named(zone)
    return start.astimezone(local).utcoffset() != end.astimezone(local).utcoffset()


def _twice(local: datetime) -> bool:
    """Whether the clock shows this time twice on its day."""
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()


def _clock(local: datetime, with_offset: bool) -> str:
    return f"{local:%H:%M} (UTC{local.isoformat()[-6:]})" if with_offset else f"{local:%H:%M}"
