"""Plans from teams that are known: needs between them, decisions, money; nothing is solved here."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner._errors import ScenarioError
from planner.study import Scenario, forecast
from planner.study.charts.growing import people_ahead
from planner.study.growing import ahead, hiring_plan, hiring_plan_summary, stage_starts, with_goal
from planner.study.growing.anchors import Anchor, Ladder, anchor_of, piling_up, seen
from planner.study.growing.dates import earliest, one_off
from planner.study.growing.files import joiners_frame, plan_frame, sizes_frame, write_hiring_plan
from planner.study.growing.kinds import kinds_of, with_people
from planner.study.growing.months import months_of
from planner.study.growing.nouns import Seen
from planner.study.tables import read_csv

TEXT = """
people: 10
period: {first_day: 2026-06-01, weeks: 1}
volume: 100 a weekday
growth: {customers: 1000 -> 2000, since: 2026-06-01, by: 2027-06-01}
hiring: {decided: 2026-06-01, lead_time: 8 weeks, training: none, attrition: 0%, recruiting: 3000}
"""


def desk(**changes):
    return Scenario.from_text(TEXT).replace(**changes)


def known(scenario, keeps=(0.9, 1.05, 1.2, 1.4, 1.6, 1.8, 2.1)):
    """A ladder as if each size had been simulated, with today's ten as the second."""
    kinds = kinds_of(scenario)
    rungs = tuple(
        Anchor((number - 1,), keep, keep * 1.01, ("email en",), scenario, rota="rota")
        for number, keep in enumerate(keeps)
    )
    return Ladder(kinds, rungs)


def planned(scenario, months=12, rungs=None):
    volumes = forecast(None, scenario)
    demands = months_of(scenario, volumes, months)
    return ahead._planned(scenario, rungs or known(scenario), demands, volumes)


@pytest.fixture(autouse=True)
def _nothing_simulated(monkeypatch):
    def look(_anchor, _volumes, demand, people, _seed=None):
        return Seen(demand.first, people, "email en", 0.8, 0.9, 7200.0, others=True)

    monkeypatch.setattr(ahead, "_look", look)


def test_customers_grow_along_a_straight_line():
    scenario = desk()
    demands = months_of(scenario, forecast(None, scenario), 14)
    assert demands[0].first == date(2026, 6, 1)
    # the planned week's mean is that of 4 June: 3 of 365 days of the way
    base = 1000 + 1000 * 3 / 365
    december = sum(1000 + 1000 * (183 + day) / 365 for day in range(31)) / 31
    assert demands[6].factor == pytest.approx(december / base)
    assert demands[6].customers == pytest.approx(1000 + 1000 * 198 / 365)
    assert demands[13].factor == pytest.approx(2000 / base)
    assert demands[6].contacts / demands[0].contacts == pytest.approx(
        demands[6].factor * 31 / demands[0].factor / 30
    )


def test_past_months_of_a_path_are_told_apart():
    scenario = desk(growth={"since": "2026-01-01"})
    demands = months_of(scenario, forecast(None, scenario), 2)
    assert [demand.ahead for demand in demands] == [False] * 5 + [True] * 2
    assert demands[0].first == date(2026, 1, 1)
    assert demands[0].factor < 1


def test_between_two_teams_the_need_is_on_the_line_between_them():
    rungs = known(desk())
    assert rungs.needed(1.05) == (0.0,)
    assert rungs.needed(1.3) == pytest.approx((1.5,))
    assert rungs.needed(0.5) == (-1.0,)
    assert rungs.needed(2.2) is None
    team = rungs.team(1.3)
    assert team is not None
    assert team.more == (2,)


def test_a_team_that_keeps_no_more_than_a_smaller_one_is_passed_over():
    rungs = known(desk(), (0.9, 1.05, 1.0, 1.4))
    assert rungs.needed(1.225) == pytest.approx((1.0,))


def test_everything_in_time_is_decided_as_late_as_possible():
    plan = planned(desk())
    ready = date(2026, 8, 1)  # eight weeks from 1 June is 27 July
    assert plan.hires
    assert all(hire.starts >= ready for hire in plan.hires)
    assert all((hire.starts - hire.decide_by).days == 56 for hire in plan.hires)
    assert all((hire.productive - hire.starts).days == 56 for hire in plan.hires)
    late = [month for month in plan.months if month.kept is False]
    assert all(month.demand.first < date(2026, 11, 1) for month in late)
    frame = plan_frame(plan)
    assert frame["joiners"].sum() == len(plan.hires) == len(joiners_frame(plan))
    assert frame["people_needed"].is_monotonic_increasing
    needed, there, _heads = people_ahead(frame).data
    assert list(needed.y) == pytest.approx(list(frame["people_needed"]))
    assert list(there.y) == pytest.approx(list(frame["productive"]))


