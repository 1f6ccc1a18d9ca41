"""What rules over several people share: which duties they look at, and who has one on which day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from planner.rota import Shift
from planner.rules.calendar import AgentCalendar
from planner.rules.measure import day_of, is_night, working
from planner.rules.shapes import WORKING, Mark, Team

NIGHT_MINUTES = 180
"""Minutes in the night of the site that make a shift a night shift."""


def mark_of(calendar: AgentCalendar, names: Sequence[str], nights: bool) -> Mark:
    """Working shifts of the named types (none: all), or only those at night on the person's site."""
    window = calendar.site.night if nights else None
    return Mark(WORKING.kinds, frozenset(names) or None, window, NIGHT_MINUTES if nights else 1)


def daily(
    rule: str,
    price: int | None,
    weights: Mapping[str, int],
    marks: Mapping[str, Mark],
    day: int,
    least: int | None = None,
    most: int | None = None,
    allowed: tuple[int, ...] | None = None,
) -> Team:
    """Marked duties of several people on one day, weighted."""
    members = tuple(weights.items())
    each = tuple(marks[name] for name in weights)
    same = len(set(each)) == 1
    return Team(
        rule,
        members,
        each[0],
        "count",
        day,
        day,
        least,
        most,
        allowed,
        price,
        marks=() if same else each,
    )


def on_days(
    calendars: Mapping[str, AgentCalendar],
    tours: Mapping[str, Sequence[Shift]],
    names: Sequence[str],
    nights: bool,
) -> dict[date, list[Shift]]:
    """Working shifts that are looked at by the local day of whoever has them, in order of their starts."""
    found: dict[date, list[Shift]] = {}
    for name, calendar in calendars.items():
        for shift in working(tours[name]):
            named = not names or shift.name in names
            if named and (not nights or is_night(shift, calendar, NIGHT_MINUTES)):
                found.setdefault(day_of(shift, calendar), []).append(shift)
    return {day: sorted(found[day], key=lambda s: (s.start, s.agent)) for day in sorted(found)}


def kind_text(names: Sequence[str], nights: bool) -> str:
    """The kind of shift in words."""
    if names:
        return " or ".join(names) + (" at night" if nights else "")
    return "night shift" if nights else "shift"
