"""The forecast and its naive yardsticks, on real questions that everybody can count again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from planner._messages import Message
from planner.clock import PublicHolidays
from planner.demand import History, ImportReport, Promise, Queue, backtest
from planner.study.validation.check import Case, Check
from planner.study.validation.sources import table

MOZILLA = (
    "own count on the questions to Mozilla Support (Firefox, en-US, rtanglao/rt-kits-api3, commit ccf7b4bf)"
)
BAR = "bar that the forecast was built to, on the same questions"
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
        ("Y003", "day", EIGHT_WEEKS, "17.9"),
        ("Y004", "week", EIGHT_WEEKS, "12.1"),
    ):
        what = Message("validation.typical_miss", {"grain": grain, "method": method})
        yield Case(name, "forecast", what, MOZILLA, False).printed(expected, float(miss[grain, method]))
    for name, grain, most in (("Y005", "day", "16.8"), ("Y006", "week", "11.5")):
        what = Message("validation.typical_miss", {"grain": grain, "method": PLANNER})
        got = float(miss[grain, PLANNER])
        yield Case(name, "forecast", what, BAR, False).between("0.0", most, got, 1)


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
