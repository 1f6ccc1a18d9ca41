"""Series to test a forecast on, from a file of counts."""

from __future__ import annotations

import csv
import gzip
import io
import tempfile
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TextIO

import pandas as pd

from planner._errors import InputError
from planner.clock import PublicHolidays
from planner.demand import History, HistorySource, Promise, Queue, read_history

# Fifteen minutes is the finest that a plan has; what is counted in 5 minutes is added up.
FINEST_MINUTES = 15
COLUMNS = ("interval_start", "queue", "arrivals")
_OFFSET = r"(?<=[0-9])[+-][0-9]{2}:?[0-9]{2}"
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
    file: Path, zone: str | None, country: str | None, origins: int | tuple[date, ...]
) -> tuple[list[Series], dict[str, str]]:
    """Every queue of a file of counts, as calls; and those that cannot be read, with the reason.

    Parameters
    ----------
    file: columns ``interval_start, queue, arrivals``.
    zone: clock of days and hours, and of stamps without an offset; None: the clock that the stamps show.
    country: whose public holidays are told; None: none.
    origins: how many, or which days.
    """
    holidays = PublicHolidays(country) if country else None
    table, offset, minutes = quarters_of(file, as_shown=zone is None)
    zone = zone or "UTC"
    found: list[Series] = []
    left: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as folder:
        for number, (name, rows) in enumerate(table.groupby("queue", sort=True)):
            queue = Queue(str(name), "phone", "en", 240, Promise(0.8, 20))
            part = Path(folder) / f"queue-{number}.csv"
            rows.to_csv(part, index=False)
            source = HistorySource(part, "counts", None if offset else zone)
            try:
                history = read_history([source], [queue], minutes)
            except InputError as error:
                left[str(name)] = str(error)
                continue
            found.append(Series(queue, history, zone, holidays, origins))
    return found, left


def quarters_of(file: Path, as_shown: bool = False) -> tuple[pd.DataFrame, bool, int]:
    """Counts added up to the finest interval of a history, whether stamps carry an offset, and that interval.

    Queues without a single contact are left out.

    Parameters
    ----------
    file: of counts.
    as_shown: nobody says which clock the callers keep. Stamps such as 2003-03-03T07:00-05:00 show it: days
        would end in the middle of the evening if they were those of UTC.
    """
    table = pd.read_csv(file, dtype={"interval_start": str, "queue": str})[list(COLUMNS)]
    table["queue"] = table["queue"].str.strip()
    stamps = table["interval_start"].str.strip()
    if as_shown and stamps.str.contains(f"{_OFFSET}$", regex=True).all():
        stamps = stamps.str.replace(f"{_OFFSET}$", "", regex=True)
    offset = bool(stamps.str.contains(f"(?:Z|{_OFFSET})$", regex=True).all())
    at = pd.to_datetime(stamps, utc=offset, format="ISO8601")
    minutes = next(
        step
        for step in (60, 30, FINEST_MINUTES)
        if step == FINEST_MINUTES or (at.dt.minute % step == 0).all()
    )
    table["interval_start"] = at.dt.floor(f"{minutes}min")
    table["arrivals"] = pd.to_numeric(table["arrivals"]).fillna(0)
    busy = table.groupby("queue")["arrivals"].transform("sum") > 0
    added = table[busy].groupby(["interval_start", "queue"], as_index=False)["arrivals"].sum()
    added = added[added["arrivals"] > 0]
    added["arrivals"] = added["arrivals"].round().astype("int64")
    added["interval_start"] = added["interval_start"].dt.strftime(
        "%Y-%m-%dT%H:%M:%S" + ("Z" if offset else "")
    )
    return added, offset, minutes


def _opened(file: Path) -> TextIO:
    if file.suffix == ".gz":
        return io.TextIOWrapper(gzip.GzipFile(file), encoding="utf-8-sig")
    return file.open(encoding="utf-8-sig")
