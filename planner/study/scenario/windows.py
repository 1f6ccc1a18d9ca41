"""From planned work and meetings as they are said to windows on the period."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from planner._values import DaySet
from planner.clock import PublicHolidays, day_starts, local_at, quarter_of, to_utc
from planner.demand import PlannedWindow, PlannedWork, Volumes
from planner.requirement import appointments
from planner.study.scenario.planning import meeting_who, planned_kinds
from planner.study.scenario.when import Amount, Weeks, parse_weeks
from planner.study.scenario.work_said import AppointmentSaid, MeetingSaid, PlannedSaid

if TYPE_CHECKING:
    from planner.people import Agent
    from planner.study.scenario.resolved import Resolved

DAY = 1440
Span = tuple[date, int, int]  # a day, and its absolute quarter-hours from ... to


def stated_work(scenario: Resolved, outbound: Mapping[str, np.ndarray]) -> tuple[PlannedWork, ...]:
    """Planned work and meetings with their windows in the period; those whose hour is chosen are not here.

    Parameters
    ----------
    outbound: work whose minutes come from a file to its seconds of a mean week, shape (7 days, 24 hours);
        work that is not there has no windows.
    """
    lines: list[PlannedSaid | MeetingSaid] = [line for line in scenario.said.planned_work if line.has_hour]
    lines += [line for line in scenario.said.meetings if line.has_hour]
    found = []
    for said, kind in zip(lines, planned_kinds(scenario), strict=False):  # the others come after them
        windows = _windows(scenario, kind, said, outbound)
        found.append(replace(kind, windows=tuple(sorted(windows, key=lambda window: window.start))))
    return tuple(found)


def _windows(
    scenario: Resolved, kind: PlannedWork, said: PlannedSaid | MeetingSaid, outbound: Mapping[str, np.ndarray]
) -> Iterator[PlannedWindow]:
    if isinstance(said, MeetingSaid):
        windows = _meeting(scenario, kind, said)
    elif said.people is not None:
        spans = _spans(scenario, said, (said.from_ or 0, said.to or 0))
        windows = (PlannedWindow(start, end, people=said.people) for _, start, end in spans)
    elif said.minutes is not None:
        windows = _minutes(scenario, kind, said, said.minutes)
    else:
        week = outbound.get(said.name)
        windows = iter(()) if week is None else _outbound(scenario, said, week)
    return (inside for window in windows if (inside := clipped(scenario, window)))


def clipped(scenario: Resolved, window: PlannedWindow) -> PlannedWindow | None:
    """The part of a window inside the period, with its part of the work; None without one."""
    first, last = _period(scenario)
    start, end = max(first, window.start), min(last, window.end)
    if start >= end:
        return None
    part = (end - start) / (window.end - window.start)
    return PlannedWindow(start, end, window.people, window.work_seconds * part)


def _period(scenario: Resolved) -> tuple[int, int]:
    starts = day_starts(scenario.first_day, scenario.days, scenario.zone)
    return starts[0], starts[-1]


def days_on(scenario: Resolved, days: DaySet, weeks: Weeks) -> list[date]:
    """Days of the period, and the one before it, on which something takes place."""
    first = scenario.first_day - timedelta(days=1)
    every = [first + timedelta(days=index) for index in range(scenario.days + 1)]
    return [day for day in every if _takes_place(scenario, days, weeks, day)]


def _takes_place(scenario: Resolved, days: DaySet, weeks: Weeks, day: date) -> bool:
    if weeks.on:
        return day in weeks.on
    holiday = PublicHolidays(scenario.public_holidays).name_of(day) is not None
    if not (days.public_holidays if holiday else day.weekday() in days.weekdays):
        return False
    since = weeks.since or scenario.first_day
    return (_monday(day) - _monday(since)).days // 7 % weeks.every == 0


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _span(scenario: Resolved, day: date, window: tuple[int, int]) -> Span:
    start, end = window
    last = end if end > start else end + DAY
    first, until = (quarter_of(to_utc(day, minute, scenario.zone)) for minute in (start, last))
    return day, first, until


def _spans(scenario: Resolved, said: PlannedSaid, window: tuple[int, int]) -> list[Span]:
    """A window on each of the work's days, in absolute quarter-hours."""
    return [_span(scenario, day, window) for day in days_on(scenario, said.days, said.weeks)]


def _open_span(scenario: Resolved, queues: Sequence[str], day: date) -> Span | None:
    """From the first opening to the last closing of a local day; None if all is closed."""
    start, end = day_starts(day, 1, scenario.zone)
    names = queues or [queue.name for queue in scenario.queues]
    is_open = np.any([scenario.opening[name].mask(start, end - start) for name in names], axis=0)
    at = np.flatnonzero(is_open)
    return (day, start + int(at[0]), start + int(at[-1]) + 1) if len(at) else None


