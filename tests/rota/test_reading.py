"""Hand-made rota files: what is taken, and every mistake with its row."""

from __future__ import annotations

from datetime import date

import pytest

from planner import _errors
from planner.rota import read_rota


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
        "Anna,28/03/2026 10:00,2026-03-28T18:00Z,,,,,\n"
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
        f'hand.csv:5: row 3: start_utc "28/03/2026 10:00" cannot be read; {write}',
        f'hand.csv:6: row 4: start_utc "2026-03-28" cannot be read; {write}',
        "hand.csv:7: row 5: a shift must end after it starts, within 48 hours",
        "hand.csv:8: row 6: start_utc and start_local are different instants; correct one or leave it empty",
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
        ("agent,start_local,end_local\nÉva,x,y\n".encode("cp1252"),
         "hand.csv: byte 29 is not UTF-8; save the file as CSV UTF-8"),
        (b"PK\x03\x04\x00\x00", "hand.csv: this is not a text file; save it as CSV UTF-8"),
    ],
)  # fmt: skip
def test_files_that_are_no_rota(file, team, content, answer):
    assert refusal(file(content), team) == [answer]


def test_missing_file(tmp_path, team):
    assert refusal(tmp_path / "hand.csv", team) == ["hand.csv: cannot be opened: No such file or directory"]
