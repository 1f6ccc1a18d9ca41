"""Meetings, training and mentoring without an hour: where they are put, and who is there; by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from planner._errors import ScenarioError
from planner.clock import local_at
from planner.demand import PlannedWork
from planner.rota import Rota, Shift
from planner.study.attendance import attendance
from planner.study.plan import plan
from planner.study.record import plan_record
from planner.study.scenario import Scenario
from planner.study.steps import planned_of
from planner.study.summary import summary

DESK = """
zone: Europe/Lisbon
period: {first_day: 2026-06-01, weeks: 2}
agents:
- {name: Ana, languages: en}
- {name: Bruno, languages: en}
- {name: Carla, languages: en, leave: 2026-06-02}
queues: [{name: email en}, {name: phone en, channel: phone, aht: 6 min}]
volume: {email en: 20, phone en: 10}
shifts: [{name: day, start: 09:00, paid_hours: 8}]
opening_hours: [{days: mon-fri, open: 09:00, close: 17:00}]
busy_inside_shift: 0%
no_shows: 0%
"""
LISBON = "Europe/Lisbon"


def with_quiet_hour(scenario: Scenario, weekday: int, minute: int, length: int = 60) -> Scenario:
    """The scenario with 4 contacts in each interval and queue, 1 in those of an hour of a weekday."""
    volumes = scenario.expected
    mean = np.full_like(volumes.mean, 4.0)
    for interval in range(volumes.intervals):
        at = local_at(volumes.first_quarter + 2 * interval, LISBON)
        if at.weekday() == weekday and minute <= at.hour * 60 + at.minute < minute + length:
            mean[:, interval] = 1.0
    scenario.__dict__["expected"] = replace(volumes, mean=mean, low=mean, high=mean)
    return scenario


def placed(
    text: str, weekday: int = 2, minute: int = 840, length: int = 60
) -> tuple[list[PlannedWork], list[str]]:
    scenario = with_quiet_hour(Scenario.from_text(DESK + text), weekday, minute, length)
    works = [placement.work for placement in scenario.placements]
    return works, [str(placement.said) for placement in scenario.placements]


def windows_of(work: PlannedWork, zone: str = LISBON) -> list[tuple[str, str, int]]:
    return [
        (f"{local_at(w.start, zone):%a %d %H:%M}", f"{local_at(w.end, zone):%H:%M}", w.people)
        for w in work.windows
    ]


def test_a_meeting_is_put_into_the_quietest_hour() -> None:
    [work], [said] = placed("meetings: [{name: weekly, who: email en}]", length=120)
    # 2 phone calls of 6 min in the hour: 0.2 busy people and their root 0.45 are 1 who must answer, so that
    # three people meet in two turns.
    assert windows_of(work) == [
        ("Wed 03 14:00", "15:00", 2),
        ("Wed 03 15:00", "16:00", 1),
        ("Wed 10 14:00", "15:00", 2),
        ("Wed 10 15:00", "16:00", 1),
    ]
    assert said == (
        "weekly: placed Wed 14:00 (Europe/Lisbon) in 2 turns, when 4.0 contacts an hour are expected; "
        "3 of 3 can be there"
    )
    assert (work.fixed, work.what, work.queues) == (True, "meeting", ("email en",))


def test_leave_is_not_counted_and_stated_turns_hold() -> None:
    [work], _ = placed("meetings: [{who: all in 1 turn}]", weekday=1)
    assert windows_of(work) == [("Tue 02 14:00", "15:00", 2), ("Tue 09 14:00", "15:00", 3)]
    # With Carla on leave that Tuesday, all three can only be there on another day.
    [other], _ = placed("meetings: [{who: all in 1 turn, every: 2 weeks}]", weekday=1)
    assert windows_of(other) == [("Mon 01 09:00", "10:00", 3)]
    [some], _ = placed("meetings: [{people: 1}]", weekday=1)
    assert windows_of(some) == [("Tue 02 14:00", "15:00", 1), ("Tue 09 14:00", "15:00", 1)]


def test_only_hours_that_shifts_reach_count() -> None:
    # Quietest at 17:00, when the shifts have ended: then all hours are alike, and the first one is taken.
    [work], _ = placed("meetings: [{}]", minute=1020)
    assert windows_of(work)[0][0] == "Mon 01 09:00"
    [none], [said] = placed("meetings: [{length: 9 h}]")
    assert none.windows == ()
    assert said.startswith("meeting: not placed, because no shift of its people reaches any hour of it")


def test_meetings_keep_clear_of_each_other() -> None:
    works, _ = placed("meetings: [{name: a, people: 3}, {name: b, people: 1}]")
    # 3 people away and 0.4 busy are more than the 1.7 who are busy at any other hour.
    assert [windows_of(work)[0][0] for work in works] == ["Wed 03 14:00", "Mon 01 09:00"]
    stated, _ = placed("meetings: [{name: a, on: wed 14:00}, {name: b, people: 1}]")
    assert windows_of(stated[0])[0][0] == "Mon 01 09:00"


def test_training_without_an_hour() -> None:
    [work], [said] = placed("planned_work: [{name: school, what: training, people: 2, length: 30 min}]")
    assert windows_of(work) == [("Wed 03 14:00", "14:30", 2), ("Wed 10 14:00", "14:30", 2)]
    assert (work.what, said) == (
        "training",
        "school: placed Wed 14:00 (Europe/Lisbon), when 4.0 contacts an hour are expected; "
        "3 of 3 can be there",
    )
    [days], _ = placed("planned_work: [{name: m, what: mentoring, people: 1, length: 1 h, days: 'mon, wed'}]")
    assert [window[0] for window in windows_of(days)] == [
        "Mon 01 14:00",
        "Wed 03 14:00",
        "Mon 08 14:00",
        "Wed 10 14:00",
    ]


SITES = """
zone: Europe/Lisbon
period: {first_day: 2026-06-01, weeks: 1}
sites: [{name: Lisbon}, {name: Manila, zone: Asia/Manila}]
agents:
- {name: Ana, site: Lisbon, languages: en}
- {name: Bruno, site: Lisbon, languages: en, nights: no}
- {name: Cora, site: Manila, languages: en, nights: no}
- {name: Dan, site: Manila, languages: en, nights: no}
queues: [{name: email en}]
volume: {email en: 20}
shifts:
- {name: day, start: 09:00, paid_hours: 8}
- {name: night, start: 22:00, paid_hours: 8}
opening_hours: [{days: all, open: 00:00, close: 24:00}]
minimum_on_duty: {all: 2}
"""


def test_sites_and_nights_meet_apart() -> None:
    scenario = with_quiet_hour(
        Scenario.from_text(SITES + "meetings: [{name: weekly, repeat_for: [each site, nights]}]"), 3, 5 * 60
    )
    lisbon, manila, nights = (placement.work for placement in scenario.placements)
    assert [sorted(work.only) for work in (lisbon, manila, nights)] == [
        ["Ana", "Bruno"],
        ["Cora", "Dan"],
        ["Ana"],
    ]
    # 05:00 in Lisbon is 12:00 in Manila, in working hours there; Lisbon's are all alike.
    assert windows_of(manila, "Asia/Manila") == [("Thu 04 12:00", "13:00", 2)]
    assert windows_of(lisbon) == [("Mon 01 09:00", "10:00", 2)]
    # Night duties end at 06:00; two turns, as half of a night's people answer: 04:00 to 06:00, one at a time.
    assert windows_of(nights) == [("Thu 04 04:00", "05:00", 1)]
    assert scenario.skills.able["weekly Manila"] == {"Cora", "Dan"}
    assert [work.name for work in planned_of(scenario)] == ["weekly Lisbon", "weekly Manila", "weekly nights"]


def test_a_stated_hour_is_on_the_clock_of_each_site() -> None:
    scenario = Scenario.from_text(SITES + "meetings: [{name: w, on: tue 10:00, repeat_for: each site}]")
    lisbon, manila = scenario.placements
    assert windows_of(lisbon.work) == [("Tue 02 10:00", "11:00", 2)]
    assert windows_of(manila.work, "Asia/Manila") == [("Tue 02 10:00", "11:00", 2)]
    assert lisbon.said is None


def test_an_hour_stays_where_it_is_when_clocks_change() -> None:
    scenario = Scenario.from_text(
        DESK.replace("2026-06-01", "2026-03-23") + "meetings: [{people: 1}]"
    )  # the clocks go forward on 29 March
    [found] = with_quiet_hour(scenario, 0, 600).placements
    assert windows_of(found.work) == [("Mon 23 10:00", "11:00", 1), ("Mon 30 10:00", "11:00", 1)]
    first, second = found.work.windows
    assert second.start - first.start == 7 * 96 - 4


def test_mistakes() -> None:
    with pytest.raises(ScenarioError) as caught:
        Scenario.from_text(
            DESK + "meetings: [{repeat_for: sites}, {name: a, length: 20 min}]\n"
            "planned_work: [{name: b, people: 1, length: 1 h, from: 10:00}, "
            "{name: c, minutes: 60 min a day, length: 1 h}]"
        )
    found = [str(message).split(": ", 1)[1] for message in caught.value.messages]
    assert found == [
        'meetings[0].repeat_for: "sites" is not known here; write one of each site, nights',
        "meetings[1].length: meetings start on quarter-hours and last whole ones; "
        "write it like tue 10:00 and 30 min",
        "planned_work[0].from: does not go with length; write from and to without it",
        "planned_work[1].length: does not go with minutes; write between",
    ]


def shift(agent: str, day: int, hour: int, pause: int | None = None) -> Shift:
    start = datetime(2026, 6, day, hour - 1, tzinfo=UTC)  # Lisbon is an hour ahead
    rest = None if pause is None else datetime(2026, 6, day, pause - 1, tzinfo=UTC)
    length = timedelta(hours=8)
    return Shift(
        start, agent, start + length, date(2026, 6, day), "day", LISBON, "work", rest, 60 if rest else 0
    )


def test_who_is_there() -> None:
    scenario = Scenario.from_text(DESK + "meetings: [{on: 'tue, thu 14:00'}]")
    shifts = (shift("Ana", 2, 9), shift("Bruno", 2, 9, pause=14), shift("Bruno", 4, 9, pause=13))
    found = attendance(Rota("desk", date(2026, 6, 1), 14, (), shifts), scenario)
    assert [(f.start.day, f.asked, f.there, f.away) for f in found] == [
        (2, 2, ("Ana",), ("Bruno",)),  # Bruno is on his break, Carla on leave
        (4, 3, ("Bruno",), ("Ana", "Carla")),
        (9, 3, (), ("Ana", "Bruno", "Carla")),
        (11, 3, (), ("Ana", "Bruno", "Carla")),
    ]


def test_a_plan_tells_the_choice_and_who_is_there() -> None:
    text = DESK + "meetings: [{name: weekly, people: 2}]\nsolve: {effort: quick, rounds: 1, replications: 2}"
    made = plan(Scenario.from_text(text))
    [entry] = plan_record(made)["planned_work"]
    assert (entry["work"], entry["person_hours"]) == ("weekly", 4.0)
    assert [(len(each["on_duty"]) >= 2, each["people"]) for each in entry["attendance"]] == [(True, 2)] * 2
    told = [str(line) for line in summary(made)]
    assert [line for line in told if line.startswith("notice: weekly: placed ")]
    assert [line for line in told if line.startswith("weekly: on duty then are ")]


def test_a_stated_need_has_meetings_too() -> None:
    text = """
