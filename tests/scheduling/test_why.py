"""Why a rota is short: worlds in which the right answer is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from planner.requirement import Backlog, Need
from planner.rota import Rota, Shift, ShiftType, recount
from planner.rules import REGISTRY, calendars
from planner.scheduling import Problem, SolveSettings, schedule
from planner.scheduling.cpsat_people import people_of
from planner.scheduling.cpsat_tours import alone
from planner.scheduling.crew import crew_of
from planner.scheduling.why import Around, Prover, Stops, clash_of, shortages, smallest_window

DAY, NIGHT = ShiftType("day", (480,), 480), ShiftType("night", (1320,), 480)
FIRST = date(2026, 1, 5)
QUICK = SolveSettings(iterations=30)
OFFICE = [0] * 8 + [1] * 8 + [0] * 8


def rule(name, **settings):
    return REGISTRY[name](**settings)


def with_rules(problem: Problem, people: dict[str, Sequence], *everybody) -> Problem:
    """The problem with rules for everybody, and some people's own."""
    names = [agent.name for agent in problem.team.agents]
    rules = {name: (rule("one_shift_a_day"), *everybody, *people.get(name, ())) for name in names}
    return replace(problem, rules=rules)


def with_leave(problem: Problem, leave: dict[str, Sequence[date]], **changes) -> Problem:
    """The problem with people on leave, or with other changes of them."""
    agents = tuple(
        replace(agent, unavailable=frozenset(leave.get(agent.name, ())), **changes)
        for agent in problem.team.agents
    )
    team = replace(problem.team, agents=agents)
    known = calendars(team, problem.shift_types, problem.first_day, problem.days)
    return replace(problem, team=team, calendars=known)


def looked_into(problem: Problem):
    """A solved problem with its shortages, its crew and somebody to ask."""
    result = schedule(problem, QUICK)
    cover = recount(problem.need, result.rota, problem.skills)
    crew = crew_of(problem)
    return result, shortages(problem.need, cover), crew, Stops(Around(crew, result.rota))


# Shortages


def test_a_set_that_explains_is_named_and_stretches_of_one_set_are_one(world):
    problem = world(["fr it", "en"], {"fr": [1], "it": [1], "en": [1], "fr it": [0, 3, 3, 3, 0, 0]}, [DAY], 1)
    nobody = Rota("", FIRST, 1, (), ())
    found = shortages(problem.need, recount(problem.need, nobody, problem.skills))
    together = [one for one in found if one.names == ("fr", "it")]
    assert [(one.first, one.last, one.missing, one.required) for one in together] == [
        (first, first + 2, 9.0, 3) for first in (1, 7, 13, 19)
    ]
    assert [one.missing for one in found if one.names == ("en",)] == [24.0]


@given(some.integers(0, 10_000))
def test_stretches_add_up_to_what_is_missing(seed):
    random = np.random.default_rng(seed)
    names = ("a", "b", "c")
    sets = tuple(frozenset(part) for size in (1, 2) for part in combinations(names, size))
    groups = (("a", "b", "c"),) if seed % 2 else (("a", "b"), ("c",))
    intervals = 12
    arriving = random.integers(0, 9, intervals)
    backlog = Backlog(
        frozenset({"a"}),
        arriving,
        np.minimum(np.cumsum(arriving), 4),
        5,
        ((frozenset({"a"}), np.zeros(intervals, int)),),
    )
    open_ = np.ones((3, intervals), bool)
    required = random.integers(0, 4, (len(sets), intervals))
    need = Need("", 0, 60, names, sets, required, (backlog,), groups, open_)
    nobody = Rota("", date(1970, 1, 1), 1, (), ())
    from planner.people import Skills

    table = Skills(dict.fromkeys(names, frozenset()), dict.fromkeys(names, "work"))
    cover = recount(need, nobody, table)
    assert sum(one.missing for one in shortages(need, cover)) == pytest.approx(cover.missing_intervals)


def test_overdue_work_is_told_from_when_it_came(world):
    intervals = 24
    arriving, due = np.zeros(intervals, int), np.zeros(intervals, int)
    arriving[3] = 600
    due[3:9] = 600
    row = Backlog(frozenset({"mail"}), arriving, due, 200, ((frozenset({"mail"}), np.zeros(intervals, int)),))
    problem = world(["mail"], {}, [DAY], 1, backlogs=[row])
    nobody = Rota("", FIRST, 1, (), ())
    (found,) = shortages(problem.need, recount(problem.need, nobody, problem.skills))
    assert (found.what, found.names, found.since, found.first, found.last) == ("work", ("mail",), 3, 9, 9)
    assert found.missing == 3.0


# What stops people


