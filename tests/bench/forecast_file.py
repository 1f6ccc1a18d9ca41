"""Series to test a forecast on, from a file of counts."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TextIO

from planner.clock import PublicHolidays
from planner.demand import History, HistorySource, Promise, Queue, read_history

# Fifteen minutes is the finest that a plan has; what is counted in 5 minutes is added up.
FINEST_MINUTES = 15
COLUMNS = ("interval_start", "queue", "arrivals")
SUMO_HEADER = ("product", "hour_utc", "locale", "questions")
SUMO = (
    ("firefox", "en-US", "US", date(2022, 10, 10), 84),
    ("thunderbird", "en-US", "US", date(2024, 1, 8), 56),
    ("firefox", "it", "IT", date(2022, 10, 10), 84),
    ("firefox", "es", "ES", date(2022, 10, 10), 84),
    ("thunderbird", "it", "IT", date(2024, 1, 8), 56),
    ("thunderbird", "nl", "NL", date(2024, 1, 8), 56),
)
# The table's naive figures come out with 14 Firefox origins; a fifteenth would follow a five-fold shock.
SUMO_ORIGINS = 14


@dataclass(frozen=True)
class Series:
    """One queue's history, and the days to forecast from.

    Attributes
    ----------
    queue: which. history: counts, of this queue and perhaps others.
    zone: clock of the scenario. holidays: of the callers, if they are known.
    origins: how many, or which days.
    """

    queue: Queue
    history: History
    zone: str
    holidays: PublicHolidays | None
    origins: int | tuple[date, ...]


def header_of(file: Path) -> tuple[str, ...]:
    """Column titles of a CSV file, plain or gzipped."""
    with _opened(file) as text:
        return tuple(title.strip() for title in next(csv.reader(text), []))


def sumo_series(file: Path) -> list[Series]:
    """The six series of the design's table, at its origins."""
    found = []
    for product, locale, place, first, apart in SUMO:
        queue = Queue(f"{product} {locale}", "email", locale, 600, Promise(0.9, 7200))
        mapping = {
            "stamp": "hour_utc",
            "language": "locale",
            "count": "questions",
            "keep": {"product": product},
        }
        as_of = datetime(2026, 3, 1, tzinfo=UTC)
        history = read_history([HistorySource(file, "mapping", "UTC", mapping, as_of=as_of)], [queue], 60)
        origins = tuple(first + timedelta(days=apart * index) for index in range(SUMO_ORIGINS))
        found.append(Series(queue, history, "UTC", PublicHolidays(place), origins))
    return found


def counts_series(
    file: Path, zone: str, country: str | None, origins: int | tuple[date, ...], names: Sequence[str] = ()
) -> list[Series]:
    """Every queue of a file of counts, as calls.

    Parameters
    ----------
    file: columns ``interval_start, queue, arrivals``.
    zone: clock of days and hours, and of stamps without an offset.
    country: whose public holidays are told; None: none.
    origins: how many, or which days.
    names: of the queues; empty: all of them.
    """
    offset = has_offset(file)
    holidays = PublicHolidays(country) if country else None
    found = []
    for name in names or queue_names(file):
        queue = Queue(name, "phone", "en", 240, Promise(0.8, 20))
        mapping = {"stamp": "interval_start", "queue": "queue", "count": "arrivals", "keep": {"queue": name}}
        source = HistorySource(file, "mapping", None if offset else zone, mapping)
        history = read_history([source], [queue], FINEST_MINUTES)
        found.append(Series(queue, history, zone, holidays, origins))
    return found


def queue_names(file: Path) -> list[str]:
    """Queues of a file of counts, in order of their names."""
    return sorted({row[1] for row in _rows(file)})


def has_offset(file: Path) -> bool:
    """Whether stamps carry their offset from UTC."""
    stamp = next(_rows(file), ("",))[0].strip()
    return datetime.fromisoformat(stamp.replace("Z", "+00:00")).tzinfo is not None if stamp else False


def _rows(file: Path) -> Iterator[tuple[str, ...]]:
    with _opened(file) as text:
        for row in csv.DictReader(text):
            yield tuple(row[name] for name in COLUMNS)


def _opened(file: Path) -> TextIO:
    if file.suffix == ".gz":
        return io.TextIOWrapper(gzip.GzipFile(file), encoding="utf-8-sig")
    return file.open(encoding="utf-8-sig")