zone: UTC
period: {first_day: 2026-06-01, weeks: 1}
people: 4
need: {seat: 1}
opening_hours: [{days: mon-fri, open: 09:00, close: 17:00}]
shifts: [{name: day, start: 09:00, paid_hours: 8}]
meetings: [{people: 2}]
solve: {effort: quick}
"""
    made = plan(Scenario.from_text(text))
    [entry] = plan_record(made)["planned_work"]
    assert (entry["person_hours"], entry["done_share"]) == (2.0, None)
    assert len(entry["attendance"][0]["on_duty"]) == 3  # one on the seat, two in the meeting


def test_nobody_meets_before_the_doors_open_when_only_early_starters_are_there() -> None:
    """No contact comes at 08:30, but two of three possible shifts begin later."""
    early = DESK.replace("start: 09:00", "start: 08:30-09:30 every 30 min").replace("leave: 2026-06-02", "")
    scenario = Scenario.from_text(early + "meetings: [{name: weekly, who: all, length: 30 min}]")
    (placement,) = scenario.placements
    for window in placement.work.windows:
        at = local_at(window.start, LISBON)
        assert (9, 30) <= (at.hour, at.minute) <= (16, 0)


def test_an_hour_that_too_few_can_reach_is_not_taken() -> None:
    """Two must be there: Ana alone works in the evening, when nothing is expected."""
    text = (
        DESK.replace(
            "{name: day, start: 09:00, paid_hours: 8}", "{name: day, start: 09:00, paid_hours: 8, teams: day}"
        )
        .replace("name: Bruno, languages: en", "name: Bruno, languages: en, teams: day")
        .replace("name: Carla, languages: en", "name: Carla, languages: en, teams: day")
        .replace(
            "paid_hours: 8, teams: day}",
            "paid_hours: 8, teams: day}, {name: late, start: 12:00, paid_hours: 8}",
        )
        .replace("close: 17:00", "close: 20:00")
    )
    scenario = Scenario.from_text(
        text + "planned_work: [{name: course, what: training, length: 1 h, people: 3}]"
    )
    (placement,) = scenario.placements
    for window in placement.work.windows:
        at = local_at(window.start, LISBON)
        assert 9 <= at.hour <= 16
