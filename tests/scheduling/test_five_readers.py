"""Every reader of the vocabulary against the others on random tours; planted mistakes are all noticed."""

from __future__ import annotations

import importlib.util
import random
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise, product
from pathlib import Path
from types import MappingProxyType

import numpy as np
import pytest

from planner import rules as rules_room
from planner.people import Team as People
from planner.rota import Rota, option_of, options_for, shift_of
from planner.rules import REGISTRY, Each, Gap, Run, Span, amounts, calendars, judge
from planner.scheduling import automata as automata_room
from planner.scheduling import counters, cpsat_gaps, cpsat_runs, cpsat_shapes, duals_rows, timers
from planner.scheduling.automata import automata
from planner.scheduling.labelled import best_labelled
from planner.scheduling.marked import Marks
from planner.scheduling.reader import NO_BUDGET, ONE_AT_A_TIME, _Reader, read
from planner.scheduling.tours import best_tour


def module_of(folder, name):
    path = Path(__file__).parents[1] / folder / f"{name}.py"
    spec = importlib.util.spec_from_file_location(f"readers_{name}", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


SHAPES = module_of("scheduling", "test_cpsat_shapes")
TEAMS = module_of("rules", "test_team_rules")
PIN = 10**6


def pinned(who, shape, tour):
    """Amount that the dynamic programme finds with every day held; None if it forbids the tour."""
    options = [choice.option for day in who.days for choice in day]
    costs, held = np.zeros(len(options), np.int64), held_of(tour)
    found = best_tour(read(who.calendar, options, [shape]).programme, costs, held=held)
    return None if found is None else found[0]


def held_of(tour):
    return np.array([-1 if c is None else d * len(SHAPES.TYPES) + c for d, c in enumerate(tour)], np.int64)


def labels_of(who, shape, tour):
    """The same by labels, nothing of the shape in the programme."""
    options = [choice.option for day in who.days for choice in day]
    reader = _Reader(who.calendar, tuple(options), Marks())
    small = reader.assembled([ONE_AT_A_TIME], NO_BUDGET)
    counted = automata([reader.label_counter(shape)], small)
    if counted is None:
        return None
    found = best_labelled(small, counted, np.zeros(len(options), np.int64), held=held_of(tour))
    return found.cents if found.any else None


def overlaps(who, tour):
    chosen = [who.days[d][c].option for d, c in enumerate(tour) if c is not None]
    return any(b.start < a.end for a, b in pairwise(chosen))


def rows_hold(who, shape, tour):
    """Whether the rows of the group relaxation hold for a tour."""
    group = duals_rows.Group([replace(who, shapes=(shape,))])
    held = held_of(tour)

    def value(term):
        if term.mark is None:
            return int(term.at in held)
        days = (term.at, term.at + 1) if term.weekend else (term.at,)
        marked = group.marked(term.mark)
        return int(any(0 <= d < len(tour) and held[d] >= 0 and marked[held[d]] for d in days))

    return all(
        least <= sum(weight * value(term) for term, weight in terms) <= most
        for terms, least, most in group.rows()
    )


def counted(shape):
    """Whether labels can carry a shape; the others stay in the programme."""
    return not isinstance(shape, Each) and (not isinstance(shape, Gap) or shape.days is not None)


def readers_agree(seeds):
    """Plain numbers, programme, labels, CP-SAT and group rows on random tours of every kind of shape."""
    broken = 0
    for seed in seeds:
        draw = random.Random(seed)
        carried = tuple(draw.choice([None, 0, 1, 2]) for _ in range(3))
        who = SHAPES.person(carried, False)
        for shape in SHAPES.shapes(draw, who):
            tour = tuple(draw.choice([None, 0, 1, 2]) for _ in range(SHAPES.DAYS))
            if overlaps(who, tour):
                continue
            options = [who.days[d][c].option for d, c in enumerate(tour) if c is not None]
            amount = amounts(shape, who.calendar, options)
            priced = replace(shape, price=1)
            broken += amount > 0
            assert pinned(who, priced, tour) == amount, (shape, tour, carried)
            assert pinned(who, shape, tour) == (None if amount else 0), (shape, tour, carried)
            assert SHAPES.read(priced, who, tour) == amount, (shape, tour, carried)
            assert (SHAPES.read(shape, who, tour) is None) == (amount > 0), (shape, tour, carried)
            if counted(shape):
                assert labels_of(who, priced, tour) == amount, (shape, tour, carried)
                assert labels_of(who, shape, tour) == (None if amount else 0), (shape, tour, carried)
            if not amount:
                assert rows_hold(who, shape, tour), (shape, tour, carried)
    return broken


def rules_agree():
    """Judge and shapes on all tours of some rules, for one person and for several."""
    calendar = calendars(People((SHAPES.ANNA,), SHAPES.TEAM.sites), SHAPES.TYPES, SHAPES.FIRST, 5, ())["Anna"]
    made = {}
    for day, c in product(range(5), (0, 1)):
        first = SHAPES.FIRST + timedelta(days=day)
        option = options_for(SHAPES.ANNA, [SHAPES.TYPES[c]], first, 1)[0][0]
        made[day, c] = shift_of(option, SHAPES.ANNA, None, first)
    asked = [
        REGISTRY["max_days_in_row"](days=2),
        REGISTRY["days_off_in_row"](days=2),
        REGISTRY["minimum_rest"](hours=11),
        REGISTRY["max_nights_in_row"](nights=2),
        REGISTRY["max_weekends"](weekends=0),
    ]
    for letters in product((None, 0, 1), repeat=5):
        tour = [made[day, c] for day, c in enumerate(letters) if c is not None]
        rota = Rota("test", SHAPES.FIRST, 5, ("Anna",), tuple(sorted(tour)))
        options = [option_of(shift, SHAPES.FIRST) for shift in tour]
        for rule in asked:
            found = judge(rota, SHAPES.TEAM, {"Anna": calendar}, {"Anna": (rule,)})
            judged = sum(v.amount for v in found if not v.before_period)
            assert judged == sum(amounts(s, calendar, options) for s in rule.shapes(calendar)), (
                rule,
                letters,
            )
    for rule in [param.values[0] for param in TEAMS.RULES]:
        for letters in product("-DN", repeat=3):
            tours = {"Anna": letters, "Ben": letters[::-1], "Cleo": ["D", "-", "-"]}
            found, total = TEAMS.broken(rule, tours)
            assert sum(v.amount for v in found) == total, (rule, tours)


def test_all_readers_agree():
    assert readers_agree(range(16)) > 40
    rules_agree()


def wrong(function, change):
    """A function whose answer is changed."""
    return lambda *given, **named: change(function(*given, **named))


def asked_otherwise(function, **changes):
    """A function that is given a shape with other numbers."""

    def mutant(*given):
        at = next(i for i, value in enumerate(given) if isinstance(value, tuple(cpsat_shapes.READERS)))
        shape = given[at]
        known = {
            name: change(getattr(shape, name)) for name, change in changes.items() if hasattr(shape, name)
        }
        return function(*given[:at], replace(shape, **known), *given[at + 1 :])

    return mutant


def more(value):
    return value if value is None else value + 1


def reader_of(kind, change):
    """All readers of CP-SAT, one of them changed."""
    table = dict(cpsat_shapes.READERS)
    table[kind] = change(table[kind])
    return MappingProxyType(table)


MUTANTS = {
    "runs one longer in the programme": lambda p: p.setattr(
        counters, "_run_step", asked_otherwise(counters._run_step, most=more)
    ),
    "carried runs forgotten": lambda p: p.setattr(counters, "_run_start", lambda _shape: (0, 0)),
    "one day off too few": lambda p: p.setattr(
        "planner.scheduling.reader.gap_days_counter",
        asked_otherwise(counters.gap_days_counter, days=lambda d: d - 1),
    ),
    "wider spans": lambda p: p.setattr(
        "planner.scheduling.reader.span_counter",
        asked_otherwise(counters.span_counter, minutes=lambda minutes: minutes + 300),
    ),
    "what a total had before forgotten": lambda p: p.setattr(
        "planner.scheduling.reader.sum_counter", asked_otherwise(counters.sum_counter, carried=lambda _c: 0)
    ),
    "rests a quarter shorter": lambda p: p.setattr(timers, "MINUTES", 16),
    "no spans in CP-SAT": lambda p: p.setattr(
        cpsat_shapes, "READERS", reader_of(Span, lambda _read: lambda *_given: None)
    ),
    "no least run in CP-SAT": lambda p: p.setattr(cpsat_runs, "_least", lambda *_given: None),
    "more days off in CP-SAT": lambda p: p.setattr(
        cpsat_gaps, "_add_days_off", lambda v, n, shape, least: ADD_DAYS_OFF(v, n, shape, least + 1)
    ),
    "any total allowed in CP-SAT": lambda p: p.setattr(cpsat_shapes, "_one_of", lambda *_given: None),
    "group rows too strict": lambda p: p.setattr(
        duals_rows, "_READERS", {**duals_rows._READERS, Run: strict_run}
    ),
    "labels that see no legal tour": lambda p: p.setattr(
        automata_room, "minimise", wrong(automata_room.minimise, lambda legal: not legal)
    ),
    "rests counted twice": lambda p: p.setitem(PLAIN, "_rests", wrong(PLAIN["_rests"], lambda n: 2 * n)),
    "every start marked": lambda p: p.setitem(
        PLAIN, "selects", lambda mark, option, calendar: option.kind in mark.kinds
    ),
    "blocks one longer for the judge": lambda p: p.setattr(
        "planner.rules.max_days_in_row.beyond",
        lambda found, most: rules_room.measure.beyond(found, most + 1),
    ),
    "nights anywhere for the judge": lambda p: p.setattr(
        "planner.rules.max_nights_in_row.is_night", lambda *_given: True
    ),
    "rest on the wall for the judge": lambda p: p.setattr(
        "planner.rules.measure.minutes_between",
        lambda a, b: (b.replace(tzinfo=None) - a.replace(tzinfo=None)).total_seconds() // 60 + 60,
    ),
    "shares rounded down": lambda p: p.setattr(
        "planner.rules.even_split.judged",
        lambda *given: ((name, amount - 1, share) for name, amount, share in JUDGED(*given) if amount > 1),
    ),
    "one more on a shift": lambda p: p.setattr(
        "planner.rules.most_on_shift.daily", lambda *given, most: DAILY(*given, most=most + 1)
    ),
    "pairs of one day forgotten": lambda p: p.setattr(
        "planner.rules.together.day_of", lambda shift, calendar: shift.day + timedelta(days=1)
    ),
}
PLAIN = amounts.__globals__
ADD_DAYS_OFF = cpsat_gaps._add_days_off
JUDGED = rules_room.shares.judged
DAILY = rules_room.together.daily


def strict_run(group, shape):
    for row in RUN_ROWS(group, shape):
        yield row._replace(most=row.most - 1)


RUN_ROWS = duals_rows._run


def everything():
    rules_agree()
    readers_agree(range(16))


@pytest.mark.parametrize("mutant", MUTANTS)
def test_planted_mistakes_are_noticed(mutant, monkeypatch):
    MUTANTS[mutant](monkeypatch)
    with pytest.raises(AssertionError):
        everything()
