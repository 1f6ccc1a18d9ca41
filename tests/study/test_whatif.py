"""What-ifs: each changes what it says and nothing else, and is said in ordinary keys afterwards."""

from __future__ import annotations

from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner._errors import ScenarioError
from planner.clock import day_starts
from planner.study import Scenario
from planner.study.steps import demand_and_need, horizon
from planner.study.whatif import CHANGES, changed

SHIPPED = Path(__file__).parents[2] / "scenarios" / "weekday-to-247" / "scenario.yaml"
TEXT = """
name: Two desks
zone: Europe/Lisbon
period: {first_day: 2026-03-30, weeks: 2}      # Good Friday is 3 April
sites:
  - {name: Lisbon, zone: Europe/Lisbon, public_holidays: Lisbon}
  - {name: Milan, zone: Europe/Rome, public_holidays: Milan, full_time_hours: 38}
agents:
  - {name: Ana, site: Lisbon, languages: en, cost: 12}
  - {name: Bo, site: Lisbon, languages: "en, it(email) x1.2", cost: 14, leave: 2026-04-01}
  - {name: Cia, site: Lisbon, languages: en, weekly_hours: 20, payroll_id: L3}
  - {name: Dino, site: Milan, languages: it, cost: 20, nights: no}
  - {name: Elio, site: Milan, languages: it}
  - {name: Fee, site: Lisbon, languages: none, teams: engineer, weekly_hours: 0, cost: 30}
queues:
  - {name: email en, aht: 10 min, replies: 2, promise: 90% within 4 business hours}
  - {name: email it, aht: 8 min}
  - {name: phone en, aht: 6 min}
  - {name: chat en, chats_at_once: 2, chat_times: {1: 8 min, 2: 12 min}}
volume: {email en: 40, email it: 15, phone en: 20, chat en: 10}
growth: {more_contacts: {email it: 10%}}
opening_hours:
  - {queues: all, days: mon-fri, open: 09:00, close: 18:00}
  - {queues: all, days: public holidays, closed: yes}
when_closed: {phone en: {to chat en: 50%, lost: 50%}}
minimum_on_duty: {all: 1}
"""

# One of each, as a file would say it.
EXAMPLES: dict[str, dict[str, Any]] = {
    "bad_day": {"day": "2026-04-08", "factor": "x3", "hours": "10:00-14:00"},
    "close_channel": {"queues": "phone en", "to": {"email en": "70%"}},
    "growth": {"customers": "1000 -> 1300"},
    "handle_time": {"by": "-10%"},
    "hires": {"people": 2, "languages": "en, it", "weekly_hours": 20, "cost": 15},
    "holiday": {"days": "2026-04-03", "worked": "yes"},
    "language": {"who": "Ana", "language": "it", "slower": "x1.5"},
    "leave_season": {"from": "2026-03-30", "to": "2026-04-12", "people": "2", "each": "1 week"},
    "outsource": {"from": "18:00", "to": "22:00", "price": "11 per hour"},
    "part_time": {"who": "Ana, Elio", "to": "80%"},
    "promise": {"to": "90% within 8 business hours", "queues": "email en"},
    "self_service": {"topics": "40%", "solves": "25%", "costs": "20 h + 6 h per language"},
    "site": {"name": "Porto", "zone": "Europe/Lisbon", "people": 2, "cost": 11, "languages": "en"},
    "temporary": {"from": "2026-04-06", "until": "2026-04-10", "slower": "x1.3", "cost": 18},
    "volume": {"by": "+20%"},
}

# One of each that asks for what is there already.
NEUTRAL: dict[str, dict[str, Any]] = {
    "bad_day": {"day": "2026-04-08", "factor": "x1"},
    "growth": {"customers": "1000 -> 1000"},
    "handle_time": {"by": "+0%"},
    "holiday": {"days": "2026-04-03", "worked": "no"},
    "language": {"who": "Bo", "language": "it", "channels": "email", "slower": "x1.2"},
    "leave_season": {"from": "2026-03-30", "to": "2026-04-12", "people": "0", "each": "1 week"},
    "part_time": {"who": "all", "to": "100%"},
    "promise": {"to": "90% within 4 business hours", "queues": "email en"},
    "self_service": {"topics": "40%", "solves": "0%"},
    "volume": {"by": "0%"},
}


