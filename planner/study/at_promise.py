"""Opening hours worked out far enough to judge them: people missing, rules broken, promises kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from planner import rota as rota_room
from planner.rota import Cover, Rota
from planner.study import steps
from planner.study.against_today import NOTHING, against_today
from planner.study.calibrate import calibrate
from planner.study.edges import judged, trim_edges
from planner.study.misses import TOLERANCE, Misses, misses

if TYPE_CHECKING:
    from planner.demand import Volumes
    from planner.requirement import Need
    from planner.scheduling import IsCancelled, OnProgress, Result
    from planner.service import Service
    from planner.study.scenario import Scenario


@dataclass(frozen=True, eq=False)
class Worked:
    """A scenario with a rota, and what its customers get.

    Attributes
    ----------
    volumes, service: None where the scenario states its need; no service where the work was stopped.
    need: as calibrated, where that was asked for. formulas: the need before.
    kept: share within the promise, per queue. short: points below it of queues that miss it.
    broken: people whose rules clash, and hard findings of the judge.
    bound: no rota for the need before calibration misses fewer person-hours; None: not known.
    """

    scenario: Scenario
    volumes: Volumes | None
    need: Need
    formulas: Need
    result: Result
    service: Service | None
    kept: Mapping[str, float]
    short: Mapping[str, float]
    broken: int
    bound: float | None
    rota: Rota = field(repr=False)

    @property
    def missing_hours(self) -> float:
        """Person-hours of the period that are missing."""
        return self.result.missing_hours

    @cached_property
    def cover(self) -> Cover:
        """People on duty against the need, counted again from the rota."""
        carried = steps.carried_of(self.scenario)
        return rota_room.recount(self.need, self.rota, self.scenario.skills, self.scenario.cyclic, carried)

    def covers(self, today: Worked, may_miss: float = 0.0) -> bool:
        """Whether it misses no more than today, or so many person-hours more, and breaks no more."""
        return self.missing_hours <= today.missing_hours + may_miss + NOTHING and self.broken <= today.broken

    def worse_promise(self, today: Worked) -> str:
        """The queue that misses its promise most, by more than today; "" if there is none."""
        more = {name: by - today.short.get(name, 0.0) for name, by in self.short.items()}
        worst = max(sorted(more), key=lambda name: more[name], default="")
        return worst if worst and more[worst] > TOLERANCE * (worst in today.short) else ""

    def as_good_as(self, today: Worked, may_miss: float = 0.0) -> bool:
        """Whether it covers as today does, the added hours too, and keeps promises there and as today."""
        return against_today(today, self, may_miss).fits


def worked(
    scenario: Scenario,
    warm: Rota | None = None,
    listen: OnProgress | None = None,
    is_cancelled: IsCancelled | None = None,
    today: Worked | None = None,
    may_miss: float = 0.0,
) -> Worked:
    """A rota and its simulation; where nobody is missing but a promise, calibrated.

    Parameters
    ----------
    warm: a rota to start from. listen: told by the engine.
    is_cancelled: once true, the rota so far is kept and nothing is simulated.
    today: what is held against; None: this is it. may_miss: person-hours beyond today's that may be missing.
    """
    _history, volumes, need = steps.demand_and_need(scenario)
    need, _notices = trim_edges(need, scenario)
    result = steps.schedule(need, scenario, warm, listen, is_cancelled)
    if volumes is None or (is_cancelled is not None and is_cancelled()):
        return _made(scenario, volumes, need, need, result, None, result.missing_hours_bound)
    service = steps.simulate(result.rota, volumes, scenario)
    first = _made(scenario, volumes, need, need, result, service, result.missing_hours_bound)
    held = first if today is None else today
    if not first.covers(held, may_miss) or not (first.short if today is None else first.worse_promise(held)):
        return first
    found = calibrate(need, volumes, scenario, result.rota, None, is_cancelled)
    again = _made(
        scenario, volumes, found.need, need, found.result, found.service, result.missing_hours_bound
    )
    if today is None:
        better = again.covers(first) and sum(again.short.values()) < sum(first.short.values())
    else:
        better = again.as_good_as(today, may_miss)
    return again if better else first


def _made(
    scenario: Scenario,
    volumes: Volumes | None,
    need: Need,
    formulas: Need,
    result: Result,
    service: Service | None,
    bound: float | None,
) -> Worked:
    said: Misses | None = None
    if service is not None:
        said = misses(service, formulas, judged(formulas, scenario), scenario.zone, scenario.skills)
    broken = len(result.no_legal_tour) + len(steps.hard(steps.audit(result.rota, scenario)))
    kept, short = ({}, {}) if said is None else (said.kept, said.short)
    return Worked(scenario, volumes, need, formulas, result, service, kept, short, broken, bound, result.rota)
