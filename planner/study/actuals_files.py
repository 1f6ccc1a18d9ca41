"""Tables of a forecast against what came."""

from __future__ import annotations

import math
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from planner import demand
from planner.demand import LIVE_CHANNELS
from planner.study.actuals_columns import ACTUALS_COLUMNS
from planner.study.files import write_files
from planner.study.tables import csv_text

if TYPE_CHECKING:
    from planner.study.actuals import Actuals


def write_actuals(made: Actuals, folder: Path | str) -> tuple[Path, ...]:
    """Write ``actuals.csv`` and ``actuals_days.csv``; returns their paths."""
    tables = {"actuals.csv": actuals_frame(made), "actuals_days.csv": actuals_days(made)}
    return write_files({name: csv_text(name, frame) for name, frame in tables.items()}, folder)


def actuals_frame(made: Actuals) -> pd.DataFrame:
    """Scores of every queue and grain, and what is said of levels and new hours, as in ``actuals.csv``."""
    rows: list[tuple[object, ...]] = []
    for found in made.queues:
        for score in found.scores:
            figures = (score.error, score.bias, score.floor_ratio, score.inside)
            rows.append(
                (found.queue, score.grain, score.units, score.came, score.expected, *figures, None, "", None)
            )
        day = next(score for score in found.scores if score.grain == "day")
        bias = (day.expected - day.came) / day.came if day.came else math.nan
        moved = "yes" if found.level.moved else "no"
        rows.append(
            (
                found.queue,
                "all",
                1,
                day.came,
                day.expected,
                abs(bias),
                bias,
                None,
                None,
                found.level.sure,
                moved,
                None,
            )
        )
        learnt = found.new_hours
        if learnt is not None:
            bias = (learnt.expected - learnt.came) / learnt.came if learnt.came else math.nan
            now = learnt.factor * learnt.expected
            rows.append(
                (
                    found.queue,
                    "new hours",
                    1,
                    learnt.came,
                    learnt.expected,
                    abs(bias),
                    bias,
                    None,
                    None,
                    None,
                    "",
                    now,
                )
            )
    return pd.DataFrame(rows, columns=_names("actuals.csv"))


def actuals_days(made: Actuals) -> pd.DataFrame:
    """What came on each whole day beside what was expected, with its band, as in ``actuals_days.csv``."""
    volumes, came = made.volumes, made.came
    channels = {queue.name: queue.channel for queue in made.scenario.queues}
    days = np.unique(volumes.day_of[came.seen])
    rows: list[tuple[object, ...]] = []
    for row, name in enumerate(volumes.queues):
        counted = came.seen & (volumes.mean[row] > 0) if channels[name] in LIVE_CHANNELS else came.seen
        low, high = (demand.unit_band(volumes, name, "day", share) for share in (0.1, 0.9))
        real = np.bincount(volumes.day_of[counted], weights=came.counts[row, counted], minlength=len(low))
        mean = np.bincount(volumes.day_of, weights=volumes.mean[row], minlength=len(low))
        rows += [
            (name, made.first + timedelta(days=int(day)), real[day], mean[day], low[day], high[day])
            for day in days
        ]
    return pd.DataFrame(rows, columns=_names("actuals_days.csv"))


def _names(file: str) -> list[str]:
    return [column.name for column in ACTUALS_COLUMNS[file] if column.name != "schema_version"]