def test_wages_recruiting_and_equipment_add_up():
    scenario = desk(hiring={"equipment": 1000})
    plan = planned(scenario)
    frame = plan_frame(plan)
    wage = 40 * 365.25 / 7 / 12 * 15
    first = plan.months[0]
    assert first.cost == pytest.approx(10 * wage)
    months = list(frame["month"])
    for row, month in zip(frame.to_dict("records"), plan.months, strict=True):
        started = sum(hire.starts <= month.demand.first for hire in plan.hires)
        new = sum(hire.starts == month.demand.first for hire in plan.hires)
        assert row["cost"] == pytest.approx((10 + started) * wage + new * 4000), months
    assert frame["cost_so_far"].iloc[-1] == pytest.approx(frame["cost"].sum())


def test_leavers_add_up_and_are_made_up_for():
    scenario = desk(growth="none", hiring={"attrition": "30%"})
    plan = planned(scenario)
    frame = plan_frame(plan)
    assert frame["leavers"].iloc[-1] == pytest.approx(10 * 0.3, abs=0.02)
    assert frame["leavers"].is_monotonic_increasing
    assert (frame["leavers_low"] <= frame["leavers"]).all()
    assert (frame["leavers_high"] >= frame["leavers"]).all()
    # the need is 10 x 1.0 less what today's ten keep beyond it
    assert plan.hires
    assert {line for line in joiners_frame(plan)["why"] if "leave" in line}


@settings(max_examples=8, deadline=None)
@given(st.integers(1000, 1800), st.integers(0, 400))
def test_more_growth_never_needs_fewer_people_or_a_later_first_decision(then, more):
    less, grown = (planned(desk(growth={"customers": f"1000 -> {number}"})) for number in (then, then + more))
    for before, after in zip(less.months, grown.months, strict=True):
        assert sum(after.needed) >= sum(before.needed) - 1e-9
    if less.hires:
        assert min(hire.decide_by for hire in grown.hires) <= min(hire.decide_by for hire in less.hires)


@settings(max_examples=6, deadline=None)
@given(st.integers(2, 20), st.integers(1, 10))
def test_a_longer_lead_time_never_leaves_a_later_decision(weeks, longer):
    """As long as everybody can still be there in time, the first decision comes so much earlier."""
    short, long = (
        planned(desk(hiring={"lead_time": f"{number} weeks", "decided": "2026-06-01"}))
        for number in (weeks, weeks + longer)
    )
    missing = [sum(month.short for month in plan.months) for plan in (short, long)]
    assert missing[1] >= missing[0] - 1e-9
    firsts = [min(hire.decide_by for hire in plan.hires) for plan in (short, long)]
    # a start is the first of a month: nothing can be decided before today
    assert firsts[1] <= firsts[0] or (firsts[1] - date(2026, 6, 1)).days < 31


def test_sizes_say_which_month_needs_them():
    plan = planned(desk())
    frame = sizes_frame(plan)
    assert list(frame["people"]) == list(range(9, 16))
    assert frame["needed_from"].dropna().is_monotonic_increasing
    assert any("customers" in str(line) for line in hiring_plan_summary(plan))


def test_a_budget_is_told_when_it_is_passed():
    plan = planned(desk(hiring={"budget": "27000 a month"}))
    frame = plan_frame(plan)
    over = int((frame["budget_left"] < 0).sum())
    assert over
    assert any(
        f"{over} of 12 months cost more than 27,000" in str(line) for line in hiring_plan_summary(plan)
    )


def test_a_stated_need_does_not_grow():
    with pytest.raises(ScenarioError, match="does not grow"):
        hiring_plan(Scenario.from_text("people: 3\nneed: {seat: 1}"))


def test_another_goal_is_for_written_queues():
    text = "people: 3\nqueues: [{name: email en}, {name: phone en}]"
    changed = with_goal(Scenario.from_text(text), "80% within 1 h")
    assert [queue.promise.within_seconds for queue in changed.queues] == [3600, 20]
    with pytest.raises(ScenarioError, match="no e-mail"):
        with_goal(Scenario.from_text("people: 3"), "80% within 1 h")


