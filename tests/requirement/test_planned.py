"""Planned work in the need: people who are away come on top of those who answer."""

from math import ceil

import numpy as np
import pytest

from planner._errors import InputError
from planner.clock import OpeningHours, OpeningLine
from planner.demand import PlannedWindow, PlannedWork, Promise, Queue, Volumes
from planner.people import Agent, Role, Team, skills
from planner.requirement import NeedSettings, RoleNeed, require, required_agents, with_cut

ALWAYS = OpeningHours("UTC", (OpeningLine(frozenset(range(7)), True, 0, 1440),))
PHONE_EN = Queue("phone en", "phone", "en", 370.0, Promise(0.8, 20.0))
PHONE_FR = Queue("phone fr", "phone", "fr", 300.0, Promise(0.8, 20.0))
EMAIL_EN = Queue("email en", "email", "en", 600.0, Promise(0.9, 14400.0))
ADA = Agent("Ada", "", "UTC", {"en": None, "fr": None})
BEN = Agent("Ben", "", "UTC", {"en": None}, teams=frozenset({"project"}))
FAY = Agent("Fay", "", "UTC", {"fr": None})


def need_of(rows, queues, planned, agents=(ADA, BEN), roles=(), minutes=30, **decided):
    team = Team(tuple(agents))
    mean = np.array([np.asarray(row, dtype=float) for row in rows.values()])
    zeros = np.zeros(mean.shape[1], dtype=int)
    volumes = Volumes(tuple(rows), 960, minutes, mean, mean, mean, {}, zeros, zeros)
    table = skills(team, queues, [Role(role.role) for role in roles], planned)
    hours = {queue.name: ALWAYS for queue in queues}
    return require(volumes, queues, team, table, hours, NeedSettings(**decided), roles, planned)


def row(need, *names):
    return need.required[need.sets.index(frozenset(names))].tolist()


def training(people=2, start=962, end=966, name="training", **more):
    return PlannedWork(name, "training", windows=(PlannedWindow(start, end, people),), **more)


def test_people_in_a_training_come_on_top_of_those_who_answer():
    need = need_of({"phone en": [10.0] * 4}, [PHONE_EN], [training()], busy_inside_shift=0.15)
    net = required_agents(10 / 1800, 370.0, 20.0, target=0.8)
    gross = ceil(net / 0.85)
    assert need.queues == ("phone en", "training")
    assert need.groups == (("phone en", "training"),)
    assert need.open[1].tolist() == [False, True, True, False]
    assert row(need, "training") == [0, 2, 2, 0]
    assert row(need, "phone en") == [gross] * 4
    # divided by the share of time that is free: those who answer, not those who are away
    assert row(need, "phone en", "training") == [0, gross + 2, gross + 2, 0]
    why = need.why[need.why["set"] == "phone en + training"]
    assert why["reason"].tolist() == ["closed", "planned work", "planned work", "closed"]
    assert why["net"].tolist() == [0, net + 2, net + 2, 0]
    assert why["method"].unique().tolist() == ["Erlang C and planned work"]
    assert why["predicted_service"].iloc[1] == need.why["predicted_service"].iloc[1]
    assert np.isnan(why["predicted_service"].iloc[0])
    alone = need.why[need.why["set"] == "training"]
    assert alone["method"].unique().tolist() == ["planned work"]
    assert alone["load_erlangs"].tolist() == [0.0, 2.0, 2.0, 0.0]


def test_a_window_counts_in_every_interval_that_it_touches():
    need = need_of({"phone en": [1.0] * 3}, [PHONE_EN], [training(1, 963, 965)], minutes=60)
    assert row(need, "training") == [1, 1, 0]
    before = need_of({"phone en": [1.0] * 3}, [PHONE_EN], [training(1, 900, 961)])
    assert row(before, "training") == [1, 0, 0]
    assert not any(row(need_of({"phone en": [1.0]}, [PHONE_EN], [training(1, 900, 950)]), "training"))


def test_the_minimum_on_duty_counts_who_is_in_a_training():
    need = need_of({"phone en": [0.5] * 4}, [PHONE_EN], [training(1)], presence={"phone en": 2, "all": 3})
    assert row(need, "phone en") == [3] * 4
    assert len(need.sets) == 2  # one answers, one is away, and three are there in any case
    more = need_of({"phone en": [0.5] * 4}, [PHONE_EN], [training(3)], presence={"phone en": 2, "all": 3})
    assert row(more, "phone en", "training") == [0, 4, 4, 0]


def test_the_union_is_joined_where_everybody_may_come():
    rows = {"phone en": [10.0] * 4, "phone fr": [8.0] * 4}
    need = need_of(rows, [PHONE_EN, PHONE_FR], [training()], agents=(ADA, BEN, FAY))
    pool = row(need, "phone en", "phone fr")
    assert row(need, "phone en", "phone fr", "training") == [0, pool[1] + 2, pool[2] + 2, 0]
    # the rest is said by that row: everybody counts for the training
    assert len(need.sets) == 5


