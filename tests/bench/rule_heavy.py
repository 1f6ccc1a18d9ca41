"""How fast teams with many labour rules are planned: several rule sets on one world.

``python -m tests.bench.rule_heavy [--people 73] [--rules NAME ...] [--seconds 20] [--json]`` prints CPU
seconds to compile everybody, to the first rota, moves of the search a second, milliseconds of one
person's best tour at many prices, and which rules do not fit the dense programme. ``PLANNER_PLAIN=1``
gives the baseline without the compiler.
"""

from __future__ import annotations

import argparse
import json
import time

import numpy as np

from planner.scheduling.crew import crew_of
from planner.scheduling.legal import best_legal
from planner.scheduling.search import Search
from planner.scheduling.warming import warm_up
from planner.study import Scenario, demand_and_need
from planner.study.steps import problem_of
from tests.bench.first_rota import world

TYPICAL = "{minimum_rest: {hours: 11}}, {max_days_in_row: {days: 6}}, {two_days_off_together: {}}"
TYPICAL += ", {weekly_hours: {at_most: 40}}, {max_nights_in_row: {nights: 3}}, {max_weekends: {weekends: 3}}"
GOOD = TYPICAL + ", {days_off_after_nights: {days: 2, penalty: 10}}, {forward_rotation: {penalty: 10}}"
GOOD += ", {max_early_in_row: {days: 3, penalty: 10}}, {max_long_in_row: {days: 3, hours: 10, penalty: 10}}"
GOOD += ", {max_weekends_in_row: {weekends: 2, penalty: 10}}, {max_nights: {nights: 6}}"
GOOD += ", {weekly_rest: {hours: 35}}, {min_days_in_row: {days: 2, penalty: 10}}"
STABLE = TYPICAL + ", {stable_starts: {hours: 3}}"
MONTH = TYPICAL + ", {period_hours: {at_least: 128, at_most: 152}}"
ALL = GOOD + ", {stable_starts: {hours: 4, penalty: 5}}, {period_hours: {at_least: 120, at_most: 152}}"
ALL += ", {whole_weekends: {penalty: 10}}, {shifts_a_week: {at_most: 5}}, {max_nights: {nights: 4}}"
ALL += ", {quick_returns: {shorter_than: 13, at_most: 2}}, {max_sundays_in_row: {sundays: 2}}"
ALL += ", {free_sundays: {sundays: 1}}, {min_nights_in_row: {nights: 2, penalty: 10}}"
ALL += ", {rest_after_nights: {hours: 24}}, {max_night_weeks_in_row: {weeks: 2}}"
ALL += ", {max_days_off_in_row: {days: 5}}, {fair_share: {of: nights, a_week: 1, within: 2, penalty: 10}}"
RULES = {
    "typical": TYPICAL,
    "month": MONTH,
    "good practice": GOOD,
    "stable starts": STABLE,
    "everything": ALL,
}


def scenario_of(rules: str, people: int) -> Scenario:
    """The world of ``first_rota`` under other rules."""
    lines = [line for line in world(people).splitlines() if not line.startswith("rules:")]
    return Scenario.from_text("\n".join([*lines, f"rules: [{rules}]"]) + "\n", name="heavy.yaml")


def measured(name: str, people: int, seconds: float) -> dict[str, object]:
    """One row of the table."""
    scenario = scenario_of(RULES[name], people)
    problem = problem_of(demand_and_need(scenario)[2], scenario)
    began = time.process_time()
    crew = crew_of(problem)
    ready = time.process_time()
    row: dict[str, object] = {"rules": name, "people": people, "crew_seconds": round(ready - began, 2)}
    row["not_in_programme"] = list(crew.left_out)
    row["states"] = max((worker.programme.states for worker in crew.workers), default=0)
    row["without_tour"] = len(crew.clashing)
    if not crew.workers:
        return row
    row["tour_ms"], row["exact_ms"] = _tour_ms(crew, False), _tour_ms(crew, True)
    search = Search(crew, 1)
    began = time.process_time()
    search.first()
    row["first_seconds"] = round(time.process_time() - began, 2)
    row["first_missing"] = round(search.best_missing)
    moves, began = 0, time.process_time()
    while time.process_time() - began < seconds:
        search.step(min(1.0, (time.process_time() - began) / seconds))
        moves += 1
    row["moves_per_second"] = round(moves / (time.process_time() - began), 2)
    row["best_missing"] = round(search.best_missing)
    return row


def _tour_ms(crew, exact: bool, times: int = 10) -> float:  # type: ignore[no-untyped-def]
    """Milliseconds of one person's best tour, each time at other prices."""
    draw = np.random.default_rng(3)
    spent = 0.0
    for _ in range(times):
        worker = crew.workers[int(draw.integers(len(crew.workers)))]
        worth = draw.integers(0, 9_000, (len(worker.counted), crew.grid.cells)) * (
            draw.random(crew.grid.cells) < 0.5
        )
        costs, _where = worker.costs(worth)
        began = time.process_time()
        best_legal(worker, costs, exact=exact)
        spent += time.process_time() - began
    return round(spent / times * 1000, 1)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=73)
    parser.add_argument("--rules", nargs="*", default=list(RULES), choices=list(RULES))
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    warm_up()
    for name in args.rules:
        row = measured(name, args.people, args.seconds)
        print(json.dumps(row) if args.json else "\n".join(f"{key:18} {value}" for key, value in row.items()))


if __name__ == "__main__":
    main()
