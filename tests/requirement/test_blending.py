"""Tickets between calls: when sharing people pays (facts of the design)."""

import math
from dataclasses import replace

import numpy as np
import pytest

from planner.clock import OpeningHours, OpeningLine
from planner.demand import Promise, Queue, Volumes
from planner.people import Agent, Team, skills
from planner.requirement import NeedSettings, require

ALWAYS = OpeningHours("UTC", (OpeningLine(frozenset(range(7)), True, 0, 1440),))
PHONE = Queue("phone", "phone", "en", 360.0, Promise(0.8, 20.0))
TICKETS = Queue("tickets", "email", "en", 900.0, Promise(0.9, 4 * 3600.0))
CALLS, WRITTEN = 6 * 1800 / 360, 2.5 * 1800 / 900  # contacts in half an hour that keep 6 and 2.5 people busy


def fewest(queues, team, **decided):
    """The same number of people all day, as few as the need lets do."""
    mean = np.array([np.full(96, {"phone": CALLS, "tickets": WRITTEN}[queue.name]) for queue in queues])
    days = np.arange(96) // 48
    names = tuple(queue.name for queue in queues)
    volumes = Volumes(names, 0, 30, mean, mean, mean, {}, days, days * 0)
    settings = NeedSettings(safety=0.0, **decided)
    need = require(volumes, queues, team, skills(team, queues), dict.fromkeys(names, ALWAYS), settings)
    people = int(need.required.max(initial=0))
    for row in need.backlogs:
        work = int(row.arriving[-48:].sum())
        while min(int((row.per_person * people - taken[-48:]).sum()) for _, taken in row.limits) < work:
            people += 1
    return people


BOTH = Team((Agent("Ada", "", "UTC", {"en": None}),))


def apart(**decided):
    return fewest([PHONE], BOTH, **decided) + fewest([TICKETS], BOTH, **decided)


@pytest.mark.parametrize(
    ("cap", "alone", "put_down", "held"),
    [
        (1.0, 12, 9, 12),
        # nobody is busy more than 85 % of the time: 8.5 erlang ask for 10 people
        (0.85, 12, 10, 12),
    ],
)
def test_six_erlang_of_calls_and_two_and_a_half_of_tickets(cap, alone, put_down, held):
    assert apart(occupancy_cap=cap) == alone
    assert fewest([PHONE, TICKETS], BOTH, occupancy_cap=cap) == put_down
    stubborn = replace(TICKETS, interruptible=False)
    assert fewest([PHONE, stubborn], BOTH, occupancy_cap=cap) == held


def test_never_fewer_than_the_work_and_never_more_than_apart():
    for cap in (0.7, 0.8, 0.9, 1.0):
        together = fewest([PHONE, TICKETS], BOTH, occupancy_cap=cap)
        assert math.ceil(8.5 / cap - 1e-9) <= together <= apart(occupancy_cap=cap)
