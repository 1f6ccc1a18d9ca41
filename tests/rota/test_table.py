"""rota.csv: columns, hours on the person's clock, round trip."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.people import Team
from planner.rota import (
    ROTA_COLUMNS,
    Rota,
    ShiftType,
    csv_text,
    fairness,
    guard,
    pay_terms,
    read_rota,
    rota_frame,
    unguard,
)

COLUMNS = (
    "schema_version scenario rota_version shift_id agent payroll_id site zone day shift kind "
    "start_local end_local start_utc end_utc break_starts_utc break_minutes elapsed_hours paid_hours "
    "night_hours sunday_hours holiday_hours holiday premium_cost languages team status note"
)


@pytest.fixture
def rota(shift_at, instant) -> Rota:
    """A change night, a holiday, a day in Manila with a break, a duty on call."""
    shifts = [
        shift_at("Anna", "2026-03-28 22:00", "2026-03-29 06:00", name="night"),
        shift_at("Anna", "2026-04-06 14:00", "2026-04-06 22:00", name="late"),
        shift_at(
            "Bo", "2026-03-28 08:00", "2026-03-28 17:00", "Asia/Manila", name="day", break_minutes=60,
            break_start=instant("2026-03-28 12:00", "Asia/Manila"),
        ),
        shift_at("Eve", "2026-03-29 00:00", "2026-03-30 00:00", name="stand-by", kind="on_call",
                 pay_share=0.15, counted=False),
    ]  # fmt: skip
    return Rota("weekend", date(2026, 3, 28), 10, ("Anna", "Bo", "Eve"), tuple(sorted(shifts)))


def test_columns_are_the_contract(rota, team):
    assert " ".join(ROTA_COLUMNS) == COLUMNS
    assert list(rota_frame(rota, team).columns) == COLUMNS.split()
    assert list(rota_frame(replace(rota, shifts=()), team).columns) == COLUMNS.split()


def test_hours_and_stamps(rota, team):
    frame = rota_frame(rota, team, pay_terms(team)).set_index("shift")
    assert list(frame["start_utc"]) == sorted(frame["start_utc"])
    night = frame.loc["night"]
    assert (night["start_local"], night["end_local"]) == (
        "2026-03-28T22:00:00+01:00",
        "2026-03-29T06:00:00+02:00",
    )
    assert (night["start_utc"], night["end_utc"]) == ("2026-03-28T21:00:00Z", "2026-03-29T04:00:00Z")
    hours = ["elapsed_hours", "paid_hours", "night_hours", "sunday_hours", "holiday_hours"]
    assert night[hours].tolist() == [7, 7, 7, 5, 0]
    assert (night["day"], night["premium_cost"], night["payroll_id"], night["languages"]) == (
        "2026-03-28", "22.42", "007", "it fr",
    )  # fmt: skip
    day = frame.loc["day"]
    assert day[hours].tolist() == [9, 8, 0, 0, 0]
    assert (day["break_starts_utc"], day["break_minutes"]) == ("2026-03-28T04:00:00Z", 60)
    late = frame.loc["late"]
    assert (late["holiday"], late["holiday_hours"]) == ("Easter Monday", 8)
    assert late["premium_cost"] == "", "the holiday premium is not known, so the premium is not 0"
    assert frame.loc["stand-by"]["sunday_hours"] == 23


def test_round_trip_through_csv(rota, team, tmp_path):
    types = [ShiftType("stand-by", (0,), 1440, kind="on_call", pay_share=0.15, counted=False)]
    path = tmp_path / "rota.csv"
    path.write_text(csv_text(rota_frame(rota, team, pay_terms(team))), encoding="utf-8")
    assert read_rota(path, team, types, rota.first_day, rota.days) == rota
    assert read_rota(rota_frame(rota, team), team, types, rota.first_day, rota.days) == rota


def test_ids_stay_and_differ(rota, team):
    first, again = rota_frame(rota, team), rota_frame(replace(rota, shifts=rota.shifts[1:]), team)
    assert first["shift_id"].is_unique
    assert list(first["shift_id"])[1:] == list(again["shift_id"])
    assert all(not text[0].isdigit() for text in first["shift_id"])


def test_names_that_look_like_formulas_are_harmless_and_come_back(rota, team, tmp_path):
    names = {"Anna": '=HYPERLINK("http://x","Anna")', "Bo": "'+Bo", "Eve": "@Eve"}
    renamed = Team(tuple(replace(agent, name=names[agent.name]) for agent in team.agents), team.sites)
    shifts = tuple(sorted(replace(shift, agent=names[shift.agent]) for shift in rota.shifts))
    evil = replace(rota, agents=tuple(names.values()), shifts=shifts)
    text = csv_text(rota_frame(evil, renamed))
    cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    assert not [cell for cell in cells if cell[:1] in "=+-@\t\r" and cell]
    path = tmp_path / "rota.csv"
    path.write_text(text, encoding="utf-8")
    assert {shift.agent for shift in read_rota(path, renamed).shifts} == set(names.values())


@given(st.text(alphabet="'=+-@\t\r1,.aA ", max_size=8))
def test_guard_is_undone_exactly(text):
    assert unguard(guard(text)) == text
    assert guard(text)[:1] not in {"=", "@", "\t", "\r"}


def test_csv_cells_of_every_kind():
    import pandas as pd

    frame = pd.DataFrame(
        {"a": ["x,y", None], "b": [1.5, float("nan")], "c": [True, False], "d": ["-3", "-x"]}
    )
    assert csv_text(frame) == 'a,b,c,d\n"x,y",1.5,true,-3\n,,false,\'-x\n'


def test_fairness_counts(rota, team):
    frame = fairness(rota, team).set_index("agent")
    assert frame.loc["Anna"].tolist() == [2, 15.0, 1, 1, 0, 1, 0]
    assert frame.loc["Bo", "weekends"] == 1
    assert frame.loc["Eve"].tolist() == [0, 0.0, 0, 0, 0, 0, 1]


@pytest.mark.parametrize("room", ["planner.rota", "planner.rules"])
def test_rooms_load_without_pandas_or_solver(room):
    code = f"import sys, {room}; sys.exit(bool({{'pandas', 'ortools'}} & set(sys.modules)))"
    subprocess.run([sys.executable, "-c", code], check=True)
