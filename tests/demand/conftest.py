"""A small world: one e-mail queue per language, and files made row by row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from planner.clock import day_starts, quarter_at
from planner.demand import History, ImportReport, Promise, Queue

WEEK = np.array([1.2, 1.1, 1.05, 1.0, 0.9, 0.4, 0.35])
DAY = np.array([1, 1, 1, 1, 1, 1, 2, 4, 8, 12, 13, 12, 10, 10, 11, 11, 10, 8, 6, 5, 4, 3, 2, 1], dtype=float)


def daily_rate(per_day: float, first_day: date, days: int) -> np.ndarray:
    """Contacts by day and local hour of a desk with quiet weekends."""
    weekdays = (first_day.weekday() + np.arange(days)) % 7
    return per_day * (WEEK / WEEK.mean())[weekdays][:, None] * (DAY / DAY.sum())[None, :]


def history_of(
    counts: Mapping[str, np.ndarray],
    first_day: date = date(2024, 1, 1),
    zone: str = "UTC",
    missing: Iterable[int] = (),
) -> History:
    """History from contacts by day and hour since local midnight, per queue."""
    days = len(next(iter(counts.values())))
    starts = day_starts(first_day, days, zone)
    rows = [
        (900 * (starts[day] + 4 * hour), name, int(table[day, hour]))
        for name, table in counts.items()
        for day, hour in zip(*np.nonzero(table), strict=True)
    ]
    rows.sort()
    frame = pd.DataFrame({
        "interval_start": pd.to_datetime([row[0] for row in rows], unit="s", utc=True),
        "queue": pd.Series([row[1] for row in rows], dtype="str"),
        "arrivals": pd.Series([row[2] for row in rows], dtype="int64"),
        "handle_seconds": pd.Series([float("nan")] * len(rows), dtype="float64"),
    })  # fmt: skip
    report = ImportReport("made", "", "made", zone, 0, 0, {}, None, None, {})
    gaps = tuple((quarter_at(starts[day]), quarter_at(starts[day + 1])) for day in missing)
    return History(frame, 60, quarter_at(starts[0]), quarter_at(starts[-1]), report, gaps)


def queue_named(name: str) -> Queue:
    """An e-mail queue of any name."""
    return Queue(name, "email", "en", 600, Promise(0.9, 7200))


def poisson_history(per_day: float, days: int = 400, seed: int = 1, **more: object) -> History:
    """Pure chance around one known rate, queue "q"."""
    rate = daily_rate(per_day, date(2024, 1, 1), days)
    return history_of({"q": np.random.default_rng(seed).poisson(rate)}, **more)


def day_after(days: int, zone: str = "UTC") -> int:
    """First quarter of the local day so many days after the start of the made histories."""
    return day_starts(date(2024, 1, 1) + timedelta(days=days), 1, zone)[0]


@pytest.fixture(scope="session")
def made() -> SimpleNamespace:
    """Makers of histories and queues."""
    return SimpleNamespace(
        daily_rate=daily_rate,
        history_of=history_of,
        queue_named=queue_named,
        poisson_history=poisson_history,
        day_after=day_after,
    )


@pytest.fixture
def queues() -> list[Queue]:
    """English and Italian by e-mail, Italian by phone."""
    promise = Promise(0.9, 7200)
    return [
        Queue("email en", "email", "en", 600, promise),
        Queue("email it", "email", "it", 600, promise),
        Queue("phone it", "phone", "it", 600, promise),
    ]


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write lines, or bytes, to a file of the test's own folder."""

    def write(content: Iterable[str] | bytes, name: str = "tickets.csv") -> Path:
        file = tmp_path / name
        data = content if isinstance(content, bytes) else ("\n".join(content) + "\n").encode()
        file.write_bytes(data)
        return file

    return write
