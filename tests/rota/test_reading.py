"""Hand-made rota files: what is taken, and every mistake with its row."""

from __future__ import annotations

from datetime import date

import pytest

from planner import _errors
from planner.rota import ShiftType, read_rota


@pytest.fixture
def file(tmp_path):
    """Write a rota file and give its path."""

    def write(content: str | bytes):
        path = tmp_path / "hand.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def refusal(path, team) -> list[str]:
    with pytest.raises(_errors.RotaFileError) as caught:
        read_rota(path, team)
    return [str(message) for message in caught.value.messages]


def test_local_stamps_are_on_the_persons_clock(file, team):
    path = file(
        "agent;start_local;end_local\nAnna;2026-03-28 22:00;2026-03-29 06:00\n"
        "Bo;2026-03-30T08:00;2026-03-30T16:00\n"
    )
    anna, bo = read_rota(path, team).shifts
    assert (anna.elapsed_minutes, anna.day) == (420, date(2026, 3, 28))
    assert bo.start.isoformat() == "2026-03-30T00:00:00+00:00"


def test_excel_writes_a_mark_and_tabs(file, team):
    path = file(
        "\ufeffagent\tstart_utc\tend_utc\tkind\nEve\t2026-03-28T10:00Z\t2026-03-28T18:00Z\ton_call\n\t\t\t\n"
    )
    [shift] = read_rota(path, team).shifts
    assert (shift.kind, shift.counted) == ("on_call", False)


def test_period_is_the_shifts_unless_said(file, team):
    path = file(
        "agent,start_local,end_local\nAnna,2026-03-28 22:00,2026-03-29 06:00\n"
        "Anna,2026-03-31 09:00,2026-03-31 17:00\n"
    )
    rota = read_rota(path, team)
    assert (rota.first_day, rota.days, rota.agents) == (date(2026, 3, 28), 4, ("Anna", "Bo", "Eve"))
    assert read_rota(path, team, first_day=date(2026, 3, 23), days=14).days == 14


def test_all_mistakes_at_once_with_their_rows(file, team):
    path = file(
        "agent,start_utc,end_utc,start_local,kind,break_minutes,break_starts_utc,status\n"
        "Ana,2026-03-28T10:00Z,2026-03-28T18:00Z,,,,,\n"
        "Anna,2026-03-28T10:00Z,2026-03-28T18:00Z,2026-03-28T11:00+01:00,,60,2026-03-28T14:00Z,\n"
        "\n"
        "Anna,28th March 10:00,2026-03-28T18:00Z,,,,,\n"
        "Anna,2026-03-28,2026-03-28T18:00Z,,,,,\n"
        "Anna,2026-03-28T18:00Z,2026-03-28T10:00Z,,,,,\n"
        "Anna,2026-03-28T10:00Z,2026-03-28T18:00Z,2026-03-28T10:00+01:00,,,,\n"
        "Anna,2026-03-28T10:00Z,,,,,,\n"
        "Anna,2026-03-28T10:00Z,2026-03-28T18:00Z,,holiday,,,\n"
        "Anna,2026-03-28T10:00Z,2026-03-28T18:00Z,,,an hour,,\n"
        "Anna,2026-03-28T10:00Z,2026-03-28T18:00Z,,,60,2026-03-28T17:30Z,\n"
        "Zoltan,2026-03-28T10:00Z,2026-03-28T18:00Z,,,,,\n"
        "Anna,2026-03-28T10:00Z,2026-03-28T18:00Z,,,,,secret\n"
    )
    write = "write such as 2026-03-30T08:00:00+01:00"
    assert refusal(path, team) == [
        'hand.csv:2: row 1: nobody in the team is called "Ana"; did you mean Anna?',
        f'hand.csv:5: row 3: start_utc "28th March 10:00" cannot be read; {write}',
        f'hand.csv:6: row 4: start_utc "2026-03-28" cannot be read; {write}',
        "hand.csv:7: row 5: a shift must end after it starts, within 48 hours",
        "hand.csv:8: row 6: start_local says 2026-03-28T10:00+01:00, start_utc is 2026-03-28T11:00:00+01:00 "
        "on that clock; correct one, or empty the one that is out of date",
        f"hand.csv:9: row 7: end_local is empty; {write}",
        'hand.csv:10: row 8: kind "holiday" is not one of work, on_call, training, meeting',
        'hand.csv:11: row 9: break_minutes "an hour" is not a number of minutes',
        "hand.csv:12: row 10: the break does not lie inside the shift",
        'hand.csv:13: row 11: nobody in the team is called "Zoltan"',
        'hand.csv:14: row 12: status "secret" is not one of draft, published, locked, carried',
    ]