def test_a_language_that_only_somebody_on_leave_speaks(world):
    problem = world(["fr", "en", "en"], {"fr": OFFICE, "en": OFFICE}, [DAY], 3)
    away = with_leave(problem, {"p0": [FIRST + timedelta(days=1)]})
    problem = with_rules(away, {}, rule("unavailable"), rule("max_days_in_row", days=5))
    _, short, _, asking = looked_into(problem)
    assert [(one.names, one.first, one.last, one.missing) for one in short] == [(("fr",), 32, 39, 8.0)]
    assert [(s.person, s.how, s.rules) for s in asking.of(short[0])] == [
        ("p0", "rule", (rule("unavailable"),))
    ]


def test_who_has_worked_enough_is_stopped_by_hours_and_the_price_is_exact(world):
    problem = world(["en"], {"en": OFFICE}, [DAY], 7, costs=[10.0])
    problem = with_rules(problem, {}, rule("weekly_hours", at_most=40))
    result, short, _, asking = looked_into(problem)
    assert result.missing_hours == 16.0
    for one in short:
        (stop,) = asking.of(one)
        # Without the limit both days are worked: 16 hours at 100 missing each, less 16 hours' pay.
        assert (stop.how, stop.rules, stop.saves) == ("rule", (rule("weekly_hours", at_most=40),), 144_000)


def test_two_rules_that_stop_only_together(world):
    problem = world(["en"], {"en": OFFICE}, [DAY], 7, costs=[10.0])
    limits = rule("weekly_hours", at_most=40), rule("shifts_a_week", at_most=5)
    problem = with_rules(problem, {}, *limits)
    _, short, _, asking = looked_into(problem)
    (stop,) = asking.of(short[0])
    assert (stop.how, stop.rules, stop.saves) == ("rules", limits, 144_000)


def test_nobody_is_blamed_who_is_there_or_whose_shifts_do_not_reach(world):
    problem = world(["en", "en"], {"en": [3] * 24}, [DAY], 1)
    _, short, _, asking = looked_into(problem)
    assert [(one.first, one.last, one.missing) for one in short] == [(0, 23, 56.0)]
    assert {(stop.person, stop.how) for stop in asking.of(short[0])} == {("p0", "there"), ("p1", "there")}
    at_night = replace(short[0], first=0, last=3, since=0)
    assert {stop.how for stop in asking.of(at_night)} == {"no shift"}


def test_who_is_needed_more_elsewhere(world):
    early, late = ShiftType("early", (0,), 480), ShiftType("late", (720,), 480)
    problem = world(["en"], {"en": [1] * 8 + [0] * 4 + [2] * 8 + [0] * 4}, [early, late], 1)
    result = schedule(problem, QUICK)
    assert result.missing_hours == 16.0
    _, short, _, asking = looked_into(problem)
    assert {stop.how for one in short for stop in asking.of(one) if one.first == 0} <= {
        "elsewhere",
        "nothing",
    }


# Clashing rules


def test_two_rules_that_no_tour_keeps_are_named_and_each_mends_it(world):
    problem = world(["en"], {"en": OFFICE}, [DAY], 7)
    asked = rule("weekly_hours", at_least=40), rule("shifts_a_week", at_most=4)
    problem = with_rules(problem, {}, rule("minimum_rest", hours=11), *asked)
    clash = clash_of(problem, "p0")
    assert clash is not None
    assert clash.proven
    assert clash.sets == (asked,)
    assert set(clash.mends) == {(asked[0],), (asked[1],)}
    assert clash_of(with_rules(problem, {}, asked[0]), "p0") is None


def test_two_clashes_need_a_rule_of_each_to_go(world):
    problem = world(["en"], {"en": OFFICE}, [DAY, NIGHT], 14)
    asked = (
        rule("weekly_hours", at_least=40),
        rule("shifts_a_week", at_most=4),
        rule("max_days_in_row", days=1),
    )
    problem = with_rules(problem, {}, rule("minimum_rest", hours=11), *asked)
    clash = clash_of(problem, "p0")
    assert clash is not None
    assert {frozenset(one) for one in clash.sets} == {frozenset(asked[:2]), frozenset((asked[0], asked[2]))}
    assert clash.mends == ((asked[0],),)


def test_the_sets_are_minimal_says_the_complete_model(world):
    problem = world(["en"], {"en": OFFICE}, [DAY, NIGHT], 7)
    asked = (
        rule("minimum_rest", hours=11),
        rule("weekly_hours", at_least=40),
        rule("two_days_off_together"),
        rule("max_days_in_row", days=2),
        rule("max_nights_in_row", nights=2),
    )
    problem = with_rules(problem, {}, *asked)
    clash = clash_of(problem, "p0")
    assert clash is not None

    def possible(rules) -> bool:
        (person,) = people_of(with_rules(problem, {}, *rules))
        return alone(person, 1).tour is not None

    for one in clash.sets:
        assert not possible(one)
        assert all(possible([other for other in one if other != left]) for left in one)
    for mend in clash.mends:
        assert possible([other for other in asked if other not in mend])


