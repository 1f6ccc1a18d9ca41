"""The service as a table: the columns of ``service.csv``."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from planner.clock import local_at
from planner.service.measures import interval_of, occupancy, summaries
from planner.service.records import Service

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


def service_frame(service: Service, zone: str) -> pd.DataFrame:
    """Figures by queue: for contacts that came while open, while closed and all; and by hour of the week.

    Totals have an empty weekday and hour; rows by hour count all contacts. Rows: queues in order, totals
    first. Hours are of arrival, on the clock of the zone.

    Parameters
    ----------
    service: as simulated.
    zone: IANA name of the clock of weekdays and hours.
    """
    hour_of = _hours_of_week(service, zone)
    group = service.records.queue.astype(np.int64) * _HOURS + hour_of[interval_of(service)]
    by_hour = summaries(service, group, _HOURS * len(service.queues))
    whole = totals(service)
    rows = []
    for q, one in enumerate(service.queues):
        rows += whole[3 * q : 3 * q + 3]
        for h in range(_HOURS):
            if (hour_of == h).any():
                figures = by_hour.iloc[_HOURS * q + h]
                rows.append(_row(service, one.name, "all", WEEKDAYS[h // 24], h % 24, figures, hour_of == h))
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    return frame.astype({"hour": "Int64", "schema_version": "int64"})


def totals(service: Service) -> list[dict[str, Any]]:
    """The rows of totals alone: three a queue, for contacts that came while open, while closed, and all."""
    r, queues = service.records, service.queues
    open_in = np.any(service.open_.reshape(len(queues), service.intervals, -1), axis=2)
    group = r.queue.astype(np.int64) * 3
    parts = [summaries(service, group + np.where(r.arrived_open, 0, 1), 3 * len(queues))]
    parts.append(summaries(service, group + 2, 3 * len(queues)))
    rows = []
    for q, one in enumerate(queues):
        for nth, (arrived, when) in enumerate((("open", open_in[q]), ("closed", ~open_in[q]), ("all", None))):
            rows.append(_row(service, one.name, arrived, "", pd.NA, parts[nth // 2].iloc[3 * q + nth], when))
    return rows


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


def _hours_of_week(service: Service, zone: str) -> np.ndarray:
    """Local hour of the week, 0 to 167 from Monday, of each planning interval."""
    step = service.interval_minutes // 15
    at = [local_at(service.first_quarter + k * step, zone) for k in range(service.intervals)]
    return np.array([local.weekday() * 24 + local.hour for local in at], dtype=np.int64)
