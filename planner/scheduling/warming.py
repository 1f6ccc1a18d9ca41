"""Compiles the hot functions before anybody waits for them."""

from __future__ import annotations

from datetime import date

import numpy as np

from planner.clock import day_starts
from planner.demand import Promise, Queue
from planner.people import Agent, Site, Team, groups, skills
from planner.requirement import Backlog, Need
from planner.rota import ShiftType, pay_terms
from planner.rules import REGISTRY, Mark, Run, calendars
from planner.scheduling.automata import automata
from planner.scheduling.counters import run_counter
from planner.scheduling.crew import crew_of
from planner.scheduling.duties import Worker
from planner.scheduling.labelled import best_labelled
from planner.scheduling.problem import Problem
from planner.scheduling.search import Search
from planner.scheduling.totals import agreed

FIRST_DAY = date(2026, 1, 5)
STEPS = 3


def warm_up() -> None:
    """Compile what a solve runs hot, on a rota of two people and two days; quick where that was done before.

    Where the compiler is not installed, or its results are kept from an earlier start, it takes
    milliseconds. No rota depends on it.

    Examples
    --------
    >>> warm_up()
    """
    search = Search(crew_of(_tiny()), 1)
    search.first()
    for step in range(STEPS):
        search.step(step / STEPS)
    _labels(search.workers[0])


def _labels(worker: Worker) -> None:
    """The same for rules that do not fit the programme."""
    every = np.ones(len(worker.choices), np.int64)
    counter = run_counter(Run("days in a row", Mark(), most=1), every > 0, len(worker.person.days))
    auto = automata([counter], worker.programme, [every])
    assert auto is not None, "days off are allowed"
    agreed(worker.programme, auto, -worker.cents)
    best_labelled(worker.programme, auto, -worker.cents, prices=np.ones(1, np.int64))


def _tiny() -> Problem:
    """Two people, calls and deferred mail, hard and priced rules."""
    queues = (
        Queue("calls", "phone", "en", 300, Promise(0.8, 20)),
        Queue("mail", "email", "en", 300, Promise(0.9, 7200)),
    )
    agents = tuple(Agent(name, "hub", "UTC", {"en": None}, cost_per_hour=10.0) for name in "ab")
    team = Team(agents, (Site("hub", "UTC"),))
    types = (ShiftType("day", (480, 600), 480, break_minutes=60), ShiftType("night", (1320,), 480))
    hours = 48
    mail, each = frozenset({"mail"}), np.full(hours, 200)
    row = Backlog(mail, each, each * 2, 150, ((mail, each * 0),))
    need = Need(
        "warm",
        day_starts(FIRST_DAY, 1, "UTC")[0],
        60,
        ("calls", "mail"),
        (frozenset({"calls"}), mail),
        np.ones((2, hours), np.int64),
        (row,),
        groups(team, queues),
        np.ones((2, hours), bool),
    )
    rules = (
        REGISTRY["one_shift_a_day"].model_validate({}),
        REGISTRY["minimum_rest"].model_validate({"hours": 11}),
        REGISTRY["max_days_in_row"].model_validate({"days": 5, "penalty": 100}),
    )
    return Problem(
        name="warm",
        need=need,
        team=team,
        skills=skills(team, queues),
        shift_types=types,
        first_day=FIRST_DAY,
        days=2,
        calendars=calendars(team, types, FIRST_DAY, 2),
        rules={agent.name: rules for agent in agents},
        pay=pay_terms(team),
        missing_cents=10_000,
    )
