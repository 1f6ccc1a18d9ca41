"""The price of a promise: goals as they are asked, figures, and that a tighter promise never needs less."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from planner._errors import ScenarioError
from planner._values import Goal
from planner.requirement import Backlog, Need, reachable_share
from planner.study import Scenario, promise, promise_summary, write_promise
from planner.study.goals import asked, at_least_as_tight, with_promise
from planner.study.more_people import people_more
from planner.study.priced import Kept, kept_in, least_duty_hours, mean_hour_cost, worst
from planner.study.promise import _at_least, _in_order, _neighbour
from planner.study.promise_files import promise_frame, promise_record
from planner.study.tables import read_csv

TWO = """
people: [{count: 3, languages: en, cost: 12}, {count: 1, languages: "en, it", cost: 20, weekly_hours: 20}]
queues:
  - {name: email en, promise: 90% within 4 business hours}
  - {name: email it, promise: 80% within 2 h}
  - {name: phone en, promise: 80% within 60 s}
"""


@pytest.fixture(scope="module", autouse=True)
def _planned_once(plan_once: Any) -> None:
    plan_once("promise")


@pytest.fixture(scope="module")
def curve(desk: Scenario) -> Any:
    """The small desk for three promises beside today's two business hours."""
    return promise(desk, ["8 h", "1 h", "10 min"])


def codes(error: pytest.ExceptionInfo[ScenarioError]) -> list[str]:
    return [message.code for message in error.value.messages]


def test_a_time_keeps_share_and_clock_of_every_deferred_queue() -> None:
    every = asked(Scenario.from_text(TWO), ["30 min", "8 h"])
    assert [each.label for each in every] == ["8 h", "as today", "30 min"]
    assert every[2].goals == {
        "email en": Goal(0.9, 1800.0, "open hours"),
        "email it": Goal(0.8, 1800.0, "elapsed"),
    }
    assert [each.today for each in every] == [False, True, False]


@pytest.mark.parametrize(
    ("text", "goal"),
    [
        ("2 business hours", Goal(0.8, 7200.0, "open hours")),
        ("95% within 15 min", Goal(0.95, 900.0)),
        ("by opening + 1 h", Goal(0.8, 3600.0, "after opening")),
        ("80% by Monday 10:00", Goal(0.8, 0.0, "by weekday", (0, 600))),
    ],
)
def test_a_goal_may_say_more_than_a_time(text: str, goal: Goal) -> None:
    every = asked(Scenario.from_text(TWO), [text], ["email it"])
    assert goal in [each.goals["email it"] for each in every]


def test_the_promise_of_today_is_no_second_point() -> None:
    every = asked(Scenario.from_text(TWO), ["2 h", "2 h", "120 min"], ["email it"])
    assert [(each.label, each.today) for each in every] == [("2 h", True)]


def test_live_queues_are_priced_when_they_are_named() -> None:
    every = asked(Scenario.from_text(TWO), ["20 s"], ["phone en"])
    assert every[-1].goals == {"phone en": Goal(0.8, 20.0)}


def test_all_mistakes_of_the_question_come_at_once() -> None:
    with pytest.raises(ScenarioError) as refused:
        asked(Scenario.from_text(TWO), ["soon", "1 h", "later"], ["fax", "email en", "telex"])
    assert codes(refused) == ["promise.no_queue", "promise.no_queue", "promise.goal", "promise.goal"]
    for text, wanted in (
        ("need: {seat: 1}", ["promise.stated_need"]),
        ("queues: [{name: phone en}]", ["promise.no_deferred", "promise.no_goals"]),
    ):
        with pytest.raises(ScenarioError) as refused:
            asked(Scenario.from_text(text), [" "])
        assert codes(refused) == wanted


def test_what_can_be_ordered_and_what_cannot() -> None:
    hour, two = Goal(0.9, 3600.0), Goal(0.9, 7200.0)
    assert at_least_as_tight(hour, two)
    assert not at_least_as_tight(two, hour)
    assert not at_least_as_tight(hour._replace(share=0.8), two)
    assert not at_least_as_tight(two._replace(clock="open hours", seconds=60.0), two)
    assert not at_least_as_tight(hour._replace(clock="after opening"), two)


