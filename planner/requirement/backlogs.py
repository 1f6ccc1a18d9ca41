"""Deferred queues as rows for the rota model.

Sets are each deferred queue alone, and the deferred queues of each group that shares people. Each
set has a row of first replies with the promise, and, where contacts need more touches, a row of all
work, whose further touches have the follow-up time. Safety work z * sqrt(win * AHT * (1 + cv^2)) /
len is added to each interval, where win is the work arriving in the last len intervals, which span
twice the promise.

One person does ``interval * occupancy cap * (1 - busy inside the shift) * (1 - no-shows)`` of work in
an interval, in units of 15 s, rounded down. Live work of the same people comes first: a set of
deferred queues D and the live queues L of its group together have N(D | L) people, of whom live work
takes its load, if the contacts of D can be put down for a live one, or else the people required for L.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np

from planner.demand import Queue, Volumes
from planner.requirement.deferred import OpenTimes, Work, together, whole_units, work_of
from planner.requirement.explain import Row
from planner.requirement.live import LiveNeed
from planner.requirement.mistakes import decimal
from planner.requirement.need import WORK_UNIT_SECONDS, Backlog
from planner.requirement.settings import NeedSettings
from planner.requirement.shrinkage import present_share

FIRST_REPLIES = "first replies"
ALL_WORK = "all work"


def per_person(interval_minutes: int, settings: NeedSettings) -> int:
    """Units of work that one person on duty does in an interval.

    Examples
    --------
    >>> per_person(30, NeedSettings(busy_inside_shift=0.15, no_shows=0.03))
    84
    """
    share = present_share(settings.busy_inside_shift, settings.no_shows)
    units = interval_minutes * 60 // WORK_UNIT_SECONDS
    return math.floor(units * decimal(settings.occupancy_cap) * share)


def backlog_rows(
    volumes: Volumes,
    queues: Sequence[Queue],
    groups: Sequence[tuple[str, ...]],
    times: Mapping[str, OpenTimes],
    live: Mapping[str, LiveNeed],
    rows: Sequence[Row],
    settings: NeedSettings,
) -> tuple[Backlog, ...]:
    """All backlogs: group by group, singles before the union, first replies before all work.

    Parameters
    ----------
    live: live queues (and those between live and deferred) with their loads.
    rows: the rows of the need, for what live queues require.
    """
    found = []
    for group in groups:
        members = [queue for queue in queues if queue.name in group]
        deferred = [queue for queue in members if queue.handled_as != "live"]
        only_live = [queue.name for queue in members if queue.handled_as == "live"]
        sets = [[queue] for queue in deferred] + ([deferred] if len(deferred) > 1 else [])
        for some in sets:
            limits = _limits(some, only_live, volumes, live, rows, settings)
            found += [
                _row(some, what, volumes, times, limits, settings)
                for what in (FIRST_REPLIES, ALL_WORK)
                if what == FIRST_REPLIES or any(queue.replies > 1.0 for queue in some)
            ]
    return tuple(found)


def _row(
    queues: Sequence[Queue],
    what: str,
    volumes: Volumes,
    times: Mapping[str, OpenTimes],
    limits: tuple[tuple[frozenset[str], np.ndarray], ...],
    settings: NeedSettings,
) -> Backlog:
    seconds = volumes.interval_minutes * 60.0
    follow_up = settings.follow_up_seconds if what == ALL_WORK else None
    works: list[Work] = [
        work_of(queue, volumes.mean[volumes.queues.index(queue.name)], seconds, times[queue.name], follow_up)
        for queue in queues
    ]
    work = together(works, seconds)
    names = frozenset(queue.name for queue in queues)
    z = settings.z_of(names)
    arriving, not_due = whole_units(
        work.arriving + z * work.margin_arriving, work.not_due + z * work.margin_not_due
    )
    return Backlog(
        queues=names,
        arriving=arriving,
        not_due=not_due,
        per_person=per_person(volumes.interval_minutes, settings),
        limits=limits,
        what=what,
        margin_arriving=work.margin_arriving,
        margin_not_due=work.margin_not_due,
    )


def _limits(
    deferred: Sequence[Queue],
    only_live: Sequence[str],
    volumes: Volumes,
    live: Mapping[str, LiveNeed],
    rows: Sequence[Row],
    settings: NeedSettings,
) -> tuple[tuple[frozenset[str], np.ndarray], ...]:
    names = frozenset(queue.name for queue in deferred)
    alone = (names, np.zeros(volumes.intervals, dtype=np.int64))
    if not only_live:
        return (alone,)
    if all(queue.interruptible for queue in deferred):
        load = np.sum([live[name].taken for name in only_live], axis=0)
        units = load * (volumes.interval_minutes * 60 / WORK_UNIT_SECONDS)
        taken = np.ceil(units - 1e-6).astype(np.int64)
    else:
        within = [row.gross for row in rows if row.live is not None and row.queues <= frozenset(only_live)]
        taken = np.max(within, axis=0) * per_person(volumes.interval_minutes, settings)
    return (alone, (names | frozenset(only_live), taken))
