"""Make the data of this folder: tickets of two help desks, and teams.

Everything is made up; the seed makes it repeat. Run from anywhere:
``python scenarios/two-cities/make_data.py [folder]``.

Customers grow from 7 000 at the start of 2023 to 15 000 at the end of 2026. Each makes 1.4 contacts a year
(a quarter of them write at all, 5.6 times), so about 68 a weekday in April 2026 and 76 with 15 000. 70 in 100
are in French, 26 are calls. Paris answers in French with a Freshdesk, Milan in Italian with a Zendesk; each
export is on its city's clock and says none. Weekends hold 7 % of a week, public holidays are quiet in the
country that has them, August and Christmas in both; weeks and days vary together (gamma factors). Nobody
answers at weekends, on holidays, before 9 and after 18: a first reply takes its time in office hours, and
tickets of the night wait for the morning.
"""

from __future__ import annotations

import csv
import gzip
import io
import sys
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np

SEED = 20260419
FIRST_DAY, LAST_DAY = date(2024, 10, 21), date(2026, 4, 19)
SINCE, UNTIL = date(2023, 1, 1), date(2026, 12, 31)
CUSTOMERS = (7_000, 15_000)
CONTACTS_A_YEAR = 1.4
FRENCH, CALLS = 0.70, 0.26
WEEKDAY = [1.16, 1.04, 1.0, 0.98, 0.86, 0.27, 0.17]
MAIL_HOURS = [0.5, 0.3, 0.2, 0.2, 0.3, 0.5, 1.2, 3.0, 6.5, 10.5, 11.0, 9.5,
              6.5, 7.0, 9.5, 9.0, 8.0, 6.0, 3.5, 2.5, 2.0, 1.7, 1.3, 0.8]  # fmt: skip
CALL_HOURS = [0, 0, 0, 0, 0, 0, 0, 0.4, 2.5, 12.5, 14.5, 12.5,
              7.0, 7.5, 13.0, 12.0, 10.0, 6.5, 1.0, 0.6, 0, 0, 0, 0]  # fmt: skip
HOLIDAYS = {
    "fr": "2024-11-01 2024-11-11 2024-12-25 2025-01-01 2025-04-21 2025-05-01 2025-05-08 2025-05-29 2025-06-09"
    " 2025-07-14 2025-08-15 2025-11-01 2025-11-11 2025-12-25 2026-01-01 2026-04-06",
    "it": "2024-11-01 2024-12-08 2024-12-25 2024-12-26 2025-01-01 2025-01-06 2025-04-21 2025-04-25 2025-05-01"
    " 2025-06-02 2025-08-15 2025-11-01 2025-12-08 2025-12-25 2025-12-26 2026-01-01 2026-01-06 2026-04-06",
}
TOPICS = {
    "fr": ["facturation", "acces", "livraison", "contrat", "parametrage", "autre"],
    "it": ["fatturazione", "accesso", "consegna", "contratto", "configurazione", "altro"],
}
TOPIC_SHARES = [0.24, 0.21, 0.17, 0.12, 0.16, 0.10]
LEFT_OUT = {(date(2025, 3, 30), 2), (date(2026, 3, 29), 2)}  # the clocks go forward
OPENS, CLOSES = 9, 18

FRESHDESK = ["Ticket ID", "Status", "Priority", "Source", "Group", "Created time", "Resolved time",
             "First response time (in hrs)", "Resolution status", "Tags"]  # fmt: skip
ZENDESK = ["Summation column", "Id", "Status", "Via", "Group", "Created at", "Solved at", "Group stations",
           "Reopens", "First reply time in minutes", "Tags"]  # fmt: skip
TEAM = [  # name, site, languages, teams, weekly hours, cost of a worked hour, leave, payroll id
    ("Camille Moreau", "Paris", "fr", "Paris, second level", 35, 27.60, "", "P101"),
    ("Hugo Fontaine", "Paris", "fr", "Paris", 35, 23.40, "", "P102"),
    ("Julien Petit", "Paris", "fr, it(email) x1.3", "Paris", 35, 24.20, "2026-05-11..2026-05-15", "P103"),
    ("Nadia Benali", "Paris", "fr", "Paris", 35, 24.80, "", "P104"),
    ("Sophie Lambert", "Paris", "fr, it", "Paris, second level", 35, 28.00, "", "P105"),
    ("Thomas Girard", "Paris", "fr", "Paris", 35, 23.00, "2026-05-26..2026-05-29", "P106"),
    ("Chiara Romano", "Milan", "it", "Milan", 40, 19.20, "", "M201"),
    ("Giulia Ferrari", "Milan", "it, fr x1.1", "Milan, second level", 40, 21.90, "", "M202"),
    ("Luca Bianchi", "Milan", "it, fr(email) x1.3", "Milan", 40, 20.40, "2026-05-18..2026-05-22", "M203"),
    ("Marco Colombo", "Milan", "it", "Milan, second level", 40, 21.20, "", "M204"),
]  # fmt: skip
COLUMNS = ["name", "site", "languages", "teams", "channels", "weekly_hours", "cost", "nights", "from",
           "until", "leave", "payroll_id", "email"]  # fmt: skip


def customers_on(day: date) -> float:
    """How many customers there are on a day, on a straight line."""
    now, then = CUSTOMERS
    return now + (then - now) * (day - SINCE).days / (UNTIL - SINCE).days


