"""Counting people on duty: loops and array arithmetic agree, and parts of a period are parts of the whole."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from planner.rota import ShiftType
from planner.scheduling import Problem
from planner.scheduling.crew import crew_of
from planner.scheduling.presence import add_rows, short_worth, shortage
from planner.scheduling.tally import tour_of
from planner.scheduling.timers import FAR
from planner.scheduling.tours import FREE, best_tour, costs_to_go

WorldMaker = Callable[..., Problem]
DAY = ShiftType("day", (480, 540, 600), 480, break_minutes=60, break_window=(180, 300), break_step_minutes=30)
NIGHT = ShiftType("night", (1320,), 480)
LAW = {"minimum_rest": {"hours": 11}, "max_days_in_row": {"days": 4}, "days_off_in_row": {"days": 2}}
SETS, INTERVALS = 9, 40


def drawn(seed: int) -> tuple[np.random.Generator, np.ndarray, np.ndarray, np.ndarray, int]:
    """Need, people on duty, parts (the last of them spans the others)."""
    draw = np.random.default_rng(seed)
    required = draw.integers(0, 6, (SETS, INTERVALS)).astype(np.int16)
    on_duty = draw.integers(0, 6, (SETS + 2, INTERVALS)).astype(np.int16)
    return draw, required, on_duty, draw.integers(0, 3, SETS), 3


@pytest.mark.parametrize("seed", range(8))
def test_loops_and_arrays_count_alike(seed: int) -> None:
    draw, required, on_duty, part, parts = drawn(seed)
    mask = draw.random(SETS) < 0.5
    whole = short_worth(required, on_duty, part, parts, mask, 997, (0, INTERVALS), loops=False)
    short = shortage(required, on_duty, part, parts, (0, INTERVALS), loops=False)
    for span in ((0, INTERVALS), (7, 23), (5, 5)):
        for loops in (True, False):
            found = short_worth(required, on_duty, part, parts, mask, 997, span, loops)
            assert found.tolist() == whole[span[0] : span[1]].tolist()
            found = shortage(required, on_duty, part, parts, span, loops)
            assert found.tolist() == short[span[0] : span[1]].tolist()


@pytest.mark.parametrize("seed", range(8))
def test_worth_is_what_one_more_person_saves_or_a_share(seed: int) -> None:
    """Where one more person helps alone, it is exactly what they save."""
    draw, required, on_duty, part, parts = drawn(seed)
    mask = np.append(draw.random(SETS) < 0.6, [False, False])
    span = (0, INTERVALS)
    worth = short_worth(required, on_duty, part, parts, mask[:SETS], 10, span)
    before = shortage(required, on_duty, part, parts, span)
    after = shortage(required, on_duty + mask[:, None].astype(np.int16), part, parts, span)
    helped = after < before
    assert (worth[helped] == 10 * (before - after)[helped]).all()
    assert (worth[before == 0] == 0).all()


@pytest.mark.parametrize("width", [1, 2, 3])
def test_taking_a_part_out_and_putting_it_back_changes_nothing(width: int) -> None:
    draw = np.random.default_rng(width)
    present = draw.integers(0, 5, (4, 12 * width)).astype(np.int16)
    on_duty = present if width == 1 else present.reshape(4, 12, width).min(axis=2)
    rows = draw.integers(0, 2, (2, 12 * width)).astype(np.int16)
    counted = draw.random((2, 4)) < 0.7
    for loops in (True, False):
        kept = present.copy(), on_duty.copy()
        add_rows(present, on_duty, counted, rows, 1, (3, 9), loops)
        outside = present[:, 9 * width :]
        assert outside.tolist() == kept[0][:, 9 * width :].tolist()
        assert on_duty.tolist() == present.reshape(4, 12, width).min(axis=2).tolist()
        add_rows(present, on_duty, counted, rows, -1, (3, 9), not loops)
        assert (present.tolist(), on_duty.tolist()) == (kept[0].tolist(), kept[1].tolist())


@pytest.mark.parametrize("seed", range(10))
def test_held_days_stay_and_the_others_are_the_best(world: WorldMaker, seed: int) -> None:
    """Holding days is the same as prices that leave no choice on them, compiled or not."""
    problem = world(["en"], {"en": [1]}, [DAY, NIGHT], 14, rules=LAW | {"weekly_hours": {"at_most": "40 h"}})
    worker = crew_of(problem).workers[0]
    draw = np.random.default_rng(seed)
    costs = draw.integers(-3000, 1000, len(worker.choices))
    _cents, before = best_tour(worker.programme, draw.integers(-900, 100, len(worker.choices)))
    first, last = sorted(draw.integers(0, 15, 2).tolist())
    held = before.copy()
    held[first:last] = FREE
    steered = costs.copy()
    away = (worker.day < first) | (worker.day >= last)
    steered[away] += 10**8
    steered[held[held >= 0]] -= 2 * 10**8
    cents, tour = best_tour(worker.programme, costs, held=held)
    _total, expected = best_tour(worker.programme, steered)
    assert tour.tolist() == expected.tolist()
    assert cents == costs[tour[tour >= 0]].sum()
    for loops in (True, False):
        assert costs_to_go(worker.programme, costs, loops=loops, held=held)[0] == cents < FAR


def test_a_tour_marks_its_cells_without_the_break(world: WorldMaker) -> None:
    problem = world(["en"], {"en": [1]}, [DAY], 7, rules=LAW)
    crew = crew_of(problem)
    worker = crew.workers[0]
    options = np.array([1, -1, -1, -1, -1, -1, -1])
    tour = tour_of(worker, options, np.ones(len(worker.choices), np.int64), 0, crew.grid.cells)
    cell = 60 // (15 * crew.grid.quarters)
    on = np.flatnonzero(tour.present[0]).tolist()
    begin, pause = 9 * cell, 9 * cell + 7 * cell // 2
    assert on == [*range(begin, pause), *range(pause + cell, begin + 8 * cell)]
    assert tour.breaks.tolist() == [1, 0, 0, 0, 0, 0, 0]
