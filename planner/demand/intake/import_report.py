"""What became of each row of the files, in numbers and sentences; no cell is shown but stamps and labels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from planner._errors import HistoryError
from planner._messages import Message, Place
from planner.clock import quarter_at
from planner.demand.arrivals import ImportReport
from planner.demand.intake.gate import Examined
from planner.demand.intake.noting import SHOWN_ERRORS, SourceCounts
from planner.demand.intake.sources import HistorySource
from planner.demand.intake.tally import Count
from planner.demand.queue import Queue

BAD_SHARE_WITH_REPORT = 0.01
BAD_SHARE_WHEN_ACCEPTED = 0.05
MIDNIGHT_SHARE = 0.5
UNKNOWN_SHARE = 0.2
# Why a file of which nothing is kept was left out, by the most common reason.
_NOTHING_KEPT = {"several_queues": "which_queue", "outside_dates": "nothing_in_dates"}
_UNMAPPED = ("no_queue", "several_queues")


@dataclass(frozen=True)
class Done:
    """A source that was read: as it was settled, its file, what was met, and what was recognised."""

    source: HistorySource
    examined: Examined
    counted: SourceCounts
    notices: tuple[Message, ...] = ()


def judge(done: Done, queues: Sequence[Queue]) -> None:
    """Stop if too many rows are bad, or if none has a queue.

    Raises
    ------
    HistoryError: over 5 % of the rows cannot be read, or over 1 % and the user has not accepted that; none is
        kept.
    """
    counted = done.counted
    place = Place(file=done.source.file.name)
    share = counted.bad / max(counted.rows, 1)
    if share > BAD_SHARE_WHEN_ACCEPTED:
        raise HistoryError(Message("demand.too_many_bad", _bad(counted), place), *counted.errors)
    if share > BAD_SHARE_WITH_REPORT and not done.source.accept_bad_rows:
        raise HistoryError(Message("demand.bad_rows_ask", _bad(counted), place), *counted.errors)
    if counted.kept == 0:
        why = counted.left_out.most_common(1)[0][0]
        usual = "nothing_kept" if why == "no_queue" else "nothing_in_filter"
        wanted = ", ".join(f"{queue.name} ({queue.language}, {queue.channel})" for queue in queues)
        values = {"rows": counted.rows, "queues": wanted, "labels": _labels(counted)}
        raise HistoryError(Message(f"demand.{_NOTHING_KEPT.get(why, usual)}", values, place))


def report_of(
    done: Sequence[Done],
    counts: Sequence[Count],
    inside: Sequence[Count],
    repeated: int,
    quality: Sequence[Message],
    names: Sequence[str],
) -> ImportReport:
    """Put together what became of all sources.

    Parameters
    ----------
    done: the sources.
    counts: of all that was kept; inside: without partial days at the edges.
    repeated: rows of tickets that had come already.
    quality: what the checks found.
    names: of the queues.
    """
    left_out: Counter[str] = Counter()
    notices: list[Message] = []
    for one in done:
        left_out.update(one.counted.left_out)
        notices += [*one.examined.notices, *one.notices, *_notices(one.source, one.counted)]
    if repeated:
        left_out["duplicate"] += repeated
    if left_out["duplicate"]:
        notices.append(Message("demand.duplicates", {"rows": left_out["duplicate"]}))
    kept = dict.fromkeys(names, 0)
    for count in inside:
        kept[names[count.queue]] += count.arrivals
    errors = [error for one in done for error in one.counted.errors]
    return ImportReport(
        source=", ".join(one.source.file.name for one in done),
        sha256=", ".join(one.examined.sha256 for one in done),
        profile=", ".join(one.source.profile for one in done),
        zone=", ".join(one.source.zone for one in done if one.source.zone),
        rows_read=sum(one.counted.rows for one in done),
        rows_kept=sum(one.counted.kept for one in done) - repeated,
        left_out=dict(sorted(left_out.items())),
        first_at=quarter_at(counts[0].quarter),
        last_at=quarter_at(counts[-1].quarter),
        queues=kept,
        errors=tuple(errors[:SHOWN_ERRORS]),
        notices=(*notices, *quality),
    )


def _notices(source: HistorySource, counted: SourceCounts) -> list[Message]:
    """What one source's rows say about its clock and its labels."""
    left_out = counted.left_out
    dates_only = not counted.counted and counted.midnight > MIDNIGHT_SHARE * counted.kept
    found: list[tuple[bool, str, dict[str, object]]] = [
        (counted.bad > 0, "demand.bad_rows", {**_bad(counted), "first": _first(counted)}),
        (counted.ambiguous > 0 and not counted.second_turn, "demand.ambiguous_stamps",
         {"rows": counted.ambiguous}),
        (counted.second_turn > 0, "imports.second_turn", {"rows": counted.second_turn}),
        (counted.nonexistent > 0, "demand.nonexistent_stamps",
         {"rows": counted.nonexistent, "zone": source.zone}),
        (left_out["future"] > 0, "demand.future_stamps", {"rows": left_out["future"]}),
        (left_out["too_old"] > 0, "demand.old_stamps", {"rows": left_out["too_old"]}),
        (dates_only, "demand.midnight_stamps", {"rows": counted.midnight, "kept": counted.kept}),
        (counted.odd_handle_times > 0, "demand.odd_handle_times", {"rows": counted.odd_handle_times}),
        (bool(source.zone) and counted.with_offset > 0, "demand.zone_not_needed", {"zone": source.zone}),
        (left_out["below"] > 0, "imports.below", {"rows": left_out["below"]}),
        (left_out["header_again"] > 0, "imports.header_again", {"rows": left_out["header_again"]}),
    ]  # fmt: skip
    unmapped = sum(left_out[reason] for reason in _UNMAPPED)
    share = unmapped / max(counted.rows, 1)
    code = "demand.many_unmapped" if share > UNKNOWN_SHARE else "demand.unmapped"
    values: dict[str, object] = {"rows": unmapped, "share": f"{100 * share:.1f}", "labels": _labels(counted)}
    found.append((unmapped > 0, code, values))
    place = Place(file=source.file.name)
    return [Message(code, values, place) for holds, code, values in found if holds]


def _bad(counted: SourceCounts) -> dict[str, object]:
    share = f"{100 * counted.bad / max(counted.rows, 1):.1f}"
    return {"bad": grouped(counted.bad), "rows": grouped(counted.rows), "share": share}


def grouped(number: int) -> str:
    """A whole number with blanks between thousands, as people of all the team's countries read it.

    Examples
    --------
    >>> grouped(16476)
    '16 476'
    """
    return f"{number:,}".replace(",", " ")


def _first(counted: SourceCounts) -> str:
    """The first row that could not be read, and why."""
    return str(replace(counted.errors[0], place=None)) if counted.errors else ""


def _labels(counted: SourceCounts) -> str:
    return ", ".join(label for label, _ in counted.unknown_labels.most_common()) or "-"
