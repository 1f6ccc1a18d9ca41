"""Make the data of this folder: counts of e-mails, the calls of a phone system, and teams.

Everything is made up; the seed makes it repeat. Run from anywhere:
``python scenarios/three-desks/make_data.py [folder]``.

350 e-mails a weekday come to three desks in Madrid: onboarding 200, customer success 105, partnerships 45.
Nine in ten come while the desks are open, Monday is busiest, weekends hold 2 % of a week, Spanish public
holidays a third of a day. Weeks and days vary together (gamma factors). Calls are those of twelve weeks, in
and out, as a phone system writes them: a call-back that nobody answers costs its ringing.
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

SEED = 20260524
FIRST_DAY, LAST_DAY = date(2025, 6, 2), date(2026, 5, 24)
CALLS_SINCE = date(2026, 3, 2)
HERE, UTC = ZoneInfo("Europe/Madrid"), ZoneInfo("UTC")
DESKS = {"onboarding": 200, "customer success": 105, "partnerships": 45}
WEEKDAY = [1.14, 1.04, 1.0, 0.97, 0.85, 0.06, 0.05]
HOURS = [0.1, 0.1, 0.1, 0.1, 0.1, 0.2, 0.4, 0.9, 2.6, 11.0, 13.0, 12.5,
         11.0, 9.0, 8.5, 10.0, 9.5, 7.5, 2.2, 1.2, 0.7, 0.5, 0.3, 0.2]  # fmt: skip
HOLIDAYS = {date.fromisoformat(text) for text in (
    "2025-08-15", "2025-10-13", "2025-11-01", "2025-12-06", "2025-12-08", "2025-12-25", "2026-01-01",
    "2026-01-06", "2026-04-02", "2026-04-03", "2026-05-01", "2026-05-02", "2026-05-15",
)}  # fmt: skip
# By desk: call-backs a weekday, seconds in a call that is answered, incoming calls a weekday.
CALLS = {"onboarding": (38, 540, 9), "customer success": (22, 600, 7), "partnerships": (6, 780, 3)}
CALL_HOURS = {10: 0.22, 11: 0.24, 12: 0.16, 15: 0.16, 16: 0.22}
ANSWERED = 0.72

NAMES = {
    "onboarding": [
        "Alba Castro", "Bruno Ferrer", "Carmen Ibarra", "Diego Lozano", "Elena Mora", "Fernando Navarro",
        "Gloria Ortega", "Hugo Paredes", "Inés Quiroga", "Javier Ramos", "Laura Santos", "Mario Torres",
    ],
    "success": ["Nuria Vega", "Óscar Blanco", "Paula Cano", "Raúl Delgado", "Silvia Esteban", "Tomás Gil"],
    "partnerships": ["Úrsula Herrero", "Víctor Marín", "Yolanda Prieto"],
}  # fmt: skip
COST = {"onboarding": 17.2, "success": 19.6, "partnerships": 22.4}
HELPS = {  # who can help a second desk, in the team file that has such people
    "Carmen Ibarra": "success", "Hugo Paredes": "success", "Laura Santos": "success",
    "Nuria Vega": "partnerships", "Raúl Delgado": "partnerships", "Víctor Marín": "success",
}  # fmt: skip
LEAVE = {"Diego Lozano": "2026-06-15..2026-06-19", "Gloria Ortega": "2026-06-29..2026-07-03",
         "Paula Cano": "2026-06-22..2026-06-26"}  # fmt: skip
COLUMNS = ["name", "site", "languages", "teams", "channels", "weekly_hours", "cost", "nights", "from",
           "until", "leave", "payroll_id", "email"]  # fmt: skip
AIRCALL = ["line", "datetime (utc)", "direction", "answered", "duration (total)", "duration (in call)",
           "team", "call id"]  # fmt: skip


def days(first: date) -> list[date]:
    """Days from one on to the last."""
    return [first + timedelta(days=n) for n in range((LAST_DAY - first).days + 1)]


def gamma(random: np.random.Generator, spread: float) -> float:
    """A factor around 1 with so large a standard deviation."""
    return float(random.gamma(1 / spread**2, spread**2))


def quiet(day: date) -> float:
    """Public holidays, August and Christmas."""
    if day in HOLIDAYS:
        return 0.33
    if (day.month, day.day) >= (12, 24) or (day.month, day.day) <= (1, 5):
        return 0.5
    return 0.7 if day.month == 8 else 1.0


def counts() -> list[list[str]]:
    """E-mails by half-hour and desk, with the offset of the day; half-hours without any are not written."""
    random = np.random.default_rng([SEED, 1])
    shape = np.repeat(np.array(HOURS) / sum(HOURS) / 2, 2)
    rows = []
    week = 1.0
    for day in days(FIRST_DAY):
        if day.weekday() == 0:
            week = gamma(random, 0.04)
        factor = WEEKDAY[day.weekday()] * quiet(day) * week * gamma(random, 0.06)
        arrivals = {
            desk: random.poisson(mean * factor * gamma(random, 0.05) * shape) for desk, mean in DESKS.items()
        }
        for half in range(48):
            at = datetime(day.year, day.month, day.day, half // 2, half % 2 * 30, tzinfo=HERE)
            if at.astimezone(UTC).astimezone(HERE) != at:
                continue  # the hour that spring leaves out
            rows += [[at.isoformat(), desk, str(n[half])] for desk, n in arrivals.items() if n[half]]
    return rows


def calls() -> list[list[str]]:
    """The phone system's export, oldest first: call-backs and the few calls that come in."""
    random = np.random.default_rng([SEED, 2])
    rows: list[tuple[str, ...]] = []
    for day in days(CALLS_SINCE):
        if day.weekday() >= 5 or day in HOLIDAYS:
            continue
        for desk, (made, seconds, received) in CALLS.items():
            for direction, mean in (("outbound", made), ("inbound", received)):
                for _ in range(random.poisson(mean * gamma(random, 0.08))):
                    rows.append(call(random, day, desk, direction, seconds))
    rows.sort(key=lambda row: row[1])
    return [[*row, str(7_310_044 + 3 * number)] for number, row in enumerate(rows)]


