"""Hours at the edges of a period that only a shift of the neighbouring period could cover."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from planner import rota as rota_room
from planner._messages import Message
from planner.clock import local_at
from planner.people import skills
from planner.requirement import Backlog, Need, renamed
from planner.study.steps import carried_of

if TYPE_CHECKING:
    from planner.study.scenario import Scenario

DAY_QUARTERS = 96


def reachable(need: Need, sets: Sequence[frozenset[str]], scenario: Scenario) -> np.ndarray:
    """Whether a shift of the period, or a carried one, can cover an interval; shape (sets, intervals)."""
    table = skills(scenario.team, scenario.queues, scenario.roles)
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
    Deferred work that arrives in such hours is left out with them.
    """
    if scenario.cyclic:
        return need, ()
    day = DAY_QUARTERS // need.quarters_per_interval
    sets = (*need.sets, *(backlog.queues for backlog in need.backlogs))
    reach = reachable(need, sets, scenario)
    k = np.arange(need.intervals)
    first = (k < day)[None, :] & np.roll(reach, -day, axis=1)
    last = (k >= need.intervals - day)[None, :] & np.roll(reach, day, axis=1)
    cut = ~reach & (first | last)
    out = cut[: len(need.sets)] & (need.required > 0)
    backlogs = tuple(
        _without(backlog, blocked)
        for backlog, blocked in zip(need.backlogs, cut[len(need.sets) :], strict=True)
    )
    notices: list[Message] = []
    if out.any():
        touched = np.flatnonzero(out.any(axis=0))
        for part in np.split(touched, np.flatnonzero(np.diff(touched) > 1) + 1):
            start = need.first_quarter + int(part[0]) * need.quarters_per_interval
            end = need.first_quarter + (int(part[-1]) + 1) * need.quarters_per_interval
            values = {
                "start": f"{local_at(start, scenario.zone):%Y-%m-%d %H:%M}",
                "end": f"{local_at(end, scenario.zone):%Y-%m-%d %H:%M}",
                "zone": scenario.zone,
            }
            notices.append(Message("study.edge_left_out", values))
    if not cut.any():
        return need, ()
    trimmed = replace(need, required=np.where(out, 0, need.required), backlogs=backlogs)
    return renamed(trimmed), tuple(notices)


def _without(backlog: Backlog, blocked: np.ndarray) -> Backlog:
    """The row without the work, and without the safety work, that arrives in some intervals."""
    safety = backlog.margin_arriving
    return replace(
        backlog,
        arriving=np.where(blocked, 0, backlog.arriving),
        margin_arriving=np.where(blocked, 0, safety) if safety.size else safety,
    )
