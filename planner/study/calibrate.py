"""Close the loop: need, rota, simulation, and where a promise is missed a little more need, solved again.

A need over single queues and unions is only a first guess: shared people, follow-ups and busy spells can
leave one queue short. Each round asks for more only where the simulation says that the promise is missed.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from planner._messages import Message
from planner.people import skills
from planner.requirement import required_agents, with_cut, with_margin
from planner.rota import Rota, people_on_duty
from planner.study import steps
from planner.study.edges import left_out
from planner.study.misses import TOLERANCE, WEAK, Misses, hour_text, hours_of_week, misses
from planner.study.progress import OnPlanProgress, PlanProgress

if TYPE_CHECKING:
    from planner.demand import Queue, Volumes
    from planner.requirement import Need
    from planner.scheduling import IsCancelled, OnProgress, Progress, Result
    from planner.service import Service
    from planner.study.scenario import Scenario

SAFETY_STEP = 0.5
Rank = tuple[float, int]


@dataclass(frozen=True)
class Round:
    """One round: what the simulation found, and what was asked for on top in the next.

    Attributes
    ----------
    cost_cents: whole cost of its rota; rounds have different needs, so only wages compare.
    kept: share within the promise per queue, of contacts that arrive while it is open.
    missed: queues below their promise by more than half a point.
    added: person-hours of need, or safety of deferred work, asked for on top, per queue.
    weak_hours: hours of the week in which a queue keeps ten points less than it promises.
    chosen: whether the plan is this round's.
    """

    number: int
    need_id: str
    cost_cents: int
    missing_hours: float
    kept: Mapping[str, float]
    missed: tuple[str, ...]
    added: Mapping[str, str]
    weak_hours: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    chosen: bool = False


@dataclass(frozen=True, eq=False)
class Calibrated:
    """The best round's need, rota and service, and the story of all rounds."""

    need: Need
    result: Result
    service: Service | None
    rounds: tuple[Round, ...]
    notices: tuple[Message, ...]


def calibrate(
    need: Need,
    volumes: Volumes | None,
    scenario: Scenario,
    warm: Rota | None = None,
    on_progress: OnPlanProgress | None = None,
    is_cancelled: IsCancelled | None = None,
    began: float | None = None,
) -> Calibrated:
    """Solve and simulate until every queue keeps its promise within half a point, or more need does not help.

    The best round wins: the smallest misses, then the lowest wages. It stops when a round brings
    nothing, and after ``scenario.rounds`` rounds. Hours of the week that stay weak are told, not chased:
    a promise holds for a queue as a whole.
    """
    start = time.monotonic() if began is None else began
    best: Calibrated | None = None
    best_rank: Rank | None = None
    rounds: list[Round] = []
    chosen = 0
    judged = need.open & ~left_out(need, scenario)
    for number in range(1, max(1, scenario.rounds) + 1):
        settings = scenario if number == 1 else scenario.lighter()
        listen = _engine_listener(on_progress, start, number)
        result = steps.schedule(need, settings, warm, listen, is_cancelled)
        if volumes is None:
            return Calibrated(need, result, None, (), ())
        if on_progress is not None:
            on_progress(PlanProgress("simulation", seconds=time.monotonic() - start, round=number))
        service = steps.simulate(result.rota, volumes, scenario)
        found = misses(service, need, judged, scenario.zone)
        rank = _rank(found, result)
        better = best_rank is None or rank < best_rank
        if better:
            best, best_rank, chosen = Calibrated(need, result, service, (), ()), rank, number
        stopped = is_cancelled is not None and is_cancelled()
        go_on = better and not stopped and number < scenario.rounds
        asked, added = more_need(need, scenario, volumes, result.rota, found, judged) if go_on else (need, {})
        rounds.append(_round(number, need, result, found, added))
        if asked.need_id == need.need_id:
            break
        warm, need = result.rota, asked
    assert best is not None
    told = tuple(replace(each, chosen=each.number == chosen) for each in rounds)
    return replace(best, rounds=told, notices=_notices(told[chosen - 1], scenario.queues, len(told)))


def _rank(found: Misses, result: Result) -> Rank:
    """What makes a round better; people missing are measured by service, for each round has its own need."""
    wages = result.objective.total - result.objective.missing
    return round(sum(found.short.values()), 9), wages


def _round(number: int, need: Need, result: Result, found: Misses, added: Mapping[str, str]) -> Round:
    total, missing = result.objective.total, result.missing_hours
    return Round(
        number, need.need_id, total, missing, found.kept, tuple(found.short), dict(added), found.weak
    )


