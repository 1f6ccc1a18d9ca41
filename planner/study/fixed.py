"""A need that is stated, not forecast: design studies such as "one seat around the clock"."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from planner.people import groups
from planner.requirement import Need, renamed
from planner.study.steps import horizon

if TYPE_CHECKING:
    from planner.study.scenario import Scenario


def fixed_need(scenario: Scenario) -> Need:
    """So many people whenever each queue is open, as the scenario's ``need`` says, and roles while any is."""
    first, intervals = horizon(scenario)
    step = scenario.interval_minutes // 15
    names = tuple(queue.name for queue in scenario.queues)
    is_open = np.stack(
        [
            scenario.opening[name].mask(first, intervals * step).reshape(intervals, step).any(axis=1)
            for name in names
        ]
    )
    any_open = is_open.any(axis=0)
    roles = {each.role: each.count for each in scenario.role_needs}
    is_open = np.vstack([is_open, *(any_open for _ in roles)])
    stated = np.array([*(scenario.fixed_need.get(name, 0) for name in names), *roles.values()])
    names = (*names, *roles)
    return renamed(
        Need(
            need_id="",
            first_quarter=first,
            interval_minutes=scenario.interval_minutes,
            queues=names,
            sets=tuple(frozenset({name}) for name in names),
            required=np.where(is_open, stated[:, None], 0),
            backlogs=(),
            groups=groups(scenario.team, scenario.queues),
            open=is_open,
        )
    )
