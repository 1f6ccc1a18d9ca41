"""Close the loop: need, rota, simulation, and where a promise is missed a little more need, solved again.

A need over single queues and unions is only a first guess: shared people, follow-ups and busy spells can
leave one queue short. Each round asks for more only where the simulation says that the promise is missed.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from planner._messages import Message
from planner.requirement import with_cut, with_margin
from planner.rota import Rota
from planner.service import kept_share
from planner.study import steps
from planner.study.progress import OnPlanProgress, PlanProgress

if TYPE_CHECKING:
    from planner.demand import Queue, Volumes
    from planner.requirement import Need
    from planner.scheduling import IsCancelled, OnProgress, Progress, Result
    from planner.service import Service
    from planner.study.scenario import Scenario

TOLERANCE = 0.005
SAFETY_STEP = 0.5
FEWEST_CONTACTS = 30


@dataclass(frozen=True)
class Round:
    """One round: what the simulation found, and what was asked for on top in the next.

    Attributes
    ----------
    kept: share within the promise per queue, of contacts that arrive while it is open.
    missed: queues below their promise by more than half a point.
    added: person-hours of need, or safety of deferred work, asked for on top, per queue.
    """

    number: int
    need_id: str
    cost_cents: int
    missing_hours: float
    kept: Mapping[str, float]
    missed: tuple[str, ...]
    added: Mapping[str, str]


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
    """Solve and simulate until every queue meets its promise within half a point, or more need does not help.

    The best round wins: the smallest misses, then the lowest cost. It stops early when a round brings
    nothing, and after ``scenario.rounds`` rounds.
    """
    start = time.monotonic() if began is None else began
    best: Calibrated | None = None
    best_rank: tuple[float, int] | None = None
    rounds: list[Round] = []
    for number in range(1, max(1, scenario.rounds) + 1):
        settings = scenario if number == 1 else scenario.lighter()
        listen = _engine_listener(on_progress, start, number)
        result = steps.schedule(need, settings, warm, listen, is_cancelled)
        stopped = is_cancelled is not None and is_cancelled()
        if volumes is None:
            return Calibrated(need, result, None, (), ())
        if on_progress is not None:
            on_progress(PlanProgress("simulation", seconds=time.monotonic() - start, round=number))
        service = steps.simulate(result.rota, volumes, scenario)
        kept = kept_while_open(service, need, scenario.queues)
        missed = {
            q.name: q.promise.share - kept[q.name] for q in scenario.queues if _misses(q, kept, service)
        }
        rank = (round(sum(missed.values()), 9), result.objective.total)
        better = best_rank is None or rank < best_rank
        asked, added = (need, {}) if stopped else more_need(need, scenario.queues, service, missed)
        rounds.append(
            Round(
                number,
                need.need_id,
                result.objective.total,
                result.missing_hours,
                kept,
                tuple(missed),
                added if number < scenario.rounds else {},
            )
        )
        if better:
            best, best_rank = Calibrated(need, result, service, (), ()), rank
        if stopped or not missed or not added or not better:
            break
        warm, need = result.rota, asked
    assert best is not None
    return replace(best, rounds=tuple(rounds), notices=_notices(rounds))


def kept_while_open(service: Service, need: Need, queues: tuple[Queue, ...]) -> dict[str, float]:
    """Share within the promise of contacts that arrive while their queue is open; NaN where none does."""
    return {q.name: kept_share(service, need.open[need.queues.index(q.name)], q.name) for q in queues}


def _misses(queue: Queue, kept: Mapping[str, float], service: Service) -> bool:
    """Whether a promise is missed by more than half a point, on enough contacts to say so."""
    contacts = int((service.records.queue == service.queues.index(queue)).sum())
    return contacts >= FEWEST_CONTACTS and kept[queue.name] < queue.promise.share - TOLERANCE


def more_need(
    need: Need, queues: tuple[Queue, ...], service: Service, missed: Mapping[str, float]
) -> tuple[Need, dict[str, str]]:
    """The need with more where promises are missed, and what was added in words per queue.

    Deferred queues get a margin of work in step with the miss; live queues one more person in the hours
    of the week in which they miss, never in hours that already keep the promise.
    """
    added: dict[str, str] = {}
    for queue in queues:
        short = missed.get(queue.name)
        if short is None:
            continue
        if queue.handled_as == "live":
            extra = _failing_intervals(need, queue, service)
            hours = int(extra.sum()) * need.interval_minutes / 60
            if hours:
                need = with_cut(need, frozenset({queue.name}), extra)
                added[queue.name] = f"{hours:g} person-hours"
        else:
            more = SAFETY_STEP * (1 + round(short * 10))
            need = with_margin(need, _together(need, queue, queues), more)
            added[queue.name] = f"safety +{more:g}"
    return need, added


def _together(need: Need, queue: Queue, queues: tuple[Queue, ...]) -> frozenset[str]:
    """The deferred queues that share people with a queue: safety of one is safety of their union."""
    group = next(names for names in need.groups if queue.name in names)
    return frozenset(q.name for q in queues if q.name in group and q.handled_as != "live")


def _failing_intervals(need: Need, queue: Queue, service: Service) -> np.ndarray:
    """One person more in every interval of those hours of the week in which the queue misses its promise."""
    per_hour = 60 // need.interval_minutes
    week = 168 * per_hour
    k = np.arange(need.intervals)
    is_open = need.open[need.queues.index(queue.name)]
    extra = np.zeros(need.intervals, dtype=np.int64)
    for hour in range(168):
        mask = (k % week // per_hour == hour) & is_open
        if mask.any():
            share = kept_share(service, mask, queue.name)
            if np.isfinite(share) and share < queue.promise.share - TOLERANCE:
                extra[mask] = 1
    return extra


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


def _notices(rounds: list[Round]) -> tuple[Message, ...]:
    last = min(rounds, key=lambda r: (len(r.missed), r.cost_cents))
    return tuple(
        Message(
            "study.promise_missed",
            {"queue": name, "kept": f"{100 * last.kept[name]:.0f}", "rounds": len(rounds)},
        )
        for name in last.missed
    )
