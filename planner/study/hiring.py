"""Whom to hire: the fewest people for what is asked, or the cheapest mix of hires and a partner's seats."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import product
from typing import TYPE_CHECKING, Any, Literal

from planner._errors import ScenarioError
from planner._messages import Message
from planner.rota import Rota, fairness, shift_cost
from planner.study import steps
from planner.study.hired import (
    DAYS_A_MONTH,
    block_hours,
    contract_hours,
    counts,
    minimum_blocks,
    without,
)
from planner.study.plan import Plan, plan
from planner.study.progress import OnPlanProgress, for_stage
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
class Taken:
    """One hire, or one seat of a partner, in a plan.

    Attributes
    ----------
    kind: "hire" or "partner". paid_hours: of the contract, or blocks with the minimum, in the period.
    worked_hours: rostered. nights: shifts at night. cents: of the period, premiums included.
    ready_after: from decision to first shift.
    """

    name: str
    kind: Literal["hire", "partner"]
    site: str
    paid_hours: float
    worked_hours: float
    nights: int
    cents: int
    ready_after: timedelta

    @property
    def idle_hours(self) -> float:
        """Paid and not rostered."""
        return max(0.0, self.paid_hours - self.worked_hours)

    def by(self, start: date) -> date:
        """Last day to decide for a first shift on a day."""
        return start - self.ready_after


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
    """

    mode: Mode
    today: Plan
    made: Plan
    taken: tuple[Taken, ...]
    fewer: Fewer | None
    cancelled: bool
    bound_cents: int | None = None

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
    while mode == "cheapest" and not stopped():
        smaller = cheaper(made, asked, listen, is_cancelled)
        if smaller is None or stopped():
            break
        again = plan(smaller, listen, is_cancelled, made.rota)
        if _decided(again) >= _decided(made) or stopped():
            break
        made = again
    taken = tuple(taken_in(made))
    bound = first.decision.bound_cents if first.decision and mode == "cheapest" else None
    if made.need.need_id != first.need.need_id:
        bound = None
    return Hiring(mode, today, made, taken, None if stopped() else fewer, stopped(), bound)


def _decided(made: Plan) -> int:
    """Cents of a decision."""
    return (made.decision or made.result).objective.total


def cheaper(
    made: Plan,
    asked: Scenario,
    on_progress: OnPlanProgress | None = None,
    is_cancelled: IsCancelled | None = None,
) -> Scenario | None:
    """The mix with one hire or seat fewer that costs least on the same need, if it is cheaper; else None."""
    now = list(counts(list(made.scenario.hires), asked).values())
    seats = len(made.scenario.seats)
    tried = [
        with_mix(asked, [n - (number == at) for number, n in enumerate(now)], seats)
        for at in range(len(now))
        if now[at]
    ]
    tried += [with_mix(asked, now, seats - 1)] if seats else []
    best, least = None, _decided(made)
    began = time.monotonic()
    for number, scenario in enumerate(tried, start=1):
        listen = engine_listener(on_progress, began, number)
        result = steps.schedule(made.need, scenario, made.rota, listen, is_cancelled)
        if result.objective.total < least:
            best, least = scenario, result.objective.total
    return best


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


def taken_in(made: Plan) -> Iterator[Taken]:
    """Hires and seats of a plan, in the order of the team."""
    return taken_of(made.rota, made.scenario)


def taken_of(rota: Rota, scenario: Scenario) -> Iterator[Taken]:
    """Hires and seats of a scenario with what each has in a rota, in the order of the team."""
    terms = steps.pay_terms(scenario)
    calendars = steps.calendars_of(scenario)
    nights = fairness(rota, scenario.team).set_index("agent")["nights"]
    for agent in scenario.team.agents:
        tour = rota.tour(agent.name)
        premiums = sum(shift_cost(shift, agent.name, terms).premium_cents for shift in tour)
        if agent.name in scenario.hires:
            hours = contract_hours(agent, calendars[agent.name])
            pay = round(hours * terms.hourly_cents[agent.name])
            worked = sum(shift.paid_minutes for shift in tour if shift.counted) / 60
            ready = scenario.hires[agent.name].ready_after
        elif agent.name in scenario.seats:
            partner = scenario.seats[agent.name]
            blocks = max(len(tour), minimum_blocks(partner, scenario.days))
            hours, worked = blocks * block_hours(partner), len(tour) * block_hours(partner)
            pay, ready = round(100 * hours * partner.price), partner.set_up
        else:
            continue
        kind: Literal["hire", "partner"] = "hire" if agent.name in scenario.hires else "partner"
        number = int(nights.get(agent.name, 0))
        yield Taken(agent.name, kind, agent.site, hours, worked, number, pay + premiums, ready)


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
