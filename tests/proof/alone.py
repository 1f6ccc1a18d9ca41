"""One person alone: judge, shapes, the dynamic programme, labels and CP-SAT say the same of any rules."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from unittest.mock import patch

import numpy as np

from planner.demand import Promise, Queue
from planner.people import groups, skills
from planner.requirement import Need
from planner.rota import Rota, Shift, option_of, shift_of
from planner.rules import REGISTRY, Rule, amounts, judge
from planner.scheduling import Problem, reader
from planner.scheduling.cpsat_people import Person, people_of
from planner.scheduling.cpsat_run import Budget, run
from planner.scheduling.cpsat_shapes import add_shapes
from planner.scheduling.cpsat_variables import Variables
from planner.scheduling.duties import Worker, grid_of, workers_of
from planner.scheduling.legal import best_legal
from tests.proof.people import World, rules_of, tour_of, varied, world

WORK = 10.0
"""Deterministic seconds of CP-SAT; who is not proven optimal by then is counted apart."""


def judged(world: World, rules: Sequence[Rule], tour: Sequence[Shift]) -> tuple[int, int]:
    """What the judge finds of Anna's tour: amount of hard rules, and cents of soft ones."""
    rota = Rota("", world.first_day, world.days, ("Anna",), tuple(sorted(tour)))
    hard = cents = 0
    for rule in rules:
        found = judge(rota, world.team, world.calendars, {"Anna": (rule,)}, world.carried or ())
        amount = sum(violation.amount for violation in found if not violation.before_period)
        hard += amount if rule.price is None else 0
        cents += amount * (rule.price or 0)
    return hard, cents


def rule_is_read_alike(seed: int) -> dict[str, int]:
    """A rule of any settings: the judge's amounts of random tours are those of the shapes."""
    draw = random.Random(seed)
    here = world(draw, 28)
    rule = varied(draw, sorted(REGISTRY)[seed % len(REGISTRY)], here)
    if rule is None:
        return {"not made": 1}
    calendar = here.calendars["Anna"]
    shapes, broken = rule.shapes(calendar), 0
    for _tour in range(6):
        share = draw.choice([0.4, 0.7, 0.9, 1.0])
        tour = tour_of(draw, here.anna, here.types, here.first_day, here.days, share)
        rota = Rota("", here.first_day, here.days, ("Anna",), tuple(sorted(tour)))
        found = judge(rota, here.team, here.calendars, {"Anna": (rule,)}, here.carried or ())
        amount = sum(violation.amount for violation in found if not violation.before_period)
        options = [option_of(shift, here.first_day) for shift in tour]
        read = sum(amounts(shape, calendar, options) for shape in shapes)
        assert amount == read, (rule, here, tour, amount, read)
        broken += amount > 0
    return {"tours": 6, "broken": broken}


def problem_alone(world: World, rules: Sequence[Rule]) -> Problem:
    """A problem in which nobody is needed: only Anna, her rules and her options."""
    queue = Queue("en", "chat", "en", 300, Promise(0.8, 20))
    starts = world.calendars["Anna"].day_starts
    hours = (starts[-1] - starts[0]) // 4
    sets, grid = (frozenset({"en"}),), np.zeros((1, hours), np.int64)
    need = Need("", starts[0], 60, ("en",), sets, grid, (), groups(world.team, [queue]), grid == 0)
    return Problem(
        name="",
        need=need,
        team=world.team,
        skills=skills(world.team, [queue]),
        shift_types=world.types,
        first_day=world.first_day,
        days=world.days,
        calendars=world.calendars,
        rules={"Anna": tuple(rules)},
        pay=world.pay,
        missing_cents=1000,
        carried=world.carried or (),
    )


def valued(draw: random.Random, person: Person) -> Person:
    """The same person, each duty at a random price or reward."""
    days = tuple(tuple(replace(c, cents=draw.randrange(-9000, 6000)) for c in day) for day in person.days)
    return replace(person, days=days)


def by_cpsat(person: Person) -> tuple[bool, int | None]:
    """Whether the complete model of one person was solved, and its optimum; None: no tour is legal."""
    variables = Variables([person])
    add_shapes(variables, 0)
    variables.minimise()
    outcome = run(variables.model, Budget(work=WORK), 1)
    return outcome.proven or outcome.impossible, outcome.bound


def worker_of(problem: Problem, person: Person, states: int = reader.STATES) -> Worker:
    """The person compiled for the search, with room for so many states."""
    with patch.object(reader, "STATES", states):
        (made,) = workers_of(problem.need, [person], grid_of(problem.need, [person]))
    return made


def optimum_is_the_same(seed: int) -> dict[str, int]:
    """Some rules, hard and priced: dense programme, labels and CP-SAT find the same optimum or none at all.

    The judge, who knows no shapes, finds nothing hard in the tour, the same cents of soft rules, and no
    random tour that is legal and cheaper.
    """
    draw = random.Random(seed)
    here = world(draw, draw.choice([8, 14, 14, 21]))
    rules = rules_of(draw, here, 5)
    problem = problem_alone(here, rules)
    person = valued(draw, people_of(problem)[0])
    if not any(person.days):
        return {"no options": 1}
    worker = worker_of(problem, person)
    found = best_legal(worker, worker.cents, exact=True)
    proven, expected = by_cpsat(person)
    counts = {"people": 1, "proven": int(proven), "dense": int(not worker.left_out)}
    if proven:
        got = None if found is None else found.priced_cents
        assert got == expected, (rules, here, got, expected)
        counts["equal"] = 1
    narrow = worker_of(problem, person, 1)
    by_labels = best_legal(narrow, narrow.cents, exact=True)
    assert (by_labels and by_labels.priced_cents) == (found and found.priced_cents), (rules, here)
    counts["labels"] = int(bool(narrow.left_out))
    counts["legal"] = int(found is not None)
    if found is not None:
        options = [worker.choices[i].option for i in found.options.tolist() if i >= 0]
        own = sum(int(worker.cents[i]) for i in found.options.tolist() if i >= 0)
        tour = [shift_of(option, here.anna, None, here.first_day) for option in options]
        assert judged(here, rules, tour) == (0, found.priced_cents - own), (rules, here, tour)
    counts["tours"] = _none_is_better(draw, here, rules, person, found and found.priced_cents)
    return counts


def _none_is_better(
    draw: random.Random, here: World, rules: Sequence[Rule], person: Person, best: int | None
) -> int:
    """How many random tours the judge calls legal; none of them is cheaper than the best."""
    cents = {c.option: c.cents for day in person.days for c in day}
    legal = 0
    for share in (0.0, 0.2, 0.4, 0.6, 0.8, 1.0):
        tour = tour_of(draw, here.anna, here.types, here.first_day, here.days, share)
        known = [shift for shift in here.carried or () if tour and shift.end > tour[0].start]
        hard, soft = judged(here, rules, tour)
        if hard or known:
            continue
        legal += 1
        total = soft + sum(cents[option_of(shift, here.first_day)] for shift in tour)
        assert best is not None, (rules, here, tour)
        assert best <= total, (rules, here, tour)
    return legal
