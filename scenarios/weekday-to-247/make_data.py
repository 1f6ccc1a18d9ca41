"""Make the data of this folder: tickets and teams. Everything is made up; the seed makes it repeat.

Run from anywhere: ``python scenarios/weekday-to-247/make_data.py [folder]``.

Tickets follow a weekly profile in Lisbon time that is plausible for enterprise customers abroad: about 100
tickets a weekday, a peak of 12 an hour, 0.5 to 2 an hour at night, weekends 7 % of a week. Weeks and days
vary together (gamma factors), so that the history is more uneven than pure chance.
"""

from __future__ import annotations

import csv
import sys
import unicodedata
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np

SEED = 20260322
FIRST_DAY, LAST_DAY = date(2025, 6, 2), date(2026, 3, 15)
HOURLY = [1.1, 1.0, 0.8, 0.7, 0.8, 1.0, 1.3, 2.2, 4.2, 7.8, 10.2, 11.4,
          8.8, 7.8, 9.4, 9.8, 8.4, 6.4, 4.0, 2.8, 2.2, 1.8, 1.5, 1.2]  # fmt: skip
WEEKDAY = [1.14, 1.06, 1.0, 0.96, 0.84]
WEEKEND_HOURLY = 0.75
QUIET_DAYS = {
    date(2025, 12, 24): 0.4,
    date(2025, 12, 25): 0.2,
    date(2025, 12, 26): 0.4,
    date(2026, 1, 1): 0.25,
}
GROUPS = {"Support": 0.78, "Premium": 0.14, "Urgent line": 0.08}
VIA = {"Support": "Mail", "Premium": "Mail", "Urgent line": "Phone"}

AGENTS = [
    "Ana Almeida", "Bruno Costa", "Carla Dias", "Duarte Esteves", "Elisa Faria", "Filipe Gomes",
    "Helena Inácio", "João Lopes", "Marta Nunes",
]  # fmt: skip
HIRES = ["New hire 1", "New hire 2", "New hire 3", "New hire 4", "New hire 5", "New hire 6", "New hire 7"]
ENGINEERS = ["Pedro Queirós", "Rita Sousa", "Tiago Vaz", "Vera Abreu", "Xavier Brito", "Zita Cardoso"]
COST = [13.2, 12.6, 14.1, 12.4, 13.0, 12.8, 14.6, 13.4, 12.5]
LEAVE = {"Bruno Costa": "2026-04-13..2026-04-17", "Helena Inácio": "2026-04-20..2026-04-24"}
NO_NIGHTS = {"Carla Dias"}
COLUMNS = [
    "name", "site", "languages", "teams", "channels", "weekly_hours", "cost", "nights", "from", "until",
    "leave", "payroll_id", "email",
]  # fmt: skip


def ticket_rows() -> list[list[str]]:
    """Rows of a Zendesk-like account export, oldest first."""
    random = np.random.default_rng(SEED)
    rows: list[list[str]] = []
    number = 48_200
    day, week_factor = FIRST_DAY, 1.0
    while day <= LAST_DAY:
        if day.weekday() == 0:
            week_factor = random.gamma(1 / 0.05**2, 0.05**2)
        factor = week_factor * random.gamma(1 / 0.09**2, 0.09**2) * QUIET_DAYS.get(day, 1.0)
        weekend = day.weekday() >= 5
        stamps: list[datetime] = []
        for hour in range(24):
            mean = WEEKEND_HOURLY if weekend else HOURLY[hour] * WEEKDAY[day.weekday()]
            for _ in range(random.poisson(mean * factor)):
                seconds = int(random.integers(3600))
                stamps.append(datetime(day.year, day.month, day.day, hour) + timedelta(seconds=seconds))  # noqa: DTZ001 - the export is naive
        for stamp in sorted(stamps):
            group = str(random.choice(list(GROUPS), p=list(GROUPS.values())))
            number += int(random.integers(1, 4))
            status = "Deleted" if random.random() < 0.004 else "Closed"
            rows.append(
                [str(number), stamp.strftime("%Y-%m-%d %H:%M:%S"), VIA[group], group, status, "Ticket"]
            )
        day += timedelta(days=1)
    return rows


def email_of(name: str) -> str:
    """An address that nobody has, by name; people who are not yet hired have none."""
    if name in HIRES:
        return ""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return f"{plain.lower().replace(' ', '.')}@example.com"


def team_rows(hires: int) -> list[list[str]]:
    """Rows of a team file with so many new people."""
    rows = []
    for i, name in enumerate(AGENTS + HIRES[:hires]):
        nights = "no" if name in NO_NIGHTS else "yes"
        cost = COST[i] if i < len(COST) else 12.4
        rows.append([name, "Lisbon", "en, pt", "", "", "40", f"{cost:.2f}", nights, "", "",
                     LEAVE.get(name, ""), f"L{i + 101:04d}", email_of(name)])  # fmt: skip
    for i, name in enumerate(ENGINEERS):
        rows.append([name, "Lisbon", "", "engineer", "", "0", "24.00", "yes", "", "",
                     "", f"E{i + 301:04d}", email_of(name)])  # fmt: skip
    return rows


def write(path: Path, header: list[str], rows: list[list[str]]) -> None:
    """A CSV file with Unix line ends."""
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(header)
        out.writerows(rows)


def main(folder: Path) -> None:
    """Write all data files of this folder."""
    write(
        folder / "tickets.csv", ["Id", "Created at", "Via", "Group", "Status", "Ticket type"], ticket_rows()
    )
    for name, hires in (("team.csv", 0), ("team-12.csv", 3), ("team-16.csv", 7)):
        write(folder / name, COLUMNS, team_rows(hires))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
