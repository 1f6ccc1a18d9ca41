"""Make the data of this folder: tickets of a desk that solves fewer than it gets, and teams.

Everything is made up; the seed makes it repeat. Run from anywhere:
``python scenarios/backlog-and-hiring/make_data.py [folder]``.

Until late February 2026 about 1 420 tickets a week come and as many are solved; then customers grow, and
1 500 come, while fourteen people go on solving 1 430, and nobody makes up for public holidays. In mid-May
1 136 are open, so 1 200 in June. One in eight is solved on the day it comes, the others from the oldest on,
in office hours; the first reply mostly is the one that solves, one ticket in seven gets a question back
before. 42 in 100 are about five topics that a help centre could explain. Weeks and days vary together (gamma
factors).
"""

from __future__ import annotations

import csv
import gzip
import io
import sys
from datetime import date, datetime, time, timedelta
from pathlib import Path

import numpy as np

SEED = 20260517
FIRST_DAY, LAST_DAY = date(2025, 12, 15), date(2026, 5, 17)
GROWS, BEFORE, AFTER = date(2026, 2, 23), 1_420, 1_500
SOLVED, SAME_DAY, ASKED_BACK = 1_436, 0.12, 0.14
WEEKDAY = [0.215, 0.200, 0.190, 0.185, 0.160, 0.030, 0.020]
HOURS = [0.8, 0.5, 0.4, 0.4, 0.5, 0.8, 1.6, 3.2, 6.0, 9.5, 10.6, 10.0,
         7.5, 7.2, 9.2, 9.4, 8.4, 6.4, 3.2, 2.0, 1.6, 1.4, 1.1, 0.9]  # fmt: skip
HOLIDAYS = {date.fromisoformat(text) for text in (
    "2025-12-25", "2026-01-01", "2026-04-03", "2026-05-01",
)}  # fmt: skip
SPRING_FORWARD = (date(2026, 3, 29), 1)  # an hour that the clock leaves out
QUIET = (date(2025, 12, 22), date(2026, 1, 4), 0.75)
OPEN_AT_FIRST = 210
TOPICS = {  # share of the tickets; the first five are asked again and again
    "password": 0.12, "invoice_copy": 0.10, "change_plan": 0.08, "export_data": 0.07, "add_user": 0.05,
    "bug": 0.19, "integration": 0.13, "billing_dispute": 0.10, "migration": 0.07, "general": 0.09,
}  # fmt: skip
OPENS, CLOSES = time(9), time(18)

TEAM = ["Adriana Melo", "Bernardo Reis", "Catarina Pinto", "Diana Moura", "Eduardo Leal", "Filipa Neves",
        "Gonçalo Brandão", "Inês Teixeira", "Jorge Amaral", "Luísa Tavares", "Miguel Antunes", "Olga Barros",
        "Raquel Serrão", "Simão Pires"]  # fmt: skip
LEAVE = {"Catarina Pinto": "2026-06-08..2026-06-12", "Gonçalo Brandão": "2026-06-22..2026-06-26",
         "Olga Barros": "2026-06-15..2026-06-19", "Jorge Amaral": "2026-06-01..2026-06-03"}  # fmt: skip
COLUMNS = ["name", "site", "languages", "teams", "channels", "weekly_hours", "cost", "nights", "from",
           "until", "leave", "payroll_id", "email"]  # fmt: skip
HEADER = ["Summation column", "Id", "Status", "Via", "Created at", "Solved at", "Group stations", "Reopens",
          "First reply time in minutes", "Tags"]  # fmt: skip


class Ticket:
    """One ticket while its life is made up."""

    def __init__(self, number: int, created: datetime, topic: str, via: str) -> None:
        self.number, self.created, self.topic, self.via = number, created, topic, via
        self.replied: datetime | None = None
        self.solved: datetime | None = None


def gamma(random: np.random.Generator, spread: float) -> float:
    """A factor around 1 with so large a standard deviation."""
    return float(random.gamma(1 / spread**2, spread**2))


def works(day: date) -> bool:
    """Whether the desk is open on a day."""
    return day.weekday() < 5 and day not in HOLIDAYS


def in_office(start: datetime, minutes: float) -> datetime:
    """When so many office minutes have passed."""
    at, left = start, timedelta(minutes=minutes)
    while True:
        opens, closes = datetime.combine(at.date(), OPENS), datetime.combine(at.date(), CLOSES)
        begins = max(at, opens)
        if works(at.date()) and begins < closes:
            if begins + left <= closes:
                return begins + left
            left -= closes - begins
        at = datetime.combine(at.date() + timedelta(days=1), time())


