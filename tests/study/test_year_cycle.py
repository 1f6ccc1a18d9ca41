"""A rota repeated for a year: days that its own weeks had closed are no holes, and true holes stay."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from planner.__main__ import main
from planner.clock import PublicHolidays
from planner.rota import Rota, Shift, rota_frame
from planner.study import Scenario
from planner.study.year import YearAudit, year
from planner.study.year.words import year_frame, year_summary

FIRST, WEEKS = date(2026, 3, 30), 5  # Good Friday and 1 May are Fridays of it
DESK = """
name: Round
zone: Europe/Lisbon
period: {first_day: 2026-03-30, weeks: 5}
sites: [{name: Here, zone: Europe/Lisbon, public_holidays: Lisbon}]
agents: [{name: Ana, languages: en}, {name: Ben, languages: en}, {name: Eva, languages: en}]
queues: [{name: web en, channel: email, language: en}]
opening_hours:
  - {days: mon-fri, open: 00:00, close: 24:00}
  - {days: public holidays, closed: yes}
shifts:
  - {name: early, start: 07:00, paid_hours: 8}
  - {name: late, start: 15:00, paid_hours: 8}
  - {name: night, start: 23:00, paid_hours: 8}
need: {web en: 1}
"""
HOLIDAYS = PublicHolidays("Lisbon")
OF = {"early": ("Ana", 7), "late": ("Ben", 15), "night": ("Eva", 23)}
Worked = Callable[[str, date], bool]


def as_needed(name: str, day: date) -> bool:
    """As a plan would: no shift that only closed hours, or hours after the period, would need."""
    begins = OF[name][1]
    days = {day, day + timedelta(days=1)} if begins == 23 else {day}
    last = FIRST + timedelta(days=7 * WEEKS - 1)
    return any(each <= last and each.weekday() < 5 and HOLIDAYS.name_of(each) is None for each in days)


def rota_of(worked: Worked, zone: str = "Europe/Lisbon", weeks: int = WEEKS) -> Rota:
    shifts = []
    for day in (FIRST + timedelta(days=number) for number in range(7 * weeks)):
        for name, (who, hour) in OF.items():
            if worked(name, day):
                start = datetime(day.year, day.month, day.day, hour, tzinfo=ZoneInfo(zone))
                end = (start + timedelta(hours=8)).astimezone(UTC)
                shifts.append(Shift(start.astimezone(UTC), who, end, day, name, zone))
    return Rota("round", FIRST, 7 * weeks, ("Ana", "Ben", "Eva"), tuple(sorted(shifts)))


def open_fridays(of: int) -> int:
    days = [date(of, 1, 1) + timedelta(days=number) for number in range(365)]
    return sum(day.weekday() == 4 and HOLIDAYS.name_of(day) is None for day in days)


@pytest.fixture(scope="module")
def whole() -> YearAudit:
    return year(Scenario.from_text(DESK), rota=rota_of(as_needed))


def test_closed_days_and_edges_of_the_period_are_no_holes(whole: YearAudit) -> None:
    # Good Friday, 1 May and the first Monday before seven have nobody; other Fridays and Mondays do.
    assert whole.of_kind("hole") == whole.of_kind("unknown") == ()
    assert whole.other_weeks_hours > 24 * 15
    said = [str(line) for line in year_summary(whole)]
    assert "somebody is on duty at every open hour" in said[0]
    assert said[1].startswith(
        f"for {whole.other_weeks_hours:,.1f} open hours the rota's own week says nothing"
    )


def test_a_friday_night_that_is_missing_each_week_is_found_each_week() -> None:
    def worked(name: str, day: date) -> bool:
        return as_needed(name, day) and not (name != "early" and day.weekday() == 4)

    rota = rota_of(worked)
    found = year(Scenario.from_text(DESK), rota=rota)
    assert {(each.run.start, each.run.end, each.run.weekdays) for each in found.of_kind("hole")} == {
        (15 * 60, 24 * 60, (4,))
    }
    assert sum(each.run.dates for each in found.of_kind("hole")) == open_fridays(2026)
    assert all(each.changes == () for each in found.of_kind("hole"))
    assert {each.clock for each in found.of_kind("hole")} == {"Europe/Lisbon"}
    assert found.hole_hours == 9 * open_fridays(2026)


def test_an_hour_in_which_several_queues_have_nobody_is_one_hour() -> None:
    text = DESK.replace("queues: [", "queues: [{name: chat en, channel: chat, language: en}, ").replace(
        "  - {days: mon-fri, open: 00:00, close: 24:00}",
        "  - {queues: web en, days: mon-fri, open: 00:00, close: 24:00}\n"
        "  - {queues: chat en, days: mon-fri, open: 07:00, close: 20:00}",
    )
    rota = rota_of(lambda name, day: as_needed(name, day) and not (name == "late" and day.weekday() == 2))
    found = year(
        Scenario.from_text(text.replace("need: {web en: 1}", "need: {web en: 1, chat en: 1}")), rota=rota
    )
    lines = found.of_kind("hole")
    assert {(each.queues, each.run.end - each.run.start) for each in lines} == {
        (("web en",), 480),
        (("chat en",), 300),
    }
    assert found.hole_hours == sum(each.hours for each in lines if each.queues == ("web en",))


def test_one_friday_that_is_missing_in_five_weeks_is_found_every_fifth_week() -> None:
    lost = FIRST + timedelta(days=18)
    rota = rota_of(lambda name, day: as_needed(name, day) and not (name == "early" and day == lost))
    holes = year(Scenario.from_text(DESK), rota=rota).of_kind("hole")
    days = {each.run.first for each in holes} | {each.run.last for each in holes}
    assert lost in days
    # The weeks of Good Friday and of 1 May look at their neighbours: the week after, which is not this one.
    assert all((day - lost).days % 35 == 0 for day in days)
    assert {each.run.end - each.run.start for each in holes} == {480}


def test_hours_that_no_week_of_the_rota_had_open_are_not_known(
    tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    text = DESK.replace("weeks: 5", "weeks: 1")
    scenario = Scenario.from_text(text)
    rota = rota_of(lambda name, day: as_needed(name, day) and day < FIRST + timedelta(days=6), weeks=1)
    found = year(scenario, rota=rota)
    assert found.of_kind("hole") == ()
    # Thursday's last night would be for Good Friday, which is closed; the first Monday follows no night.
    hours = {(each.run.weekdays, each.run.start, each.run.end) for each in found.of_kind("unknown")}
    assert ((4,), 0, 1440) in hours or ((4,), 60 * 7, 1440) in hours
    assert all(set(weekdays) <= {0, 4} for weekdays, *_ in hours)
    frame = year_frame(found)
    assert set(frame["kind"]) >= {"not known"}
    said = "\n".join(str(line) for line in year_summary(found))
    assert "at every open hour of which this rota says it" in said
    assert "so the rota does not say who would be there" in said

    (tmp_path / "desk.yaml").write_text(text, encoding="utf-8")
    rota_frame(rota, scenario.team).to_csv(tmp_path / "rota.csv", index=False)
    assert main(["year", str(tmp_path / "desk.yaml"), str(tmp_path / "rota.csv")]) == 0
    assert "not known 2026-01-" in capsys.readouterr().out


def test_people_on_another_clock_do_not_leave_an_hour_beside_a_closed_day() -> None:
    # New York is five hours behind but for three weeks of March and one of autumn: then an hour of the shifts
    # that nobody needed on Good Friday falls on the Thursday or the Saturday in Lisbon.
    text = DESK.replace("days: mon-fri", "days: all").replace(
        "{name: Here, zone: Europe/Lisbon, public_holidays: Lisbon}",
        "{name: Here, zone: America/New_York, public_holidays: Lisbon}",
    )
    closed = {day for day in HOLIDAYS.days_between(FIRST, FIRST + timedelta(days=34))}

    def worked(name: str, day: date) -> bool:
        start = datetime(day.year, day.month, day.day, OF[name][1], tzinfo=ZoneInfo("America/New_York"))
        hours = [start.astimezone(UTC) + timedelta(hours=n) for n in range(8)]
        return any(at.astimezone(ZoneInfo("Europe/Lisbon")).date() not in closed for at in hours)

    rota = rota_of(worked, "America/New_York")
    assert len(rota.shifts) < 3 * 35
    assert year(Scenario.from_text(text), rota=rota).of_kind("hole") == ()


def test_clocks_are_not_blamed_for_what_was_so_a_week_before() -> None:
    def worked(name: str, day: date) -> bool:
        return as_needed(name, day) and not (name == "early" and day.weekday() == 0)

    # The first Monday of the span is the day after the clocks change; Mondays have always been empty.
    found = year(Scenario.from_text(DESK), date(2026, 3, 24), date(2026, 6, 30), rota_of(worked))
    (hole,) = [each for each in found.of_kind("hole") if each.run.first == date(2026, 3, 30)]
    assert hole.changes == ()
    assert any(change.day == date(2026, 3, 29) for change in found.changes)
