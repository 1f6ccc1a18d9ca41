"""What stands in a playbook, worked out from a scenario and its rota."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from planner.clock import PublicHolidays, local_at, quarter_of
from planner.rota import people_on_duty
from planner.study import steps
from planner.study.playbook.handovers import HandOver, hand_overs
from planner.study.playbook.waiting import Closed, closed

if TYPE_CHECKING:
    from planner.rota import Rota
    from planner.study.scenario import Scenario

DAY, HOURS, WEEKDAYS = 1440, 24, 7


@dataclass(frozen=True, order=True)
class Covered:
    """Who has one kind of shift at one start.

    Attributes
    ----------
    shift: its name. site, zone: where, and on whose clock. start, end: minutes of the day there.
    weekdays: on which it starts (0 is Monday). fewest, most: people on days on which anybody has it.
    people: names and how often, most first.
    """

    shift: str
    start: int
    end: int
    site: str
    zone: str
    weekdays: tuple[int, ...]
    fewest: int
    most: int
    people: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class OnCall:
    """An escalation role: how to reach it, and who has it when."""

    role: str
    contact: str
    reach_minutes: float
    duties: tuple[Covered, ...]
    open_hours: float
    missing_hours: float


@dataclass(frozen=True, eq=False)
class Playbook:
    """One stage as the people who work it need it.

    Attributes
    ----------
    people: fewest and most people on duty for contacts by weekday and hour of the scenario's clock over the
        weeks, shape (2, 7, 24); -1 where nothing is ever open in that hour.
    """

    scenario: Scenario
    rota: Rota
    people: np.ndarray
    covered: tuple[Covered, ...]
    on_call: tuple[OnCall, ...]
    hand_overs: tuple[HandOver, ...]
    closed: tuple[Closed, ...]
    holidays: tuple[tuple[date, str], ...]


def playbook(scenario: Scenario, rota: Rota) -> Playbook:
    """Everything that a stage's playbook says.

    Parameters
    ----------
    rota: of this scenario; a draft will do.
    """
    last = scenario.first_day + timedelta(days=scenario.days - 1)
    days_off = PublicHolidays(scenario.public_holidays).days_between(scenario.first_day, last)
    return Playbook(
        scenario=scenario,
        rota=rota,
        people=_people(scenario, rota),
        covered=_covered(scenario, rota, ("work",)),
        on_call=tuple(_on_call(scenario, rota)),
        hand_overs=hand_overs(rota, scenario),
        closed=closed(scenario),
        holidays=tuple(sorted(days_off.items())),
    )


def _people(scenario: Scenario, rota: Rota) -> np.ndarray:
    """Fewest and most on duty in each hour of the week in which a queue is open."""
    first, intervals = steps.horizon(scenario)
    quarters = intervals * scenario.interval_minutes // 15
    names = frozenset(queue.name for queue in scenario.queues)
    there = people_on_duty(
        rota, scenario.skills, [names], first, 15, quarters, carried=steps.carried_of(scenario)
    )[0]
    is_open = _known(scenario, rota, first, quarters)
    found = np.full((2, WEEKDAYS, HOURS), -1, dtype=np.int64)
    for k in np.flatnonzero(is_open).tolist():
        at = local_at(first + k, scenario.zone)
        low, high = found[:, at.weekday(), at.hour]
        found[0, at.weekday(), at.hour] = there[k] if low < 0 else min(low, there[k])
        found[1, at.weekday(), at.hour] = max(high, there[k])
    return found


def _any_open(scenario: Scenario, first: int, quarters: int) -> np.ndarray:
    masks = [hours.mask(first, quarters) for hours in scenario.opening.values()]
    found: np.ndarray = np.logical_or.reduce([np.zeros(quarters, dtype=bool), *masks])
    return found


def _known(scenario: Scenario, rota: Rota, first: int, quarters: int) -> np.ndarray:
    """Open quarter-hours from the first shift on: who is there before stands in last period's rota."""
    found = _any_open(scenario, first, quarters)
    begins = min(
        (quarter_of(shift.start) for shift in steps.with_carried(rota, scenario).shifts), default=first
    )
    found[: max(0, begins - first)] = False
    return found


def _covered(scenario: Scenario, rota: Rota, kinds: Sequence[str], role: str = "") -> tuple[Covered, ...]:
    """Shifts of some kinds, alike ones together; of a role only those of its people."""
    agents = {agent.name: agent for agent in scenario.team.agents}
    alike: dict[tuple[str, int, int, str, str], list[tuple[date, str]]] = defaultdict(list)
    for shift in rota.shifts:
        if shift.kind in kinds and (not role or role in agents[shift.agent].teams):
            begins, ends = (local_at(quarter_of(at), shift.zone) for at in (shift.start, shift.end))
            hours = begins.hour * 60 + begins.minute, ends.hour * 60 + ends.minute
            key = shift.name, *hours, agents[shift.agent].site, shift.zone
            alike[key].append((shift.day, shift.agent))
    found = []
    for (name, start, end, site, zone), given in alike.items():
        a_day = Counter(day for day, _ in given)
        people = Counter(who for _, who in given)
        weekdays = tuple(sorted({day.weekday() for day in a_day}))
        ranked = tuple(sorted(people.items(), key=lambda each: (-each[1], each[0])))
        fewest, most = min(a_day.values()), max(a_day.values())
        found.append(Covered(name, start, end, site, zone, weekdays, fewest, most, ranked))
    return tuple(sorted(found, key=lambda each: (each.start, each.shift, each.site)))


def _on_call(scenario: Scenario, rota: Rota) -> list[OnCall]:
    first, intervals = steps.horizon(scenario)
    quarters = intervals * scenario.interval_minutes // 15
    is_open = _known(scenario, rota, first, quarters)
    found = []
    for line in scenario.said.escalation:
        sets = [frozenset({line.role})]
        there = people_on_duty(
            rota, scenario.skills, sets, first, 15, quarters, carried=steps.carried_of(scenario)
        )[0]
        found.append(
            OnCall(
                role=line.role,
                contact=line.contact,
                reach_minutes=line.reach.total_seconds() / 60,
                duties=_covered(scenario, rota, ("on_call",), line.role),
                open_hours=float(is_open.sum()) / 4,
                missing_hours=float((is_open & (there < line.people)).sum()) / 4,
            )
        )
    return found