def test_people_come_and_go_by_kind():
    text = """
people: [{count: 2, languages: fr, name: F}, {count: 2, languages: it, name: I}]
queues: [{name: email fr, language: fr}, {name: email it, language: it}]
hires: {types: [{languages: fr, max: 2}, {languages: it, max: 1, cost: 20}]}
"""
    scenario = Scenario.from_text(text)
    kinds = kinds_of(scenario)
    assert [(kind.label, len(kind.team), kind.at_once) for kind in kinds] == [("fr", 2, 2), ("it", 2, 1)]
    changed = with_people(scenario, kinds, (2, -1))
    assert [agent.name for agent in changed.team.agents] == ["F 1", "F 2", "I 2", "hire 1: fr", "hire 2: fr"]
    assert changed.team.agents[-1].languages.keys() == {"fr"}


def test_dates_and_one_offs_by_hand():
    scenario = desk(hiring={"training": "1 week", "notice": "3 weeks", "equipment": 1000})
    assert earliest(scenario, 1).day == date(2026, 6, 1 + 0).replace(month=9, day=28)  # 8 + 1 + 8 weeks
    assert earliest(scenario, 0).day == date(2026, 6, 22)
    once = one_off(scenario, 3)
    assert (once.recruiting, once.training, once.equipment) == (9000, 3 * 40 * 15, 3000)
    assert once.total == 9000 + 1800 + 3000
    assert one_off(scenario, 0).total == 0


def test_training_is_paid_at_the_wages_of_those_who_join():
    kinds = {"types": [{"cost": 14, "weekly_hours": 40}]}
    people = [
        {"name": "Ana", "cost": 15},
        {"name": "Bo", "cost": "12.40"},
        {"name": "Cy", "cost": 13, "weekly_hours": 20},
    ]
    scenario = Scenario.from_text("people: 1").replace(agents=people, hires=kinds)
    training = one_off(scenario, 2, {"Bo", "Cy"}).training
    assert training == (12.4 * 40 + 13 * 20) * scenario.said.hiring.training.days / 7
    assert one_off(scenario, 2).training == 2 * 14 * 40 * scenario.said.hiring.training.days / 7


def test_a_stage_that_starts_too_early_is_told():
    first = desk(starts="2026-06-08")
    (stage,) = stage_starts([first, desk(people=12, name="More", starts="2026-07-01")])
    assert (stage.hires, stage.too_early) == (2, True)
    assert "at the earliest" in str(stage.told[0])
    (later,) = stage_starts([first, desk(people=12, name="More", starts="2026-12-01")])
    assert not later.too_early
    (undated,) = stage_starts([first, Scenario.from_text("people: 12")])
    assert "after the decision" in str(undated.told[0])


def test_a_team_is_seen_to_keep_a_volume_and_to_miss_a_larger_one():
    """One real team: at its volume every promise is kept, at the next that was tried one is not."""
    scenario = Scenario.from_text(
        "people: 2\nperiod: {weeks: 2}\nvolume: 30 a weekday\nsolve: {effort: quick, replications: 6}"
    )
    volumes = forecast(None, scenario)
    anchor = anchor_of(scenario, kinds_of(scenario), (0,), volumes, 1.0)
    assert 0.1 < anchor.keeps < anchor.fails <= anchor.keeps * 1.03
    for factor, kept in ((anchor.keeps, True), (anchor.fails, False)):
        found, service = seen(anchor, volumes, factor)
        assert (not found.short and not piling_up(service)) is kept


def test_all_files_are_written_and_read_back(tmp_path):
    plan = planned(desk(hiring={"decided": "2026-07-15"}))
    stages = stage_starts([desk(), desk(people=12, name="More")])
    written = write_hiring_plan(plan, tmp_path / "out", (), stages, "90% within 2 h")
    names = {path.name for path in written}
    assert names == {"hiring_plan.csv", "joiners.csv", "team_sizes.csv", "hiring_plan.json"}
    frame = read_csv(tmp_path / "out" / "hiring_plan.csv")
    assert frame["people_needed"].tolist() == pytest.approx(plan_frame(plan)["people_needed"], abs=1e-4)
    told = json.loads((tmp_path / "out" / "hiring_plan.json").read_text(encoding="utf-8"))
    assert told["goal"] == "90% within 2 h"
    assert any("decide by" in line for line in told["notices"])
    assert any("people too few" in line for line in told["notices"])


def test_a_month_in_which_nobody_comes_is_told_by_no_simulation() -> None:
    text = "people: 2\nvolume: 0\nperiod: {weeks: 1}\nhiring: {months: 2}\n"
    text += "solve: {effort: quick, rounds: 1, replications: 10}"
    plan = hiring_plan(Scenario.from_text(text))
    assert (plan.hires, plan.short) == ((), ())
    assert len(plan.months) == 2
