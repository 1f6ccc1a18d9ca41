"""More contacts on random small desks: what the need asks for, and the bounds that a sweep shows."""

from __future__ import annotations

import random
from itertools import combinations, pairwise

import numpy as np
import pytest

from planner.requirement import Backlog, Need, NeedSettings
from planner.study import Scenario, steps
from planner.study.compare_figures import Measure, Measured
from planner.study.sweeps import Cell, Sweep, factor_of, sweep
from planner.study.sweeps.asked import cents_less
from planner.study.sweeps.lifting import WHOLE, lifted
from planner.study.whatif import changed

GROWTH = ("+1%", "+3%", "+20%", "+50%")
MOST_UNITS = 16
"""A span of deferred work is never shorter by more than four minutes, though more comes."""


def desk(seed: int) -> Scenario:
    """One or two queues, one week, two to four people."""
    draw = random.Random(seed)
    promise = draw.choice(["90% within 2 h", "90% within 2 business hours", "80% within 8 h"])
    queues = [
        f"{{name: email en, aht: {draw.choice([4, 7, 10])} min, replies: {draw.choice([1, 1, 1.5, 2])}, "
        f"promise: {promise}}}"
    ]
    volume = f"email en: {draw.choice([5, 17, 40, 90])}"
    if draw.random() < 0.6:
        queues.append(f"{{name: phone en, aht: {draw.choice([3, 6])} min, promise: 80% within 60 s}}")
        volume += f", phone en: {draw.choice([6, 12, 40])}"
    hours = draw.choice(
        [
            "mon-fri, open: 09:00, close: 17:00",
            "all, open: 08:00, close: 20:00",
            "mon-fri, open: 0:00, close: 24:00",
        ]
    )
    return Scenario.from_text(
        f"name: Tiny\nzone: Europe/Lisbon\nperiod: {{first_day: 2026-03-02, weeks: 1}}\n"
        f"interval: {draw.choice([30, 60])} min\npeople: {draw.randint(2, 4)}\n"
        f"queues: [{', '.join(queues)}]\n"
        f"volume: {{{volume}}}\nopening_hours: {{days: {hours}}}\n"
        "shifts: {name: day, start: 06:00-16:00 every 120 min, paid_hours: 8}\n"
        "solve: {effort: quick, rounds: 1, replications: 20}\n"
    )


def need_of(scenario: Scenario) -> Need:
    return steps.demand_and_need(scenario)[2]


def due_within(row: Backlog) -> np.ndarray:
    """Units that come from one interval on and are due by the end of a later one, counted one by one."""
    came, due = np.cumsum(row.arriving), np.cumsum(row.arriving) - row.not_due
    found = np.zeros((len(came), len(came)), dtype=np.int64)
    for first in range(len(came)):
        before = came[first - 1] if first else -row.carried_in
        found[first, first:] = np.maximum(0, due[first:] - before)
    return found


@pytest.mark.parametrize("seed", range(24))
def test_more_contacts_never_ask_for_fewer_people(seed: int) -> None:
    base = desk(seed)
    less = need_of(base)
    for by in GROWTH:
        more = need_of(changed(base, "volume", {"by": by}))
        assert (more.required >= less.required).all(), by
        assert [row.queues for row in more.backlogs] == [row.queues for row in less.backlogs]
        for mine, theirs in zip(more.backlogs, less.backlogs, strict=True):
            assert mine.per_person == theirs.per_person
            assert mine.arriving.sum() >= theirs.arriving.sum()
            for (_, taken), (_, before) in zip(mine.limits, theirs.limits, strict=True):
                assert (taken >= before).all()
            # Whole units and a safety that grows slower than work: not monotone to the unit, see below.
            assert (due_within(theirs) - due_within(mine)).max() <= MOST_UNITS


@pytest.mark.parametrize("seed", range(16))
def test_without_safety_only_the_rounding_of_one_unit_is_lost(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Spans are differences of two rounded sums, so one unit of 15 s may go as more comes; never two.
    monkeypatch.setattr(NeedSettings, "z_of", lambda *_: 0.0)
    base = desk(seed)
    needs = [need_of(base), *(need_of(changed(base, "volume", {"by": by})) for by in GROWTH)]
    for less, more in pairwise(needs):
        for mine, theirs in zip(more.backlogs, less.backlogs, strict=True):
            assert (due_within(theirs) - due_within(mine)).max() <= 1


OVER = ["volume.by=0%,+2%,+5%"]


@pytest.fixture(scope="module", params=[0, 2])
def swept(request: pytest.FixtureRequest) -> Sweep:
    return sweep(desk(request.param), OVER)


def test_bounds_that_users_see_grow_with_demand(swept: Sweep) -> None:
    """But for the price of the rounding above: units of it, at the price of people who miss."""
    for number, (less, more) in enumerate(combinations(swept.cells, 2)):
        assert less.bound_cents is not None
        assert more.bound_cents is not None
        assert more.bound_cents >= less.bound_cents * 0.998, number
        # What is proven for less demand is proven for more: its rota costs no less.
        assert more.cost_cents is not None
        assert less.bound_cents * 0.998 <= more.cost_cents
        assert more.bound_cents <= more.cost_cents


def test_a_bound_that_falls_too_far_is_lifted() -> None:
    """By hand: two units of a span go at 100 cents for 2 units a person, and the bound falls by as much."""
    work = {"per_person": 2, "carried_in": 0, "arriving": [9, 0], "not_due": [0, 0], "limits": {}}
    ask = {"prices": [100, 0, 0], "groups": [["a"]], "people": {"a": [1, 1]}, "work": {"b": work}}
    fewer = {**ask, "work": {"b": {**work, "arriving": [7, 0]}}}
    assert cents_less(ask, fewer) == 0
    assert cents_less(fewer, ask) == 100
    assert cents_less({**fewer, "people": {"a": [0, 1]}}, ask) is None
    apart = {**work, "arriving": [4, 4]}
    each = {**ask, "work": {"b": apart}}
    both = {**ask, "work": {"b": {**apart, "arriving": [3, 3]}}}
    assert cents_less(both, each) == 100  # a unit in each of two spans, which are apart
    cells = [cell("1", 1000), cell("2", 700)]
    asks = {("1",): ask, ("2",): fewer}
    first, second = lifted(cells, [factor_of("volume.by=1,2")], asks)
    assert (first.bound_cents, second.bound_cents, second.lifted_from) == (1000, 900, ("1",))
    assert second.measured is not None
    assert second.measured.measures[0].low == pytest.approx(9.0)


def cell(value: str, bound: int) -> Cell:
    measured = Measured("desk", 1, (Measure(WHOLE, "EUR a month", 20.0, bound / 100, 20.0),))
    return Cell((value,), measured, 2000, bound)
