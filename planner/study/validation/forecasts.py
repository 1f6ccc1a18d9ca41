"""The forecast and its naive yardsticks, on real questions that everybody can count again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import numpy as np

from planner._messages import Message
from planner.clock import PublicHolidays
from planner.demand import (
    History,
    ImportReport,
    Promise,
    Queue,
    backtest,
    chance_deviance,
    part_inside,
    reached,
)
from planner.study.validation.check import Case, Check
from planner.study.validation.sources import table

MOZILLA = (
    "own count on the questions to Mozilla Support (Firefox, en-US, rtanglao/rt-kits-api3, commit ccf7b4bf)"
)
BAR = "bar that the forecast was built to, on the same questions"
EXACT = "own sum over all counts, 30 digits: no forecast can be nearer than chance"
PERFECT = "by definition: a band of its own distribution holds as much as it says"
POISSON = "by definition: four queues with two years of pure Poisson arrivals, 10 an hour, seed 1"
CHANCE_QUEUES = ("a", "b", "c", "d")
FIRST, APART, ORIGINS = date(2022, 10, 10), 84, 14
PLANNER, LAST_WEEK, EIGHT_WEEKS = "planner", "same hour last week", "mean of 8 weeks"


def forecasts() -> Iterator[Check]:
    """Typical misses over four weeks, seen from 14 days between October 2022 and October 2025."""
    import pandas as pd

    origins = [FIRST + timedelta(days=APART * number) for number in range(ORIGINS)]
    queue = Queue("questions", "email", "en", 600.0, Promise(0.9, 7200.0))
    scores = backtest(questions(), [queue], "UTC", PublicHolidays("US"), origins)
    miss = pd.Series(100 * scores["wape"].to_numpy(), [scores["grain"], scores["method"]])
    for name, grain, method, expected in (
        ("Y001", "day", LAST_WEEK, "20.1"),
        ("Y002", "week", LAST_WEEK, "11.9"),
        # 18.0 where days without data count as days without contacts; here missing is not zero.
        ("Y003", "day", EIGHT_WEEKS, "17.9"),
        ("Y004", "week", EIGHT_WEEKS, "12.1"),
    ):
        what = Message("validation.typical_miss", {"grain": grain, "method": method})
        yield Case(name, "forecast", what, MOZILLA, False).printed(expected, float(miss[grain, method]))
    for name, grain, most in (("Y005", "day", "16.8"), ("Y006", "week", "11.5")):
        what = Message("validation.typical_miss", {"grain": grain, "method": PLANNER})
        got = float(miss[grain, PLANNER])
        yield Case(name, "forecast", what, BAR, False).between("0.0", most, got, 1)
    yield from _chance()


def _chance() -> Iterator[Check]:
    """What the accuracy report holds a forecast against: chance alone, a perfect band, a perfect forecast."""
    for name, mean, expected in (("Y007", 0.1, "0.4741"), ("Y008", 1.0, "1.1468"), ("Y009", 40.0, "1.0043")):
        what = Message("validation.chance_deviance", {"mean": f"{mean:g}"})
        got = float(chance_deviance(np.array([mean]))[0])
        yield Case(name, "forecast", what, EXACT, False).near(expected, got, 5e-4)
    for name, mean, variance, level in (
        ("Y010", 2.0, 0.0, 0.8),
        ("Y011", 60.0, 0.1, 0.8),
        ("Y012", 60.0, 0.1, 0.95),
    ):
        what = Message("validation.perfect_band", {"mean": f"{mean:g}", "level": f"{100 * level:.0f}"})
        counts = np.arange(600.0)
        below, upto = reached(counts, np.full(len(counts), mean), variance)
        covered = float(((upto - below) * part_inside(below, upto, level)).sum())
        yield Case(name, "forecast", what, PERFECT, False).near(f"{level:.4f}", covered, 1e-6)
    queues = [Queue(name, "email", "en", 600.0, Promise(0.9, 7200.0)) for name in CHANCE_QUEUES]
    scores = backtest(pure_chance(), queues, "UTC", None, 13)
    hours = scores[(scores["grain"] == "hour") & (scores["method"] == PLANNER)]
    for name, column, apart in (("Y013", "noise_floor_ratio", 0.02), ("Y014", "deviance_ratio", 0.05)):
        what = Message(f"validation.{column}")
        yield Case(name, "forecast", what, POISSON, False).near("1.00", float(hours[column].mean()), apart, 2)


def pure_chance() -> History:
    """Four queues, two years of hours with 10 contacts each on average, and nothing but chance."""
    import pandas as pd

    hours, queues = 24 * 728, len(CHANCE_QUEUES)
    start = datetime(2024, 1, 1, tzinfo=UTC)
    frame = pd.DataFrame(
        {
            "interval_start": pd.date_range(start, periods=hours, freq="h").repeat(queues),
            "queue": CHANCE_QUEUES * hours,
            "arrivals": np.random.default_rng(1).poisson(10.0, hours * queues),
            "handle_seconds": float("nan"),
        }
    )
    end = start + timedelta(hours=hours)
    return History(
        frame, 60, start, end, ImportReport("", "", "counts", "UTC", hours, hours, {}, start, end, {})
    )


def questions() -> History:
    """Questions of each day, all at noon: of days and weeks that is as good as their hours.

    A day without a row is missing, not empty: the collection had a gap.
    """
    import pandas as pd

    rows = table("firefox_questions.csv")
    days = [datetime.fromisoformat(row["day"]).replace(tzinfo=UTC) for row in rows]
    one = timedelta(days=1)
    frame = pd.DataFrame(
        {
            "interval_start": pd.to_datetime([day.replace(hour=12) for day in days], utc=True),
            "queue": "questions",
            "arrivals": [int(row["questions"]) for row in rows],
            "handle_seconds": float("nan"),
        }
    )
    known = set(days)
    missing = tuple((day + one, day + 2 * one) for day in days[:-1] if day + one not in known)
    report = ImportReport("", "", "counts", "UTC", len(rows), len(rows), {}, days[0], days[-1], {})
    return History(frame, 60, days[0], days[-1] + one, report, missing)
