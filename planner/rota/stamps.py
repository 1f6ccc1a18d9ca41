"""Stamps of a rota file: ISO ones, and those that a spreadsheet writes in a country's way."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Literal, NamedTuple

from planner.clock import local_text, resolve, zone_named

Order = Literal["day first", "month first"]
ORDERS: tuple[Order, ...] = ("day first", "month first")

STAMPED = ("start_utc", "end_utc", "start_local", "end_local", "break_starts_utc")
_SHEET = re.compile(
    r"(?P<first>\d{1,2})(?P<by>[/.])(?P<second>\d{1,2})(?P=by)(?P<year>\d{4}|\d{2})"
    r"[ T]+(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<rest>\d{2}))?(?: ?(?P<half>[AaPp])\.?[Mm]\.?)?"
)
_MONTHS = 12


class StampError(Exception):
    """A stamp that cannot be read, or two that contradict each other: the code of a sentence, its values."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code, self.values = code, values


class Decided(NamedTuple):
    """In which order days and months stand in a file.

    Attributes
    ----------
    order: of all its stamps.
    clash: number and text of a stamp that can only be read day first, and of one only month first; None if
        none do.
    """

    order: Order
    clash: tuple[tuple[int, str], tuple[int, str]] | None = None


def order_of(rows: Iterable[Mapping[str, str]], period: tuple[date, date] | None = None) -> Decided:
    """Whether the day or the month comes first; the day, unless a stamp can only be read the other way.

    Where all stamps can be read both ways, the month comes first if more of them then lie in the period.

    Parameters
    ----------
    period: its first and last day; None: not known.

    Examples
    --------
    >>> order_of([{"start_local": "3/4/2026 22:00"}, {"start_local": "3/28/2026 22:00"}]).order
    'month first'
    >>> order_of([{"start_local": "28/3/2026 22:00"}, {"start_local": "3/28/2026 22:00"}]).clash
    ((1, '28/3/2026 22:00'), (2, '3/28/2026 22:00'))
    """
    only_day: tuple[int, str] | None = None
    only_month: tuple[int, str] | None = None
    inside: Counter[Order] = Counter()
    for number, row in enumerate(rows, start=1):
        for column in STAMPED:
            found = _SHEET.fullmatch(row.get(column, "").strip())
            if found is None:
                continue
            first, second = int(found["first"]), int(found["second"])
            # With dots the day always comes first.
            if first > _MONTHS or found["by"] == ".":
                only_day = only_day or (number, found[0])
            elif second > _MONTHS:
                only_month = only_month or (number, found[0])
            elif period is not None:
                inside.update(order for order in ORDERS if _lies_in(period, found, order))
    clash = (only_day, only_month) if only_day and only_month else None
    likelier = not only_month and inside["month first"] > inside["day first"]
    return Decided("month first" if (only_month or likelier) and not only_day else "day first", clash)


def _lies_in(period: tuple[date, date], found: re.Match[str], order: Order) -> bool:
    """Whether a stamp is of a day of the period; one that cannot be read is not."""
    try:
        return period[0] <= _day(found, order) <= period[1]
    except ValueError:
        return False


def instant_of(row: Mapping[str, str], side: str, zone: str, order: Order) -> datetime:
    """Start or end of a row, UTC; both clocks must agree where both are given.

    A local stamp without an offset agrees with every instant at which the person's clock shows it, so that
    the hour that comes twice in autumn is told by the UTC column.

    Parameters
    ----------
    side: "start" or "end". zone: clock of the person.

    Raises
    ------
    StampError: if there is none, one cannot be read, or the two differ.
    """
    cells = {clock: row.get(f"{side}_{clock}", "").strip() for clock in ("utc", "local")}
    if not any(cells.values()):
        raise StampError("no_stamp", column=f"{side}_local")
    if not cells["utc"]:
        return stamp_of(cells["local"], f"{side}_local", zone, order)
    found = stamp_of(cells["utc"], f"{side}_utc", zone, order)
    if cells["local"]:
        shown = _wall(cells["local"], f"{side}_local", order)
        here = found.astimezone(zone_named(zone)).replace(tzinfo=None)
        # Python calls no time of an hour that comes twice equal to one of another zone, so instants are UTC.
        same = shown == found if shown.tzinfo is not None else shown == here
        if not same:
            given, said = cells["local"], local_text(found, zone)
            raise StampError("clocks_differ", side=side, given=given, said=said)
    return found


def stamp_of(text: str, column: str, zone: str, order: Order) -> datetime:
    """One stamp in UTC; without an offset, UTC columns are UTC and local ones on the person's clock.

    Raises
    ------
    StampError: if it cannot be read.
    """
    stamp = _wall(text, column, order)
    if stamp.tzinfo is not None:
        return stamp.astimezone(UTC)
    if column.endswith("_utc"):
        return stamp.replace(tzinfo=UTC)
    minutes = stamp.hour * 60 + stamp.minute
    return resolve(stamp.date(), minutes, zone).at + timedelta(seconds=stamp.second)


def _wall(text: str, column: str, order: Order) -> datetime:
    """A stamp as it stands there, with its offset if it has one."""
    try:
        sheet = _SHEET.fullmatch(text)
        stamp = datetime.fromisoformat(text) if sheet is None else _from_sheet(sheet, order)
    except ValueError:
        raise StampError("bad_stamp", column=column, text=text) from None
    # Instants at the very ends of the calendar have no place on other clocks.
    if len(text) <= len("2026-03-30") or not 1990 <= stamp.year <= 2200:
        raise StampError("bad_stamp", column=column, text=text)
    return stamp


def _from_sheet(found: re.Match[str], order: Order) -> datetime:
    """A stamp such as 28/03/2026 22:00, 28.3.26 22:00:00 or 3/28/2026 10:00 PM."""
    hour = int(found["hour"])
    if found["half"]:
        if not 1 <= hour <= 12:
            raise ValueError(hour)
        hour = hour % 12 + (12 if found["half"] in "pP" else 0)
    wall = f"{_day(found, order)}T{hour:02d}:{found['minute']}:{found['rest'] or '00'}"
    return datetime.fromisoformat(wall)


def _day(found: re.Match[str], order: Order) -> date:
    """The day of a stamp as a spreadsheet writes it."""
    day, month = int(found["first"]), int(found["second"])
    if order == "month first":
        day, month = month, day
    return date(int(found["year"]) + (2000 if len(found["year"]) == 2 else 0), month, day)
