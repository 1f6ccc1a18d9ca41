"""The need as people read it, from hand-made needs with known answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pandas as pd
import pytest

from planner.clock import quarter_of
from planner.demand import PlannedWindow, PlannedWork, Promise, Spread, Volumes
from planner.people import Site, Team
from planner.requirement import Backlog, Need, NeedSettings
from planner.study import Scenario, demand_and_need, need_lines, need_view
from planner.study.charts import need_heat_map, reason_bars
from planner.study.charts.need import COLOURS, reason_in_words
from planner.study.goals import promise_text

MONDAY = quarter_of(datetime(2026, 3, 2, tzinfo=UTC))
HOURS = 168
PHONE, MAIL, BOTH, ROLE = (
    frozenset({"phone"}),
    frozenset({"mail"}),
    frozenset({"phone", "mail"}),
    frozenset({"engineer"}),
)


def row_of(name, gross, net=0, load=0.0, presence=0, reason="service level", method="Erlang A", level=np.nan):
    """Rows of ``why`` of one set, an hour each; numbers are the same every hour unless given as arrays."""
    return pd.DataFrame(
        {
            "interval": np.arange(HOURS),
            "set": name,
            "load_erlangs": np.broadcast_to(np.asarray(load, float), HOURS),
            "net": np.broadcast_to(np.asarray(net), HOURS),
            "presence": np.broadcast_to(np.asarray(presence), HOURS),
            "gross": np.broadcast_to(np.asarray(gross), HOURS),
            "reason": np.broadcast_to(np.asarray(reason, dtype=object), HOURS),
            "method": method,
            "predicted_service": np.broadcast_to(np.asarray(level, float), HOURS),
        }
    )


def need_of(*rows, sets=None, queues=("phone", "mail", "engineer"), groups=(("phone", "mail"),)):
    """A week from Monday 00:00 UTC of hours."""
    sets = sets or tuple(frozenset(part["set"].iloc[0].split(" + ")) for part in rows)
    return Need(
        "id",
        MONDAY,
        60,
        queues,
        sets,
        np.vstack([part["gross"].to_numpy() for part in rows]),
        (),
        groups,
        np.ones((len(queues), HOURS), dtype=bool),
        pd.concat(rows, ignore_index=True),
    )


@pytest.fixture
def need():
    """The phone needs 4 at work (5 on duty) on Tuesday 10:00; at night one person is the minimum for both."""
    busy = np.zeros(HOURS, dtype=bool)
    busy[24 + 10] = True
    day = np.tile((np.arange(24) >= 8) & (np.arange(24) < 20), 7)
    phone = row_of(
        "phone",
        gross=np.where(busy, 5, np.where(day, 3, 1)),
        net=np.where(busy, 4, np.where(day, 2, 1)),
        load=np.where(busy, 2.1, np.where(day, 0.9, 0.01)),
        level=np.where(busy, 0.81, np.where(day, 0.9, 0.99)),
    )
    mail = row_of("mail", gross=0, load=0.5, reason="backlog", method="backlog")
    both = row_of("phone + mail", gross=2, presence=2, reason="presence", method="presence")
    role = row_of("engineer", gross=1, presence=1, reason="presence", method="on call")
    return need_of(phone, mail, both, role)


@pytest.fixture
def volumes():
    """A tenth of a call an hour by night, and 4 mails an hour by day."""
    day = np.tile((np.arange(24) >= 8) & (np.arange(24) < 20), 7)
    mean = np.vstack([np.where(day, 6.0, 0.1), np.where(day, 4.0, 0.3)])
    mean[1, 5 * 24 + 3] = 0.1
    index = np.arange(HOURS) // 24
    spread = {"phone": Spread(), "mail": Spread()}
    return Volumes(("phone", "mail"), MONDAY, 60, mean, mean, mean, spread, index, index * 0)


def said(messages):
    return [str(message) for message in messages]


def test_people_of_a_set_and_of_all(need):
    assert need_view.sets_of(need) == ("phone", "mail", "phone + mail", "engineer")
    assert need_view.people_of(need, "phone")[34] == 5
    assert need_view.people_of(need)[[0, 12, 34]].tolist() == [2, 3, 5]
    assert need_view.people_of(need, "engineer").tolist() == [1] * HOURS


def test_hours_are_on_the_clock_asked_for(need):
    assert need_view.hours_of_week(need, "UTC")[:2].tolist() == [0, 1]
    assert need_view.hours_of_week(need, "Europe/Rome")[0] == 1
    assert need_view.hours_of_week(need, "America/New_York")[0] == 6 * 24 + 19


def test_the_busiest_hour_and_the_service_predicted(need, volumes):
    lines = said(need_lines.set_lines(need, volumes, "phone", "UTC"))
    assert lines == [
        "Most people are needed on Tue 10:00: 5 on duty. 2.1 are busy at once on average with phone; "
        "the number is decided by the answer time that is promised (Erlang A).",
        "With so many people 90 % of customers are answered as promised; "
        "the weakest hour is Tue 10:00 with 81 %.",
    ]


def test_a_quiet_hour_is_presence_not_load(need, volumes):
    lines = said(need_lines.set_lines(need, volumes, "phone + mail", "Europe/Rome"))
    assert lines == [
        "Most people are needed on Mon 01:00: 2 on duty, because of the minimum on duty.",
        "Sat 04:00: 0.2 contacts in this hour; you staff for presence, not for load."
        " So it is in 50 % of the open hours.",
    ]


def test_everybody_together_takes_the_set_that_decides(need, volumes):
    busiest, quiet = said(need_lines.set_lines(need, volumes, "", "UTC"))
    assert busiest.startswith("Most people are needed on Tue 10:00: 5 on duty.")
    assert quiet.startswith("Sat 03:00: 0.2 contacts")
    apart = need_of(row_of("phone", 2, 1, 0.5), row_of("mail", 1, 1, 0.2), groups=(("phone",), ("mail",)))
    assert need_lines.set_lines(apart, volumes, "", "UTC") == ()


def test_nothing_is_said_of_what_nobody_worked_out(need, volumes):
    stated = Need(
        "id", MONDAY, 60, ("seat",), (frozenset({"seat"}),), np.ones((1, HOURS), int), (), (("seat",),),
        np.ones((1, HOURS), bool),
    )  # fmt: skip
    for name in ("", "seat"):
        assert need_lines.set_lines(stated, None, name, "UTC") == ()
    assert need_view.reason_table(stated).empty
    assert said(need_lines.shrinkage_lines(stated, NeedSettings())) == [
        "At least 168 person-hours on duty a week take 4.2 people of 40 h; the scenario counts no leave or"
        " sickness as a share (dated leave stands in the team file)."
    ]


def test_reasons_are_shares_of_open_hours(need):
    half = np.where(np.arange(HOURS) % 2 == 0, "closed", "presence").astype(object)
    half[1::4] = "occupancy"
    table = need_view.reason_table(need_of(row_of("phone", 1, 1, 1.0, reason=half)))
    assert table.to_dict("records") == [
        {"set": "phone", "reason": "occupancy", "hours": 42.0, "share": 50.0},
        {"set": "phone", "reason": "presence", "hours": 42.0, "share": 50.0},
    ]
    shares = need_view.reason_table(need).groupby("set")["share"].sum()
    assert shares.tolist() == pytest.approx([100.0] * 4)


DUTY = {
    "both": (
        {"busy_inside_shift": 0.15, "no_shows": 0.03},
        "4 at work → 5 on duty. Of the time on duty 15 % go into meetings, training and breaks that the rota "
        "does not place, and 3 % of the people do not come at the last minute: 4 / (0.85 × 0.97) = 4.85, "
        "rounded up once.",
    ),
    "neither": (
        {},
        "4 at work → 4 on duty. The scenario counts nobody as busy inside the shift or missing at the last "
        "minute.",
    ),
    "small team": (
        {"no_shows": 0.07, "small_team_confidence": 0.99},
        "4 at work → 6 on duty. Each may fail to come (7 %), and 4 are there with 99 % certainty only when 6 "
        "are on duty.",
    ),
    "small busy team": (
        {"busy_inside_shift": 0.15, "no_shows": 0.07, "small_team_confidence": 0.99},
        "4 at work → 7 on duty. 15 % of the time on duty go into meetings, training and unplaced breaks, "
        "which makes 5; each may fail to come (7 %), "
        "and 5 are there with 99 % certainty only when 7 are on duty.",
    ),
}


@pytest.mark.parametrize("case", DUTY)
def test_from_work_to_duty(case):
    settings, line = DUTY[case]
    gross = int(line.split("→ ")[1].split(" ")[0])
    found = need_lines.shrinkage_lines(need_of(row_of("phone", gross, 4, 2.0)), NeedSettings(**settings))
    assert str(found[0]) == f"phone: {line}"


def test_a_minimum_on_duty_is_not_divided():
    floor = need_of(row_of("phone", 4, 1, 0.1, presence=4, reason="presence"))
    found = str(need_lines.shrinkage_lines(floor, NeedSettings(busy_inside_shift=0.15))[0])
    assert found.startswith("phone: 1 at work at most. The minimum on duty, 4 people, is more than")


def test_absence_sizes_the_team_only(need):
    lines = said(need_lines.shrinkage_lines(need, NeedSettings(absence=0.16), 35.0, "phone + mail"))
    assert lines[0].startswith("phone: 4 at work → 5 on duty.")
    hours = need_view.people_of(need).sum()
    assert lines[1] == (
        "Leave and sickness (16 %) add nobody to a duty; they size the team: "
        f"at least {hours} person-hours on duty a week take {hours / 35 / 0.84:.1f} people of 35 h."
    )


def test_work_that_can_wait_sizes_the_team_too(need):
    """Two people day and night do 10 units an hour each; 1 000 more on Monday take 98 hours more."""
    hours = 168
    arriving, none = np.zeros(hours, dtype=np.int64), np.zeros(hours, dtype=np.int64)
    arriving[9] = 1000
    floor = need_of(row_of("phone + mail", gross=2, presence=2, reason="presence", method="presence"))
    row = Backlog(frozenset({"mail"}), arriving, none, 10, ((frozenset({"phone", "mail"}), none),))
    lines = said(need_lines.shrinkage_lines(replace(floor, backlogs=(row,)), NeedSettings(), 40.0))
    assert (
        f"At least {2 * hours + 98} person-hours on duty a week, for work that can wait as well, take"
        in lines[-1]
    )
    assert f"take {(2 * hours + 98) / 40:.1f} people of 40 h" in lines[-1]


def test_full_time_is_the_first_site_s():
    assert need_lines.full_time_hours(Team(())) == 40.0
    assert (
        need_lines.full_time_hours(Team((), (Site("Paris", "Europe/Paris", full_time_minutes=2100),))) == 35.0
    )


def test_people_of_planned_work_are_not_divided():
    taken = row_of("phone + training", 9, 9, 2.0, reason="planned work", method="Erlang A and planned work")
    with_work = need_of(
        row_of("phone", 3, 2, 1.0), taken, queues=("phone", "training"), groups=(("phone", "training"),)
    )
    found = str(need_lines.shrinkage_lines(with_work, NeedSettings(busy_inside_shift=0.3))[0])
    assert found.startswith("phone: 2 at work → 3 on duty.")


def test_planned_work_is_listed():
    training = PlannedWork("course", "training", windows=(PlannedWindow(MONDAY + 40, MONDAY + 48, people=2),))
    windows = (
        PlannedWindow(MONDAY, MONDAY + 32, work_seconds=7200.0),
        PlannedWindow(MONDAY + 96, MONDAY + 128),
    )
    calls = PlannedWork("calls back", "call-backs", fixed=False, windows=windows)
    alone = PlannedWork("one", "project", windows=(PlannedWindow(MONDAY, MONDAY + 4, people=1),))
    assert need_view.planned_table((alone,), "UTC")["how"][0] == "1 person away for the whole time"
    found = need_view.planned_table((training, calls, PlannedWork("none", "project")), "Europe/Rome")
    assert found.values.tolist() == [
        ["course", "training", "2 people away for the whole time", 1, 4.0, "Mon 02 Mar 11:00"],
        ["calls back", "call-backs", "whoever is free, within its time", 2, 2.0, "Mon 02 Mar 01:00"],
        ["none", "project", "0 people away for the whole time", 0, 0.0, ""],
    ]
    assert list(need_view.planned_table((), "UTC").columns) == list(found.columns)


def test_rounds_say_what_was_added():
    asked = [{"queues": ["fr", "it"], "hours": [33, 34], "person_hours": 6.0, "z": 0.0},
             {"queues": ["mail"], "hours": [], "person_hours": 0.0, "z": 0.5},
             {"queues": ["mail"], "hours": [], "person_hours": -3.0, "z": 0.0}]  # fmt: skip
    rounds = [
        {"number": 1, "missed": ["it"], "asked": [], "brought": {}, "chosen": False},
        {"number": 2, "missed": [], "asked": asked, "brought": {"it": 0.118, "fr": -0.006}, "chosen": True},
    ]
    found = need_view.round_table(rounds)
    assert found["asked"].tolist() == [
        "nothing",
        "fr + it: +6.0 person-hours (hours of the week: 2); mail: safety +0.50; mail: -3.0 person-hours",
    ]
    assert found["brought"].tolist() == ["", "it +11.8, fr -0.6"]
    assert found["missed"].tolist() == ["it", ""]
    assert found["chosen"].tolist() == ["", "this one"]


def test_promises_read_as_scenarios_write_them():
    assert promise_text(Promise(0.9, 0.0, "by weekday", (0, 600))) == "90% by Monday 10:00"
    assert promise_text(Promise(0.9, 3600.0, "after opening")) == "90% by opening + 1 h"


def test_charts_of_a_set(need):
    heat = need_heat_map(need, "UTC", "phone").data[0]
    assert heat.z[1][10] == 5
    assert "phone" in need_heat_map(need, "UTC", "phone").layout.title.text
    bars = reason_bars(need_view.reason_table(need))
    assert [trace.name for trace in bars.data] == ["promise", "minimum on duty", "deferred work"]
    assert len({reason_in_words(reason) for reason in need_view.REASONS}) == len(COLOURS)
    assert list(bars.layout.yaxis.categoryarray) == ["engineer", "phone + mail", "mail", "phone"]
    assert list(bars.data[1].y) == ["phone + mail", "engineer"]
    assert reason_bars(need_view.reason_table(need).iloc[:0]).data == ()


def test_of_a_real_scenario():
    scenario = Scenario.from_text(
        "volume: {chat en: 60 a weekday, email en: 30 a weekday}\n"
        "people: {count: 6}\nminimum_on_duty: {all: 1}\n"
        "queues:\n  - {name: chat en, channel: chat, language: en, aht: 8 min, promise: 80% within 60 s}\n"
        "  - {name: email en, channel: email, language: en, aht: 6 min, promise: 90% within 4 h}\n"
    )
    _, volumes, need = demand_and_need(scenario)
    table = need_view.queue_table(scenario, need).set_index("queue")
    assert "is answered live" in table.loc["chat en", "because"]
    assert "deferred" in table.loc["email en", "because"]
    assert table.loc["email en", "method"] == "backlog"
    assert need_lines.set_lines(need, volumes, "chat en", scenario.zone)
    assert set(need_view.reason_table(need)["reason"]) <= set(need_view.REASONS)
