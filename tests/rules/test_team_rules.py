"""Rules over several people: shapes and judge alike on whole tiny worlds, examples by hand, settings read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest

from planner._errors import InputError
from planner.people import Agent, Site, Team
from planner.rota import Rota, ShiftType, option_of, options_for, shift_of
from planner.rules import (
    TEAM_REGISTRY,
    calendars,
    judge,
    read_rules,
    team_amount,
    team_rules_for,
    team_shapes,
)

TYPES = {"D": ShiftType("day", (480,), 480), "N": ShiftType("night", (1320,), 480)}
SITES = (Site("Rome", "Europe/Rome", night=(1320, 360)), Site("Porto", "Europe/Lisbon", night=(60, 300)))
PEOPLE = (
    Agent("Anna", "Rome", "Europe/Rome", {}, weekly_minutes=2400),
    Agent(
        "Ben", "Porto", "Europe/Lisbon", {}, weekly_minutes=1200, unavailable=frozenset({date(2026, 3, 7)})
    ),
    Agent("Cleo", "Rome", "Europe/Rome", {}, weekly_minutes=2400, nights=False, teams=frozenset({"days"})),
)
TEAM = Team(PEOPLE, SITES)
FIRST = date(2026, 3, 7)  # a Saturday
RULES = [
    pytest.param(rule(**settings), id=f"{name}-{number}")
    for name, rule in TEAM_REGISTRY.items()
    for number, settings in enumerate(rule.examples)
]


def shifts_of(agent, letters, first=FIRST):
    days = [(letter, first + timedelta(days=d)) for d, letter in enumerate(letters) if letter != "-"]
    return [
        shift_of(options_for(agent, [TYPES[letter]], day, 1)[0][0], agent, None, day) for letter, day in days
    ]


def broken(rule, tours, optional=(), first=FIRST, days=3):
    """What the judge finds and what the shapes come to, for letters by name."""
    made = {agent.name: shifts_of(agent, tours[agent.name], first) for agent in PEOPLE}
    theirs = calendars(TEAM, TYPES.values(), first, days)
    rota = Rota(
        "test", first, days, tuple(made), tuple(sorted(s for shifts in made.values() for s in shifts))
    )
    none = {agent.name: () for agent in PEOPLE}
    found = judge(rota, TEAM, theirs, none, (), (rule,), optional=optional)
    options = {name: [option_of(shift, first) for shift in shifts] for name, shifts in made.items()}
    read = sum(team_amount(shape, theirs, options) for shape in team_shapes([rule], theirs, optional))
    return found, read


@pytest.mark.parametrize("rule", RULES)
def test_shapes_and_judge_agree_on_every_rota_of_three_people(rule):
    outcomes = set()
    for world, optional in enumerate(((), ("Cleo",))):
        for letters in product("-DN", repeat=3):
            for other in product("-DN", repeat=3):
                tours = {
                    "Anna": letters,
                    "Ben": other,
                    "Cleo": ["-", "DN"[world], "D" if other[0] > "D" else "-"],
                }
                found, read = broken(rule, tours, optional)
                assert sum(violation.amount for violation in found) == read, (tours, optional)
                assert all(str(v.message) and v.amount > 0 and v.hard == rule.hard for v in found)
                outcomes.add(read > 0)
    assert outcomes == {True, False}


def test_clocks_that_change_and_nights_of_each_site():
    """In the night to 29 March the hour from 2 to 3 is missing in Rome, and that from 1 to 2 in Porto."""
    rule = TEAM_REGISTRY["most_on_shift"](most=0, nights=True)
    first = date(2026, 3, 28)
    ours = Team(PEOPLE[:2], tuple(replace(site, night=(120, 300)) for site in SITES))
    theirs = calendars(ours, TYPES.values(), first, 1)
    made = tuple(sorted(shifts_of(agent, "N", first)[0] for agent in ours.agents))
    rota = Rota("test", first, 1, ("Anna", "Ben"), made)
    [violation] = judge(rota, ours, theirs, {"Anna": (), "Ben": ()}, (), (rule,))
    assert (violation.agent, violation.amount, violation.day) == ("Ben", 1, first)


@pytest.mark.parametrize(
    ("name", "settings", "tours", "told"),
    [
        ("nobody_alone", {"nights": True}, ("N--", "---", "---"), [("Anna", 1)]),
        ("nobody_alone", {"nights": True}, ("N--", "N--", "---"), []),
        ("nobody_alone", {"shifts": "day", "at_least": 3}, ("D--", "D--", "---"), [("Anna", 1)]),
        ("nobody_alone", {"for": "Rome", "shifts": ["day"]}, ("D--", "D--", "---"), [("Anna", 1)]),
        ("most_on_shift", {"most": 1}, ("D--", "N--", "D--"), [("Cleo", 2)]),
        ("most_on_shift", {"most": 1, "for": "days"}, ("D--", "N--", "D--"), []),
        ("buddies", {"for": ["Anna", "Cleo"]}, ("D-D", "---", "D--"), [("Anna", 1)]),
        ("buddies", {"for": "Anna, Ben"}, ("DD-", "---", "---"), [("Anna", 1)]),  # Ben is on leave on day 0
        ("buddies", {"for": "Anna, Cleo", "shifts": "day"}, ("N--", "---", "D--"), [("Cleo", 1)]),
        ("buddies", {"for": "Anna, Cleo", "apart": True}, ("N--", "---", "D--"), [("Anna", 1)]),
        ("even_split", {"of": "nights", "share": "equal"}, ("NNN", "---", "---"), [("Anna", 1), ("Ben", 1)]),
        ("even_split", {"of": "nights"}, ("NN-", "--N", "---"), []),
        ("even_split", {"of": "weekends", "within": 0.6}, ("D--", "---", "---"), []),
        (
            "even_split",
            {"of": "shifts", "within": 0},
            ("DD-", "D--", "-D-"),
            [("Anna", 1), ("Ben", 1), ("Cleo", 1)],
        ),
        ("even_hours", {"within": "4 h"}, ("DD-", "D--", "DD-"), []),
        ("even_hours", {"within": "4 h"}, ("DD-", "---", "---"), [("Anna", 336), ("Cleo", 144)]),
    ],
)
def test_by_hand(name, settings, tours, told):
    rule = TEAM_REGISTRY[name](**settings)
    found, _read = broken(rule, dict(zip(("Anna", "Ben", "Cleo"), tours, strict=True)))
    assert sorted((violation.agent, violation.amount) for violation in found) == told


def test_scenario_files_name_both_kinds_of_rules():
    settings = [{"max_days_in_row": {"days": 5}}, {"nobody_alone": {"nights": "true", "for": "Rome"}}]
    assert [rule.name for rule in read_rules(settings)] == ["max_days_in_row"]
    assert [rule.name for rule in team_rules_for(TEAM, settings)] == ["nobody_alone"]


@pytest.mark.parametrize(
    ("setting", "answer"),
    [
        ({"nobody_alon": {}}, "did you mean nobody_alone?"),
        ({"most_on_shift": {}}, "most_on_shift needs most"),
        ({"most_on_shift": {"most": -1}}, "most: -1 is too small"),
        ({"even_split": {"of": "coffee"}}, '"coffee" is not known here'),
        ({"buddies": {"fro": ["Anna"]}}, "unknown; did you mean"),
    ],
)
def test_mistakes_are_told_like_those_of_other_rules(setting, answer):
    with pytest.raises(InputError) as caught:
        read_rules([setting])
    assert answer in str(caught.value.messages[0])


def test_names_that_nobody_bears_are_told():
    with pytest.raises(InputError, match="Benn"):
        team_rules_for(TEAM, [{"buddies": {"for": ["Anna", "Benn"]}}])


@pytest.mark.parametrize("rule", RULES)
def test_rule_says_itself(rule):
    assert str(rule.explain())
    assert rule.unit in {"minute", "day", "shift", "rest", "weekend"}
    assert rule.hard == (rule.price is None)
    shapes = rule.shapes(calendars(TEAM, TYPES.values(), FIRST, 3))
    assert shapes
    assert {(shape.rule, shape.price) for shape in shapes} == {(rule.name, rule.price)}
