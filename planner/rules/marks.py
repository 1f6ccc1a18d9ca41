"""Which duties a mark selects: the one meaning that engine and readers of shapes share."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from planner.clock import quarter_at, window_minutes
from planner.rota import Option
from planner.rules.calendar import AgentCalendar
from planner.rules.shapes import Mark, Run, RunUnit


def selects(mark: Mark, option: Option, calendar: AgentCalendar) -> bool:
    """Whether a duty is one that a shape looks at.

    Parameters
    ----------
    mark: what the shape asks.
    option: the duty; its instants count, on the clock of the person.
    calendar: of the person.

    Examples
    --------
    >>> from datetime import date
    >>> from planner.people import Agent, Site, Team
    >>> from planner.rota import ShiftType, options_for
    >>> from planner.rules.calendar import calendars
    >>> anna = Agent("Anna", "Rome", "Europe/Rome", {})
    >>> late = ShiftType("late", (960,), 540)  # 16:00 to 01:00
    >>> team, monday = Team((anna,), (Site("Rome", "Europe/Rome"),)), date(2026, 3, 2)
    >>> calendar = calendars(team, [late], monday, 7)["Anna"]
    >>> option = options_for(anna, [late], monday, 7)[0][0]
    >>> [selects(Mark(window=(1320, 360), at_least_minutes=m), option, calendar) for m in (180, 195)]
    [True, False]
    """
    if option.kind not in mark.kinds or (mark.names is not None and option.name not in mark.names):
        return False
    if option.name in mark.not_names:
        return False
    if mark.days is not None and option.day not in mark.days:
        return False
    if mark.starts is not None and option.start_minute not in mark.starts:
        return False
    if mark.present_over is not None and (option.end - option.start) * 15 <= mark.present_over:
        return False
    if mark.paid_over is not None and option.paid_minutes <= mark.paid_over:
        return False
    present = (option.end - option.start) * 15
    if mark.break_under is not None and present - option.paid_minutes >= mark.break_under:
        return False
    if mark.window is None:
        return True
    inside = _minutes_within(option.start, option.end, mark.window, calendar.agent.zone)
    return mark.at_least_minutes <= inside and (mark.under_minutes is None or inside < mark.under_minutes)


@lru_cache(maxsize=1 << 16)
def _minutes_within(start: int, end: int, window: tuple[int, int], zone: str) -> int:
    """Elapsed minutes of a duty inside a daily local window."""
    return window_minutes(quarter_at(start), quarter_at(end), window, zone)


def units_of(unit: RunUnit, calendar: AgentCalendar) -> tuple[tuple[int, ...], ...]:
    """The days, weeks or weekends that a run is counted in, each as its days of the period, in order.

    Parameters
    ----------
    unit: as in ``Run``.
    calendar: of the person.

    Examples
    --------
    >>> from datetime import date
    >>> from planner.people import Agent, Site, Team
    >>> from planner.rules.calendar import calendars
    >>> team = Team((Agent("Anna", "Rome", "Europe/Rome", {}),), (Site("Rome", "Europe/Rome"),))
    >>> from_sunday = calendars(team, [], date(2026, 3, 1), 9)["Anna"]
    >>> units_of("week", from_sunday), units_of("weekend", from_sunday)
    (((0,), (1, 2, 3, 4, 5, 6, 7), (8,)), ((0,), (6, 7)))
    """
    if unit == "day":
        return tuple((day,) for day in range(calendar.days))
    found: dict[int, list[int]] = {}
    first = calendar.weekday(0)
    for day in range(calendar.days):
        weekday = (first + day) % 7
        if unit == "week":
            found.setdefault((day + (0 if calendar.cyclic else first)) // 7, []).append(day)
        elif weekday >= 5:
            found.setdefault(day - weekday, []).append(day)
    return tuple(tuple(days) for days in found.values())


def begun_unit(shape: Run, calendar: AgentCalendar) -> bool:
    """Whether a carried-over duty falls in the first week or weekend of the period, if that began before."""
    if shape.unit == "day" or calendar.cyclic:
        return False
    first = -calendar.weekday(0) + (5 if shape.unit == "weekend" else 0)
    return any(first <= duty.day < 0 and selects(shape.mark, duty, calendar) for duty in calendar.carried)


def units_left(shape: Run, calendar: AgentCalendar) -> tuple[Run, tuple[tuple[int, ...], ...]]:
    """A run as it goes on, and the days, weeks or weekends that the period can still decide.

    Where a carried-over duty marks the first week or weekend already, that one counts as carried too:
    whatever it breaks was broken before the period.
    """
    units = units_of(shape.unit, calendar)
    if not units or not begun_unit(shape, calendar):
        return shape, units
    return replace(shape, carried=0 if shape.off else (shape.carried or 0) + 1), units[1:]


def carried_run(calendar: AgentCalendar, mark: Mark, off: bool = False, unit: RunUnit = "day") -> int | None:
    """Days in a row right before the period with (or, if ``off``, without) a marked duty; None if not known.

    Parameters
    ----------
    calendar: of the person, with the duties carried over.
    mark, off, unit: as in ``Run``; weeks and weekends are those before the first one of the period.
    """
    if not calendar.carried_known:
        return None
    days = {option.day for option in calendar.carried if selects(mark, option, calendar)}
    marked = {_unit_before(day, unit, calendar) for day in days} - {None, 0}
    if off and not marked:
        return None
    length = 0
    while (-1 - length in marked) != off:
        length += 1
    return length


def _unit_before(day: int, unit: RunUnit, calendar: AgentCalendar) -> int | None:
    """Number of the day, week or weekend of a day before the period, -1 for the last one; None: in none."""
    if unit == "day":
        return day
    if unit == "weekend" and calendar.weekday(day) < 5:
        return None
    return (day + calendar.weekday(0)) // 7
