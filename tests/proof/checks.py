"""The checks by name: what one seed proves, and how many seeds each has in every run and at night."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tests.proof.alone import optimum_is_the_same, rule_is_read_alike
from tests.proof.brute import brute_force_agrees
from tests.proof.changed import changes_do_what_they_must
from tests.proof.more_demand import more_demand_is_never_cheaper
from tests.proof.shortage import sets_are_the_flow
from tests.proof.small import search_and_bounds_hold
from tests.proof.whole import engines_agree, scenario_holds

Counts = Mapping[str, int]


@dataclass(frozen=True)
class Check:
    """One check.

    Attributes
    ----------
    of_seed: raises AssertionError where something is wrong; counts what it looked at.
    quick, full: how many seeds in every run, and in a full one.
    enough: whether the counts of all seeds say what is stated, such as a mean distance from the optimum.
    """

    of_seed: Callable[[int], Counts]
    quick: int
    full: int
    enough: Callable[[Counter[str]], bool]


def near(counts: Counter[str]) -> bool:
    """Search within 3 % of the optimum on average, bounds at least 60 % of it, first rota at most 1.3 x."""
    cases = counts["cases"]
    return (
        cases > 0
        and counts["above, 1/10000 in all"] <= 300 * cases
        and counts["bound, 1/10000 in all"] >= 6000 * cases
        and counts["hours proven, x100"] >= 0.6 * counts["hours short, x100"]
        and counts["first hours, x100"] <= 1.3 * counts["last hours, x100"]
    )


CHECKS: Mapping[str, Check] = {
    "rules read alike by judge and shapes": Check(
        rule_is_read_alike, 500, 20_000, lambda c: 0.2 * c["tours"] < c["broken"] < 0.8 * c["tours"]
    ),
    "single agents against CP-SAT": Check(
        optimum_is_the_same,
        60,
        1000,
        lambda c: c["equal"] == c["proven"] >= 0.95 * c["people"] and c["legal"] > c["people"] / 2,
    ),
    "sets against the linear programme": Check(
        sets_are_the_flow, 60, 1000, lambda c: 0.3 * c["intervals"] < c["short"] < 0.9 * c["intervals"]
    ),
    "tiny worlds by brute force": Check(
        brute_force_agrees,
        10,
        300,
        lambda c: c["found"] >= 0.7 * c["worlds"] and (c["clashing"] > 0 or c["worlds"] < 50),
    ),
    "small teams against CP-SAT": Check(search_and_bounds_hold, 5, 150, near),
    "changed worlds": Check(changes_do_what_they_must, 7, 140, lambda c: c["worlds"] > 0),
    "more demand": Check(
        more_demand_is_never_cheaper,
        2,
        100,
        lambda c: c["bounds"] >= c["worlds"] and c["people"] > 0 and c["dearer"] > 0,
    ),
    "both engines with a week before": Check(
        engines_agree, 4, 100, lambda c: c["carried"] > c["scenarios"] and c["bounds of search"] > 0
    ),
    "whole scenarios": Check(scenario_holds, 25, 1000, lambda c: c["shifts"] > 5 * c["scenarios"]),
}
