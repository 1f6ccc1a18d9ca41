"""How long it takes to hand a large rota on in every format.

``python -m tests.bench.export [--people 200] [--days 28] [--json]`` makes a dossier without solving: people
at three sites on three clocks over a clock change, five shifts a week each, nights among them; every tenth
shift was otherwise in the version before. Told are the seconds of each format and of all together, each the
best of so many runs in a process that has everything loaded, and the first run, which loads it. The bar is
10 s for all formats on 2 cores. Named baseline, in the same run: pandas writing the same rows with
``to_csv`` and with ``to_excel`` (openpyxl), unformatted and with formulas left alive, which is what one
would do without us.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from planner.people import Agent, Site, Team
from planner.rota import Rota, Shift, pay_terms, rota_frame
from planner.study.export import FORMATS, Dossier, Wanted, make

BAR_SECONDS = 10.0
FIRST_DAY = date(2026, 3, 23)
SITES = (
    Site("Rome", "Europe/Rome", "Rome", night_premium=0.15),
    Site("Kolkata", "Asia/Kolkata", "IN", night_premium=0.1),
    Site("New York", "America/New_York", "US", night_premium=0.2),
)
STARTS = (7, 9, 14, 22)


def dossier(people: int, days: int) -> Dossier:
    """A rota of so many people over so many days, five duties of eight hours a week each."""
    agents = tuple(
        Agent(
            f"Person {n:03d}",
            SITES[n % 3].name,
            SITES[n % 3].zone,
            {"en": None},
            cost_per_hour=12 + n % 7,
            payroll_id=f"{n:05d}",
            email=f"person{n}@example.com",
        )
        for n in range(people)
    )
    shifts = [
        _shift(agent, FIRST_DAY + timedelta(days=day), STARTS[(n + day // 7) % 4])
        for n, agent in enumerate(agents)
        for day in range(days)
        if (day + n) % 7 < 5
    ]
    rota = Rota("Bench", FIRST_DAY, days, tuple(a.name for a in agents), tuple(sorted(shifts)))
    team = Team(agents, SITES)
    terms = pay_terms(team, {"Rome": 0.3, "Kolkata": None, "New York": 0.5})
    return Dossier("Bench", "Europe/Rome", "EUR", rota, team, terms, versions={"planner": "bench"})


def _shift(agent: Agent, day: date, hour: int) -> Shift:
    start = datetime(day.year, day.month, day.day, hour, tzinfo=ZoneInfo(agent.zone)).astimezone(UTC)
    rest = start + timedelta(hours=4)
    end = start + timedelta(hours=8, minutes=30)
    return Shift(start, agent.name, end, day, f"from {hour:02d}", agent.zone, "work", rest, 30)


def before(of: Dossier) -> Dossier:
    """The version before: every tenth duty began an hour earlier."""
    hour = timedelta(hours=1)
    shifts = tuple(
        replace(s, start=s.start - hour, end=s.end - hour, break_start=None, break_minutes=0)
        if n % 10 == 0
        else s
        for n, s in enumerate(of.rota.shifts)
    )
    return replace(of, rota=replace(of.rota, shifts=tuple(sorted(shifts))), rota_version=1)


def _seconds(what: Callable[[], object], runs: int) -> tuple[float, float]:
    """The first run and the best of all."""
    took = []
    for _ in range(runs):
        began = time.perf_counter()
        what()
        took.append(time.perf_counter() - began)
    return took[0], min(took)


def _pandas(of: Dossier) -> None:
    frame = rota_frame(of.rota, of.team, of.terms)
    frame.to_csv(io.StringIO())
    frame.to_excel(io.BytesIO(), engine="openpyxl")


def main() -> None:
    """Measure and tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--days", type=int, default=28)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    load = os.getloadavg()[0]
    of = replace(dossier(args.people, args.days), rota_version=2)
    wanted = Wanted(against=before(of))
    first, every = _seconds(lambda: make(of, ["all"], wanted), args.runs)
    made = make(of, ["all"], wanted)
    _, baseline = _seconds(lambda: _pandas(of), args.runs)
    single = {name: _seconds(lambda name=name: make(of, [name], wanted), args.runs)[1] for name in FORMATS}
    found = {
        "people": args.people,
        "days": args.days,
        "shifts": len(of.rota.shifts),
        "files": len(made.files),
        "bytes": sum(map(len, made.files.values())),
        "seconds_all": round(every, 2),
        "seconds_first": round(first, 2),
        "bar_seconds": BAR_SECONDS,
        "pandas_seconds": round(baseline, 2),
        "ratio_to_pandas": round(every / baseline, 2),
        "seconds": {name: round(took, 3) for name, took in single.items()},
        "load": round(load, 1),
    }
    print(json.dumps(found, indent=1) if args.json else "\n".join(f"{k}: {v}" for k, v in found.items()))


if __name__ == "__main__":
    main()