@pytest.fixture(scope="module")
def desk() -> Scenario:
    return Scenario.from_text(TEXT)


def made(desk: Scenario, change: str, **more: Any) -> Scenario:
    return changed(desk, change, {**EXAMPLES[change], **more})


def contacts(scenario: Scenario) -> dict[str, float]:
    """Contacts of the whole period by queue."""
    volumes = demand_and_need(scenario)[1]
    assert volumes is not None
    return {name: float(row.sum()) for name, row in zip(volumes.queues, volumes.mean, strict=True)}


def by_day(scenario: Scenario, queue: str) -> np.ndarray:
    """Open intervals of a queue on each day of the period."""
    first, intervals = horizon(scenario)
    mask = scenario.opening[queue].mask(first, intervals * scenario.interval_minutes // 15)
    starts = np.array(day_starts(scenario.first_day, scenario.days, scenario.zone)) - first
    return np.add.reduceat(mask.astype(int), starts[:-1])


def test_there_is_an_example_of_every_change() -> None:
    assert sorted(EXAMPLES) == sorted(CHANGES)


@pytest.mark.parametrize("change", EXAMPLES)
def test_what_is_said_afterwards_is_the_same_scenario(desk: Scenario, change: str) -> None:
    after = made(desk, change)
    again = Scenario.from_text(after.dump())
    assert again == after
    assert again.name == desk.name
    assert again.what_if == ()  # nothing is left to be done again
    assert after.dump() != desk.dump()
    assert "what_if" not in after.dump()
    assert [message.code.partition(".")[0] for message in after.what_if] == ["whatif"]


@pytest.mark.parametrize("change", NEUTRAL)
def test_a_change_to_what_is_there_changes_no_need(desk: Scenario, change: str) -> None:
    after = changed(desk, change, NEUTRAL[change])
    assert demand_and_need(after)[2].need_id == demand_and_need(desk)[2].need_id
    assert after.team == desk.team


@pytest.mark.parametrize(("one", "other"), list(combinations(EXAMPLES, 2)))
def test_two_changes_commute(desk: Scenario, one: str, other: str) -> None:
    there = changed(made(desk, one), other, EXAMPLES[other])
    back = changed(made(desk, other), one, EXAMPLES[one])
    assert there.queues == back.queues
    assert there.opening == back.opening
    assert there.stated_volumes == pytest.approx(dict(back.stated_volumes))
    assert there.when_closed == back.when_closed
    assert {a.name: a for a in there.team.agents} == {a.name: a for a in back.team.agents}
    assert there.forecast_asks == back.forecast_asks
    assert there.said.outsource == back.said.outsource


@settings(max_examples=25, deadline=None)
@given(percent=st.integers(-100, 300), queue=st.sampled_from(["all", "email it", "chat en"]))
def test_contacts_are_multiplied_exactly(desk: Scenario, percent: int, queue: str) -> None:
    after = changed(desk, "volume", {"by": f"{percent:+d}%", "queues": queue})
    for name, before in desk.stated_volumes.items():
        factor = 1 + percent / 100 if queue in ("all", name) else 1.0
        assert after.stated_volumes[name] == pytest.approx(before * factor, rel=1e-9, abs=1e-9)


def test_contacts_of_a_history_are_multiplied_exactly() -> None:
    desk = Scenario.load(SHIPPED)
    before, after = contacts(desk), contacts(changed(desk, "volume", {"by": "+20%", "queues": "urgent en"}))
    assert after == pytest.approx({**before, "urgent en": 1.2 * before["urgent en"]})
    fewer = contacts(changed(desk, "volume", {"by": "-25%"}))
    assert fewer == pytest.approx({name: 0.75 * count for name, count in before.items()})


def test_contacts_a_weekday_come_on_top(desk: Scenario) -> None:
    after = changed(desk, "volume", {"by": "+12 a weekday", "queues": "email en, email it"})
    first = demand_and_need(desk)[1]
    second = demand_and_need(after)[1]
    assert first is not None
    assert second is not None
    quarter = (np.array(day_starts(desk.first_day, desk.days, desk.zone)) - horizon(desk)[0]) // 2
    days = np.add.reduceat((second.mean - first.mean).sum(axis=0), quarter[:-1])
    worked = [n for n in range(14) if date.fromordinal(desk.first_day.toordinal() + n).weekday() < 5]
    assert days[worked].sum() == pytest.approx(12 * 10)


def test_more_of_what_grows_already(desk: Scenario) -> None:
    after = made(desk, "volume")
    assert after.said.growth.more_contacts == pytest.approx({"email it": 0.32, "all": 0.2})
    assert made(after, "volume").said.growth.more_contacts["all"] == pytest.approx(0.44)


def test_handle_times(desk: Scenario) -> None:
    after = changed(desk, "handle_time", {"by": "+50%", "queues": "chat en, email en"})
    before = {queue.name: queue.aht_seconds for queue in desk.queues}
    assert {queue.name: queue.aht_seconds for queue in after.queues} == {
        **before, "email en": 900.0, "chat en": 720.0,
    }  # fmt: skip
    chat = after.said.queues[3]
    assert [took.total_seconds() for took in chat.chat_times.values()] == [720.0, 1080.0]
    speed = {queue.name: queue.chat_speed for queue in desk.queues}["chat en"]
    assert after.queues[3].chat_speed == speed  # as fast beside each other as before
    straight = changed(desk, "handle_time", {"to": "8 min", "queues": "email it"})
    assert straight.queues[1].aht_seconds == 480


def test_a_promise(desk: Scenario) -> None:
    after = made(desk, "promise")
    assert after.queues[0].promise.within_seconds == 8 * 3600
    assert after.queues[1:] == desk.queues[1:]


def test_people_who_join(desk: Scenario) -> None:
    after = changed(
        desk, "hires", {"people": 2, "languages": "en, it", "weekly_hours": 20, "from": "2026-04-06"}
    )
    new = [agent for agent in after.team.agents if agent.name.startswith("New")]
    assert [agent.name for agent in new] == ["New 1", "New 2"]
    assert {agent.weekly_minutes for agent in new} == {1200}
    assert {agent.available_from for agent in new} == {date(2026, 4, 6)}
    assert {agent.cost_per_hour for agent in new} == {16.8}
    assert after.team.agents[: len(desk.team.agents)] == desk.team.agents
    twice = made(after, "hires")
    assert [agent.name for agent in twice.team.agents[-2:]] == ["New 3", "New 4"]


def test_people_whom_no_shift_is_for_are_refused() -> None:
    desk = Scenario.from_text(
        "agents: [{name: Ana, teams: early}]\n"
        "shifts: [{name: day, start: 09:00, paid_hours: 8, teams: early}]"
    )
    with pytest.raises(ScenarioError, match=r"hires: every kind of shift .* one of early"):
        changed(desk, "hires", {"people": 1})
    assert changed(desk, "hires", {"people": 1, "teams": "early"}).team.agents[-1].teams == {"early"}


def test_temporary_people_are_slower_and_leave(desk: Scenario) -> None:
    after = made(desk, "temporary", site="Milan")
    helps = after.team.agents[-1]
    assert (helps.available_from, helps.available_until) == (date(2026, 4, 6), date(2026, 4, 10))
    assert (helps.site, helps.cost_per_hour) == ("Milan", 18.0)
    assert helps.slower == {"en": 1.3, "it": 1.3}
    queue = after.queues[0]
    assert after.skills.factor(queue.name) > desk.skills.factor(queue.name)


def test_another_site_has_its_own_clock(desk: Scenario) -> None:
    after = made(desk, "site", zone="Asia/Manila", public_holidays="Manila")
    assert after.sites[-1].zone == "Asia/Manila"
    assert [agent.zone for agent in after.team.agents[-2:]] == ["Asia/Manila"] * 2
    assert after.zone == desk.zone
    bare = Scenario.from_text("zone: Europe/Rome\npeople: 3")
    grown = changed(bare, "site", {"name": "Porto", "zone": "Europe/Lisbon"})
    assert [(agent.name, agent.zone) for agent in grown.team.agents[2:]] == [
        ("Person 3", "Europe/Rome"),
        ("Porto 1", "Europe/Lisbon"),
    ]


def test_a_language_is_learned(desk: Scenario) -> None:
    after = made(desk, "language")
    spoken = {agent.name: agent.languages for agent in after.team.agents}
    assert set(spoken["Ana"]) == {"en", "it"}
    assert {agent.name: agent.slower for agent in after.team.agents}["Ana"] == {"it": 1.5}
    some = changed(desk, "language", {"people": 2, "language": "it", "channels": "email"})
    speak = [agent.name for agent in some.team.agents if "it" in agent.languages]
    assert speak == ["Ana", "Bo", "Cia", "Dino", "Elio"]
    assert {agent.name: agent for agent in some.team.agents}["Cia"].languages["it"] == frozenset({"email"})


def test_part_time(desk: Scenario) -> None:
    after = made(desk, "part_time")
    hours = {agent.name: agent.weekly_minutes / 60 for agent in after.team.agents}
    assert hours == {"Ana": 32, "Bo": 40, "Cia": 20, "Dino": 38, "Elio": pytest.approx(30.4), "Fee": 0}
    half = changed(desk, "part_time", {"people": "40%", "to": "50%"})
    assert [agent.weekly_minutes for agent in half.team.agents] == [1200, 1200, 1200, 2280, 2280, 0]


def test_a_leave_season_spreads_people(desk: Scenario) -> None:
    said = {
        "from": "2026-03-30",
        "to": "2026-04-12",
        "each": "1 week",
        "people": {"Lisbon": "2", "Milan": "50%"},
    }
    after = changed(desk, "leave_season", {**said, "at_most": 2})
    weeks = {
        agent.name: min(agent.unavailable - old.unavailable).isoformat()
        for agent, old in zip(after.team.agents, desk.team.agents, strict=True)
        if len(agent.unavailable - old.unavailable) == 7
    }
    # Bo is away on 1 April already, so the second week is emptier; those without leave go first.
    assert weeks == {"Ana": "2026-04-06", "Cia": "2026-03-30", "Dino": "2026-03-30"}
    assert sum(len(agent.unavailable) for agent in after.team.agents) == 3 * 7 + 1


def test_more_leave_than_fits_is_refused(desk: Scenario) -> None:
    with pytest.raises(ScenarioError, match="3 people are asked for and 1 fit"):
        made(desk, "leave_season", people={"Lisbon": "3"}, at_most=1)


def test_a_partner_is_asked_for(desk: Scenario) -> None:
    after = made(desk, "outsource")
    assert [seat.price for seat in after.seats.values()] == [desk_price(after)]
    assert len(after.team.agents) == len(desk.team.agents) + 1
    assert made(after, "hires").team.agents[-1].outside  # a seat never becomes one of the team


def desk_price(scenario: Scenario) -> object:
    assert scenario.said.outsource is not None
    return scenario.said.outsource.price


def test_a_closed_queue_is_never_open_and_its_contacts_go_elsewhere(desk: Scenario) -> None:
    after = made(desk, "close_channel")
    first, intervals = horizon(after)
    assert not after.opening["phone en"].mask(first, intervals * 2).any()
    for queue in ("email en", "email it", "chat en"):
        assert (by_day(after, queue) == by_day(desk, queue)).all()
    assert {door: share for door, share in after.when_closed["phone en"].items() if share} == {
        "email en": 0.7,
        "lost": 0.3,
    }
    need = demand_and_need(after)[2]
    row = need.sets.index(frozenset({"phone en"})) if frozenset({"phone en"}) in need.sets else None
    assert row is None or not need.required[row].any()
    chat = changed(desk, "close_channel", {"queues": "chat en"})
    assert {door: share for door, share in chat.when_closed["phone en"].items() if share} == {"lost": 1.0}


def test_a_holiday_is_worked(desk: Scenario) -> None:
    assert by_day(desk, "email en")[4] == 0
    after = made(desk, "holiday")
    usual = by_day(desk, "email en")
    usual[4] = 36  # 9 hours in quarter-hours
    assert (by_day(after, "email en") == usual).all()
    some = made(desk, "holiday", open="10:00", close="14:00", queues="phone en")
    assert by_day(some, "phone en")[4] == 16
    assert by_day(some, "email en")[4] == 0
    again = changed(after, "holiday", {"days": "2026-04-03", "worked": "no", "queues": "email it"})
    assert [by_day(again, queue.name)[4] for queue in again.queues] == [36, 0, 36, 36]


def test_a_day_is_closed(desk: Scenario) -> None:
    after = changed(desk, "holiday", {"days": "2026-04-07 to 2026-04-08", "worked": "no"})
    assert by_day(after, "chat en").tolist() == [36, 36, 36, 36, 0, 0, 0, 36, 0, 0, 36, 36, 0, 0]


def test_a_bad_day_is_worse_in_its_hours_only(desk: Scenario) -> None:
    before, after = demand_and_need(desk)[1], demand_and_need(made(desk, "bad_day"))[1]
    assert before is not None
    assert after is not None
    starts = day_starts(desk.first_day, desk.days, desk.zone)
    begin = (starts[9] - starts[0]) // 2 + 20
    there = np.zeros(before.intervals, dtype=bool)
    there[begin : begin + 8] = True
    assert after.mean[:, there] == pytest.approx(3 * before.mean[:, there])
    assert after.mean[:, ~there] == pytest.approx(before.mean[:, ~there])


def test_self_service_takes_contacts_and_costs_work(desk: Scenario) -> None:
    after = made(desk, "self_service")
    before, then = contacts(desk), contacts(after)
    assert then == pytest.approx({name: 0.9 * count for name, count in before.items()})
    (work,) = after.said.planned_work
    assert work.minutes is not None
    # 20 h of articles and 6 h of translations for the second language, a month of 30.44 days.
    assert work.minutes.length.total_seconds() / 60 == round(26 * 60 * 7 / (365.25 / 12))
    late = made(desk, "self_service", **{"from": "2026-04-06", "full_by": "2026-05-04"})
    assert before["email en"] > contacts(late)["email en"] > then["email en"]


def test_growth_replaces_what_is_said(desk: Scenario) -> None:
    after = made(desk, "growth")
    assert after.growth["email en"] == pytest.approx(1.3)
    assert after.growth["email it"] == pytest.approx(1.3 * 1.1)


def test_people_without_names_keep_their_cost_and_queues() -> None:
    desk = Scenario.from_text("people: {count: 3, languages: en}")
    after = changed(desk, "hires", {"languages": "it", "cost": "30"})
    assert [queue.name for queue in after.queues] == ["email en"]
    assert [agent.cost_per_hour for agent in after.team.agents] == [15.0, 15.0, 15.0, 30.0]


ODD = (
    *(
        "",
        "+20%",
        "-100%",
        "20%",
        "x0",
        "x99",
        "0",
        "3",
        "all",
        "Ana",
        "email en",
        "2026-04-03",
        "en",
        "lost",
    ),
    *(
        "yes",
        "10:00-12:00",
        "09:00",
        "1 week",
        "40 h",
        "none",
        "-1",
        "Lisbon",
        "1e9",
        "2026-04-01 to 2026-04-05",
    ),
)
TEXTS = st.one_of(
    st.sampled_from(ODD),
    st.text(max_size=6),
    st.lists(st.sampled_from(["Ana", "email en", "x"]), max_size=2),
    st.dictionaries(
        st.sampled_from(["email en", "lost", "all", "x"]), st.sampled_from(["50%", "2", "x"]), max_size=2
    ),
)


@settings(max_examples=150, deadline=None)
@given(data=st.data(), change=st.sampled_from(sorted(EXAMPLES)))
def test_nonsense_is_refused_in_words(desk: Scenario, data: st.DataObject, change: str) -> None:
    names = [info.alias or name for name, info in CHANGES[change].model_fields.items()]
    odd = data.draw(st.dictionaries(st.sampled_from([*names, "x"]), TEXTS, max_size=3))
    try:
        after = changed(desk, change, {**EXAMPLES[change], **odd})
    except ScenarioError as error:
        mistakes = error.messages
    else:
        assert Scenario.from_text(after.dump()) == after
        return
    assert mistakes
    assert all(message.place is not None and str(message) for message in mistakes)