def _minutes(
    scenario: Resolved, kind: PlannedWork, said: PlannedSaid, amount: Amount
) -> Iterator[PlannedWindow]:
    """Stated work within its hours: so much on each day, or a week's over the days of that week."""
    for day in days_on(scenario, said.days, said.weeks):
        span = _movable_span(scenario, kind, said, day)
        if span is None:
            continue
        seconds = amount.length.total_seconds()
        if amount.per == "week":
            week = [_monday(day) + timedelta(days=index) for index in range(7)]
            on = [d for d in week if _takes_place(scenario, said.days, said.weeks, d)]
            seconds /= max(1, sum(_movable_span(scenario, kind, said, d) is not None for d in on))
        yield PlannedWindow(span[1], span[2], work_seconds=seconds)


def _movable_span(scenario: Resolved, kind: PlannedWork, said: PlannedSaid, day: date) -> Span | None:
    if said.between is None:
        return _open_span(scenario, kind.queues, day)
    return _span(scenario, day, said.between)


def _outbound(scenario: Resolved, said: PlannedSaid, week: np.ndarray) -> Iterator[PlannedWindow]:
    """A mean week of a file: each day's work within ``between``, or each hour's in its hour."""
    for day in days_on(scenario, said.days, said.weeks):
        mean = week[day.weekday()]
        if said.between is not None and mean.sum() > 0:
            _, start, end = _span(scenario, day, said.between)
            yield PlannedWindow(start, end, work_seconds=float(mean.sum()))
        elif said.between is None:
            yield from _hour_by_hour(scenario, day, mean)


def _hour_by_hour(scenario: Resolved, day: date, mean: np.ndarray) -> Iterator[PlannedWindow]:
    start, end = day_starts(day, 1, scenario.zone)
    hours = np.array([local_at(quarter, scenario.zone).hour for quarter in range(start, end)])
    for hour in np.flatnonzero(mean > 0).tolist():
        at = np.flatnonzero(hours == hour)  # none in the hour that a clock change leaves out
        if len(at):
            yield PlannedWindow(start + int(at[0]), start + int(at[-1]) + 1, work_seconds=float(mean[hour]))


def _meeting(scenario: Resolved, kind: PlannedWork, said: MeetingSaid) -> Iterator[PlannedWindow]:
    """One turn after the other, each of as many people as it takes for all who are there."""
    assert said.on is not None
    turns = meeting_who(said.who, [queue.name for queue in scenario.queues]).turns
    minutes = said.length // timedelta(minutes=1)
    for day in days_on(scenario, said.on.days, parse_weeks(said.every)):
        there = [agent for agent in scenario.team.agents if _there(agent, day, kind, scenario)]
        for turn in range(turns):
            people = said.people or (len(there) + turns - 1 - turn) // turns
            start = said.on.minute + turn * minutes
            first, last = (
                quarter_of(to_utc(day, minute, scenario.zone)) for minute in (start, start + minutes)
            )
            if people:
                yield PlannedWindow(first, last, people=people)


def _there(agent: Agent, day: date, work: PlannedWork, scenario: Resolved) -> bool:
    return agent.employed_on(day) and day not in agent.unavailable and agent.does(work, scenario.queues)


def appointments_of(scenario: Resolved, volumes: Volumes | None) -> tuple[PlannedWork, ...]:
    """Appointments on the period; without a forecast they have no windows.

    Slots before the first cases of the forecast are for those of the days before the period, which are
    taken to be as many as those of a mean week of it.
    """
    kinds = [kind for kind in scenario.planned_kinds if kind.what == "appointments"]
    if volumes is None:
        return tuple(kinds)
    found = []
    for said, kind in zip(scenario.said.appointments, kinds, strict=True):
        came = [_span(scenario, day, (0, DAY))[1:] for day in _arriving(scenario, said.arriving)]
        slots, (first, last) = slots_of(scenario, said), _period(scenario)
        sized = (said.share, came, slots, kind.piece_seconds, kind.team)
        work = appointments(volumes, kind.queues, kind.name, *sized)
        if slots and not any(first <= start < slots[0][0] for start, _ in came):
            whole = (said.share, came, [(last, last + 1)], kind.piece_seconds, kind.team)
            cases = sum(w.work_seconds for w in appointments(volumes, kind.queues, kind.name, *whole).windows)
            usual = PlannedWindow(*slots[0], work_seconds=cases / scenario.weeks)
            work = replace(work, windows=(usual, *work.windows) if cases else work.windows)
        found.append(work)
    return tuple(found)


def _arriving(scenario: Resolved, days: DaySet) -> list[date]:
    """Days of the period on which cases come: also on public holidays, whichever weekday they are."""
    every = [scenario.first_day + timedelta(days=index) for index in range(scenario.days)]
    holidays = PublicHolidays(scenario.public_holidays).days_between(every[0], every[-1])
    return [d for d in every if d.weekday() in days.weekdays or (days.public_holidays and d in holidays)]


def slots_of(scenario: Resolved, said: AppointmentSaid) -> list[tuple[int, int]]:
    """When appointments are given in the period, in absolute quarter-hours; not on public holidays."""
    weekly = DaySet(frozenset({said.on.weekday}))
    spans = [_span(scenario, day, said.on.window)[1:] for day in days_on(scenario, weekly, Weeks())]
    first, last = _period(scenario)
    return [span for span in spans if first <= span[0] and span[1] <= last]
