"""What the checks of sense share: everybody's calendar, rules and possible duties, and hours in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from planner._values import clock_text
from planner.clock import day_starts, local_at
from planner.people import Agent
from planner.rota import Option, options_for
from planner.rules import AgentCalendar, Each, Rule, calendars, selects

if TYPE_CHECKING:
    from planner.study.scenario.resolved import Resolved

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
OWN_RULES = ("unavailable", "no_nights")  # about a person, not about a shift


@dataclass(frozen=True)
class World:
    """What the checks share: everybody's calendar, rules and possible duties.

    Attributes
    ----------
    first, quarters: absolute quarter-hours of the period on the scenario's clock.
    duties: by person, see ``possible``.
    """

    scenario: Resolved
    calendars: dict[str, AgentCalendar]
    rules: dict[str, tuple[Rule, ...]]
    first: int
    quarters: int
    duties: dict[str, list[Option]] = field(default_factory=dict)

    @classmethod
    def of(cls, scenario: Resolved) -> World:
        """The world of a scenario."""
        starts = day_starts(scenario.first_day, scenario.days, scenario.zone)
        world = cls(
            scenario=scenario,
            calendars=calendars(scenario.team, scenario.shift_types, scenario.first_day, scenario.days),
            rules=dict(scenario.personal_rules),
            first=starts[0],
            quarters=starts[-1] - starts[0],
        )
        duties = {agent.name: possible(world, agent) for agent in scenario.team.agents}
        return replace(world, duties=duties)


def bans_of(rules: Sequence[Rule], calendar: AgentCalendar, names: bool) -> list[tuple[Rule, Each]]:
    """Hard bans of single duties; of a person (``names``) or of shifts."""
    return [
        (rule, shape)
        for rule in rules
        if rule.hard and (rule.name in OWN_RULES) == names
        for shape in rule.shapes(calendar)
        if isinstance(shape, Each) and shape.price is None and not shape.force
    ]


def possible(world: World, agent: Agent) -> list[Option]:
    """Duties of a person that no hard rule bans by itself; also those of the days around the period."""
    scenario, calendar = world.scenario, world.calendars[agent.name]
    rules = world.rules[agent.name]
    bans = [shape for names in (True, False) for _, shape in bans_of(rules, calendar, names)]
    found = []
    before = scenario.first_day - timedelta(days=1)
    for options in options_for(agent, scenario.shift_types, before, scenario.days + 2):
        for option in options:
            here = replace(option, day=option.day - 1)
            # Days outside belong to the neighbouring periods: whoever works then may reach into this one.
            outside = not 0 <= here.day < scenario.days
            if outside or not any(selects(shape.mark, here, calendar) for shape in bans):
                found.append(here)
    return found


def reach(world: World, options: Sequence[Option]) -> np.ndarray:
    """Quarter-hours of the period inside any of the duties."""
    edges = np.zeros(world.quarters + 1, dtype=np.int64)
    for option in options:
        edges[min(max(0, option.start - world.first), world.quarters)] += 1
        edges[min(max(0, option.end - world.first), world.quarters)] -= 1
    reached: np.ndarray = np.cumsum(edges)[:-1] > 0
    return reached


def when_text(world: World, marked: np.ndarray) -> str:
    """Marked quarter-hours by weekday, alike days together: "Saturday, Sunday 02:00-06:00"."""
    zone = world.scenario.zone
    edges = np.flatnonzero(np.diff(np.concatenate(([False], marked, [False])).astype(np.int8)))
    windows: dict[tuple[int, int], set[int]] = {}
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        for day, first, last in _by_day(world.first + int(start), world.first + int(end), zone):
            windows.setdefault((first, last), set()).add(day.weekday())
    texts = []
    for (first, last), days in sorted(windows.items()):
        hours = f"{clock_text(first)}-{clock_text(last)}"
        texts.append(f"{_days(days)} {hours}")
    return "; ".join(texts[:4]) + (" ..." if len(texts) > 4 else "")


def _days(days: set[int]) -> str:
    if len(days) == 7:
        return "every day"
    return ", ".join(DAYS[day] for day in sorted(days))


def _by_day(start: int, end: int, zone: str) -> Iterator[tuple[date, int, int]]:
    """A span of quarter-hours cut at local midnights, in minutes after midnight."""
    while start < end:
        local = local_at(start, zone)
        first = local.hour * 60 + local.minute
        tomorrow = day_starts(local.date(), 1, zone)[-1]
        last_local = local_at(min(end, tomorrow), zone)
        last = 1440 if end >= tomorrow else last_local.hour * 60 + last_local.minute
        yield local.date(), first, last
        start = tomorrow
