"""When those meet who have no hour: where it hurts least, among hours that their shifts reach.

Every half-hour (or hour, with such intervals) of a usual week is a candidate. Those at which most of the
people can be there come first; among them weekdays from 08:00 to 18:00 on the clock of the group, then the
weekend, then the rest outside the night; those that most of their possible shifts hold, not the half-hour
before the doors open for which only early starters are there; and days on which fewer fall out on public
holidays. Of what is left that hour is taken at which least work is expected
for each person there: busy people (erlang) of the queues that they answer, and people whom other planned
work keeps. Ties go to the lowest weekday and hour.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from planner._messages import Message
from planner._values import DaySet, clock_text
from planner.clock import local_at, quarter_of, to_utc
from planner.demand import PlannedWindow, PlannedWork, Volumes
from planner.study.scenario.hours import Hours
from planner.study.scenario.sittings import Sitting, of_night
from planner.study.scenario.windows import clipped, days_on
from planner.study.scenario.world import DAYS

if TYPE_CHECKING:
    from planner.people import Agent
    from planner.study.scenario.resolved import Resolved

OFFICE_HOURS = (480, 1080)
MOST_TURNS = 4
# Shares of shifts that hold an hour are alike within so much.
ALIKE = 0.125
WEEK = DaySet(frozenset(range(7)), public_holidays=False)


class Placement(NamedTuple):
    """Work with its windows, and the choice in words; None: its hour was stated."""

    work: PlannedWork
    said: Message | None


class Slot(NamedTuple):
    """A candidate: when it starts, and the absolute quarter-hours of its days in the period."""

    weekday: int
    minute: int
    starts: np.ndarray


class Choice(NamedTuple):
    """A candidate looked into.

    Attributes
    ----------
    turns: so many, each of ``length`` quarter-hours. can: people who can be there in every turn.
    usual: how many are, by sitting. likely: share of them that usual shifts bring there.
    short: sittings in which fewer can be there than it takes.
    """

    slot: Slot
    turns: int
    length: int
    can: int
    usual: tuple[int, ...]
    likely: float = 1.0
    short: int = 0

    @property
    def whole(self) -> int:
        """Quarter-hours of all turns."""
        return self.turns * self.length


def placements_of(scenario: Resolved, volumes: Volumes | None) -> tuple[Placement, ...]:
    """Everything whose hour is not stated, in order; each one keeps clear of those before it."""
    if not scenario.sittings:
        return ()
    hours = Hours.of(scenario, volumes)
    found: list[Placement] = []
    for sitting in scenario.sittings:
        known = (*scenario.stated_work, *(placement.work for placement in found))
        found.append(_placed(hours, sitting, known))
    return tuple(found)


def _placed(hours: Hours, sitting: Sitting, known: Sequence[PlannedWork]) -> Placement:
    scenario, work = hours.scenario, sitting.kind
    if sitting.night and sitting.turns is None:  # half of them answer
        sitting = replace(sitting, turns=2 if sitting.people is None and _floor(scenario) > 1 else 1)
    able = [agent for agent in scenario.team.agents if agent.does(work, scenario.queues)]
    optional = {*scenario.hires, *scenario.seats}  # whoever may not be hired decides nothing
    people = [agent for agent in able if agent.name not in optional] or able
    served = [row for row, queue in enumerate(scenario.queues) if any(a.serves(queue) for a in people)]
    shares = np.array([_usual(hours, agent) for agent in people])
    away = hours.away(people, known)
    best: tuple[tuple[float, ...], Choice] | None = None
    for slot in _slots(hours, sitting, people):
        choice = _choice(hours, sitting, people, shares, served, slot)
        if choice.can:
            load = hours.mean(hours.busy[served], slot.starts, choice.whole)
            load += hours.mean(away, slot.starts, choice.whole)
            held = -math.floor(round(choice.likely / ALIKE, 6))
            first = (choice.short, -choice.can, _tier(sitting, scenario, choice), held, -len(slot.starts))
            key = (*first, round(load / choice.can, 9), slot.weekday, slot.minute)
            best = min(best, (key, choice), key=lambda found: found[0]) if best else (key, choice)
    if best is None:
        return Placement(work, Message("study.placed_nowhere", {"work": work.name}))
    windows = _windows(scenario, sitting, best[1])
    return Placement(replace(work, windows=windows), _words(hours, sitting, served, best[1], len(people)))


def _choice(
    hours: Hours,
    sitting: Sitting,
    people: Sequence[Agent],
    shares: np.ndarray,
    served: Sequence[int],
    slot: Slot,
) -> Choice:
    """How many would sit together at an hour, in how many turns, each of which people must reach."""
    length = sitting.length // timedelta(minutes=15)
    there = hours.there(people, sitting.night, slot.starts, length)
    usual = np.minimum(there.sum(axis=0), np.ceil(np.round(shares @ there, 6))).astype(int)
    if sitting.night:
        usual = np.minimum(usual, _floor(hours.scenario))
    turns = sitting.turns or 1
    if sitting.turns is None and sitting.people is None:
        turns = _turns(int(usual.max(initial=0)), _needed(hours, served, slot, length))
    later = [hours.there(people, sitting.night, slot.starts + turn * length, length) for turn in range(turns)]
    can = min(int(each.any(axis=1).sum()) for each in later)
    short = int((np.min([each.sum(axis=0) for each in later], axis=0) < (sitting.people or 1)).sum())
    choice = Choice(slot, turns, length, can, tuple(usual.tolist()), short=short)
    return choice if sitting.night else choice._replace(likely=_likely(hours, people, shares, choice))


def _likely(hours: Hours, people: Sequence[Agent], shares: np.ndarray, choice: Choice) -> float:
    """Share of those asked that usual shifts bring there, in the turn in which it is least."""
    asked = np.maximum(np.array(choice.usual) / choice.turns, 1.0)
    found = []
    for turn in range(choice.turns):
        held = hours.likely(people, choice.slot.starts + turn * choice.length, choice.length)
        found.append(np.minimum((shares @ held) / asked, 1.0).mean())
    return float(min(found))


def _slots(hours: Hours, sitting: Sitting, people: Sequence[Agent]) -> Iterator[Slot]:
    """Candidates in order of weekday and hour, with the days of the period on which they would be."""
    scenario = hours.scenario
    step = max(30, scenario.interval_minutes)
    minutes: Sequence[int] = range(0, 1440, step)
    if sitting.night:
        minutes = _ends_of_nights(hours, sitting, people)
    elif sitting.minute is not None:
        minutes = [sitting.minute]
    together = sitting.days is not None or bool(sitting.weeks.on)  # one hour for all its days
    sets = [sitting.days or WEEK] if together else [DaySet(frozenset({day})) for day in range(7)]
    for days in sets:
        dates = [day for day in days_on(scenario, days, sitting.weeks) if day >= scenario.first_day]
        for minute in minutes if dates else ():
            starts = [quarter_of(to_utc(day, minute, sitting.zone)) for day in dates]
            yield Slot(min(day.weekday() for day in dates), minute, np.array(starts, dtype=np.int64))


def _ends_of_nights(hours: Hours, sitting: Sitting, people: Sequence[Agent]) -> list[int]:
    """Local minutes at which night duties begin, and at which a sitting that ends with them does."""
    length = sitting.length // timedelta(minutes=1) * (sitting.turns or 1)
    agents = {agent.name: agent for agent in people}
    found = set()
    for kind in hours.scenario.shift_types:
        for minute in kind.starts if kind.kind == "work" else ():
            if any(_has(hours, agent, kind.name, minute) for agent in agents.values()):
                found |= {minute % 1440, (minute + kind.present_minutes - length) % 1440}
    return sorted(found)


def _has(hours: Hours, agent: Agent, name: str, minute: int) -> bool:
    return any(
        duty.name == name
        and duty.start_minute == minute
        and of_night(hours.scenario, agent, duty.start, duty.end)
        for duty in hours.world.duties[agent.name]
    )


def _tier(sitting: Sitting, scenario: Resolved, choice: Choice) -> int:
    """0 for weekdays in office hours, 1 for the weekend in them, 2 outside the night, 3 in it."""
    slot, length = choice.slot, 15 * choice.whole
    if sitting.night or sitting.minute is not None:
        return 0
    opens, closes = OFFICE_HOURS
    if opens <= slot.minute and slot.minute + length <= closes:
        return 0 if slot.weekday < 5 else 1
    starts, ends = next((s.night for s in scenario.sites if s.zone == sitting.zone), (1320, 360))
    at = np.arange(slot.minute, slot.minute + length) % 1440
    inside = (at >= starts) & (at < ends) if starts < ends else (at >= starts) | (at < ends)
    return 3 if inside.any() else 2


def _windows(scenario: Resolved, sitting: Sitting, choice: Choice) -> tuple[PlannedWindow, ...]:
    """One turn after the other on each of its days, with those who can be there then."""
    windows = []
    for start, present in zip(choice.slot.starts.tolist(), choice.usual, strict=True):
        for turn in range(choice.turns):
            here = sitting.people or (present + choice.turns - 1 - turn) // choice.turns
            first = start + turn * choice.length
            inside = clipped(scenario, PlannedWindow(first, first + choice.length, people=here))
            windows += [inside] if here and inside else []
    return tuple(sorted(windows, key=lambda window: window.start))


def _usual(hours: Hours, agent: Agent) -> float:
    """Share of the days with a duty for them on which a person works, by contract."""
    duties = [d for d in hours.world.duties[agent.name] if d.kind == "work" and d.counted_minutes]
    days = {duty.day for duty in duties if 0 <= duty.day < hours.scenario.days}
    if not days:
        return 1.0
    mean = sum(duty.counted_minutes for duty in duties) / len(duties)
    return min(1.0, agent.weekly_minutes * hours.scenario.weeks / (mean * len(days)))


def _floor(scenario: Resolved) -> int:
    """People who are on duty at night anyway: the largest minimum on duty, at least one."""
    return max([1, *scenario.need_settings.presence.values()])


def _needed(hours: Hours, served: Sequence[int], slot: Slot, length: int) -> int:
    """People who must go on answering, by the square-root rule of thumb: load and its root."""
    load = hours.mean(hours.live[served], slot.starts, length)
    settings = hours.scenario.need_settings
    there = (1 - settings.busy_inside_shift) * (1 - settings.no_shows)
    return math.ceil(round((load + math.sqrt(load)) / there, 6))


def _turns(people: int, needed: int) -> int:
    """Fewest turns in which enough people stay to answer; one where not even four would do."""
    for turns in range(1, MOST_TURNS + 1):
        if -(-people // turns) + needed <= people or not needed:
            return turns
    return 1


def _words(
    hours: Hours, sitting: Sitting, served: Sequence[int], choice: Choice, people: int
) -> Message | None:
    if sitting.minute is not None:
        return None
    starts = choice.slot.starts
    days = {local_at(start, sitting.zone).weekday() for start in starts.tolist()}
    values = {
        "work": sitting.kind.name,
        "when": f"{', '.join(DAYS[day][:3] for day in sorted(days))} {clock_text(choice.slot.minute)}",
        "zone": sitting.zone,
        "contacts": f"{4 * hours.mean(hours.contacts[served], starts, choice.whole):,.1f}",
        "can": choice.can,
        "people": people,
        "turns": choice.turns,
    }
    return Message("study.placed_in_turns" if choice.turns > 1 else "study.placed", values)
