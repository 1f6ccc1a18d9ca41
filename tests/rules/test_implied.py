"""Limits left out are never broken while the hard ones that stay hold."""

from __future__ import annotations

from datetime import date
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from planner.people import Agent, Site, Team
from planner.rota import ShiftType, options_for
from planner.rules import ANY_DUTY, REGISTRY, WORKING, Run, Sum, amounts, calendars, without_implied

MONDAY = date(2026, 3, 2)
DAY = ShiftType("day", (480,), 480)
ANNA = Agent("Anna", "Rome", "Europe/Rome", {})
TEAM = Team((ANNA,), (Site("Rome", "Europe/Rome"),))
CALENDAR = calendars(TEAM, [DAY], MONDAY, 7)["Anna"]
OPTIONS = [day[0] for day in options_for(ANNA, [DAY], MONDAY, 7)]


def total(rule, first, last, most, **more):
    return Sum(rule, ANY_DUTY, "count", first, last, most=most, **more)


@st.composite
def sums(draw):
    first = draw(st.integers(0, 6))
    return Sum(
        "r",
        ANY_DUTY,
        "count",
        first,
        draw(st.integers(first, 6)),
        least=draw(st.sampled_from([None, None, None, 1])),
        most=draw(st.integers(0, 5)),
        carried=draw(st.integers(0, 2)) if first == 0 else 0,
        price=draw(st.sampled_from([None, None, 5])),
    )


@given(st.lists(sums(), min_size=1, max_size=5))
@settings(max_examples=150, deadline=None)
def test_nothing_is_lost(shapes):
    kept = without_implied(shapes)
    gone = list(shapes)
    for shape in kept:
        gone.remove(shape)
    for letters in product((False, True), repeat=7):
        tour = [option for option, works in zip(OPTIONS, letters, strict=True) if works]
        hard = [shape for shape in kept if shape.price is None]
        if all(amounts(shape, CALENDAR, tour) == 0 for shape in hard):
            assert all(amounts(shape, CALENDAR, tour) == 0 for shape in gone)


def test_what_stays():
    weeks = [total("week", 0, 6, 5), total("week", 7, 13, 5)]
    assert without_implied([*weeks, total("mean", 0, 13, 9)])[-1].rule == "mean"
    assert len(without_implied([*weeks, total("mean", 0, 13, 10)])) == 2
    soft = [total("week", 0, 6, 5, price=7), weeks[1]]
    assert len(without_implied([*soft, total("mean", 0, 13, 10)])) == 3
    assert len(without_implied([weeks[0], total("mean", 0, 13, 10)])) == 2
    other = Sum("mean", WORKING, "count", 0, 13, most=20)
    assert other in without_implied([*weeks, other])
    run = Run("run", WORKING, most=5)
    assert run in without_implied([run, *weeks])


def test_of_two_alike_the_stricter_stays():
    loose, tight = total("a", 0, 13, 12), total("b", 0, 13, 11)
    assert without_implied([loose, tight]) == (tight,)
    assert without_implied([tight, tight]) == (tight,)


def test_averages_cost_nothing_where_the_contract_keeps_them():
    rules = (REGISTRY["weekly_hours"](at_most="contract"), REGISTRY["average_hours"](hours=48, weeks=17))
    calendar = calendars(TEAM, [DAY], MONDAY, 35)["Anna"]
    shapes = [shape for rule in rules for shape in rule.shapes(calendar)]
    assert {shape.rule for shape in without_implied(shapes)} == {"weekly_hours"}
