"""Kinds of paid time at a site: by day or night, on Sundays, on public holidays; they do not overlap."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple

from planner.clock import PublicHolidays, day_bounds, minutes_between, resolve, zone_named

MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class SitePay:
    """Premiums of a site.

    Attributes
    ----------
    zone: clock of nights, Sundays and public holidays.
    night: local window, minutes after midnight.
    night_premium, holiday_premium, sunday_premium: share on top of base pay; None: not known, so not in the
        cost.
    premiums: whether premiums for the same time "add up", or only the "highest" is paid.
    holidays: public holidays of the site.
    """

    zone: str
    night: tuple[int, int] = (1320, 360)
    night_premium: float | None = None
    holiday_premium: float | None = None
    holidays: PublicHolidays = field(default_factory=lambda: PublicHolidays(""))
    sunday_premium: float | None = 0.0
    premiums: Literal["add up", "highest"] = "add up"


class Stretch(NamedTuple):
    """Elapsed time of one kind within one local day.

    Attributes
    ----------
    start, end: instants. day: on the clock of the site. minutes: elapsed.
    millionths: premium on top of base pay, as a whole number of millionths.
    """

    start: datetime
    end: datetime
    day: date
    night: bool
    sunday: bool
    holiday: bool
    minutes: int
    millionths: int


def millionths_of(share: float) -> int:
    """A share as a whole number of millionths, so that money is computed in whole numbers only."""
    return round(share * MILLION)


@lru_cache(maxsize=1 << 16)
def stretches(start: datetime, end: datetime, site: SitePay) -> tuple[Stretch, ...]:
    """A span of time cut where its kind changes: at midnight, and where the night begins and ends.

    Parameters
    ----------
    start, end: aware instants.
    site: its clock, night and public holidays.

    Examples
    --------
    >>> from datetime import UTC
    >>> rome = SitePay("Europe/Rome", night_premium=0.25)
    >>> shift = datetime(2026, 3, 28, 20, tzinfo=UTC), datetime(2026, 3, 29, 5, tzinfo=UTC)
    >>> [(each.minutes, each.night, each.sunday) for each in stretches(*shift, rome)]
    [(60, False, False), (120, True, False), (300, True, True), (60, False, True)]
    """
    zone = zone_named(site.zone)
    nights = _nights(start, end, site)
    edges = {start, end}
    day, last = start.astimezone(zone).date(), end.astimezone(zone).date()
    while day <= last:
        edges.add(_midnight(day, site.zone))
        day += timedelta(days=1)
    edges.update(edge for night in nights for edge in night)
    cuts = sorted(edge for edge in edges if start <= edge <= end)
    found, before = [], 0
    for begins, ends in pairwise(cuts):
        until = round(minutes_between(start, ends))  # so that all minutes together are those of the span
        local = begins.astimezone(zone).date()
        night = any(opens <= begins < closes for opens, closes in nights)
        sunday, holiday = local.weekday() == 6, site.holidays.name_of(local) is not None
        share = _premium(site, night, sunday, holiday)
        found.append(Stretch(begins, ends, local, night, sunday, holiday, until - before, share))
        before = until
    return tuple(found)


def _nights(start: datetime, end: datetime, site: SitePay) -> list[tuple[datetime, datetime]]:
    """The nights that a span may touch."""
    zone = zone_named(site.zone)
    day, last = start.astimezone(zone).date() - timedelta(days=2), end.astimezone(zone).date()
    return [_night(day + timedelta(days=number), site) for number in range((last - day).days + 1)]


@lru_cache(maxsize=1 << 12)
def _night(day: date, site: SitePay) -> tuple[datetime, datetime]:
    """The night that begins on a local day."""
    opens, closes = site.night
    closes += 1440 if closes <= opens else 0
    return resolve(day, opens, site.zone).at, resolve(day, closes, site.zone).at


@lru_cache(maxsize=1 << 12)
def _midnight(day: date, zone: str) -> datetime:
    """Where a local day begins."""
    return day_bounds(day, zone)[0]


def _premium(site: SitePay, night: bool, sunday: bool, holiday: bool) -> int:
    """Millionths on top of base pay; what nobody stated is none."""
    known = (
        (night, site.night_premium),
        (sunday, site.sunday_premium),
        (holiday, site.holiday_premium),
    )
    due = [millionths_of(share) for applies, share in known if applies and share is not None]
    return max(due, default=0) if site.premiums == "highest" else sum(due)


@lru_cache(maxsize=1 << 16)
def paid_millionths(start: datetime, end: datetime, paid_minutes: int, site: SitePay) -> int:
    """Premium millionths times paid minutes of a span, its unpaid minutes taken from the cheapest time.

    Examples
    --------
    >>> from datetime import UTC
    >>> site = SitePay("UTC", night=(1320, 360), night_premium=0.5)
    >>> shift = datetime(2026, 3, 30, 20, tzinfo=UTC), datetime(2026, 3, 31, 4, tzinfo=UTC)
    >>> paid_millionths(*shift, 450, site) // 500_000  # half an hour is break, of the two hours before 22:00
    360
    """
    parts = sorted((each.millionths, each.minutes) for each in stretches(start, end, site))
    unpaid, weighted = sum(minutes for _, minutes in parts) - paid_minutes, 0
    for share, minutes in parts:
        off = min(unpaid, minutes)
        unpaid -= off
        weighted += share * (minutes - off)
    return weighted
