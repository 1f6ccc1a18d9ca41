"""Deferred promises: is the share kept between the promise and three points above it, after calibration?

``python -m tests.bench.deferred [--desks 50] [--plans 25] [--json]`` draws desks of e-mail (with a phone on
the same people on some) and says of each the share kept, the safety z and what binds it:

* at the level of the requirement, people free to come by the interval: z calibrated by ``study.alone``,
  beside the fixed 0.42 and no safety at all;
* through the whole plan, with people in shifts of four and eight hours.

Kept is of the customers that the calibration met, and ``other`` of as many other ones (another seed): a
forecast that may err by whole weeks leaves an error of a point or more in either. A desk is inside where it
keeps its promise by no more than three points; desks above it whose people are there for another reason (a
minimum on duty, the phone, the work itself, whole shifts) are told apart.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

import numpy as np

from planner.requirement import with_margin
from planner.service import Service, kept_share
from planner.study import Plan, Scenario, demand_and_need, plan, simulate
from planner.study.alone import lived_through, staffing, starting_safety
from planner.study.edges import left_out, trim_edges
from planner.study.floors import floor_of
from planner.study.safety import pools
from tests.bench.deferred_world import Desk, desks

OTHER_SEED = 77
BELOW, ABOVE = 0.0005, 0.03
FIXED = 0.42
MAIL = "email en"


@dataclass(frozen=True)
class Found:
    """What a desk keeps: shares, safety, why it is not less, and person-hours a week."""

    number: int
    desk: str
    level: str
    promise: float
    kept: float
    other: float
    z: float
    binding: str
    hours: float
    seconds: float

    @property
    def inside(self) -> bool:
        """Between the promise and three points above."""
        return -BELOW <= self.kept - self.promise <= ABOVE

    @property
    def excused(self) -> bool:
        """Above it for another reason than safety, which is named."""
        return self.kept >= self.promise - BELOW and self.binding not in ("safety", "rounds")


def by_the_interval(desk: Desk) -> list[Found]:
    """One desk with people free to come by the interval: calibrated, with z fixed, without safety."""
    began = time.perf_counter()
    scenario = Scenario.from_text(desk.text(weeks=1))
    _, volumes, need = demand_and_need(scenario)
    assert volumes is not None
    need, _ = trim_edges(need, scenario)
    judged = need.open & ~left_out(need, scenario)
    (pool,) = pools(need, scenario.queues)
    alone = starting_safety(need, volumes, scenario, judged)[pool]
    usual = scenario.need_settings.z_of(pool)
    chosen = 3.0 if alone.z is None else alone.z
    seconds = time.perf_counter() - began
    found = []
    for level, z in (("calibrated", chosen), ("z = 0.42", FIXED), ("z = 0", 0.0)):
        asked = with_margin(need, pool, z - usual)
        people = staffing(pool, asked, scenario)
        group = next(frozenset(names) for names in need.groups if MAIL in names)
        kept, other = (
            kept_share(
                lived_through({pool: people}, {pool: group}, volumes, scenario, seed),
                judged[need.queues.index(MAIL)],
                MAIL,
            )
            for seed in (scenario.seed, OTHER_SEED)
        )
        floor = floor_of(pool, asked, scenario)
        binding = floor or ("bare work" if z <= 0 else "safety")
        hours = float(people.sum()) * need.interval_minutes / 60 / scenario.weeks
        found.append(
            Found(
                desk.number, desk.name, level, desk.share, kept, other, z, binding, hours, round(seconds, 2)
            )
        )
    return found


def through_the_plan(desk: Desk) -> list[Found]:
    """One desk planned to the end, in shifts."""
    began = time.perf_counter()
    made = plan(Scenario.from_text(desk.text(weeks=1)))
    seconds = time.perf_counter() - began
    assert made.volumes is not None
    assert made.service is not None
    lives = made.service.replications
    service = simulate(made.rota, made.volumes, made.scenario, seed=OTHER_SEED, replications=lives)
    kept, other = _kept(made.service, made), _kept(service, made)
    (pool,) = made.safety
    hours = sum(shift.paid_minutes for shift in made.rota.shifts) / 60 / made.scenario.weeks
    return [
        Found(
            desk.number,
            desk.name,
            "plan",
            desk.share,
            kept,
            other,
            pool.z,
            pool.binding,
            hours,
            round(seconds, 2),
        )
    ]


def _kept(service: Service, made: Plan) -> float:
    judged = made.need.open & ~left_out(made.need, made.scenario)
    return kept_share(service, judged[made.need.queues.index(MAIL)], MAIL)


def shares(found: Sequence[Found]) -> dict[str, float]:
    """Of the desks of one level: inside, inside or above for a named reason, and below the promise."""

    def share(test: Callable[[Found], bool]) -> float:
        return float(np.mean([test(one) for one in found])) if found else float("nan")

    bound = [one for one in found if one.inside or not one.excused]
    return {
        "desks": len(found),
        "inside": share(lambda one: one.inside),
        "inside_where_safety_binds": float(np.mean([one.inside for one in bound])) if bound else float("nan"),
        "inside_or_named": share(lambda one: one.inside or one.excused),
        "below": share(lambda one: one.kept < one.promise - BELOW),
        "median_hours": float(np.median([one.hours for one in found])) if found else float("nan"),
    }


def main() -> None:
    """Print a line per desk and level, and the shares of each level."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--desks", type=int, default=50, help="desks at the level of the requirement")
    parser.add_argument("--plans", type=int, default=25, help="desks planned to the end")
    parser.add_argument("--seed", type=int, default=8, help="of the draw of desks")
    parser.add_argument("--json", action="store_true", help="one JSON document instead of lines")
    asked = parser.parse_args()
    drawn = desks(max(asked.desks, asked.plans), asked.seed)
    jobs = [(by_the_interval, desk) for desk in drawn[: asked.desks]]
    jobs += [(through_the_plan, desk) for desk in drawn[: asked.plans]]
    found: list[Found] = []
    for job, desk in jobs:
        for one in job(desk):
            found.append(one)
            if not asked.json:
                mark = " " if one.inside else "!" if not one.excused else "-"
                print(
                    f"{mark} {one.number:2d} {one.level:10} {one.desk:52} kept {100 * one.kept:5.1f} "
                    f"({100 * one.other:5.1f} of others) "
                    f"z {one.z:4.2f}  {one.hours:6.1f} h a week  {one.binding} ({one.seconds:.1f} s)",
                    flush=True,
                )
    levels = list(dict.fromkeys(one.level for one in found))
    told = {level: shares([one for one in found if one.level == level]) for level in levels}
    if asked.json:
        print(json.dumps({"found": [asdict(one) for one in found], "shares": told}, indent=2))
        return
    for level, values in told.items():
        print(level, ", ".join(f"{key} {value:.3g}" for key, value in values.items()))


if __name__ == "__main__":
    main()
