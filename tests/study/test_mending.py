"""What would mend a stage: changes that are planned again, asked every gate, ranked by cost."""

from __future__ import annotations

import csv
import io
from collections import Counter
from datetime import date
from typing import Any

import pytest

from planner.rota import pay_terms, rota_cost
from planner.study import Rollout, Scenario, rollout, rollout_summary
from planner.study.gates import Judged, ask, with_long_service
from planner.study.stages.candidates import Failed, candidates_for
from planner.study.stages.halves import halves
from planner.study.stages.mending import MOST_TRIES
from planner.study.stages.mending_words import mending_text
from planner.study.stages.uplift import uplift_of

LONGER = [{"queues": "all", "days": "mon-fri", "open": "08:00", "close": "19:00"}]
MONTH = 365.25 / 12 / 7


def later(desk: Scenario, gates: list[Any], **more: Any) -> Scenario:
    return desk.replace(name="Longer", starts="2026-06-01", opening_hours=LONGER, gates=gates, **more)


@pytest.fixture(scope="module", autouse=True)
def _planned_once(plan_once: Any) -> None:
    plan_once("rollout")


@pytest.fixture(scope="module")
def dear(desk: Scenario) -> Rollout:
    """Longer hours that may cost no more; fewer of them do."""
    gates = [{"survives": "any one person absent for a shift"}, {"cost_uplift": {"at_most": "0%"}}]
    return rollout([desk, later(desk, gates, hiring={"decided": "2026-05-01"})])


def wages(plan: Any) -> int:
    """Cents of a rota, by its shifts."""
    team = plan.scenario.team
    return rota_cost(plan.rota, pay_terms(team, plan.scenario.holiday_premiums)).total_cents


class TestTried:
    def test_the_cheapest_that_passes_comes_first(self, dear: Rollout) -> None:
        assert dear.go(1) is False
        [mending] = dear.mending
        assert (mending.stage, mending.gate) == (2, "cost_uplift")
        best = mending.cheapest
        assert best is mending.tries[0]
        assert best is not None
        assert best.kind == "half"
        assert best.cost == min(each.cost for each in mending.tries if each.passes)
        assert len(mending.tries) <= MOST_TRIES <= max(MOST_TRIES, mending.possible)

    def test_every_gate_is_asked_again(self, dear: Rollout) -> None:
        first = with_long_service(dear.plans[0])
        for each in dear.mending[0].tries:
            stage = with_long_service(each.plan)
            answers = [ask(gate, stage, first, first) for gate in each.scenario.gates]
            assert [gate.kind for gate in each.scenario.gates] == ["survives", "cost_uplift"]
            assert each.passes is all(answer.passed for answer in answers)
            assert each.failing == tuple(answer.message for answer in answers if not answer.passed)

    def test_costs_are_those_of_the_rotas(self, dear: Rollout) -> None:
        before = wages(dear.plans[1])
        for each in dear.mending[0].tries:
            assert each.cost == pytest.approx((wages(each.plan) - before) / 100 * MONTH)
            assert each.low is not None
            assert each.high is not None
            assert each.low <= each.cost <= each.high

    def test_the_change_is_a_plain_scenario(self, dear: Rollout) -> None:
        best = dear.mending[0].cheapest
        assert best is not None
        assert Scenario.from_text(best.scenario.dump()) == best.scenario
        assert best.scenario.said.opening_hours != dear.plans[1].scenario.said.opening_hours
        assert best.scenario.seed == dear.plans[1].scenario.seed

    def test_the_day_follows_the_decision(self, dear: Rollout) -> None:
        best = dear.mending[0].cheapest
        assert best is not None
        assert (best.earliest, best.weeks) == (date(2026, 5, 29), 4)  # four weeks of notice

    def test_told_and_written(self, dear: Rollout) -> None:
        lines = [str(line) for line in rollout_summary(dear)]
        [told] = [line for line in lines if "what would mend stage 2 (cost_uplift)" in line]
        assert "planned again, every gate is passed" in told
        assert "from 2026-05-29 at the earliest" in told
        rows = list(csv.DictReader(io.StringIO(mending_text(dear.mending))))
        tries = dear.mending[0].tries
        assert [row["passes"] for row in rows] == ["yes" if each.passes else "no" for each in tries]
        assert [float(row["cost_change_a_month"]) for row in rows] == [
            pytest.approx(each.cost, abs=0.005) for each in tries
        ]
        assert {row["checked"] for row in rows} == {"planned again"}


def test_nothing_that_passes_is_said_with_what_comes_closest(desk: Scenario) -> None:
    made = rollout([desk, later(desk, [{"contacts_per_new_hour": {"at_least": "1000"}}])])
    [mending] = made.mending
    assert mending.cheapest is None
    told = "\n".join(map(str, rollout_summary(made)))
    assert "nothing that was tried and planned again passes every gate; closest is open a part" in told


