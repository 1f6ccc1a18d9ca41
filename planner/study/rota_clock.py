"""A rota on a clock: the team's, each person's own, or UTC; and the days on which clocks change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Literal

from planner.clock import day_bounds, local_at, minutes_between, quarter_of, zone_named

if TYPE_CHECKING:
    import pandas as pd

Clock = Literal["team", "site", "utc"]
CLOCKS: tuple[Clock, ...] = ("team", "site", "utc")


def zone_on(clock: str, own: str, team: str) -> str:
    """The zone that a shift is shown in.

    Parameters
    ----------
    own: zone of its person. team: the scenario's.

    Examples
    --------
    >>> [zone_on(clock, "Europe/Rome", "Europe/Lisbon") for clock in CLOCKS]
    ['Europe/Lisbon', 'Europe/Rome', 'UTC']
    """
    return {"site": own, "utc": "UTC"}.get(clock, team)


def on_clock(rota: pd.DataFrame, clock: str, team: str) -> pd.DataFrame:
    """Rows of ``rota.csv`` with day, start and end on a clock; a night belongs to the day it starts there.

    Parameters
    ----------
    rota: columns of ``rota.csv``. clock: "team", "site" or "utc". team: the scenario's zone.
    """
    zones = [zone_on(clock, str(own), team) for own in rota["zone"]]
    starts, ends = (
        [
            datetime.fromisoformat(str(at)).astimezone(zone_named(zone))
            for at, zone in zip(rota[column], zones, strict=True)
        ]
        for column in ("start_local", "end_local")
    )
    return rota.assign(
        zone=zones,
        day=[at.date().isoformat() for at in starts],
        start_local=[at.isoformat(timespec="seconds") for at in starts],
        end_local=[at.isoformat(timespec="seconds") for at in ends],
    )


@dataclass(frozen=True)
class ClockChange:
    """A local day that is not 24 hours long.

    Attributes
    ----------
    hours: its length. zone: where. since, to: wall time at which clocks change, and what they show then.
    """

    hours: float
    zone: str
    since: str
    to: str

    @property
    def sign(self) -> str:
        """The change as it is written beside a day.

        Examples
        --------
        >>> changes_on(date(2026, 3, 29), ["Europe/Rome"])[0].sign
        '02:00→03:00'
        """
        return f"{self.since}→{self.to}"


def changes_on(day: date, zones: Sequence[str]) -> tuple[ClockChange, ...]:
    """Clock changes of a day, one a zone in which it has one.

    Examples
    --------
    >>> [(each.hours, each.sign) for each in changes_on(date(2026, 10, 25), ["Europe/Lisbon", "UTC"])]
    [(25.0, '02:00→01:00')]
    """
    found = []
    for zone in dict.fromkeys(zones):
        begins, ends = day_bounds(day, zone)
        hours = minutes_between(begins, ends) / 60
        if hours != 24:
            found.append(ClockChange(hours, zone, *_walls(begins, ends, zone)))
    return tuple(found)


def _walls(begins: datetime, ends: datetime, zone: str) -> tuple[str, str]:
    """What clocks would show at the change, and what they do show."""
    first = local_at(quarter_of(begins), zone)
    for quarter in range(quarter_of(begins) + 1, quarter_of(ends)):
        now = local_at(quarter, zone)
        if now.utcoffset() != first.utcoffset():
            shown = local_at(quarter - 1, zone).replace(tzinfo=None) + timedelta(minutes=15)
            return f"{shown:%H:%M}", f"{now:%H:%M}"
    return f"{first:%H:%M}", f"{first:%H:%M}"


def weeks(first_day: date, days: int) -> tuple[date, ...]:
    """First days of the weeks of a period, counted from its first day.

    Examples
    --------
    >>> [day.isoformat() for day in weeks(date(2026, 3, 30), 10)]
    ['2026-03-30', '2026-04-06']
    """
    return tuple(first_day + timedelta(days=number) for number in range(0, days, 7))


def of_week(rows: pd.DataFrame, first: date, days: int, period_start: date, period_days: int) -> pd.DataFrame:
    """Rows whose shown day lies in a span of days; what lies outside the period is at its ends.

    A shift that starts on the period's first day of its person may start the day before on another clock.

    Parameters
    ----------
    first, days: of the span. period_start, period_days: of the whole period.
    """
    last = first + timedelta(days=days - 1)
    ends = period_start + timedelta(days=period_days - 1)
    low = "" if first <= period_start else first.isoformat()
    high = "9999" if last >= ends else last.isoformat()
    return rows[(rows["day"] >= low) & (rows["day"] <= high)]
