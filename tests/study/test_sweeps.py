"""Sweeps: the same cell by cell or side by side, each on its own, stopped with what is finished."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from typing import Any

import numpy as np
import pytest

from planner._errors import InputError
from planner.study import Scenario
from planner.study.compare_figures import Measure, Measured
from planner.study.sweeps import (
    Cell,
    Sweep,
    factor_of,
    run_cell,
    sweep,
    sweep_summary,
    sweep_table,
    write_sweep,
)
from planner.study.sweeps.asked import asked_of, asks_at_least
from planner.study.sweeps.cells import payload_of, rota_text
from planner.study.sweeps.lifting import WHOLE, lifted

OVER = ["volume.by=-20%,0%,+50%"]


@pytest.fixture(scope="module", autouse=True)
def _planned_once(plan_once: Any) -> None:
    plan_once("sweeps.sweeping")


@pytest.fixture(scope="module")
def seen() -> list[Any]:
    return []


@pytest.fixture(scope="module")
def made(desk: Scenario, seen: list[Any]) -> Sweep:
    return sweep(desk, OVER, on_progress=seen.append)


@pytest.fixture
def known_cells(plans: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cells that another test has planned are not planned again."""
    monkeypatch.setattr("planner.study.sweeps.cells.plan", plans)


@pytest.fixture
def ready(planned: Any, known_cells: None, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The scenario as it is, planned already."""
    monkeypatch.setattr("planner.study.sweeps.sweeping.plan", lambda *_: planned)
    return planned


@pytest.mark.usefixtures("known_cells")
def test_cells_are_plain_data_and_the_same_in_another_process(desk: Scenario, planned: Any) -> None:
    given = payload_of(0, factor_of(OVER[0]).apply(desk, "+50%"), rota_text(planned))
    assert json.loads(json.dumps(given)) == given
    here = run_cell(given)
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        there = pool.submit(run_cell, given).result()
    assert json.dumps(here, allow_nan=False) == json.dumps(there, allow_nan=False)


def test_order_in_which_cells_finish_changes_nothing(desk: Scenario, made: Sweep) -> None:
    def backwards(cell: Any, payloads: Any) -> Iterator[Any]:
        yield None
        yield from (cell(payload) for payload in reversed(payloads))

    again = sweep(desk, OVER, backwards)
    assert sweep_table(again).equals(sweep_table(made))


def test_a_cell_like_the_scenario_is_the_scenario(made: Sweep) -> None:
    assert [cell.values for cell in made.cells] == [("-20%",), ("0%",), ("+50%",)]
    assert made.cells[1].measured == made.base
    table = sweep_table(made)
    same = table[table["value1"] == "0%"]
    assert set(same["verdict"]) <= {"same", "no range", "not distinguishable"}
    assert (same["difference"].fillna(0) == 0).all()
    assert not made.cancelled


def test_file_and_lines(made: Sweep, tmp_path: Any) -> None:
    from planner.study.tables import read_csv

    (path,) = write_sweep(made, tmp_path / "out")
    frame = read_csv(path)
    figures = len(made.base.measures)
    assert frame["value1"].tolist() == [value for value in ("", "-20%", "0%", "+50%") for _ in range(figures)]
    assert set(frame["factor1"]) == {"volume.by"}
    assert set(frame["factor2"]) == {""}
    row = frame[(frame["value1"] == "+50%") & (frame["figure"] == "contacts answered: email en")].iloc[0]
    assert row["verdict"] == "higher"
    assert row["difference_low"] <= row["difference"] <= row["difference_high"]
    lines = [str(line) for line in sweep_summary(made)]
    assert len(lines) == 4
    assert lines[0].startswith("as it is: ")
    assert lines[3].startswith("volume.by +50%: ")


def test_progress_tells_each_cell_with_cost_and_bound(made: Sweep, seen: list[Any]) -> None:
    done = [p for p in seen if p.phase == "finished"]
    assert [(p.stage, p.stages) for p in done] == [(1, 4), (3, 4), (4, 4)]
    assert [p.cost_cents for p in done[1:]] == [made.cells[0].cost_cents, made.cells[2].cost_cents]
    assert seen[0].phase == "history"


def test_two_factors_of_which_one_value_is_refused(desk: Scenario, ready: Any) -> None:
    found = sweep(desk, ["volume.by=+10%", "minimum_on_duty.all=1,many"])
    assert [cell.values for cell in found.cells] == [("+10%", "1"), ("+10%", "many")]
    assert found.cells[0].measured is not None
    assert "many" in found.cells[1].why[0]
    table = sweep_table(found)
    assert table["figure"].iloc[-1] == "not planned"
    assert table["factor2"].iloc[-1] == "minimum_on_duty.all"
    assert table["note"].iloc[-1] == "; ".join(found.cells[1].why)
    assert "not planned" in str(sweep_summary(found)[-1])


def test_another_period_is_refused_in_its_cell(desk: Scenario, ready: Any) -> None:
    found = sweep(desk, ["period.weeks=2"])
    assert "not on the period" in found.cells[0].why[0]


def test_cancel_keeps_what_is_finished(desk: Scenario, ready: Any) -> None:
    said: list[Any] = []

    def one(cell: Any, payloads: Any) -> Iterator[Any]:
        yield cell(payloads[1])
        raise AssertionError("asked for more after it was cancelled")

    found = sweep(desk, OVER, one, said.append, lambda: bool(said))
    assert found.cancelled
    assert [cell.values for cell in found.cells] == [("0%",), ("+50%",)]
    assert str(sweep_summary(found)[-1]) == "stopped early; 2 plans are done and kept"


@pytest.mark.parametrize(
    ("over", "said"),
    [
        (["volume.by"], "does not say what to vary"),
        (["volume.by=+10%,,+20%"], "does not say what to vary"),
        (["volume.by=+10%,+10%"], "names a value twice"),
        (["seed=1,2; queues=all"], "takes no other settings"),
        ([], "1 to 2 things, not 0"),
        (["a=1", "b=1", "c=1"], "1 to 2 things, not 3"),
        (["a=1,2", "a=3"], "is varied twice"),
        (["a=" + ",".join(map(str, range(26)))], "26 plans are too many"),
    ],
)
def test_factors_that_cannot_be_read(desk: Scenario, over: list[str], said: str) -> None:
    with pytest.raises(InputError, match=said):
        sweep(desk, over)


def test_measures_travel_as_plain_data() -> None:
    rows = (
        Measure("a", "share", float("nan"), None, None, (0.5, float("nan"))),
        Measure("b", "s", 1.0, 0.5, 2.0),
    )
    plain = Measured("desk", 3, rows).plain()
    back = Measured.of_plain(json.loads(json.dumps(plain, allow_nan=False)))
    assert back.plain() == plain
    assert np.isnan(back.measures[0].lives[1])


class TestLifting:
    """More demand never needs fewer people at the proven bound."""

    def test_more_contacts_ask_for_at_least_as_much(self, desk: Scenario, planned: Any) -> None:
        from planner.study import steps

        def asked(scenario: Scenario) -> dict[str, Any]:
            need = steps.demand_and_need(scenario)[2]
            return asked_of(replace(planned, need=need, scenario=scenario))

        factor = factor_of("volume.by=-20%,+50%")
        less, base, more = asked(factor.apply(desk, "-20%")), asked(desk), asked(factor.apply(desk, "+50%"))
        assert asks_at_least(base, less)
        assert asks_at_least(more, base)
        assert asks_at_least(base, base)
        assert not asks_at_least(less, more)
        assert not asks_at_least({**more, "prices": [1, 1, 0]}, base)

    def test_a_higher_bound_moves_to_more_demand_only(self) -> None:
        asks = {("1", "x"): need(2, 5), ("2", "x"): need(2, 6), ("2", "y"): need(9, 9)}
        cells = [cell(("1", "x"), 900), cell(("2", "x"), 850), cell(("2", "y"), 100)]
        factors = [factor_of("volume.by=1,2"), factor_of("seed=x,y")]
        first, second, third = lifted(cells, factors, asks)
        assert (first.bound_cents, second.bound_cents, third.bound_cents) == (900, 900, 100)
        assert second.lifted_from == ("1", "x")
        assert second.measured is not None
        assert second.measured.measures[0].low == 9.0
        # Where the need of more contacts asks for less in one span, nothing is proven.
        asks["2", "x"] = need(2, 4)
        assert lifted(cells, factors, asks)[1].bound_cents == 850

    def test_work_of_every_span_decides_what_flows_over(self) -> None:
        """By another road: whenever spans say so, the flow of the harder work overflows no less."""
        random = np.random.default_rng(1)
        found = 0
        for _ in range(4000):
            first, second = (work(random) for _ in range(2))
            if asks_at_least(whole(second), whole(first)):
                found += 1
                for _ in range(20):
                    people = random.integers(0, 3, 5)
                    assert overflow(second, people) >= overflow(first, people)
        assert found > 20


def need(people: int, due: int) -> dict[str, Any]:
    work_ = {"per_person": 2, "carried_in": 0, "arriving": [due, 0], "not_due": [0, 0], "limits": {}}
    return {"prices": [100, 0, 0], "groups": [["a"]], "people": {"a": [people, 1]}, "work": {"b": work_}}


def cell(values: tuple[str, ...], bound: int) -> Cell:
    measured = Measured("desk", 1, (Measure(WHOLE, "EUR a month", 10.0, bound / 100, 10.0),))
    return Cell(values, measured, 1000, bound)


def work(random: np.random.Generator) -> dict[str, Any]:
    arriving = random.integers(0, 4, 5)
    left = np.minimum(np.cumsum(arriving), random.integers(0, 4, 5))
    return {
        "per_person": int(random.integers(1, 3)),
        "carried_in": int(random.integers(0, 3)),
        "arriving": arriving.tolist(),
        "not_due": left.tolist(),
        "limits": {"a": random.integers(0, 2, 5).tolist()},
    }


def whole(work_: dict[str, Any]) -> dict[str, Any]:
    return {"prices": [100, 0, 0], "groups": [["a"]], "people": {}, "work": {"a": work_}}


def overflow(work_: dict[str, Any], people: np.ndarray) -> int:
    """The flow of ``Backlog``, interval by interval."""
    left, over = work_["carried_in"], 0
    for k, on_duty in enumerate(people.tolist()):
        capacity = max(0, work_["per_person"] * on_duty - work_["limits"]["a"][k])
        left = max(0, left + work_["arriving"][k] - capacity)
        missing = max(0, left - work_["not_due"][k])
        over, left = over + missing, left - missing
    return over
