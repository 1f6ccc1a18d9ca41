"""What a partner is owed beyond its rostered hours is in what a stage costs, wherever that is told."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from planner.study import Rollout, Scenario, rollout, rollout_brief, rollout_summary
from planner.study.compare import compare
from planner.study.compare_costs import cost_parts
from planner.study.partner_owed import owed_beyond, partner_lines, partner_notices
from planner.study.rollout_files import comparison_texts
from planner.study.stages.cost_change import cost_range
from planner.study.stages.uplift import least_pay, paid, uplift_of

WEEK = """
name: Day
zone: Europe/Lisbon
period: {first_day: 2026-06-01, weeks: 1}
people: 2
volume: 40 a weekday
queues:
  - {name: email en, channel: email, language: en, aht: 10 min, promise: 90% within 4 business hours}
opening_hours: {days: mon-fri, open: 09:00, close: 17:00}
shifts: {name: day, start: 09:00, paid_hours: 8}
solve: {effort: quick, rounds: 1, replications: 20}
"""
MONTH = 365.25 / 12 / 7
BY_HOUR = {"price": "12 per hour", "minimum": "160 h a month"}
BY_TICKET = {"price": "9 per ticket", "minimum": "500 tickets a month"}
OWED = "owed to a partner beyond the roster"


def evenings(terms: dict[str, str], **more: Any) -> list[Scenario]:
    """A desk, and the same with evenings that a partner's seat covers."""
    desk = Scenario.from_text(WEEK)
    hours = {"days": "mon-fri", "open": "09:00", "close": "21:00"}
    partner = {"from": "17:00", "to": "21:00", "days": "mon-fri", "languages": "en", **terms}
    gates = [{"cost_uplift": {"at_most": "30%"}}]
    asked = {"opening_hours": hours, "outsource": partner, "solve": {"outsource": "yes"}, "gates": gates}
    return [desk, desk.replace(name="Evenings", **asked, **more)]


@pytest.fixture(scope="module")
def by_hour() -> Rollout:
    return rollout(evenings(BY_HOUR), mend="none")


@pytest.fixture(scope="module")
def by_ticket() -> Rollout:
    return rollout(evenings(BY_TICKET), mend="none")


@pytest.fixture(scope="module")
def for_nothing_more() -> Rollout:
    return rollout(evenings({"price": "12 per hour"}), mend="none")


class TestByTheHour:
    def test_the_minimum_that_nobody_works_is_owed(self, by_hour: Rollout) -> None:
        desk, stage = by_hour.plans
        worked = sum(shift.paid_minutes for shift in stage.rota.shifts if shift.agent in stage.scenario.seats)
        assert worked == 5 * 4 * 60
        assert owed_beyond(desk) == 0
        assert owed_beyond(stage) == round(100 * 12 * (160 / MONTH - 20))

    def test_the_gate_counts_it(self, by_hour: Rollout) -> None:
        [gate] = by_hour.gates[1]
        assert gate.value == pytest.approx(160 * 12 / (80 * 15 * MONTH), abs=1e-4)  # 36.8 %, rostered 20 %
        assert gate.passed is False
        assert "with 876 EUR a month that a partner is owed" in str(gate.message)

    def test_stage_and_going_back_agree(self, by_hour: Rollout) -> None:
        [answer], [back] = by_hour.answers, by_hour.back
        assert answer.step.change == pytest.approx(back.partner_minimum, abs=0.1)
        assert back.saved == answer.step.change

    def test_it_is_told_wherever_money_is(self, by_hour: Rollout) -> None:
        owed = "876 EUR a month that the partner is owed for 73 hours of its minimum (160 a month"
        for lines in (rollout_summary(by_hour), rollout_brief(by_hour)):
            text = "\n".join(map(str, lines))
            assert owed in text
            assert "wages and premiums 7,138 EUR a month" in text
        assert "+16.8 for what a partner is owed" in "\n".join(map(str, rollout_summary(by_hour)))
        [notice] = partner_notices(by_hour.plans[1])
        assert notice in by_hour.plans[1].notices
        assert "17 h of its minimum in 7 days" in str(notice)

    def test_a_partner_from_the_start_is_told_with_the_first_stage(self, by_hour: Rollout) -> None:
        made = replace(by_hour, plans=by_hour.plans[1:], gates=((),), answers=(), back=())
        for lines in (rollout_summary(made), rollout_brief(made)):
            text = "\n".join(map(str, lines))
            assert "7,138 EUR a month" in text
            assert "in this cost: 876 EUR a month" in text


