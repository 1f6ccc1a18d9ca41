"""Whom to hire: the fewest people for what is asked, or the cheapest mix of hires and a partner's seats."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING, Any, Literal

from planner._errors import ScenarioError
from planner._messages import Message
from planner.rota import Rota
from planner.study import steps
from planner.study.hired import DAYS_A_MONTH, counts, without
from planner.study.plan import Plan, plan
from planner.study.progress import OnPlanProgress, for_stage
from planner.study.taken import Taken, taken_in
from planner.study.trials import engine_listener

if TYPE_CHECKING:
    from planner.scheduling import IsCancelled, Result
    from planner.study.scenario import Scenario

Mode = Literal["cheapest", "fewest"]
STAGES = 3
MOST_MIXES = 6
"""Mixes of kinds of hires that are tried with one hire fewer; with more of them nothing is proven."""
NOTHING = 0.005
"""Person-hours missing that are none."""


@dataclass(frozen=True)
class Fewer:
    """What one hire fewer would miss.

    Attributes
    ----------
    hires: how many. missing_hours: of the best rota that was found. bound: no rota with so many misses
        fewer; None: not proven. mix: how many of each kind. rota: that rota.
    """

    hires: int
    missing_hours: float
    bound: float | None
    mix: tuple[int, ...]
    rota: Rota = field(repr=False, compare=False)


@dataclass(frozen=True, eq=False)
class Hiring:
    """Today's team, and the plan with those who were taken.

    Attributes
    ----------
    today: plan without them. made: plan with them. taken: who they are.
    fewer: with the fewest hires: what one fewer would miss; None if nobody is hired, or not worked out.
    bound_cents: with the cheapest mix: no mix costs less in the period, as ``made.decision`` counts; None:
        not known.
    never: hires whom their rules leave no tour.
    """

    mode: Mode
    today: Plan
    made: Plan
    taken: tuple[Taken, ...]
    fewer: Fewer | None
    cancelled: bool
    bound_cents: int | None = None
    never: tuple[str, ...] = ()

    @property
    def hires(self) -> int:
        """People hired."""
        return sum(one.kind == "hire" for one in self.taken)

    @property
    def a_month(self) -> float:
        """From the period to a month."""
        return DAYS_A_MONTH / self.made.scenario.days

    @property
    def cost(self) -> float:
        """What hires and partner cost a month, in currency units."""
        return sum(one.cents for one in self.taken) / 100 * self.a_month


def hire(
    scenario: Scenario,
    mode: Mode = "cheapest",
    on_progress: OnPlanProgress | None = None,
    is_cancelled: IsCancelled | None = None,
) -> Hiring:
    """Plan with today's team, then with those who may be hired, and for the fewest again with one fewer.

    Parameters
    ----------
    mode: "cheapest" weighs hires, and a partner if there is one, against the price of people missing;
        "fewest" takes as few hires as leave nobody missing, and a partner only if the scenario asks for it.
    on_progress: told which of the three is worked on, as stages.
    is_cancelled: once true, the best of what is there is kept; the first two plans are always made.

    Raises
    ------
    ScenarioError: when the scenario names nobody to hire and no partner.
    """
    asked = asked_for(scenario, mode)
    base = scenario.replace(solve={"hire": "no", "outsource": False})
    today = plan(base, for_stage(on_progress, 1, STAGES), is_cancelled)
    made = plan(asked, for_stage(on_progress, 2, STAGES), is_cancelled, today.rota)
    first, fewer, listen = made, None, for_stage(on_progress, 3, STAGES)

    def stopped() -> bool:
        return is_cancelled is not None and is_cancelled()

    while mode == "fewest" and made.scenario.hires and not stopped():
        fewer = one_fewer(made, asked, len(made.scenario.hires) - 1, listen, is_cancelled)
        if stopped() or fewer.missing_hours > made.result.missing_hours + NOTHING:
            break
        again = plan(with_at_most(asked, fewer.mix), listen, is_cancelled, fewer.rota)
        if again.result.missing_hours > made.result.missing_hours + NOTHING or stopped():
            break
        made, fewer = again, None
    if mode == "cheapest" and not stopped():
        smaller = cheaper(made, asked, listen, is_cancelled)
        if smaller is not None and not stopped():
            again = plan(smaller[0], listen, is_cancelled, smaller[1])
            made = again if _decided(again) < _decided(made) and not stopped() else made
    taken = tuple(taken_in(made))
    bound = first.decision.bound_cents if first.decision and mode == "cheapest" else None
    if made.need.need_id != first.need.need_id:
        bound = None
    if not taken and today.result.missing_hours < made.result.missing_hours - NOTHING:
        made, bound = today, None  # nobody is hired, and today's rota is the better one
    never = () if len(taken) == len(asked.hires) + len(asked.seats) else _never(made, asked)
    return Hiring(mode, today, made, taken, None if stopped() else fewer, stopped(), bound, never)


def _never(made: Plan, asked: Scenario) -> tuple[str, ...]:
    from planner.scheduling import never_taken

    return never_taken(steps.problem_of(made.need, asked))


def _decided(made: Plan) -> int:
    """Cents of a decision."""
    return (made.decision or made.result).objective.total


def cheaper(
    made: Plan,
    asked: Scenario,
    on_progress: OnPlanProgress | None = None,
    is_cancelled: IsCancelled | None = None,
) -> tuple[Scenario, Rota] | None:
    """One hire or seat fewer on the same need, the cheapest each time, as long as that is cheaper; or None.

    A rota at hand hardly lets go of somebody who has a tour in it; without them, others close the gap.
    """
    taken: Sequence[str] = (*made.scenario.hires, *made.scenario.seats)
    least, rota, began, tries = _decided(made), made.rota, time.monotonic(), 0
    best: tuple[Scenario, Rota] | None = None
    while not (is_cancelled is not None and is_cancelled()):
        found: Result | None = None
        for scenario in _with_one_fewer(asked, taken):
            tries += 1
            listen = engine_listener(on_progress, began, tries)
            result = steps.schedule(made.need, scenario, rota, listen, is_cancelled)
            if result.objective.total < least:
                found, least = result, result.objective.total
                best = scenario, result.rota
        if found is None:
            break
        taken, rota = found.taken, found.rota
    return best


def _with_one_fewer(asked: Scenario, taken: Sequence[str]) -> list[Scenario]:
    """The scenario with those who are taken at most, but for one of a kind."""
    now = list(counts(taken, asked).values())
    seats = sum(name in asked.seats for name in taken)
    fewer = [[n - (number == at) for number, n in enumerate(now)] for at in range(len(now)) if now[at]]
    return [with_mix(asked, mix, seats) for mix in fewer] + (
        [with_mix(asked, now, seats - 1)] if seats else []
    )


def asked_for(scenario: Scenario, mode: Mode) -> Scenario:
    """The scenario that decides about hires."""
    said = scenario.said
    if not said.hires.types and (said.outsource is None or mode == "fewest"):
        raise ScenarioError(Message("hiring.nobody", {"scenario": scenario.name}))
    partner = said.outsource is not None and (mode == "cheapest" or said.solve.outsource)
    how = {"hire": "fewest" if mode == "fewest" else "yes", "outsource": partner}
    if not said.hires.types:
        how["hire"] = "no"
    return scenario.replace(solve=how)


def one_fewer(
    made: Plan,
    asked: Scenario,
    hires: int,
    on_progress: OnPlanProgress | None = None,
    is_cancelled: IsCancelled | None = None,
) -> Fewer:
    """The same need with fewer hires, as few missing as can be; proven where every mix of kinds was tried."""
    most = [kind.max for kind in asked.said.hires.types]
    mixes = [mix for mix in product(*(range(n + 1) for n in most)) if sum(mix) == hires]
    now = tuple(counts([one.name for one in taken_in(made)], asked).values())
    if whole := len(mixes) <= MOST_MIXES:
        tried = mixes
    else:
        tried = [mix for mix in mixes if all(n <= there for n, there in zip(mix, now, strict=True))]
    results: list[Result] = []
    began = time.monotonic()
    for mix in tried:
        if results and is_cancelled is not None and is_cancelled():
            whole = False
            break
        smaller = with_at_most(asked, mix)
        listen = engine_listener(on_progress, began, len(results) + 1)
        results.append(steps.schedule(made.need, smaller, made.rota, listen, is_cancelled))
    bounds = [result.missing_hours_bound for result in results]
    known = [bound for bound in bounds if bound is not None]
    proven = min(known) if whole and len(known) == len(bounds) else None
    best = min(range(len(results)), key=lambda number: results[number].missing_hours)
    rota = without(results[best].rota, set(asked.hires) - set(results[best].taken))
    return Fewer(hires, results[best].missing_hours, proven, tried[best], rota)


def with_at_most(asked: Scenario, mix: Sequence[int]) -> Scenario:
    """The scenario with so many hires of each kind at most, all of whom leave as few missing as they can."""
    return asked.replace(hires={"types": _types(asked, mix)}, solve={"hire": "fewest"})


def with_mix(asked: Scenario, mix: Sequence[int], seats: int) -> Scenario:
    """The scenario with so many hires of each kind and so many seats at most, where they are worth it."""
    changes: dict[str, Any] = {"solve": {"outsource": seats > 0}}
    if mix:
        changes["hires"] = {"types": _types(asked, mix)}
    if seats:
        changes["outsource"] = {"seats": seats}
    return asked.replace(**changes)


def _types(asked: Scenario, mix: Sequence[int]) -> list[dict[str, Any]]:
    types: list[dict[str, Any]] = [dict(kind) for kind in asked.plain.get("hires", {}).get("types", ())]
    return [{**kind, "max": number} for kind, number in zip(types, mix, strict=True)]
