"""The dynamic programme of one person against all tours of tiny worlds, read plainly."""

import os
import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import numpy as np
import pytest

from planner.people import Agent, Site
from planner.rota import Option
from planner.rules import AgentCalendar, Each, Gap, Mark, Rest, Run, Span, Sum, amounts
from planner.scheduling.reader import ONE_AT_A_TIME, read
from planner.scheduling.timers import FAR
from planner.scheduling.tours import best_tour, costs_to_go

DAY = 96
KINDS = frozenset({"work", "on_call"})


def calendar_of(days, carried, known, first):
    agent = Agent("Anna", "Rome", "UTC", {})
    base = 1_000_000 // DAY * DAY
    starts = tuple(base + DAY * day for day in range(days + 1))
    return AgentCalendar(
        agent, Site("Rome", "UTC"), first, days, starts, (), carried=carried, carried_known=known
    )


def option(rng, day, base):
    start = int(rng.integers(0, 24)) * 4
    length = int(rng.choice([16, 32, 36, 48]))
    name = str(rng.choice(["early", "late", "night"]))
    kind = "on_call" if rng.random() < 0.15 else "work"
    at = base + DAY * day + start
    paid = length * 15 - 30
    return Option(day, name, kind, start * 15, at, at + length, paid, paid if kind == "work" else 0)


def random_mark(rng, days):
    names = None if rng.random() < 0.5 else frozenset({str(rng.choice(["early", "late", "night"]))})
    kinds = KINDS if rng.random() < 0.5 else frozenset({"work"})
    inside = None if rng.random() < 0.8 else frozenset(int(d) for d in range(-2, days) if rng.random() < 0.7)
    window = None if rng.random() < 0.8 else (1320, 360)
    return Mark(kinds, names, window, 60, inside)


def random_shape(rng, days, base, known):
    mark, price = random_mark(rng, days), None if rng.random() < 0.5 else int(rng.integers(1, 9))
    first = int(rng.integers(0, days))
    last = int(rng.integers(first, days))
    least = None if rng.random() < 0.5 else int(rng.integers(1, 4))
    most = None if least is not None and rng.random() < 0.5 else int(rng.integers(least or 0, 5))
    kind = rng.integers(0, 13)
    if kind == 0:
        days_asked = None if mark.days is None else frozenset(day for day in mark.days if day >= 0)
        return Each("each", replace(mark, days=days_asked), bool(rng.random() < 0.3), price)
    if kind == 1:
        return Gap("gap", mark, random_mark(rng, days), int(rng.integers(1, 50)) * 60, price)
    if kind == 2:
        return Gap("rest", mark, mark, int(rng.choice([660, 1000, 2110])), price)
    if kind in (3, 4):
        carried = int(rng.integers(0, 4)) if known else None
        return Run("run", mark, bool(rng.random() < 0.4), least, most, carried, price)
    if kind in (5, 6):
        unit = str(rng.choice(["count", "counted_minutes", "paid_minutes", "weekends"]))
        factor, odd = (480, 30) if unit.endswith("minutes") else (1, 0)
        return Sum(
            "sum",
            mark,
            unit,
            first,
            last,
            None if least is None else least * factor - odd,
            None if most is None else most * factor + odd,
            int(rng.integers(0, 2)) * factor,
            price,
        )
    if kind == 8:
        return Gap("days off", mark, random_mark(rng, days), 0, price, int(rng.integers(1, 4)))
    if kind == 9:
        carried = int(rng.integers(0, 3)) if known else None
        unit = str(rng.choice(["week", "weekend"]))
        return Run("units", mark, bool(rng.random() < 0.4), least, most, carried, price, unit)
    if kind == 10:
        totals = tuple(int(value) for value in rng.choice(5, int(rng.integers(1, 4)), replace=False))
        unit = str(rng.choice(["count", "weekends"]))
        return Sum("allowed", mark, unit, first, last, None, None, int(rng.integers(0, 3)), price, totals)
    if kind == 12:
        after, minutes = random_mark(rng, days), int(rng.integers(1, 40)) * 60
        begun = int(rng.integers(0, 3)) if first == 0 and known else 0
        return Gap("often", mark, after, minutes, price, None, int(rng.integers(0, 3)), first, last, begun)
    if kind == 11:
        carried = tuple(int(start) for start in rng.choice(24, int(rng.integers(0, 3))) * 60) if known else ()
        return Span("span", mark, first, last, int(rng.integers(0, 10)) * 60, carried, price)
    count = int(rng.integers(1, 4))
    if rng.random() < 0.5:
        begins = int(rng.integers(-3, 1)) if known and first == 0 else first
        return Rest("rest", mark, begins, last, 0, 0, None, int(rng.integers(1, 3)), count, price)
    opens = base + DAY * first + int(rng.integers(-8, 9))
    closes = base + DAY * (last + 1) + int(rng.integers(-8, 9))
    return Rest(
        "rest", mark, first, last, opens, closes, int(rng.choice([600, 1100, 2100])), None, count, price
    )


