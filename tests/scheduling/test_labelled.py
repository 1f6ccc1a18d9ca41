"""Labels with dominance against the dense programme, and the best legal tour where states do not fit."""

from __future__ import annotations

import importlib.util
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from planner.rota import ShiftType
from planner.rules import ANY_DUTY, Gap, Mark, Rest, Run, Span, Sum, amounts
from planner.scheduling import automata as automata_room
from planner.scheduling import labelled, legal, reader
from planner.scheduling.automata import automata
from planner.scheduling.crew import crew_of
from planner.scheduling.labelled import best_labelled
from planner.scheduling.legal import best_legal
from planner.scheduling.marked import Marks
from planner.scheduling.reader import ONE_AT_A_TIME, _Reader, read
from planner.scheduling.totals import Agreed, agreed
from planner.scheduling.tours import best_tour

_SPEC = importlib.util.spec_from_file_location("random_worlds", Path(__file__).with_name("test_tours.py"))
worlds = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(worlds)


def both(seed, kept=0):
    """Dense programme of a random world, and the same with all but the first shapes as labels."""
    calendar, options, shapes, costs = worlds.world(seed)
    dense = read(calendar, options, shapes)
    mine = [shape for shape in shapes if isinstance(shape, worlds.Each)]
    gaps = [s for s in shapes if isinstance(s, Gap) and s.days is None]
    counted = [s for s in shapes if s not in mine and s not in gaps]
    reads = _Reader(calendar, tuple(options), Marks())
    reads.read_each(mine, frozenset())
    small = reads.assembled([*gaps, *counted[:kept], ONE_AT_A_TIME], reader.NO_BUDGET)
    counters = reads.labels(counted[kept:], small) or automata([], small)
    impossible = counted[kept:] and reads.labels(counted[kept:], small) is None
    counters = None if impossible else counters
    return dense.programme, small, counters, costs


def by_labels(small, counters, costs, *more, **named):
    """What labels find, the same in both forms; None if nothing."""
    if counters is None or not small.legal:
        return None
    found = best_labelled(small, counters, costs, *more, **named)
    plain = best_labelled(small, counters, costs, *more, **named, loops=not labelled.COMPILED)
    assert (found.cents, found.options.tolist(), found.whole) == (
        plain.cents,
        plain.options.tolist(),
        plain.whole,
    )
    return (found.cents, found.options) if found.any else None


@pytest.mark.parametrize("kept", [0, 1])
def test_labels_find_what_the_dense_programme_finds(kept):
    legal = 0
    for seed in range(300):
        dense, small, counters, costs = both(seed, kept)
        expected = best_tour(dense, costs)
        found = by_labels(small, counters, costs)
        assert (found and found[0]) == (expected and expected[0]), seed
        legal += expected is not None
    assert 100 < legal < 300


def test_a_limit_keeps_the_best_and_cuts_what_is_dearer():
    for seed in range(100):
        dense, small, counters, costs = both(seed)
        expected = best_tour(dense, costs)
        if expected is not None:
            assert by_labels(small, counters, costs, expected[0])[0] == expected[0]
            assert by_labels(small, counters, costs, expected[0] - 1) is None


def test_held_days_stay():
    draw = np.random.default_rng(7)
    for seed in range(100):
        dense, small, counters, costs = both(seed)
        first = best_tour(dense, costs)
        if first is None:
            continue
        held = np.where(draw.random(dense.days) < 0.5, first[1], -2)
        expected = best_tour(dense, -costs, held=held)
        found = by_labels(small, counters, -costs, held=held)
        assert found[0] == expected[0], seed
        assert (found[1][held != -2] == held[held != -2]).all()


def test_few_labels_are_a_tour_all_the_same(monkeypatch):
    monkeypatch.setattr(labelled, "MOST_LABELS", 3)
    monkeypatch.setattr(automata_room, "MOST_COMPARED", 2)
    found = 0
    for seed in range(100):
        calendar, options, shapes, costs = worlds.world(seed)
        dense, small, counters, _costs = both(seed)
        expected = best_tour(dense, costs)
        mine = by_labels(small, counters, costs)
        if mine is not None:
            found += 1
            assert mine[0] >= expected[0]
            picked = [int(i) for i in mine[1] if i >= 0]
            assert worlds.cost_of(calendar, options, shapes, costs, picked) == mine[0]
    assert found > 50


TYPES = (ShiftType("day", (420, 480, 900), 480), ShiftType("night", (1320,), 480))
NIGHT = Mark(window=(1320, 360), at_least_minutes=180)
WIDE = {
    "sum": Sum("hours", Mark(), "counted_minutes", 0, 13, 2400, 3600),
    "allowed": Sum("shifts", Mark(), "count", 0, 13, allowed=(3, 7)),
    "run": Run("nights", NIGHT, most=2, least=2, carried=0),
    "span": Span("starts", Mark(), 0, 13, 240),
    "days": Gap("days off", NIGHT, Mark(), 0, days=2),
    "rest": Rest("weekly rest", ANY_DUTY, 0, 13, 0, 0, minutes=35 * 60, count=2),
    "priced": Sum("few", Mark(), "count", 0, 13, most=2, price=700),
}


