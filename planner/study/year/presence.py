"""At which quarter-hours of a span each site could have, or by a rota has, somebody there for a queue."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from planner.clock import PublicHolidays, local_at, quarter_of, to_utc
from planner.rota import Rota, Shift, options_for
from planner.study.scenario.closed_days import with_own_days

if TYPE_CHECKING:
    from planner.people import Agent
    from planner.rota import ShiftType
    from planner.study.scenario import Scenario

Spans = Iterable[tuple[int, int]]
Presence = Mapping[str, Mapping[str, np.ndarray]]
"""By queue or role, by site: whether somebody able is there, one value a quarter-hour."""
DAY, WEEK = 1440, 7


def kinds_of(scenario: Scenario, first: date, days: int) -> tuple[ShiftType, ...]:
    """Kinds of duty of a scenario on other dates than its period: on the weekdays that it says."""
    own = {shift.name: shift.days for shift in scenario.said.shifts if shift.days is not None}
    types = [replace(kind, not_on=frozenset()) for kind in scenario.shift_types]
    holidays = PublicHolidays(scenario.public_holidays)
    return with_own_days(types, own, holidays, [site.zone for site in scenario.sites], (first, days))


def reachable(scenario: Scenario, first: date, last: date) -> Presence:
    """Where some shift of somebody able reaches; leave, contracts and breaks are not looked at."""
    begin, days = first - timedelta(days=2), (last - first).days + 4
    kinds = kinds_of(scenario, begin, days)

    def spans(agent: Agent, kind: str) -> Spans:
        options = options_for(agent, kinds, begin, days)
        return [(each.start, each.end) for day in options for each in day if each.kind == kind]

    return _presence(scenario, first, last, spans)


def on_duty(rota: Rota, scenario: Scenario, first: date, last: date) -> Presence:
    """Where a rota puts somebody, if its weeks are repeated for ever on everybody's own clock."""
    tours: dict[str, list[Shift]] = defaultdict(list)
    for shift in rota.shifts:
        tours[shift.agent].append(shift)

    def spans(agent: Agent, kind: str) -> Spans:
        mine = [shift for shift in tours[agent.name] if shift.kind == kind]
        return [span for shift in mine for span in _repeated(shift, rota.days, first, last)]

    return _presence(scenario, first, last, spans)


def _repeated(shift: Shift, cycle: int, first: date, last: date) -> Iterable[tuple[int, int]]:
    """A shift of a cycle of days at the same wall times on every date of a span that it falls on."""
    begins, ends = (local_at(quarter_of(at), shift.zone) for at in (shift.start, shift.end))
    start = (begins.date() - shift.day).days * DAY + begins.hour * 60 + begins.minute
    end = (ends.date() - shift.day).days * DAY + ends.hour * 60 + ends.minute
    from_first = (shift.day - first).days % cycle
    for ahead in range(from_first - cycle, (last - first).days + cycle, cycle):
        day = first + timedelta(days=ahead)
        yield quarter_of(to_utc(day, start, shift.zone)), quarter_of(to_utc(day, end, shift.zone))


def _presence(scenario: Scenario, first: date, last: date, spans: Callable[[Agent, str], Spans]) -> Presence:
    """Spans of everybody able, by queue and site."""
    begin, length = span_of(first, last)
    table = scenario.skills
    ours = {agent.name: agent for agent in scenario.team.agents if not agent.outside}
    masks: dict[tuple[str, str], np.ndarray] = {}
    found: dict[str, dict[str, np.ndarray]] = {}
    for name, kind in table.kind.items():
        sites: dict[str, np.ndarray] = {}
        for person in sorted(table.able[name] & ours.keys()):
            agent = ours[person]
            mine = sites.setdefault(agent.site, np.zeros(length, dtype=bool))
            key = (person, kind)
            if key not in masks:
                masks[key] = _mask(spans(agent, kind), begin, length)
            mine |= masks[key]
        found[name] = sites
    return found


def span_of(first: date, last: date) -> tuple[int, int]:
    """First absolute quarter-hour and number of them, from a day before to a day after a span, UTC."""
    begin = quarter_of(to_utc(first - timedelta(days=1), 0, "UTC"))
    return begin, 96 * ((last - first).days + 3)


def _mask(spans: Spans, begin: int, length: int) -> np.ndarray:
    there = np.zeros(length, dtype=bool)
    for start, end in spans:
        there[max(0, start - begin) : max(0, end - begin)] = True
    return there
