"""The CP-SAT reader of shapes against the plain one: amount for amount on whole tours."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import pairwise

import numpy as np
import pytest

from planner.people import Agent, Site, Team
from planner.rota import ShiftType, options_for, shift_of
from planner.rules import Each, Gap, Mark, Rest, Run, Shape, Span, Sum, amounts, calendars
from planner.scheduling.cpsat_people import Choice, Person
from planner.scheduling.cpsat_run import Budget, run
from planner.scheduling.cpsat_shapes import add_shape, add_shapes
from planner.scheduling.cpsat_variables import Variables
from planner.scheduling.reader import read as reading
from planner.scheduling.tours import best_tour

FIRST = date(2026, 3, 26)  # from Thursday; the clocks go forward on Sunday, day 3
DAYS = 6
TYPES = (ShiftType("early", (360,), 480), ShiftType("night", (1320,), 480), ShiftType("long", (600,), 720))
ANNA = Agent("Anna", "Rome", "Europe/Rome", {})
TEAM = Team((ANNA,), (Site("Rome", "Europe/Rome"),))

ALL = Mark()
NIGHT = Mark(window=(0, 300), at_least_minutes=120)
EARLY = Mark(names=frozenset({"early"}))
SOME_DAYS = Mark(days=frozenset({1, 3}))


@cache
def person(carried_tour: tuple[int | None, ...], cyclic: bool) -> Person:
    before = options_for(ANNA, TYPES, date(2026, 3, 23), 3)
    carried = [
        shift_of(options[i], ANNA, None, date(2026, 3, 23), "carried")
        for options, i in zip(before, carried_tour, strict=True)
        if i is not None
    ]
    calendar = calendars(TEAM, TYPES, FIRST, DAYS, carried, cyclic)["Anna"]
    days = tuple(tuple(Choice(option, 0) for option in day) for day in options_for(ANNA, TYPES, FIRST, DAYS))
    cycle = calendar.day_starts[-1] - calendar.day_starts[0] if cyclic else 0
    return Person("Anna", calendar, days, (), {}, (), cycle)


def shapes(draw: random.Random, who: Person) -> list[Shape]:
    """One shape of each kind, with random settings."""
    mark, other = draw.choice([ALL, NIGHT, EARLY]), draw.choice([ALL, NIGHT, EARLY])
    first = draw.randrange(0, 3)
    last = draw.randrange(first + 1, DAYS)
    starts = who.calendar.day_starts
    carried = None if who.cycle else draw.choice([None, 0, 1, 2, 4])
    return [
        Each("each", SOME_DAYS),
        Each("force", Mark(days=frozenset({0, 4})), force=True),
        Gap("gap", mark, mark, draw.choice([480, 660, 1500])),
        Gap("after", mark, other, draw.choice([660, 2000, 3000])),
        Run("most", mark, draw.random() < 0.5, None, draw.randrange(1, 5), carried),
        Run("least", mark, draw.random() < 0.5, draw.randrange(2, 5), None, carried),
        Sum(
            "most",
            mark,
            draw.choice(["count", "counted_minutes"]),
            first,
            last,
            None,
            draw.choice([1, 2, 960]),
            1,
        ),
        Sum("least", mark, draw.choice(["count", "paid_minutes"]), first, last, draw.choice([2, 3, 1000])),
        Sum("weekends", mark, "weekends", 0, DAYS - 1, None, draw.randrange(0, 2)),
        Rest(
            "days",
            mark,
            draw.choice([0, 0 if who.cycle else -2]),
            last,
            0,
            0,
            None,
            draw.randrange(1, 3),
            draw.randrange(1, 3),
        ),
        Gap("days off", mark, other, 0, None, draw.randrange(1, 4)),
        Gap("often", mark, other, draw.choice([900, 1500]), None, None, draw.randrange(0, 3), first, last, 1),
        Gap("often", mark, mark, 1500, None, None, draw.randrange(0, 2), 0, last),
        Run("weekends", mark, draw.random() < 0.5, None, draw.randrange(0, 2), carried, unit="weekend"),
        Run("weeks", mark, draw.random() < 0.5, draw.choice([None, 2]), 1, carried, unit="week"),
        Sum(
            "allowed",
            mark,
            draw.choice(["count", "weekends"]),
            first,
            last,
            carried=draw.choice([0, 0 if who.cycle else 1]),
            allowed=draw.choice([(0, 2), (0,), (1, 3), (2,)]),
        ),
        Span("span", mark, first, last, draw.choice([0, 240, 600]), draw.choice([(), (360,), (600, 1320)])),
        Rest(
            "time",
            mark,
            0,
            0,
            starts[first] - draw.choice([0, 0 if who.cycle else 30]),
            starts[last],
            draw.choice([1440, 1500]),
            None,
            draw.randrange(1, 3),
        ),
    ]


def read(shape: Shape, who: Person, tour: tuple[int | None, ...]) -> int | None:
    """Amount in the model with the tour fixed; None if the model refuses it."""
    variables = Variables([who])
    add_shape(variables, 0, shape)
    for d, chosen in enumerate(tour):
        for c in range(len(TYPES)):
            variables.model.add(variables.taken(0, d, c) == (c == chosen))
    variables.minimise()
    outcome = run(variables.model, Budget(work=1), seed=1)
    if outcome.value is None:
        return None
    assert outcome.proven
    return outcome.bound


@pytest.mark.parametrize("seed", range(40))
def test_amounts_agree_on_random_tours(seed: int) -> None:
    draw = random.Random(seed)
    cyclic = seed % 3 == 0
    carried = (None,) * 3 if cyclic else tuple(draw.choice([None, 0, 1, 2]) for _ in range(3))
    who = person(carried, cyclic)
    broken = 0
    for _ in range(4):
        for shape in shapes(draw, who):
            tour = tuple(draw.choice([None, 0, 1, 2]) for _ in range(DAYS))
            options = [who.days[d][c].option for d, c in enumerate(tour) if c is not None]
            expected = amounts(shape, who.calendar, options)
            broken += expected > 0
            assert read(replace(shape, price=1), who, tour) == expected, (shape, tour, carried)
            assert (read(shape, who, tour) is None) == (expected > 0), (shape, tour, carried)
    assert 8 < broken < 56


def test_nobody_is_on_two_duties_at_once() -> None:
    """Without any rule: a long late duty and an early one that begins before it ends."""
    late = ShiftType("late", (1200,), 720)
    calendar = calendars(TEAM, [late, TYPES[0]], FIRST, 2)["Anna"]
    days = tuple(tuple(Choice(o, 0) for o in day) for day in options_for(ANNA, [late, TYPES[0]], FIRST, 2))
    variables = Variables([Person("Anna", calendar, days, (), {})])
    add_shapes(variables, 0)
    for d, day in enumerate(days):
        for c, choice in enumerate(day):
            if (choice.option.name == "late") == (d == 0):
                variables.model.add(variables.taken(0, d, c) == 1)
    assert run(variables.model, Budget(work=1), seed=1).impossible


@pytest.mark.parametrize("minutes", [1500, 3000, 6000])
@pytest.mark.parametrize("carried", [(None, None, None), (None, 1, 1), (2, None, 1)])
def test_several_waiting_duties_are_measured_from_the_latest(
    carried: tuple[int | None, ...], minutes: int
) -> None:
    """Two or more before the next that ends the wait: amounts, programme and CP-SAT count the same."""
    who, draw = person(carried, False), random.Random(minutes)
    options = [choice.option for day in who.days for choice in day]
    broken = 0
    for before, after in ((NIGHT, EARLY), (ALL, EARLY), (EARLY, NIGHT)):
        gap = Gap("gap", before, after, minutes, price=1)
        for _ in range(4):
            waiting = [draw.choice([1, 2] if after == EARLY else [0]) for _ in range(3)]
            tour = (*waiting[:2], draw.choice([None, waiting[2]]), *((0, 0) if after == EARLY else (1, 2)))
            tour = (*tour, *([None] * DAYS))[:DAYS]
            chosen = [who.days[d][c].option for d, c in enumerate(tour) if c is not None]
            if any(b.start < a.end for a, b in pairwise(chosen)):
                continue
            expected = amounts(gap, who.calendar, chosen)
            broken += expected > 0
            assert read(gap, who, tour) == expected, (tour, before, after)
            costs = np.where([option in chosen for option in options], -(10**6), 10**6)
            found = best_tour(reading(who.calendar, options, [gap]).programme, costs)
            assert found is not None
            assert found[0] + 10**6 * len(chosen) == expected, (tour, before, after)
    assert broken > 0
