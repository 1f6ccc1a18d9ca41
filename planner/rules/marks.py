"""Which duties a mark selects: the one meaning that engine and readers of shapes share."""

from __future__ import annotations

from functools import lru_cache

from planner.clock import quarter_at, window_minutes
from planner.rota import Option
from planner.rules.calendar import AgentCalendar
from planner.rules.shapes import Mark


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
    if mark.days is not None and option.day not in mark.days:
        return False
    if mark.starts is not None and option.start_minute not in mark.starts:
        return False
    if mark.present_over is not None and (option.end - option.start) * 15 <= mark.present_over:
        return False
    if mark.paid_over is not None and option.paid_minutes <= mark.paid_over:
        return False
    return (
        mark.window is None
        or _minutes_within(option.start, option.end, mark.window, calendar.agent.zone)
        >= mark.at_least_minutes
    )


@lru_cache(maxsize=1 << 16)
def _minutes_within(start: int, end: int, window: tuple[int, int], zone: str) -> int:
    """Elapsed minutes of a duty inside a daily local window."""
    return window_minutes(quarter_at(start), quarter_at(end), window, zone)


def carried_run(calendar: AgentCalendar, mark: Mark, off: bool = False) -> int | None:
    """Days in a row right before the period with (or, if ``off``, without) a marked duty; None if not known.

    Parameters
    ----------
    calendar: of the person, with the duties carried over.
    mark, off: as in ``Run``.
    """
    if not calendar.carried_known:
        return None
    marked = {option.day for option in calendar.carried if selects(mark, option, calendar)}
    if off and not marked:
        return None
    length = 0
    while (-1 - length in marked) != off:
        length += 1
    return length
