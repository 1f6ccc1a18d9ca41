"""Time: reference cases of shifts, days and weeks, and what clock changes do to sites that hand over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from planner._messages import Message
from planner.clock import (
    day_bounds,
    day_starts,
    iso_week,
    minutes_between,
    quarter_at,
    quarter_of,
    shift_lengths,
    to_utc,
    utc_text,
    week_hours,
)
from planner.study.validation.check import Case, Check
from planner.study.validation.sources import time_cases

IANA = "time zone database (IANA), case worked out by hand"
AUDIT = "time zone database (IANA): rules of Europe, the United States and the Philippines"
DAY = 96
TRIO = (("Europe/Rome", "08:00", "16:00"), ("America/New_York", "10:00", "18:00"))
NIGHT_DESK = ("Asia/Manila", "07:00", "15:00")


def clocks() -> Iterator[Check]:
    """Thirty cases, civil days of every length, and the clock-change audit of 2026 and 2027."""
    for case in time_cases("shift"):
        values = {key: case[key] for key in ("zone", "date", "start", "end")}
        got = shift_lengths(case["date"], case["start"], case["end"], case["zone"])
        told = f"{got.elapsed_minutes / 60:g} h, {_short(utc_text(got.start))} to {_short(utc_text(got.end))}"
        expected = f"{case['elapsed_h']:g} h, {case['start_utc'][:16]} to {case['end_utc'][:16]}"
        kinds = f", {case['start_kind']}" if case["start_kind"] != "normal" else ""
        found = f", {got.start_kind}" if got.start_kind != "normal" else ""
        yield _of(case["id"], "time_shift", values).same(expected + kinds, told + found)
    for case in time_cases("civil_day"):
        yield _day(case["id"], case["zone"], case["date"], case["quarter_hours"])
    yield _day("D098", "Australia/Lord_Howe", "2026-04-05", 98)
    for case in time_cases("rest"):
        days_walls = (case[key].split("T") for key in ("end", "start"))
        end, start = (to_utc(day, wall, case["zone"]) for day, wall in days_walls)
        values = {key: case[key] for key in ("zone", "end", "start")}
        rest = minutes_between(end, start) / 60
        yield _of(case["id"], "time_rest", values).same(f"{case['rest_h']:g} h", f"{rest:g} h")
    for case in time_cases("iso_week"):
        year, week, weekday = iso_week(quarter_at(_quarter(case["utc"])), case["zone"])
        values = {"zone": case["zone"], "at": case["utc"]}
        yield _of(case["id"], "time_iso", values).same(case["iso"], f"{year}-W{week:02d}-{weekday}")
    for case in time_cases("iso_week_hours"):
        year, week = case["iso"].split("-W")
        hours = week_hours(int(year), int(week), case["zone"])
        values = {"zone": case["zone"], "week": case["iso"]}
        yield _of(case["id"], "time_week_hours", values).same(f"{case['hours']:g} h", f"{hours:g} h")
    yield from _handing_over()


def _of(name: str, code: str, values: Mapping[str, object], source: str = IANA) -> Case:
    return Case(name, "clock", Message(f"validation.{code}", values), source, published=False)


def _short(stamp: str) -> str:
    return stamp[:16]


def _quarter(stamp: str) -> int:
    day, wall = stamp.removesuffix("Z").split("T")
    return quarter_of(to_utc(day, wall, "UTC"))


def _day(name: str, zone: str, day: str, quarters: int) -> Check:
    start, end = day_bounds(day, zone)
    first, last = day_starts(date.fromisoformat(day), 1, zone)
    assert minutes_between(start, end) == 15 * (last - first)
    return _of(name, "time_day", {"zone": zone, "date": day}).same(quarters, last - first)


def _handing_over() -> Iterator[Check]:
    """Three desks around the clock, and two offices whose distance changes."""
    for name, day, expected in (
        ("Z001", "2027-01-13", "no hour empty, no hour double"),
        ("Z002", "2027-03-14", "22:00 empty, 14:00 double"),
        ("Z003", "2027-07-14", "22:00 empty, 06:00 double"),
        ("Z004", "2027-11-06", "22:00 empty, 14:00 double"),
        ("Z005", "2027-11-08", "no hour empty, no hour double"),
    ):
        at = date.fromisoformat(day)
        yield _of(name, "time_trio", {"day": day}, AUDIT).same(expected, _trio(at))
    empty = [day for day in _days(2027) if "22:00 empty" in _trio(day)]
    span = f"{empty[0]} to {empty[-1]}, {len(empty)} days"
    yield _of("Z006", "time_trio_span", {}, AUDIT).same("2027-03-14 to 2027-11-06, 238 days", span)
    for name, year, expected in (
        ("Z007", 2026, "2026-03-08 to 2026-03-28, 2026-10-25 to 2026-10-31: 28 days"),
        ("Z008", 2027, "2027-03-14 to 2027-03-27, 2027-10-31 to 2027-11-06: 21 days"),
    ):
        yield _of(name, "time_distance", {"year": year}, AUDIT).same(expected, _five_hours(year))


def _days(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=number) for number in range(365)]


def _trio(day: date) -> str:
    """UTC hours of a day in which none or two of the three desks are open."""
    start = day_starts(day, 1, "UTC")[0]
    count = [0] * DAY
    for zone, opens, closes in (*TRIO, NIGHT_DESK):
        for offset in (-1, 0, 1):
            local = day + timedelta(days=offset)
            first = quarter_of(to_utc(local, opens, zone)) - start
            last = quarter_of(to_utc(local, closes, zone)) - start
            for quarter in range(max(first, 0), min(last, DAY)):
                count[quarter] += 1
    empty = [hour for hour in range(24) if min(count[4 * hour : 4 * hour + 4]) == 0]
    double = [hour for hour in range(24) if max(count[4 * hour : 4 * hour + 4]) > 1]
    return f"{_hours(empty)} empty, {_hours(double)} double"


def _hours(found: list[int]) -> str:
    return " and ".join(f"{hour:02d}:00" for hour in found) or "no hour"


def _five_hours(year: int) -> str:
    """Days at whose noon Paris is five hours ahead of New York, not six."""

    def ahead(day: date) -> int:
        paris, york = (
            quarter_of(to_utc(day, "12:00", zone)) for zone in ("Europe/Paris", "America/New_York")
        )
        return york - paris

    found = [day for day in _days(year) if ahead(day) == 20]
    starts = [day for day in found if day - timedelta(days=1) not in found]
    ends = [day for day in found if day + timedelta(days=1) not in found]
    spans = ", ".join(f"{first} to {last}" for first, last in zip(starts, ends, strict=True))
    return f"{spans}: {len(found)} days"
