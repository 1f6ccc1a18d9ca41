"""In which order tries of mending stand, and what a partner is owed on going back: figures made by hand."""

from __future__ import annotations

from itertools import permutations
from types import SimpleNamespace
from typing import Any

import pytest

from planner._messages import Message
from planner.study import Gate, Scenario
from planner.study.gates import GateResult
from planner.study.stages import going_back, mending

TRIES = [
    SimpleNamespace(passes=True, mends=True, cost=300.0, name="dear, but passes"),
    SimpleNamespace(passes=True, mends=True, cost=500.0, name="dearer"),
    SimpleNamespace(passes=False, mends=True, cost=-50.0, name="mends this gate, another fails"),
    SimpleNamespace(passes=False, mends=False, cost=-900.0, name="cheapest, and mends nothing"),
]


@pytest.mark.parametrize("order", list(permutations(range(len(TRIES)))))
def test_what_passes_stands_before_what_is_cheaper(order: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    class Again:
        def __init__(self, *_given: Any) -> None:
            self.is_cancelled = lambda: False

        def tried(self, way: int, _at: int) -> Any:
            return TRIES[way]

    monkeypatch.setattr(mending, "_Again", Again)
    monkeypatch.setattr(mending, "candidates_for", lambda _failed: list(order))
    plan = SimpleNamespace(scenario=SimpleNamespace(gates=[Gate("cost_uplift", {"at_most": 0.1})], name="x"))
    failed = GateResult("cost_uplift", False, 0.5, 0.1, Message("study.gate_no_role"))
    stage: Any = SimpleNamespace(plan=plan)
    beside: Any = SimpleNamespace(before=stage, first=stage)
    (found,) = mending.mend(2, stage, (failed,), beside, "all")
    assert [each.name for each in found.tries] == [each.name for each in TRIES]  # type: ignore[attr-defined]
    assert found.cheapest is TRIES[0]


@pytest.mark.parametrize(
    ("price", "minimum", "seats", "owed"),
    [
        ("12 per hour", "160 h a month", 1, 1920.0),
        ("12 per hour", "160 h a month", 3, 5760.0),  # hours are of each seat
        ("4.50 per ticket", "300 tickets a month", 1, 1350.0),
        ("4.50 per ticket", "300 tickets a month", 3, 1350.0),  # tickets of all seats together
        ("12 per hour", "160 h a month", 0, 0.0),
    ],
)
def test_a_partners_minimum_of_several_seats(price: str, minimum: str, seats: int, owed: float) -> None:
    partner = f"{{from: 22:00, to: 06:00, price: {price}, minimum: {minimum}, seats: 3}}"
    said = Scenario.from_text(
        f"people: 2\nopening_hours: {{open: 00:00, close: 24:00}}\noutsource: {partner}"
    ).said
    assert said.outsource is not None
    assert going_back._minimum(said.outsource, seats) == owed
