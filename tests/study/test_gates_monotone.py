"""Gates are monotone in their thresholds, and a stage that changes nothing differs in nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.study import Gate, Rollout, Scenario, rollout
from planner.study import actuals_gate as module
from planner.study.actuals_gate import actuals_gate
from planner.study.gates import Judged, ask, with_long_service
from planner.study.scenario.gates import GATES

SAME = [
    {"promise_kept": {"in": "new hours", "in_weeks": "10 of 10"}},
    {"promise_kept": {"in": "old hours", "not_worse_by": "0 points"}},
    {"cost_uplift": {"at_most": "0%"}},
    {"contacts_per_new_hour": {"at_least": "100"}},
]
# Questions without a threshold of their own: each looks at every open hour.
WITHOUT = {"survives", "escalation"}
# Settings that are no threshold: hours that are meant, a reason, how long a stage must have been live.
NO_THRESHOLD = {"in", "or_contract", "for"}
LONGER = [{"queues": "all", "days": "mon-fri", "open": "08:00", "close": "17:00"}]

# Kind, how a threshold is said, whether a larger threshold is easier to pass, the largest.
LADDERS: list[tuple[str, Any, bool, float]] = [
    ("promise_kept", lambda at: {"in": "new hours", "in_weeks": at}, False, 1.0),
    ("promise_kept", lambda at: {"in": "old hours", "not_worse_by": at - 0.5}, True, 1.0),
    ("nights_per_person", lambda at: {"at_most": at}, True, 31.0),
    ("weekends_per_person", lambda at: {"at_most": at}, True, 5.0),
    ("fairness", lambda at: {"nights": at, "weekends": at, "holidays": at}, True, 31.0),
    ("contacts_per_new_hour", lambda at: {"at_least": at, "or_contract": ""}, False, 20.0),
    ("cost_uplift", lambda at: {"at_most": at - 0.5}, True, 1.0),
]


@pytest.fixture(scope="module", autouse=True)
def _planned_once(plan_once: Any) -> None:
    plan_once("rollout")


@pytest.fixture(scope="module")
def twice(desk: Scenario) -> Rollout:
    return rollout([desk, desk.replace(name="The same", starts="2026-06-01", gates=SAME)])


@pytest.fixture(scope="module")
def stages(desk: Scenario) -> tuple[Judged, Judged]:
    made = rollout([desk, desk.replace(name="Longer", opening_hours=LONGER)])
    return with_long_service(made.plans[0]), with_long_service(made.plans[1])


@pytest.mark.parametrize(("kind", "said", "rising", "most"), LADDERS)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(thresholds=st.tuples(st.floats(0, 1), st.floats(0, 1)))
def test_a_looser_gate_never_fails_where_a_tighter_one_passes(
    stages: tuple[Judged, Judged],
    kind: str,
    said: Any,
    rising: bool,
    most: float,
    thresholds: tuple[float, float],
) -> None:
    first, later = stages
    low, high = sorted(at * most for at in thresholds)
    tight, loose = (low, high) if rising else (high, low)
    answers = [ask(Gate(kind, said(at)), later, first, first) for at in (tight, loose)]
    assert answers[0].value == answers[1].value or kind == "fairness"
    assert not (answers[0].passed and not answers[1].passed)


def test_every_kind_of_gate_has_its_case() -> None:
    # A gate or a threshold that is added without a case here is noticed.
    tried: dict[str, set[str]] = {}
    for kind, said, _, _ in LADDERS:
        tried.setdefault(kind, set()).update(set(said(1.0)) - NO_THRESHOLD)
    tried["actuals"] = {"within"}  # below
    wanted = {
        kind: {info.alias or name for name, info in model.model_fields.items()} - NO_THRESHOLD
        for kind, model in GATES.items()
        if not isinstance(model, str)
    }
    assert tried == wanted
    assert {kind for kind, model in GATES.items() if isinstance(model, str)} == WITHOUT


@pytest.fixture(scope="module")
def later(tmp_path_factory: pytest.TempPathFactory) -> tuple[Scenario, Path]:
    """A stage with a history of 60 contacts a day, and three weeks of 75 a day since it is live."""
    folder = tmp_path_factory.mktemp("later")
    for name, first, days, hourly in (
        ("counts.csv", datetime(2025, 12, 1, tzinfo=UTC), 168, "2 3 2 3"),
        ("since.csv", datetime(2026, 6, 1, tzinfo=UTC), 21, "3 3 3 3 3 4"),
    ):
        counts = hourly.split()
        rows = [
            f"{first + timedelta(hours=n):%Y-%m-%dT%H:%M:%SZ},email en,{counts[n % len(counts)]}"
            for n in range(24 * days)
        ]
        (folder / name).write_text("interval_start,queue,arrivals\n" + "\n".join(rows), encoding="utf-8")
    text = (
        "name: Early\nzone: UTC\npeople: 3\nstarts: 2026-06-01\nqueues: [{name: email en}]\n"
        "period: {first_day: 2026-05-18, weeks: 1}\nhistory: {file: counts.csv}\n"
    )
    return Scenario.from_text(text, folder=folder), folder / "since.csv"


@pytest.fixture(scope="module", autouse=True)
def _counted_once() -> Iterator[None]:
    """What came, and what was expected, is the same whatever a gate asks of it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "actuals", cache(module.actuals))
        yield


@pytest.mark.parametrize("days", [7, 14, 21])
def test_actuals_are_monotone_in_what_they_may_stray(later: tuple[Scenario, Path], days: int) -> None:
    stage, since = later
    found = [
        actuals_gate(stage, {"within": share, "for": timedelta(days=days)}, since)
        for share in (0.0, 0.05, 0.2, 0.25, 0.3, 0.5, 1.0)
    ]
    passed = [bool(one[0]) for one in found]
    assert passed == sorted(passed)
    assert (passed[0], passed[-1]) == (False, True)
    assert len({one[1] for one in found}) == 1


def test_a_longer_time_live_only_makes_actuals_unknown(later: tuple[Scenario, Path]) -> None:
    stage, since = later
    known = [
        actuals_gate(stage, {"within": 0.5, "for": timedelta(days=days)}, since)[0] is not None
        for days in (7, 14, 21, 22, 28)
    ]
    assert known == sorted(known, reverse=True)
    assert known[0]
    assert not known[-1]


def test_the_same_again_changes_nothing(twice: Rollout) -> None:
    first, again = twice.plans
    assert again.scenario.name == again.rota.scenario == "The same"
    assert [(s.agent, s.start, s.end) for s in again.rota.shifts] == [
        (s.agent, s.start, s.end) for s in first.rota.shifts
    ]
    assert again.result.objective == first.result.objective
    assert again.result.bound_cents == first.result.bound_cents


def test_the_same_again_passes_every_gate(twice: Rollout) -> None:
    assert twice.go(1)
    new, old, uplift, contacts = twice.gates[1]
    assert (new.value, contacts.value) == (None, None)
    assert (old.value, uplift.value) == (0.0, 0.0)
    assert "no queue opens in hours in which it was closed before" in str(new.message)
    assert twice.mending == ()


def test_the_same_again_has_no_differences(twice: Rollout) -> None:
    figures = [figure for figure in twice.comparison.figures if figure.scenario == "The same"]
    assert figures
    assert {figure.difference for figure in figures if figure.value == figure.value} == {0}
    assert not {figure.verdict for figure in figures} & {"lower", "higher", "new"}