class TestByTheTicket:
    def test_few_tickets_cost_the_minimum(self, by_ticket: Rollout) -> None:
        stage = by_ticket.plans[1]
        assert owed_beyond(stage) == round(100 * 9 * 500 / MONTH)
        [gate] = by_ticket.gates[1]
        assert gate.value == pytest.approx(4500 / (80 * 15 * MONTH), abs=1e-4)  # 86.2 %, rostered 0 %
        assert gate.passed is False
        [back] = by_ticket.back
        assert by_ticket.answers[0].step.change == pytest.approx(back.partner_minimum, abs=0.1)

    def test_words_say_what_the_count_rests_on(self, by_ticket: Rollout) -> None:
        stage = by_ticket.plans[1]
        [least] = map(str, partner_lines(stage))
        assert "the partner's minimum of 500 tickets" in least
        assert "on average over 20 simulated periods" in least
        partner = stage.scenario.plain["outsource"]
        cheap = stage.scenario.replace(outsource={**partner, "minimum": "10 tickets a month"})
        [mean] = map(str, partner_lines(replace(stage, scenario=cheap)))
        assert "at 9 EUR: the mean of 20 simulated periods, so a month may cost more or less" in mean
        [expected] = map(str, partner_lines(replace(stage, service=None)))
        assert "as the forecast expects them" in expected


class TestFigures:
    @pytest.mark.parametrize("made", ["by_hour", "by_ticket", "for_nothing_more"])
    def test_parts_add_up_to_the_cent(self, made: str, request: pytest.FixtureRequest) -> None:
        found: Rollout = request.getfixturevalue(made)
        parts = cost_parts(found.plans)
        for plan in found.plans:
            mine = [part for part in parts if part.scenario == plan.scenario.name]
            whole = found.comparison.of(plan.scenario.name, "cost with missing people priced")
            assert sum(part.cents for part in mine) == plan.result.objective.total + owed_beyond(plan)
            assert sum(part.cents for part in mine) / 100 * MONTH == pytest.approx(whole.value, abs=0.006)
            assert sum(part.difference for part in mine) / 100 * MONTH == pytest.approx(
                whole.difference, abs=0.011
            )
            wages = found.comparison.of(plan.scenario.name, "wages and premiums")
            assert wages.value == pytest.approx(paid(plan) / 100 * MONTH, abs=0.006)
            assert wages.value == cost_range(plan)[0]
        stage, first = found.plans[1], found.plans[0]
        told = uplift_of(stage, first)
        assert told.hours + told.premiums + told.on_call + told.partner == pytest.approx(told.share)

    @pytest.mark.parametrize("made", ["by_hour", "by_ticket"])
    def test_bounds_hold_with_it(self, made: str, request: pytest.FixtureRequest) -> None:
        for plan in request.getfixturevalue(made).plans:
            least = least_pay(plan)
            assert least is None or least <= plan.result.objective.pay <= paid(plan)

    def test_nothing_owed_changes_no_file(self, for_nothing_more: Rollout) -> None:
        assert [owed_beyond(plan) for plan in for_nothing_more.plans] == [0, 0]
        texts = comparison_texts(for_nothing_more.comparison)
        assert "owed" not in "".join(texts.values())
        [gate] = for_nothing_more.gates[1]
        assert (gate.message.code, round(gate.value or 0, 6)) == ("study.gate_cost", 0.2)
        assert partner_lines(for_nothing_more.plans[1]) == ()
        assert for_nothing_more.answers[0].notes == ()

    def test_what_is_owed_stands_apart_too(self, by_hour: Rollout) -> None:
        desk, stage = by_hour.plans
        found = compare([stage, desk])
        assert found.of("Evenings", OWED).value == pytest.approx(160 * 12 - 20 * 12 * MONTH, abs=0.1)
        assert [one.cents for one in found.costs if one.part == "owed to a partner"] == [20156, 0]


@pytest.mark.parametrize(("terms", "a_month"), [(BY_TICKET, 4500), (BY_HOUR, 160 * 12)])
def test_a_change_that_takes_a_partner_counts_what_it_is_owed(terms: dict[str, str], a_month: int) -> None:
    """The late hours are covered by the partner; what the desk itself works may change by a little."""
    desk, stage = evenings(terms, shifts=[{"name": "day", "start": "09:00, 13:00", "paid_hours": "8"}])
    gates = [{"survives": "any one person absent for a shift"}, {"cost_uplift": {"at_most": "10%"}}]
    asked = {"minimum_on_duty": {"all": "2"}, "solve": {"outsource": "no"}, "gates": gates}
    made = rollout([desk, stage.replace(**asked)])
    [one] = [one for each in made.mending for one in each.tries if one.kind == "partner"]
    own = one.plan.result.objective.pay - made.plans[1].result.objective.pay
    worked = sum(s.paid_minutes for s in one.plan.rota.shifts if s.agent in one.plan.scenario.seats) / 60
    due = a_month - (0 if terms is BY_TICKET else worked * 12 * MONTH)
    assert one.cost == pytest.approx(own / 100 * MONTH + due, abs=0.1)
    assert one.passes is False
    assert "that a partner is owed" in " ".join(map(str, one.failing))
