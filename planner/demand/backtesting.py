"""How good the forecast would have been, beside two naive yardsticks and the floor that chance sets."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from planner._errors import HistoryError
from planner._messages import Message
from planner.clock import PublicHolidays
from planner.demand.arrivals import History, Spread
from planner.demand.bands import share_inside
from planner.demand.daily import features
from planner.demand.fits import LEARN_DAYS, Fits
from planner.demand.localdays import LocalDays, local_days
from planner.demand.model import MOST_DAYS, fit_queue
from planner.demand.queue import Queue

if TYPE_CHECKING:
    import pandas as pd

HORIZON_DAYS = 28
METHODS = ("planner", "same hour last week", "mean of 8 weeks")
# Slots of an hour that make one unit of each grain.
GRAINS = {"hour": 1, "shift": 8, "day": 24, "week": 7 * 24}
PRINTED_FROM = 2.0
ADVISED_MEAN = 5.0


class _Origin(NamedTuple):
    """Four weeks seen from one day: hours by method, and what came."""

    actual: np.ndarray
    seen: np.ndarray
    forecasts: tuple[np.ndarray, ...]
    spread: Spread


def backtest(
    history: History,
    queues: Sequence[Queue],
    zone: str,
    holidays: PublicHolidays | None = None,
    origins: int | Sequence[date] = 8,
) -> pd.DataFrame:
    """Forecast four weeks from several past days, with only what was known then, and compare.

    Parameters
    ----------
    history: counts by interval.
    queues: to test.
    zone: clock of days and profile.
    holidays: public holidays of the callers.
    origins: how many past days, the last ones that leave four weeks, four weeks apart (one week apart where
        the history is short); or the days themselves.

    Returns
    -------
    Long frame: queue; grain (hour, shift of 8 hours, day, week); method (``METHODS``); wape and bias as
    shares of all contacts (wape is NaN for hours with a mean under 2: it would say nothing);
    mean_per_interval; noise_floor_ratio: error over the error that Poisson chance alone forces on the
    planner's mean, 1 = no forecast of the mean can do better; coverage80: share of units inside the 10-90 %
    band (see ``bands.share_inside``; a perfect band has 0.80), NaN for the yardsticks.

    Raises
    ------
    HistoryError: less than 84 whole days: nothing is left to test on.
    """
    import pandas as pd

    past = local_days(history, [queue.name for queue in queues], zone, holidays)
    rows = _origin_rows(past, origins)
    calendar = features(past.first_day, past.days, holidays)
    records: list[dict[str, object]] = []
    for row, queue in enumerate(queues):
        tested = [_forecasts(past, row, calendar, origin) for origin in rows]
        for grain, hours in GRAINS.items():
            records += [{"queue": queue.name, "grain": grain, **scores} for scores in _scores(tested, hours)]
    return pd.DataFrame.from_records(records)


def accuracy_messages(accuracy: pd.DataFrame) -> tuple[Message, ...]:
    """One plain sentence per queue of a back-test: volume, floor, distance to it, grain to plan by.

    Parameters
    ----------
    accuracy: frame of ``backtest``.
    """
    daily = accuracy[(accuracy["grain"] == "day") & (accuracy["method"] == METHODS[0])]
    return tuple(
        _sentence(str(queue), float(mean), float(wape), float(ratio))
        for queue, mean, wape, ratio in zip(
            daily["queue"], daily["mean_per_interval"], daily["wape"], daily["noise_floor_ratio"], strict=True
        )
    )


def advised_grain(per_day: float) -> str:
    """Smallest of 1, 2, 4, 8 hours and a day that holds 5 contacts on average.

    Examples
    --------
    >>> advised_grain(3.0), advised_grain(40.0), advised_grain(200.0)
    ('day', '4 hours', 'hour')
    """
    for hours in (1, 2, 4, 8):
        if per_day * hours / 24 >= ADVISED_MEAN:
            return "hour" if hours == 1 else f"{hours} hours"
    return "day"


def noise_floor(mean: np.ndarray) -> np.ndarray:
    """Mean absolute error that Poisson chance forces on a forecast of its own mean.

    ``2 e^-m m^(k+1) / k!`` with k = floor m (Crow 1958, mean deviation of the Poisson distribution).

    Examples
    --------
    >>> noise_floor(np.array([0.0, 1.0])).round(4).tolist()
    [0.0, 0.7358]
    """
    whole = np.floor(mean).astype(np.int64)
    logs = np.concatenate(([0.0], np.cumsum(np.log(np.arange(1, int(whole.max(initial=0)) + 2)))))
    safe = np.maximum(mean, 1e-300)
    return np.asarray(2 * np.exp(-safe + (whole + 1) * np.log(safe) - logs[whole]))


def _sentence(queue: str, per_day: float, wape: float, ratio: float) -> Message:
    if not per_day > 0 or not ratio > 0 or math.isnan(wape):
        return Message("demand.accuracy_empty", {"queue": queue})
    values = {
        "queue": queue,
        "per_day": f"{per_day:.0f}" if per_day >= 10 else f"{per_day:.1f}",
        "floor": f"{100 * wape / ratio:.0f}",
        "error": f"{100 * wape:.0f}",
        "ratio": f"{ratio:.2f}",
        "grain": advised_grain(per_day),
    }
    return Message("demand.accuracy", values)


def _origin_rows(past: LocalDays, origins: int | Sequence[date]) -> list[int]:
    last = past.days - HORIZON_DAYS
    if isinstance(origins, int):
        apart = HORIZON_DAYS if last - LEARN_DAYS >= 3 * HORIZON_DAYS else 7
        rows = [last - index * apart for index in range(origins)]
    else:
        rows = [(day - past.first_day).days for day in origins]
    rows = sorted(row for row in rows if LEARN_DAYS <= row <= last)
    if not rows:
        values = {"days": past.days, "least": LEARN_DAYS + HORIZON_DAYS}
        raise HistoryError(Message("demand.too_short_to_test", values))
    return rows


def _forecasts(past: LocalDays, row: int, calendar: np.ndarray, origin: int) -> _Origin:
    low = max(0, origin - MOST_DAYS)
    known, seen = past.counts[row, low:origin], past.seen[low:origin]
    ahead = slice(origin, origin + HORIZON_DAYS)
    model = fit_queue(known, seen, calendar[low:origin])
    spread = Fits(past, row, calendar).spread(origin)
    weeks = HORIZON_DAYS // 7
    last_week = np.tile(known[-7:], (weeks, 1))
    eight = known[-7 * min(8, len(known) // 7) :].reshape(-1, 7, known.shape[1]).mean(axis=0)
    forecasts = (model.slots(calendar[ahead]), last_week, np.tile(eight, (weeks, 1)))
    return _Origin(
        _hours(past.counts[row, ahead]), past.seen[ahead], tuple(_hours(f) for f in forecasts), spread
    )


def _hours(slots: np.ndarray) -> np.ndarray:
    return np.asarray(slots.reshape(len(slots), 24, -1).sum(axis=2))


def _scores(tested: Sequence[_Origin], hours: int) -> list[dict[str, object]]:
    """Scores of every method at one grain; days that are missing count nowhere."""
    actual = np.concatenate([_units(origin.actual, origin.seen, hours) for origin in tested])
    planner = np.concatenate([_units(origin.forecasts[0], origin.seen, hours) for origin in tested])
    inside = np.concatenate([_inside(origin, hours) for origin in tested])
    total, floor = float(actual.sum()), float(noise_floor(planner).sum())
    scores: list[dict[str, object]] = []
    for index, method in enumerate(METHODS):
        made = np.concatenate([_units(origin.forecasts[index], origin.seen, hours) for origin in tested])
        error = float(np.abs(made - actual).sum())
        printed = total > 0 and (hours > 1 or actual.mean() >= PRINTED_FROM)
        scores.append({
            "method": method,
            "wape": error / total if printed else math.nan,
            "bias": float((made - actual).sum()) / total if total else math.nan,
            "mean_per_interval": float(actual.mean()),
            "noise_floor_ratio": error / floor if floor > 0 else math.nan,
            "coverage80": float(inside.mean()) if index == 0 else math.nan,
        })  # fmt: skip
    return scores


def _units(by_hour: np.ndarray, seen: np.ndarray, hours: int) -> np.ndarray:
    """Sums of so many hours; below a week only of days with data, in a week without the missing ones."""
    if hours > 24:
        return np.asarray((by_hour * seen[:, None]).reshape(-1, hours).sum(axis=1))
    return np.asarray(by_hour[seen].reshape(-1, hours).sum(axis=1))


def _inside(origin: _Origin, hours: int) -> np.ndarray:
    """How much of each unit lies inside its 10-90 % band."""
    actual = _units(origin.actual, origin.seen, hours)
    mean = _units(origin.forecasts[0], origin.seen, hours)
    return share_inside(actual, mean, unit_spread(origin.spread, origin.forecasts[0], hours))


def unit_spread(spread: Spread, by_hour: np.ndarray, hours: int) -> float:
    """Gamma variance of a sum of so many hours, from the three nested factors.

    Parameters
    ----------
    spread: of the queue.
    by_hour: forecast by day and hour, whole weeks.
    hours: 1, 8, 24 or 168.
    """
    squares = float((by_hour**2).sum())
    units = float((by_hour.reshape(-1, hours).sum(axis=1) ** 2).sum())
    days = float((by_hour.sum(axis=1) ** 2).sum())
    if units <= 0:
        return 0.0
    day_part = (1 + spread.week) * spread.day
    hour_part = (1 + spread.week) * (1 + spread.day) * spread.hour
    return spread.week + day_part * min(days / units, 1.0) + hour_part * squares / units
