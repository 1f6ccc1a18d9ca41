"""Predicted against simulated service on the shipped scenarios.

``python -m tests.bench.predicted [--effort quick] [--json]`` plans every shipped scenario and says

* of every live queue: the service level that the transient solver gives at the rota's people on duty, and
  that of a simulation of the same pool alone (exponential handle times, a forecast that is right, the same
  steps of people, nobody away): they should differ by less than half a point;
* of every queue: the share kept in the plan against its promise, by how much it is missed, and what the plan
  says of it. Every promise should be kept within half a point.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from math import sqrt
from pathlib import Path

import numpy as np

from planner.demand import LIVE_CHANNELS, Queue, Spread, Volumes
from planner.people import Agent, Skills, Team
from planner.requirement import transient
from planner.rota import Rota, people_on_duty
from planner.service import ServiceSettings, kept_share
from planner.service import simulate as live_through
from planner.study import Plan, Scenario, plan
from planner.study.alone import stretches
from planner.study.steps import carried_of

SCENARIOS = Path(__file__).parents[2] / "scenarios"
FILES = (
    "weekday-to-247/scenario.yaml",
    "weekday-to-247/stage-1-two-early-hours.yaml",
    "weekday-to-247/stage-2-two-late-hours.yaml",
    "weekday-to-247/stage-3-weekdays-24-hours.yaml",
    "weekday-to-247/stage-4-24-7.yaml",
    "mozilla-support/scenario.yaml",
    "mozilla-support/five-languages.yaml",
    "two-cities/scenario.yaml",
    "three-desks/two-desks.yaml",
    "web-shop-peak/temporary-staff.yaml",
    "backlog-and-hiring/both.yaml",
)
HALF_A_POINT = 0.005
CONTACTS = 400_000


@dataclass(frozen=True)
class Pool:
    """A live queue alone at the rota's people on duty: exact, simulated, and the simulation's error."""

    scenario: str
    queue: str
    exact: float
    simulated: float
    error: float

    @property
    def inside(self) -> bool:
        """Within half a point, and three times the simulation's own error."""
        return abs(self.exact - self.simulated) <= HALF_A_POINT + 3 * self.error


@dataclass(frozen=True)
class Kept:
    """A queue in the plan."""

    scenario: str
    queue: str
    promise: float
    kept: float
    rounds: int
    why: str

    @property
    def inside(self) -> bool:
        """At least the promise less half a point; a queue to which nobody comes keeps it."""
        return not self.kept < self.promise - HALF_A_POINT


def pools_of(made: Plan) -> Iterator[Pool]:
    """Each live queue of a plan, alone."""
    scenario, volumes = made.scenario, made.volumes
    assert volumes is not None
    for row, queue in enumerate(scenario.queues):
        if queue.channel not in LIVE_CHANNELS or queue.chats_at_once > 1:
            continue
        is_open = made.need.open[made.need.queues.index(queue.name)]
        arrivals = np.where(is_open, volumes.mean[row], 0.0)
        if not arrivals.any():
            continue
        grid = (volumes.first_quarter, volumes.interval_minutes, volumes.intervals)
        names = [frozenset({queue.name})]
        carried = carried_of(scenario)
        people = people_on_duty(made.rota, scenario.skills, names, *grid, carried=carried)[0]
        call = (queue.aht_seconds, queue.promise.within_seconds, queue.patience_seconds)
        exact = transient(arrivals, people, volumes.interval_minutes * 60.0, *call, cyclic=False)
        simulated, count = _simulated(queue, arrivals, people, volumes, scenario)
        level = exact.of_all(exact.service_level)
        error = sqrt(max(level * (1 - level), 1e-9) / count)
        yield Pool(scenario.name, queue.name, level, simulated, error)


def _simulated(
    queue: Queue, arrivals: np.ndarray, people: np.ndarray, volumes: Volumes, scenario: Scenario
) -> tuple[float, float]:
    """Service level of one queue with so many people, and the contacts it is the mean of."""
    alone = replace(
        volumes,
        queues=(queue.name,),
        mean=arrivals[None, :],
        low=arrivals[None, :],
        high=arrivals[None, :],
        spread={queue.name: Spread()},
    )
    crew = [f"p{place}" for place in range(int(people.max(initial=0)))]
    shifts = [
        shift for place, name in enumerate(crew) for shift in stretches(name, people > place, alone, scenario)
    ]
    rota = Rota("alone", scenario.first_day, scenario.days, tuple(crew), tuple(sorted(shifts)))
    team = Team(tuple(Agent(name, "", scenario.zone, {}) for name in crew))
    table = Skills({queue.name: frozenset(crew)}, {queue.name: "work"})
    lives = int(np.clip(CONTACTS / arrivals.sum(), 10, 1000))
    settings = ServiceSettings(seed=5, replications=lives, handle_times="exponential")
    service = live_through(rota, alone, [queue], team, table, scenario.opening, settings)
    return kept_share(service, arrivals > 0), float(lives * arrivals.sum())


def kept_of(made: Plan) -> Iterator[Kept]:
    """Each queue of a plan, with what is said of those that miss."""
    chosen = next(told for told in made.rounds if told.chosen)
    for queue in made.scenario.queues:
        said = [str(notice) for notice in made.notices if str(notice).startswith(f"{queue.name}: ")]
        missed = queue.name in chosen.missed
        yield Kept(
            made.scenario.name,
            queue.name,
            queue.promise.share,
            chosen.kept[queue.name],
            len(made.rounds),
            "; ".join(said) if missed else "",
        )


def main() -> None:
    """Plan each scenario and print what is predicted, simulated and kept."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--effort", default="quick", choices=("quick", "normal", "thorough"))
    parser.add_argument("--json", action="store_true", help="one JSON document instead of lines")
    asked = parser.parse_args()
    pools: list[Pool] = []
    kept: list[Kept] = []
    for file in FILES:
        began = time.perf_counter()
        scenario = Scenario.load(SCENARIOS / file).replace(solve={"effort": asked.effort, "rounds": 6})
        made = plan(scenario)
        seconds = time.perf_counter() - began
        here, there = list(pools_of(made)), list(kept_of(made))
        pools, kept = pools + here, kept + there
        if asked.json:
            continue
        print(f"{scenario.name} ({seconds:.0f} s)")
        for pool in here:
            print(
                f"  {' ' if pool.inside else '!'} {pool.queue:12} alone: transient solver "
                f"{100 * pool.exact:6.2f}, simulated {100 * pool.simulated:6.2f} +- {100 * pool.error:.2f}"
            )
        for one in there:
            print(
                f"  {' ' if one.inside else '!'} {one.queue:12} kept {100 * one.kept:5.1f} of "
                f"{100 * one.promise:.0f} after {one.rounds} round(s) {one.why}",
                flush=True,
            )
    counts = {
        "pools": len(pools),
        "pools_within_half_a_point": sum(pool.inside for pool in pools),
        "largest_difference": max((abs(pool.exact - pool.simulated) for pool in pools), default=0.0),
        "queues": len(kept),
        "queues_kept": sum(one.inside for one in kept),
    }
    if asked.json:
        found = {"pools": [asdict(one) for one in pools], "kept": [asdict(one) for one in kept]}
        print(json.dumps({**found, "counts": counts}, indent=2))
    else:
        print(counts)


if __name__ == "__main__":
    main()
