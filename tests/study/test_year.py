"""A year of clock changes: the reference facts, and every hole and double counted again, hour by hour."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from planner._errors import InputError
from planner.rota import Rota, Shift
from planner.study import Scenario
from planner.study.year import YearAudit, year
from planner.study.year.runs import runs_of
from planner.study.year.words import write_year, year_frame, year_summary

TRIO = """
name: trio
zone: UTC
period: {first_day: 2027-01-04, weeks: 4}
sites:
  - {name: Rome, zone: Europe/Rome}
  - {name: New York, zone: America/New_York}
  - {name: Manila, zone: Asia/Manila}
agents:
  - {name: A, site: Rome, languages: en, teams: r}
  - {name: B, site: New York, languages: en, teams: n}
  - {name: C, site: Manila, languages: en, teams: m}
queues: [{name: web en, channel: email, language: en}]
opening_hours: {days: all, open: 00:00, close: 24:00}
shifts:
  - {name: rome, start: 08:00, paid_hours: 8, teams: r}
  - {name: york, start: 10:00, paid_hours: 8, teams: n}
  - {name: manila, start: 07:00, paid_hours: 8, teams: m}
need: {web en: 1}
"""
WALLS = {"Rome": ("Europe/Rome", 8), "New York": ("America/New_York", 10), "Manila": ("Asia/Manila", 7)}


@pytest.fixture(scope="module")
def trio() -> YearAudit:
    return year(Scenario.from_text(TRIO))


def test_the_hole_of_the_trio_is_the_published_one(trio: YearAudit):
    (hole,) = trio.of_kind("hole")
    assert (hole.run.first, hole.run.last) == (date(2027, 3, 14), date(2027, 11, 6))
    assert (hole.run.start, hole.run.end, hole.clock) == (22 * 60, 23 * 60, "UTC")
    assert hole.run.weekdays == tuple(range(7))
    assert hole.run.dates == hole.hours == 238
    assert [change.zone for change in hole.changes] == ["America/New_York"]
    assert hole.languages == ("en",)


def test_paris_and_new_york_are_five_hours_apart_on_the_published_days():
    text = TRIO.replace("Rome, zone: Europe/Rome", "Rome, zone: Europe/Paris")
    found = year(Scenario.from_text(text)).apart["America/New_York", "Europe/Paris"]
    five = [(run.first, run.last) for run in found if run.minutes == -300]
    assert five == [(date(2027, 3, 14), date(2027, 3, 27)), (date(2027, 10, 31), date(2027, 11, 6))]
    assert {run.minutes for run in found} == {-300, -360}


def counted_by_hours(year_of: int) -> dict[tuple[str, ...], set[datetime]]:
    """Which sites work in each hour of a year, from wall clocks alone."""
    there: dict[datetime, set[str]] = {}
    at = datetime(year_of, 1, 1, tzinfo=UTC)
    while at.year == year_of:
        there[at] = set()
        for site, (zone, begins) in WALLS.items():
            local = at.astimezone(ZoneInfo(zone))
            if begins <= local.hour < begins + 8:
                there[at].add(site)
        at += timedelta(hours=1)
    found: dict[tuple[str, ...], set[datetime]] = {}
    for at, sites in there.items():
        if len(sites) != 1:
            found.setdefault(tuple(sorted(sites)), set()).add(at)
    return found


@pytest.mark.parametrize("year_of", [2026, 2027, 2028])
def test_every_hole_and_double_is_there_and_no_other(year_of: int):
    found = year(Scenario.from_text(TRIO), date(year_of, 1, 1))
    told: dict[tuple[str, ...], set[datetime]] = {}
    for each in found.findings:
        assert each.clock == "UTC"
        day = each.run.first
        while day <= each.run.last:
            if day.weekday() in each.run.weekdays:
                for hour in range(each.run.start // 60, each.run.end // 60):
                    told.setdefault(each.sites, set()).add(
                        datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
                    )
            day += timedelta(days=1)
    assert told == counted_by_hours(year_of)
    assert sum(each.hours for each in found.findings) == sum(map(len, told.values()))


def test_hours_that_are_local_are_told_on_the_local_clock():
    # The desk opens at eight, the shift starts at nine: one line in winter and in summer.
    desk = Scenario.from_text(
        "zone: Europe/Lisbon\nperiod: {first_day: 2026-01-05, weeks: 4}\npeople: 2\n"
        "opening_hours: {days: mon-fri, open: 08:00, close: 18:00}\n"
        "shifts: {name: day, start: 09:00, paid_hours: 9}"
    )
    (hole,) = year(desk).findings
    assert (hole.clock, hole.run.start, hole.run.end) == ("Europe/Lisbon", 480, 540)
    assert (hole.run.first, hole.run.last, hole.run.dates) == (date(2026, 1, 1), date(2026, 12, 31), 261)
    assert hole.changes == ()


def test_a_holiday_does_not_part_a_run():
    days = [date(2027, 6, day) for day in range(1, 31)]
    there = {day: [(540, 600)] for day in days if day != date(2027, 6, 10)}
    always = {day: [] if day == date(2027, 6, 10) else [(0, 1440)] for day in days}
    (run,) = runs_of(there, always)
    assert (run.first.day, run.last.day, run.dates) == (1, 30, 29)
    # A day on which it could have been there and was not parts it.
    assert len(runs_of(there, {day: [(0, 1440)] for day in days})) > 1


def test_a_rota_is_repeated_on_everybodys_own_clock():
    scenario = Scenario.from_text(TRIO)
    who = {"Rome": "A", "New York": "B", "Manila": "C"}
    shifts = []
    for site, (zone, begins) in WALLS.items():
        for number in range(28):
            start = datetime(2027, 1, 4 + number, begins, tzinfo=ZoneInfo(zone))
            end = start + timedelta(hours=8)
            shifts.append(
                Shift(start.astimezone(UTC), who[site], end.astimezone(UTC), start.date(), "x", zone)
            )
    rota = Rota("trio", date(2027, 1, 4), 28, ("A", "B", "C"), tuple(sorted(shifts)))
    by_rota, by_shifts = year(scenario, rota=rota), year(scenario)
    assert by_rota.by_rota
    assert by_rota.findings == by_shifts.findings
    # Without Manila on Mondays eight hours of each are open with nobody, but for one that Rome has in summer.
    fewer = Rota(
        "trio",
        rota.first_day,
        28,
        rota.agents,
        tuple(sorted(shift for shift in shifts if shift.agent != "C" or shift.day.weekday())),
    )
    lost = year(scenario, rota=fewer).of_kind("hole")
    assert sum(each.hours for each in lost) == 238 + 8 * 52 - 31


def test_nights_on_changes_of_clocks_are_told_with_their_length():
    text = TRIO.replace("name: rome, start: 08:00", "name: rome, start: 22:00")
    odd = {
        (each.day, each.zone): each.minutes
        for each in year(Scenario.from_text(text)).odd
        if each.shift == "rome"
    }
    assert odd[date(2027, 3, 27), "Europe/Rome"] == 420
    assert odd[date(2027, 10, 30), "Europe/Rome"] == 540


def test_the_file_holds_what_is_told(trio: YearAudit, tmp_path: Path):
    frame = year_frame(trio)
    (path,) = write_year(trio, tmp_path)
    assert path.read_text().count("\n") == len(frame) + 1
    assert frame["hours"][frame["kind"] == "hole"].sum() == 238
    said = [str(line) for line in year_summary(trio)]
    assert "238 h, because clocks in America/New_York go forward 1 h on 2027-03-14" in said[1]
    assert "Europe/Rome is 6 h ahead of America/New_York, but 5 h from 2027-03-14 to 2027-03-27" in "\n".join(
        said
    )


@pytest.mark.parametrize(("first", "last"), [((2027, 2, 1), (2027, 1, 1)), ((2027, 1, 1), (2037, 1, 1))])
def test_a_span_that_is_none_is_refused(first: tuple[int, int, int], last: tuple[int, int, int]):
    with pytest.raises(InputError, match="is no span"):
        year(Scenario.from_text(TRIO), date(*first), date(*last))
