"""People asked for where the simulation says that a promise is missed: cuts over sets of queues.

Singles and unions alone are only a lower estimate for people who share several queues. A cut names the
set that fails, not always one queue: queues that share people and fail in the same hours need somebody
who serves any of them, and each would otherwise ask for a person of its own.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from planner.people import Skills
from planner.requirement import people_between
from planner.rota import people_on_duty
from planner.study import steps
from planner.study.asks import Asks, Names, level
from planner.study.misses import TOLERANCE, hours_of_week

AND_HALF = 1.5

if TYPE_CHECKING:
    from planner.demand import Queue, Volumes
    from planner.requirement import Need
    from planner.rota import Rota
    from planner.study.misses import Misses
    from planner.study.scenario import Scenario


def with_cuts(
    asks: Asks,
    need: Need,
    scenario: Scenario,
    volumes: Volumes,
    rota: Rota,
    found: Misses,
    judged: np.ndarray,
    bold: int = 1,
) -> Asks:
    """What is asked, and people for the sets that miss their promise, in the hours in which they do.

    Asked are the fewest people on duty in such an hour, who have proved too few, and as many more as the
    formula wants between the shares kept and promised (for deferred work: as the late work fills), at
    least one. The need of the set alone may lie far below the people there, who also have other work.

    Parameters
    ----------
    asks, need: as they are. rota: what the need gave. found: what the simulation of it says.
    judged: intervals of arrival that count, by the need's queues.
    bold: how many times as much is asked; above 1, each failing queue asks for itself as well.
    """
    table = scenario.skills
    by_set = failing_sets(scenario.queues, table, found, bold)
    if bold > 1:
        for names, hours in list(by_set.items()):
            for name in sorted(names & frozenset(found.short)) if len(names) > 1 else ():
                by_set.setdefault(frozenset({name}), set()).update(hours)
    sets = sorted(by_set, key=lambda names: (len(names), sorted(names)))
    if not sets:
        return asks
    grid = (need.first_quarter, need.interval_minutes, need.intervals)
    carried = steps.carried_of(scenario)
    on_duty = people_on_duty(rota, table, sets, *grid, scenario.cyclic, carried=carried)
    hour = hours_of_week(need, scenario.zone)
    for row, names in enumerate(sets):
        members = [queue for queue in scenario.queues if queue.name in names]
        open_ = np.any([judged[need.queues.index(queue.name)] for queue in members], axis=0)
        now, people = level(need, names), np.zeros(need.intervals, dtype=np.int64)
        for number in sorted(by_set[names]):
            mask = (hour == number) & open_
            if mask.any():
                more = bold * _gap(members, scenario, volumes, mask, found, number)
                wanted = int(on_duty[row][mask].min()) + more
                people[mask] = np.where(wanted > now[mask], wanted, 0)
        if people.any():
            asks = asks.with_people(names, people)
    return asks


def failing_sets(
    queues: Sequence[Queue], table: Skills, found: Misses, bold: int = 1
) -> dict[Names, set[int]]:
    """Sets of queues that share people and fail together, each with its hours of the week.

    Every set holds a queue that misses its promise on the whole; others join it in hours in which they
    fail too. A deferred queue counts if its late contacts stand in a few hours of the week.
    """
    failing = {queue.name: failing_hours(queue, found, bold) for queue in queues}
    by_set: dict[Names, set[int]] = {}
    for hour in sorted({number for hours in failing.values() for number in hours}):
        there = [name for name, hours in failing.items() if hour in hours]
        for names in _sharing(there, table):
            if names & frozenset(found.short):
                by_set.setdefault(names, set()).add(hour)
    return by_set


def failing_hours(queue: Queue, found: Misses, bold: int = 1) -> frozenset[int]:
    """Hours of the week that ask for more people.

    Of a live queue those that lose most contacts first, until the promise would hold on the whole (and
    half as much again, for no hour is lifted exactly): a promise holds for a queue as a whole, and every
    hour costs people. Of a deferred queue its weak hours.
    """
    if queue.handled_as != "live":
        return frozenset(found.weak[queue.name] if queue.name in found.concentrated else ())
    share, contacts = found.hours[queue.name], found.contacts[queue.name]
    lost = np.nan_to_num(np.maximum(0.0, queue.promise.share - TOLERANCE - share)) * contacts
    if not lost.any():
        some = contacts > 0 if queue.name in found.short else np.zeros(len(contacts), dtype=bool)
        return frozenset(np.flatnonzero(some).tolist())
    if queue.name not in found.short:
        return frozenset(np.flatnonzero(lost).tolist())
    order = np.lexsort((np.arange(len(lost)), -lost))
    wanted = AND_HALF * bold * found.short[queue.name] * contacts.sum()
    enough = int(np.searchsorted(np.cumsum(lost[order]), wanted)) + 1
    return frozenset(number for number in order[:enough].tolist() if lost[number])


def _sharing(names: Iterable[str], table: Skills) -> list[Names]:
    """Queues as the smallest sets that share nobody with each other."""
    parts: list[tuple[Names, frozenset[str]]] = []
    for name in names:
        joined, people = frozenset({name}), table.able[name]
        for part in [part for part in parts if part[1] & people]:
            parts.remove(part)
            joined, people = joined | part[0], people | part[1]
        parts.append((joined, people))
    return [part[0] for part in parts]


def _gap(
    queues: Sequence[Queue],
    scenario: Scenario,
    volumes: Volumes,
    mask: np.ndarray,
    found: Misses,
    hour: int,
) -> int:
    """People between what a set keeps in an hour of the week and what it promises."""
    per_interval = [float(volumes.mean[volumes.queues.index(queue.name)][mask].mean()) for queue in queues]
    kept = [_kept(found, queue.name, hour) for queue in queues]
    live = [number for number, queue in enumerate(queues) if queue.handled_as == "live"]
    hours = scenario.interval_minutes / 60
    people = 0
    if live:
        people = people_between(
            [queues[n] for n in live],
            [per_interval[n] / hours for n in live],
            [kept[n] for n in live],
            scenario.need_settings,
        )
    late = sum(
        max(0.0, queue.promise.share - kept[n]) * per_interval[n] * queue.aht_seconds / (3600 * hours)
        for n, queue in enumerate(queues)
        if n not in live
    )
    return max(1, people + math.ceil(late - TOLERANCE))


def _kept(found: Misses, name: str, hour: int) -> float:
    share = float(found.hours[name][hour])
    return share if np.isfinite(share) else found.kept[name]
