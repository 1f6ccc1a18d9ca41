"""The need as people read it: how many, when, and what decides the number, in tables.

Pure functions of a need, its scenario and its forecast; pages and reports only place what they give.
A set of queues goes by its name, as ``set_name`` writes it; "" means everybody together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from planner._messages import Message
from planner.clock import local_at
from planner.demand import PlannedWork, Queue
from planner.requirement import Need, beyond_reach, handled_because
from planner.study.frames import set_name
from planner.study.goals import promise_text

if TYPE_CHECKING:
    from planner.study.scenario import Scenario

REASONS = (
    "service level",
    "abandonment",
    "occupancy",
    "presence",
    "backlog",
    "planned work",
    "no contacts",
)
"""What may decide how many people an open interval needs, in the order of the chart."""
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def sets_of(need: Need) -> tuple[str, ...]:
    """Names of the listed sets, in the order of the need."""
    return tuple(set_name(names, need.queues) for names in need.sets)


def people_of(need: Need, only: str = "") -> np.ndarray:
    """People needed on duty in each interval: of one set, or of all, where groups that share nobody add up.

    Escalation roles are not in the sum: their people are on call.
    """
    if only:
        row: np.ndarray = need.required[sets_of(need).index(only)]
        return row
    people = np.zeros(need.intervals, dtype=np.int64)
    for group in need.groups:
        rows = [row for row, names in enumerate(need.sets) if names <= set(group)]
        if rows:
            people += need.required[rows].max(axis=0)
    return people


def hours_of_week(need: Need, zone: str) -> np.ndarray:
    """Local hour of the week (0 is Monday 00:00) in which each interval starts."""
    step = need.quarters_per_interval
    starts = [local_at(need.first_quarter + k * step, zone) for k in range(need.intervals)]
    return np.array([at.weekday() * 24 + at.hour for at in starts], dtype=np.int64)


def hour_name(hour: int) -> str:
    """An hour of the week.

    Examples
    --------
    >>> hour_name(33)
    'Tue 09:00'
    """
    return f"{WEEKDAYS[hour // 24]} {hour % 24:02d}:00"


def queue_table(scenario: Scenario, need: Need) -> pd.DataFrame:
    """Columns queue, promise, because, method; a row for each queue."""
    methods = _methods(need)
    queues = scenario.queues
    return pd.DataFrame(
        {
            "queue": [queue.name for queue in queues],
            "promise": [promise_text(queue.promise) for queue in queues],
            "because": [_because(queue, scenario.skills.factor(queue.name)) for queue in queues],
            "method": [methods.get(queue.name, "") for queue in queues],
        }
    )


def _because(queue: Queue, factor: float) -> str:
    """How a queue is planned and why, and whether its promise is out of reach."""
    said = (handled_because(queue), beyond_reach(queue, factor))
    return "; ".join(str(sentence) for sentence in said if sentence is not None)


def _methods(need: Need) -> dict[str, str]:
    if need.why.empty:
        return {}
    first = need.why.drop_duplicates("set")
    return dict(zip(first["set"], first["method"], strict=True))


def reason_table(need: Need) -> pd.DataFrame:
    """Columns set, reason, hours (a week), share (per cent of the set's open hours); only what occurs."""
    rows = []
    weeks = need.intervals * need.interval_minutes / (7 * 24 * 60)
    for name in sets_of(need):
        reasons = rows_of(need, name).get("reason")
        if reasons is None:
            continue
        count = reasons[reasons != "closed"].value_counts()
        total = int(count.sum())
        rows += [
            {
                "set": name,
                "reason": reason,
                "hours": float(count[reason]) * need.interval_minutes / 60 / weeks,
                "share": 100.0 * float(count[reason]) / total,
            }
            for reason in REASONS
            if reason in count.index
        ]
    return pd.DataFrame(rows, columns=["set", "reason", "hours", "share"])


def rows_of(need: Need, only: str) -> pd.DataFrame:
    """Rows of ``why`` of one set, an interval each; empty for a set that came later or is stated.

    Of everybody, the row that asks for most in each interval; empty where several groups add up.
    """
    if need.why.empty or not only:
        return _deciding(need)
    found: pd.DataFrame = need.why[need.why["set"] == only].reset_index(drop=True)
    return found


def _deciding(need: Need) -> pd.DataFrame:
    """Of each interval the row that asks for most; empty where several groups of people add up."""
    rows = [row for row, names in enumerate(need.sets) if any(names <= set(group) for group in need.groups)]
    if need.why.empty or len(need.groups) != 1 or not rows:
        return need.why.iloc[:0]
    asked = need.why["gross"].to_numpy().reshape(-1, need.intervals)
    known = [row for row in rows if row < len(asked)]
    last_first = np.array(known[::-1])  # of rows that ask for as many, the minimum on duty speaks
    chosen = last_first[asked[last_first].argmax(axis=0)]
    found: pd.DataFrame = need.why.iloc[chosen * need.intervals + np.arange(need.intervals)]
    return found.reset_index(drop=True)


def planned_table(planned: Sequence[PlannedWork], zone: str) -> pd.DataFrame:
    """Columns name, what, how, times, hours (person-hours of the period), first; a row for each work."""
    rows = []
    for work in planned:
        first = work.windows[0] if work.windows else None
        start = None if first is None else local_at(first.start, zone)
        people = max((window.people for window in work.windows), default=0)
        how = Message("need.movable")
        if work.fixed:
            how = Message("need.fixed_one" if people == 1 else "need.fixed", {"people": people})
        rows.append(
            {
                "name": work.name,
                "what": work.what,
                "how": str(how),
                "times": len(work.windows),
                "hours": work.person_hours,
                "first": "" if start is None else f"{WEEKDAYS[start.weekday()]} {start:%d %b %H:%M}",
            }
        )
    return pd.DataFrame(rows, columns=["name", "what", "how", "times", "hours", "first"])


def round_table(rounds: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """Columns number, asked, brought, missed, chosen: what simulation added, as ``plan.json`` has it."""
    return pd.DataFrame(
        {
            "number": [each["number"] for each in rounds],
            "asked": ["; ".join(map(_asked, each.get("asked", ()))) or str(Message("need.nothing"))
                      for each in rounds],
            "brought": [", ".join(f"{queue} {100 * points:+.1f}" for queue, points in
                                  each.get("brought", {}).items()) for each in rounds],
            "missed": [", ".join(each.get("missed", ())) for each in rounds],
            "chosen": [str(Message("need.chosen")) if each.get("chosen") else "" for each in rounds],
        }
    )  # fmt: skip


def _asked(asked: Mapping[str, Any]) -> str:
    values = {
        "queues": " + ".join(asked["queues"]),
        "hours": f"{asked['person_hours']:+.1f}",
        "count": len(asked["hours"]),
        "safety": f"{asked['z']:+.2f}",
    }
    if asked["z"]:
        return str(Message("need.asked_safety", values))
    return str(Message("need.asked_hours" if asked["hours"] else "need.asked_anywhere", values))