def more_need(
    need: Need, scenario: Scenario, volumes: Volumes, rota: Rota, found: Misses, judged: np.ndarray
) -> tuple[Need, dict[str, str]]:
    """The need with more where promises are missed, and what was added in words per queue.

    A live queue, and a deferred one whose late contacts stand in a few hours of the week, gets more people
    there than are on duty now: by as many as the formula wants between the share kept and the promise, at
    least one. A deferred queue that is late at all hours gets a margin of work in step with the miss.
    """
    added: dict[str, str] = {}
    for queue in scenario.queues:
        short = found.short.get(queue.name)
        if short is None:
            continue
        extra = np.zeros(need.intervals, dtype=np.int64)
        if queue.handled_as == "live" or queue.name in found.concentrated:
            extra = _people_more(need, scenario, volumes, rota, queue, judged, found)
        if extra.any():
            need = with_cut(need, frozenset({queue.name}), extra)
            added[queue.name] = f"{int(extra.sum()) * need.interval_minutes / 60:g} person-hours"
        elif queue.handled_as != "live":
            step = SAFETY_STEP * (1 + round(short * 10))
            need = with_margin(need, _together(need, queue, scenario.queues), step)
            added[queue.name] = f"safety +{step:g}"
    return need, added


def _failing(found: Misses, queue: Queue) -> tuple[int, ...]:
    """Hours of the week that get more people: live ones below the promise, deferred ones far below it."""
    if queue.handled_as != "live":
        return found.weak[queue.name]
    return tuple(np.flatnonzero(found.hours[queue.name] < queue.promise.share - TOLERANCE).tolist())


def _together(need: Need, queue: Queue, queues: tuple[Queue, ...]) -> frozenset[str]:
    """The deferred queues that share people with a queue: safety of one is safety of their union."""
    group = next(names for names in need.groups if queue.name in names)
    return frozenset(q.name for q in queues if q.name in group and q.handled_as != "live")


def _people_more(
    need: Need,
    scenario: Scenario,
    volumes: Volumes,
    rota: Rota,
    queue: Queue,
    judged: np.ndarray,
    found: Misses,
) -> np.ndarray:
    """People asked for on top of the queue's own need in failing hours of the week, per interval.

    The need of the queue alone may lie far below the people there, who also have other work; so the
    smallest number on duty in that hour is what has proved too few.
    """
    names = frozenset({queue.name})
    table = skills(scenario.team, scenario.queues, scenario.roles)
    grid = (need.first_quarter, need.interval_minutes, need.intervals)
    on_duty = people_on_duty(
        rota, table, [names], *grid, scenario.cyclic, carried=steps.carried_of(scenario)
    )[0]
    now = need.required[need.sets.index(names)] if names in need.sets else np.zeros(need.intervals, int)
    mean = volumes.mean[volumes.queues.index(queue.name)]
    extra = np.zeros(need.intervals, dtype=np.int64)
    hour = hours_of_week(need, scenario.zone)
    for number in _failing(found, queue):
        mask = (hour == number) & judged[need.queues.index(queue.name)]
        if mask.any():
            per_second = float(mean[mask].mean()) / (60 * need.interval_minutes)
            gap = _gap(queue, per_second, float(found.hours[queue.name][number]))
            wanted = int(on_duty[mask].min()) + gap
            extra[mask] = np.maximum(0, wanted - now[mask])
    return extra


def _gap(queue: Queue, per_second: float, kept: float) -> int:
    """People between the share kept and the promise, by the Erlang formulas; at least one."""
    promise = queue.promise
    if queue.handled_as != "live" or per_second <= 0 or not 0 < kept < promise.share:
        return 1
    given = (per_second, queue.aht_seconds, promise.within_seconds, queue.patience_seconds)
    return max(1, required_agents(*given, target=promise.share) - required_agents(*given, target=kept))


def _engine_listener(on_progress: OnPlanProgress | None, start: float, number: int) -> OnProgress | None:
    if on_progress is None:
        return None

    def listen(said: Progress) -> None:
        on_progress(
            PlanProgress(
                said.phase if said.phase != "finished" else "improving",
                seconds=time.monotonic() - start,
                round=number,
                iteration=said.iteration,
                cost_cents=said.cost_cents,
                bound_cents=said.bound_cents,
                missing_hours=said.missing_hours,
                rota=said.rota,
            )
        )

    return listen


def _notices(chosen: Round, queues: tuple[Queue, ...], rounds: int) -> tuple[Message, ...]:
    """What the plan still misses."""
    missed = [
        Message(
            "study.promise_missed",
            {"queue": name, "kept": f"{100 * chosen.kept[name]:.0f}", "rounds": rounds},
        )
        for name in chosen.missed
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
    return (*missed, *weak)
