"""A forecast that is wrong: what is kept in a quiet week and in a busy one."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from planner import demand
from planner._messages import Message
from planner.service import kept_share
from planner.study import steps
from planner.study.lives import usual_lives
from planner.study.progress import OnPlanProgress, PlanProgress
from planner.study.stress import go_on

if TYPE_CHECKING:
    from planner.demand import Volumes
    from planner.rota import Rota
    from planner.scheduling import IsCancelled
    from planner.study.scenario import Scenario

_DRAWS = 400


@dataclass(frozen=True)
class Wrong:
    """Share within the promise of one queue with little, expected and much demand; NaN: too few contacts."""

    queue: str
    at_low: float
    kept: float
    at_high: float


@dataclass(frozen=True)
class ForecastError:
    """What is kept when the forecast is wrong. ``low``, ``high``: factors on the forecast, 8 weeks of 10."""

    low: float
    high: float
    queues: tuple[Wrong, ...]
    replications: int
    messages: tuple[Message, ...] = field(default=())


def forecast_error(
    rota: Rota,
    volumes: Volumes,
    scenario: Scenario,
    replications: int | None = None,
    on_progress: OnPlanProgress | None = None,
    is_cancelled: IsCancelled | None = None,
) -> ForecastError | None:
    """What is kept in a quiet and in a busy week: the 10th and 90th percentile of a week's demand.

    The percentiles are those of ``demand.draws``, all queues together; every interval is then scaled alike,
    and only days and hours are still left to chance. None when cancelled.

    Parameters
    ----------
    rota: ours or any other of the scenario's team.
    replications: None: 60 or more, fewer without the compiled extra.
    on_progress, is_cancelled: as ``plan`` takes them.
    """
    # Three weeks of different customers are compared, so luck must be smaller than where they are the same.
    lives, began = replications or 2 * usual_lives(volumes), time.monotonic()
    low, high = _week_factors(volumes, scenario.seed)
    shares = []
    for number, factor in enumerate((low, 1.0, high), start=1):
        said = PlanProgress("wrong forecast", stage=number, stages=3)
        if not go_on(said, began, on_progress, is_cancelled):
            return None
        given = volumes if factor == 1.0 else _scaled(volumes, factor)
        service = steps.simulate(rota, given, scenario, replications=lives)
        shares.append([kept_share(service, queue=queue.name) for queue in scenario.queues])
    queues = tuple(Wrong(queue.name, *(row[q] for row in shares)) for q, queue in enumerate(scenario.queues))
    made = ForecastError(low, high, queues, lives)
    return replace(made, messages=_wrong_told(made))


def _week_factors(volumes: Volumes, seed: int) -> tuple[float, float]:
    """10th and 90th percentile of a week's contacts against their mean; weeks cut short do not count."""
    total = demand.draws(volumes, _DRAWS, seed).sum(axis=1)
    weeks = np.unique(volumes.week_of)
    length = np.array([(volumes.week_of == week).sum() for week in weeks])
    factors = [
        total[:, volumes.week_of == week].sum(axis=1) / expected
        for week, long in zip(weeks, length, strict=True)
        if long == length.max() and (expected := volumes.mean[:, volumes.week_of == week].sum()) > 0
    ]
    if not factors:
        return 1.0, 1.0
    low, high = np.percentile(np.concatenate(factors), [10, 90])
    return float(low), float(high)


def _scaled(volumes: Volumes, factor: float) -> Volumes:
    spread = {name: replace(one, week=0.0) for name, one in volumes.spread.items()}
    mean, low, high = (factor * part for part in (volumes.mean, volumes.low, volumes.high))
    return replace(volumes, mean=mean, low=low, high=high, spread=spread)


def _wrong_told(found: ForecastError) -> tuple[Message, ...]:
    ends = {"low": f"{100 * found.low:.0f}", "high": f"{100 * found.high:.0f}"}
    lines = [Message("stress.forecast_range", ends)]
    for each in found.queues:
        shares = {name: f"{100 * getattr(each, name):.0f}" for name in ("at_low", "kept", "at_high")}
        known = all(math.isfinite(share) for share in (each.at_low, each.kept, each.at_high))
        code = "stress.forecast_queue" if known else "stress.forecast_few"
        lines.append(Message(code, {"queue": each.queue, **shares, **ends}))
    return tuple(lines)
