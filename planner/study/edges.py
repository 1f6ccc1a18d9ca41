"""Hours at the edges of a period that only a shift of the neighbouring period could cover."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from planner import rota as rota_room
from planner._messages import Message
from planner.clock import local_at
from planner.requirement import Backlog, Need, renamed
from planner.study.steps import carried_of, horizon

if TYPE_CHECKING:
    from planner.study.scenario import Scenario

DAY_QUARTERS = 96


def reachable(need: Need, sets: Sequence[frozenset[str]], scenario: Scenario) -> np.ndarray:
    """Whether a shift of the period, or a carried one, can cover an interval; shape (sets, intervals)."""
    table = scenario.skills
    step, count = need.quarters_per_interval, need.intervals
    by_agent: dict[tuple[str, str], np.ndarray] = {}
    for agent in scenario.team.agents:
        spans = [
            (option.kind, option.start, option.end)
            for options in rota_room.options_for(
                agent, scenario.shift_types, scenario.first_day, scenario.days
            )
            for option in options
        ]
        for kind in ("work", "on_call"):
            quarters = np.zeros(count * step, dtype=bool)
            for its_kind, start, end in spans:
                if its_kind == kind:
                    quarters[max(0, start - need.first_quarter) : max(0, end - need.first_quarter)] = True
            by_agent[agent.name, kind] = np.asarray(np.all(quarters.reshape(count, step), axis=1))
    carried = rota_room.people_on_duty(
        rota_room.Rota("carried", scenario.first_day, scenario.days, (), carried_of(scenario)),
        table,
        sets,
        need.first_quarter,
        need.interval_minutes,
        count,
    )
    out = np.asarray(carried > 0)
    for row, names in enumerate(sets):
        for kind in ("work", "on_call"):
            for name in sorted(table.of_set(names, kind)):
                np.logical_or(out[row], by_agent[name, kind], out=out[row])
    return out


def trim_edges(need: Need, scenario: Scenario) -> tuple[Need, tuple[Message, ...]]:
    """The need without the hours of the first and last day that no shift of the period can reach.

    An hour in mid-period that no shift reaches stays in the need: it is missing, not an edge.
    Deferred work is left out where it arrives in such hours and is due before they end.
    """
    sets = (*need.sets, *(backlog.queues for backlog in need.backlogs))
    cut = _at_edges(need, sets, scenario)
    out = cut[: len(need.sets)] & (need.required > 0)
    trimmed = [_without(row, cut[len(need.sets) + index]) for index, row in enumerate(need.backlogs)]
    nothing = np.zeros(need.intervals, dtype=bool)
    named = np.any(np.stack([nothing, *out, *(lost for _, lost in trimmed)]), axis=0)
    if not named.any():
        return need, ()
    backlogs = tuple(row for row, _ in trimmed)
    changed = replace(need, required=np.where(out, 0, need.required), backlogs=backlogs)
    return renamed(changed), _notices(named, need, scenario.zone)


def left_out(need: Need, scenario: Scenario) -> np.ndarray:
    """Intervals at the edges in which nobody could serve a queue; shape (queues, intervals).

    Whoever judges a rota by its open hours leaves these aside: they say nothing about it.
    """
    return _at_edges(need, [frozenset({name}) for name in need.queues], scenario)


def left_out_of(scenario: Scenario, names: Sequence[str]) -> np.ndarray:
    """The same of queues and roles of a scenario whose need nobody worked out; shape (names, intervals)."""
    first, intervals = horizon(scenario)
    nothing = np.zeros((len(names), intervals), dtype=np.int64)
    is_open = nothing.astype(bool)
    none = Need("", first, scenario.interval_minutes, tuple(names), (), nothing, (), (), is_open)
    return left_out(none, scenario)


def judged(need: Need, scenario: Scenario) -> np.ndarray:
    """Intervals whose contacts a promise is judged on; shape (queues, intervals).

    Those in which the queue is open, or all (see ``Promise.judged_on``), but the edges that are left out.
    """
    by_all = {queue.name for queue in scenario.queues if queue.promise.judged_on == "all"}
    always = np.array([name in by_all for name in need.queues], dtype=bool)
    found: np.ndarray = (need.open | always[:, None]) & ~left_out(need, scenario)
    return found


def _at_edges(need: Need, sets: Sequence[frozenset[str]], scenario: Scenario) -> np.ndarray:
    """Out of reach on the first (last) day, in reach at the same time a day later (earlier)."""
    if scenario.cyclic:
        return np.zeros((len(sets), need.intervals), dtype=bool)
    reach = reachable(need, sets, scenario)
    day = DAY_QUARTERS // need.quarters_per_interval
    k = np.arange(need.intervals)
    first = (k < day)[None, :] & np.roll(reach, -day, axis=1)
    last = (k >= need.intervals - day)[None, :] & np.roll(reach, day, axis=1)
    cut: np.ndarray = ~reach & (first | last)
    return cut


def _stretches(mask: np.ndarray) -> list[np.ndarray]:
    """Indices of the marked intervals, one array for each stretch."""
    touched = np.flatnonzero(mask)
    return np.split(touched, np.flatnonzero(np.diff(touched) > 1) + 1) if len(touched) else []


def _notices(named: np.ndarray, need: Need, zone: str) -> tuple[Message, ...]:
    """One sentence for each stretch of intervals."""
    notices = []
    for part in _stretches(named):
        start = need.first_quarter + int(part[0]) * need.quarters_per_interval
        end = need.first_quarter + (int(part[-1]) + 1) * need.quarters_per_interval
        values = {
            "start": f"{local_at(start, zone):%Y-%m-%d %H:%M}",
            "end": f"{local_at(end, zone):%Y-%m-%d %H:%M}",
            "zone": zone,
        }
        notices.append(Message("study.edge_left_out", values))
    return tuple(notices)


def _without(row: Backlog, blocked: np.ndarray) -> tuple[Backlog, np.ndarray]:
    """The row without work that arrives and is due inside one blocked stretch, and the stretches with some.

    Work is done in the order of arrival, so of the work that arrives in a stretch the first is due first.
    """
    arrived = np.cumsum(row.arriving.astype(np.int64))
    due = arrived - row.not_due
    kept, kept_due = arrived.copy(), due.copy()
    lost = np.zeros(len(blocked), dtype=bool)
    for part in _stretches(blocked):
        before = int(arrived[part[0] - 1]) if part[0] else 0
        dropped = max(0, int(due[part[-1]]) - before)
        if dropped:
            kept -= np.clip(arrived - before, 0, dropped)
            kept_due -= np.clip(due - before, 0, dropped)
            lost[part] = True
    if not lost.any():
        return row, lost
    safety = [
        np.where(lost, 0, more) if more.size else more for more in (row.margin_arriving, row.margin_not_due)
    ]
    changed = replace(
        row,
        arriving=np.diff(kept, prepend=0),
        not_due=kept - kept_due,
        margin_arriving=safety[0],
        margin_not_due=safety[1],
    )
    return changed, lost