def test_work_of_a_team_is_joined_with_each_live_set():
    rows = {"phone en": [10.0] * 4, "phone fr": [8.0] * 4}
    project = training(1, team="project", name="project")
    need = need_of(rows, [PHONE_EN, PHONE_FR], [project], agents=(ADA, BEN, FAY))
    assert row(need, "phone en", "project")[1] == row(need, "phone en")[1] + 1
    assert row(need, "phone en", "phone fr", "project")[1] == row(need, "phone en", "phone fr")[1] + 1


def test_several_works_at_a_time_add_up():
    works = [training(2), training(1, 964, 970, "meeting")]
    need = need_of({"phone en": [10.0] * 5}, [PHONE_EN], works)
    calls = row(need, "phone en")[0]
    both = row(need, "phone en", "training", "meeting")
    assert both == [0, calls + 2, calls + 3, calls + 1, calls + 1]
    # everybody may come to both, so nothing else says more
    assert [sorted(names) for names in need.sets] == [
        ["phone en"],
        ["training"],
        ["meeting"],
        ["meeting", "phone en", "training"],
    ]
    # one queue is no pool, however many works go on beside it
    assert not any("pooled" in method for method in need.why["method"])


def test_a_meeting_of_strangers_does_not_pool_them():
    rows = {"phone en": [10.0] * 4, "phone fr": [8.0] * 4}
    need = need_of(rows, [PHONE_EN, PHONE_FR], [training(1)], agents=(BEN, FAY))
    english, french = row(need, "phone en"), row(need, "phone fr")
    assert need.groups == (("phone en", "phone fr", "training"),)
    assert need.blocks == ((0, 1, 2, 3, 4),)
    # one block now, so that what each misses must still add up
    assert row(need, "phone en", "phone fr") == [a + b for a, b in zip(english, french, strict=True)]
    everybody = row(need, "phone en", "phone fr", "training")
    assert everybody == [0, english[1] + french[1] + 1, english[2] + french[2] + 1, 0]
    assert "added up" in set(need.why["method"])


def test_movable_work_asks_for_nobody_at_any_one_time():
    calls = PlannedWork(
        "call-backs", "call-backs", fixed=False, windows=(PlannedWindow(960, 964, work_seconds=3600.0),)
    )
    need = need_of({"phone en": [10.0] * 4}, [PHONE_EN], [calls])
    assert row(need, "call-backs") == [0, 0, 0, 0]
    assert need.why[need.why["set"] == "call-backs"]["load_erlangs"].tolist() == [1.0, 1.0, 0.0, 0.0]
    assert need.open[1].tolist() == [True, True, False, False]
    assert len(need.sets) == 2


def test_planned_work_of_people_who_answer_tickets():
    need = need_of({"email en": [2.0] * 4}, [EMAIL_EN], [training(1)])
    assert row(need, "training") == [0, 1, 1, 0]
    assert need.groups == (("email en", "training"),)


def test_names_that_do_not_fit_are_refused_together():
    works = [training(1, name="phone en"), training(1, name="b", queues=("phone de",)), training(1, name="b")]
    with pytest.raises(InputError) as caught:
        need_of({"phone en": [1.0]}, [PHONE_EN], works)
    assert [message.code for message in caught.value.messages] == [
        "requirement.planned_name",
        "requirement.planned_queue",
        "requirement.planned_name",
    ]


def test_roles_say_what_they_take():
    role = RoleNeed("engineer", share=0.05, handle_seconds=2400.0)
    need = need_of({"phone en": [1.0]}, [PHONE_EN], [training(1)], roles=[role])
    assert need.queues == ("phone en", "training", "engineer")
    assert row(need, "engineer") == [1]


def test_a_second_language_makes_work_longer():
    slow = Agent("Ada", "", "UTC", {"en": None, "fr": None}, slower={"fr": 1.4})
    rows = {"phone fr": np.full(4, 60.0)}
    need = need_of(rows, [PHONE_FR], [], agents=(slow, FAY))
    assert row(need, "phone fr") == [required_agents(60 / 1800, 300.0 * 1.2, 20.0, target=0.8)] * 4
    assert need.why["load_erlangs"].tolist() == pytest.approx([60 * 300 * 1.2 / 1800] * 4)


def test_a_cut_of_a_queue_holds_while_people_are_away():
    need = need_of({"phone en": [10.0] * 4}, [PHONE_EN], [training()])
    more = with_cut(need, frozenset({"phone en"}), np.array([1, 2, 0, 1]))
    assert need.planned == more.planned == ("training",)
    calls, joined = row(need, "phone en"), row(need, "phone en", "training")
    assert row(more, "phone en") == [calls[0] + 1, calls[1] + 2, calls[2], calls[3] + 1]
    assert row(more, "phone en", "training") == [0, joined[1] + 2, joined[2], 0]
    assert row(more, "training") == row(need, "training")
    # a cut of the training itself is its own
    again = with_cut(need, frozenset({"training"}), np.ones(4))
    assert row(again, "phone en", "training") == joined
