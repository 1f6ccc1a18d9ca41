"""Close the loop: need, rota, simulation, and where a promise is missed a little more need, solved again.

A need over single queues and unions is only a first guess: shared people, follow-ups and busy spells can
leave one queue short. Each round asks for more only where the simulation says that a promise is missed,
and, once all are kept, for less where deferred work has more safety than its promise needs.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from planner._messages import Message
from planner.requirement import beyond_reach
from planner.study import steps
from planner.study.alone import Alone, starting_safety
from planner.study.asks import Asks, Names
from planner.study.cuts import with_cuts
from planner.study.floors import floor_of
from planner.study.misses import TOLERANCE, WEAK, hour_text
from planner.study.progress import OnPlanProgress
from planner.study.rounds import PoolSafety, Round
from planner.study.safety import (
    ROOM,
    Tried,
    binding,
    contracts_filled,
    less_safety,
    pools,
    room,
    surely_kept,
    with_more_safety,
    z_of,
)
from planner.study.trials import Trial, Trials, engine_listener

if TYPE_CHECKING:
    from planner.demand import Volumes
    from planner.requirement import Need
    from planner.rota import Rota
    from planner.scheduling import IsCancelled, Result
    from planner.service import Service
    from planner.study.scenario import Scenario

MOST_BOLD = 2
NOBODY_FOUND = 0.6
"""Share of what was asked for that is missing afterwards when nobody is left to roster."""
FIXED_WAGES = 1.005
"""Wages within this factor of what every legal rota pays cannot fall."""


@dataclass(frozen=True, eq=False)
class Calibrated:
    """The best round's need, rota and service, the story of all rounds, and what binds deferred pools.

    ``asks`` are what the best round asks for beyond the formulas.
    """

    need: Need
    result: Result
    service: Service | None
    rounds: tuple[Round, ...]
    notices: tuple[Message, ...]
    safety: tuple[PoolSafety, ...] = ()
    asks: Asks = field(default_factory=Asks)


def calibrate(
    need: Need,
    volumes: Volumes | None,
    scenario: Scenario,
    warm: Rota | None = None,
    on_progress: OnPlanProgress | None = None,
    is_cancelled: IsCancelled | None = None,
    began: float | None = None,
    held: Asks | None = None,
) -> Calibrated:
    """Solve and simulate until every queue keeps its promise within half a point, or more need does not help.

    Deferred pools start with the safety that they need if people could come by the interval (see
    ``alone``). The best round wins: the smallest misses, then the lowest wages. When all promises are
    kept and wages can still fall, less safety and fewer cuts are tried, and kept if every promise still
    holds. It stops when asking twice as boldly brings nothing, when nobody is left to roster, and after
    ``scenario.rounds`` rounds. Hours of the week that stay weak are told, not chased: a promise holds for a
    queue as a whole. All rounds meet the same customers (common random numbers).

    Parameters
    ----------
    held: what is asked is known already: one round with just this. None: it is found out.
    """
    start = time.monotonic() if began is None else began
    if volumes is None:
        listen = engine_listener(on_progress, start, 1)
        return Calibrated(need, steps.schedule(need, scenario, warm, listen, is_cancelled), None, (), ())
    trials = Trials(need, volumes, scenario, warm, on_progress, is_cancelled, start)
    alone: Mapping[Names, Alone] = {}
    if held is None and trials.may_go_on and scenario.rounds > 1:
        if (listen := engine_listener(on_progress, start, 1)) is not None:
            steps.first_rota(need, scenario, warm, listen)
        trials.say("simulation")
        alone = starting_safety(need, volumes, scenario, trials.judged, is_cancelled)
    asks = held or Asks({pool: found.more for pool, found in alone.items() if found.more})
    trials.keep(trials.run(asks))
    nobody_more = held is None and _ask_for_more(trials)
    tried = _ask_for_less(trials) if held is None else {}
    best = trials.best
    told = trials.rounds()
    safety = _safety(trials, alone, tried, nobody_more)
    notices = _notices(told[best.number - 1], scenario, len(told), nobody_more)
    return Calibrated(best.need, best.result, best.service, told, notices, safety, best.asks)


def _ask_for_more(trials: Trials) -> bool:
    """Rounds that ask for more while promises are missed; whether nobody was left to roster."""
    bold = 1
    while trials.may_go_on and any(trials.best.missed):
        best = trials.best
        trial = _next(trials, more_need(trials, bold))
        if trial is None:
            return False
        if (*trial.missed, trial.wages) < (*best.missed, best.wages):
            trials.keep(trial)
            bold = 1
        elif _nobody_found(best, trial, trials.rounds()[-1]):
            return True
        elif bold == MOST_BOLD:
            return False
        else:
            bold += 1
    return False


def more_need(trials: Trials, bold: int = 1) -> Asks:
    """What the best round asked, and more where it misses a promise.

    Live queues, and deferred ones whose late contacts stand in a few hours of the week, get people in the
    hours that fail; deferred queues that are late at all hours get more safety.
    """
    best = trials.best
    given = (best.need, trials.scenario, trials.volumes, best.result.rota, best.found, trials.judged)
    return with_more_safety(with_cuts(best.asks, *given, bold), best.need, trials.scenario, best.found, bold)


def _next(trials: Trials, asks: Asks) -> Trial | None:
    """The round that asks for this, unless it asks for nothing new."""
    return None if asks.of(trials.need).need_id == trials.best.need.need_id else trials.run(asks)


def _nobody_found(before: Trial, trial: Trial, told: Round) -> bool:
    """Whether what was asked for is missing instead of rostered."""
    asked = sum(one.person_hours for one in told.asked)
    return trial.result.missing_hours - before.result.missing_hours >= NOBODY_FOUND * asked > 0.0


def _ask_for_less(trials: Trials) -> dict[Names, list[Tried]]:
    """Rounds that try less of what may not be needed; what was tried for each deferred pool."""
    tried: dict[Names, list[Tried]] = {}
    for pool in pools(trials.need, trials.scenario.queues):
        tried[pool] = []
        while trials.may_go_on and _may_save(trials.best, trials.scenario, pool):
            best, scenario = trials.best, trials.scenario
            z = z_of(scenario, best.asks, pool)
            less = less_safety(z, room(pool, best.found, scenario.queues), tried[pool])
            if less is None or floor_of(pool, best.need, scenario) is not None:
                break
            trial = _next(trials, best.asks.with_z(pool, less - z))
            if trial is None:
                break
            held = _held(best, trial) and surely_kept(pool, trial.found, scenario.queues)
            saved = _saved(best, trial)
            tried[pool].append(
                Tried(
                    less, {name: kept for name, kept in trial.found.kept.items() if name in pool}, held, saved
                )
            )
            if held and saved:
                trials.keep(trial)
    for names in sorted(trials.best.asks.cuts, key=lambda some: (len(some), sorted(some))):
        best = trials.best
        wide = room(names, best.found, trials.scenario.queues) > ROOM
        if trials.may_go_on and wide and _may_save(best, trials.scenario, names):
            trial = _next(trials, best.asks.without(names))
            if trial is not None and _held(best, trial) and _saved(best, trial):
                trials.keep(trial)
    return tried


def _held(before: Trial, trial: Trial) -> bool:
    return trial.missed <= before.missed


def _saved(before: Trial, trial: Trial) -> bool:
    """Not dearer, and cheaper or with less work missing."""
    if trial.wages > before.wages:
        return False
    return trial.wages < before.wages or trial.result.missing_hours < before.result.missing_hours - 1e-9


def _may_save(best: Trial, scenario: Scenario, names: Names) -> bool:
    """Whether all promises are kept, and wages or missing work could be less."""
    if any(best.missed):
        return False
    return not paid_anyway(best.result, scenario) or best.result.missing_hours > 0.0


def paid_anyway(result: Result, scenario: Scenario) -> bool:
    """Whether wages cannot fall: contracts fill everybody's weeks, or a bound says so."""
    if contracts_filled(scenario):
        return True
    fixed = result.unavoidable_cents
    wages = result.objective.total - result.objective.missing
    return fixed is not None and wages <= FIXED_WAGES * fixed