def day_factor(day: date, language: str, holidays: set[date]) -> float:
    """How busy a day is beside an average day of the week before."""
    factor = WEEKDAY[day.weekday()] * 7 / sum(WEEKDAY)
    if day in holidays:
        return min(factor, 1.0) * 0.16
    if day.month == 8:
        return factor * (0.55 if 8 <= day.day <= 22 and language == "it" else 0.75)
    return factor * (0.5 if (day.month, day.day) >= (12, 24) or (day.month, day.day) <= (1, 2) else 1.0)


def answered_at(created: datetime, seconds: float, holidays: set[date]) -> tuple[datetime, int]:
    """When so many office seconds have passed, and the office seconds."""
    at, left = created, seconds
    while True:
        opens = at.replace(hour=OPENS, minute=0, second=0)
        closes = at.replace(hour=CLOSES, minute=0, second=0)
        working = at.weekday() < 5 and at.date() not in holidays
        start = max(at, opens)
        if working and start < closes and start + timedelta(seconds=left) <= closes:
            return start + timedelta(seconds=left), round(seconds)
        if working and start < closes:
            left -= (closes - start).total_seconds()
        at = (at + timedelta(days=1)).replace(hour=0, minute=0, second=0)


def tickets(language: str, stream: int) -> list[list[str]]:
    """Rows of one city's export, oldest first."""
    random = np.random.default_rng([SEED, stream])
    holidays = {date.fromisoformat(text) for text in HOLIDAYS[language].split()}
    share = FRENCH if language == "fr" else 1 - FRENCH
    parts = (("mail", MAIL_HOURS, 1 - CALLS), ("call", CALL_HOURS, CALLS))
    rows: list[list[str]] = []
    number, week = (31_400 if language == "fr" else 8_200), 1.0
    day = FIRST_DAY
    while day <= LAST_DAY:
        if day.weekday() == 0:
            week = random.gamma(1 / 0.05**2, 0.05**2)
        mean = customers_on(day) * CONTACTS_A_YEAR / 365.25 * share * day_factor(day, language, holidays)
        mean *= week * random.gamma(1 / 0.08**2, 0.08**2)
        created: list[tuple[datetime, str]] = []
        for kind, shape, part in parts:
            for hour, count in enumerate(random.poisson(mean * part * np.array(shape) / sum(shape))):
                for second in random.integers(3600, size=int(count) if (day, hour) not in LEFT_OUT else 0):
                    at = datetime(day.year, day.month, day.day, hour) + timedelta(seconds=int(second))  # noqa: DTZ001 - the exports are naive
                    created.append((at, kind))
        for at, kind in sorted(created):
            number += int(random.integers(1, 4))
            rows.append(row_of(language, number, at, kind, holidays, random))
        day += timedelta(days=1)
    return rows


def row_of(
    language: str, number: int, at: datetime, kind: str, holidays: set[date], random: np.random.Generator
) -> list[str]:
    """One ticket as its city's help desk writes it."""
    seconds = 0.0 if kind == "call" else random.gamma(1.1, 1.35 * 3600 / 1.1)
    replied, office = answered_at(at, seconds, holidays)
    solved, _ = answered_at(replied, random.gamma(0.7, 9 * 3600 / 0.7), holidays)
    topic = str(random.choice(TOPICS[language], p=TOPIC_SHARES))
    hard = random.random() < 0.15
    spam = random.random() < 0.006
    done = solved < datetime(LAST_DAY.year, LAST_DAY.month, LAST_DAY.day, 12)  # noqa: DTZ001 - naive as the rest
    written = at.strftime("%Y-%m-%d %H:%M:%S")
    ended = solved.strftime("%Y-%m-%d %H:%M:%S") if done else ""
    if language == "fr":
        first = f"{office // 3600:02d}:{office // 60 % 60:02d}:{office % 60:02d}"
        state = "Spam" if spam else ("Closed" if done else "Open")
        source = "Phone" if kind == "call" else str(random.choice(["Email", "Portal"], p=[0.8, 0.2]))
        within = "Within SLA" if office <= 7200 else "SLA Violated"
        return [str(number), state, "High" if hard else "Medium", source, "Niveau 2" if hard else "Niveau 1",
                written, ended, first, within, topic]  # fmt: skip
    state = "Deleted" if spam else ("Closed" if done else "Open")
    mail = str(random.choice(["Mail", "Web form"], p=[0.8, 0.2]))
    via = "Phone call (incoming)" if kind == "call" else mail
    minutes = str(round((replied - at).total_seconds() / 60))
    group, stations = ("Secondo livello", "2") if hard else ("Primo livello", "1")
    return ["1", str(number), state, via, group, written, ended, stations, "0", minutes,
            f"lang_it {topic}"]  # fmt: skip


def team_rows(second_languages: bool) -> list[list[str]]:
    """Rows of a team file; without second languages everybody speaks the first of theirs alone."""
    rows = []
    for name, site, languages, teams, hours, cost, leave, payroll in TEAM:
        spoken = languages if second_languages else languages.split(",")[0]
        cells = [name, site, spoken, teams, "", str(hours), f"{cost:.2f}", "yes", "", "", leave, payroll, ""]
        rows.append(cells)
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
    packed(folder / "tickets-paris.csv.gz", table(FRESHDESK, tickets("fr", 1)))
    packed(folder / "tickets-milan.csv.gz", table(ZENDESK, tickets("it", 2)))
    (folder / "team.csv").write_bytes(table(COLUMNS, team_rows(True)))
    (folder / "team-one-language.csv").write_bytes(table(COLUMNS, team_rows(False)))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
