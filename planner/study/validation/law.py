"""Labour law: where the judge begins to object, looked for quarter-hour by quarter-hour."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from planner._messages import Message
from planner.clock import day_starts, quarter_at, shift_lengths
from planner.people import Agent, Site, Team
from planner.rota import Shift, ShiftType, shift_cost
from planner.rules import AgentCalendar, Parameter, calendars, load_pack
from planner.study import steps
from planner.study.scenario import Scenario
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


# Country, site, first day and hours of a shift, parameter, premium in EUR at 12.00 an hour.
PREMIUMS = (
    ("pt", "Lisbon, zone: Europe/Lisbon", "2026-03-10", "23:00-07:00", "premium_night_ordinary", "24.00"),
    ("pt", "Lisbon, zone: Europe/Lisbon", "2026-03-28", "23:00-07:00", "premium_night_ordinary", "21.00"),
    ("it", "Milan, zone: Europe/Rome", "2026-03-10", "23:00-07:00", "premium_night_ordinary", "12.60"),
    ("ph", "Manila, zone: Asia/Manila", "2026-03-10", "23:00-07:00", "premium_night_ordinary", "8.40"),
    (
        "pt",
        "Lisbon, zone: Europe/Lisbon, public_holidays: Lisbon",
        "2026-04-25",
        "08:00-16:00",
        "premium_holiday_work",
        "48.00",
    ),
)
DESK = """
name: Desk
need: {{seat: 1}}
queues: [{{name: seat, channel: phone, language: en}}]
people: {{count: 1, cost: 12}}
sites: {{name: {site}, country_rules: {country}}}
"""


def law() -> Iterator[Check]:
    """The least rest and the most hours to which nobody objects, and premiums, in the law of eight places."""
    for number, (country, name, hours) in enumerate(PUBLISHED, start=1):
        pack = load_pack(country)
        parameter = pack.parameters[name]
        what = Message(f"validation.{name}", {"place": pack.title})
        case = Case(f"J{number:03d}", "law", what, _source(pack.title, parameter))
        yield case.same(f"{hours} h", f"{FOUND[name](parameter) / 4:g} h")

    yield from _premiums()


def _premiums() -> Iterator[Check]:
    """What a shift costs on top of 12.00 an hour; 28 March 2026 is a night of 7 hours in Lisbon."""
    for number, (country, site, day, hours, name, expected) in enumerate(PREMIUMS, start=18):
        pack = load_pack(country)
        what = Message("validation.premium", {"place": pack.title, "hours": hours, "day": day})
        case = Case(f"J{number:03d}", "law", what, _source(pack.title, pack.parameters[name]), False)
        yield case.printed(expected, _premium(country, site, day, hours) / 100)


def _premium(country: str, site: str, day: str, hours: str) -> int:
    """Cents of premium, as the cost of a rota has it."""
    scenario = Scenario.from_text(DESK.format(site=site, country=country))
    agent = scenario.team.agents[0]
    start, end = hours.split("-")
    lengths = shift_lengths(day, start, end, agent.zone)
    shift = Shift(lengths.start, agent.name, lengths.end, date.fromisoformat(day), "night", agent.zone)
    return shift_cost(shift, agent.name, steps.pay_terms(scenario)).premium_cents or 0


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
