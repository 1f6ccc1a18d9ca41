"""Gates on rotas made by hand: each answer, its figure and its sentence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from planner.rota import Rota, Shift, options_for, shift_of
from planner.scheduling import Objective
from planner.study import Gate, Scenario, gates, steps
from planner.study.gates import (
    Judged,
    ask,
    cost_uplift,
    escalation,
    new_hours,
    nights_per_person,
    promise_kept,
    survives,
    with_long_service,
)
from planner.study.plan import Plan

MONDAY = date(2026, 3, 2)


def tours(scenario: Scenario, starts: dict[str, list[tuple[int, int]]]) -> Rota:
    """Shifts by person: (day of the period, wall minute at which it starts); on closed days as well."""
    shifts: list[Shift] = []
    types = [replace(kind, not_on=frozenset()) for kind in scenario.shift_types]
    for name, wanted in starts.items():
        agent = scenario.team.agent(name)
        options = options_for(agent, types, scenario.first_day, scenario.days)
        for day, minute in wanted:
            local = [
                o for o in options[day] if (o.start - options[day][0].start) * 15 == minute - _first(scenario)
            ]
            shifts.append(shift_of(local[0], agent, None, scenario.first_day))
    people = tuple(agent.name for agent in scenario.team.agents)
    return Rota(scenario.name, scenario.first_day, scenario.days, people, tuple(sorted(shifts)))


def _first(scenario: Scenario) -> int:
    return min(start for kind in scenario.shift_types for start in kind.starts)


def with_rota(planned: Plan, scenario: Scenario, rota: Rota, **more: Any) -> Plan:
    return replace(planned, scenario=scenario, result=replace(planned.result, rota=rota, **more))


@pytest.fixture
def simple(desk: Scenario) -> Scenario:
    """Shifts without a break, so that who is there is plain to see."""
    shifts = [{"name": "day", "start": "08:00-10:00 every 60 min", "paid_hours": 9}]
    return desk.replace(shifts=shifts)


WEEK = range(5)


class TestSurvives:
    def test_somebody_alone_is_named(self, planned: Plan, simple: Scenario) -> None:
        rota = tours(
            simple,
            {
                "Person 1": [(day, 480) for day in WEEK],  # 08:00 to 17:00
                "Person 2": [(day, 480) for day in WEEK if day != 2],
                "Person 3": [(2, 600)],  # 10:00 to 19:00 on Wednesday
            },
        )
        found = survives(with_rota(planned, simple, rota))
        assert (found.passed, found.value) == (False, 1.0)
        assert str(found.message) == (
            "without Person 1 on 2026-03-04, nobody is left for email en, phone en during 1 open hours"
        )

    def test_the_thinnest_case_is_named_when_all_is_well(self, planned: Plan, simple: Scenario) -> None:
        both = [(day, 480) for day in WEEK]
        rota = tours(simple, {"Person 1": both, "Person 2": both, "Person 3": [(0, 480)]})
        found = survives(with_rota(planned, simple, rota))
        assert (found.passed, found.value) == (True, 0.0)
        assert "Person 1 on 2026-03-03: 1 left on duty for 8 h" in str(found.message)

    def test_a_hole_that_is_there_anyway_is_no_survival(self, planned: Plan, simple: Scenario) -> None:
        both = [(day, 480) for day in WEEK if day != 4]
        rota = tours(simple, {"Person 1": both, "Person 2": both, "Person 3": [(0, 480)]})
        found = survives(with_rota(planned, simple, rota))
        assert not found.passed
        assert found.value == 8.0
        assert str(found.message) == (
            "with everybody there, nobody is on duty for email en, phone en during 8 open hours, "
            "first on 2026-03-06 09:00 Europe/Lisbon"
        )

    def test_an_empty_rota(self, planned: Plan, simple: Scenario) -> None:
        found = survives(with_rota(planned, simple, tours(simple, {})))
        assert (found.passed, found.value) == (False, 40.0)
        assert "nobody is on duty" in str(found.message)


class TestNights:
    def nights(self, planned: Plan, desk: Scenario, count: int) -> gates.GateResult:
        shifts = [{"name": "night", "start": "22:00", "paid_hours": 8}]
        scenario = desk.replace(shifts=shifts)
        rota = tours(scenario, {"Person 2": [(day, 1320) for day in range(count)], "Person 3": [(0, 1320)]})
        return nights_per_person(with_rota(planned, scenario, rota), 9.0)

    def test_scaled_to_a_month(self, planned: Plan, desk: Scenario) -> None:
        found = self.nights(planned, desk, 3)
        assert found.value == pytest.approx(3 * 30.4375 / 7)
        assert not found.passed
        assert str(found.message) == "Person 2 works most nights, 13.0 a month; 9 are allowed"
        assert self.nights(planned, desk, 2).passed

    def test_nobody_works_nights(self, planned: Plan) -> None:
        found = nights_per_person(planned, 6.0)
        assert (found.passed, found.value) == (True, 0)
        assert str(found.message) == "nobody works nights; 6 a month are allowed"


class TestEscalation:
    @pytest.fixture
    def on_call(self, desk: Scenario) -> Scenario:
        people = [{"count": 4, "languages": "en"}, {"name": "Eng", "count": 1, "teams": "engineer"}]
        watch = {"name": "watch", "start": "09:00", "paid_hours": 8, "kind": "on_call"}
        roles = [{"role": "engineer", "when": "open", "kind": "on_call"}]
        return desk.replace(people=people, shifts=[{**watch, "teams": "engineer"}], escalation=roles)

    def test_every_open_hour(self, planned: Plan, on_call: Scenario) -> None:
        need = steps.require(planned.volumes, on_call)  # type: ignore[arg-type]
        engineer = [agent.name for agent in on_call.team.agents][-1]
        for days, hours in ((WEEK, 0.0), (range(4), 8.0)):
            rota = tours(on_call, {engineer: [(day, 540) for day in days]})
            found = escalation(replace(with_rota(planned, on_call, rota), need=need))
            assert (found.passed, found.value) == (not hours, hours)
        assert str(found.message) == (
            "nobody is on call for 8 open hours, first on 2026-03-06 09:00 Europe/Lisbon"
        )

    def test_without_a_role_nobody_is_on_call(self, planned: Plan) -> None:
        found = escalation(planned)
        assert not found.passed
        assert "no escalation role is named" in str(found.message)


def test_cost_uplift(planned: Plan) -> None:
    def costing(cents: int) -> Plan:
        return replace(planned, result=replace(planned.result, objective=Objective(99, cents - 10, 10)))

    found = cost_uplift(costing(110_000), costing(100_000), 0.1)
    assert (found.passed, found.value) == (True, pytest.approx(0.1))
    assert str(found.message).startswith(
        "wages and premiums are +10.0 % against the first scenario; up to 10 %"
    )
    assert not cost_uplift(costing(110_001), costing(100_000), 0.1).passed
    assert "+0.0 %" in str(cost_uplift(costing(99_999), costing(100_000), 0.1).message)
    assert cost_uplift(costing(100), costing(0), 0.1).value == 0.0


def opened(planned: Plan, hours: list[int], name: str = "email en") -> Plan:
    """The plan with a queue open in these half-hours of each weekday only."""
    is_open = planned.need.open.copy()
    row = planned.need.queues.index(name)
    is_open[row] = False
    for day in WEEK:
        is_open[row, [48 * day + half for half in hours]] = True
    return replace(planned, need=replace(planned.need, open=is_open))


class TestPromise:
    """Contacts by hand: (queue, half-hour of the week, week kept)."""

    @pytest.fixture
    def kept(self, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
        given: dict[str, Any] = {"weeks": {}, "share": {}}
        monkeypatch.setattr(gates, "kept_by_week", lambda _s, _mask, queue: np.array(given["weeks"][queue]))
        monkeypatch.setattr(
            gates, "kept_share", lambda service, mask, queue: given["share"][service.name, queue]
        )
        monkeypatch.setattr(gates, "_contacts_a_week", lambda *_: given.get("contacts", 50.0))
        return given

    def judged(self, plan: Plan, name: str = "now") -> Judged:
        return Judged(plan, SimpleNamespace(name=name))  # type: ignore[arg-type]

    def new(self, planned: Plan) -> gates.GateResult:
        stage, before = opened(planned, [16, 17, 18]), opened(planned, [18])
        settings = {"in": "new hours", "in_weeks": 0.9}
        return promise_kept(self.judged(stage), self.judged(before), self.judged(before), settings)

    def test_new_hours_are_those_not_open_in_the_stage_before(self, planned: Plan) -> None:
        new = new_hours(opened(planned, [16, 17, 18]), opened(planned, [18, 19]))
        row = planned.need.queues.index("email en")
        assert np.flatnonzero(new[row]).tolist() == [48 * day + half for day in WEEK for half in (16, 17)]
        assert not new[1 - row].any()

    def test_weeks_that_keep_the_promise(self, planned: Plan, kept: dict[str, Any]) -> None:
        kept["weeks"] = {"email en": [[0.90] * 9 + [0.89]]}
        found = self.new(planned)
        assert (found.passed, found.value) == (True, 0.9)
        assert "in 9.0 of 10 weeks (about 50 contacts a week); 9 are asked" in str(found.message)
        kept["weeks"] = {"email en": [[0.90] * 17 + [0.89] * 2]}
        found = self.new(planned)
        assert not found.passed
        assert "in 8.9 of 10 weeks" in str(found.message)

    def test_few_contacts_are_told(self, planned: Plan, kept: dict[str, Any]) -> None:
        kept |= {"weeks": {"email en": [[1.0, 0.5]]}, "contacts": 4.2}
        assert "with about 4 contacts a week, one late answer is enough" in str(self.new(planned).message)

    def test_a_queue_nobody_writes_to_cannot_fail(self, planned: Plan, kept: dict[str, Any]) -> None:
        kept["weeks"] = {"email en": [[np.nan, np.nan]]}
        found = self.new(planned)
        assert (found.passed, found.value) == (True, None)
        assert "nobody is expected" in str(found.message)

    def test_no_new_hours(self, planned: Plan) -> None:
        same = self.judged(planned)
        found = promise_kept(same, same, same, {"in": "new hours"})
        assert (found.passed, found.value) == (True, None)

    @pytest.mark.parametrize(
        ("drop", "passed"), [(0.02, True), (0.029999, True), (0.031, False), (-0.1, True)]
    )
    def test_old_hours(self, planned: Plan, kept: dict[str, Any], drop: float, passed: bool) -> None:
        kept["share"] = {
            ("now", "email en"): 0.95 - drop,
            ("then", "email en"): 0.95,
            ("now", "phone en"): np.nan,
            ("then", "phone en"): 0.9,
        }
        settings = {"in": "old hours", "not_worse_by": 0.03}
        found = promise_kept(self.judged(planned), self.judged(planned, "then"), None, settings)  # type: ignore[arg-type]
        assert found.passed is passed
        assert found.value == pytest.approx(drop)
        if drop < 0:
            assert str(found.message) == (
                "no queue is worse in the hours of the first scenario; 3 points less are allowed"
            )
        else:
            assert f"{95 - 100 * drop:.1f} % answered within the promise" in str(found.message)

    def test_a_queue_that_is_gone_is_worse(self, planned: Plan, kept: dict[str, Any]) -> None:
        only = SimpleNamespace(queues=[q for q in planned.scenario.queues if q.name == "email en"])
        stage = self.judged(replace(planned, scenario=only))  # type: ignore[arg-type]
        kept["share"] = dict.fromkeys([("now", "email en"), ("then", "email en")], 0.9)
        object.__setattr__(stage, "reachable", np.ones_like(planned.need.open))
        found = promise_kept(stage, self.judged(planned, "then"), stage, {"in": "old hours"})
        assert not found.passed
        assert str(found.message) == "phone en is not answered any more"


def test_gates_rest_on_two_hundred_replications(planned: Plan) -> None:
    judged = with_long_service(planned)
    assert judged.service is not None
    assert judged.service.replications >= 200
    assert judged.hours("email en").sum() == 5 * 16
    found = promise_kept(judged, judged, judged, {"in": "old hours"})
    assert (found.passed, found.value) == (True, 0.0)
    night = opened(planned, [])
    new = promise_kept(judged, judged, Judged(night, None), {"in": "new hours", "in_weeks": 0.5})
    assert new.value is not None
    assert 0 <= new.value <= 1


def test_fewer_replications_than_two_hundred_are_told(planned: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    gate = Gate("promise_kept", {"in": "old hours", "not_worse_by": 0.03})
    enough = with_long_service(planned)
    assert "lived through" not in str(ask(gate, enough, enough, enough).message)
    assert planned.volumes is not None
    most = 30.5 * float(planned.volumes.mean.sum())
    monkeypatch.setattr("planner.service.settings.MOST_RECORDS", most)
    few = with_long_service(planned)
    told = "; lived through only 30 times, not 200: more contacts come than memory can hold"
    for stage, first in ((few, few), (enough, few)):
        assert str(ask(gate, stage, first, first).message).endswith(told)
    assert "lived through" not in str(ask(Gate("escalation", {}), few, few, few).message)


def test_contacts_a_week_are_counted(planned: Plan) -> None:
    judged = with_long_service(planned)
    assert judged.service is not None
    count = gates._contacts_a_week(judged.service, judged.hours("phone en"), "phone en")
    volumes = planned.volumes
    assert volumes is not None
    mean = volumes.mean[volumes.queues.index("phone en")][judged.hours("phone en")].sum()
    assert count == pytest.approx(mean, rel=0.1)


def test_every_gate_is_answered(planned: Plan) -> None:
    judged = Judged(planned, planned.service)
    for kind, settings in [
        ("promise_kept", {"in": "old hours", "not_worse_by": 0.03}),
        ("survives", {}),
        ("nights_per_person", {"at_most": 6.0}),
        ("escalation", {}),
        ("cost_uplift", {"at_most": 0.1}),
    ]:
        found = ask(Gate(kind, settings), judged, judged, judged)
        assert found.kind == kind
        assert str(found.message)
