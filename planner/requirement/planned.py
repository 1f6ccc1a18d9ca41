"""Rows of fixed planned work: people who are on duty and answer nobody.

Whoever sits in a training is gone for the whole window, so planned people come on top of those who
answer: a set of live queues joined with planned work asks for the people at work for the queues and
the planned people. They are not divided by the share of time that is busy inside the shift (the
window is exact), and the minimum on duty, which counts people on duty whatever they do, is not added.

A set with a stricter one inside it (fewer people can serve it, and it asks for as many) is not listed:
it cannot be short when the other is not.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from planner.demand import PlannedWork
from planner.people import Skills
from planner.requirement.explain import Row
from planner.requirement.horizon import Horizon
from planner.requirement.rows import gross_of
from planner.requirement.settings import NeedSettings


def people_away(horizon: Horizon, work: PlannedWork) -> np.ndarray:
    """People whom fixed work keeps in each interval; a window counts in every interval it touches."""
    volumes = horizon.volumes
    step = volumes.interval_minutes // 15
    away = np.zeros(volumes.intervals * step, dtype=np.int64)
    for window in work.windows if work.fixed else ():
        first, last = (max(0, quarter - volumes.first_quarter) for quarter in (window.start, window.end))
        away[first:last] = window.people
    found: np.ndarray = away.reshape(volumes.intervals, step).max(axis=1)
    return found


def in_window(horizon: Horizon, work: PlannedWork) -> np.ndarray:
    """Whether each interval touches a window of planned work."""
    volumes = horizon.volumes
    step = volumes.interval_minutes // 15
    inside = np.zeros(volumes.intervals * step, dtype=bool)
    for window in work.windows:
        first, last = (max(0, quarter - volumes.first_quarter) for quarter in (window.start, window.end))
        inside[first:last] = True
    found: np.ndarray = inside.reshape(volumes.intervals, step).max(axis=1)
    return found


def planned_rows(
    horizon: Horizon,
    rows: Sequence[Row],
    queue_groups: Sequence[tuple[str, ...]],
    groups: Sequence[tuple[str, ...]],
    planned: Sequence[PlannedWork],
    skills_: Skills,
    settings: NeedSettings,
) -> list[Row]:
    """Rows that planned work adds to those of the queues.

    Parameters
    ----------
    rows: of queues and pools. queue_groups: queues that share people, without planned work.
    groups: the same, with planned work, which may bring together queues that share nobody.
    """
    found = [_alone(horizon, (work,)) for work in planned]
    for group in groups:
        inside = [work for work in planned if work.name in group]
        if not inside:
            continue
        listed = [row for row in rows if row.queues <= frozenset(group) and row.kind != "on call"]
        parts = [frozenset(part) for part in queue_groups if frozenset(part) <= frozenset(group)]
        both = _added_up(listed, parts, settings) if len(parts) > 1 else []
        fixed = [work for work in inside if work.fixed and work.windows]
        sets = [(work,) for work in fixed] + ([tuple(fixed)] if len(fixed) > 1 else [])
        away = [_alone(horizon, works) for works in sets]
        live = [row for row in [*listed, *both] if row.kind == "live"]
        joined = [_joined(row, other, settings) for row in live for other in away]
        known = [*listed, *found]
        found += both + _needed([*away[len(fixed) :], *joined], known, skills_)
    return found


def _alone(horizon: Horizon, works: Sequence[PlannedWork]) -> Row:
    """People away for planned work; of movable work only what it amounts to."""
    away = np.sum([people_away(horizon, work) for work in works], axis=0)
    inside = np.any([in_window(horizon, work) for work in works], axis=0)
    load = away.astype(np.float64)
    for work in works:
        for window in () if work.fixed else work.windows:
            load += _spread(horizon, window.start, window.end, window.work_seconds)
    names = frozenset(work.name for work in works)
    nobody = np.zeros(len(away), dtype=np.int64)
    return Row(names, "planned", load, nobody, away, inside, away=away)


def _spread(horizon: Horizon, start: int, end: int, seconds: float) -> np.ndarray:
    """Erlang of movable work, as if done evenly over its window."""
    volumes = horizon.volumes
    step = volumes.interval_minutes // 15
    load = np.zeros(volumes.intervals * step)
    first, last = (max(0, quarter - volumes.first_quarter) for quarter in (start, end))
    load[first:last] = seconds / ((end - start) * 900.0)
    found: np.ndarray = load.reshape(volumes.intervals, step).mean(axis=1)
    return found


def _at_work(row: Row, settings: NeedSettings) -> np.ndarray:
    """People who must be rostered for the work itself, without a minimum on duty."""
    return gross_of(row.net, np.zeros(len(row.load), dtype=np.int64), settings)


def _added_up(rows: Sequence[Row], parts: Sequence[frozenset[str]], settings: NeedSettings) -> list[Row]:
    """Queues that share nobody but the people of planned work: their needs add up."""
    tops, works, used = [], [], []
    for part in parts:
        inside = [row for row in rows if row.queues <= part]
        if inside:
            tops.append(np.max([row.gross for row in inside], axis=0))
            works.append(np.max([_at_work(row, settings) for row in inside], axis=0))
            used += [row for row in inside if len(row.queues) == 1]
    names = frozenset(name for row in used for name in row.queues)
    if any(row.queues == names for row in rows) or not np.any(np.sum(tops, axis=0) > np.max(tops, axis=0)):
        return []
    is_open = np.any([row.is_open for row in used], axis=0)
    load = np.sum([row.load for row in used], axis=0)
    gross, work = np.sum(tops, axis=0), np.sum(works, axis=0)
    return [Row(names, "live", load, gross - work, gross, is_open, sum_of=work)]


def _joined(row: Row, away: Row, settings: NeedSettings) -> Row:
    """Queues and planned work of the same people."""
    people = away.gross
    work = row.sum_of if row.sum_of is not None else _at_work(row, settings)
    active = people > 0
    return Row(
        queues=row.queues | away.queues,
        kind="planned",
        load=np.where(active, row.load + people, 0.0),
        presence=away.presence,
        gross=np.where(active, work + people, 0),
        is_open=active,
        live=row.live,
        away=people,
        sum_of=row.sum_of,
        works=len(away.queues),
    )


def _needed(rows: Sequence[Row], known: Sequence[Row], skills_: Skills) -> list[Row]:
    """The rows that no stricter one, known or among themselves, says already."""
    able = {row.queues: skills_.of_set(row.queues, "work") for row in [*known, *rows]}
    left = sorted(rows, key=lambda row: (len(row.queues), sorted(row.queues)))
    for row in list(reversed(left)):
        others = [*known, *(other for other in left if other is not row)]
        if any(able[o.queues] <= able[row.queues] and (o.gross >= row.gross).all() for o in others):
            left = [other for other in left if other is not row]
    return left