def test_only_the_promise_and_the_name_change() -> None:
    desk = Scenario.from_text(TWO)
    (tight,) = [each for each in asked(desk, ["30 min"]) if not each.today]
    made = with_promise(desk, tight)
    assert made.name == f"{desk.name}, 30 min"
    assert [queue.promise.within_seconds for queue in made.queues] == [1800.0, 1800.0, 60.0]
    same = [replace(queue, promise=old.promise) for queue, old in zip(made.queues, desk.queues, strict=True)]
    assert tuple(same) == desk.queues
    assert (made.team, made.opening, made.seed) == (desk.team, desk.opening, desk.seed)


def test_queues_that_nobody_stated_are_stated_with_the_promise() -> None:
    desk = Scenario.from_text("people: {count: 2, languages: en}")
    (tight,) = [each for each in asked(desk, ["1 h"]) if not each.today]
    assert [queue.promise.within_seconds for queue in with_promise(desk, tight).queues] == [3600.0]


def test_an_hour_costs_the_mean_of_those_who_can_serve() -> None:
    desk = Scenario.from_text(TWO)
    assert mean_hour_cost(desk, ["email it"]) == 20.0
    assert mean_hour_cost(desk, ["email en", "email it"]) == pytest.approx((3 * 40 * 12 + 20 * 20) / 140)


def test_points_stand_from_loose_to_tight_and_never_get_cheaper(curve: Any) -> None:
    assert [point.asked.label for point in curve.points] == ["8 h", "as today", "1 h", "10 min"]
    costs = [point.takes.cost for point in curve.points if point.takes is not None]
    assert len(costs) == 3
    assert costs == sorted(costs)
    assert not curve.cancelled
    assert curve.of("as today").difference == 0.0
    assert curve.of("as today").verdict == "same"


def test_a_promise_shorter_than_its_reply_is_said_to_be_out_of_reach(curve: Any) -> None:
    tight = curve.of("10 min")
    assert tight.reachable == pytest.approx(0.661, abs=0.001)  # lognormal, mean 10 min, cv 1
    assert tight.worst.enough is False
    assert tight.worst.share < tight.reachable + 0.02
    assert (tight.takes, tight.no_price, tight.more, tight.rota_of) == (None, "no team", None, "")
    assert (tight.difference, tight.difference_share, tight.verdict) == (None, None, "no range")
    said = [message.code for message in promise_summary(curve)]
    assert (said.count("promise.nobody"), said.count("promise.no_price")) == (1, 1)
    assert "at most 66.1 % can be" in "\n".join(map(str, promise_summary(curve)))
    assert said[-2:] == ["promise.proven", "promise.expectations"]


def test_kept_is_what_the_simulation_says(curve: Any) -> None:
    point = curve.of("8 h")
    assert point.kept == kept_in(point.plan.service)
    assert point.worst is point.kept["email en"]
    assert point.worst.enough
    assert point.takes.cost == pytest.approx(
        point.takes.wages + point.takes.missing_hours * curve.hour_cost, abs=0.01
    )


def test_the_file_has_a_row_for_the_desk_and_one_a_queue(curve: Any, tmp_path: Any) -> None:
    write_promise(curve, tmp_path)
    frame = read_csv(tmp_path / "promise.csv")
    assert frame["promise"].tolist() == [name for p in curve.points for name in [p.asked.label] * 3]
    desk = frame[frame["queue"] == ""]
    assert desk["cost"].tolist()[:3] == [round(point.takes.cost, 2) for point in curve.points[:3]]
    last = desk.iloc[3]
    assert last[["cost", "cost_low", "people_needed", "missing_hours", "difference"]].isna().all()
    assert (last["keeps"], last["reachable_share"]) == ("no", pytest.approx(0.661, abs=0.001))
    reasons = [point["no_price"] for point in promise_record(curve)["points"]]
    assert reasons == [None, None, None, "no team"]
    assert frame[frame["queue"] == "phone en"]["asked"].tolist() == [False] * 4
    assert frame[frame["queue"] == "email en"]["goal"].tolist()[0] == "90% within 8 business hours"
    assert (tmp_path / "promise-4" / "rota.csv").exists()
    assert promise_frame(curve).equals(promise_frame(curve))


