"""Meetings, training and mentoring without an hour: which groups sit together, and what is stated of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from planner._values import DaySet
from planner.clock import quarter_at, window_minutes
from planner.demand import PlannedWork
from planner.rota import options_for
from planner.study.scenario.planning import meeting_name, meeting_who, who_of
from planner.study.scenario.when import Weeks, parse_weeks
from planner.study.scenario.work_said import MeetingSaid, PlannedSaid

if TYPE_CHECKING:
    from planner.people import Agent
    from planner.study.scenario.resolved import Resolved

EACH_SITE, NIGHTS = GROUPS = ("each site", "nights")
NIGHT_MINUTES = 180
"""Of a duty inside the site's night, from which on it is a night's."""


@dataclass(frozen=True)
class Sitting:
    """People who sit together once in every so many weeks.

    Attributes
    ----------
    kind: the work without its windows. zone: clock of its hour.
    length: of one turn. people: at a time, None: as many as can be there; turns: None: chosen.
    days: on which it is held, None: one weekday is chosen; minute: stated hour on them, None: chosen.
    night: held at the start or end of night duties. path: where it stands in the document.
    """

    kind: PlannedWork
    zone: str
    length: timedelta
    weeks: Weeks
    people: int | None = None
    turns: int | None = None
    days: DaySet | None = None
    minute: int | None = None
    night: bool = False
    path: tuple[str | int, ...] = ()


def group_names(line: MeetingSaid, sites: Sequence[str]) -> tuple[str, ...]:
    """What the groups of a meeting are called.

    Examples
    --------
    >>> group_names(MeetingSaid(name="weekly", repeat_for=("each site", "nights")), ["Rome", "Cebu"])
    ('weekly Rome', 'weekly Cebu', 'weekly nights')
    """
    name = meeting_name(line)
    apart = [f"{name} {site}" for site in sites] if EACH_SITE in line.repeat_for else [name]
    return (*apart, *([f"{name} {NIGHTS}"] if NIGHTS in line.repeat_for else []))


def sittings_of(scenario: Resolved) -> tuple[Sitting, ...]:
    """Everything whose hour is chosen, planned work first, group by group."""
    said = scenario.said
    found = [
        _training(scenario, line, number)
        for number, line in enumerate(said.planned_work)
        if not line.has_hour
    ]
    for number, meeting in enumerate(said.meetings):
        if not meeting.has_hour:
            found += _meeting(scenario, meeting, number)
    return tuple(found)


def _training(scenario: Resolved, line: PlannedSaid, number: int) -> Sitting:
    who = who_of(line.who, [queue.name for queue in scenario.queues])
    return Sitting(
        kind=PlannedWork(line.name, line.what, who.queues, who.team),
        zone=scenario.zone,
        length=line.length or timedelta(hours=1),
        weeks=line.weeks,
        people=line.people,
        turns=1,
        days=line.days if "days" in line.model_fields_set else None,
        path=("planned_work", number),
    )


def _meeting(scenario: Resolved, line: MeetingSaid, place: int) -> Iterator[Sitting]:
    """One sitting for everybody or each site, and one for those who work nights."""
    who = meeting_who(line.who, [queue.name for queue in scenario.queues])
    sites = [site for site in scenario.sites if site.name]
    names = group_names(line, [site.name for site in sites])
    zones = [site.zone for site in sites] if EACH_SITE in line.repeat_for else [scenario.zone]
    stated = who.turns if "turn" in line.who else None
    for number, name in enumerate(names):
        night = number >= len(zones)
        only = None
        if night:
            only = frozenset(a.name for a in scenario.team.agents if works_nights(scenario, a))
        elif EACH_SITE in line.repeat_for:
            only = frozenset(a.name for a in scenario.team.agents if a.site == sites[number].name)
        if only is None or only:
            yield Sitting(
                kind=PlannedWork(name, "meeting", who.queues, who.team, only=only or frozenset()),
                zone=scenario.zone if night else zones[number],
                length=line.length,
                weeks=parse_weeks(line.every),
                people=line.people,
                turns=stated,
                days=None if line.on is None or night else line.on.days,
                minute=None if line.on is None or night else line.on.minute,
                night=night,
                path=("meetings", place),
            )


def works_nights(scenario: Resolved, agent: Agent) -> bool:
    """Whether a person may work nights, and there is a kind of duty at night for them."""
    first_week = options_for(agent, scenario.shift_types, scenario.first_day, 7)
    duties = [option for day in first_week for option in day if option.kind == "work"]
    return agent.nights and any(of_night(scenario, agent, option.start, option.end) for option in duties)


def of_night(scenario: Resolved, agent: Agent, start: int, end: int) -> bool:
    """Whether a duty between two absolute quarter-hours is a night's, on the clock of a person's site."""
    night = scenario.team.site_of(agent).night
    return window_minutes(quarter_at(start), quarter_at(end), night, agent.zone) >= NIGHT_MINUTES
