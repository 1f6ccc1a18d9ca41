"""An independent reading of the support cases: rules, cover and cost from the file and a list of shifts.

Shares no code with the planner: offsets are read from the zone's name, days and weeks are divisions, people
missing are the largest shortage over all sets of languages, set by set.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Any

import numpy as np

Duty = tuple[int, int]
"""Minutes from 00:00 UTC of the first day: start and end of presence."""


@dataclass(frozen=True)
class Verdict:
    """What the checker found: mistakes in words, the cost in the file's units, agent-intervals missing."""

    mistakes: tuple[str, ...]
    cost: int
    missing: int

    @property
    def text(self) -> str:
        """ "ok", or the first mistakes."""
        return (
            "ok" if not self.mistakes else f"{len(self.mistakes)} mistakes: " + "; ".join(self.mistakes[:5])
        )


def check(data: Mapping[str, Any], tours: Mapping[int, Sequence[Duty]]) -> Verdict:
    """Judge everybody's duties (by agent id)."""
    mistakes: list[str] = []
    cost = 0
    for agent in data["agents"]:
        starts = [begin + _offset(agent["zone"]) for begin, _end in sorted(tours.get(agent["id"], ()))]
        mistakes += [f"agent {agent['id']}: {text}" for text in _mistakes(data, agent, starts)]
        mistakes += [
            f"agent {agent['id']}: a shift of {end - begin} minutes"
            for begin, end in tours.get(agent["id"], ())
            if end - begin != data["shift"]["presence_minutes"]
        ]
        nights = sum(start % 1440 >= 1200 or start % 1440 < 240 for start in starts)
        cost += data["cost"]["shift"] * len(starts) + data["cost"]["night_extra"] * nights
    mistakes += [
        f"agent {agent}: unknown" for agent in tours if agent not in {a["id"] for a in data["agents"]}
    ]
    missing = _missing(data, tours)
    return Verdict(tuple(mistakes), cost + data["cost"]["missing_agent_interval"] * missing, missing)


def _offset(zone: str) -> int:
    """Minutes ahead of UTC; Etc/GMT-8 is eight hours ahead."""
    return 0 if zone == "Etc/UTC" else -60 * int(zone.removeprefix("Etc/GMT"))


def _mistakes(data: Mapping[str, Any], agent: Mapping[str, Any], starts: Sequence[int]) -> list[str]:
    """Broken rules; starts are local minutes from the first day's midnight."""
    rules, days = data["rules"], data["days"]
    worked = [start // 1440 for start in starts]
    found = [f"start at minute {start % 60} of an hour" for start in starts if start % 60]
    found += [f"day {day} is outside the period" for day in worked if not 0 <= day < days]
    found += [f"two shifts on day {day}" for day in set(worked) if worked.count(day) > 1]
    found += [f"day {day} is a day off" for day in worked if day in agent["days_off"]]
    for start, following in pairwise(starts):
        rest = following - start - data["shift"]["presence_minutes"]
        if rest < rules["rest_minutes"]:
            found.append(f"rest of {rest} minutes before day {following // 1440}")
    for week, least in enumerate(agent["min_shifts_by_week"]):
        count = sum(day // 7 == week for day in worked)
        if not least <= count <= agent["max_shifts_a_week"]:
            found.append(f"{count} shifts in week {week}")
    weekends = {day // 7 for day in worked if day % 7 >= 5}
    if len(weekends) > rules["max_weekends"]:
        found.append(f"{len(weekends)} weekends")
    return found + _blocks(rules, [day in set(worked) for day in range(days)])


def _blocks(rules: Mapping[str, Any], on: Sequence[bool]) -> list[str]:
    """Days in a row, and days off in a row that do not touch an end."""
    found, begin = [], 0
    for day in range(1, len(on) + 1):
        if day == len(on) or on[day] != on[begin]:
            length = day - begin
            if on[begin] and length > rules["max_days_in_row"]:
                found.append(f"{length} days in a row from day {begin}")
            if not on[begin] and begin > 0 and day < len(on) and length < rules["min_days_off_in_row"]:
                found.append(f"{length} days off from day {begin}")
            begin = day
    return found


def _missing(data: Mapping[str, Any], tours: Mapping[int, Sequence[Duty]]) -> int:
    """Agent-intervals missing: in each interval the largest shortage over all sets of languages."""
    step, languages = data["interval_minutes"], data["languages"]
    intervals = len(data["demand"][languages[0]])
    presence = np.zeros((len(data["agents"]), intervals), dtype=np.int64)
    for row, agent in enumerate(data["agents"]):
        for begin, end in tours.get(agent["id"], ()):
            away = begin + data["shift"]["break_starts_after_minutes"]
            back = away + data["shift"]["break_minutes"]
            for k in range(max(0, begin // step), min(intervals, -(-end // step))):
                inside = begin <= k * step and (k + 1) * step <= end
                on_break = k * step < back and (k + 1) * step > away
                presence[row, k] |= inside and not on_break
    worst = np.zeros(intervals, dtype=np.int64)
    for size in range(1, len(languages) + 1):
        for chosen in combinations(languages, size):
            able = [bool(set(chosen) & set(agent["languages"])) for agent in data["agents"]]
            asked = sum(np.array(data["demand"][language]) for language in chosen)
            worst = np.maximum(worst, asked - presence[able].sum(axis=0))
    return int(worst.sum())