@pytest.mark.parametrize("names", [*((name,) for name in WIDE), tuple(WIDE)], ids="-".join)
def test_what_is_left_out_is_kept_exactly(world, monkeypatch, names):
    """With room for few states, the tours are those of the programme with room for all."""
    problem = world(["en"], {"en": [1] * 24}, TYPES, 14)
    calendar = problem.calendars["p0"]
    shapes = [
        replace(shape, start_quarter=calendar.day_starts[0], end_quarter=calendar.day_starts[-1])
        if isinstance(shape, Rest)
        else shape
        for shape in map(WIDE.get, names)
    ]
    [worker] = crew_of(problem).workers
    options = [choice.option for choice in worker.choices]
    dense = read(calendar, options, shapes)
    assert not dense.left_out
    monkeypatch.setattr(reader, "STATES", 1)
    small = read(calendar, options, shapes)
    assert small.left_out
    person = replace(worker.person, shapes=tuple(shapes))
    tight = replace(
        worker, person=person, programme=small.programme, left_out=small.left_out, counters=small.counters
    )
    draw, legal = np.random.default_rng(len(names)), 0
    for _ in range(6):
        costs = draw.integers(-3000, 1500, len(options))
        expected = best_tour(dense.programme, costs)
        found = best_legal(tight, costs, exact=True)
        quick = best_legal(tight, costs)
        assert (quick is None) == (found is None)
        assert (found and found.priced_cents) == (expected and expected[0])
        if found is not None:
            legal += 1
            tour = [options[i] for i in found.options.tolist() if i >= 0]
            assert not any(amounts(shape, calendar, tour) for shape in shapes if shape.price is None)
            tour = [options[i] for i in quick.options.tolist() if i >= 0]
            assert not any(amounts(shape, calendar, tour) for shape in shapes if shape.price is None)
            assert quick.priced_cents >= found.priced_cents
    assert legal


def test_who_cannot_keep_what_is_left_out_has_no_tour(world, monkeypatch):
    shapes = [Sum("none", Mark(), "count", 0, 6, most=0), Sum("some", Mark(), "count", 0, 6, least=1)]
    problem = world(["en"], {"en": [1] * 24}, (ShiftType("day", (480,), 480),), 7)
    [worker] = crew_of(problem).workers
    options = [choice.option for choice in worker.choices]
    monkeypatch.setattr(reader, "STATES", 1)
    small = read(problem.calendars["p0"], options, shapes)
    tight = replace(worker, programme=small.programme, left_out=small.left_out, counters=small.counters)
    assert best_legal(tight, worker.cents) is None


def test_prices_on_totals_change_nothing_but_the_work():
    draw = np.random.default_rng(11)
    compared = 0
    for seed in range(80):
        _dense, small, counters, costs = both(seed)
        if counters is None or not small.legal:
            continue
        prices = draw.integers(-300, 300, counters.count)
        alike = by_labels(small, counters, costs)
        priced = by_labels(small, counters, costs, prices=prices)
        assert (alike and alike[0]) == (priced and priced[0]), seed
        met = agreed(small, counters, costs)
        if met is None or alike is None:
            assert alike is None
            assert met is None or met.cents is None
            continue
        compared += bool(counters.weights.any())
        assert met.bound <= alike[0] <= (met.cents if met.cents is not None else alike[0])
    assert compared > 10


def test_without_room_for_labels_the_model_decides(world, monkeypatch):
    """Few labels find nothing; that nobody has a tour is only said where it is proven."""
    monkeypatch.setattr(reader, "STATES", 1)
    monkeypatch.setattr(legal, "_labelled", lambda *_given: None)
    monkeypatch.setattr(legal, "agreed", lambda *given: Agreed(None, None, 0, given[1].off[:, 0] * 0))
    need = {"en": [1] * 24}
    rules = {"weekly_hours": {"at_least": 32, "at_most": 40}, "minimum_rest": {"hours": 11}}
    [worker] = crew_of(world(["en"], need, TYPES, 7, rules=rules)).workers
    tour = [worker.choices[i].option for i in worker.known.tolist() if i >= 0]
    assert worker.left_out
    assert 4 <= len(tour) <= 5
    assert not any(amounts(s, worker.person.calendar, tour) for s in worker.person.shapes if s.price is None)
    assert best_legal(worker, worker.cents).own_cents == sum(
        int(worker.cents[i]) for i in worker.known.tolist() if i >= 0
    )
    clash = crew_of(
        world(
            ["en"],
            need,
            TYPES,
            7,
            rules=rules | {"max_days_in_row": {"days": 1}, "shifts_a_week": {"at_least": 5}},
        )
    )
    assert [person.calendar.agent.name for person in clash.clashing] == ["p0"]
