"""What is noted while the rows of a source are read: numbers, reasons, the first bad rows."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

import numpy as np

from planner._messages import Message, Place
from planner.demand.intake.columns import Readings
from planner.demand.intake.entries import Batch
from planner.demand.intake.labels import looks_like_a_label, looks_like_a_queue
from planner.demand.intake.records import Problem
from planner.demand.intake.stamps import shown
from planner.demand.intake.zoned import Instants

SHOWN_ERRORS = 20
SHOWN_LABELS = 12
# Rows that should have been readable; the others are left out on purpose or for lack of a queue.
BAD = (
    "bad_count",
    "bad_json",
    "bad_quotes",
    "bad_stamp",
    "contradicts",
    "future",
    "no_zone",
    "ragged",
    "too_old",
)
# Totals and notes that programs write below the last row are no broken rows, if they are few.
MOST_BELOW = 6
MOST_CELLS_BELOW = 2
_TOTAL = re.compile(
    r"\s*(grand |sub)?(total|gesamt|summe|somme|suma|razem|totaal|confidential|copyright)", re.IGNORECASE
)


@dataclass
class SourceCounts:
    """What was met while one source was read."""

    rows: int = 0
    kept: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    errors: list[Message] = field(default_factory=list)
    naive: int = 0
    with_offset: int = 0
    ambiguous: int = 0
    second_turn: int = 0
    nonexistent: int = 0
    midnight: int = 0
    dated_only: int = 0
    odd_handle_times: int = 0
    unknown_labels: Counter[str] = field(default_factory=Counter)
    minutes: set[int] = field(default_factory=set)
    counted: bool = False

    @property
    def bad(self) -> int:
        """Rows that should have been readable and were not."""
        return sum(self.left_out[reason] for reason in BAD)


class Notes:
    """Counts of one source; ``close`` gives them.

    Parameters
    ----------
    name: of the file.
    counted: a row may stand for several contacts.
    """

    def __init__(self, name: str, counted: bool) -> None:
        self._name = name
        self._below: list[tuple[int, str]] = []
        self._errors: list[tuple[int, Message]] = []
        self.counts = SourceCounts(counted=counted)

    def close(self) -> SourceCounts:
        """All that was met."""
        self._pass_over_below()
        self.counts.errors = [message for _, message in self._errors]
        return self.counts

    def kept(self, rows: np.ndarray, readings: Readings, instants: Instants) -> None:
        """Rows that were added."""
        counts = self.counts
        counts.kept += len(rows)
        counts.ambiguous += int((instants.kind[rows] == 1).sum())
        counts.second_turn += int((instants.kind[rows] == 3).sum())
        counts.nonexistent += int((instants.kind[rows] == 2).sum())
        counts.midnight += int((readings.second[rows] == 0).sum())
        counts.dated_only += int(readings.dated_only[rows].sum())
        counts.minutes.update((instants.quarter[rows] % 4).tolist())

    def left_out(self, batch: Batch, reasons: dict[int, str]) -> None:
        """Count the reasons; the first bad rows are told one by one."""
        if not reasons:
            self._below.clear()
            return
        stamps = batch.cells["stamp"]
        good_until = -1
        for at in sorted(reasons):
            reason = reasons[at]
            self.counts.left_out[reason] += 1
            if at != good_until + 1:
                self._below.clear()
            good_until = at
            problem = batch.problems.get(at)
            told = reason in BAD and len(self._errors) < SHOWN_ERRORS
            if told:
                values = {"record": batch.record + at, "line": batch.lines[at], "stamp": shown(stamps[at])}
                if problem is not None:
                    values |= {"cells": problem.cells, "header": problem.header}
                message = Message(f"demand.row_{reason}", values, Place(file=self._name))
                self._errors.append((batch.record + at, message))
            if _may_be_below(reason, stamps[at], problem):
                self._below.append((batch.record + at, reason))
            else:
                self._below.clear()
        if good_until != len(batch.lines) - 1:
            self._below.clear()

    def _pass_over_below(self) -> None:
        """Totals and notes below the last row are left out without being called broken."""
        if len(self._below) > MOST_BELOW:
            return
        for _, reason in self._below:
            self.counts.left_out[reason] -= 1
            self.counts.left_out["below"] += 1
        records = {record for record, _ in self._below}
        self._errors = [error for error in self._errors if error[0] not in records]
        self.counts.left_out = +self.counts.left_out

    def label(self, queue: str | None, language: str | None, channel: str | None) -> None:
        """A row belongs to no queue: its words may be shown if they are a language's or a channel's."""
        unknown = self.counts.unknown_labels
        for text in (language, channel):
            if text and looks_like_a_label(text) and (text in unknown or len(unknown) < SHOWN_LABELS):
                unknown[text.strip()] += 1
        name = (queue or "").strip()
        if looks_like_a_queue(name) and (name in unknown or len(unknown) < SHOWN_LABELS):
            unknown[name] += 1


def _may_be_below(reason: str, stamp: str, problem: Problem | None) -> bool:
    if reason == "ragged":
        return problem is not None and problem.filled <= MOST_CELLS_BELOW
    return reason == "bad_stamp" and (not stamp.strip() or _TOTAL.match(stamp) is not None)
