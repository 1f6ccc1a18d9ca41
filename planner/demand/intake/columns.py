"""A whole column of stamps: its one form is settled from evidence, then read in batches."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

import numpy as np

from planner._errors import HistoryError
from planner.demand.intake.fixed_width import read_fixed
from planner.demand.intake.gate import refuse
from planner.demand.intake.stamps import MINUTES_A_DAY, ORDERS, Order, first_is_day, read_stamp, shown, tidied

SAMPLE = 200
MOST_OFFSETS = 2
"""Offsets of one zone: in winter and in summer."""
_NEARLY_ALL = 0.9
_INTERVAL = re.compile(r"(.*[0-9][T ]([0-9]{1,2}):([0-9]{2}))-([0-9]{2}):([0-9]{2})")
_MOST_REMEMBERED = 200_000
# One whole number a stamp: day, then 12 bits of offset, then 17 bits of seconds after midnight.
_SECOND_BITS, _DAY_BITS = 17, 29
_NAIVE, _DATED_ONLY, _OFFSET_ZERO = 0, 1, 1000


class Evidence(NamedTuple):
    """A stamp cell and where it stands."""

    record: int
    line: int
    text: str


class Form(NamedTuple):
    """The form of a column.

    witness: the cell that settled day and month; None if nothing had to be settled. stated: the user said
    which comes first.
    """

    order: Order
    witness: Evidence | None = None
    stated: bool = False


class Readings(NamedTuple):
    """Stamps of a batch, one entry a cell.

    day: ordinal of the date, -1 where the cell is no stamp of the column's form. second: after midnight.
    offset: minutes east of UTC. naive: no offset is written. dated_only: no time of day is written.
    """

    day: np.ndarray
    second: np.ndarray
    offset: np.ndarray
    naive: np.ndarray
    dated_only: np.ndarray


class _Intervals:
    """Tells intervals such as 09:00-09:30 from times with an offset: their ends go with their starts."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._looked = 0
        self._lengths: set[int] = set()
        self._ends: Counter[str] = Counter()
        self._first: tuple[Evidence, str] | None = None

    def look(self, cell: Evidence) -> None:
        """Take a cell into account."""
        self._looked += 1
        found = _INTERVAL.fullmatch(tidied(cell.text))
        if found is not None:
            start, end = (60 * int(found[at]) + int(found[at + 1]) for at in (2, 4))
            self._lengths.add((end - start) % MINUTES_A_DAY)
            self._ends[found[4] + found[5]] += 1
            self._first = self._first or (cell, found[1])

    def check(self) -> None:
        """Refuse intervals: hours of one length with more ends than a zone has offsets.

        Raises
        ------
        HistoryError: nearly all cells are intervals; the first is named.
        """
        many = self._ends.total() >= _NEARLY_ALL * self._looked and len(self._ends) > MOST_OFFSETS
        if self._first is not None and many and len(self._lengths) == 1:
            cell, start = self._first
            where = {"record": cell.record, "line": cell.line, "stamp": shown(cell.text)}
            raise refuse("interval_cells", self._name, start=start, **where)


class Settler:
    """Looks at cells until the form of their column is settled.

    Parameters
    ----------
    name: of the file, for errors.
    day_first: what the user says, None if nothing.
    """

    def __init__(self, name: str, day_first: bool | None = None) -> None:
        self._name = name
        self._day_first = day_first
        self._looked = 0
        self._readable: Counter[Order] = Counter()
        self._intervals = _Intervals(name)
        self._sample: Evidence | None = None
        self._telling = False
        self._day_at: Evidence | None = None
        self._month_at: Evidence | None = None

    def look(self, cell: Evidence) -> bool:
        """Take a cell into account; True once no more are needed."""
        if not cell.text.strip():
            return False
        self._looked += 1
        if self._looked <= SAMPLE:
            self._intervals.look(cell)
            self._readable.update(order for order in ORDERS if read_stamp(cell.text, order) is not None)
        day_comes_first = first_is_day(cell.text)
        if day_comes_first is True:
            self._day_at = self._day_at or cell
        elif day_comes_first is False:
            self._month_at = self._month_at or cell
        # 01/01 is the same day either way: a cell that shows the doubt is worth more.
        if self._sample is None or not self._telling:
            one, other = (read_stamp(cell.text, order) for order in ("day first", "month first"))
            telling = one is not None and other is not None and one.day != other.day
            if telling or (self._sample is None and (one or other)):
                self._sample, self._telling = cell, telling
        settled = self._day_at or self._month_at or self._day_first is not None
        return self._looked >= SAMPLE and bool(settled or self._best() not in ("day first", "month first"))

    def settle(self) -> Form:
        """The form of the column.

        Raises
        ------
        HistoryError: no cell is a stamp; day and month unclear (both readings shown) or contradictory (both
            records named); intervals that look like offsets.
        """
        self._intervals.check()
        if not self._readable:
            raise refuse("no_stamps", self._name, cells=self._looked)
        best = self._best()
        if best not in ("day first", "month first") or self._sample is None:
            return Form(best)
        against = self._month_at if self._day_first else self._day_at
        if self._day_first is not None:
            settled = Form("day first" if self._day_first else "month first", None, True)
            if against is not None:
                raise denied(settled, against, self._name)
            return settled
        if self._day_at and self._month_at:
            raise contradictory(self._day_at, self._month_at, self._name)
        if self._day_at is None and self._month_at is None:
            raise _unclear(self._sample, self._name)
        return Form("day first", self._day_at) if self._day_at else Form("month first", self._month_at)

    def _best(self) -> Order:
        return max(ORDERS, key=lambda order: (self._readable[order], -ORDERS.index(order)))


