"""A pinned support case as the planner's own problem: agents, rules, need, pay.

Costs of the file are whole units; the problem counts them as currency (1 unit = 100 cents): 8 paid hours
at 2.00 are the 16 of a shift, the 6 extra is an allowance for starts from 20:00 to before 04:00, and a
missing agent-interval is 10.00. Requirement is additive, so the need lists every set of languages.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np

from planner.clock import quarter_of
from planner.demand import Promise, Queue
from planner.people import Agent, Site, Team, groups, skills
from planner.requirement import Need
from planner.rota import Allowance, ShiftType, pay_terms
from planner.rules import REGISTRY, Rule, calendars
from planner.scheduling import Problem

CENTS = 100


@dataclass(frozen=True)
class Case:
    """A file's content, and the problem that it is."""

    data: Mapping[str, Any]
    problem: Problem


def load_case(path: Path) -> Case:
    """Read a file and build its problem."""
    data = json.loads(path.read_text(encoding="utf-8"))
    return Case(data, problem_of(data))


def problem_of(data: Mapping[str, Any]) -> Problem:
    """The planner's own objects for a case."""
    first_day, days = date.fromisoformat(data["first_day"]), int(data["days"])
    queues = tuple(Queue(name, "chat", name, 300, Promise(0.8, 20)) for name in data["languages"])
    team = _team(data, first_day)
    shift, cost = data["shift"], data["cost"]
    paid_hours = (shift["presence_minutes"] - shift["break_minutes"]) / 60
    assert shift["starts"] == "every 60 min of the local day"
    assert cost["night"] == "a shift that starts at or after 20:00 or before 04:00, local"
    types = (
        ShiftType(
            "shift",
            tuple(range(0, 1440, 60)),
            shift["presence_minutes"],
            shift["break_minutes"],
            (shift["break_starts_after_minutes"],) * 2,
        ),
    )
    allowances = (Allowance((1200, 240), cost["night_extra"] * CENTS),)
    team = Team(
        tuple(_with_cost(agent, cost["shift"] / paid_hours) for agent in team.agents),
        team.sites,
    )
    known = calendars(team, types, first_day, days)
    return Problem(
        name=data["name"],
        need=_need(data, queues, groups(team, queues), first_day),
        team=team,
        skills=skills(team, queues),
        shift_types=types,
        first_day=first_day,
        days=days,
        calendars=known,
        rules={name_of(entry): _rules(data["rules"], entry) for entry in data["agents"]},
        pay=pay_terms(team, allowances=allowances),
        missing_cents=cost["missing_agent_interval"] * CENTS,
    )


def name_of(entry: Mapping[str, Any]) -> str:
    """Name of an agent of the file; sorts like its number."""
    return f"agent {entry['id']:03d}"


def _team(data: Mapping[str, Any], first_day: date) -> Team:
    zones = sorted({entry["zone"] for entry in data["agents"]})
    sites = tuple(Site(zone, zone) for zone in zones)
    agents = tuple(
        Agent(
            name=name_of(entry),
            site=entry["zone"],
            zone=entry["zone"],
            languages=dict.fromkeys(entry["languages"]),
            unavailable=frozenset(first_day + timedelta(days=day) for day in entry["days_off"]),
        )
        for entry in data["agents"]
    )
    return Team(agents, sites)


def _with_cost(agent: Agent, per_hour: float) -> Agent:
    return replace(agent, cost_per_hour=per_hour)


def _rules(limits: Mapping[str, Any], entry: Mapping[str, Any]) -> tuple[Rule, ...]:
    asked: tuple[tuple[str, dict[str, Any]], ...] = (
        ("one_shift_a_day", {}),
        ("unavailable", {}),
        ("minimum_rest", {"hours": limits["rest_minutes"] / 60}),
        ("max_days_in_row", {"days": limits["max_days_in_row"]}),
        ("days_off_in_row", {"days": limits["min_days_off_in_row"]}),
        (
            "shifts_a_week",
            {"at_most": entry["max_shifts_a_week"], "at_least": tuple(entry["min_shifts_by_week"])},
        ),
        ("max_weekends", {"weekends": limits["max_weekends"]}),
    )
    return tuple(REGISTRY[name](**settings) for name, settings in asked)


def _need(
    data: Mapping[str, Any], queues: tuple[Queue, ...], together: tuple[tuple[str, ...], ...], first_day: date
) -> Need:
    names = tuple(queue.name for queue in queues)
    demand = {name: np.array(data["demand"][name], dtype=np.int64) for name in names}
    sets = [subset for size in range(1, len(names) + 1) for subset in combinations(names, size)]
    required = np.array([sum(demand[name] for name in subset) for subset in sets])
    return Need(
        need_id=data["name"],
        first_quarter=quarter_of(datetime(first_day.year, first_day.month, first_day.day, tzinfo=UTC)),
        interval_minutes=int(data["interval_minutes"]),
        queues=names,
        sets=tuple(frozenset(subset) for subset in sets),
        required=required,
        backlogs=(),
        groups=together,
        open=np.ones((len(names), required.shape[1]), dtype=bool),
    )
