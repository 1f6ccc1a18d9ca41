"""What a rota lets you publish: per queue and part of the week, a time that is kept even in a poor period.

Promise less, deliver more: a share must hold in most simulated periods, within a time with a margin, rounded
up to a figure that people publish; and from few contacts nothing is promised at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from planner import rota as rota_room
from planner._errors import InputError, ScenarioError
from planner._messages import Message
from planner.rota import Rota
from planner.study import steps
from planner.study.edges import left_out_of
from planner.study.lives import usual_lives
from planner.study.plan import plan
from planner.study.progress import OnPlanProgress, PlanProgress
from planner.study.publishable import SHARES, Publishable, publishable

if TYPE_CHECKING:
    from planner.demand import Volumes
    from planner.scheduling import IsCancelled
    from planner.service import Service
    from planner.study.scenario import Scenario

CONFIDENCE = 0.9
"""Share of simulated periods in which what is published must hold, unless another is asked for."""
LIVES = 2
"""How many times as often as usual the period is lived through: poor periods must be seen to be told."""


@dataclass(frozen=True, eq=False)
class Publication:
    """What a rota lets you publish, and what that rests on."""

    scenario: Scenario
    rows: tuple[Publishable, ...]
    share: float
    confidence: float
    replications: int


def publish(
    scenario: Scenario,
    rota: Rota | Path | str | None = None,
    share: float = SHARES[0],
    confidence: float = CONFIDENCE,
    on_progress: OnPlanProgress | None = None,
    is_cancelled: IsCancelled | None = None,
    volumes: Volumes | None = None,
) -> Publication:
    """Simulate a rota and find what may be published.

    Parameters
    ----------
    rota: a rota, its CSV, or the folder of a plan; None: the scenario is planned first.
    share: of contacts to promise. confidence: share of simulated periods in which that must hold.
    volumes: the forecast, if it is known already.

    Raises
    ------
    ScenarioError: when the scenario states its need, for then nobody is expected. InputError: when share or
        confidence are no part of a whole.
    """
    if scenario.fixed_need:
        raise ScenarioError(Message("publish.stated_need", {"scenario": scenario.name}))
    wrong = [
        Message("publish.share", {"name": name, "given": f"{100 * given:g}%"})
        for name, given in (("share", share), ("confidence", confidence))
        if not 0 < given < 1
    ]
    if wrong:
        raise InputError(*wrong)
    if rota is None:
        made = plan(scenario, on_progress, is_cancelled)
        rota, volumes = made.rota, made.volumes
    elif not isinstance(rota, Rota):
        path = Path(rota) / "rota.csv" if Path(rota).is_dir() else Path(rota)
        team, period = scenario.team, (scenario.first_day, scenario.days)
        rota = rota_room.read_rota(path, team, scenario.shift_types, *period)
    if on_progress is not None:
        on_progress(PlanProgress("simulation"))
    known = steps.forecast(steps.read_history(scenario), scenario) if volumes is None else volumes
    service = steps.simulate(rota, known, scenario, replications=LIVES * usual_lives(known))
    return publication(service, scenario, share, confidence)


def publication(
    service: Service, scenario: Scenario, share: float = SHARES[0], confidence: float = CONFIDENCE
) -> Publication:
    """What a simulated service lets one publish.

    Who comes at the edges of the period, when only last period's shifts could be there, counts no more than
    at the gates.
    """
    judged = ~left_out_of(scenario, [queue.name for queue in service.queues])
    rows = publishable(service, scenario, judged, share, confidence)
    return Publication(scenario, rows, share, confidence, service.replications)
