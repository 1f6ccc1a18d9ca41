"""Promises that no team could keep: told in a sentence, and not chased round after round."""

from __future__ import annotations

import pytest

from planner.study import Scenario, need_view, plan

SOON = """
period: {first_day: 2026-03-30, weeks: 1}
opening_hours: [{queues: all, days: all, open: "08:00", close: "20:00"}]
people: [{count: 8, languages: en, cost: 12}]
queues: [{name: email en, promise: 90% within 15 min, aht: 10 min, replies: 1.5}]
volume: {email en: 20 a weekday}
solve: {rounds: 3, effort: quick}
"""


@pytest.fixture(scope="module")
def made():
    return plan(Scenario.from_text(SOON))


def test_the_need_page_says_so(made):
    [because] = need_view.queue_table(made.scenario, made.need)["because"]
    live, beyond = because.split("; ", 1)
    assert "is answered live: 15 min is 1.5 handle times" in live
    assert beyond.startswith("email en: no team could send 90 % of first replies within 15 min")


def test_the_plan_says_so_and_asks_for_what_can_be_reached(made):
    told = [str(notice) for notice in made.notices]
    assert any("81.7 % even if nobody waits" in sentence for sentence in told)
    chosen = next(each for each in made.rounds if each.chosen)
    kept = chosen.kept["email en"]
    assert ("email en" in chosen.missed) == (kept < 0.8168 - 0.005)
    live = made.need.why[made.need.why["set"] == "email en"]
    assert set(live["method"]) == {"Erlang C, reply sent"}
    assert live["net"].max() < 10


def test_safety_of_deferred_work_has_nothing_to_do_with_it(made):
    assert made.safety == ()
    assert not any(one.z for told in made.rounds for one in told.asked)
