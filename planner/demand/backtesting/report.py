"""The accuracy report: scores, one row a queue, forecasts beside what came, and all of it in sentences."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from planner._errors import HistoryError
from planner._messages import Message
from planner.clock import OpeningHours, PublicHolidays
from planner.demand.arrivals import History
from planner.demand.asks import ForecastAsks
from planner.demand.backtesting.advice import advised_grain, open_hours_of, open_rate
from planner.demand.backtesting.findings import Finding, findings_of
from planner.demand.backtesting.scores import ALL_WEEKS, scores_of, units_of
from planner.demand.backtesting.traces import trace_of
from planner.demand.backtesting.trials import HORIZON_DAYS, METHODS, Trial, trials_of
from planner.demand.curve.fits import LEARN_DAYS
from planner.demand.forecasting import LEAST_DAYS, QueuePast, pasts_of
from planner.demand.queue import Queue

if TYPE_CHECKING:
    import pandas as pd

ORIGINS = 13
WARNED_BELOW = 56
GOOD_FROM = 91
TESTED_FROM = LEARN_DAYS + HORIZON_DAYS
SCORE_COLUMNS = (
    "queue", "grain", "method", "wape", "bias", "mean_per_interval", "noise_floor_ratio", "coverage80",
    "weeks_ahead", "coverage95", "deviance_ratio", "band_deviance_ratio", "skill_last_week",
    "skill_eight_weeks", "units",
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class AccuracyReport:
    """How well such forecasts would have done on their own history.

    Attributes
    ----------
    scores: long frame of ``backtest``, with the four weeks ahead together ("1-4") and one by one ("1" ...).
    summary: one row a queue: queue, per_day, per_open_hour, open_hours (of a day that has any),
        daily_error and daily_floor (shares of all contacts), noise_floor_ratio, bias, to_last_week and
        to_eight_weeks (daily error over that of the yardstick), coverage80 and coverage95 of days, grain
        (advised), tests, first_test and last_test (days).
    trace: past days and weeks as they were forecast: queue, grain, origin, start, weeks_ahead, hours (that
        count), actual, a column for each of ``METHODS`` and low80, high80, low95, high95. NaN: no data.
    findings: what the user should know, queue by queue.
    sentences: all of it in words.
    """

    scores: pd.DataFrame
    summary: pd.DataFrame
    trace: pd.DataFrame
    findings: tuple[Finding, ...]
    sentences: tuple[Message, ...]


def accuracy_report(
    history: History | None,
    queues: Sequence[Queue],
    zone: str,
    holidays: PublicHolidays | None = None,
    asks: ForecastAsks | None = None,
    origins: int | Sequence[date] = ORIGINS,
    opening: Mapping[str, OpeningHours] | None = None,
) -> AccuracyReport:
    """Test the forecast of every queue on its own past, and say in words what that shows.

    A history that is too short to be tested gets a report without figures that says so.

    Parameters
    ----------
    history: None: volumes are stated.
    queues: to test.
    zone: clock of days and profile.
    holidays: public holidays of the callers.
    asks: see ``backtest``.
    origins: as of ``backtest``.
    opening: hours that are planned for, by queue; the grain is advised for these. A queue that is not named
        is open whenever contacts could be seen.

    Raises
    ------
    HistoryError: fewer than 14 whole days of history.

    Examples
    --------
    >>> str(accuracy_report(None, [], "Europe/Rome").sentences[0])[:23]
    'There is no history: th'
    """
    if history is None:
        return _report({}, {}, (Finding("", "assumption", Message("accuracy.assumption")),))
    asks = asks or ForecastAsks()
    pasts = pasts_of(history, queues, zone, holidays, asks)
    days = max((past.days.days for past in pasts), default=0)
    if days < LEAST_DAYS:
        raise HistoryError(Message("demand.too_short", {"days": days, "least": LEAST_DAYS}))
    long = [past for past in pasts if past.days.days >= TESTED_FROM]
    tested = {past.queue.name: trials_of(past, asks, origins) for past in long}
    is_open = {
        past.queue.name: open_hours_of(past.days, (opening or {}).get(past.queue.name)) for past in long
    }
    rates = {name: open_rate(trials, is_open[name]) for name, trials in tested.items()}
    return _report(tested, rates, tuple(_of_length(pasts, days)))


def backtest(
    history: History,
    queues: Sequence[Queue],
    zone: str,
    holidays: PublicHolidays | None = None,
    origins: int | Sequence[date] = 8,
    asks: ForecastAsks | None = None,
) -> pd.DataFrame:
    """Forecast four weeks from several past days, with only what was known then, and compare.

    Parameters
    ----------
    history: counts by interval.
    queues: to test.
    zone: clock of days and profile.
    holidays: public holidays of the callers.
    origins: how many past days, the last ones that leave four weeks, four weeks apart (closer where the
        history is too short for eight of them); or the days themselves.
    asks: calendars, clocks, masks and past events are used; drivers and what is set by hand are not: they
        speak of what is to come.

    Returns
    -------
    Long frame: queue; grain (hour, shift of 8 hours, day, week); method (``METHODS``); weeks_ahead ("1-4");
    wape and bias as shares of all contacts (wape is NaN for hours with a mean under 2: it would say nothing);
    mean_per_interval; noise_floor_ratio: error over the error that Poisson chance alone forces on the
    planner's mean, 1 = no forecast of the mean can do better; coverage80 and coverage95: share of units
    inside the band (see ``part_inside``; a perfect band has 0.80 and 0.95), NaN for the yardsticks as are
    deviance_ratio: Poisson deviance over what chance alone brings, and band_deviance_ratio: the same by the
    planner's band, 1 = as far off as it says; skill_last_week and skill_eight_weeks: how much smaller the
    error is than that of the yardstick, as a share of it; units that were counted. Missing and closed time
    counts nowhere.

    Raises
    ------
    HistoryError: less than 84 whole days: nothing is left to test on.
    """
    asks = asks or ForecastAsks()
    pasts = pasts_of(history, queues, zone, holidays, asks)
    scores = _scores_frame([(past.queue.name, trials_of(past, asks, origins)) for past in pasts])
    return scores[scores["weeks_ahead"] == ALL_WEEKS].reset_index(drop=True)


def _scores_frame(tested: Sequence[tuple[str, Sequence[Trial]]]) -> pd.DataFrame:
    """Scores of queues and their trials as a long frame."""
    import pandas as pd

    records = [{"queue": queue, **scores} for queue, trials in tested for scores in scores_of(trials)]
    return pd.DataFrame.from_records(records, columns=list(SCORE_COLUMNS))


def _report(
    tested: Mapping[str, Sequence[Trial]],
    rates: Mapping[str, tuple[float, float]],
    general: tuple[Finding, ...],
) -> AccuracyReport:
    import pandas as pd

    scores = _scores_frame(list(tested.items()))
    rows = [_row(queue, trials, scores, *rates[queue]) for queue, trials in tested.items()]
    traces = [row for queue, trials in tested.items() for row in trace_of(queue, trials)]
    own = {queue: tuple(findings_of(queue, trials)) for queue, trials in tested.items()}
    findings = general + tuple(finding for found in own.values() for finding in found)
    sentences = [finding.message for finding in general]
    for row in rows:
        if row["daily_error"] >= 0:
            sentences.append(_sentence(row))
        sentences += [finding.message for finding in own[str(row["queue"])]]
    return AccuracyReport(scores, pd.DataFrame(rows), pd.DataFrame(traces), findings, tuple(sentences))


def _of_length(pasts: Sequence[QueuePast], days: int) -> list[Finding]:
    values = {"days": days, "good": GOOD_FROM, "least": TESTED_FROM}
    found = []
    if days < WARNED_BELOW:
        found.append(Finding("", "short history", Message("accuracy.short", values)))
    elif days < TESTED_FROM:
        found.append(Finding("", "short history", Message("accuracy.untested", values)))
    elif days < GOOD_FROM:
        found.append(Finding("", "short history", Message("accuracy.fair", values)))
    for past in pasts:
        missing = int((~past.days.seen).sum())
        if missing:
            text = {"queue": past.queue.name, "days": missing, "all": past.days.days}
            found.append(Finding(past.queue.name, "missing days", Message("accuracy.missing_days", text)))
    return found


def _row(
    queue: str, trials: Sequence[Trial], scores: pd.DataFrame, per_hour: float, open_hours: float
) -> dict[str, Any]:
    """One queue at a glance, by the day."""
    days = units_of(trials, "day")
    per_day = float(days.actual.sum()) / max(len(days.actual), 1)
    own = scores[(scores["queue"] == queue) & (scores["weeks_ahead"] == ALL_WEEKS)]
    score = own[(own["grain"] == "day") & (own["method"] == METHODS[0])].iloc[0]
    error, ratio = float(score["wape"]), float(score["noise_floor_ratio"])
    return {
        "queue": queue,
        "per_day": per_day,
        "per_open_hour": per_hour,
        "open_hours": open_hours,
        "daily_error": error,
        "daily_floor": error / ratio if ratio > 0 else math.nan,
        "noise_floor_ratio": ratio,
        "bias": float(score["bias"]),
        "to_last_week": 1 - float(score["skill_last_week"]),
        "to_eight_weeks": 1 - float(score["skill_eight_weeks"]),
        "coverage80": float(score["coverage80"]),
        "coverage95": float(score["coverage95"]),
        "grain": advised_grain(per_hour * open_hours, open_hours),
        "tests": len(trials),
        "first_test": trials[0].origin,
        "last_test": trials[-1].origin,
    }


def _sentence(row: Mapping[str, Any]) -> Message:
    per_day = row["per_day"]
    values = {
        "queue": row["queue"],
        "per_day": f"{per_day:.0f}" if per_day >= 10 else f"{per_day:.1f}",
        "floor": _percent(row["daily_floor"]),
        "error": _percent(row["daily_error"]),
        "ratio": f"{row['noise_floor_ratio']:.2f}",
        "grain": row["grain"],
    }
    return Message("accuracy.queue_small" if row["grain"] == "day" else "accuracy.queue", values)


def _percent(share: float) -> str:
    return "-" if np.isnan(share) else f"{100 * share:.0f}"