@pytest.mark.parametrize(
    ("content", "answer"),
    [
        ("", "hand.csv: the file is empty"),
        ("name,start\nx,y\n", "hand.csv: columns missing: agent, start_local, end_local; a rota needs agent, "
         "start_local and end_local (or start_utc and end_utc)"),
        (b"agent,start_local,end_local\n\x81va,x,y\n",  # no character in Windows-1252 either
         "hand.csv: byte 29 is not UTF-8; save the file as CSV UTF-8"),
        (b"PK\x03\x04\x00\x00", "hand.csv: this is not a text file; save it as CSV UTF-8"),
    ],
)  # fmt: skip
def test_files_that_are_no_rota(file, team, content, answer):
    assert refusal(file(content), team) == [answer]


def test_missing_file(tmp_path, team):
    assert refusal(tmp_path / "hand.csv", team) == [
        "hand.csv: cannot be opened: No such file or directory; "
        "give the path of a rota file such as rota.csv of a plan"
    ]


def test_what_excel_does_to_a_file_is_taken(file, team):
    path = file("\ufeffsep=;\r\nStart_Local;Agent;END_LOCAL\r\n2026-03-28 22:00;Anna;2026-03-29 06:00\r\n")
    [shift] = read_rota(path, team).shifts
    assert (shift.agent, shift.elapsed_minutes) == ("Anna", 420)


def test_lines_are_those_of_the_file(file, team):
    path = file("\n\nsep=,\nagent,start_utc,end_utc\nAnna,2026-03-28T10:00Z,2026-03-28T18:00Z\nZoe,,\n")
    assert refusal(path, team) == ['hand.csv:6: row 2: nobody in the team is called "Zoe"']


def test_columns_that_stand_twice_are_refused(file, team):
    path = file("agent,start_utc,end_utc,Agent,note,note\nAnna,2026-03-28T10:00Z,2026-03-28T18:00Z,Bo,,\n")
    assert refusal(path, team) == ["hand.csv: columns that stand twice: agent; keep one of each"]


@pytest.mark.parametrize(
    "stamp", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:00:00-12:00", "1899-12-30T08:00"]
)
def test_stamps_at_the_ends_of_the_calendar_are_refused(file, team, stamp):
    path = file(f"agent,start_local,end_local\nAnna,{stamp},{stamp}\n")
    [text] = refusal(path, team)
    assert text.startswith(f'hand.csv:2: row 1: start_local "{stamp}" cannot be read')


def test_a_row_without_a_name_says_so(file, team):
    path = file("agent,start_local,end_local\n,2026-03-28 22:00,2026-03-29 06:00\n")
    assert refusal(path, team) == ["hand.csv:2: row 1: the agent is empty; write a name of the team"]


def test_shifts_after_the_period_are_refused_and_earlier_ones_are_not(file, team):
    path = file(
        "agent,start_local,end_local\nAnna,2026-03-28 09:00,2026-03-28 17:00\n"
        "Anna,2026-04-06 09:00,2026-04-06 17:00\n"
    )
    with pytest.raises(_errors.RotaFileError) as caught:
        read_rota(path, team, first_day=date(2026, 3, 30), days=7)
    assert [str(message) for message in caught.value.messages] == [
        "hand.csv:3: row 2: the shift of 2026-04-06 starts after the period, whose last day is 2026-04-05; "
        "remove it, or judge it with a scenario of its period"
    ]


def test_a_rota_of_an_earlier_period_is_refused(file, team):
    path = file("agent,start_local,end_local\nAnna,2026-03-22 09:00,2026-03-22 17:00\n")
    with pytest.raises(_errors.RotaFileError) as caught:
        read_rota(path, team, first_day=date(2026, 3, 30), days=7)
    assert [str(message) for message in caught.value.messages] == [
        "hand.csv: the last shift is of 2026-03-22, before the period from 2026-03-30 to 2026-04-05; "
        "give a rota of the period, or a scenario of that of the rota"
    ]


def test_a_row_without_shift_and_break_takes_them_from_the_type_it_looks_like(file, team):
    types = (
        ShiftType("day", (480, 540), 540, 60, (180, 300)),
        ShiftType("night", (1320,), 480, 0, (0, 0)),
        ShiftType("watch", (1320,), 600, 0, (0, 0), kind="on_call", pay_share=0.15, counted=False),
    )
    path = file(
        "agent,start_local,end_local,shift,break_minutes\n"
        "Anna,2026-03-26 09:00,2026-03-26 18:00,,\n"
        "Anna,2026-03-27 09:00,2026-03-27 18:00,day,30\n"
        "Anna,2026-03-28 22:00,2026-03-29 06:00,,\n"
        "Anna,2026-03-30 22:00,2026-03-31 08:00,,\n"
        "Anna,2026-04-01 08:30,2026-04-01 17:30,,\n"
    )
    shifts = read_rota(path, team, types).shifts
    assert [(s.name, s.break_minutes, s.kind) for s in shifts] == [
        ("day", 60, "work"),
        ("day", 30, "work"),
        ("night", 0, "work"),  # 7 hours long: the clocks go forward, and it looks like 8
        ("watch", 0, "on_call"),
        ("", 0, "work"),
    ]