def test_a_rule_spreads_weekends_at_no_cost(desk: Scenario) -> None:
    people = [{"count": 6, "site": "Lisbon", "languages": "en", "cost": 12}]
    first = desk.replace(people=people, period={"first_day": "2026-03-02", "weeks": 2})
    week = [{"queues": "all", "days": "all", "open": "09:00", "close": "17:00"}]
    gates = [{"weekends_per_person": {"at_most": "3 a month"}}]
    made = rollout([first, first.replace(name="All days", opening_hours=week, gates=gates)])
    assert made.go(1) is False
    best = made.mending[0].cheapest
    assert best is not None
    assert best.kind == "rule"
    worked = {(s.agent, s.day.isocalendar()[:2]) for s in best.plan.rota.shifts if s.day.weekday() >= 5}
    assert max(Counter(agent for agent, _week in worked).values()) == 1  # 3 a month are 1.4 in two weeks


def test_none_is_asked_for(desk: Scenario) -> None:
    made = rollout([desk, later(desk, [{"cost_uplift": {"at_most": "0%"}}])], mend="none")
    assert made.go(1) is False
    assert made.mending == ()


def test_stopped_keeps_what_is_there(desk: Scenario) -> None:
    said: list[str] = []
    stages = [desk, later(desk, [{"cost_uplift": {"at_most": "0%"}}])]
    made = rollout(stages, lambda p: said.append(p.phase), lambda: "mending" in said)
    assert made.go(1) is False
    assert not made.cancelled
    [mending] = made.mending
    assert mending.cancelled
    assert mending.tries == ()
    assert "stopped before any change was planned again" in str(rollout_summary(made)[-1])


class TestCandidates:
    def ways(self, desk: Scenario, gate: dict[str, Any], **more: Any) -> list[Any]:
        scenario = later(desk, [gate], **more)
        kind = scenario.gates[0]
        found = ask(kind, *[Judged(self.planned, None)] * 3)
        return list(candidates_for(Failed(kind, found, scenario, desk)))

    @pytest.fixture(autouse=True)
    def _planned(self, planned: Any) -> None:
        self.planned = planned

    def test_stated_ways_out_come_first(self, desk: Scenario) -> None:
        offered = {
            "hires": {"types": [{"site": "Lisbon", "languages": "en", "max": 2}]},
            "outsource": {"from": "17:00", "to": "19:00", "price": "12"},
        }
        ways = self.ways(desk, {"survives": "any one person absent for a shift"}, **offered)
        assert [way.kind for way in ways][:2] == ["hire", "partner"]
        assert all(way.stated for way in ways[:2])
        assert not ways[0].notes

    def test_who_is_hired_is_an_assumption_where_nobody_is_stated(self, desk: Scenario) -> None:
        ways = self.ways(desk, {"survives": "any one person absent for a shift"})
        [hire] = [way for way in ways if way.kind == "hire"]
        assert "no kind of hire is stated" in str(hire.notes[0])
        larger = desk.replace(**hire.changes)
        assert len(larger.team.agents) == len(desk.team.agents) + 1

    def test_a_rule_for_what_is_too_much(self, desk: Scenario) -> None:
        ways = self.ways(desk, {"weekends_per_person": {"at_most": "2 a month"}})
        assert desk.replace(**ways[0].changes).said.rules[-1] == {"max_weekends": {"weekends": "0"}}
        ways = self.ways(desk, {"nights_per_person": {"at_most": "6 a month"}})
        assert ways[0].changes["rules"][-1] == {"max_nights": {"nights": "6", "per": "month"}}


class TestHalves:
    def hours(self, desk: Scenario, lines: list[dict[str, Any]]) -> list[list[tuple[str, str, str]]]:
        later_ = desk.replace(opening_hours=lines)
        found = [half.lines for half in halves(later_, desk)]
        return [[(each["days"], each["open"], each["close"]) for each in lines] for lines in found]

    def test_one_end_alone_or_the_other(self, desk: Scenario) -> None:
        assert self.hours(desk, LONGER) == [[("mon-fri", "09:00", "19:00")], [("mon-fri", "08:00", "17:00")]]

    def test_half_of_one_end(self, desk: Scenario) -> None:
        early = [{"queues": "all", "days": "mon-fri", "open": "06:30", "close": "17:00"}]
        assert self.hours(desk, early) == [[("mon-fri", "07:30", "17:00")]]

    def test_some_of_the_days(self, desk: Scenario) -> None:
        week = [{"queues": "all", "days": "all", "open": "09:00", "close": "17:00"}]
        assert self.hours(desk, week) == [[("mon-sat", "09:00", "17:00")]]

    def test_the_same_hours_have_no_half(self, desk: Scenario) -> None:
        assert list(halves(desk, desk)) == []


def test_parts_of_the_uplift_make_it_whole(dear: Rollout) -> None:
    found = uplift_of(dear.plans[1], dear.plans[0])
    assert found.share == pytest.approx(wages(dear.plans[1]) / wages(dear.plans[0]) - 1)
    assert found.hours + found.premiums + found.on_call == pytest.approx(found.share)
    assert found.low is None or found.low <= found.share
    assert found.high is None or found.share <= found.high
