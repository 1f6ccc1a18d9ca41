"""The cheapest way to go: changes that may mend a failing gate, each planned again and asked every gate.

A change is planned on the same data and seed, from the stage's rota, with what calibration asked of the
stage and a third of its search effort, or less where several stages share the time; then it is lived through
as often as every stage is for its gates.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from planner import rota as rota_room
from planner._errors import PlannerError
from planner._messages import Message
from planner.study import steps
from planner.study.gates import GateResult, Judged, ask
from planner.study.hired import contract_hours, has_candidates, only_taken, without
from planner.study.money import DAYS_A_MONTH
from planner.study.plan import Plan
from planner.study.progress import OnPlanProgress, PlanProgress
from planner.study.stages.candidates import Candidate, Failed, candidates_for
from planner.study.stages.judged import REPLICATIONS
from planner.study.stages.mended import Mending, Try
from planner.study.stages.uplift import least_pay, paid
from planner.study.trials import engine_listener

if TYPE_CHECKING:
    from planner.rota import Rota
    from planner.scheduling import IsCancelled, OnProgress
    from planner.study.scenario import Scenario

MOST_TRIES = 5
"""Changes that are planned again for a gate; each takes a fraction of what the stage took."""
TRIES_IN_ALL, FEWEST_TRIES = 12, 2
"""Changes that several no-go stages share, and what each may try at least."""
ROTA_ALONE = ("minimum", "starts", "rule", "on call")
"""Kinds of change that no gate sees but by the rota."""
Which = Literal["first", "all", "none"]


class Within(NamedTuple):
    """What mending a stage may take; by count and not by the clock, so that it is the same everywhere.

    tries: changes that are planned for a gate. thirds: how often the search effort is cut to a third.
    """

    tries: int = MOST_TRIES
    thirds: int = 1


def shared(stages: int, which: Which) -> Within:
    """What each of so many no-go stages may take: those whose first gates are mended share it.

    Examples
    --------
    >>> [tuple(shared(stages, "first")) for stages in (1, 2, 3, 9)], tuple(shared(9, "all"))
    ([(5, 1), (5, 2), (4, 2), (2, 2)], (5, 1))
    """
    if which == "all" or stages < 2:
        return Within()
    return Within(max(FEWEST_TRIES, min(MOST_TRIES, TRIES_IN_ALL // stages)), 2)


@dataclass(frozen=True, eq=False)
class Beside:
    """What a stage is held against.

    Attributes
    ----------
    first, before: the first scenario, and the stage before. later: history since the stage is live, if any.
    """

    first: Judged
    before: Judged
    later: Path | None = None

    def asked(self, stage: Judged) -> tuple[GateResult, ...]:
        """Every gate of the stage, answered."""
        gates = stage.plan.scenario.gates
        return tuple(ask(gate, stage, self.first, self.before, self.later) for gate in gates)


def mend(
    number: int,
    stage: Judged,
    answers: Sequence[GateResult],
    beside: Beside,
    which: Which = "first",
    on_progress: OnPlanProgress | None = None,
    is_cancelled: IsCancelled | None = None,
    within: Within | None = None,
) -> tuple[Mending, ...]:
    """What would mend the gates that a stage fails.

    Parameters
    ----------
    number: of the stage, from 1. answers: of its gates, in their order.
    which: the "first" failing gate, "all" of them, or "none". A change is planned once for all of them.
    on_progress: told of every try as a round of the phase ``mending``.
    is_cancelled: once true, the try under way is dropped and those before it are kept.
    within: how many changes, and how hard each is searched for.
    """
    failing = [at for at, answer in enumerate(answers) if answer.passed is False]
    failing = [] if which == "none" else failing[:1] if which == "first" else failing
    within = within or Within()
    again = _Again(stage, beside, within.thirds, on_progress, is_cancelled or (lambda: False))
    found = []
    for at in failing:
        gate = stage.plan.scenario.gates[at]
        ways = candidates_for(Failed(gate, answers[at], stage.plan.scenario, beside.before.plan.scenario))
        tries: list[Try | Message] = []
        for way in ways[: within.tries]:
            tried = again.tried(way, at)
            if tried is not None:
                tries.append(tried)
        same = tuple(each for each in tries if isinstance(each, Message))
        judged = [each for each in tries if not isinstance(each, Message)]
        judged.sort(key=lambda each: (not each.passes, not each.mends, each.cost))
        cancelled = again.is_cancelled()
        name = stage.plan.scenario.name
        fewer = within.tries < min(len(ways), MOST_TRIES)
        found.append(Mending(number, name, gate.kind, tuple(judged), len(ways), cancelled, same, fewer))
        if cancelled:
            break
    return tuple(found)


class _Made(NamedTuple):
    """A change that was planned: without its simulation, its gates, and what it costs in the period."""

    plan: Plan
    answers: tuple[GateResult, ...]
    cents: int


class _Again:
    """Plans a stage again, changed."""

    def __init__(
        self,
        stage: Judged,
        beside: Beside,
        thirds: int,
        on_progress: OnPlanProgress | None,
        is_cancelled: Callable[[], bool],
    ) -> None:
        self.stage, self.beside, self.thirds = stage, beside, thirds
        self.on_progress, self.is_cancelled = on_progress, is_cancelled
        self.began, self.count = time.monotonic(), 0
        self.done: dict[str, _Made | Message | None] = {}

    def tried(self, way: Candidate, at: int) -> Try | Message | None:
        """A change planned and asked; in words alone where it changes nothing.

        None where it makes no sense, or the work is stopped.
        """
        key = repr((way.kind, way.changes))
        if key not in self.done:
            if self.is_cancelled():
                return None
            self.done[key] = self._planned(way)
        made = self.done[key]
        return self._try(way, at, made) if isinstance(made, _Made) else made

    def _planned(self, way: Candidate) -> _Made | Message | None:
        scenario = changed(self.stage.plan.scenario, way)
        if scenario is None:
            return None
        self.count += 1
        if self.on_progress is not None:
            seconds = time.monotonic() - self.began
            self.on_progress(PlanProgress("mending", seconds=seconds, round=self.count))
        listen = engine_listener(self.on_progress, self.began, self.count)
        made = planned_again(self.stage.plan, scenario, way, listen, self.is_cancelled, self.thirds)
        if self.is_cancelled():
            return None
        if made is None:
            return way.what
        answers = self.beside.asked(Judged(made, made.service))
        # So many lives of every try would fill the memory; tickets of a partner are counted in them.
        return _Made(replace(made, service=None), answers, paid(made))

    def _try(self, way: Candidate, at: int, done: _Made) -> Try:
        from planner.study.growing import earliest  # only those who mend wait for it

        made, answers = done.plan, done.answers
        month = DAYS_A_MONTH / made.scenario.days / 100
        hours, idle = idle_of_new(made, self.stage.plan)
        now, then = done.cents + idle, paid(self.stage.plan)
        least_now, least_then = least_pay(made), least_pay(self.stage.plan)
        ready = earliest(made.scenario, way.hires, way.set_up)
        failing = tuple(answer.message for answer in answers if answer.passed is False)
        return Try(
            kind=way.kind,
            what=way.what,
            cost=(now - then) * month,
            low=None if least_now is None else (least_now - then) * month,  # that rota may leave nobody idle
            high=None if least_then is None else (now - least_then) * month,
            earliest=ready.day,
            weeks=ready.weeks,
            passes=not failing,
            mends=answers[at].passed is not False,
            failing=failing,
            scenario=made.scenario,
            plan=made,
            notes=(*way.notes, Message("stages.whole_contract", {"idle": f"{hours:.0f}"}))
            if idle
            else way.notes,
            once=paid_once(made.scenario, self.stage.plan.scenario),
            changes=way.changes,
        )


def changes_nothing(way: Candidate, rota: Rota, scenario: Scenario, stage: Plan) -> bool:
    """Whether a change that was planned leaves a stage as it is: a partner without a seat, or the same rota.

    Without a seat another rota is no merit of the partner's.
    """
    if way.kind == "partner":
        return not scenario.seats
    return way.kind in ROTA_ALONE and rota.shifts == stage.rota.shifts


def paid_once(made: Scenario, before: Scenario) -> float:
    """What those cost once who join with a change: hires, and setting a partner up."""
    from planner.study.growing import one_off  # only those who mend wait for it

    known = {agent.name for agent in before.team.agents}
    new = {agent.name for agent in made.team.agents if agent.name not in known and not agent.outside}
    partner = made.said.outsource if made.seats and not before.seats else None
    return one_off(made, len(new), new).total + (0.0 if partner is None else partner.set_up_cost)


def idle_of_new(made: Plan, before: Plan) -> tuple[float, int]:
    """Contract hours of people who join that no shift uses, and what they cost, cents."""
    known = {agent.name for agent in before.scenario.team.agents}
    calendars, terms = steps.calendars_of(made.scenario), steps.pay_terms(made.scenario)
    hours, cents = 0.0, 0.0
    for agent in made.scenario.team.agents:
        if agent.name in known or agent.outside:
            continue
        worked = sum(shift.paid_minutes for shift in made.rota.tour(agent.name) if shift.counted) / 60
        idle = max(0.0, contract_hours(agent, calendars[agent.name]) - worked)
        hours, cents = hours + idle, cents + idle * terms.hourly_cents[agent.name]
    return hours, round(cents)


def changed(scenario: Scenario, way: Candidate) -> Scenario | None:
    """The scenario with a change, named after it; None where it makes no sense."""
    try:
        return scenario.replace(name=f"{scenario.name}: {way.what}"[:80], **way.changes)
    except PlannerError:
        return None


def planned_again(
    stage: Plan,
    scenario: Scenario,
    way: Candidate,
    on_progress: OnProgress | None = None,
    is_cancelled: IsCancelled | None = None,
    thirds: int = 1,
) -> Plan | None:
    """A changed stage as a plan: from the stage's rota, with its forecast and what calibration asked of it.

    Where opening hours change, contacts are forecast anew; a promise that is relaxed asks for nothing that
    the tighter one did. None where the change leaves the stage as it is.
    """
    from planner.study.why.fixes import need_again  # only those who mend wait for it

    volumes, asks = stage.volumes, stage.asks
    if "opening_hours" in way.changes and volumes is not None:
        volumes = steps.forecast(stage.history, scenario)
    scenario = scenario.knowing(volumes)
    if way.loosened:
        asks = replace(
            asks,
            margins={names: z for names, z in asks.margins.items() if not names & way.loosened},
            cuts={names: cut for names, cut in asks.cuts.items() if not names & way.loosened},
        )
    need = steps.demand_and_need(scenario)[2] if volumes is None else need_again(scenario, volumes, asks)
    lighter = scenario
    for _ in range(thirds):
        lighter = lighter.lighter()
    result = steps.schedule(need, lighter, stage.rota, on_progress, is_cancelled)
    planned = scenario
    if has_candidates(scenario):
        planned = only_taken(scenario, result.taken)
        gone = {agent.name for agent in scenario.team.agents} - {a.name for a in planned.team.agents}
        result = steps.as_usual(replace(result, rota=without(result.rota, gone)), need, planned)
    if changes_nothing(way, result.rota, planned, stage):
        return None
    service = None
    if volumes is not None:
        service = steps.simulate(result.rota, volumes, planned, replications=REPLICATIONS)
    carried = steps.carried_of(planned)
    return replace(
        stage,
        scenario=planned,
        volumes=volumes,
        need=need,
        result=result,
        cover=rota_room.recount(need, result.rota, planned.skills, planned.cyclic, carried),
        service=service,
        violations=steps.audit(result.rota, planned),
        rounds=(),
        notices=result.notices,
        asks=asks,
        decision=None,
        why=None,
    )
