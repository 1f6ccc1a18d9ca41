"""The staffing formulas for one queue, as the command line prints them."""

from __future__ import annotations

import math
from dataclasses import asdict
from fractions import Fraction

from planner.demand import Definition
from planner.requirement.erlang import measures_at
from planner.requirement.erlang_inverse import smallest_team
from planner.requirement.mistakes import agents_mistakes, call_mistakes, decimal, goal_mistakes, refuse


def erlang_report(
    arrivals: float,
    per_seconds: float,
    aht_seconds: float,
    agents: int,
    within_seconds: float,
    patience_seconds: float | None = None,
    target: float | None = None,
    max_occupancy: float | None = None,
    max_abandon: float | None = None,
    definition: Definition = "offered",
) -> dict[str, float | int | None]:
    """Measures of one queue by name, ready for JSON.

    Parameters
    ----------
    arrivals, per_seconds: contacts offered in that time.
    aht_seconds: mean handle time. agents: people answering.
    within_seconds: the answer time of the service levels.
    patience_seconds: mean time after which a waiting caller hangs up; None: never.
    target, max_occupancy, max_abandon, definition: goals, as ``required_agents`` takes them.

    Returns
    -------
    ``p_wait``, ``service_level`` (answered in time, of offered), ``service_level_answered`` (of
    answered), ``service_level_gone`` (answered or gone in time), ``asa_seconds``,
    ``mean_wait_seconds``, ``occupancy``, ``p_abandon``; and ``required_agents`` when there is a goal.
    A wait that grows for ever (people no more than the load, and nobody hangs up) is None, because
    JSON knows no infinity.

    Raises
    ------
    ValueTextError: numbers that cannot be, all of them at once.

    Examples
    --------
    >>> got = erlang_report(200, 3600, 180, 14, 20, target=0.8)
    >>> round(got["service_level"], 6), got["required_agents"]
    (0.88835, 14)
    >>> erlang_report(200, 3600, 180, 10, 20)["asa_seconds"] is None
    True
    >>> erlang_report(200, 3600, 180, 10, 20, target=80)
    Traceback (most recent call last):
    planner._errors.ValueTextError: the target is 80; write a share above 0 and below 1, such as 0.8 ...
    """
    has_goal = not (target is None and max_occupancy is None and max_abandon is None)
    refuse(
        call_mistakes(arrivals, per_seconds, aht_seconds, within_seconds, patience_seconds)
        + agents_mistakes(agents)
        + (goal_mistakes(target, max_occupancy, max_abandon, definition) if has_goal else [])
    )
    load = Fraction(arrivals) * Fraction(aht_seconds) / Fraction(per_seconds)
    got = asdict(measures_at(load, aht_seconds, int(agents), within_seconds, patience_seconds))
    report: dict[str, float | int | None] = {
        name: value if math.isfinite(value) else None for name, value in got.items()
    }
    if has_goal:
        written = decimal(arrivals) * decimal(aht_seconds) / decimal(per_seconds)
        goals = (target, max_occupancy, max_abandon, definition)
        report["required_agents"] = smallest_team(
            written, aht_seconds, within_seconds, patience_seconds, *goals
        )
    return report
