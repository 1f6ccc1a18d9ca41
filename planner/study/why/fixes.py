"""The cheapest fixes: changes ranked by what they may save, the best of them solved again."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from planner._errors import PlannerError
from planner.requirement import renamed
from planner.rules import judge
from planner.study import steps
from planner.study.compare import verdict
from planner.study.edges import trim_edges
from planner.study.fixed import fixed_need
from planner.study.hired import has_candidates, only_taken, without
from planner.study.money import DAYS_A_MONTH
from planner.study.progress import OnPlanProgress, PlanProgress
from planner.study.why import hour_changes, rule_changes, team_changes
from planner.study.why.change import Basis, Change

if TYPE_CHECKING:
    from planner.demand import Volumes
    from planner.requirement import Need
    from planner.rota import Rota
    from planner.scheduling import IsCancelled, OnProgress, Result, SolveSettings
    from planner.study.asks import Asks
    from planner.study.scenario import Scenario

ITERATIONS = 150
"""Search budget of each solve; it starts from the rota of the plan."""
LITTLE = 0.05
"""Share of the missing hours; a change that brings less is no fix: a longer search brings as much."""


@dataclass(frozen=True, eq=False)
class Fix:
    """A change that was solved again and brings fewer missing hours.

    Attributes
    ----------
    change, scenario: what changes, and the whole that was solved. result: its rota and proof.
    missing, missing_low: person-hours that it misses, and that every rota of it misses; before_missing and
        before_low: without it.
    wages, before_wages: cents of the period, with hires and partner. whole: with what is missing, priced.
    verdict: of missing hours against before: "lower", "same", "not distinguishable" or "no range".
    used: how often a rule that may now be broken is, by person.
    hours: paid hours that people work more or less than before, by person.
    base_team: team file of the scenario before; "" if it has none.
    """

    change: Change
    scenario: Scenario
    result: Result
    missing: float
    missing_low: float | None
    before_missing: float
    before_low: float | None
    wages: int
    before_wages: int
    whole: int
    verdict: str
    used: Mapping[str, int]
    hours: Mapping[str, float]
    base_team: str = ""

    @property
    def difference(self) -> float:
        """Wages more than before, in currency, over the period."""
        return (self.wages - self.before_wages) / 100

    @property
    def difference_a_month(self) -> float:
        """The same for a month."""
        return self.difference * DAYS_A_MONTH / self.scenario.days

    @property
    def decide_by(self) -> date | None:
        """Last day on which it can be decided to hold from the first day on; None: at any time."""
        begins = self.scenario.starts or self.scenario.first_day
        return None if self.change.ready is None else begins - self.change.ready


@dataclass(frozen=True, eq=False)
class Fixes:
    """What was solved again.

    Attributes
    ----------
    fixes: those that help, the cheapest first: wages, and what is still missing at its price.
    solved, wanted: how many changes were solved, and would have been.
    """

    fixes: tuple[Fix, ...]
    solved: int
    wanted: int


def changes_of(basis: Basis, most: int) -> tuple[Change, ...]:
    """The most promising changes: the best of each kind first, then the next best of each.

    Parameters
    ----------
    most: how many.
    """
    by_kind: dict[str, list[Change]] = {}
    makers: tuple[Iterable[Change], ...] = (
        team_changes.hires(basis),
        team_changes.languages(basis),
        rule_changes.relaxed(basis),
        rule_changes.quick_returns(basis),
        hour_changes.closed_hours(basis),
        hour_changes.longer_promises(basis),
        hour_changes.lower_minimum(basis),
        hour_changes.partners(basis),
    )
    for made in makers:
        for change in made:
            if change.worth > 0 or change.kind == "hire":
                by_kind.setdefault(change.kind, []).append(change)
    ranked = []
    for order, kind in enumerate(by_kind):
        best = sorted(by_kind[kind], key=lambda one: -one.worth)
        ranked += [(place, -one.worth, order, one) for place, one in enumerate(best)]
    ranked.sort(key=lambda entry: entry[:3])
    return tuple(one for *_rank, one in ranked[:most])


def fixes_of(
    basis: Basis,
    most: int,
    on_progress: OnPlanProgress | None = None,
    is_cancelled: IsCancelled | None = None,
) -> Fixes:
    """Solve the most promising changes again, each from the plan's rota, and keep those that help.

    The plan itself is first searched on with the same budget, so that no change is praised for what a
    longer search does.

    Parameters
    ----------
    most: changes that are solved.
    on_progress: told which change of how many is worked on, as stages.
    is_cancelled: once it says yes, the change under way is dropped and those before it are kept.
    """
    stop = is_cancelled or (lambda: False)
    changes = changes_of(basis, most)
    if not changes or stop():
        return Fixes((), 0, len(changes))
    began = time.monotonic()
    listen = _listener(on_progress, began, 1, len(changes) + 1)
    before = _solved(basis.scenario, basis.need, basis.result.rota, listen, stop)
    if before.objective.total > basis.result.objective.total:
        before = basis.result
    low = basis.found.proven
    found: list[Fix] = []
    solved = 0
    for number, change in enumerate(changes, start=2):
        if stop():
            break
        fix = _fix(basis, change, before, low, _listener(on_progress, began, number, len(changes) + 1), stop)
        if stop():
            break
        solved += 1
        if fix is not None and fix.missing < (1 - LITTLE) * fix.before_missing - 1e-6:
            found.append(fix)
    ranked = sorted(found, key=lambda fix: fix.whole)
    return Fixes(tuple(ranked), solved, len(changes))


def changed(basis: Basis, change: Change) -> Scenario | None:
    """The scenario with a change, named after it; None where it makes no sense."""
    name = f"{basis.scenario.name}: {change.title}"[:80]
    try:
        return basis.scenario.replace(name=name, **change.changes)
    except PlannerError:
        return None


def _fix(
    basis: Basis,
    change: Change,
    before: Result,
    low: float | None,
    listen: OnProgress | None,
    stop: IsCancelled,
) -> Fix | None:
    scenario = changed(basis, change)
    if scenario is None:
        return None
    need = need_of(basis, scenario)
    result = _solved(scenario, need, before.rota, listen, stop)
    return Fix(
        change=change,
        scenario=scenario,
        result=result,
        missing=result.missing_hours,
        missing_low=result.missing_hours_bound,
        before_missing=before.missing_hours,
        before_low=low,
        wages=_wages(result),
        before_wages=_wages(before),
        whole=result.objective.total,
        verdict=verdict(result.missing_hours_bound, result.missing_hours, low, before.missing_hours),
        used=_used(change, result.rota, scenario),
        hours=_hours(basis, before.rota, result.rota),
        base_team=basis.scenario.said.team or "",
    )


def need_of(basis: Basis, scenario: Scenario) -> Need:
    """The need of a changed scenario on the basis of the plan: same forecast, same asks of calibration."""
    if basis.volumes is None:
        return trim_edges(fixed_need(scenario), scenario)[0]
    return need_again(scenario, basis.volumes, basis.asks)


def need_again(scenario: Scenario, volumes: Volumes, asks: Asks) -> Need:
    """The need of a changed scenario with a forecast and asks of calibration that are there already."""
    if scenario.fixed_need:
        return trim_edges(fixed_need(scenario), scenario)[0]
    need, _ = trim_edges(steps.require(volumes, scenario), scenario)
    asked = asks.of(need)
    # What was asked for in hours that are closed now falls away.
    is_open = dict(zip(need.queues, need.open, strict=True))
    mask = np.array([np.any([is_open[name] for name in names], axis=0) for names in asked.sets])
    return renamed(replace(asked, required=np.where(mask.reshape(asked.required.shape), asked.required, 0)))


def _solved(
    scenario: Scenario, need: Need, warm: Rota, listen: OnProgress | None, stop: IsCancelled
) -> Result:
    """A rota from the one before, with hires and partner priced as a plan prices them."""
    from planner.scheduling import schedule

    problem = steps.problem_of(need, scenario, warm)
    found = schedule(problem, settings(scenario), listen, stop)
    if not has_candidates(scenario):
        return found
    planned = only_taken(scenario, found.taken)
    gone = {agent.name for agent in scenario.team.agents} - {agent.name for agent in planned.team.agents}
    return steps.as_usual(replace(found, rota=without(found.rota, gone)), need, planned)


def settings(scenario: Scenario) -> SolveSettings:
    """A small budget, by iterations: the same answer everywhere."""
    from planner.scheduling import SolveSettings

    return SolveSettings(engine=scenario.engine, seed=scenario.seed, iterations=ITERATIONS)


def _wages(result: Result) -> int:
    objective = result.objective
    return objective.labour + objective.premiums + objective.hires


def _used(change: Change, rota: Rota, scenario: Scenario) -> Mapping[str, int]:
    """How often the rule that a change relaxes is broken, by person."""
    rule = change.counted
    if rule is None:
        return {}
    asked = {agent.name: (rule,) if rule.holds_for(agent) else () for agent in scenario.team.agents}
    found = judge(rota, scenario.team, steps.calendars_of(scenario), asked, steps.carried_of(scenario))
    return dict(sorted(Counter(one.agent for one in found if not one.before_period).items()))


def _hours(basis: Basis, before: Rota, after: Rota) -> Mapping[str, float]:
    """Paid hours more or less by person, the most first, of people who serve something that is short."""
    able = basis.problem.skills.able
    serve = {person for one in basis.found.findings for name in one.pattern.short for person in able[name]}
    team = {agent.name for agent in basis.scenario.team.agents}
    hours: Counter[str] = Counter()
    for rota, sign in ((before, -1), (after, 1)):
        for shift in rota.shifts:
            if shift.agent in serve or shift.agent not in team:
                hours[shift.agent] += sign * shift.paid_minutes
    moved = {name: minutes / 60 for name, minutes in hours.items() if minutes}
    return dict(sorted(moved.items(), key=lambda item: (-abs(item[1]), item[0])))


def _listener(on_progress: OnPlanProgress | None, began: float, stage: int, stages: int) -> OnProgress | None:
    if on_progress is None:
        return None

    def listen(said: object) -> None:
        on_progress(
            PlanProgress(
                getattr(said, "phase", "improving"),
                seconds=time.monotonic() - began,
                stage=stage,
                stages=stages,
                cost_cents=getattr(said, "cost_cents", None),
                missing_hours=getattr(said, "missing_hours", None),
            )
        )

    return listen
