"""Marks and counts of carried-over duties that several rules share; the judge has its own way to see them."""

from __future__ import annotations

from dataclasses import replace

from planner.rota import Option
from planner.rules.amounts import amounts
from planner.rules.calendar import AgentCalendar
from planner.rules.marks import carried_run, selects
from planner.rules.shapes import WORKING, Mark, Rest


def night(calendar: AgentCalendar, hours: float) -> Mark:
    """Working duties with at least so many hours in the night of the person's site."""
    return Mark(WORKING.kinds, window=calendar.site.night, at_least_minutes=round(hours * 60))


def no_night(calendar: AgentCalendar, hours: float) -> Mark:
    """Working duties with fewer hours than that in the night."""
    return Mark(
        WORKING.kinds,
        window=calendar.site.night,
        at_least_minutes=0,
        under_minutes=round(hours * 60),
    )


def carried_since(calendar: AgentCalendar, mark: Mark, first: int) -> list[Option]:
    """Marked duties that were carried over from a day (below 0) on."""
    return [duty for duty in calendar.carried if duty.day >= first and selects(mark, duty, calendar)]


def still_possible(shape: Rest, calendar: AgentCalendar) -> tuple[Rest, ...]:
    """A rest as far as carried-over duties leave it possible; nothing if they leave none of it."""
    lost = amounts(shape, calendar, ()) if shape.first < 0 else 0
    return (replace(shape, count=shape.count - lost),) if lost < shape.count else ()


def run_before(calendar: AgentCalendar, mark: Mark, least: int) -> int | None:
    """Marked days in a row right before the period; the least length where leave cuts them off too soon."""
    carried = carried_run(calendar, mark)
    away = range(least - carried) if carried else ()
    return least if any(day in calendar.unavailable for day in away) else carried