def call(random: np.random.Generator, day: date, desk: str, direction: str, seconds: int) -> tuple[str, ...]:
    """One call."""
    hour = int(random.choice(list(CALL_HOURS), p=list(CALL_HOURS.values())))
    minute, second = int(random.integers(60)), int(random.integers(60))
    at = datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=HERE).astimezone(UTC)
    ringing = int(random.integers(8, 35))
    answered = direction == "inbound" or random.random() < ANSWERED
    spoken = 60 + round(random.gamma(2.0, (seconds - 60) / 2.0)) if answered else 0
    written = at.strftime("%Y-%m-%d %H:%M:%S")
    word = "Yes" if answered else "No"
    return (f"{desk} line", written, direction, word, str(ringing + spoken), str(spoken), desk)


def team_rows(helps: bool) -> list[list[str]]:
    """Rows of a team file, with or without people who can help a second desk."""
    rows = []
    for desk, names in NAMES.items():
        for name in names:
            teams = f"{desk}, {HELPS[name]}" if helps and name in HELPS else desk
            cost = COST[desk] + 0.3 * (len(rows) % 4) + (0.6 if helps and name in HELPS else 0.0)
            rows.append([name, "Madrid", "en", teams, "", "40", f"{cost:.2f}", "no", "", "",
                         LEAVE.get(name, ""), f"D{len(rows) + 101}", ""])  # fmt: skip
    return rows


def table(header: list[str], rows: list[list[str]]) -> bytes:
    """A CSV file with Unix line ends."""
    text = io.StringIO()
    out = csv.writer(text, lineterminator="\n")
    out.writerow(header)
    out.writerows(rows)
    return text.getvalue().encode()


def packed(path: Path, content: bytes) -> None:
    """A gzipped file without a name or a time in it."""
    with path.open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as file:
        file.write(content)


def main(folder: Path) -> None:
    """Write all data files of this folder."""
    packed(folder / "counts.csv.gz", table(["interval_start", "queue", "arrivals"], counts()))
    packed(folder / "calls.csv.gz", table(AIRCALL, calls()))
    (folder / "team.csv").write_bytes(table(COLUMNS, team_rows(False)))
    (folder / "team-two-desks.csv").write_bytes(table(COLUMNS, team_rows(True)))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
