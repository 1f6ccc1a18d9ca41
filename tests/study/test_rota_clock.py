"""A rota on three clocks, in the weeks in which the clocks change."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from planner.people import Agent, Site, Team
from planner.rota import Rota, ShiftType, options_for, rota_frame, shift_of
from planner.study.charts.cover import of_set, short_hours
from planner.study.charts.timeline import timeline
from planner.study.rota_clock import CLOCKS, changes_on, of_week, on_clock, weeks
from planner.study.rota_person import beside_team, fairness_words, person_sheet, shifts_of
from planner.study.rota_week import Look, week_html

LISBON, ROME = "Europe/Lisbon", "Europe/Rome"
PEOPLE = (Agent("Ana", "Lisbon", LISBON, {}), Agent("Bea", "Rome", ROME, {}))
TEAM = Team(PEOPLE, (Site("Lisbon", LISBON), Site("Rome", ROME)))
NIGHT = ShiftType("night", (1320,), 480)
EARLY = ShiftType("early", (0,), 480)
SPRING, AUTUMN = date(2026, 3, 23), date(2026, 10, 19)


def rota_of(first: date, kind: ShiftType = NIGHT) -> Rota:
    """Everybody has the same shift every day of a week, on their own clock."""
    shifts = [
        shift_of(option, agent, None, first)
        for agent in PEOPLE
        for day in options_for(agent, [kind], first, 7)
        for option in day
    ]
    return Rota("", first, 7, ("Ana", "Bea"), tuple(sorted(shifts)))


@pytest.mark.parametrize("first", [SPRING, AUTUMN])
@pytest.mark.parametrize("clock", CLOCKS)
def test_every_clock_shows_the_same_instants(first, clock):
    rota = rota_of(first)
    rows = on_clock(rota_frame(rota, TEAM), clock, LISBON)
    shown = [datetime.fromisoformat(text).astimezone(UTC) for text in rows["start_local"]]
    assert shown == [shift.start for shift in rota.shifts]
    zones = {"team": (LISBON, LISBON), "site": (LISBON, ROME), "utc": ("UTC", "UTC")}[clock]
    by_hand = {
        (shift.agent, shift.start.astimezone(ZoneInfo(zones[shift.agent == "Bea"])).strftime("%Y-%m-%d %H"))
        for shift in rota.shifts
    }
    assert by_hand == {(r.agent, f"{r.day} {r.start_local[11:13]}") for r in rows.itertuples()}


@pytest.mark.parametrize(
    ("first", "elapsed", "ends"), [(SPRING, 7.0, "22:00–06:00"), (AUTUMN, 9.0, "22:00–06:00")]
)
def test_the_night_of_the_change_has_its_real_hours(first, elapsed, ends):
    rows = on_clock(rota_frame(rota_of(first), TEAM), "site", LISBON)
    saturday = (first + timedelta(days=5)).isoformat()
    found = shifts_of(rows[rows["day"] == saturday], "Bea")
    assert list(found["hours"]) == [elapsed]
    assert f"{found['from'][0]}–{found['to'][0].split()[0]}" == ends
    assert "clocks change" in found["note"][0]
    assert found["to"][0].endswith("+1"), "a night belongs to the day it starts"


@pytest.mark.parametrize(("first", "hours"), [(SPRING, 23), (AUTUMN, 25)])
@pytest.mark.parametrize(("clock", "marked"), [("team", 1), ("site", 2), ("utc", 0)])
def test_the_day_of_the_change_is_marked_with_its_hours(first, hours, clock, marked):
    rows = on_clock(rota_frame(rota_of(first), TEAM), clock, LISBON)
    zones = sorted(set(rows["zone"]))
    html = week_html(rows.assign(own_day=rows["day"]), ["Ana", "Bea"], Look(first, 7, "x", ["night"], zones))
    heads = re.findall(r"<th scope=\"col\".*?</th>", html)
    assert sum(f"{hours} h " in head for head in heads) == (1 if marked else 0)
    assert html.count(f"the day has {hours} h") == marked
    days = [first + timedelta(days=n) for n in range(7)]
    for zone in zones:
        whole = sum(next((c.hours for c in changes_on(day, [zone])), 24.0) for day in days)
        assert whole == 168 + (hours - 24 if zone != "UTC" else 0)


def test_the_hour_of_the_change_is_named():
    assert [(c.zone, c.sign) for c in changes_on(date(2026, 3, 29), [LISBON, ROME, "UTC"])] == [
        (LISBON, "01:00→02:00"),
        (ROME, "02:00→03:00"),
    ]
    assert [c.sign for c in changes_on(date(2026, 10, 25), [ROME])] == ["03:00→02:00"]
    assert changes_on(date(2026, 3, 28), [ROME]) == ()


def test_a_shift_that_starts_before_the_period_on_another_clock_is_shown():
    first = date(2026, 4, 6)
    rows = on_clock(rota_frame(rota_of(first, EARLY), TEAM), "utc", LISBON).assign(own_day="2026-04-06")
    shown = of_week(rows, first, 7, first, 7)
    assert len(shown) == 14
    assert min(shown["day"]) == "2026-04-05"
    html = week_html(shown, ["Ana", "Bea"], Look(first, 7, "x", ["early"]))
    assert html.count("rota-shift") - html.count(".rota-shift") == 14
    assert "Sun<br>05 Apr" in html
    assert weeks(first, 15) == (first, date(2026, 4, 13), date(2026, 4, 20))


def test_hours_of_a_line_add_up():
    rows = on_clock(rota_frame(rota_of(AUTUMN), TEAM), "site", LISBON).assign(own_day="2026-10-19")
    html = week_html(rows, ["Ana", "Bea"], Look(AUTUMN, 7, "x", ["night"], [LISBON, ROME]))
    assert re.findall(r'<td class="total">(.*?)</td>', html) == ["57", "57"], "seven nights and one hour more"


@pytest.mark.parametrize("first", [SPRING, AUTUMN])
def test_bars_are_as_long_as_the_wall_clock_says(first):
    rows = on_clock(rota_frame(rota_of(first), TEAM), "site", LISBON)
    figure = timeline(rows, ["Ana", "Bea"], ["night"], first, "each person's own")
    bars = figure.data[0]
    assert len(bars.x) == 14
    assert set(bars.x) == {8 * 3_600_000}, "22 to 6, whatever the clocks do"
    assert not any("+" in base for base in bars.base), "naive: browsers would move them"
    assert bars.name == "N = night"
    assert "each person's own" in figure.layout.xaxis.title.text


def test_what_a_person_carries_stands_beside_the_team():
    rows = rota_frame(rota_of(SPRING), TEAM)
    mine = rows[rows["agent"] == "Ana"]
    table = beside_team(mine, ["Ana", "Bea"], "Ana").set_index("figure")
    assert (table.loc["nights", "own"], table.loc["nights", "mean"]) == (7, 3.5)
    assert table.loc["paid_hours", "own"] == 55
    said = [str(line) for line in fairness_words(mine, ["Ana", "Bea"])]
    assert said[0] == "Nights: from 0 to 7 a person, 3.5 on average; the most has Ana"
    assert said[2] == "Public holidays: nobody has any"
    sheet = person_sheet(mine.assign(agent="<b>"), mine.assign(agent="<b>"), ["<b>", "Bea"], "<b>", LISBON)
    assert "<b>" not in sheet
    assert sheet.count("<tr>") == 7 + 6 + 2


def test_one_set_of_queues_counts_its_own_missing():
    import pandas as pd

    cover = pd.DataFrame(
        {
            "interval_start": [
                "2026-03-23T08:00Z",
                "2026-03-23T08:00Z",
                "2026-03-23T08:30Z",
                "2026-03-23T08:30Z",
            ],
            "interval_local": ["2026-03-23T08:00+00:00"] * 2 + ["2026-03-23T08:30+00:00"] * 2,
            "set": ["a", "b"] * 2,
            "required": [2, 3, 2, 1],
            "on_duty": [1, 1, 3, 1],
            "short": [1, 2, 0, 0],
            "spare": [0, 0, 1, 0],
            "binding": [False, True, False, False],
        }
    )
    assert short_hours(cover) == 1.0, "two people for half an hour"
    assert short_hours(of_set(cover, "a")) == 0.5
    assert short_hours(of_set(cover, "b")) == 1.0
