"""Rows of the need: single queues, roles, pools of queues, everybody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from planner.demand import Queue
from planner.requirement.erlang import blocking
from planner.requirement.explain import Row
from planner.requirement.horizon import Horizon
from planner.requirement.live import LiveNeed, single
from planner.requirement.settings import EVERYBODY, NeedSettings, RoleNeed
from planner.requirement.shrinkage import present_share, rostered_people
from planner.requirement.union import union


def gross_of(net: np.ndarray, presence: np.ndarray, settings: NeedSettings) -> np.ndarray:
    """``shrinkage.gross_people`` for many intervals at once, in whole numbers.

    With ``small_team_confidence`` never fewer than those who are enough with that chance.
    """
    share = present_share(settings.busy_inside_shift, settings.no_shows)
    divided = -(-net * share.denominator // share.numerator)
    if settings.small_team_confidence is not None:
        free = present_share(settings.busy_inside_shift)
        chance = (settings.no_shows, settings.small_team_confidence)
        there = -(-net * free.denominator // free.numerator)
        numbers, back = np.unique(there, return_inverse=True)
        sure = np.array([rostered_people(int(number), *chance) for number in numbers], dtype=np.int64)
        divided = np.maximum(divided, sure[back].reshape(there.shape))
    gross: np.ndarray = np.maximum(presence, divided)
    return gross


def single_rows(horizon: Horizon, queues: Sequence[Queue], settings: NeedSettings) -> list[Row]:
    """A row for each queue alone."""
    rows = []
    for queue in queues:
        is_open = horizon.is_open[queue.name]
        presence = np.where(is_open, int(settings.presence.get(queue.name, 0)), 0)
        if queue.handled_as == "deferred":
            load = (
                horizon.contacts_of(queue.name)
                * horizon.aht_seconds(queue)
                * queue.replies
                / horizon.interval_seconds
            )
            rows.append(Row(frozenset({queue.name}), "deferred", load, presence, presence, is_open))
            continue
        live = single(queue, horizon, settings)
        gross = gross_of(live.net, presence, settings)
        rows.append(Row(frozenset({queue.name}), "live", live.load, presence, gross, is_open, live))
    return rows


def role_open(horizon: Horizon, names: Sequence[str], role: RoleNeed) -> np.ndarray:
    """Intervals in which a role must be reachable: any queue is open, or its own hours say so."""
    is_open = horizon.any_open(names)
    if role.also is None:
        return is_open
    step, count = horizon.volumes.interval_minutes // 15, horizon.volumes.intervals
    own = role.also.mask(horizon.volumes.first_quarter, count * step).reshape(count, step).max(axis=1)
    found: np.ndarray = is_open | own
    return found


def role_rows(horizon: Horizon, names: Sequence[str], roles: Sequence[RoleNeed]) -> list[Row]:
    """A row for each escalation role; it predicts how often somebody on call is free."""
    come = np.sum([np.where(horizon.is_open[name], horizon.contacts_of(name), 0.0) for name in names], axis=0)
    rows = []
    for role in roles:
        is_open = role_open(horizon, names, role)
        presence = np.where(is_open, role.count, 0)
        load = come * role.share * role.handle_seconds / horizon.interval_seconds
        free = np.array([1.0 - blocking(float(busy), role.count) if busy else np.nan for busy in load])
        row = Row(frozenset({role.role}), "on call", load, presence, presence, is_open, free=free)
        rows.append(row)
    return rows


def union_rows(
    horizon: Horizon,
    queues: Sequence[Queue],
    together: Sequence[tuple[str, ...]],
    live: Mapping[str, LiveNeed],
    settings: NeedSettings,
) -> list[Row]:
    """A row for the live queues of each group, where the pool needs more than any of them."""
    rows = []
    nobody = np.zeros(horizon.volumes.intervals, dtype=np.int64)
    for group in together:
        members = [queue for queue in queues if queue.name in group and queue.name in live]
        if len(members) < 2:
            continue
        pool = union(members, live, horizon, settings)
        gross = gross_of(pool.net, nobody, settings)
        largest = np.max([gross_of(live[queue.name].net, nobody, settings) for queue in members], axis=0)
        if np.any(gross > largest):
            names = [queue.name for queue in members]
            is_open = horizon.any_open(names)
            rows.append(Row(frozenset(names), "live", pool.load, nobody, gross, is_open, pool))
    return rows


def with_everybody(
    rows: list[Row], horizon: Horizon, names: Sequence[str], settings: NeedSettings
) -> list[Row]:
    """The minimum on duty of "all": a row of its own, or part of the row of the same queues."""
    least = int(settings.presence.get(EVERYBODY, 0))
    if least == 0:
        return rows
    is_open = horizon.any_open(names)
    presence = np.where(is_open, least, 0)
    everybody = frozenset(names)
    for index, row in enumerate(rows):
        if row.queues == everybody:
            return [*rows[:index], row.at_least(presence), *rows[index + 1 :]]
    return [*rows, Row(everybody, "presence", np.zeros(len(presence)), presence, presence, is_open)]
