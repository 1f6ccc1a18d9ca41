"""Gates on weekends, fairness and contacts, on rotas made by hand and judged by code of their own."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from planner._errors import ScenarioError
from planner.rota import Rota, options_for, shift_of
from planner.study import Gate, Scenario
from planner.study.compare_figures import measures_of
from planner.study.gates import Judged, ask, with_long_service
from planner.study.plan import Plan
from planner.study.stages.contact_gate import contacts_per_new_hour, per_new_hour
from planner.study.stages.people_gates import nights_per_person, spread_of, weekends_per_person

MONTH = 365.25 / 12
EVERY_DAY = [{"queues": "all", "days": "all", "open": "00:00", "close": "24:00"}]


def rota_of(scenario: Scenario, worked: dict[str, dict[str, list[int]]]) -> Rota:
    """Days of the period on which people work a shift type."""
    shifts = []
    for name, by_type in worked.items():
        agent = scenario.team.agent(name)
        options = options_for(agent, scenario.shift_types, scenario.first_day, scenario.days)
        for kind, days in by_type.items():
            for day in days:
                option = next(each for each in options[day] if each.name == kind)
                shifts.append(shift_of(option, agent, None, scenario.first_day))
    people = tuple(agent.name for agent in scenario.team.agents)
    return Rota(scenario.name, scenario.first_day, scenario.days, people, tuple(sorted(shifts)))


def made(planned: Plan, scenario: Scenario, worked: dict[str, dict[str, list[int]]]) -> Plan:
    result = replace(planned.result, rota=rota_of(scenario, worked))
    return replace(planned, scenario=scenario, result=result)


@pytest.fixture
def long(desk: Scenario) -> Scenario:
    """Four weeks from a Monday, open around the clock; one person part time, one who works no nights."""
    people = [
        {"name": "Full", "count": 2, "site": "Lisbon", "languages": "en"},
        {"name": "Part", "count": 1, "site": "Lisbon", "languages": "en", "weekly_hours": 20},
        {"name": "Days", "count": 1, "site": "Lisbon", "languages": "en", "nights": "no"},
    ]
    shifts = [
        {"name": "day", "start": "09:00", "paid_hours": 8},
        {"name": "night", "start": "22:00", "paid_hours": 8},
    ]
    period = {"first_day": "2026-03-02", "weeks": 4}
    return desk.replace(people=people, shifts=shifts, opening_hours=EVERY_DAY, period=period)


def names(scenario: Scenario) -> list[str]:
    return [agent.name for agent in scenario.team.agents]


class TestWeekends:
    def test_saturday_and_sunday_are_one_weekend(self, planned: Plan, long: Scenario) -> None:
        one, two, *_ = names(long)
        plan = made(planned, long, {one: {"day": [5, 6, 12]}, two: {"day": [0, 19]}})
        found = weekends_per_person(plan, 2.0)
        days = {(s.agent, s.day.isocalendar()[:2]) for s in plan.rota.shifts if s.day.weekday() >= 5}
        most = max(Counter(agent for agent, _week in days).values())
        assert most == 2
        assert found.value == pytest.approx(most * MONTH / 28)
        assert not found.passed
        assert str(found.message) == f"{one} works most weekends, 2.2 a month; 2 are allowed"
        assert weekends_per_person(plan, 2.18).passed

    def test_a_sunday_night_is_of_the_weekend(self, planned: Plan, long: Scenario) -> None:
        found = weekends_per_person(made(planned, long, {names(long)[0]: {"night": [6]}}), 0.5)
        assert found.value == pytest.approx(MONTH / 28)

    def test_nobody(self, planned: Plan, long: Scenario) -> None:
        found = weekends_per_person(made(planned, long, {names(long)[0]: {"day": [0]}}), 0.0)
        assert (found.passed, found.value) == (True, 0)

    def test_a_partners_seat_is_nobody(self, planned: Plan, long: Scenario) -> None:
        partner = {"from": "22:00", "to": "06:00", "price": "12 per hour"}
        bought = long.replace(outsource=partner, solve={"outsource": "yes"})
        seat, one = next(iter(bought.seats)), names(long)[0]
        plan = made(planned, bought, {seat: {"partner": list(range(28))}, one: {"night": [5]}})
        assert weekends_per_person(plan, 2.0).value == pytest.approx(MONTH / 28)
        assert nights_per_person(plan, 2.0).value == pytest.approx(MONTH / 28)
        told = {each.figure: each.value for each in measures_of(plan).measures}
        assert told["most nights of one person"] == told["nights of all people"] == pytest.approx(MONTH / 28)


class TestFairness:
    def test_part_time_counts_as_full(self, planned: Plan, long: Scenario) -> None:
        one, two, part, by_day = names(long)
        worked = {one: {"night": [0, 1, 2]}, two: {"night": [3]}, part: {"night": [8, 9]}}
        plan = made(planned, long, worked)
        found = spread_of(plan, "nights")
        month = MONTH / 28
        # 3, 1 and 2 at half time; who works no nights is not compared
        assert (found.people, found.most_agent, found.fewest_agent) == (3, part, two)
        assert (found.most, found.fewest) == (pytest.approx(4 * month), pytest.approx(1 * month))
        gate = ask(
            Gate("fairness", {"nights": 3.0, "weekends": None, "holidays": None}), *[Judged(plan, None)] * 3
        )
        assert gate.value == pytest.approx(3 * month)
        assert not gate.passed
        assert by_day not in str(gate.message)
        assert f"most nights a month, as if full time: 4.3 ({part}); fewest: 1.1 ({two})" in str(gate.message)

    def test_days_of_leave_are_not_there(self, planned: Plan, long: Scenario) -> None:
        agents: list[dict[str, Any]] = [
            {"name": "Ana", "site": "Lisbon", "languages": "en", "leave": "2026-03-02..2026-03-13"},
            {"name": "Bo", "site": "Lisbon", "languages": "en", "leave": "2026-03-02..2026-03-20"},
            {"name": "Cy", "site": "Lisbon", "languages": "en"},
        ]
        scenario = long.replace(people=None, agents=agents)
        plan = made(planned, scenario, {"Ana": {"night": [14, 15]}, "Cy": {"night": [0, 1]}})
        found = spread_of(plan, "nights")
        assert found.people == 2  # Bo is there less than half of the period
        assert found.most == pytest.approx(2 * MONTH / 16)
        assert found.fewest == pytest.approx(2 * MONTH / 28)

    def test_the_worst_of_several_decides(self, planned: Plan, long: Scenario) -> None:
        one, *_ = names(long)
        plan = made(planned, long, {one: {"day": [5, 12], "night": [0]}})
        stage = [Judged(plan, None)] * 3
        found = ask(Gate("fairness", {"nights": 2.0, "weekends": 2.0, "holidays": None}), *stage)
        assert (found.passed, found.unit) == (False, "weekends a month")
        assert ask(Gate("fairness", {"nights": 2.0, "weekends": 2.5, "holidays": 0.0}), *stage).passed

    def test_nothing_to_share(self, planned: Plan, long: Scenario) -> None:
        gate = Gate("fairness", {"nights": 0.0, "weekends": None, "holidays": None})
        found = ask(gate, *[Judged(made(planned, long, {}), None)] * 3)
        assert (found.passed, str(found.message)) == (True, "nobody works nights; up to 0 apart are allowed")

    def test_something_must_be_asked(self, desk: Scenario) -> None:
        with pytest.raises(ScenarioError, match="says nothing; write what is shared"):
            desk.replace(gates=[{"fairness": {}}])


@pytest.fixture(scope="module")
def pair(planned: Plan) -> tuple[Judged, Judged]:
    """The desk, and one that opens two hours later and on four days only."""
    is_open = planned.need.open.copy()
    for day in range(5):
        is_open[:, 48 * day + 18 : 48 * day + 22] = False
    is_open[:, 4 * 48 :] = False
    before = replace(planned, need=replace(planned.need, open=is_open))
    return with_long_service(planned), Judged(before, None)


class TestContacts:
    def test_mean_is_that_of_the_forecast(self, pair: tuple[Judged, Judged]) -> None:
        stage, before = pair
        found = per_new_hour(stage, before)
        assert found is not None
        volumes = stage.plan.volumes
        assert volumes is not None
        new = stage.plan.need.open & ~before.plan.need.open
        rows = [stage.plan.need.queues.index(name) for name in volumes.queues]
        expected = float(volumes.mean[new[rows]].sum()) / (4 * 2 + 8)
        assert found.hours == 16
        assert found.mean == pytest.approx(expected, rel=0.03)
        assert found.low < found.mean < found.high

    def test_range_is_of_weeks(self, pair: tuple[Judged, Judged]) -> None:
        stage, before = pair
        assert stage.service is not None
        records, counts = stage.service.records, np.zeros(stage.service.replications)
        new = stage.plan.need.open & ~before.plan.need.open
        row_of = [stage.plan.need.queues.index(queue.name) for queue in stage.service.queues]
        for rep, queue, at in zip(records.replication, records.offered_to, records.arrived, strict=True):
            counts[rep] += new[row_of[queue], int(at // 1800)]
        found = per_new_hour(stage, before)
        assert found is not None
        assert (found.low, found.high) == tuple(np.quantile(counts / 16, (0.1, 0.9)))

    def test_a_stated_reason_passes_and_is_told(self, pair: tuple[Judged, Judged]) -> None:
        few = contacts_per_new_hour(*pair, 1000.0)
        assert not few.passed
        assert "at least 1000 are asked" in str(few.message)
        reason = contacts_per_new_hour(*pair, 1000.0, "premium contract: 24/7")
        assert reason.passed
        assert "opened all the same for a stated reason: premium contract: 24/7" in str(reason.message)
        enough = contacts_per_new_hour(*pair, 0.01, "premium contract: 24/7")
        assert enough.passed
        assert "premium" not in str(enough.message)

    def test_no_new_hours_pass(self, pair: tuple[Judged, Judged]) -> None:
        found = contacts_per_new_hour(pair[0], pair[0], 5.0)
        assert (found.passed, found.value) == (True, None)

    def test_unknown_where_the_need_is_stated(self, pair: tuple[Judged, Judged]) -> None:
        blind = Judged(pair[0].plan, None)
        assert contacts_per_new_hour(blind, pair[1], 5.0).passed is None
        assert contacts_per_new_hour(blind, pair[1], 5.0, "a contract").passed


def test_gates_are_written_as_they_are_read(desk: Scenario) -> None:
    said = [
        {"weekends_per_person": {"at_most": "2 a month"}},
        {"fairness": {"nights": "4 a month", "holidays": "1 a month"}},
        {"contacts_per_new_hour": {"at_least": "0.5", "or_contract": "premium contract: 24/7"}},
        {"contacts_per_new_hour": {"at_least": "1"}},
    ]
    scenario = desk.replace(gates=said)
    assert [gate.settings.get("or_contract") for gate in scenario.gates[2:]] == ["premium contract: 24/7", ""]
    assert Scenario.from_text(scenario.dump()).gates == scenario.gates
    assert scenario.first_day == date(2026, 3, 2)
