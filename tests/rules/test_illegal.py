"""Illegal rotas from files: the judge finds exactly what is stated, by how much and where."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from planner.people import Agent, Site, Team
from planner.rota import ShiftType, option_of, read_rota
from planner.rules import REGISTRY, amounts, calendars, judge

FOLDER = Path(__file__).parent / "illegal"
FIRST, DAYS = date(2026, 3, 23), 21
SETTINGS = {
    "minimum_rest": {"hours": "11 h"},
    "weekly_rest": {"hours": "35 h"},
    "max_days_in_row": {"days": 5},
    "days_off_in_row": {"days": 2},
    "max_nights": {"nights": 3},  # two in three weeks
    "max_nights_in_row": {"nights": 3},
    "weekly_hours": {"at_most": "contract", "at_least": "contract"},
    "shifts_a_week": {"at_most": 5, "at_least": 4},
    "max_weekends": {"weekends": 1},
    "max_shift_length": {"hours": "8 h"},
    "on_call_rest": {"hours": "12 h"},
    "fair_share": {"of": "nights", "a_week": 0.5},
    "average_hours": {"hours": "38 h 40 min", "weeks": 4},
    "max_on_call": {"duties": 2, "per": "week"},
}
TYPES = [ShiftType("day", (540,), 480), ShiftType("night", (1320,), 480)]


@pytest.fixture
def team() -> Team:
    """Anna in Rome, on leave on 25 March and employed until 10 April; Bo in Manila, no nights."""
    anna = Agent("Anna", "Rome", "Europe/Rome", {})
    bo = Agent("Bo", "Manila", "Asia/Manila", {}, nights=False)
    return Team((anna, bo), (Site("Rome", "Europe/Rome", "Rome"), Site("Manila", "Asia/Manila", "PH")))


def expected(name: str) -> list[tuple[str, str, int, str]]:
    with open(FOLDER / "expected.csv", encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["file"] == name]
    return sorted((row["day"], row["agent"], int(row["amount"]), row["unit"]) for row in rows)


def of_leave(team: Team, name: str) -> Team:
    """Leave and contract matter in one file only."""
    if name != "unavailable":
        return team
    anna = replace(
        team.agents[0], unavailable=frozenset({date(2026, 3, 25)}), available_until=date(2026, 4, 10)
    )
    return Team((anna, team.agents[1]), team.sites)


@pytest.mark.parametrize("name", list(REGISTRY))
def test_stated_amounts(name, team):
    team = of_leave(team, name)
    rota = read_rota(FOLDER / f"{name}.csv", team, TYPES, FIRST, DAYS)
    people = calendars(team, TYPES, FIRST, DAYS)
    rule = REGISTRY[name](**SETTINGS.get(name, {}))
    if name == "weekly_hours":  # Bo has no shift at all, which is another file's matter
        people["Bo"] = replace(people["Bo"], counted_lengths=())
    rules = {"Anna": (rule,), "Bo": (rule,) if name in ("no_nights", "weekly_hours") else ()}
    found = judge(rota, team, people, rules)
    assert sorted((v.day.isoformat(), v.agent, v.amount, v.unit) for v in found) == expected(name)
    assert all(v.hard and not v.before_period and v.rule == name for v in found)
    assert found == tuple(sorted(found, key=lambda v: (v.day, v.agent)))
    read = sum(
        amounts(shape, people[agent], [option_of(shift, FIRST) for shift in rota.tour(agent)])
        for agent, asked in rules.items()
        for each in asked
        for shape in each.shapes(people[agent])
    )
    assert read == sum(violation.amount for violation in found)
