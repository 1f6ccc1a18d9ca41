"""Rotations against brute force: every pattern of tiny worlds is judged, and the search must agree."""

from __future__ import annotations

import random
from itertools import product

import pytest

from planner.rota import (
    NO_WISHES,
    Block,
    Forbidden,
    Rotation,
    RotationTerms,
    Wishes,
    check_rotation,
    points,
    rest_after,
    wished,
)
from planner.scheduling.rotation import RotationProgress, RotationSettings, rotate, smallest_rotation

HARD = RotationSettings(wishes=NO_WISHES)


def random_terms(rng: random.Random, shifts: int, weeks: int) -> RotationTerms:
    """A few rules, tight enough to forbid much and loose enough to allow something now and then."""
    names = tuple("DEN"[:shifts])
    exactly = rng.random() < 0.6
    cycle = [rng.choice(["", "", *names]) for _ in range(7 * weeks)]
    there = [[cycle[day::7].count(name) for day in range(7)] for name in names]
    if rng.random() < 0.3:
        there[0][rng.randrange(7)] += 1

    def limits(most: int) -> tuple[int, int | None]:
        least = rng.randint(1, 3)
        return least, rng.choice([None, rng.randint(least, most)])

    pick = iter([rng.random() for _ in range(8)])
    return RotationTerms(
        names,
        tuple(map(tuple, there)),
        exactly,
        work=limits(6) if next(pick) < 0.6 else (1, None),
        days_off=limits(5) if next(pick) < 0.4 else (1, None),
        blocks=(Block((rng.choice(names),), *limits(4)),) if next(pick) < 0.4 else (),
        forbidden=(Forbidden(names[-1], names[0], rng.randint(0, 2)),) if next(pick) < 0.5 else (),
        free_weekends=(1, rng.randint(1, 3)) if next(pick) < 0.25 else None,
        days_off_together=rng.choice([2, 2, 3]) if next(pick) < 0.25 else 0,
        windows=((rng.randint(2, 4), rng.randint(5, 7)),) if next(pick) < 0.25 else (),
        shifts_a_week=(rng.randint(0, 2), rng.randint(3, 6)) if next(pick) < 0.25 else (0, None),
    )


def every_pattern(shifts: int, weeks: int) -> list[Rotation]:
    names = tuple("DEN"[:shifts])
    return [
        Rotation(names, tuple(days[7 * week : 7 * week + 7] for week in range(weeks)))
        for days in product(("", *names), repeat=7 * weeks)
    ]


@pytest.mark.parametrize(("shifts", "weeks", "cases"), [(1, 1, 60), (2, 1, 20), (1, 2, 4)])
def test_agrees_with_brute_force(shifts: int, weeks: int, cases: int) -> None:
    """Found where one exists, impossible where none does, and never a cheaper one than the best."""
    patterns = every_pattern(shifts, weeks)
    outcomes = set()
    for case in range(cases):
        terms = random_terms(random.Random(f"{shifts} {weeks} {case}"), shifts, weeks)
        prices = Wishes(*(random.Random(case).randint(0, 5) for _ in range(4)))
        legal = [each for each in patterns if not check_rotation(each, terms)]
        result = rotate(terms, weeks, RotationSettings(wishes=prices))
        outcomes.add(result.status)
        if not legal:
            assert result.status == "impossible", case
            continue
        assert result.status == "best", case
        assert result.rotation is not None
        assert check_rotation(result.rotation, terms) == (), case
        least = min(points(wished(each, terms), prices) for each in legal)
        assert result.points == result.bound == least == points(wished(result.rotation, terms), prices), case
    assert outcomes == {"best", "impossible"}


@pytest.mark.parametrize("case", range(12))
def test_wide_rotations_are_legal(case: int) -> None:
    """Three shifts, many weeks: the posts come from a legal pattern, so one is found, and it is legal."""
    rng = random.Random(case)
    stint = ["D"] * rng.randint(2, 3) + ["E"] * rng.randint(0, 2) + ["N"] * rng.randint(2, 3)
    cycle = stint + [""] * max(1, 7 - len(stint)) if case % 2 else stint + [""] * rng.randint(2, 4)
    days = (cycle * 7 * 7)[: 7 * len(cycle)]
    weeks = len(days) // 7
    posts = tuple(tuple(days[day::7].count(name) for day in range(7)) for name in "DEN")
    terms = RotationTerms(
        ("D", "E", "N"),
        posts,
        work=(2, 8),
        days_off=(1, 4),
        blocks=(Block(("N",), 2, 3),),
        forbidden=(*rest_after(("N",), 1, ("D", "E")), Forbidden("E", "D")),
    )
    result = rotate(terms, weeks, HARD)
    assert result.status == "best"
    assert result.rotation is not None
    assert result.rotation.weeks == weeks
    assert check_rotation(result.rotation, terms) == ()


def test_parts_that_do_not_meet_are_no_rotation() -> None:
    """One week of days and one of nights would meet the posts, but nobody may ever change over."""
    terms = RotationTerms(
        ("D", "N"),
        ((1, 1, 1, 1, 1, 0, 0), (0, 1, 1, 1, 1, 1, 0)),
        forbidden=tuple(Forbidden(a, b, gap) for a, b in (("D", "N"), ("N", "D")) for gap in range(5)),
    )
    assert rotate(terms, 2, HARD).status == "impossible"
    free = RotationTerms(terms.shifts, terms.posts)
    assert rotate(free, 2, HARD).status == "best"


def test_repeats_exactly() -> None:
    terms = RotationTerms(("D", "N"), ((2,) * 7, (1,) * 7), work=(2, 5), days_off=(2, 4))
    first, second = (rotate(terms, 5) for _ in range(2))
    assert first == second


def test_cancel_keeps_the_best_so_far() -> None:
    seen: list[RotationProgress] = []
    terms = RotationTerms(("D", "N"), ((3,) * 7, (2,) * 7), work=(2, 5), days_off=(2, 4))
    result = rotate(terms, 8, RotationSettings(), seen.append, lambda: bool(seen))
    assert result.cancelled
    assert result.rotation is not None
    assert result.status == "found"
    assert check_rotation(result.rotation, terms) == ()
    stopped = rotate(terms, 8, RotationSettings(), None, lambda: True)
    assert (stopped.status, stopped.rotation) == ("open", None)


def test_smallest_is_proved() -> None:
    """One seat around the clock, 40 hours a week, 11 hours of rest, two days off together: five, not four."""
    terms = RotationTerms(
        ("early", "late", "night"),
        ((1,) * 7,) * 3,
        exactly=False,
        work=(1, 5),
        forbidden=(Forbidden("late", "early"), Forbidden("night", "early"), Forbidden("night", "late")),
        days_off_together=2,
        shifts_a_week=(0, 5),
    )
    results = smallest_rotation(terms, 12)
    assert terms.least_weeks == 5
    assert [(each.weeks, each.status) for each in results] == [(5, "best")]
    assert rotate(terms, 4).status == "impossible"
