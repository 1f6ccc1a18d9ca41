"""At which quarter-hours of a span each site could have, or by a rota has, somebody there for a queue."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from planner.clock import PublicHolidays, local_at, quarter_of, to_utc
from planner.rota import Rota, Shift, options_for
from planner.study.scenario.closed_days import with_own_days
from planner.study.year.cycle import Cycle, by_site, open_hours

if TYPE_CHECKING:
    from planner.people import Agent
    from planner.rota import ShiftType
    from planner.study.scenario import Scenario

Spans = Iterable[tuple[int, int]]
Presence = Mapping[str, Mapping[str, np.ndarray]]
"""By queue or role, by site: whether somebody able is there, one value a quarter-hour."""
DAY, WEEK = 1440, 7


@dataclass(frozen=True, eq=False)
class There:
    """Who is there, and where that is known.

    Attributes
    ----------
    sites: presence by queue or role. is_open: when each is to be served. unknown: when a rota does not say
        who would be there, since its own period never had that hour. other_weeks: when another week than
        its own says it. All by quarter-hour of the span.
    """

    sites: Presence
    is_open: Mapping[str, np.ndarray]
    unknown: Mapping[str, np.ndarray]
    other_weeks: np.ndarray


def kinds_of(scenario: Scenario, first: date, days: int) -> tuple[ShiftType, ...]:
    """Kinds of duty of a scenario on other dates than its period: on the weekdays that it says."""
    own = {shift.name: shift.days for shift in scenario.said.shifts if shift.days is not None}
    types = [replace(kind, not_on=frozenset()) for kind in scenario.shift_types]
    holidays = PublicHolidays(scenario.public_holidays)
    return with_own_days(types, own, holidays, [site.zone for site in scenario.sites], (first, days))


def reachable(scenario: Scenario, first: date, last: date) -> There:
    """Where some shift of somebody able reaches; leave, contracts and breaks are not looked at."""
    day, days = first - timedelta(days=2), (last - first).days + 4
    kinds = kinds_of(scenario, day, days)

    def spans(agent: Agent, kind: str) -> Spans:
        options = options_for(agent, kinds, day, days)
        return [(each.start, each.end) for of_day in options for each in of_day if each.kind == kind]

    begin, length = span_of(first, last)
    nothing, is_open = np.zeros(length, dtype=bool), open_hours(scenario, begin, length)
    return There(
        _presence(scenario, first, last, spans), is_open, dict.fromkeys(is_open, nothing), nothing.copy()
    )


def on_duty(rota: Rota, scenario: Scenario, first: date, last: date) -> There:
    """Where a rota puts somebody, if its weeks are repeated for ever on everybody's own clock.

    For hours that were closed or left out in the rota's own week the nearest other week is taken.
    """
    tours: dict[str, list[Shift]] = defaultdict(list)
    for shift in rota.shifts:
        tours[shift.agent].append(shift)

    def repeated(ahead: int) -> Presence:
        def spans(agent: Agent, kind: str) -> Spans:
            mine = [shift for shift in tours[agent.name] if shift.kind == kind]
            return [span for shift in mine for span in _repeated(shift, rota.days, first, last, ahead)]

        return _presence(scenario, first, last, spans)

    begin, length = span_of(first, last)
    is_open, cycle = open_hours(scenario, begin, length), Cycle(scenario, begin, length)
    weeks = _Made(repeated)
    zones = _zones(scenario)
    sites, unknown, other_weeks = {}, {}, np.zeros(length, dtype=bool)
    for name, hours in is_open.items():
        chosen: dict[int, np.ndarray] = {}
        asked = hours.copy()
        for ahead in cycle.weeks:
            if asked.any():
                chosen[ahead] = asked & cycle.says(name, zones[name], ahead)
                asked &= ~chosen[ahead]
        for ahead, mine in chosen.items():
            other_weeks |= mine & (ahead != 0)
        if chosen:
            chosen[0] |= asked  # where no week says it, somebody may still be there
        sites[name] = by_site([weeks[ahead][name] for ahead in chosen], chosen.values())
        somebody = np.logical_or.reduce([np.zeros(length, dtype=bool), *sites[name].values()])
        unknown[name] = asked & ~somebody
    return There(sites, is_open, unknown, other_weeks)


class _Made(dict[int, Presence]):
    """Presence of a rota taken so many weeks on, worked out when it is asked for."""

    def __init__(self, repeated: Callable[[int], Presence]) -> None:
        super().__init__()
        self._repeated = repeated

    def __missing__(self, ahead: int) -> Presence:
        self[ahead] = self._repeated(ahead)
        return self[ahead]


def _zones(scenario: Scenario) -> dict[str, set[str]]:
    """Clocks of the people who can serve each queue or role."""
    zone = {agent.name: agent.zone for agent in scenario.team.agents if not agent.outside}
    return {
        name: {zone[who] for who in who_can & zone.keys()} for name, who_can in scenario.skills.able.items()
    }


def _repeated(shift: Shift, cycle: int, first: date, last: date, ahead: int) -> Iterable[tuple[int, int]]:
    """A shift of a cycle of days at the same wall times on every date of a span that it falls on.

    With weeks ahead every date has the shifts of so many weeks later in the cycle.
    """
    begins, ends = (local_at(quarter_of(at), shift.zone) for at in (shift.start, shift.end))
    start = (begins.date() - shift.day).days * DAY + begins.hour * 60 + begins.minute
    end = (ends.date() - shift.day).days * DAY + ends.hour * 60 + ends.minute
    from_first = ((shift.day - first).days - WEEK * ahead) % cycle
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
