"""Batches of rows: stamps, zone, queue and count, and the reason of each row that is left out."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import numpy as np

from planner._errors import HistoryError
from planner._messages import Message, Place
from planner.clock import quarter_of
from planner.demand.intake.columns import Evidence, Readings, StampColumn, contradictory, denied
from planner.demand.intake.entries import Batch
from planner.demand.intake.forms import Forms
from planner.demand.intake.labels import QueueFinder
from planner.demand.intake.noting import Notes, SourceCounts
from planner.demand.intake.sources import HistorySource
from planner.demand.intake.tagged import TagCells
from planner.demand.intake.tally import Tally
from planner.demand.intake.zoned import QUARTERS_A_DAY, Clock, Instants, Turns
from planner.demand.profiles import Layout
from planner.demand.tickets import NOT_SAID

HANDLE_SECONDS = (5.0, 4 * 3600.0)
MOST_PER_ROW = 1_000_000
_NUMBER = re.compile(r"([0-9]+)(?:[.,]0{1,2}|[.,]0{4,}|\.0e0)|[0-9]{1,3}(?:[.,' \u00a0\u202f][0-9]{3})+")
_NO_QUEUE = {"no_queue": -1, "several_queues": -2}
_QUEUE_REASONS = {number: reason for reason, number in _NO_QUEUE.items()}
_OLDEST_DAY = date(1990, 1, 1).toordinal()


class _Answers(dict[tuple[str | None, str | None, str | None], int]):
    """Queues by what a row says, found once each."""

    def __init__(self, finder: QueueFinder) -> None:
        super().__init__()
        self._finder = finder

    def __missing__(self, key: tuple[str | None, str | None, str | None]) -> int:
        found = self._finder.find(*key)
        answer = _NO_QUEUE[found] if isinstance(found, str) else found
        if len(self) < 200_000:
            self[key] = answer
        return answer


class SourceReader:
    """Takes the rows of one source and adds what it can use to a tally."""

    def __init__(
        self, source: HistorySource, layout: Layout, forms: Forms, finder: QueueFinder, tally: Tally
    ) -> None:
        self._source = source
        self._name = source.file.name
        self._layout = layout
        self._forms = forms
        self._tally = tally
        self._answers = _Answers(finder)
        self._clock = Clock(source.zone)
        self._turns = Turns()
        self._tags = TagCells(layout.columns.get("labels", ("",))[0], tally)
        self._label = f"{source.profile}:{sorted((source.mapping or {}).items(), key=lambda pair: pair[0])}"
        self._system = tally.system(self._label)
        # A day of grace: a help desk's clock or zone may run ahead of ours.
        self._latest = quarter_of(source.as_of or datetime.now(UTC)) + QUARTERS_A_DAY
        self._notes = Notes(self._name, layout.counted)
        self.counts = self._notes.counts

    def take(self, batch: Batch) -> None:
        """Use the rows of a batch, or note why they are left out."""
        size = len(batch.lines)
        self.counts.rows += size
        reasons: dict[int, str] = {at: problem.code for at, problem in batch.problems.items()}
        for at, because in batch.dropped.items():
            reasons.setdefault(at, because)
        use = np.ones(size, dtype=bool)
        use[list(reasons)] = False
        readings = self._forms.stamp.read(batch.cells["stamp"])
        self._refuse_swapped(batch, np.where(use, readings.day, 0))
        instants = self._dated(readings, use, reasons)
        queues = self._queued(batch, use, reasons)
        rows = np.nonzero(use)[0]
        if self._layout.counted:
            rows = self._add_counts(batch, rows, instants, queues, readings, reasons)
        else:
            self._add_tickets(batch, rows, instants, queues, readings)
        self._notes.kept(rows, readings, instants)
        self._notes.left_out(batch, reasons)

    def close(self) -> SourceCounts:
        """All that was met; stamps without a clock, or of two kinds, end here.

        Raises
        ------
        HistoryError: naive and offset stamps mixed (both counts named), naive ones and no zone, decimal signs
            mixed.
        """
        counts = self.counts
        place = Place(file=self._name)
        if counts.naive and counts.with_offset:
            values = {"naive": counts.naive, "with_offset": counts.with_offset}
            raise HistoryError(Message("demand.mixed_stamps", values, place))
        if counts.naive and self._source.zone is None:
            column = self._layout.columns["stamp"][0]
            raise HistoryError(Message("demand.zone_needed", {"column": column}, place))
        for durations in (self._forms.aht, self._forms.reply):
            if durations is not None and not isinstance(durations, StampColumn):
                durations.check(self._name)
        return self._notes.close()

    def _refuse_swapped(self, batch: Batch, day: np.ndarray) -> None:
        """Day and month contradict each other: the whole column is in doubt, so nothing is imported."""
        cells = batch.cells["stamp"]
        at = self._forms.stamp.contradiction(cells, day)
        if at is None:
            return
        against = Evidence(batch.record + at, batch.lines[at], cells[at])
        form = self._forms.form
        if form.witness is None:
            raise denied(form, against, self._name)
        pair = (form.witness, against) if form.order == "day first" else (against, form.witness)
        raise contradictory(*pair, self._name)

    def _dated(self, readings: Readings, use: np.ndarray, reasons: dict[int, str]) -> Instants:
        """Instants of the rows; those without a usable one are no longer used."""
        counts = self.counts
        _leave(use & (readings.day < 0), "bad_stamp", use, reasons)
        _leave(use & (readings.day < _OLDEST_DAY), "too_old", use, reasons)
        naive = int((use & readings.naive).sum())
        counts.naive += naive
        counts.with_offset += int(use.sum()) - naive
        if self._source.zone is None:
            _leave(use & readings.naive, "no_zone", use, reasons)
        instants = self._clock.instants(readings._replace(naive=readings.naive & use))
        _leave(use & (instants.quarter > self._latest), "future", use, reasons)
        _leave(use & self._outside(readings, instants, use), "outside_dates", use, reasons)
        return instants

    def _outside(self, readings: Readings, instants: Instants, use: np.ndarray) -> np.ndarray:
        source = self._source
        if source.since is None and source.until is None:
            return np.zeros(len(use), dtype=bool)
        day = readings.day.copy()
        written = np.nonzero(use & ~readings.naive)[0]
        day[written] = self._clock.local_days(instants.quarter[written])
        low = source.since.toordinal() if source.since else 0
        high = source.until.toordinal() if source.until else date.max.toordinal()
        return (day < low) | (day > high)

    def _queued(self, batch: Batch, use: np.ndarray, reasons: dict[int, str]) -> np.ndarray:
        rows = np.nonzero(use)[0].tolist()
        columns = [
            [cells[at] for at in rows] if (cells := batch.cells.get(key)) is not None else [None] * len(rows)
            for key in ("queue", "language", "channel")
        ]
        keys = list(zip(*columns, strict=True))
        found = list(map(self._answers.__getitem__, keys))
        queues = np.full(len(use), -1, dtype=np.int64)
        queues[rows] = found
        if found and min(found) < 0:
            for at, key, queue in zip(rows, keys, found, strict=True):
                if queue < 0:
                    reasons[at] = _QUEUE_REASONS[queue]
                    self._notes.label(*key)
            use &= queues >= 0
        return queues

    def _add_tickets(
        self, batch: Batch, rows: np.ndarray, instants: Instants, queues: np.ndarray, readings: Readings
    ) -> None:
        tally = self._tally
        quarters = instants.quarter[rows]
        reply, tally.has_replies = self._replies(batch, rows, instants, readings)
        solved = np.full(len(rows), NOT_SAID, dtype=np.int64)
        if self._forms.solved is not None:
            tally.has_solved = True
            later = self._clock.instants(self._forms.solved.read(_picked(batch, "solved", rows))).quarter
            solved = np.where(later >= quarters, later, -1)
        labels = self._tags.read(_picked(batch, "labels", rows), len(rows))
        numbers = _picked(batch, "id", rows) if "id" in batch.cells else None
        columns = (quarters, queues[rows], self._handle(batch, rows), solved, reply, labels)
        tally.add_tickets(self._system, numbers, columns)

    def _replies(
        self, batch: Batch, rows: np.ndarray, instants: Instants, readings: Readings
    ) -> tuple[np.ndarray, bool]:
        """Seconds from creation to first reply, NaN where there is none."""
        column = self._forms.reply
        if column is None or "first_reply" not in batch.cells:
            return np.full(len(rows), np.nan), self._tally.has_replies
        cells = _picked(batch, "first_reply", rows)
        if isinstance(column, StampColumn):
            written = column.read(cells)
            replied = self._clock.instants(written).quarter
            created = instants.quarter[rows] * 900 + readings.second[rows] % 900
            seconds = np.where(replied < 0, np.nan, replied * 900 + written.second % 900 - created)
        else:
            seconds = column.read(cells, batch.record)
        return np.where(seconds >= 0, seconds, np.nan), True

    def _handle(self, batch: Batch, rows: np.ndarray) -> np.ndarray:
        if self._forms.aht is None or "aht" not in batch.cells:
            return np.full(len(rows), np.nan)
        cells = batch.cells["aht"]
        seconds = self._forms.aht.read(cells, batch.record)[rows]
        usable = (seconds >= HANDLE_SECONDS[0]) & (seconds <= HANDLE_SECONDS[1])
        # Nobody talked to a caller who hung up: 0 is no odd time, but none.
        self.counts.odd_handle_times += int((~usable & ~np.isnan(seconds) & (seconds != 0)).sum())
        return np.where(usable, seconds, np.nan)

    def _add_counts(
        self,
        batch: Batch,
        rows: np.ndarray,
        instants: Instants,
        queues: np.ndarray,
        readings: Readings,
        reasons: dict[int, str],
    ) -> np.ndarray:
        kept = []
        walls = readings.day * 86_400 + readings.second
        handles = self._handle(batch, rows).tolist()
        named = [batch.cells[key] for key in ("queue", "language", "channel", "id") if key in batch.cells]
        for at, handle in zip(rows.tolist(), handles, strict=True):
            number = _whole(batch.cells["count"][at])
            if number is None:
                reasons[at] = "bad_count"
                continue
            label = "\0".join((self._label, *(cells[at] for cells in named)))
            known = None if handle != handle else handle
            if self._turns.is_second(label, int(walls[at]), bool(instants.kind[at] == 1)):
                instants.quarter[at] = self._clock.second_turn(int(instants.quarter[at]))
                instants.kind[at] = 3
            start = 900 * int(instants.quarter[at]) + int(readings.second[at]) % 900
            reason = self._tally.add_counted(label, start, int(queues[at]), number, known)
            if reason:
                reasons[at] = reason
            else:
                kept.append(at)
        return np.array(kept, dtype=np.int64)


def _leave(which: np.ndarray, reason: str, use: np.ndarray, reasons: dict[int, str]) -> None:
    if which.any():
        for at in np.nonzero(which)[0].tolist():
            reasons[at] = reason
        use &= ~which


def _picked(batch: Batch, key: str, rows: np.ndarray) -> list[str]:
    cells = batch.cells.get(key)
    if cells is None:
        return []
    return cells if len(rows) == len(cells) else [cells[at] for at in rows.tolist()]


def _whole(text: str) -> int | None:
    """Contacts of a row: a whole number from 0 on, also written 3.0 or 3,0; three digits behind a sign are
    thousands, 1.200 as 1,200.

    Examples
    --------
    >>> [_whole(text) for text in ("12", "3,0", "1.200", "2.5", "x")]
    [12, 3, 1200, None, None]
    """
    text = text.strip()
    match = None if text.isdigit() else _NUMBER.fullmatch(text)
    if match is not None:
        text = match[1] or re.sub(r"\D", "", match[0])
    elif not (text.isdigit() and text.isascii()):
        return None
    number = int(text) if len(text) < 10 else MOST_PER_ROW + 1
    return number if number <= MOST_PER_ROW else None
