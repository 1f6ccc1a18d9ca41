"""An independent reading of the shift scheduling instances: limits and cost from the file and a roster.

Shares no code with the planner. Least lengths of blocks are not asked of blocks that touch either end.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tests.bench.shift_scheduling_file import Employee, Instance

Roster = Mapping[str, Mapping[int, str]]
"""By employee and day, the name of the shift."""


@dataclass(frozen=True)
class Verdict:
    """Mistakes in words, and the cost: requests, people missing, people too many."""

    mistakes: tuple[str, ...]
    cost: int
    requests: int
    under: int
    over: int

    @property
    def text(self) -> str:
        """ "ok", or the first mistakes."""
        return f"{len(self.mistakes)} mistakes: " + "; ".join(self.mistakes[:5]) if self.mistakes else "ok"


def check(instance: Instance, roster: Roster) -> Verdict:
    """Judge a roster."""
    mistakes = [f"{name}: unknown" for name in roster if name not in {e.name for e in instance.employees}]
    for employee in instance.employees:
        tour = roster.get(employee.name, {})
        mistakes += [f"{employee.name}: {text}" for text in _mistakes(instance, employee, tour)]
    requests = under = over = 0
    for wish in instance.wanted:
        requests += wish.weight * (roster.get(wish.employee, {}).get(wish.day) != wish.kind)
    for wish in instance.unwanted:
        requests += wish.weight * (roster.get(wish.employee, {}).get(wish.day) == wish.kind)
    for asked in instance.cover:
        there = sum(tour.get(asked.day) == asked.kind for tour in roster.values())
        under += asked.under * max(0, asked.people - there)
        over += asked.over * max(0, there - asked.people)
    return Verdict(tuple(mistakes), requests + under + over, requests, under, over)


def _mistakes(instance: Instance, employee: Employee, tour: Mapping[int, str]) -> list[str]:
    minutes = {kind.name: kind.minutes for kind in instance.kinds}
    after = {kind.name: kind.not_next for kind in instance.kinds}
    found = [f"day {day} is outside the period" for day in tour if not 0 <= day < instance.days]
    found += [f"unknown shift {name}" for name in tour.values() if name not in minutes]
    if found:
        return found
    found += [f"day {day} is a day off" for day in sorted(employee.days_off) if day in tour]
    for day, name in sorted(tour.items()):
        if tour.get(day + 1) in after[name]:
            found.append(f"{tour[day + 1]} after {name} on day {day + 1}")
    for name, most in employee.most_of.items():
        count = sum(kind == name for kind in tour.values())
        if count > most:
            found.append(f"{count} of {name}")
    total = sum(minutes[name] for name in tour.values())
    if not employee.least_minutes <= total <= employee.most_minutes:
        found.append(f"{total} minutes")
    weekends = {day // 7 for day in tour if day % 7 >= 5}
    if len(weekends) > employee.most_weekends:
        found.append(f"{len(weekends)} weekends")
    return found + _blocks(instance.days, employee, tour)


def _blocks(days: int, employee: Employee, tour: Mapping[int, str]) -> list[str]:
    """Blocks of work and of days off that are too long or too short."""
    found, begin = [], 0
    for day in range(1, days + 1):
        if day == days or (day in tour) != (begin in tour):
            length, inside = day - begin, begin > 0 and day < days
            if begin in tour and length > employee.most_in_row:
                found.append(f"{length} days in a row from day {begin}")
            if begin in tour and inside and length < employee.least_in_row:
                found.append(f"only {length} days in a row from day {begin}")
            if begin not in tour and inside and length < employee.least_off_in_row:
                found.append(f"only {length} days off from day {begin}")
            begin = day
    return found