def test_stopping_keeps_what_is_done_and_drops_what_is_half_searched(desk: Scenario) -> None:
    asks: list[int] = []

    def stop_in_the_second() -> bool:
        return bool(asks)

    def listen(said: Any) -> None:
        if said.stage == 2:
            asks.append(1)

    found = promise(desk, ["8 h", "1 h"], on_progress=listen, is_cancelled=stop_in_the_second)
    assert [point.asked.label for point in found.points] == ["as today"]
    assert (found.cancelled, found.wanted) == (True, 3)
    assert "promise.cancelled" in [message.code for message in promise_summary(found)]
    at_once = promise(desk, ["1 h"], is_cancelled=lambda: True)
    assert [point.asked.label for point in at_once.points] == ["as today"]


def test_a_looser_promise_takes_the_rota_of_a_tighter_one_that_costs_less(curve: Any) -> None:
    loose, tight = curve.of("8 h"), curve.of("1 h")
    dear = replace(loose, takes=replace(loose.takes, cost=tight.takes.cost + 500.0))
    found = _in_order([dear, replace(tight, rota_of="")], curve.hour_cost)
    assert found[0].rota_of == "1 h"
    assert found[0].plan.rota == tight.plan.rota
    assert found[0].plan.scenario.name == loose.plan.scenario.name
    assert found[0].takes.cost <= tight.takes.cost + 0.01


def test_a_promise_that_is_not_kept_counts_no_less_than_a_looser_one(curve: Any) -> None:
    loose, tight = curve.of("8 h"), curve.of("1 h")
    dear = {"cost": tight.takes.cost + 900.0, "cost_low": tight.takes.cost + 800.0}
    least = replace(tight.takes, **dear, missing_hours=70.0, missing_low=60.0)
    found = _at_least(tight.takes, [loose.takes, least])
    assert (found.cost, found.cost_low) == (least.cost, least.cost_low)
    assert (found.missing_hours, found.missing_low) == (70.0, 60.0)
    unknown = _at_least(replace(tight.takes, missing_low=None), [replace(least, missing_low=None)])
    assert unknown.missing_low is None
    assert _at_least(least, [loose.takes]).missing_low == 60.0


def test_bounds_of_a_tighter_rota_are_no_bounds_of_a_looser_promise(curve: Any) -> None:
    loose, tight = curve.of("8 h"), curve.of("1 h")
    dear = replace(loose.takes, cost=tight.takes.cost + 500.0, cost_low=1.0, missing_low=0.0)
    proven = replace(tight, rota_of="", takes=replace(tight.takes, cost_low=2.0, missing_low=3.0))
    found = _in_order([replace(loose, takes=dear), proven], curve.hour_cost)
    assert found[0].rota_of == "1 h"
    assert (found[0].takes.cost_low, found[0].takes.missing_low) == (1.0, 0.0)


def test_a_promise_beyond_reach_says_nothing_about_others(curve: Any) -> None:
    alone = promise(curve.scenario, ["1 h"])
    assert alone.of("1 h").takes == promise(curve.scenario, ["1 h", "10 min"]).of("1 h").takes
    beyond = curve.of("10 min")
    loose = replace(curve.of("8 h"), takes=replace(curve.of("8 h").takes, cost=1e9))
    assert _in_order([loose, beyond], curve.hour_cost) == [loose, beyond]
    every = asked(curve.scenario, ["8 h", "1 h", "10 min"])
    assert _neighbour(every, {"10 min": beyond}, every[2]) is None
    assert _neighbour(every, {"10 min": beyond, "8 h": loose}, every[2]) is loose.plan.rota


def test_a_promise_to_nobody_has_no_price(desk: Scenario) -> None:
    quiet = desk.replace(volume={"email en": "0", "phone en": "12"}, name="No e-mails")
    found = promise(quiet, ["1 h"])
    assert [(point.takes, point.no_price) for point in found.points] == [(None, "nobody comes")] * 2
    said = [str(message).strip() for message in promise_summary(found)]
    assert said[1:3] == [
        "as today (90% within 2 business hours): no price",
        "nobody comes to email en, so there is nothing to keep and nothing to pay for",
    ]
    frame = promise_frame(found)
    assert frame[frame["queue"] == ""][["cost", "people_needed"]].isna().all(axis=None)
    both = promise(quiet, ["2 business hours"], ["email en", "phone en"])
    codes_said = [message.code for message in promise_summary(both)]
    assert "promise.nobody_comes" in codes_said
    assert "promise.no_price" not in codes_said


