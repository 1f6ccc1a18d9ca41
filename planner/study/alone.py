"""How much safety deferred pools need if people could come by the interval: a good first guess for rotas.

Each group of queues that share people is simulated as one pool, with exactly the people that its need
asks for and every one of them able to serve all of it. The smallest z on a grid is found that keeps the
promises with one standard error to spare (a point at most); one step less does not. (A forecast that may err
by whole weeks leaves an error of a point or so, and a safety that fits one sample of customers to the point
fails the next.)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from planner.clock import local_at, quarter_at
from planner.people import Agent, Skills, Team
from planner.requirement import with_margin
from planner.rota import Rota, Shift
from planner.service import ServiceSettings, kept_by_week, kept_share
from planner.service import simulate as live_through
from planner.study.asks import Names
from planner.study.fewest import fewest_people
from planner.study.lives import lives_for
from planner.study.safety import MOST_SPARED, contracts_filled, pools
from planner.study.steps import planned_of

if TYPE_CHECKING:
    from planner.demand import Volumes
    from planner.requirement import Need
    from planner.scheduling import IsCancelled
    from planner.service import Service
    from planner.study.scenario import Scenario

STEP, MOST_STEPS = 0.05, 100


@dataclass(frozen=True)
class Alone:
    """Safety of a pool alone.

    Attributes
    ----------
    z: the smallest that keeps every promise; None: even the largest tried does not.
    more: to add to the settings' safety.
    kept: least share above the promise of its queues, less one error.
    less_kept: the same with one step less; NaN where z is 0.
    """

    z: float | None
    more: float
    kept: float
    less_kept: float


def starting_safety(
    need: Need,
    volumes: Volumes,
    scenario: Scenario,
    judged: np.ndarray,
    is_cancelled: IsCancelled | None = None,
) -> dict[Names, Alone]:
    """The safety that each deferred pool needs alone.

    Where contracts fill everybody's weeks, less than the settings' safety would save nothing, and only
    more is asked for.
    """
    some = pools(need, scenario.queues)
    lowest = dict.fromkeys(some, -1)
    highest = dict.fromkeys(some, MOST_STEPS + 1)
    spare: dict[tuple[Names, int], float] = {}
    first = dict.fromkeys(some, round(scenario.need_settings.safety / STEP))
    while open_pools := [pool for pool in some if highest[pool] - lowest[pool] > 1]:
        if is_cancelled is not None and is_cancelled():
            return {}
        steps = {pool: _between(lowest[pool], highest[pool], first[pool]) for pool in open_pools}
        settled = {pool: min(highest[pool], MOST_STEPS) for pool in some if pool not in steps}
        found = _simulated({**settled, **steps}, need, volumes, scenario, judged)
        for pool, step in steps.items():
            spare[pool, step] = found[pool]
            if found[pool] >= 0.0:
                highest[pool] = step
            else:
                lowest[pool] = step
    return {pool: _alone(pool, highest[pool], spare, scenario) for pool in some}


def _between(lowest: int, highest: int, first: int) -> int:
    """The next step to try: the settings' own first, then away from it twice as far, then half-way.

    Examples
    --------
    >>> _between(-1, 101, 4), _between(4, 101, 4), _between(8, 101, 4), _between(-1, 4, 4), _between(4, 8, 4)
    (4, 8, 16, 1, 6)
    """
    if lowest < 0 and highest > MOST_STEPS:
        return min(max(first, 0), MOST_STEPS)
    if highest > MOST_STEPS:
        return min(max(2 * lowest, lowest + 2), MOST_STEPS)
    return (lowest + highest) // 2


def _alone(pool: Names, highest: int, spare: Mapping[tuple[Names, int], float], scenario: Scenario) -> Alone:
    if highest > MOST_STEPS:
        return Alone(None, 0.0, spare[pool, MOST_STEPS], float("nan"))
    z = round(highest * STEP, 6)
    more = round(z - scenario.need_settings.z_of(pool), 6)
    if contracts_filled(scenario):
        more = max(0.0, more)
    return Alone(z, more, spare[pool, highest], spare.get((pool, highest - 1), float("nan")))


def _simulated(
    steps: Mapping[Names, int], need: Need, volumes: Volumes, scenario: Scenario, judged: np.ndarray
) -> dict[Names, float]:
    """Least share kept above the promise, per pool."""
    for pool, step in steps.items():
        need = with_margin(need, pool, step * STEP - scenario.need_settings.z_of(pool))
    people = {pool: staffing(pool, need, scenario) for pool in steps}
    groups = {pool: _group(pool, need) for pool in steps}
    service = lived_through(people, groups, volumes, scenario)
    return {pool: _spare(pool, service, need, scenario, judged) for pool in steps}


def staffing(pool: Names, need: Need, scenario: Scenario) -> np.ndarray:
    """People per interval for a pool and the queues that share its people, everybody able to do all."""
    names = _group(pool, need)
    asked = [need.required[row] for row, listed in enumerate(need.sets) if listed <= names]
    floor = np.max(asked, axis=0) if asked else np.zeros(need.intervals, dtype=np.int64)
    open_ = np.any([need.open[need.queues.index(name)] for name in sorted(names)], axis=0)
    return fewest_people([row for row in need.backlogs if row.queues <= pool], floor, open_)


def _group(pool: Names, need: Need) -> Names:
    return next(frozenset(group) for group in need.groups if pool & frozenset(group))


def lived_through(
    people: Mapping[Names, np.ndarray],
    groups: Mapping[Names, Names],
    volumes: Volumes,
    scenario: Scenario,
    seed: int | None = None,
    lives: int | None = None,
) -> Service:
    """The period lived through with so many people per interval for each group, and nobody else.

    Parameters
    ----------
    lives: replications; None: as many as say enough.
    """
    crews = {
        pool: [f"{number} {place}" for place in range(int(on_duty.max(initial=0)))]
        for number, (pool, on_duty) in enumerate(people.items())
    }
    shifts = [
        shift
        for pool, on_duty in people.items()
        for place, name in enumerate(crews[pool])
        for shift in stretches(name, on_duty > place, volumes, scenario)
    ]
    everybody = tuple(name for crew in crews.values() for name in crew)
    rota = Rota(scenario.name, scenario.first_day, scenario.days, everybody, tuple(sorted(shifts)))
    team = Team(tuple(Agent(name, "", scenario.zone, {}) for name in everybody))
    planned = planned_of(scenario, volumes)
    able = {
        name: frozenset(person for pool, crew in crews.items() if name in groups[pool] for person in crew)
        for name in (*(queue.name for queue in scenario.queues), *(work.name for work in planned))
    }
    queues = [
        replace(queue, aht_seconds=queue.aht_seconds * scenario.skills.factor(queue.name))
        for queue in scenario.queues
    ]
    table = Skills(able, dict.fromkeys(able, "work"))
    needs = scenario.need_settings
    settings = ServiceSettings(
        seed=scenario.seed if seed is None else seed,
        replications=lives or scenario.replications or lives_for(volumes),
        when_closed=scenario.when_closed,
        busy_inside_shift=needs.busy_inside_shift,
        no_shows=needs.no_shows,
        voicemail_seconds=needs.voicemail_seconds,
        open_tickets=needs.open_tickets,
    )
    return live_through(rota, volumes, queues, team, table, scenario.opening, settings, planned)


def stretches(name: str, there: np.ndarray, volumes: Volumes, scenario: Scenario) -> list[Shift]:
    """One person's duties, cut at local midnights, from the intervals of presence."""
    step = volumes.interval_minutes // 15
    cut = np.flatnonzero((np.diff(there.astype(int)) != 0) | (np.diff(volumes.day_of) != 0)) + 1
    edges = [0, *cut.tolist(), len(there)]
    found = []
    for begin, end in pairwise(edges):
        if there[begin]:
            first, last = volumes.first_quarter + begin * step, volumes.first_quarter + end * step
            day = local_at(first, scenario.zone).date()
            found.append(Shift(quarter_at(first), name, quarter_at(last), day, "alone", scenario.zone))
    return found


def _spare(pool: Names, service: Service, need: Need, scenario: Scenario, judged: np.ndarray) -> float:
    """Least share above the promise of a pool's queues, one error taken off; 1.0 where nobody comes."""
    least = 1.0
    for queue in scenario.queues:
        if queue.name in pool and queue.handled_as != "live":
            mask = judged[need.queues.index(queue.name)]
            share = kept_share(service, mask, queue.name)
            if np.isfinite(share):
                error = min(_error(kept_by_week(service, mask, queue.name)), MOST_SPARED)
                least = min(least, share - error - queue.promise.share)
    return least


def _error(by_week: np.ndarray) -> float:
    """Standard error of a share, from how much it differs between lives: other customers may come."""
    known = by_week[np.isfinite(by_week).any(axis=1)]
    if len(known) < 2:
        return 0.0
    return float(np.nanmean(known, axis=1).std(ddof=1) / np.sqrt(len(known)))
