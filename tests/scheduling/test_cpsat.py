"""The CP-SAT engine against brute force, judge and recomputed objective; its bounds and its manners."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product

import numpy as np
import pytest

from planner.requirement import Backlog
from planner.rota import Rota, Shift, ShiftType, break_starts, options_for, recount, shift_of
from planner.rules import REGISTRY, judge
from planner.scheduling import Problem, Progress, SolveSettings, SolveStatus, objective_of
from planner.scheduling.cpsat import solve_cpsat

WorldMaker = Callable[..., Problem]
MONDAY = date(2026, 1, 5)
SETTINGS = SolveSettings("cp-sat", iterations=300)
DAY = ShiftType("day", (480,), 480)
NIGHT = ShiftType("night", (1320,), 480)
BROKEN = ShiftType("long", (480,), 540, break_minutes=60, break_window=(180, 300), break_step_minutes=120)
LAW = {"minimum_rest": {"hours": 11}, "max_days_in_row": {"days": 5}, "two_days_off_together": {}}


def brute_force(problem: Problem) -> int:
    """Cost of the best rota by trying every one, legality by the judge and cost by the objective."""
    types = {shift_type.name: shift_type for shift_type in problem.shift_types}
    tours = []
    for agent in problem.team.agents:
        days = []
        for options in options_for(agent, problem.shift_types, problem.first_day, problem.days):
            placed = [(o, start) for o in options for start in break_starts(o, types[o.name]) or (None,)]
            days.append([None, *(shift_of(o, agent, start, problem.first_day) for o, start in placed)])
        legal = []
        for tour in product(*days):
            shifts = tuple(sorted(shift for shift in tour if shift is not None))
            rota = Rota("", problem.first_day, problem.days, (agent.name,), shifts)
            team = replace(problem.team, agents=(agent,))
            found = judge(rota, team, problem.calendars, problem.rules, problem.carried)
            if not any(violation.hard for violation in found):
                legal.append(shifts)
        tours.append(legal)
    names = tuple(agent.name for agent in problem.team.agents)
    return min(
        objective_of(
            Rota("", problem.first_day, problem.days, names, tuple(sorted(sum(together, ())))), problem
        ).total
        for together in product(*tours)
    )


def assert_kept(problem: Problem) -> None:
    """Solved to the optimum; nothing hard is broken; the model's cost is the rota's cost."""
    seen: list[Progress] = []
    result = solve_cpsat(problem, SETTINGS, seen.append)
    found = judge(result.rota, problem.team, problem.calendars, problem.rules, problem.carried)
    assert not [violation for violation in found if violation.hard and not violation.before_period]
    assert result.status == SolveStatus.OPTIMAL
    assert result.bound_cents == result.objective.total == objective_of(result.rota, problem).total
    improved = [progress for progress in seen if progress.phase == "improving"][-1]
    assert improved.cost_cents == result.objective.total  # as the solver counted it
    assert improved.rota == result.rota
    assert result.missing_hours_bound is not None
    assert 0 <= result.missing_hours_bound <= result.missing_hours
    assert result.unavoidable_cents is not None
    assert result.unavoidable_cents <= result.objective.labour + result.objective.premiums


def test_optimum_with_nights_breaks_and_two_languages(world: WorldMaker) -> None:
    need = {"en": [0] * 8 + [1] * 14 + [1, 1], "it": [1] * 6 + [0] * 18, "en it": [1] * 8 + [2] * 8 + [1] * 8}
    problem = world(["en", "en it"], need, [BROKEN, NIGHT], 3, costs=[12.5, 14.0], missing_cents=1500)
    result = solve_cpsat(problem, SETTINGS)
    assert result.objective.total == result.bound_cents == brute_force(problem)


def test_optimum_with_deferred_work_extra_people_and_soft_rules(world: WorldMaker) -> None:
    arriving = np.resize([0, 0, 300, 0, 0, 0], 18)
    live = np.resize([0, 150, 100, 0, 400, 0], 18)
    not_due = np.resize([0, 0, 300, 300, 200, 0], 18)
    mail, both = frozenset({"mail"}), frozenset({"mail", "en"})
    backlogs = [
        Backlog(mail, arriving, not_due, 100, ((mail, np.zeros(18, dtype=np.int64)), (both, live)), 130),
        Backlog(mail, arriving // 2, not_due, 70, ((mail, live // 3),), 10, "all work"),
    ]
    soft = {"max_days_in_row": {"days": 1, "penalty": 7.0}, "minimum_rest": {"hours": 16, "penalty": 3.0}}
    problem = world(
        ["en mail", "mail"],
        {"en": [0, 0, 1, 1, 0, 0], "en mail": [0, 0, 1, 2, 0, 0]},
        [DAY, NIGHT],
        3,
        rules=soft,
        costs=[9.0, 11.0],
        interval_minutes=240,
        backlogs=backlogs,
        missing_cents=9000,
        extra_cents=130,
    )
    result = solve_cpsat(problem, SETTINGS)
    assert result.objective.total == result.bound_cents == brute_force(problem)
    assert result.objective.missing > 0
    assert result.missing_hours_bound is not None
    assert 0 < result.missing_hours_bound <= result.missing_hours


@pytest.mark.parametrize("seed", range(12))
def test_random_rules_and_needs(world: WorldMaker, seed: int) -> None:
    """Rules from the registry with their documented settings, hard or priced."""
    draw = random.Random(seed)
    names = draw.sample(sorted(REGISTRY), 4)
    rules = {name: draw.choice(REGISTRY[name].examples) for name in names if name != "one_shift_a_day"}
    needs = {
        "en": [draw.randrange(3) for _ in range(24)],
        "it": [draw.randrange(2) for _ in range(24)],
        "en it": [draw.randrange(4) for _ in range(24)],
    }
    who = [draw.choice(["en", "it", "en it"]) for _ in range(3)]
    carried = None
    if seed % 3:
        week = world(who, needs, [DAY, NIGHT], 7, first_day=date(2025, 12, 29))
        kept = solve_cpsat(week, SETTINGS).rota.shifts if seed % 3 == 1 else ()
        carried = tuple(replace(shift, status="carried") for shift in kept)
    problem = world(who, needs, [DAY, NIGHT, BROKEN], 7, rules=rules, carried=carried, missing_cents=2500)
    result = solve_cpsat(problem, SETTINGS)
    if result.no_legal_tour:
        assert result.status == SolveStatus.PARTIAL
    else:
        assert_kept(problem)


SMALL_FACTS = {
    "weekly_hours": {"at_most": "40 h"},
    "minimum_rest": {"hours": 11},
    "max_days_in_row": {"days": 5},
    "two_days_off_together": {},
}


@pytest.mark.parametrize(("people", "seats", "missing"), [(5, 1, 0), (4, 1, 8), (9, 2, 0), (8, 2, 16)])
def test_seats_around_the_clock(world: WorldMaker, people: int, seats: int, missing: int) -> None:
    """5 people for one seat, 9 for two; with one fewer, a proven shift or two a week stay empty."""
    types = [ShiftType("shift", (0, 480, 960), 480)]
    problem = world(["en"] * people, {"en": [seats]}, types, 7, rules=SMALL_FACTS, cyclic=True)
    result = solve_cpsat(problem, SolveSettings("cp-sat"))
    assert result.missing_hours == result.missing_hours_bound == missing


@pytest.mark.parametrize(("people", "missing"), [(9, False), (8, True)])
def test_three_shifts_of_two_need_nine(world: WorldMaker, people: int, missing: bool) -> None:
    """At most 5 in a row and at least 2 days off in the week: 9 x 5 shifts for 7 x 3 x 2."""
    types = [
        ShiftType(name, (start,), 480) for name, start in (("early", 360), ("late", 840), ("night", 1320))
    ]
    rules = {"max_days_in_row": {"days": 5}, "shifts_a_week": {"at_most": 5}}
    problem = world(["en"] * people, {"en": [2]}, types, 7, rules=rules, cyclic=True)
    result = solve_cpsat(problem, SolveSettings("cp-sat"))
    assert (result.missing_hours_bound or 0) == result.missing_hours
    assert (result.missing_hours > 0) == missing


def test_clashing_rules_are_named_and_locked_shifts_stay(world: WorldMaker) -> None:
    problem = world(["en", "en"], {"en": [1]}, [DAY], 7, rules=LAW)
    agent = problem.team.agents[0]
    option = options_for(agent, [DAY], MONDAY, 7)[2][0]
    stay = shift_of(option, agent, None, MONDAY, "locked")
    clash = (
        REGISTRY["shifts_a_week"](at_least=6),
        REGISTRY["two_days_off_together"](),
        REGISTRY["max_days_in_row"](days=1, penalty=5.0),
    )
    problem = replace(problem, locked=(stay,), rules={**problem.rules, "p0": clash})
    result = solve_cpsat(problem, SETTINGS)
    assert result.status == SolveStatus.PARTIAL
    assert result.no_legal_tour == ("p0",)
    assert result.rota.tour("p0") == (stay,)
    assert "p0" in str(result.notices[0])
    assert result.bound_cents == result.objective.total


def test_locked_shifts_stay_and_carried_shifts_bind(world: WorldMaker) -> None:
    before = world(["en"], {"en": [1]}, [NIGHT], 7, first_day=date(2025, 12, 29))
    agent = before.team.agents[0]
    nights = options_for(agent, [NIGHT], before.first_day, 7)
    carried = tuple(shift_of(nights[d][0], agent, None, before.first_day, "carried") for d in (5, 6))
    problem = world(
        ["en"], {"en": [1]}, [DAY, NIGHT], 3, rules={"max_days_in_row": {"days": 3}}, carried=carried
    )
    stay = shift_of(options_for(agent, [DAY], MONDAY, 3)[1][0], agent, None, MONDAY, "locked")
    result = solve_cpsat(replace(problem, locked=(stay,)), SETTINGS)
    assert stay in result.rota.shifts
    days = sorted({shift.day.day - MONDAY.day for shift in result.rota.shifts})
    assert days == [1, 2]
    cover = recount(problem.need, result.rota, problem.skills, carried=carried)
    assert cover.on_duty[0, :6].tolist() == [1] * 6  # the last carried night ends at 06:00
    assert result.bound_cents == result.objective.total


def test_warm_rota_is_kept_where_it_is_legal(world: WorldMaker) -> None:
    problem = world(
        ["en", "en it", "it"], {"en": [1], "it": [0, 1], "en it": [2]}, [DAY, NIGHT], 7, rules=LAW
    )
    first = solve_cpsat(problem, SETTINGS)
    seen: list[Progress] = []
    warm = replace(problem, warm=first.rota)
    second = solve_cpsat(warm, SolveSettings("cp-sat", iterations=20), seen.append)
    begun = next(progress for progress in seen if progress.phase == "first rota")
    assert begun.cost_cents == first.objective.total == second.objective.total


def test_same_settings_same_rota(world: WorldMaker) -> None:
    need = {"en": [0, 1, 2, 1, 2, 1], "it": [1, 0], "en it": [1, 2, 3]}
    problem = world(["en", "en it", "it", "en"], need, [DAY, NIGHT, BROKEN], 10, rules=LAW)
    short = SolveSettings("cp-sat", iterations=40)
    first, second = solve_cpsat(problem, short), solve_cpsat(problem, short)
    assert first.rota == second.rota
    assert (first.bound_cents, first.prices.tobytes()) == (second.bound_cents, second.prices.tobytes())


def test_cancel_keeps_the_best_rota_within_a_second(world: WorldMaker) -> None:
    starts = ShiftType("any", tuple(range(0, 1440, 60)), 510, 30, (240, 240))
    need = {"en": [2, 4, 6], "it": [1, 2, 3, 4], "en it": [4, 6, 8, 9]}
    problem = world(["en", "en it", "it"] * 5, need, [starts], 28, rules=LAW)
    asked: list[float] = []
    notes: list[Progress] = []

    def is_cancelled() -> bool:
        if not asked and any(progress.phase == "first rota" for progress in notes):
            asked.append(time.perf_counter())
        return bool(asked) and time.perf_counter() - asked[0] > 1.0

    result = solve_cpsat(problem, SolveSettings("cp-sat", iterations=100_000), notes.append, is_cancelled)
    assert time.perf_counter() - asked[0] < 1.0 + 1.5  # a busy machine is allowed half a second more
    assert result.status == SolveStatus.CANCELLED
    found = judge(result.rota, problem.team, problem.calendars, problem.rules)
    assert not [violation for violation in found if violation.hard]


def test_nobody_waits_for_prices_after_cancel(world: WorldMaker, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even for the linear programme to be written down: a second for a team of 40."""

    def written(*_args: object, **_more: object) -> None:
        raise AssertionError

    monkeypatch.setattr("planner.scheduling.cpsat.group_duals", written)
    starts = ShiftType("any", tuple(range(0, 1440, 120)), 480)
    problem = world(["en"] * 3, {"en": [1, 2]}, [starts], 7, rules=LAW)
    result = solve_cpsat(problem, SolveSettings("cp-sat"), None, lambda: True)
    assert result.status == SolveStatus.CANCELLED
    assert not result.prices.any()


