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
    "rest_after_on_call": {"hours": "11 h"},
    "fair_share": {"of": "nights", "a_week": 0.5},
    "average_hours": {"hours": "38 h 40 min", "weeks": 4},
    "max_on_call": {"duties": 2, "per": "week"},
    "requests": {"want": "off", "days": "2026-03-25, 2026-04-01", "shifts": "day", "penalty": 20},
    "fixed_shifts": {"shifts": "night", "weekdays": "fri", "start": "22:00"},
    "working_window": {"inside": "08:00-20:00"},
    "no_work_on": {"any_part": True},
    "allowed_shifts": {"only": "day"},
    "break_law": {"after": "6 h", "minutes": 30},
    "max_stretch": {"hours": "5 h"},
    "max_night_length": {"hours": "8 h"},
    "rest_after_nights": {"hours": "46 h"},
    "days_off_after_nights": {"days": 2},
    "forbidden_successions": {"after": "night", "not_then": "day", "days": 2},
    "min_days_in_row": {"days": 3},
    "max_days_off_in_row": {"days": 4},
    "min_nights_in_row": {"nights": 2},
    "max_night_weeks_in_row": {"weeks": 2},
    "max_weekends_in_row": {"weekends": 1},
    "max_sundays_in_row": {"sundays": 1},
    "shift_blocks": {"shifts": "night", "at_least": 2, "at_most": 3},
    "max_early_in_row": {"days": 2},
    "max_long_in_row": {"days": 2, "hours": "9 h"},
    "period_hours": {"at_least": "24 h", "at_most": "40 h", "per": "fortnight"},
    "shifts_of_type": {"shifts": "night", "at_least": 1, "at_most": 2, "per": "week"},
    "overtime": {"above": "contract", "penalty": 4},
    "free_sundays": {"sundays": 2},
    "max_public_holidays": {"holidays": 0},
    "pooled_weekly_rest": {"hours": "35 h"},
    "rest_every": {"hours": "36 h", "days": 7},
    "stable_starts": {"hours": "2 h"},
    "quick_returns": {"shorter_than": "11 h", "at_most": 1, "per": "fortnight"},
    "keep_published": {
        "shifts": ["2026-03-24 day 09:00", "2026-03-27 day 09:00", "2026-03-28 night 22:00"],
    },
}
UNSEEN = {"max_stretch": 1}
"""What the shapes cannot see: where a break is placed is for the judge alone."""
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
    assert all(v.hard == rule.hard and not v.before_period and v.rule == name for v in found)
    assert found == tuple(sorted(found, key=lambda v: (v.day, v.agent)))
    read = sum(
        amounts(shape, people[agent], [option_of(shift, FIRST) for shift in rota.tour(agent)])
        for agent, asked in rules.items()
        for each in asked
        for shape in each.shapes(people[agent])
    )
    assert read + UNSEEN.get(name, 0) == sum(violation.amount for violation in found)