def world(seed):
    rng = np.random.default_rng(seed)
    days = int(rng.integers(3, 7))
    base = 1_000_000 // DAY * DAY
    known = bool(rng.random() < 0.6)
    carried = [option(rng, day, base) for day in (-2, -1) if known and rng.random() < 0.7]
    before = tuple(sorted(carried, key=lambda o: (o.start, o.end)))
    calendar = calendar_of(days, before, known, date(2026, 1, 1) + timedelta(days=seed % 7))
    options = []
    for day in range(days):
        made = {option(rng, day, base) for _ in range(int(rng.integers(1, 4)))}
        options += sorted(made, key=lambda o: (o.start, o.end, o.name, o.kind))
    shapes = [random_shape(rng, days, base, known) for _ in range(int(rng.integers(1, 5)))]
    costs = rng.integers(-300, 200, len(options))
    return calendar, options, shapes, costs


def cost_of(calendar, options, shapes, costs, picked):
    tour = [options[i] for i in picked]
    if amounts(ONE_AT_A_TIME, calendar, tour):
        return None
    total = sum(int(costs[i]) for i in picked)
    for shape in shapes:
        amount = amounts(shape, calendar, tour)
        if amount and shape.price is None:
            return None
        total += amount * (shape.price or 0)
    return total


def all_tours(options, days):
    by_day = [[None, *(i for i, o in enumerate(options) if o.day == day)] for day in range(days)]
    for combination in product(*by_day):
        yield [i for i in combination if i is not None]


@pytest.mark.parametrize("block", range(20))
def test_programme_finds_the_best_of_all_tours(block):
    """400 random worlds: the least cost, a tour that has it, and None exactly if no tour is legal."""
    for seed in range(block * 20, block * 20 + 20):
        calendar, options, shapes, costs = world(seed)
        every = [cost_of(calendar, options, shapes, costs, p) for p in all_tours(options, calendar.days)]
        legal = [cost for cost in every if cost is not None]
        reading = read(calendar, options, shapes)
        found = best_tour(reading.programme, costs)
        assert not reading.left_out
        if not legal:
            assert found is None, (seed, shapes)
            continue
        assert found is not None, (seed, shapes)
        assert found[0] == min(legal), (seed, shapes)
        picked = [int(i) for i in found[1] if i >= 0]
        assert cost_of(calendar, options, shapes, costs, picked) == found[0], (seed, shapes)


def test_without_soft_rules_only_hard_ones_count():
    for seed in range(60):
        calendar, options, shapes, costs = world(seed)
        hard = [shape for shape in shapes if shape.price is None]
        every = [cost_of(calendar, options, hard, costs, p) for p in all_tours(options, calendar.days)]
        legal = [cost for cost in every if cost is not None]
        found = best_tour(read(calendar, options, shapes).programme, costs, soft=False)
        assert (found[0] if found else None) == (min(legal) if legal else None), (seed, shapes)


def test_loops_and_numpy_agree_number_for_number():
    for seed in range(80):
        calendar, options, shapes, costs = world(seed)
        programme = read(calendar, options, shapes).programme
        for soft in (True, False):
            one = costs_to_go(programme, costs, soft, loops=True)
            other = costs_to_go(programme, costs, soft, loops=False)
            assert (one == other).all(), seed
            assert one.max() <= FAR


PRINT_TOURS = """
import importlib.util, sys
spec = importlib.util.spec_from_file_location("worlds", sys.argv[1])
worlds = importlib.util.module_from_spec(spec)
spec.loader.exec_module(worlds)
for seed in range(30):
    calendar, options, shapes, costs = worlds.world(seed)
    found = worlds.best_tour(worlds.read(calendar, options, shapes).programme, costs)
    print(found and (found[0], found[1].tolist()))
"""


def test_plain_and_compiled_processes_print_the_same_tours():
    printed = set()
    for plain, seed in (("1", "1"), ("", "2")):
        environment = os.environ | {"PLANNER_PLAIN": plain, "PYTHONHASHSEED": seed}
        done = subprocess.run(
            [sys.executable, "-c", PRINT_TOURS, __file__], env=environment, capture_output=True, check=True
        )
        printed.add(done.stdout)
    assert len(printed) == 1
