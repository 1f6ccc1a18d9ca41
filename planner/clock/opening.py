"""When customers may reach a queue."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from planner._errors import InputError
from planner._messages import Message
from planner.clock.grid import local_at, quarter_of
from planner.clock.public_holidays import PublicHolidays
from planner.clock.walls import resolve
from planner.clock.zones import zone_named

if TYPE_CHECKING:
    import numpy as np

_LOOK_AHEAD_DAYS = 400


@dataclass(frozen=True, slots=True)
class OpeningLine:
    """Hours that repeat on some weekdays, on public holidays, or both.

    Attributes
    ----------
    weekdays: 0 is Monday.
    public_holidays: the line holds on public holidays.
    open_minute, close_minute: minutes after local midnight, quarter-hours, 0 to 1440; a close at
        or before the opening is next day's, so (0, 1440) and (540, 540) are 24 hours.
    closed: no opening at all on these days, whatever other lines say.
    on: first and last of single days on which the line holds instead of all others that name no day.

    Raises
    ------
    InputError
        If the hours are not on quarter-hours of one day.
    """

    weekdays: frozenset[int]
    public_holidays: bool
    open_minute: int
    close_minute: int
    closed: bool = False
    on: tuple[tuple[date, date], ...] = ()

    def __post_init__(self) -> None:
        hours = (self.open_minute, self.close_minute)
        if any(minute % 15 or not 0 <= minute <= 1440 for minute in hours):
            words = [f"{minute // 60:02d}:{minute % 60:02d}" for minute in hours]
            raise InputError(Message("clock.opening_not_quarter", {"open": words[0], "close": words[1]}))


@dataclass(frozen=True)
class OpeningHours:
    """Opening hours of a queue, on the customers' clock.

    On a day that any line names by its date, exactly those lines hold. Else on a public holiday, if any
    line names public holidays, exactly those do; otherwise the lines of the weekday do. A line belongs
    to the day it opens on: hours past midnight run on, also into a day that is closed.

    Attributes
    ----------
    zone: IANA name of the customers' clock.
    lines: hours; where several hold on a day, the queue is open during each of them.
    holidays: public holidays of the customers.

    Examples
    --------
    >>> office = OpeningHours("Europe/Lisbon", (OpeningLine(frozenset(range(5)), False, 540, 1080),))
    >>> monday = quarter_of(resolve("2026-03-30", 0, "Europe/Lisbon").at)
    >>> int(office.mask(monday, 96).sum()), office.is_open(monday), office.next_open(monday) - monday
    (36, False, 36)
    """

    zone: str
    lines: tuple[OpeningLine, ...]
    holidays: PublicHolidays = field(default_factory=lambda: PublicHolidays(""))

    def __post_init__(self) -> None:
        zone_named(self.zone)
        object.__setattr__(self, "lines", tuple(self.lines))

    def mask(self, first_quarter: int, quarters: int) -> np.ndarray:
        """Whether each of ``quarters`` absolute quarter-hours from the first is open."""
        import numpy as np  # only those who ask for masks wait for it

        is_open = np.zeros(quarters, dtype=bool)
        if quarters <= 0:
            return is_open
        # Hours of the day before may run past midnight.
        day = local_at(first_quarter, self.zone).date() - timedelta(days=1)
        last_day = local_at(first_quarter + quarters - 1, self.zone).date()
        while day <= last_day:
            for opens, closes in _spans(self, day):
                is_open[max(0, opens - first_quarter) : max(0, closes - first_quarter)] = True
            day += timedelta(days=1)
        return is_open

    def is_open(self, quarter: int) -> bool:
        """Whether an absolute quarter-hour is open."""
        return bool(self.mask(quarter, 1)[0])

    def next_open(self, quarter: int) -> int | None:
        """First open quarter-hour at or after this one; None if there is none within 400 days."""
        today = local_at(quarter, self.zone).date()
        for ahead in range(-1, _LOOK_AHEAD_DAYS):
            spans = _spans(self, today + timedelta(days=ahead))
            later = [max(opens, quarter) for opens, closes in spans if max(opens, quarter) < closes]
            if later:
                return min(later)
        return None


@lru_cache(maxsize=1 << 14)
def _spans(hours: OpeningHours, day: date) -> tuple[tuple[int, int], ...]:
    """Quarter-hours at which the lines of a local day open and close."""
    return tuple(
        (
            quarter_of(resolve(day, line.open_minute, hours.zone).at),
            quarter_of(resolve(day, close, hours.zone).at),
        )
        for line in _lines_on(hours, day)
        for close in (line.close_minute + (1440 if line.close_minute <= line.open_minute else 0),)
    )


def _lines_on(hours: OpeningHours, day: date) -> tuple[OpeningLine, ...]:
    """The lines that hold on a local day; none if one of them says closed."""
    lines = tuple(line for line in hours.lines if any(first <= day <= last for first, last in line.on))
    if not lines and hours.holidays.name_of(day) is not None:
        lines = tuple(line for line in hours.lines if line.public_holidays)
    lines = lines or tuple(line for line in hours.lines if day.weekday() in line.weekdays)
    return () if any(line.closed for line in lines) else lines