def test_time_limit_is_kept_and_said(world: WorldMaker) -> None:
    starts = ShiftType("any", tuple(range(0, 1440, 120)), 480)
    need = {"en": [2, 1, 3], "it": [1, 2], "en it": [3, 4]}
    problem = world(["en", "en it", "it"] * 3, need, [starts], 21, rules=LAW)
    began = time.perf_counter()
    result = solve_cpsat(problem, SolveSettings("cp-sat", time_limit_seconds=1.5))
    assert time.perf_counter() - began < 5
    assert result.status == SolveStatus.TIME_LIMITED
    assert (result.bound_cents or 0) <= result.objective.total  # a busy machine may not have one yet
    assert result.trace[-1][1] <= result.trace[0][1]


def test_an_error_of_the_listener_is_raised(world: WorldMaker) -> None:
    def broken(progress: Progress) -> None:
        if progress.phase == "improving":
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        solve_cpsat(world(["en"], {"en": [1]}, [DAY], 3), SETTINGS, broken)


def test_kept_shifts_at_once_leave_the_others_their_duties(world: WorldMaker) -> None:
    """Whoever has two at once is named; the model still has an answer, and its bound is no better than it."""
    day = ShiftType("day", (480,), 480)
    start = datetime(2026, 1, 5, 6, tzinfo=UTC)
    kept = tuple(
        Shift(at, "p0", at + timedelta(hours=4), at.date(), "day", "UTC", status="locked")
        for at in (start, start + timedelta(hours=2))
    )
    problem = world(["en", "en"], {"en": [1]}, [day], 3, locked=kept)
    result = solve_cpsat(problem, SolveSettings("cp-sat", iterations=50))
    assert result.no_legal_tour == ("p0",)
    assert len(result.rota.tour("p1")) == 3
    assert result.bound_cents is not None
    assert result.bound_cents <= result.objective.total
