"""Labour law: where the judge begins to object, looked for quarter-hour by quarter-hour."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from planner._messages import Message
from planner.clock import day_starts, quarter_at
from planner.people import Agent, Site, Team
from planner.rota import Shift, ShiftType
from planner.rules import AgentCalendar, Parameter, calendars, load_pack
from planner.study.validation.check import Case, Check

MONDAY = date(2026, 3, 2)
WEEK = 7 * 96
STATUS = {"T": "statute text read", "S": "secondary page read", "U": "not verified"}
# Country, parameter, hours as published: the least rest, or the most hours of a shift.
PUBLISHED = (
    ("eu-wtd", "daily_rest_min_h", 11),
    ("it", "daily_rest_min_h", 11),
    ("fr", "daily_rest_min_h", 11),
    ("pt", "daily_rest_min_h", 11),
    ("es", "daily_rest_min_h", 12),
    ("de", "daily_rest_min_h", 11),
    ("uk", "daily_rest_min_h", 11),
    ("eu-wtd", "weekly_rest_min_h", 35),
    ("it", "weekly_rest_min_h", 35),
    ("fr", "weekly_rest_min_h", 35),
    ("es", "weekly_rest_min_h", 36),
    ("uk", "weekly_rest_min_h", 24),
    ("fr", "daily_hours_max", 10),
    ("es", "daily_hours_max", 9),
    ("de", "daily_hours_max", 8),
    ("pt", "daily_hours_normal_max", 8),
    ("fr", "weekly_hours_abs_max", 48),
)


def law() -> Iterator[Check]:
    """The least rest and the most hours to which nobody objects, in the law of seven places."""
    for number, (country, name, hours) in enumerate(PUBLISHED, start=1):
        pack = load_pack(country)
        parameter = pack.parameters[name]
        what = Message(f"validation.{name}", {"place": pack.title})
        case = Case(f"J{number:03d}", "law", what, _source(pack.title, parameter))
        yield case.same(f"{hours} h", f"{FOUND[name](parameter) / 4:g} h")


def _source(title: str, parameter: Parameter) -> str:
    return f"{title}, {parameter.source} ({STATUS[parameter.status]})"


def _calendar() -> AgentCalendar:
    team = Team((Agent("Ada", "Desk", "UTC", {"en": None}, weekly_minutes=168 * 60),), (Site("Desk", "UTC"),))
    return calendars(team, (ShiftType("day", (480,), 480),), MONDAY, 7)["Ada"]


def _shift(start: int, end: int) -> Shift:
    """A shift between two quarter-hours of the week."""
    first = day_starts(MONDAY, 1, "UTC")[0]
    day = MONDAY + timedelta(days=start // 96)
    return Shift(quarter_at(first + start), "Ada", quarter_at(first + end), day, "day", "UTC")


def _objects(parameter: Parameter, tour: Sequence[Shift]) -> bool:
    assert parameter.rule is not None
    return bool(parameter.rule.check(_calendar(), tuple(tour), ()))


def _least_daily_rest(parameter: Parameter) -> int:
    """Quarter-hours between Monday's shift, which ends at 16:00, and the next, from 4 h up."""
    return next(
        rest
        for rest in range(16, 96)
        if not _objects(parameter, (_shift(32, 64), _shift(64 + rest, 64 + rest + 16)))
    )


def _least_weekly_rest(parameter: Parameter) -> int:
    """Quarter-hours of the one rest in a week that is worked through otherwise."""

    def tour(rest: int) -> list[Shift]:
        worked = [*range(0, 96 * 2, 16), *range(96 * 2 + rest, WEEK, 16)]
        return [_shift(start, min(start + 16, WEEK)) for start in worked]

    return next(rest for rest in range(16, 96 * 4) if not _objects(parameter, tour(rest)))


def _longest_shift(parameter: Parameter) -> int:
    """Quarter-hours of one shift, from 4 h up."""
    return max(length for length in range(16, 96) if not _objects(parameter, (_shift(0, length),)))


def _most_weekly_hours(parameter: Parameter) -> int:
    """Quarter-hours of work in a week of days of 8 hours and one that is shorter."""

    def tour(quarters: int) -> list[Shift]:
        days = [min(32, quarters - 32 * day) for day in range(7)]
        return [_shift(96 * day, 96 * day + length) for day, length in enumerate(days) if length > 0]

    return max(quarters for quarters in range(96, 7 * 32) if not _objects(parameter, tour(quarters)))


FOUND = {
    "daily_rest_min_h": _least_daily_rest,
    "weekly_rest_min_h": _least_weekly_rest,
    "daily_hours_max": _longest_shift,
    "daily_hours_normal_max": _longest_shift,
    "weekly_hours_abs_max": _most_weekly_hours,
}