def locked(day: int, name: str, hour: int, agent: str = "p0") -> Shift:
    start = datetime(2026, 1, 5, tzinfo=UTC) + timedelta(days=day, hours=hour)
    return Shift(start, agent, start + timedelta(hours=8), start.date(), name, "UTC", status="locked")


def test_a_locked_shift_on_leave_and_two_too_close_together(world):
    problem = world(
        ["en"], {"en": OFFICE}, [DAY, NIGHT], 3, locked=(locked(0, "night", 22), locked(1, "day", 8))
    )
    problem = with_rules(problem, {}, rule("minimum_rest", hours=11), rule("max_days_in_row", days=5))
    clash = clash_of(problem, "p0")
    assert clash is not None
    assert clash.sets == ((rule("minimum_rest", hours=11), *problem.locked),)
    assert len(clash.mends) == 3

    away = with_leave(problem, {"p0": [FIRST]})
    away = replace(away, locked=problem.locked[:1])
    clash = clash_of(with_rules(away, {}, rule("unavailable")), "p0")
    assert clash is not None
    assert clash.sets == ((rule("unavailable"), problem.locked[0]),)


# What must fail


def test_presence_at_night_that_nobody_may_work(world):
    problem = world(["en", "en"], {"en": [1] * 6 + [0] * 16 + [1, 1]}, [DAY, NIGHT], 3)
    problem = with_rules(
        with_leave(problem, {}, nights=False), {}, rule("no_nights"), rule("minimum_rest", hours=11)
    )
    _, short, crew, asking = looked_into(problem)
    window = smallest_window(crew, short)
    assert window is not None
    assert window.first == window.last
    assert (window.names, window.missing, window.able) == (("en",), 1.0, 2)
    # Before the first night nobody could have come at all: there the rules do not matter.
    late = [one for one in short if one.first >= 22]
    window = smallest_window(crew, late)
    assert window is not None
    assert window.rules == (rule("no_nights"),)
    assert {stop.rules for stop in asking.of(late[0])} == {(rule("no_nights"),)}


def test_the_window_is_as_small_as_the_hours_that_three_shifts_are_needed_for(world):
    problem = world(
        ["en", "en"], {"en": [0] * 24 * 2 + [1] * 48 + [0] * 24 * 3}, [ShiftType("half", (0, 720), 720)], 7
    )
    problem = with_rules(problem, {}, rule("shifts_a_week", at_most=1))
    result, short, crew, _ = looked_into(problem)
    assert result.missing_hours == 24.0
    window = smallest_window(crew, short)
    assert window is not None
    assert window.missing == 1.0
    # An hour before midnight, a half day and an hour after it need three shifts of twelve hours.
    assert (window.first % 12, window.last - window.first + 1) == (11, 14)
    assert window.rules == (rule("shifts_a_week", at_most=1),)
    everything = np.ones(problem.need.intervals, bool)
    assert Prover(crew).missing(("en",), everything, 24.0) == 24.0


def test_nothing_is_proven_where_a_rota_covers_everything(world):
    problem = world(["en", "en"], {"en": OFFICE}, [DAY], 3)
    result, short, crew, _ = looked_into(problem)
    assert (result.missing_hours, short) == (0.0, ())
    assert smallest_window(crew, short) is None
    assert Prover(crew).missing(("en",), np.ones(72, bool), 5.0) == 0.0


def test_people_missing_on_a_post_are_told_by_day_with_what_stops_them(world):
    from planner.requirement import Post

    problem = world(["en", "en"], {"en": [0] * 24}, [DAY], 2)
    cents = np.full(2, 90_000)
    post = Post("2 on day", "day", np.array([2, 2]), cents, cents * 0, 8.0)
    away = with_leave(replace(problem, need=replace(problem.need, posts=(post,))), {"p1": [FIRST]})
    problem = with_rules(away, {}, rule("unavailable"))
    result, short, _, asking = looked_into(problem)
    assert result.missing_hours == 8.0
    assert [(one.what, one.kind, one.post, one.missing) for one in short] == [("post", "2 on day", 0, 8.0)]
    stops = {(stop.person, stop.how): stop for stop in asking.of(short[0])}
    assert set(stops) == {("p0", "there"), ("p1", "rule")}
    assert stops["p1", "rule"].rules == (rule("unavailable"),)
    assert stops["p1", "rule"].saves == 90_000 - 8 * 1000
