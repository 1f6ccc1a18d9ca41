"""Call centres that nobody has: seeded counts with the traits that make real ones hard.

Closed nights, quiet or closed weekends, pay days, holidays that nobody tells (no call, and more on the day
after), lost days, drift, days that stray together, half-days, a level that jumps. The truth is known.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np


@dataclass(frozen=True)
class Centre:
    """One made queue.

    Attributes
    ----------
    per_day: mean calls of a weekday. days: how many. first_day: local day, any weekday.
    opens, closes: minutes after midnight. saturday, sunday: share of a weekday's calls, 0 is closed.
    saturday_closes: minutes after midnight.
    day_spread, hour_spread: gamma variances of a day and of an hour within it.
    drift: standard deviation of the weekly step of the logarithm of the level.
    pay: factor on the last and first two days of the month. holidays, lost: how many days of each.
    minutes: counting interval. stray: share of calls that ring while closed.
    """

    per_day: float = 2000.0
    days: int = 235
    first_day: date = date(2023, 3, 6)
    opens: int = 420
    closes: int = 1265
    saturday: float = 0.0
    sunday: float = 0.0
    saturday_closes: int = 840
    day_spread: float = 0.004
    hour_spread: float = 0.003
    drift: float = 0.02
    pay: float = 1.25
    holidays: int = 5
    lost: int = 2
    minutes: int = 5
    stray: float = 0.0


CENTRES: Mapping[str, Centre] = {
    "bank": Centre(per_day=6000.0),
    "branch": Centre(per_day=600.0, saturday=0.4, opens=480, closes=1080, minutes=15, day_spread=0.01),
    "round the clock": Centre(
        per_day=3000.0, saturday=0.6, sunday=0.45, opens=0, closes=1440, saturday_closes=1440, minutes=30
    ),
    "night cut": Centre(
        per_day=1500.0, days=361, saturday=0.5, sunday=0.8, opens=420, closes=1440, saturday_closes=1440,
        minutes=60, pay=1.1, stray=0.002,
    ),
    "small": Centre(per_day=60.0, saturday=0.3, opens=540, closes=1080, minutes=15, days=180, holidays=4),
}  # fmt: skip


def rates(centre: Centre, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Expected calls by day and interval, and which days are lost from the file."""
    dice = np.random.default_rng(seed)
    dates = [centre.first_day + timedelta(days=day) for day in range(centre.days)]
    weekday = np.array([day.weekday() for day in dates])
    minute = np.arange(0, 24 * 60, centre.minutes) + centre.minutes / 2
    base = (
        0.25
        + np.exp(-(((minute - 640) / 110) ** 2))
        + 0.7 * np.exp(-(((minute - 900) / 160) ** 2))
        + 0.2 * np.exp(-(((minute - 1140) / 90) ** 2))
    )
    open_now = (minute >= centre.opens) & (minute < centre.closes)
    profile = np.where(open_now, base, centre.stray * base)
    saturday = np.where((minute >= centre.opens) & (minute < centre.saturday_closes), base, 0.0)
    level = np.exp(
        np.cumsum(np.repeat(dice.normal(0, centre.drift, centre.days // 7 + 1), 7)[: centre.days] / 7)
    )
    factor = np.array([1.18, 1.04, 1.0, 0.97, 0.95, centre.saturday, centre.sunday])[weekday]
    near_pay = np.array([day.day in (1, 2, 30, 31) for day in dates])
    factor = factor * np.where(near_pay, centre.pay, 1.0)
    workdays = np.flatnonzero(weekday < 5)
    off = dice.choice(workdays[10:-5], size=centre.holidays, replace=False)
    factor[np.minimum(off + 1, centre.days - 1)] *= 1.15
    factor[off] = 0.0
    each = np.where((weekday == 5)[:, None], saturday / base.sum(), profile / profile.sum())
    made = centre.per_day * (level * factor)[:, None] * each
    lost = np.zeros(centre.days, dtype=bool)
    left = np.setdiff1d(workdays[20:-10], off)
    lost[dice.choice(left, size=centre.lost, replace=False)] = True
    return made, lost


def calls(centre: Centre, seed: int) -> np.ndarray:
    """Counts by day and interval; lost days have none."""
    expected, lost = rates(centre, seed)
    dice = np.random.default_rng(seed + 1)
    days, slots = expected.shape
    per_hour = slots // 24
    of_day = dice.gamma(1 / centre.day_spread, centre.day_spread, (days, 1))
    of_hour = np.repeat(dice.gamma(1 / centre.hour_spread, centre.hour_spread, (days, 24)), per_hour, axis=1)
    counts = dice.poisson(expected * of_day * of_hour)
    counts[lost] = 0
    return np.asarray(counts)


def write_centres(
    file: Path, seed: int, centres: Mapping[str, Centre] = CENTRES, *, every_row: bool = False
) -> Path:
    """Write a file of counts; stamps on the local clock, without an offset."""
    with file.open("w", newline="", encoding="utf-8") as text:
        writer = csv.writer(text)
        writer.writerow(("interval_start", "queue", "arrivals"))
        for name, centre in centres.items():
            for day, row in enumerate(calls(centre, seed)):
                midnight = datetime.combine(centre.first_day, datetime.min.time(), tzinfo=UTC)
                for slot in range(len(row)) if every_row else np.flatnonzero(row).tolist():
                    start = midnight + timedelta(days=day, minutes=slot * centre.minutes)
                    writer.writerow((start.strftime("%Y-%m-%d %H:%M:%S"), name, int(row[slot])))
    return file
