"""How fast a rota is lived through, on one thread.

``python -m tests.bench.simulation [--plain] [--json]`` lives through 28 days of 100 people and 50 000
contacts in ten queues (30 replications; with ``--plain`` without the compiler, and fewer), and through an
M/M/20 desk beside the named baseline of the same run, a simpy model of that desk. It prints seconds and
events a second, of the event loop alone and of all of ``simulate``, and how many times faster than the
baseline that is.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import simpy

from planner._compiled import COMPILED
from planner.clock import OpeningHours, OpeningLine, quarter_of
from planner.demand import Promise, Queue, Spread, Volumes
from planner.people import Agent, Team, skills
from planner.rota import Rota, Shift
from planner.service import Service, ServiceSettings, living, simulate, usual_replications

FIRST_DAY = date(2026, 4, 6)
MONDAY = datetime(2026, 4, 6, tzinfo=UTC)
DAYS, PEOPLE, CONTACTS = 28, 100, 50_000
WEIGHT = {"en": 0.5, "fr": 0.15, "de": 0.15, "it": 0.1, "es": 0.1}
DESK, DESK_LOAD, DESK_SECONDS = 20, 16.0, 300.0


def shift(agent: str, day: int, start: float, hours: float, break_minutes: int = 0) -> Shift:
    """A duty of some hours, with a break in its middle."""
    begins = MONDAY + timedelta(days=day, hours=start)
    rest = begins + timedelta(hours=4) if break_minutes else None
    ends = begins + timedelta(hours=hours)
    local = FIRST_DAY + timedelta(days=day)
    return Shift(begins, agent, ends, local, "day", "UTC", break_start=rest, break_minutes=break_minutes)


def service_of(
    queues: Sequence[Queue],
    languages: Mapping[str, Sequence[str]],
    shifts: Sequence[Shift],
    per_interval: Sequence[float],
    settings: ServiceSettings,
) -> Service:
    """Live through a rota, round the clock, with flat arrivals."""
    k = np.arange(DAYS * 48)
    names = tuple(queue.name for queue in queues)
    mean = np.repeat(np.array(per_interval)[:, None], len(k), axis=1)
    spread = {name: Spread() for name in names}
    volumes = Volumes(names, quarter_of(MONDAY), 30, mean, mean, mean, spread, k // 48, k // 336)
    team = Team(
        tuple(Agent(name, "Lisbon", "UTC", dict.fromkeys(spoken)) for name, spoken in languages.items())
    )
    always = OpeningHours("UTC", (OpeningLine(frozenset(range(7)), False, 0, 1440),))
    rota = Rota("bench", FIRST_DAY, DAYS, tuple(languages), tuple(sorted(shifts)))
    opening = dict.fromkeys(names, always)
    return simulate(rota, volumes, queues, team, skills(team, queues), opening, settings)


def big(replications: int) -> Service:
    """28 days, 100 people in three shifts, phone and e-mail in five languages."""
    queues, per_interval = [], []
    for language, weight in WEIGHT.items():
        each = CONTACTS / 2 * weight / (DAYS * 48)
        phone = Promise(0.8, 20.0)
        queues.append(
            Queue(f"phone {language}", "phone", language, 300.0, phone, patience_seconds=120.0, priority=1)
        )
        queues.append(Queue(f"email {language}", "email", language, 600.0, Promise(0.9, 7200.0), replies=1.5))
        per_interval += [each, each]
    others = list(WEIGHT)
    languages = {f"P{i:03d}": ("en", others[i % 5]) for i in range(PEOPLE)}
    shifts = [
        shift(name, day, i % 3 * 8, 8.5, 30)
        for i, name in enumerate(languages)
        for day in range(DAYS)
        if (day + i) % 7 < 5
    ]
    return service_of(queues, languages, shifts, per_interval, ServiceSettings(replications=replications))


def desk(replications: int) -> Service:
    """M/M/20: one queue, everybody always there."""
    queue = Queue("phone", "phone", "en", DESK_SECONDS, Promise(0.8, 20.0))
    languages = {f"P{i:02d}": ("en",) for i in range(DESK)}
    shifts = [shift(name, day, 0, 24) for name in languages for day in range(DAYS)]
    settings = ServiceSettings(replications=replications, handle_times="exponential")
    return service_of([queue], languages, shifts, [DESK_LOAD * 1800 / DESK_SECONDS], settings)


def simpy_desk(days: float) -> tuple[int, float]:
    """The same desk as a simpy model: contacts that came, and seconds taken."""
    draw = random.Random(1)
    env = simpy.Environment()
    people = simpy.Resource(env, capacity=DESK)
    waits: list[float] = []

    def contact() -> Any:
        came = env.now
        with people.request() as turn:
            yield turn
            waits.append(env.now - came)
            yield env.timeout(draw.expovariate(1 / DESK_SECONDS))

    def customers() -> Any:
        while True:
            yield env.timeout(draw.expovariate(DESK_LOAD / DESK_SECONDS))
            env.process(contact())

    env.process(customers())
    began = time.perf_counter()
    env.run(until=days * 86_400)
    return len(waits), time.perf_counter() - began


def timed(make: Any, replications: int) -> dict[str, float]:
    """Seconds and events a second, after a first life that loads or compiles the loop."""
    make(1)
    loop = [0.0]
    run = living.run

    def watched(n: Any, t: Any) -> int:
        began = time.perf_counter()
        events = run(n, t)
        loop[0] += time.perf_counter() - began
        return int(events)

    living.run = watched
    try:
        began, cpu = time.perf_counter(), time.process_time()
        service = make(replications)
        seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
    finally:
        living.run = run
    return {
        "replications": replications,
        "contacts_per_replication": round(len(service.records) / replications),
        "events": service.events,
        "seconds": round(seconds, 3),
        "processor_seconds": round(cpu, 3),
        "loop_seconds": round(loop[0], 3),
        "events_per_second": round(service.events / seconds),
        "events_per_processor_second": round(service.events / cpu),
        "events_per_second_in_the_loop": round(service.events / loop[0]),
        "contacts_per_second": round(len(service.records) / seconds),
    }


def measure(compiled: bool) -> dict[str, Any]:
    """All figures."""
    replications = usual_replications(compiled)
    whole = timed(big, replications)
    small = timed(desk, replications if compiled else 1)
    contacts, seconds = simpy_desk(28.0 if compiled else 7.0)
    baseline = contacts / seconds
    return {
        "compiled": compiled,
        "load_of_the_machine": [round(load, 2) for load in os.getloadavg()],
        "28 days, 100 people": whole,
        "M/M/20": small,
        "baseline": "simpy model of M/M/20",
        "baseline_contacts_per_second": round(baseline),
        "times_the_baseline": round(small["contacts_per_second"] / baseline, 1),
    }


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--plain", action="store_true", help="without the compiler")
    parser.add_argument("--json", action="store_true", help="print the result as JSON")
    options = parser.parse_args()
    if options.plain and os.environ.get("PLANNER_PLAIN") != "1":
        os.environ["PLANNER_PLAIN"] = "1"
        os.execv(sys.executable, [sys.executable, "-m", "tests.bench.simulation", *sys.argv[1:]])
    result = measure(COMPILED)
    if options.json:
        print(json.dumps(result))
        return
    for name, value in result.items():
        print(f"{name}: {value}")


if __name__ == "__main__":
    main()