def test_people_on_top_are_found_from_below_and_really_keep_the_promise(desk: Scenario) -> None:
    busy = desk.replace(volume={"email en": "150", "phone en": "12"}, name="Busy")
    found = promise(busy, ["2 business hours"])
    (point,) = found.points
    assert point.worst is not None
    assert point.worst.enough is False
    assert point.more is not None
    assert point.more.enough
    assert point.more.people >= 1
    assert point.takes.missing_hours >= point.more.paid_hours
    assert point.takes.people > len(busy.team.agents)
    made = point.plan
    again = people_more(busy, made.rota, made.volumes, ["email en"], point.kept)  # type: ignore[arg-type]
    assert again is not None
    assert again.people == point.more.people
    assert len(again.scenario.team.agents) == 4 + again.people


def test_reachable_share() -> None:
    queue = Scenario.from_text(TWO).queues[0]
    assert reachable_share(replace(queue, cv=0.0)) == 1.0
    assert reachable_share(replace(queue, cv=0.0, aht_seconds=5 * 3600)) == 0.0
    draws = np.random.default_rng(1).lognormal(
        math.log(3 * 3600) - math.log(2) / 2, math.sqrt(math.log(2)), 10**6
    )
    assert reachable_share(replace(queue, aht_seconds=3 * 3600)) == pytest.approx(
        (draws <= 14_400).mean(), abs=0.002
    )
    assert reachable_share(Scenario.from_text(TWO).queues[2]) == 1.0


def test_worst_leaves_out_queues_to_which_nobody_comes() -> None:
    fine, late = Kept(9.0, 0.95, 0.9, 1.0, 0.9), Kept(9.0, 0.85, 0.8, 0.9, 0.8)
    nobody = Kept(0.0, math.nan, math.nan, math.nan, 0.9)
    assert worst({"a": fine, "b": late, "c": nobody}, ["a", "b", "c"]) in (fine, late)
    assert worst({"c": nobody}, ["c"]) is None
    assert (nobody.enough, late.enough) == (None, True)


def need_of(required: list[int], *backlogs: Backlog) -> Need:
    names = frozenset({"mail"})
    row = np.array([required])
    return Need("n", 0, 60, ("mail",), (names,), row, backlogs, (("mail",),), row >= 0)


def backlog(arriving: list[int], not_due: list[int], per_person: int = 10, carried_in: int = 0) -> Backlog:
    limits = ((frozenset({"mail"}), np.zeros(len(arriving), dtype=np.int64)),)
    given = (np.array(arriving), np.array(not_due), per_person, limits, carried_in)
    return Backlog(frozenset({"mail"}), *given)


def test_least_duty_hours_by_hand() -> None:
    assert least_duty_hours(need_of([1, 2, 0])) == 3.0
    assert least_duty_hours(need_of([1, 0, 0], backlog([0, 0, 0], [0, 0, 0]))) == 1.0
    assert (
        least_duty_hours(need_of([1, 0, 0], backlog([25, 0, 0], [0, 0, 0]))) == 3.0
    )  # 10 by one, 15 by two more
    assert (
        least_duty_hours(need_of([1, 0, 1], backlog([25, 0, 0], [25, 25, 0]))) == 3.0
    )  # the third in between
    assert least_duty_hours(need_of([0, 0, 1], backlog([0, 0, 0], [0, 0, 0], carried_in=20))) == 3.0


def test_a_tighter_need_asks_for_no_less() -> None:
    work, floor = [30, 0, 20, 0, 0, 40], [1, 1, 1, 0, 1, 1]
    loose, tight = [30, 30, 50, 20, 40, 0], [20, 10, 20, 0, 20, 0]
    tightest = [0] * 6
    hours = [least_duty_hours(need_of(floor, backlog(work, due))) for due in (loose, tight, tightest)]
    assert hours == sorted(hours)
