"""Ticket history in: files become counts per interval and queue, with a report of what became of each row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from planner._errors import HistoryError, InputError
from planner._messages import Message, Place
from planner.clock import quarter_at, zone_named
from planner.demand.arrivals import History, ImportReport
from planner.demand.entries import Entry, entries, header_and_kind
from planner.demand.gate import Examined, examine, open_text, refuse
from planner.demand.labels import QueueFinder
from planner.demand.profiles import settle
from planner.demand.quality import check_quality
from planner.demand.reading import SHOWN_ERRORS, RowReader, SourceCounts
from planner.demand.sources import HistorySource
from planner.demand.stamps import Evidence, order_of
from planner.demand.suggesting import suggest
from planner.demand.tally import Count, Tally

if TYPE_CHECKING:
    import pandas as pd

    from planner.clock import PublicHolidays
    from planner.demand.queue import Queue

BAD_SHARE_WITH_REPORT = 0.01
BAD_SHARE_WHEN_ACCEPTED = 0.05
REFUSED_BELOW_DAYS = 14
MIDNIGHT_SHARE = 0.5
UNKNOWN_SHARE = 0.2
# Why a file of which nothing is kept was left out, by the most common reason.
_NOTHING_KEPT = {
    "several_queues": "which_queue",
    "outside_dates": "nothing_in_dates",
    "filtered": "nothing_in_filter",
}
HOURLY = frozenset({0})
HALF_HOURLY = frozenset({0, 2})


def read_history(
    sources: Sequence[HistorySource],
    queues: Sequence[Queue],
    interval_minutes: int = 30,
    holidays: PublicHolidays | None = None,
) -> History:
    """Read ticket files into arrivals per interval and queue; no ticket, no person is kept.

    Files are streamed: memory grows with intervals and queues, plus 22 bytes a ticket number. Counts by
    the hour make an hourly history, however short the planning interval is.

    Parameters
    ----------
    sources: files, of any profiles; a ticket number that comes twice counts once.
    queues: of the scenario; a row that fits none of them is left out and counted.
    interval_minutes: counting interval, 15, 30 or 60.
    holidays: of the customers, on which few contacts are no surprise; None: not known.

    Raises
    ------
    HistoryError: a file cannot be trusted as it is; all files are looked at, all mistakes come at once.

    Examples
    --------
    >>> from pathlib import Path
    >>> from planner.demand import HistorySource
    >>> read_history([HistorySource(Path("no-such.csv"))], [])
    Traceback (most recent call last):
    planner._errors.HistoryError: no-such.csv: there is no such file
    """
    tally = Tally()
    done: list[tuple[HistorySource, Examined, SourceCounts]] = []
    mistakes: list[Message] = []
    for source in sources:
        try:
            done.append(_read_source(source, queues, tally))
        except InputError as error:
            mistakes += error.messages
    if mistakes or not done:
        raise HistoryError(*(mistakes or [Message("demand.no_source")]))
    counts, repeated = tally.close()
    zone = next((source.zone for source, _, _ in done if source.zone), "UTC")
    names = [queue.name for queue in queues]
    excluded = [days for source in sources for days in source.exclude]
    found = check_quality(counts, names, zone, excluded)
    if found.days < REFUSED_BELOW_DAYS:
        values = {"days": found.days, "least": REFUSED_BELOW_DAYS}
        raise HistoryError(Message("demand.too_short", values))
    inside = [count for count in counts if found.holds(count.quarter)]
    step = _interval(interval_minutes, [counted for _, _, counted in done])
    history = History(
        frame=_frame(inside, names, step),
        interval_minutes=step,
        observed_from=quarter_at(found.first_quarter),
        observed_until=quarter_at(found.end_quarter),
        report=_report(done, counts, inside, repeated, found.notices, names),
        missing=found.missing,
    )
    return replace(history, suggestions=suggest(history, names, zone, holidays))


def _read_source(
    source: HistorySource, queues: Sequence[Queue], tally: Tally
) -> tuple[HistorySource, Examined, SourceCounts]:
    name = source.file.name
    if source.zone is not None:
        zone_named(source.zone)
    examined = examine(source.file)
    with open_text(examined) as text:
        header, lines = header_and_kind(text, name)
    settled = settle(source, header, lines)
    source, layout, chosen = settled.source, settled.layout, settled.chosen
    with open_text(examined) as text:
        rows = entries(text, layout, name, chosen)
        cells = _readable(rows, name, layout.profile)
        order = order_of(cells, name, layout.day_first)
    finder = QueueFinder(
        queues,
        layout.words["queues"],
        layout.words["languages"],
        layout.words["channels"],
        layout.default_language,
        layout.tagged,
        layout.default_channel,
    )
    reader = RowReader(source, layout, order, finder, tally)
    with open_text(examined) as text:
        for entry in entries(text, layout, name, chosen):
            reader.take(entry)
    counted = reader.close()
    _judge(counted, source, queues)
    return source, examined, counted


def _readable(rows: Iterator[Entry], name: str, profile: str) -> Iterator[Evidence]:
    """Stamps of the rows that can be used, of which there must be one."""
    used = unused = 0
    for entry in rows:
        if entry.problem:
            unused += 1
        else:
            used += 1
            yield Evidence(entry.record, entry.line, entry.stamp)
    if not used and not unused:
        raise refuse("no_rows", name)
    if not used:
        raise refuse("no_objects" if profile == "zendesk-json" else "no_whole_rows", name, rows=unused)


def _judge(counted: SourceCounts, source: HistorySource, queues: Sequence[Queue]) -> None:
    """Stop if too many rows are bad, or if none has a queue."""
    place = Place(file=source.file.name)
    share = counted.bad / max(counted.rows, 1)
    values: dict[str, object] = {"bad": counted.bad, "rows": counted.rows, "share": f"{100 * share:.1f}"}
    if share > BAD_SHARE_WHEN_ACCEPTED:
        raise HistoryError(Message("demand.too_many_bad", values, place), *counted.errors)
    if share > BAD_SHARE_WITH_REPORT and not source.accept_bad_rows:
        raise HistoryError(Message("demand.bad_rows_ask", values, place), *counted.errors)
    if counted.kept == 0:
        why = counted.left_out.most_common(1)[0][0]
        code = f"demand.{_NOTHING_KEPT.get(why, 'nothing_kept')}"
        wanted = ", ".join(f"{queue.name} ({queue.language}, {queue.channel})" for queue in queues)
        values = {"rows": counted.rows, "queues": wanted, "labels": _labels(counted)}
        raise HistoryError(Message(code, values, place))


def _interval(wanted: int, sources: Sequence[SourceCounts]) -> int:
    """Counting interval: counts cannot be split, so the coarsest source decides."""
    step = wanted
    for source in sources:
        if source.counted and source.minutes <= HOURLY:
            step = 60
        elif source.counted and source.minutes <= HALF_HOURLY:
            step = max(step, 30)
    return step


def _frame(counts: Sequence[Count], names: Sequence[str], step: int) -> pd.DataFrame:
    import pandas as pd

    quarters_each = step // 15
    sums: dict[tuple[int, str], list[float]] = {}
    for count in counts:
        if count.arrivals:
            key = (count.quarter // quarters_each * quarters_each, names[count.queue])
            row = sums.setdefault(key, [0, 0.0, 0])
            row[0] += count.arrivals
            row[1] += count.handle_seconds
            row[2] += count.handled
    keys = sorted(sums)
    return pd.DataFrame({
        "interval_start": pd.to_datetime([900 * quarter for quarter, _ in keys], unit="s", utc=True),
        "queue": pd.Series([name for _, name in keys], dtype="str"),
        "arrivals": pd.Series([int(sums[key][0]) for key in keys], dtype="int64"),
        "handle_seconds": pd.Series(
            [sums[key][1] / sums[key][2] if sums[key][2] else float("nan") for key in keys], dtype="float64"
        ),
    })  # fmt: skip


def _report(
    done: Sequence[tuple[HistorySource, Examined, SourceCounts]],
    counts: Sequence[Count],
    inside: Sequence[Count],
    repeated: int,
    quality: Sequence[Message],
    names: Sequence[str],
) -> ImportReport:
    left_out: Counter[str] = Counter()
    notices: list[Message] = []
    for source, examined, counted in done:
        left_out.update(counted.left_out)
        notices += [*examined.notices, *_notices(source, counted)]
    if repeated:
        left_out["duplicate"] += repeated
    if left_out["duplicate"]:
        notices.append(Message("demand.duplicates", {"rows": left_out["duplicate"]}))
    kept = dict.fromkeys(names, 0)
    for count in inside:
        kept[names[count.queue]] += count.arrivals
    errors = [error for _, _, counted in done for error in counted.errors]
    return ImportReport(
        source=", ".join(source.file.name for source, _, _ in done),
        sha256=", ".join(examined.sha256 for _, examined, _ in done),
        profile=", ".join(source.profile for source, _, _ in done),
        zone=", ".join(source.zone for source, _, _ in done if source.zone),
        rows_read=sum(counted.rows for _, _, counted in done),
        rows_kept=sum(counted.kept for _, _, counted in done) - repeated,
        left_out=dict(sorted(left_out.items())),
        first_at=quarter_at(counts[0].quarter),
        last_at=quarter_at(counts[-1].quarter),
        queues=kept,
        errors=tuple(errors[:SHOWN_ERRORS]),
        notices=(*notices, *quality),
    )


def _notices(source: HistorySource, counted: SourceCounts) -> list[Message]:
    """What one source's rows say about its clock and its labels."""
    found: list[tuple[bool, str, dict[str, object]]] = [
        (counted.bad > 0, "bad_rows", {"bad": counted.bad, "rows": counted.rows,
                                       "share": f"{100 * counted.bad / max(counted.rows, 1):.1f}",
                                       "first": _first(counted)}),
        (counted.ambiguous > 0, "ambiguous_stamps", {"rows": counted.ambiguous}),
        (counted.nonexistent > 0, "nonexistent_stamps", {"rows": counted.nonexistent, "zone": source.zone}),
        (counted.left_out["future"] > 0, "future_stamps", {"rows": counted.left_out["future"]}),
        (counted.left_out["too_old"] > 0, "old_stamps", {"rows": counted.left_out["too_old"]}),
        (not counted.counted and counted.midnight > MIDNIGHT_SHARE * counted.kept, "midnight_stamps",
         {"rows": counted.midnight, "kept": counted.kept}),
        (counted.odd_handle_times > 0, "odd_handle_times", {"rows": counted.odd_handle_times}),
        (bool(source.zone) and counted.with_offset > 0, "zone_not_needed", {"zone": source.zone}),
    ]  # fmt: skip
    unmapped = counted.left_out["no_queue"] + counted.left_out["several_queues"]
    share = unmapped / max(counted.rows, 1)
    code = "many_unmapped" if share > UNKNOWN_SHARE else "unmapped"
    values: dict[str, object] = {"rows": unmapped, "share": f"{100 * share:.1f}", "labels": _labels(counted)}
    found.append((unmapped > 0, code, values))
    place = Place(file=source.file.name)
    return [Message(f"demand.{code}", values, place) for holds, code, values in found if holds]


def _first(counted: SourceCounts) -> str:
    """The first row that could not be read, and why."""
    return str(replace(counted.errors[0], place=None)) if counted.errors else ""


def _labels(counted: SourceCounts) -> str:
    return ", ".join(label for label, _ in counted.unknown_labels.most_common()) or "-"
