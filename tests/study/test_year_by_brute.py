"""Random trios of sites in random years: every quarter-hour counted from wall clocks alone."""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest

from planner.study import Scenario
from planner.study.year import YearAudit, year

ZONES = (
    "Europe/Lisbon",
    "Europe/Rome",
    "America/New_York",
    "America/St_Johns",
    "America/Los_Angeles",
    "Asia/Kathmandu",
    "Asia/Kolkata",
    "Asia/Manila",
    "Australia/Lord_Howe",  # its clocks change by half an hour
    "Pacific/Chatham",  # and its are three quarters of an hour apart from the grid
    "Pacific/Auckland",
    "Africa/Casablanca",
    "UTC",
)
QUARTER = timedelta(minutes=15)
Told = dict[tuple[str, ...], set[datetime]]


class Trio(NamedTuple):
    """Three sites, each with one shift a day, and a desk with hours on a clock."""

    year: int
    zone: str
    sites: tuple[tuple[str, str, int, int], ...]  # name, zone, first minute, length in minutes
    opens: tuple[int, int]
    weekdays: int


def trio_of(seed: int) -> Trio:
    """The trio of a number; half of the desks keep UTC, the others a clock that changes."""
    draw = random.Random(seed)
    zones = draw.sample(ZONES, 3)
    if seed % 3 == 0:
        zones[0] = ("Asia/Kathmandu", "Pacific/Chatham", "Australia/Lord_Howe")[seed // 3 % 3]
        zones = list(dict.fromkeys([*zones, "Europe/Rome", "Asia/Manila", "Asia/Kolkata"]))[:3]
    sites = tuple(
        (f"Site {n}", zone, 15 * draw.randrange(96), 60 * draw.randrange(6, 11))
        for n, zone in enumerate(zones)
    )
    whole = draw.random() < 0.6
    # Edges where no clock changes; shifts may begin and end in hours that are not there or there twice.
    opens = (0, 1440) if whole else (15 * draw.randrange(20, 40), 15 * draw.randrange(60, 90))
    zone = "UTC" if seed % 2 else draw.choice(zones)
    return Trio(draw.randrange(2025, 2036), zone, sites, opens, 7 if draw.random() < 0.5 else 5)


def clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def scenario_of(trio: Trio) -> Scenario:
    """The trio as a newcomer would write it."""
    days = "all" if trio.weekdays == 7 else "mon-fri"
    lines = ["name: trio", f"zone: {trio.zone}", "period: {first_day: 2026-01-05, weeks: 1}", "sites:"]
    lines += [f"  - {{name: {name}, zone: {zone}}}" for name, zone, *_ in trio.sites]
    lines += ["agents:"]
    lines += [f"  - {{name: P{n}, site: Site {n}, languages: en, teams: t{n}}}" for n in range(3)]
    lines += ["queues: [{name: web en, channel: email, language: en}]", "need: {web en: 1}"]
    lines += [
        f'opening_hours: {{days: {days}, open: "{clock(trio.opens[0])}", close: "{clock(trio.opens[1])}"}}'
    ]
    lines += ["shifts:"]
    lines += [
        f'  - {{name: s{n}, start: "{clock(start)}", paid_hours: {length // 60}, teams: t{n}}}'
        for n, (_, _, start, length) in enumerate(trio.sites)
    ]
    return Scenario.from_text("\n".join(lines))


def instant(day: date, minutes: int, zone: str) -> datetime:
    """A wall time of a day, minutes may reach into the next: the first of two, or the end of a gap."""
    while True:
        wall = datetime(day.year, day.month, day.day) + timedelta(minutes=minutes)  # noqa: DTZ001  # a wall clock
        at = wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
        if at.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == wall:
            return at
        minutes += 15


def counted(trio: Trio) -> Told:
    """Holes (no site) and doubles (their sites), quarter-hour by quarter-hour, of a year."""
    there: dict[datetime, list[str]] = defaultdict(list)
    for name, zone, start, length in trio.sites:
        mine = set()
        for day in days_of(trio.year, 3):
            at, end = instant(day, start, zone), instant(day, start + length, zone)
            while at < end:
                mine.add(at)
                at += QUARTER
        for at in mine:
            there[at].append(name)
    found: Told = defaultdict(set)
    own = ZoneInfo(trio.zone)
    for at in quarters_of(trio.year):
        local = at.astimezone(own)
        minute = local.hour * 60 + local.minute
        if local.weekday() < trio.weekdays and trio.opens[0] <= minute < trio.opens[1]:
            sites = tuple(sorted(there.get(at, ())))
            if len(sites) != 1:
                found[sites].add(at)
    return found


def days_of(of: int, more: int) -> list[date]:
    first = date(of, 1, 1) - timedelta(days=more)
    return [first + timedelta(days=n) for n in range((date(of, 12, 31) - first).days + 1 + more)]


def quarters_of(of: int) -> list[datetime]:
    """All but the first and last two days, which are other days on other clocks."""
    first, last = datetime(of, 1, 3, tzinfo=UTC), datetime(of, 12, 30, tzinfo=UTC)
    return [first + n * QUARTER for n in range((last - first) // QUARTER)]


def told_by(made: YearAudit, of: int) -> Told:
    """The quarter-hours that the lines name: those whose wall clock a reader would look up."""
    wanted: dict[str, dict[tuple[date, int], set[tuple[str, ...]]]] = {}
    for each in made.findings:
        labels = wanted.setdefault(each.clock, defaultdict(set))
        day = each.run.first
        while day <= each.run.last:
            if day.weekday() in each.run.weekdays:
                for minute in range(each.run.start, each.run.end, 15):
                    labels[day, minute].add(each.sites)
            day += timedelta(days=1)
    found: Told = defaultdict(set)
    for name, labels in wanted.items():
        zone = ZoneInfo(name)
        for at in quarters_of(of):
            local = at.astimezone(zone)
            for sites in labels.get((local.date(), local.hour * 60 + local.minute), ()):
                found[sites].add(at)
    return found


def differing(trio: Trio) -> list[tuple[tuple[str, ...], list[datetime], list[datetime]]]:
    """Quarter-hours that are lost, and those that are too many."""
    made = year(scenario_of(trio), date(trio.year, 1, 1))
    told, truth = told_by(made, trio.year), counted(trio)
    apart = [(s, sorted(truth[s] - told[s]), sorted(told[s] - truth[s])) for s in sorted({*told, *truth})]
    return [each for each in apart if each[1] or each[2]]


@pytest.mark.parametrize("seed", range(20))
def test_every_quarter_of_an_hour_is_told_and_no_other(seed: int) -> None:
    trio = trio_of(seed)
    assert not differing(trio), trio


def test_of_an_hour_that_is_there_twice_both_are_told() -> None:
    # The night ends at 02:45, the first time that it is; the morning begins at three: an hour later by then.
    sites = [("Site 0", 180, 600), ("Site 1", 660, 600), ("Site 2", 1245, 360)]
    trio = Trio(2027, "Europe/Rome", tuple((s, "Europe/Rome", a, b) for s, a, b in sites), (0, 1440), 7)
    holes = counted(trio)[()]
    assert datetime(2027, 10, 31, 1, 30, tzinfo=UTC) in holes
    assert not differing(trio)
