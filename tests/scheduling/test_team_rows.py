"""Rules over several people in the engine: priced rightly, kept by search and CP-SAT, named where broken."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from dataclasses import replace
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from planner.rota import ShiftType
from planner.rules import REGISTRY, TEAM_REGISTRY, Mark, Team, judge, team_amount
from planner.scheduling import SolveSettings, SolveStatus, objective_of, schedule
from planner.scheduling.cpsat_people import people_of
from planner.scheduling.cpsat_run import Budget, run
from planner.scheduling.cpsat_team import add_team_row
from planner.scheduling.cpsat_variables import Variables
from planner.scheduling.crew import crew_of
from planner.scheduling.legal import best_legal
from planner.scheduling.team_prices import broken_rules, hard_cents
from planner.scheduling.team_rows import TeamRows

TYPES = (ShiftType("day", (480,), 480), ShiftType("night", (1320,), 480))
NIGHT = Mark(window=(1320, 360), at_least_minutes=180)
SETTINGS = SolveSettings(iterations=150)


def rule(name, **settings):
    return TEAM_REGISTRY[name](**settings)


def asked(world, *rules, people=3, days=7, day=1, night=1, also=None, **more):
    row = [day if 8 <= hour < 16 else night if hour >= 22 or hour < 6 else 0 for hour in range(24)]
    single = {"minimum_rest": {"hours": 11}} | (also or {})
    problem = world(["en"] * people, {"en": row * days}, TYPES, days, rules=single, **more)
    return replace(problem, team_rules=rules)


def random_shape(draw, names, days):
    members = tuple((name, draw.choice([1, 1, 2, -1, -2])) for name in names if draw.random() < 0.9)
    first = draw.randrange(days)
    last = first if draw.random() < 0.4 else draw.randrange(first, days)
    unit = draw.choice(["count", "count", "counted_minutes", "weekends"])
    factor = 480 if unit == "counted_minutes" else 1
    low = draw.choice([None, draw.randrange(-2, 3) * factor])
    high = None if low is not None and draw.random() < 0.5 else (low or 0) + draw.randrange(0, 3) * factor
    allowed = draw.choice([None, None, (0, 2 * factor), (-factor, factor)])
    marks = tuple(draw.choice([NIGHT, Mark()]) for _member in members) if draw.random() < 0.3 else ()
    scale = draw.choice([1, 1, 3])
    return Team(
        "team",
        members or ((names[0], 1),),
        Mark(),
        unit,
        first,
        last,
        low,
        high,
        allowed,
        7,
        scale,
        marks if members else (),
    )


def some_tour(draw, worker):
    days = len(worker.person.days)
    tour = np.full(days, -1, np.int64)
    for d in range(days):
        options = np.flatnonzero(worker.day == d)
        if draw.random() < 0.6:
            tour[d] = int(draw.choice(options.tolist()))
    return tour


@pytest.mark.parametrize("seed", range(30))
def test_totals_rows_and_plain_amounts_agree(world, seed, monkeypatch):
    """Search totals, the CP-SAT row and the plain reader measure random rotas alike."""
    draw = random.Random(seed)
    problem = asked(world)
    names = [agent.name for agent in problem.team.agents]
    shapes = tuple(random_shape(draw, names, 7) for _ in range(5))
    monkeypatch.setattr("planner.scheduling.team_rows.shapes_of", lambda _problem: shapes)
    crew = crew_of(problem)
    rows = TeamRows(crew)
    tours = {worker.person.name: some_tour(draw, worker) for worker in crew.workers}
    for number, worker in enumerate(crew.workers):
        rows.add(number, tours[worker.person.name])

    def plain(shape):
        options = {
            worker.person.name: [worker.choices[i].option for i in tours[worker.person.name] if i >= 0]
            for worker in crew.workers
        }
        return team_amount(shape, problem.calendars, options)

    expected = [plain(shape) for shape in shapes]
    assert rows.cost() == 7 * sum(expected)
    for shape, amount in zip(shapes, expected, strict=True):
        variables = Variables(people_of(problem))
        add_team_row(variables, shape, 10**6)
        for p, worker in enumerate(crew.workers):
            chosen = {
                (int(worker.day[i]), int(worker.number[i])) for i in tours[worker.person.name] if i >= 0
            }
            for d, day in enumerate(variables.people[p].days):
                for c in range(len(day)):
                    variables.model.add(variables.taken(p, d, c) == ((d, c) in chosen))
        variables.minimise(["team"])
        assert run(variables.model, Budget(work=1), seed=1).bound == 7 * amount, shape
    rows.add(1, tours["p1"], -1)
    rows.add(1, tours["p1"])
    assert rows.cost() == 7 * sum(expected)


@pytest.mark.parametrize("seed", range(20))
def test_who_is_put_in_last_gets_the_best_tour_of_all(world, seed, monkeypatch):
    """Rows of one day are priced exactly; of several days, the tour is never worse than unpriced."""
    draw = random.Random(seed)
    problem = asked(world, days=4)
    names = [agent.name for agent in problem.team.agents]
    shapes = tuple(
        replace(random_shape(draw, names, 4), first=d, last=d, unit="count", marks=()) for d in range(4)
    )
    monkeypatch.setattr("planner.scheduling.team_rows.shapes_of", lambda _problem: shapes)
    crew = crew_of(problem)
    rows = TeamRows(crew)
    tours = [some_tour(draw, worker) for worker in crew.workers]
    for number in (0, 1):
        rows.add(number, tours[number])
    worker = crew.workers[2]
    costs = np.array([draw.randrange(-20, 10) for _ in worker.choices], np.int64)
    found = rows.place(2, worker, costs, tours[2], lambda priced: best_legal(worker, priced))

    def cents(options):
        rows.add(2, options)
        total = rows.cost()
        rows.add(2, options, -1)
        return total + int(costs[options[options >= 0]].sum())

    every = [np.array(t) for t in product(*([-1, *np.flatnonzero(worker.day == d)] for d in range(4)))]

    def legal(options):
        wanted = np.where(np.isin(np.arange(len(costs)), options), -1000, 1000)
        nearest = best_legal(worker, wanted)
        return nearest is not None and (nearest.options == options).all()

    assert cents(found.options) == min(cents(options) for options in every if legal(options))


HARD = [
    rule("nobody_alone", nights=True),
    rule("most_on_shift", most=1, shifts=["day"]),
    rule("buddies", people=("p0", "p1")),
    rule("buddies", people=("p0", "p1"), apart=True),
    rule("even_split", of="nights", within=0.5),
    rule("even_hours", within="6 h"),
]


@pytest.mark.parametrize("asks", HARD, ids=lambda r: r.name)
@pytest.mark.parametrize("engine", ["search", "cp-sat"])
def test_hard_rules_are_kept_and_named_as_left_out_of_the_bound(world, asks, engine):
    problem = asked(world, asks, people=4, day=2, night=1)
    result = schedule(problem, replace(SETTINGS, engine=engine))
    nothing = {agent.name: () for agent in problem.team.agents}
    assert judge(result.rota, problem.team, problem.calendars, nothing, (), (asks,)) == ()
    assert result.rota.shifts
    assert (asks.name in result.left_out) == (engine == "search")
    assert result.bound_cents is None or result.bound_cents <= result.objective.total


@pytest.mark.parametrize("asks", HARD, ids=lambda r: r.name)
def test_search_is_near_the_reference(world, asks):
    """Soft or hard, the search ends within a tenth of what CP-SAT proves for a small team."""
    for penalty in (None, 30.0):
        problem = asked(world, asks.model_copy(update={"penalty": penalty}), people=4, day=2, days=5)
        best = schedule(problem, SolveSettings(engine="cp-sat", iterations=600))
        found = schedule(problem, SETTINGS)
        assert found.objective.total <= 1.1 * best.objective.total, (penalty, found.objective, best.objective)
        assert found.objective == objective_of(found.rota, problem)
        if best.status == SolveStatus.OPTIMAL:
            assert found.objective.total >= best.objective.total
        assert found.bound_cents is None or found.bound_cents <= best.objective.total


@pytest.mark.parametrize("engine", ["search", "cp-sat"])
def test_what_cannot_be_kept_is_said(world, engine):
    """Three who must work every day, and at most two may: the rota stands, and the rule is named."""
    problem = asked(world, rule("most_on_shift", most=2))
    always = REGISTRY["shifts_a_week"](at_least=7)
    forced = replace(problem, rules={name: (*rules, always) for name, rules in problem.rules.items()})
    result = schedule(forced, replace(SETTINGS, engine=engine))
    assert broken_rules(result.rota, forced) == ("most_on_shift",)
    assert result.status == SolveStatus.PARTIAL
    told = [m.values["rule"] for m in result.notices if m.code == "scheduling.team_broken"]
    assert told == ["most_on_shift"]
    assert len(result.rota.shifts) == 21


PRINT_ROTAS = """
import importlib.util, sys
from dataclasses import replace
spec = importlib.util.spec_from_file_location("team_rows", sys.argv[1] + "/test_team_rows.py")
here = importlib.util.module_from_spec(spec)
sys.path.insert(0, sys.argv[1])
spec.loader.exec_module(here)
from conftest import make_world
from planner.scheduling import reader
asks = (here.HARD[0], here.HARD[2], here.rule("even_split", of="nights", penalty=30))
limit = {"weekly_hours": {"at_most": "contract"}}
for states in (reader.STATES, 2):
    reader.STATES = states
    problem = here.asked(make_world, *asks, people=4, also=limit)
    found = here.schedule(problem, here.SolveSettings(iterations=20))
    print(found.objective, found.bound_cents, found.left_out, found.rota.shifts)
"""


def test_plain_and_compiled_processes_print_the_same_rotas():
    printed = set()
    for plain, seed in (("1", "1"), ("", "2")):
        environment = os.environ | {"PLANNER_PLAIN": plain, "PYTHONHASHSEED": seed}
        command = [sys.executable, "-c", PRINT_ROTAS, str(Path(__file__).parent)]
        done = subprocess.run(command, env=environment, capture_output=True, check=True, text=True)
        printed.add(done.stdout)
    [text] = printed
    assert text.count("weekly_hours") == 1


def test_hard_rows_cost_more_than_any_duty_saves(world):
    problem = asked(world)
    shape = Team("team", (("p0", 1),), Mark(), "count", 0, 0, most=0)
    assert hard_cents(problem, shape) > 24 * problem.missing_cents
