"""For every rule in the registry: shapes and judge measure every tour of a tiny world alike.

A rule that is dropped into the folder is tested here without an edit.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest

from planner.rules import REGISTRY

# Each world: its keywords for ``person``, and the choices of its days.
WORLDS = {
    "week": ({"days": 7}, ["-DN", "-D", "-DN", "-N", "-DN", "-DB", "-N"]),
    "carried": ({"days": 6, "carried": "-DD-NNN"}, ["-DN"] * 3 + ["-D", "-N", "-B"]),
    "week begun": (
        {"days": 6, "first_day": date(2026, 3, 5), "carried": "D--DDD-DDD"},
        ["-DN", "-D", "-DN", "-D", "-DN", "-N"],
    ),
    "clocks forward": ({"days": 7, "first_day": date(2026, 3, 23)}, ["-D"] * 3 + ["-N", "-DN", "-DN", "-D"]),
    "clocks back": ({"days": 7, "first_day": date(2026, 10, 19)}, ["-D"] * 3 + ["-N", "-DN", "-DN", "-D"]),
    "cyclic": ({"days": 7, "cyclic": True}, ["-DN", "-D", "-N", "-DN", "-D", "-DN", "-N"]),
    "two weekends": (
        {"days": 9, "first_day": date(2026, 3, 7)},
        ["-D"] * 2 + ["-", "D", "-", "D", "-"] + ["-N"] * 2,
    ),
    "leave": (
        {
            "days": 7,
            "first_day": date(2026, 3, 30),  # Easter Monday is the day after
            "holidays": "Rome",
            "unavailable": frozenset({date(2026, 4, 2)}),
            "available_until": date(2026, 4, 4),
            "nights": False,
        },
        ["-DN", "-D", "-N", "-DN", "-DN", "-D", "-N"],
    ),
    "leave begins": (
        {"days": 4, "carried": "--NND", "unavailable": frozenset({date(2026, 3, 2), date(2026, 3, 4)})},
        ["-D", "-DN", "-D", "-N"],
    ),
    "on call": ({"days": 6, "carried": "DKC-K"}, ["-CK"] * 4 + ["-CN", "-D"]),
    "on call, week begun": ({"days": 6, "first_day": date(2026, 3, 26), "carried": "DKCK"}, ["-CK"] * 5),
    "work after on call": ({"days": 5, "carried": "-DK"}, ["-KD"] * 3 + ["-CL", "-D"]),
    "on call for ever": ({"days": 7, "cyclic": True}, ["-CK", "-N"] * 3 + ["-K"]),
    "closed days": (
        {"days": 7, "closed": [date(2026, 3, 3), date(2026, 3, 6), date(2026, 3, 7), date(2026, 3, 8)]},
        ["-DN", "-", "-DN", "-DNB", "-", "-", "-"],
    ),
    "breaks and short days": ({"days": 5, "carried": "P-LPS"}, ["-PS", "-PL", "-PS", "-LN", "-P"]),
    "holidays": (
        {"days": 8, "first_day": date(2026, 4, 3), "holidays": "Rome", "carried": "DD-DDDD"},
        ["-D", "-N", "-DN", "-D", "-", "-", "-N", "-D"],
    ),
    "end of a month": (
        {"days": 14, "first_day": date(2026, 3, 27), "carried": "D-DD--DD-NN"},
        ["-D", "-", "-DN", "-", "-D", "D", "-N", "-", "-D", "-D", "-", "-", "-", "N"],
    ),
    "three weeks": (
        {"days": 21},
        ["-", "-N", "-", "-", "D", "-", "-D"] * 2 + ["-N"] + ["-"] * 4 + ["-D"] * 2,
    ),
    "Sunday first": (
        {"days": 15, "first_day": date(2026, 3, 8), "carried": "NN-----D----ND"},
        ["-DN"] + ["-", "-N", "D", "-", "-", "-D", "-"] + ["-"] * 5 + ["-D"] * 2,
    ),
    "work before for ever": (
        {"days": 8, "first_day": date(2026, 3, 5), "carried": "DDDDNNDDDDDDD"},
        ["-DN", "-D", "-", "-D", "-N", "-", "-D", "-"],
    ),
}


RULES = [
    pytest.param(rule(**settings), id=f"{name}-{number}")
    for name, rule in REGISTRY.items()
    for number, settings in enumerate(rule.examples)
]


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_is_broken_in_some_world_and_kept_in_some(rule, person):
    outcomes = set()
    for world, (settings, choices) in WORLDS.items():
        someone = person(**settings)
        calendar, shapes = someone.calendar, rule.shapes(someone.calendar)
        made = {
            (letter, day): someone.tour(letter, someone.first_day + timedelta(days=day))
            for day, letters in enumerate(choices)
            for letter in letters
        }
        for letters in product(*choices):
            tour = [shift for day, letter in enumerate(letters) for shift in made[letter, day]]
            found = rule.check(calendar, tour, someone.carried or ())
            judged = sum(violation.amount for violation in found if not violation.before_period)
            read = reader(shapes, calendar, someone, tour)
            assert judged == read, f"{world}: {''.join(letters)}: judge {judged}, shapes {read}"
            assert all(str(violation.message) and violation.amount > 0 for violation in found)
            outcomes.add(judged > 0)
    assert outcomes == {True, False}, "no tour of any world breaks this rule, or every one does"


_OPTIONS: dict = {}


def reader(shapes, calendar, someone, tour):
    from planner.rota import option_of
    from planner.rules import amounts

    options = []
    for shift in tour:
        key = (shift, someone.first_day)
        if key not in _OPTIONS:
            _OPTIONS[key] = option_of(shift, someone.first_day)
        options.append(_OPTIONS[key])
    return sum(amounts(shape, calendar, options) for shape in shapes)


@pytest.mark.parametrize("rule", RULES)
def test_rule_says_itself(rule):
    assert str(rule.explain())
    assert rule.unit in {"minute", "day", "shift", "rest", "week", "weekend"}
    assert type(rule)(**rule.model_dump()) == rule
    assert rule.hard == (rule.price is None)


@pytest.mark.parametrize("rule", RULES)
def test_shapes_carry_name_and_price(rule, person):
    someone = person(nights=False, unavailable=frozenset({date(2026, 3, 4)}))
    shapes = rule.shapes(someone.calendar)
    assert shapes
    assert {shape.rule for shape in shapes} == {rule.name}
    assert {shape.price for shape in shapes} == {rule.price}


@pytest.mark.parametrize("name", list(REGISTRY))
def test_examples_stay_inside_own_settings(name):
    rule = REGISTRY[name]
    assert set(rule.stricter) <= set(rule.model_fields)
    assert rule.examples
