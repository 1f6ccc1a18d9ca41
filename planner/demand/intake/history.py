"""Ticket history in: files become counts per interval and queue, with a report of what became of each row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from planner._errors import HistoryError, InputError
from planner._messages import Message
from planner.clock import quarter_at, zone_named
from planner.demand.arrivals import History
from planner.demand.checks.panels import panels_of
from planner.demand.checks.panels_file import read_panels, together, within
from planner.demand.checks.quality import check_quality
from planner.demand.checks.suggesting import suggest
from planner.demand.intake.entries import batches, titles_of
from planner.demand.intake.forms import forms_of
from planner.demand.intake.gate import examine
from planner.demand.intake.import_report import Done, judge, report_of
from planner.demand.intake.labels import QueueFinder
from planner.demand.intake.reading import SourceReader
from planner.demand.intake.sources import HistorySource
from planner.demand.intake.tally import Count, Tally
from planner.demand.profiles import Layout, settle
from planner.demand.tickets import Panels

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from planner.clock import OpeningHours, PublicHolidays
    from planner.demand.queue import Queue

REFUSED_BELOW_DAYS = 14
HOURLY = frozenset({0})
HALF_HOURLY = frozenset({0, 2})
# Handle times are kept to the microsecond, so that a counts file reads back to the very same numbers.
_DECIMALS = 6


def read_history(
    sources: Sequence[HistorySource],
    queues: Sequence[Queue],
    interval_minutes: int = 30,
    holidays: PublicHolidays | None = None,
    opening: Mapping[str, OpeningHours] | None = None,
    least_days: int = REFUSED_BELOW_DAYS,
    zone: str = "UTC",
) -> History:
    """Read ticket files into arrivals per interval and queue; no ticket, no person is kept.

    Files are streamed: memory grows with intervals and queues, plus 36 bytes a ticket. Counts by the hour
    make an hourly history, however short the planning interval is.

    Parameters
    ----------
    sources: files, of any profiles; a ticket number that comes twice counts once.
    queues: of the scenario; a row that fits none of them is left out and counted.
    interval_minutes: counting interval, 15, 30 or 60.
    holidays: of the customers, on which few contacts are no surprise; None: not known.
    opening: opening hours by queue, for what came in and out of hours; None: not known.
    least_days: whole days that there must be; a forecast needs two weeks.
    zone: clock of the days where no source has a zone of its own.

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
    done: list[Done] = []
    mistakes: list[Message] = []
    kept: list[Panels] = []
    for source in sources:
        try:
            done.append(_read_source(source, queues, tally))
            kept += [read_panels(source.panels)] if source.panels else []
        except InputError as error:
            mistakes += error.messages
    if mistakes or not done:
        raise HistoryError(*(mistakes or [Message("demand.no_source")]))
    counts, repeated, tickets = tally.close()
    zone = next((one.source.zone for one in done if one.source.zone), zone)
    names = [queue.name for queue in queues]
    excluded = [days for source in sources for days in source.exclude]
    found = check_quality(counts, names, zone, excluded)
    if found.days < least_days:
        values = {"days": found.days, "least": least_days}
        enough = found.days + found.excluded_days >= least_days
        code = "quality.all_excluded" if enough and found.excluded_days else "demand.too_short"
        raise HistoryError(Message(code, {**values, "excluded": found.excluded_days}))
    inside = [count for count in counts if found.holds(count.quarter)]
    step = _interval(interval_minutes, done)
    history = History(
        frame=_frame(inside, names, step),
        interval_minutes=step,
        observed_from=quarter_at(found.first_quarter),
        observed_until=quarter_at(found.end_quarter),
        report=report_of(done, counts, inside, repeated, found.notices, names),
        missing=found.missing,
        panels=together([
            *(within(each, names, zone, found.first_quarter, found.end_quarter) for each in kept),
            panels_of(tickets, queues, zone, found.first_quarter, found.end_quarter, opening),
        ]),
    )  # fmt: skip
    return replace(history, suggestions=suggest(history, names, zone, holidays))


def _read_source(source: HistorySource, queues: Sequence[Queue], tally: Tally) -> Done:
    if source.zone is not None:
        zone_named(source.zone)
    examined = examine(source.file)
    settled = settle(source, *titles_of(examined, source))
    layout, chosen = settled.layout, settled.chosen
    forms = forms_of(batches(examined, layout, chosen), layout, examined.name)
    reader = SourceReader(settled.source, layout, forms, _finder(queues, layout), tally)
    for batch in batches(examined, layout, chosen):
        reader.take(batch)
    done = Done(settled.source, examined, reader.close(), settled.notices)
    judge(done, queues)
    return done


def _finder(queues: Sequence[Queue], layout: Layout) -> QueueFinder:
    return QueueFinder(
        queues,
        layout.words["queues"],
        layout.words["languages"],
        layout.words["channels"],
        layout.default_language,
        layout.tagged,
        layout.default_channel,
    )


def _interval(wanted: int, done: Sequence[Done]) -> int:
    """Counting interval: counts cannot be split, so the coarsest source decides."""
    step = wanted
    for one in done:
        if one.counted.counted and one.counted.minutes <= HOURLY:
            step = 60
        elif one.counted.counted and one.counted.minutes <= HALF_HOURLY:
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
    means = [round(sums[key][1] / sums[key][2], _DECIMALS) if sums[key][2] else float("nan") for key in keys]
    return pd.DataFrame({
        "interval_start": pd.to_datetime([900 * quarter for quarter, _ in keys], unit="s", utc=True),
        "queue": pd.Series([name for _, name in keys], dtype="str"),
        "arrivals": pd.Series([int(sums[key][0]) for key in keys], dtype="int64"),
        "handle_seconds": pd.Series(means, dtype="float64"),
    })  # fmt: skip
