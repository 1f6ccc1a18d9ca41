import shutil

import pytest

from planner._errors import ScenarioError
from planner.study import Scenario, ladder, workspace
from planner.study.ladder import HoursRow

SAMPLE = workspace.SAMPLES / "weekday-to-247"


def desk(shifts="{name: day, start: 09:00-10:00 every 30 min, paid_hours: 8}", more=""):
    return Scenario.from_text(
        f"opening_hours: {{days: mon-fri, open: 09:00, close: 18:00}}\nshifts: {shifts}\n{more}"
    )


def starts(scenario):
    return [kind.starts for kind in scenario.shift_types]


def test_form_shows_what_a_stage_starts_from():
    rows = ladder.form_of(SAMPLE / "stage-2-two-late-hours.yaml")
    assert rows == (
        HoursRow(("all",), "mon-fri", "07:00", "20:00"),
        HoursRow(("all",), "public holidays", "09:00", "18:00", closed=True),
    )


def test_lines_of_an_unchanged_form_mean_the_same():
    for path in sorted(SAMPLE.glob("*.yaml")):
        scenario = Scenario.load(path)
        again = scenario.replace(opening_hours=ladder.lines_of_form(ladder.rows_of(scenario)))
        assert again.said.opening_hours == scenario.said.opening_hours


def test_typed_hours_lie_over_their_row_only():
    rows = [HoursRow(("a",), "mon-fri", "09:00", "18:00"), HoursRow(("b",), "sat", "10:00", "12:00")]
    lines = ladder.lines_of_form(rows, {1: (" 08:00", "13:00 ")})
    assert [(line["open"], line["close"]) for line in lines] == [("09:00", "18:00"), ("08:00", "13:00")]


def test_two_hours_earlier_than_a_stage_whose_shifts_reach_them():
    changes = ladder.earlier(Scenario.load(SAMPLE / "stage-3-weekdays-24-hours.yaml"), 120)
    assert set(changes) == {"opening_hours"}
    assert [line.get("open") for line in changes["opening_hours"]] == ["05:00", "00:00", None]


def test_two_hours_earlier_than_the_desk_of_the_sample():
    changes = ladder.earlier(Scenario.load(SAMPLE / "scenario.yaml"), 120)
    assert [line.get("open") for line in changes["opening_hours"]] == ["07:00", None]
    assert changes["shifts"][0]["start"] == "07:00-09:00 every 30 min"
    assert [line["start"] for line in changes["shifts"][1:]] == ["07:00", "19:00"]


def test_shifts_begin_earlier_where_none_reaches_the_new_hours():
    scenario = desk()
    later = scenario.replace(**ladder.earlier(scenario, 120))
    assert starts(later) == [(420, 450, 480, 510, 540, 570, 600)]
    assert later.said.opening_hours[0].open == 420


def test_only_the_kind_of_shift_that_starts_next_is_moved():
    scenario = desk("[{name: early, start: 09:00, paid_hours: 4}, {name: late, start: 14:00, paid_hours: 4}]")
    later = scenario.replace(**ladder.earlier(scenario, 60))
    assert starts(later) == [(480, 510, 540), (840,)]


def test_a_night_shift_that_runs_into_the_morning_reaches_it():
    scenario = desk("[{name: day, start: 09:00, paid_hours: 8}, {name: night, start: 23:00, paid_hours: 10}]")
    assert "shifts" not in ladder.earlier(scenario, 120)


def test_starts_are_moved_on_the_clock_of_the_people():
    more = (
        "zone: Europe/Lisbon\nperiod: {first_day: 2026-06-01}\n"
        "sites: {name: Milan, zone: Europe/Rome}\npeople: {count: 2, site: Milan}"
    )
    scenario = desk("{name: day, start: 10:00, paid_hours: 8}", more)
    later = scenario.replace(**ladder.earlier(scenario, 120))
    assert min(starts(later)[0]) == 8 * 60


def test_on_call_duty_must_reach_new_hours_too():
    more = "escalation: {role: engineer}\nagents: [{name: Ana}, {name: Bo, teams: engineer}]"
    shifts = (
        "[{name: day, start: 07:00-09:00 every 60 min, paid_hours: 8},"
        " {name: call, start: 09:00, paid_hours: 9, kind: on_call, teams: engineer}]"
    )
    scenario = desk(shifts, more)
    later = scenario.replace(**ladder.earlier(scenario, 120))
    assert starts(later) == [(420, 480, 540), (420, 450, 480, 510, 540)]


def test_midnight_is_the_earliest():
    whole_day = Scenario.from_text("opening_hours: {days: all, open: 00:00, close: 24:00}")
    with pytest.raises(ScenarioError, match="nothing can open earlier"):
        ladder.earlier(whole_day, 120)
    early = Scenario.from_text("opening_hours: {days: all, open: 01:00, close: 12:00}")
    assert ladder.earlier(early, 120)["opening_hours"][0]["open"] == "00:00"


def test_table_of_the_sample_is_in_order(tmp_path):
    folder = tmp_path / "work"
    shutil.copytree(SAMPLE, folder)
    table = ladder.table(folder)
    assert table["stage"].iloc[0] == "Weekdays 9 to 18"
    assert list(table["people"]) == [9, 9, 9, 12, 16]
    assert list(table["starts"][1:]) == sorted(table["starts"][1:])
    assert table["hours"].iloc[1] == "mon-fri 07:00–18:00"