def created_on(random: np.random.Generator, day: date, week: float) -> list[datetime]:
    """Creation stamps of a day, oldest first."""
    mean = (AFTER if day >= GROWS else BEFORE) * WEEKDAY[day.weekday()] * week * gamma(random, 0.06)
    mean *= QUIET[2] if QUIET[0] <= day <= QUIET[1] else 1.0
    mean *= 0.3 if day in HOLIDAYS else 1.0
    shape = np.array(HOURS) / sum(HOURS)
    minutes = [
        60 * hour + int(minute)
        for hour, count in enumerate(random.poisson(mean * shape))
        if (day, hour) != SPRING_FORWARD
        for minute in random.integers(60, size=int(count))
    ]
    midnight = datetime.combine(day, time())
    return [midnight + timedelta(minutes=minute) for minute in sorted(minutes)]


def solve(random: np.random.Generator, day: date, waiting: list[Ticket]) -> None:
    """Solve what the team can on a day: some of today's tickets, then the oldest."""
    usual = SOLVED / 5 * (QUIET[2] if QUIET[0] <= day <= QUIET[1] else 1.0)
    count = round(usual * gamma(random, 0.04))
    new = [ticket for ticket in waiting if ticket.created.date() == day and ticket.created.time() < time(16)]
    chosen = [ticket for ticket in new if random.random() < SAME_DAY]
    chosen += [ticket for ticket in waiting if ticket not in chosen][: max(0, count - len(chosen))]
    for ticket in chosen:
        begins = max(ticket.created, datetime.combine(day, OPENS))
        ends = datetime.combine(day, CLOSES)
        ticket.solved = begins + (ends - begins) * float(random.uniform(0.08, 0.98))
        if ticket.replied is None or ticket.replied > ticket.solved:
            ticket.replied = ticket.solved


def lives() -> list[Ticket]:
    """Every ticket that came in the time of the export, with what became of it."""
    random = np.random.default_rng(SEED)
    tickets: list[Ticket] = []
    opened = datetime.combine(FIRST_DAY - timedelta(days=3), OPENS)
    waiting = [Ticket(0, opened, "other", "Mail") for _ in range(OPEN_AT_FIRST)]
    number, week, day = 214_300, 1.0, FIRST_DAY
    while day <= LAST_DAY:
        if day.weekday() == 0:
            week = gamma(random, 0.03)
        for created in created_on(random, day, week):
            number += int(random.integers(1, 4))
            topic = str(random.choice(list(TOPICS), p=list(TOPICS.values())))
            via = str(random.choice(["Mail", "Web form"], p=[0.7, 0.3]))
            ticket = Ticket(number, created, topic, via)
            if random.random() < ASKED_BACK:
                ticket.replied = in_office(created, random.gamma(1.2, 240 / 1.2))
            tickets.append(ticket)
            waiting.append(ticket)
        if works(day):
            solve(random, day, waiting)
            waiting = [ticket for ticket in waiting if ticket.solved is None]
        day += timedelta(days=1)
    return tickets


def row_of(ticket: Ticket, exported: datetime) -> list[str]:
    """A ticket as the export writes it: what has not happened yet is empty."""
    form = "%Y-%m-%d %H:%M"
    solved = ticket.solved.strftime(form) if ticket.solved and ticket.solved < exported else ""
    reply = ""
    if ticket.replied and ticket.replied < exported:
        reply = str(round((ticket.replied - ticket.created) / timedelta(minutes=1)))
    state = "Closed" if solved else "Open"
    created = ticket.created.strftime(form)
    return ["1", str(ticket.number), state, ticket.via, created, solved, "1", "0", reply, ticket.topic]


def team_rows(hires: int) -> list[list[str]]:
    """Rows of a team file; who is new takes about twice as long in the first five weeks."""
    names = TEAM + [f"New hire {number + 1}" for number in range(hires)]
    return [
        [name, "Porto", "en x1.9" if name not in TEAM else "en", "", "", "40",
         f"{12.6 + 0.35 * (index % 5) if name in TEAM else 12.2:.2f}", "no", "", "", LEAVE.get(name, ""),
         f"B{index + 101}", ""]
        for index, name in enumerate(names)
    ]  # fmt: skip


def table(header: list[str], rows: list[list[str]]) -> bytes:
    """A CSV file with Unix line ends."""
    text = io.StringIO()
    out = csv.writer(text, lineterminator="\n")
    out.writerow(header)
    out.writerows(rows)
    return text.getvalue().encode()


def main(folder: Path) -> None:
    """Write all data files of this folder."""
    exported = datetime.combine(LAST_DAY + timedelta(days=1), time())
    content = table(HEADER, [row_of(ticket, exported) for ticket in lives()])
    with (
        (folder / "tickets.csv.gz").open("wb") as raw,
        gzip.GzipFile("", "wb", 9, raw, mtime=0) as file,  # no name or time in it
    ):
        file.write(content)
    (folder / "team.csv").write_bytes(table(COLUMNS, team_rows(0)))
    (folder / "team-16.csv").write_bytes(table(COLUMNS, team_rows(2)))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