def order_of(cells: Iterable[Evidence], name: str, day_first: bool | None = None) -> Form:
    """Settle the form of a column from its cells, of which no more are read than needed."""
    settler = Settler(name, day_first)
    for cell in cells:
        if settler.look(cell):
            break
    return settler.settle()


def denied(settled: Form, against: Evidence, name: str) -> HistoryError:
    """The user said which comes first, and a cell says the other."""
    where = {"record": against.record, "line": against.line, "stamp": shown(against.text)}
    return refuse("order_denied", name, said=settled.order, **where)


def contradictory(day_at: Evidence, month_at: Evidence, name: str) -> HistoryError:
    """One cell needs the day first and another the month."""
    return refuse(
        "order_contradictory",
        name,
        first=shown(day_at.text),
        first_record=day_at.record,
        second=shown(month_at.text),
        second_record=month_at.record,
    )


def _unclear(sample: Evidence, name: str) -> HistoryError:
    one, other = read_stamp(sample.text, "day first"), read_stamp(sample.text, "month first")
    return refuse(
        "order_unclear",
        name,
        stamp=shown(sample.text),
        record=sample.record,
        day_first=date.fromordinal(one.day).isoformat() if one else "-",
        month_first=date.fromordinal(other.day).isoformat() if other else "-",
    )


class StampColumn:
    """Reads batches of a column's cells; days and times of day that were met are remembered.

    A stamp is cut at its first T or blank. What stands before is a day, what stands after a clock, and the
    two are read together only when one of them is new: a million stamps of three months are a hundred days.
    """

    def __init__(self, form: Form) -> None:
        self.form = form
        self._mark = ""
        self._days: dict[str, int] = {}
        self._clocks: dict[str, int] = {}
        self._whole: dict[str, int] = {}

    def read(self, cells: Sequence[str]) -> Readings:
        """Read a batch; equal to ``read_stamp`` of each cell."""
        fixed = read_fixed(cells) if self.form.order == "year first" else None
        if fixed is not None:
            day, second, utc = fixed
            nothing, no = np.zeros(len(day), dtype=np.int64), np.zeros(len(day), dtype=bool)
            return Readings(day, second, nothing, no if utc else ~no, no)
        packed = np.array(self._packed(cells), dtype=np.int64)
        bad = packed < 0
        kind = (packed >> _SECOND_BITS) & 0xFFF
        naive = kind < 2
        return Readings(
            day=np.where(bad, -1, packed >> _DAY_BITS),
            second=np.where(bad, 0, packed & ((1 << _SECOND_BITS) - 1)),
            offset=np.where(naive | bad, 0, kind - _OFFSET_ZERO),
            naive=naive & ~bad,
            dated_only=(kind == _DATED_ONLY) & ~bad,
        )

    def contradiction(self, cells: Sequence[str], day: np.ndarray) -> int | None:
        """Index of the first unreadable cell that would be a stamp if day and month changed places."""
        if self.form.order not in ("day first", "month first"):
            return None
        other = self.form.order == "month first"
        return next((at for at in np.nonzero(day < 0)[0].tolist() if first_is_day(cells[at]) is other), None)

    def _packed(self, cells: Sequence[str]) -> list[int]:
        if not self._mark:
            self._mark = "T" if any("T" in cell[10:11] for cell in cells[:SAMPLE]) else " "
        mark, days, clocks = self._mark, self._days, self._clocks
        packed = []
        for cell in cells:
            day, _, clock = cell.partition(mark)
            try:
                packed.append(days[day] + clocks[clock])
            except KeyError:
                packed.append(self._slowly(cell, day, clock))
        return packed

    def _slowly(self, cell: str, day: str, clock: str) -> int:
        known = self._whole.get(cell)
        if known is not None:
            return known
        stamp = read_stamp(cell, self.form.order)
        if stamp is None:
            return self._remember(self._whole, cell, -1)
        if stamp.offset is None:
            kind = _DATED_ONLY if stamp.dated_only else _NAIVE
        else:
            kind = _OFFSET_ZERO + stamp.offset
        high, low = stamp.day << _DAY_BITS, (kind << _SECOND_BITS) + stamp.second
        # Only a day alone may be remembered as a day: "2026-03-29 10:00" cut at T has its clock in front.
        if day not in self._days:
            alone = read_stamp(day.rstrip(","), self.form.order)
            if not clock or alone is None or not alone.dated_only or alone.day != stamp.day:
                return self._remember(self._whole, cell, high + low)
            self._remember(self._days, day, high)
        elif not clock:
            return self._remember(self._whole, cell, high + low)
        self._remember(self._clocks, clock, low)
        return high + low

    @staticmethod
    def _remember(memory: dict[str, int], key: str, value: int) -> int:
        if len(memory) >= _MOST_REMEMBERED:
            memory.clear()
        memory[key] = value
        return value
