"""One row at a time: stamp, zone, queue and count, and the reason if a row is left out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from planner._errors import HistoryError
from planner._messages import Message, Place
from planner.clock import local_at, quarter_of, resolve
from planner.demand.entries import Entry
from planner.demand.labels import QueueFinder, looks_like_a_label, looks_like_a_queue
from planner.demand.profiles import Layout
from planner.demand.sources import HistorySource
from planner.demand.stamps import Order, Stamp, read_stamp, shown
from planner.demand.tally import Tally

SHOWN_ERRORS = 20
SHOWN_LABELS = 12
HANDLE_SECONDS = (5.0, 4 * 3600.0)
MOST_PER_ROW = 1_000_000
# Rows left out on purpose or for lack of a queue are no sign of a broken file.
NOT_BAD = frozenset({
    *("duplicate", "filtered", "no_queue", "outside_dates", "several_queues"),
    *("automated", "deleted", "inbound", "merged", "not_new", "outbound", "spam"),
})  # fmt: skip

_EPOCH_DAY = date(1970, 1, 1).toordinal()
_OLDEST_DAY = date(1990, 1, 1).toordinal()
_QUARTERS_A_DAY = 96


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
    nonexistent: int = 0
    midnight: int = 0
    odd_handle_times: int = 0
    unknown_labels: Counter[str] = field(default_factory=Counter)
    minutes: set[int] = field(default_factory=set)
    counted: bool = False

    @property
    def bad(self) -> int:
        """Rows that should have been readable and were not."""
        return sum(number for reason, number in self.left_out.items() if reason not in NOT_BAD)


class RowReader:
    """Takes the rows of one source and adds what it can use to a tally."""

    def __init__(
        self, source: HistorySource, layout: Layout, order: Order, finder: QueueFinder, tally: Tally
    ) -> None:
        self._source = source
        self._name = source.file.name
        self._layout = layout
        self._order = order
        self._finder = finder
        self._tally = tally
        self._system = f"{source.profile}:{sorted((source.mapping or {}).items(), key=lambda pair: pair[0])}"
        # A day of grace: a help desk's clock or zone may run ahead of ours.
        self._latest = quarter_of(source.as_of or datetime.now(UTC)) + _QUARTERS_A_DAY
        self._walls: dict[int, tuple[int, str]] = {}
        self._days: dict[int, int] = {}
        self.counts = SourceCounts(counted=layout.counted)

    def take(self, entry: Entry) -> None:
        """Use one row, or note why it is left out."""
        counts = self.counts
        counts.rows += 1
        reason = entry.problem or entry.dropped or self._take(entry)
        if not reason:
            counts.kept += 1
            return
        counts.left_out[reason] += 1
        if reason not in NOT_BAD and len(counts.errors) < SHOWN_ERRORS:
            values = {"record": entry.record, "line": entry.line, "stamp": shown(entry.stamp)}
            counts.errors.append(Message(f"demand.row_{reason}", values, Place(file=self._name)))

    def close(self) -> SourceCounts:
        """All that was met; stamps without a clock, or of two kinds, end here.

        Raises
        ------
        HistoryError: naive and offset stamps mixed (both counts named), or naive ones and no zone.
        """
        counts = self.counts
        place = Place(file=self._name)
        if counts.naive and counts.with_offset:
            values = {"naive": counts.naive, "with_offset": counts.with_offset}
            raise HistoryError(Message("demand.mixed_stamps", values, place))
        if counts.naive and self._source.zone is None:
            column = self._layout.columns["stamp"][0]
            raise HistoryError(Message("demand.zone_needed", {"column": column}, place))
        return counts

    def _take(self, entry: Entry) -> str:
        stamp = read_stamp(entry.stamp, self._order)
        if stamp is None:
            return "bad_stamp"
        if stamp.day < _OLDEST_DAY:
            return "too_old"
        if stamp.offset is None:
            self.counts.naive += 1
            if self._source.zone is None:
                return "no_zone"
        else:
            self.counts.with_offset += 1
        quarter, kind = self._quarter(stamp)
        if quarter > self._latest:
            return "future"
        if self._outside(stamp, quarter):
            return "outside_dates"
        queue = self._finder.find(entry.queue, entry.language, entry.channel)
        if isinstance(queue, str):
            self._note_label(entry)
            return queue
        reason = self._add(entry, quarter, queue)
        if not reason:
            self.counts.ambiguous += kind == "ambiguous"
            self.counts.nonexistent += kind == "nonexistent"
            self.counts.midnight += stamp.minute == 0 and stamp.exact
            self.counts.minutes.add(quarter % 4)
        return reason

    def _add(self, entry: Entry, quarter: int, queue: int) -> str:
        handle = self._handle(entry.aht)
        if entry.contacts is not None:
            number = _whole(entry.contacts)
            if number is None:
                return "bad_count"
            label = "\0".join(
                text or "" for text in (entry.queue, entry.language, entry.channel, entry.number)
            )
            return self._tally.add_counted(f"{self._system}\0{label}", quarter, queue, number, handle)
        if entry.number is not None and entry.number.strip():
            self._tally.add_ticket(self._system, entry.number.strip(), quarter, queue, handle)
        else:
            self._tally.add(quarter, queue, 1, handle)
        return ""

    def _quarter(self, stamp: Stamp) -> tuple[int, str]:
        """Absolute quarter and kind of the wall time; zones change their offset at whole quarters only."""
        if stamp.offset is not None:
            return ((stamp.day - _EPOCH_DAY) * 1440 + stamp.minute - stamp.offset) // 15, "normal"
        wall = stamp.day * _QUARTERS_A_DAY + stamp.minute // 15
        known = self._walls.get(wall)
        if known is None:
            day = date.fromordinal(stamp.day)
            resolved = resolve(day, stamp.minute // 15 * 15, self._source.zone or "UTC")
            known = self._walls[wall] = (quarter_of(resolved.at), resolved.kind)
        return known

    def _outside(self, stamp: Stamp, quarter: int) -> bool:
        source = self._source
        if source.since is None and source.until is None:
            return False
        day = stamp.day
        if stamp.offset is not None:
            if quarter not in self._days:
                self._days[quarter] = local_at(quarter, source.zone or "UTC").toordinal()
            day = self._days[quarter]
        since = source.since.toordinal() if source.since else day
        until = source.until.toordinal() if source.until else day
        return not since <= day <= until

    def _handle(self, text: str | None) -> float | None:
        if text is None or not text.strip():
            return None
        try:
            seconds = float(text.strip().replace(",", "."))
        except ValueError:
            seconds = -1.0
        if not HANDLE_SECONDS[0] <= seconds <= HANDLE_SECONDS[1]:
            self.counts.odd_handle_times += 1
            return None
        return seconds

    def _note_label(self, entry: Entry) -> None:
        unknown = self.counts.unknown_labels
        for text in (entry.language, entry.channel):
            if text and looks_like_a_label(text) and (text in unknown or len(unknown) < SHOWN_LABELS):
                unknown[text.strip()] += 1
        name = (entry.queue or "").strip()
        if looks_like_a_queue(name) and (name in unknown or len(unknown) < SHOWN_LABELS):
            unknown[name] += 1


def _whole(text: str) -> int | None:
    """Contacts of a row: a whole number from 0 on, also written 3.0."""
    try:
        number = float(text)
    except ValueError:
        return None
    if not 0 <= number <= MOST_PER_ROW or number != int(number):
        return None
    return int(number)
