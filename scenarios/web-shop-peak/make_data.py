"""Make the data of this folder: counts of contacts of a web shop, and teams.

Everything is made up; the seed makes it repeat. Run from anywhere:
``python scenarios/web-shop-peak/make_data.py [folder]``.

A shop in Italy with about 1 500 orders a day; 9.8 contacts for 100 orders in spring 2025, 9.0 in May 2026. Of
these 46 % come by e-mail, 25 % by chat, 19 % by phone and 10 % on social networks; what comes while chat or
phone is closed is written instead by half of the customers, and not at all by the others. Evenings and
weekends are busy. On sale days there are about three times the contacts, on the day of a newsletter a third
more. Weeks and days vary together (gamma factors).
"""

from __future__ import annotations

import csv
import gzip
import io
import sys
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np

SEED = 20260531
FIRST_DAY, LAST_DAY = date(2025, 3, 31), date(2026, 5, 31)
HERE, UTC = ZoneInfo("Europe/Rome"), ZoneInfo("UTC")
ORDERS = 1_500
RATE = (0.098, 0.090)
WEEKDAY = [1.15, 1.08, 1.04, 1.02, 0.99, 0.86, 0.86]
HOURS = [1.6, 0.8, 0.4, 0.3, 0.3, 0.5, 1.2, 2.6, 4.4, 6.4, 7.2, 7.0,
         6.2, 5.8, 5.9, 5.8, 5.7, 5.8, 6.0, 6.2, 6.6, 6.7, 5.2, 3.4]  # fmt: skip
SHARES = {"email it": 0.46, "chat it": 0.25, "phone it": 0.19, "social it": 0.10}
OPEN = {"chat it": (range(5), 10, 18), "phone it": (range(6), 9, 18)}
SALES = {  # how many times the contacts, on each day of a sale
    "2025-07-05": [2.9, 3.2, 2.7], "2025-11-28": [3.3, 3.0, 2.8, 3.1], "2026-01-03": [2.8, 3.0, 2.9],
}  # fmt: skip
NEWSLETTERS = [date(2025, 4, 9) + timedelta(weeks=2 * n) for n in range(30)]
QUIET = {"2025-12-25": 0.45, "2025-12-26": 0.7, "2026-01-01": 0.6, "2025-04-20": 0.6, "2026-04-05": 0.6}
QUIET_SPAN = (date(2025, 8, 9), date(2025, 8, 23))

FULL_TIME = ["Anna Conti", "Davide Greco", "Francesca Leone", "Paolo Rizzo", "Valentina Serra"]
PART_TIME = ["Beatrice Fabbri", "Emanuele Galli", "Irene Mancini", "Stefano Villa"]
TEMPORARY = ["Temporary 1", "Temporary 2", "Temporary 3", "Temporary 4"]
COLUMNS = ["name", "site", "languages", "teams", "channels", "weekly_hours", "cost", "nights", "from",
           "until", "leave", "payroll_id", "email"]  # fmt: skip


def gamma(random: np.random.Generator, spread: float) -> float:
    """A factor around 1 with so large a standard deviation."""
    return float(random.gamma(1 / spread**2, spread**2))


def sale_days() -> dict[date, float]:
    """Every day of a sale with its factor."""
    return {
        date.fromisoformat(first) + timedelta(days=n): times
        for first, factors in SALES.items()
        for n, times in enumerate(factors)
    }


def mean_of(day: date, sales: dict[date, float]) -> float:
    """Contacts that a day would have on average, over all channels and open round the clock."""
    passed = (day - FIRST_DAY).days / (LAST_DAY - FIRST_DAY).days
    mean = ORDERS * (RATE[0] + (RATE[1] - RATE[0]) * passed) * WEEKDAY[day.weekday()] * 7 / sum(WEEKDAY)
    if QUIET_SPAN[0] <= day <= QUIET_SPAN[1]:
        mean *= 0.8
    mean *= QUIET.get(day.isoformat(), 1.0) * sales.get(day, 1.0)
    return mean * (1.34 if day in NEWSLETTERS and day not in sales else 1.0)


def is_open(queue: str, day: date, hour: int) -> bool:
    """Whether customers can reach a queue; e-mail and social networks always."""
    if queue not in OPEN:
        return True
    weekdays, opens, closes = OPEN[queue]
    return day.weekday() in weekdays and opens <= hour < closes


def counts() -> list[list[str]]:
    """Contacts by hour and channel, with the offset of the day; hours without any are not written."""
    random = np.random.default_rng(SEED)
    shape = np.array(HOURS) / sum(HOURS)
    sales, rows, week, day = sale_days(), [], 1.0, FIRST_DAY
    while day <= LAST_DAY:
        if day.weekday() == 0:
            week = gamma(random, 0.04)
        mean = mean_of(day, sales) * week * gamma(random, 0.06)
        for hour in range(24):
            at = datetime(day.year, day.month, day.day, hour, tzinfo=HERE)
            if at.astimezone(UTC).astimezone(HERE) != at:
                continue  # the hour that spring leaves out
            due = {queue: mean * share * shape[hour] for queue, share in SHARES.items()}
            for queue in OPEN:
                if not is_open(queue, day, hour):
                    due["email it"] += due.pop(queue) / 2
            for queue in SHARES:
                count = random.poisson(due.get(queue, 0.0))
                if count:
                    rows.append([at.isoformat(), queue, str(count)])
        day += timedelta(days=1)
    return rows


def team_rows(temporary: bool) -> list[list[str]]:
    """Rows of a team file, with or without temporary staff for the sale."""
    rows = []
    for index, name in enumerate(FULL_TIME):
        rows.append([name, "Milan", "it", "full time", "", "40", f"{20.2 + 0.4 * index:.2f}"])
    for index, name in enumerate(PART_TIME):
        rows.append([name, "Milan", "it", "part time", "", "24", f"{18.8 + 0.3 * index:.2f}"])
    for name in TEMPORARY if temporary else ():
        rows.append([name, "Milan", "it", "full time", "email, chat, social", "40", "24.00"])
    leave = {"Paolo Rizzo": "2026-07-13..2026-07-17", "Irene Mancini": "2026-06-22..2026-06-26"}
    full = []
    for number, row in enumerate(rows):
        passing = row[0] in TEMPORARY
        dates = ["2026-06-29", "2026-07-12"] if passing else ["", ""]
        full.append([*row, "yes", *dates, leave.get(row[0], ""), f"W{number + 101}", ""])
    return full


def table(header: list[str], rows: list[list[str]]) -> bytes:
    """A CSV file with Unix line ends."""
    text = io.StringIO()
    out = csv.writer(text, lineterminator="\n")
    out.writerow(header)
    out.writerows(rows)
    return text.getvalue().encode()


def main(folder: Path) -> None:
    """Write all data files of this folder."""
    content = table(["interval_start", "queue", "arrivals"], counts())
    with (
        (folder / "counts.csv.gz").open("wb") as raw,
        gzip.GzipFile("", "wb", 9, raw, mtime=0) as file,  # no name or time in it
    ):
        file.write(content)
    (folder / "team.csv").write_bytes(table(COLUMNS, team_rows(False)))
    (folder / "team-sale.csv").write_bytes(table(COLUMNS, team_rows(True)))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