def _safety(
    trials: Trials, alone: Mapping[Names, Alone], tried: Mapping[Names, list[Tried]], nobody_more: bool
) -> tuple[PoolSafety, ...]:
    """What binds each deferred pool."""
    best, scenario = trials.best, trials.scenario
    fixed = paid_anyway(best.result, scenario)
    found = []
    for pool in pools(trials.need, scenario.queues):
        z = z_of(scenario, best.asks, pool)
        names = tuple(queue.name for queue in scenario.queues if queue.name in pool)
        below = [one for one in tried.get(pool, ()) if one.z < z]
        why = binding(pool, best.need, scenario, best.found, z, below, nobody_more, fixed)
        less = max((one for one in below if not one.held), key=lambda one: one.z, default=None)
        found.append(
            PoolSafety(
                queues=names,
                z=z,
                kept={name: best.found.kept[name] for name in names},
                less=None if less is None else less.z,
                less_kept={} if less is None else {name: less.kept[name] for name in names},
                binding=why,
                alone=alone[pool].z if pool in alone else None,
            )
        )
    return tuple(found)


def _notices(chosen: Round, scenario: Scenario, rounds: int, nobody_more: bool) -> tuple[Message, ...]:
    """What the plan still misses."""
    queues, table = scenario.queues, scenario.skills
    code = "study.nobody_more" if nobody_more else "study.promise_missed"
    missed = [
        Message(code, {"queue": name, "kept": f"{100 * chosen.kept[name]:.0f}", "rounds": rounds})
        for name in chosen.missed
    ]
    beyond = [
        found
        for queue in queues
        if (found := beyond_reach(queue, table.factor(queue.name))) is not None
        and chosen.kept[queue.name] < queue.promise.share - TOLERANCE
    ]
    promised = {queue.name: queue.promise.share for queue in queues}
    weak = [
        Message(
            "study.weak_hours",
            {
                "queue": name,
                "count": len(hours),
                "first": hour_text(hours[0]),
                "share": f"{100 * (promised[name] - WEAK):.0f}",
            },
        )
        for name, hours in chosen.weak_hours.items()
        if name not in chosen.missed
    ]
    return (*missed, *beyond, *weak)
