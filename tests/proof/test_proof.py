"""A small share of each check, in every run; ``python -m tests.bench.proof --full`` runs all of it.

The modules beside this one hold the checks: independent code on random worlds, each named by a seed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

NAMES = (
    "rules read alike by judge and shapes",
    "single agents against CP-SAT",
    "sets against the linear programme",
    "tiny worlds by brute force",
    "small teams against CP-SAT",
    "changed worlds",
    "more demand",
    "both engines with a week before",
    "whole scenarios",
)


@pytest.fixture
def proof(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], ModuleType]:
    """A module beside this one by its name."""
    monkeypatch.syspath_prepend(str(Path(__file__).parents[2]))
    return lambda name: import_module(f"tests.proof.{name}")


def test_every_check_is_run_here(proof: Callable[[str], ModuleType]) -> None:
    assert tuple(proof("checks").CHECKS) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_check_holds(name: str, proof: Callable[[str], ModuleType]) -> None:
    check, counts = proof("checks").CHECKS[name], Counter()
    for seed in range(check.quick):
        counts.update(check.of_seed(seed))
    assert check.enough(counts), counts


def no_rests_before(patch: pytest.MonkeyPatch) -> None:
    """Windows of rest begin with last period's last duty."""
    reader = import_module("planner.scheduling.reader")
    patch.setattr(reader._Reader, "_rests_before", lambda _self, shape: (0, shape.start_quarter))


def certain_rests(patch: pytest.MonkeyPatch) -> None:
    """Rests that nothing stands against are all certain."""
    runs = import_module("planner.scheduling.cpsat_runs")
    patch.setattr(runs, "_rest", lambda variables, against: variables.none_of(against))


def one_short_more(patch: pytest.MonkeyPatch) -> None:
    """Everywhere somebody more is missing."""
    cover = import_module("planner.rota.cover")
    plain = cover.people_missing
    patch.setattr(cover, "people_missing", lambda *given: (plain(*given)[0] + 1, plain(*given)[1]))


def nobody_pays_for_nights(patch: pytest.MonkeyPatch) -> None:
    """Premiums are forgotten; those worlds have them for nights."""
    pay = import_module("planner.rota.pay")
    patch.setattr(pay, "paid_millionths", lambda *_given: 0)


def bound_a_tenth_higher(patch: pytest.MonkeyPatch) -> None:
    """A bound that is too good."""
    proof = import_module("planner.scheduling.proof")
    plain = proof.whole_cents
    patch.setattr(proof, "whole_cents", lambda value: plain(1.1 * value + 1))


def shapes_without_gaps(patch: pytest.MonkeyPatch) -> None:
    """The engine hears of no rest between shifts."""
    people, shapes = import_module("planner.scheduling.cpsat_people"), import_module("planner.rules")
    plain = people.without_implied
    patch.setattr(
        people, "without_implied", lambda all_: tuple(s for s in plain(all_) if not isinstance(s, shapes.Gap))
    )


def only_each(patch: pytest.MonkeyPatch) -> None:
    """The engine hears of nothing but single duties."""
    people, shapes = import_module("planner.scheduling.cpsat_people"), import_module("planner.rules")
    plain = people.without_implied
    patch.setattr(
        people, "without_implied", lambda all_: tuple(s for s in plain(all_) if isinstance(s, shapes.Each))
    )


MISTAKES: tuple[tuple[Callable[[pytest.MonkeyPatch], None], str, str, tuple[int, ...]], ...] = (
    (no_rests_before, "alone", "optimum_is_the_same", (75, 196, 905)),
    (certain_rests, "alone", "optimum_is_the_same", (160,)),
    (shapes_without_gaps, "alone", "optimum_is_the_same", (28, 35)),
    (one_short_more, "shortage", "sets_are_the_flow", (0, 1)),
    (one_short_more, "brute", "brute_force_agrees", (0,)),
    (nobody_pays_for_nights, "brute", "brute_force_agrees", (0, 1, 2, 3)),
    (bound_a_tenth_higher, "brute", "brute_force_agrees", (0, 1, 2, 3)),
    (only_each, "whole", "scenario_holds", (0, 1, 2, 3)),
)


@pytest.mark.parametrize(("mistake", "module", "check", "seeds"), MISTAKES)
def test_planted_mistakes_are_noticed(
    mistake: Callable[[pytest.MonkeyPatch], None],
    module: str,
    check: str,
    seeds: tuple[int, ...],
    proof: Callable[[str], ModuleType],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    of_seed: Any = getattr(proof(module), check)
    mistake(monkeypatch)
    with pytest.raises(AssertionError):
        all_of(of_seed, seeds)


def all_of(of_seed: Callable[[int], object], seeds: tuple[int, ...]) -> None:
    """A check on some seeds."""
    for seed in seeds:
        of_seed(seed)
