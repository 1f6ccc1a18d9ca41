"""The service as tables: the columns of ``service.csv``, the same by day, and the worst hours of the week."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from planner.clock import local_at
from planner.service.busy import occupancy
from planner.service.fates import FEWEST_CONTACTS, interval_of
from planner.service.records import Service
from planner.service.waits import summaries

SCHEMA_VERSION = 1
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
COLUMNS = (
    "schema_version",
    "queue",
    "arrived",
    "weekday",
    "hour",
    "contacts_per_week",
    "kept_share",
    "kept_low",
    "kept_high",
    "wait_median_seconds",
    "wait_p90_seconds",
    "longest_wait_seconds",
    "asa_seconds",
    "abandoned_share",
    "occupancy",
)
_HOURS = 168


def service_frame(service: Service, zone: str, fewest: int = FEWEST_CONTACTS) -> pd.DataFrame:
    """Figures by queue: for contacts that came while open, while closed and all; and by hour of the week.

    Totals have an empty weekday and hour; rows by hour count all contacts. Rows: queues in order, totals
    first. Hours are of arrival, on the clock of the zone. Occupancy is of the hours in which the queue is
    open, NaN where it is closed: who is busy then only finishes what was begun.

    Parameters
    ----------
    service: as simulated.
    zone: IANA name of the clock of weekdays and hours.
    fewest: simulated contacts below which a row has no figures but the number of contacts.
    """
    hour_of = _hours_of_week(service, zone)
    group = service.records.queue.astype(np.int64) * _HOURS + hour_of[interval_of(service)]
    by_hour = summaries(service, group, _HOURS * len(service.queues), fewest)
    whole, open_in = totals(service, fewest), _open_in(service)
    rows = []
    for q, one in enumerate(service.queues):
        rows += whole[3 * q : 3 * q + 3]
        for h in range(_HOURS):
            there = hour_of == h
            if there.any():
                figures = by_hour.iloc[_HOURS * q + h]
                day, hour = WEEKDAYS[h // 24], h % 24
                rows.append(_row(service, one.name, "all", day, hour, figures, there & open_in[q]))
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    return frame.astype({"hour": "Int64", "schema_version": "int64"})


def totals(service: Service, fewest: int = FEWEST_CONTACTS) -> list[dict[str, Any]]:
    """The rows of totals alone: three a queue, for contacts that came while open, while closed, and all."""
    r, queues = service.records, service.queues
    open_in = _open_in(service)
    group, never = r.queue.astype(np.int64) * 3, np.zeros(service.intervals, dtype=bool)
    parts = [summaries(service, group + np.where(r.arrived_open, 0, 1), 3 * len(queues), fewest)]
    parts.append(summaries(service, group + 2, 3 * len(queues), fewest))
    rows = []
    for q, one in enumerate(queues):
        for nth, (arrived, when) in enumerate((("open", open_in[q]), ("closed", never), ("all", None))):
            rows.append(_row(service, one.name, arrived, "", pd.NA, parts[nth // 2].iloc[3 * q + nth], when))
    return rows


def by_day(service: Service, zone: str, fewest: int = FEWEST_CONTACTS) -> pd.DataFrame:
    """Figures by queue and local day of arrival; ``contacts`` is the mean of that day.

    Returns
    -------
    Columns queue, day (2026-03-30), contacts, and the figures of ``service.csv`` but contacts a week.
    """
    step = service.interval_minutes // 15
    at = [local_at(service.first_quarter + k * step, zone) for k in range(service.intervals)]
    names = [f"{local:%Y-%m-%d}" for local in at]
    days = list(dict.fromkeys(names))
    day_of = np.array([days.index(name) for name in names])
    group = service.records.queue.astype(np.int64) * len(days) + day_of[interval_of(service)]
    figures = summaries(service, group, len(days) * len(service.queues), fewest)
    figures["occupancy"] = [
        occupancy(service, queue.name, day_of == d) for queue in service.queues for d in range(len(days))
    ]
    contacts = figures.pop("contacts_per_week") * service.weeks
    figures.insert(0, "contacts", contacts)
    figures.insert(0, "day", days * len(service.queues))
    figures.insert(0, "queue", [queue.name for queue in service.queues for _ in days])
    return figures


def worst_hours(frame: pd.DataFrame, queue: str | None = None, most: int = 5) -> pd.DataFrame:
    """The hours of the week in which the smallest share of contacts is answered within the promise.

    Hours with too few contacts for a figure are not ranked.

    Parameters
    ----------
    frame: columns of ``service.csv``.
    queue: name; None: hours of all queues together in one list.
    most: rows at most; an hour in which everybody is answered in time is never among them.

    Returns
    -------
    Columns queue, weekday, hour, contacts_per_week, kept_share, wait_p90_seconds; worst first.
    """
    rows = _by_hour(frame, queue)
    rows = rows[rows["kept_share"].notna() & (rows["kept_share"] < 1)]
    ranked = rows.sort_values(["kept_share", "contacts_per_week"], ascending=[True, False], kind="stable")
    columns = ["queue", "weekday", "hour", "contacts_per_week", "kept_share", "wait_p90_seconds"]
    return ranked[columns].head(most).reset_index(drop=True)


def quiet_hours(frame: pd.DataFrame, queue: str | None = None) -> int:
    """Hours of the week in which contacts come, but too few for a figure."""
    rows = _by_hour(frame, queue)
    return int((rows["kept_share"].isna() & (rows["contacts_per_week"] > 0)).sum())


def _by_hour(frame: pd.DataFrame, queue: str | None) -> pd.DataFrame:
    rows = frame[frame["weekday"].isin(WEEKDAYS)]
    return rows if queue is None else rows[rows["queue"] == queue]


def _row(
    service: Service,
    queue: str,
    arrived: str,
    weekday: str,
    hour: object,
    figures: pd.Series[float],
    intervals: np.ndarray | None,
) -> dict[str, Any]:
    return {
        "schema_version": SCHEMA_VERSION,
        "queue": queue,
        "arrived": arrived,
        "weekday": weekday,
        "hour": hour,
        **{str(name): value for name, value in figures.items()},
        "occupancy": occupancy(service, queue, intervals),
    }


def _open_in(service: Service) -> np.ndarray:
    """Whether each queue is open in some of each planning interval; shape (queues, intervals)."""
    quarters = service.open_.reshape(len(service.queues), service.intervals, -1)
    found: np.ndarray = np.asarray(np.any(quarters, axis=2))
    return found


def _hours_of_week(service: Service, zone: str) -> np.ndarray:
    """Local hour of the week, 0 to 167 from Monday, of each planning interval."""
    step = service.interval_minutes // 15
    at = [local_at(service.first_quarter + k * step, zone) for k in range(service.intervals)]
    return np.array([local.weekday() * 24 + local.hour for local in at], dtype=np.int64)
