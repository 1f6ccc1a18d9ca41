"""Rota files as spreadsheets and people leave them: other columns, other ways to write a day, pieces."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner._errors import RotaFileError
from planner._messages import speaking
from planner.rota import Rota, ShiftType, csv_text, people_who_left, read_rota, rota_frame

TYPES = (ShiftType("night", (1320,), 480, 30), ShiftType("day", (480,), 540, 60))
FIRST = date(2026, 10, 19)
MORE = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)


@pytest.fixture
def file(tmp_path):
    """Write a rota file and give its path."""

    def write(content: str | bytes):
        path = tmp_path / "hand.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


@pytest.fixture
def week(shift_at, instant) -> Rota:
    """A night of 9 hours, a day in Manila, a last night that ends after the period, two duties on one day."""
    shifts = [
        shift_at("Anna", "2026-10-24 22:00", "2026-10-25 06:00", name="night", break_minutes=30,
                 break_start=instant("2026-10-25 01:30")),
        shift_at("Bo", "2026-10-20 08:00", "2026-10-20 17:00", "Asia/Manila", name="day", break_minutes=60,
                 break_start=instant("2026-10-20 12:00", "Asia/Manila")),
        shift_at("Eve", "2026-10-22 06:00", "2026-10-22 08:00", status="locked"),
        shift_at("Eve", "2026-10-22 20:00", "2026-10-23 00:00", name=""),
        shift_at("Anna", "2026-10-25 22:00", "2026-10-26 06:00", name="night", break_minutes=30),
    ]  # fmt: skip
    return Rota("desk", FIRST, 7, ("Anna", "Bo", "Eve"), tuple(sorted(shifts)))


def table(rota: Rota, team, split: bool = False) -> list[dict[str, str]]:
    """Rows of rota.csv as text."""
    return list(csv.DictReader(io.StringIO(csv_text(rota_frame(rota, team, split=split)), newline="")))


def written(rows: list[dict[str, str]], columns: list[str] | None = None, separator: str = ",") -> str:
    out = io.StringIO()
    names = list(rows[0]) if columns is None else columns
    writer = csv.DictWriter(out, names, extrasaction="ignore", delimiter=separator, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def refusal(path, team, **more) -> list[str]:
    with pytest.raises(RotaFileError) as caught:
        read_rota(path, team, TYPES, **more)
    return [str(message) for message in caught.value.messages]


def in_style(rows, pattern: str) -> list[dict[str, str]]:
    """The same rows with stamps without offsets, written by a pattern."""
    found = []
    for row in rows:
        stamps = {
            column: f"{datetime.fromisoformat(row[column]):{pattern}}"
            for column in ("start_local", "end_local", "start_utc", "end_utc", "break_starts_utc")
            if row[column]
        }
        found.append({**row, **stamps})
    return found


@pytest.mark.parametrize("split", [False, True])
def test_it_comes_back(file, team, week, split):
    assert read_rota(file(written(table(week, team, split))), team, TYPES, FIRST, 7) == week


@given(st.randoms(use_true_random=False), st.booleans(), st.sampled_from(",;\t"), st.booleans())
@MORE
def test_columns_and_rows_in_any_order(file, team, week, random, split, separator, blank):
    """Shuffled, some that are not read gone, some new, titles in any case, blank rows at the end."""
    rows = table(week, team, split)
    columns = list(rows[0])
    gone = {"elapsed_hours", "premium_cost", "holiday", "site", "zone", "day", "languages", "schema_version"}
    columns = [name for name in columns if name not in gone or random.random() < 0.5]
    columns += ["Meine Spalte", "x"]
    random.shuffle(columns)
    random.shuffle(rows)
    pair = random.choice([(), ("start_utc", "end_utc"), ("start_local", "end_local")])
    columns = [name for name in columns if name not in pair]
    text = written(rows, columns, separator)
    head, _, body = text.partition("\r\n")
    head = random.choice([head.upper(), head.title(), head]).replace(separator, f" {separator}")
    text = f"{head}\r\n{body}" + (separator * len(columns) + "\r\n") * 3 * blank
    assert read_rota(file(text), team, TYPES, FIRST, 7) == week


@pytest.mark.parametrize("split", [False, True])
@pytest.mark.parametrize(
    "pattern",
    [
        "%d/%m/%Y %H:%M",
        "%d.%m.%Y %H:%M",
        "%d.%m.%y %H:%M:%S",
        "%d/%m/%y %H.%M",
        "%m/%d/%Y %I:%M %p",
        "%m/%d/%y %I:%M:%S %p",
        "%-m/%-d/%Y %-I:%M %p",
        "%-d/%-m/%Y %-H:%M",
        "%Y-%m-%d %H:%M:%S",
        "%Y-%m-%dT%H:%M",
    ],
)
def test_days_as_spreadsheets_write_them(file, team, week, pattern, split):
    rows = in_style(table(week, team, split), pattern)
    assert read_rota(file(written(rows, separator=";")), team, TYPES, FIRST, 7) == week


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_what_spreadsheets_save_a_file_as(file, team, week, encoding):
    zoe = replace(team, agents=(*team.agents, replace(team.agents[0], name="Zoë Müller")))
    shifts = tuple(replace(shift, agent="Zoë Müller") for shift in week.shifts if shift.agent == "Anna")
    rota = replace(week, shifts=shifts, agents=(*week.agents, "Zoë Müller"))
    separator = "\t" if encoding == "utf-16" else ";"
    path = file(written(table(rota, zoe, True), separator=separator).encode(encoding))
    assert read_rota(path, zoe, TYPES, FIRST, 7) == rota
    assert people_who_left(path, team) == ("Zoë Müller",)


def test_big_endian_too(file, team, week):
    path = file(b"\xfe\xff" + written(table(week, team), separator="\t").encode("utf-16-be"))
    assert read_rota(path, team, TYPES, FIRST, 7) == week


@pytest.mark.parametrize(
    ("first", "second"),
    [("28/3/2026 09:00", "3/30/2026 9:00 AM"), ("1.3.2026 09:00", "3/30/2026 09:00")],
)
def test_days_and_months_in_two_orders(file, team, first, second):
    rows = [
        {"agent": "Anna", "start_local": "2026-03-20 09:00", "end_local": "2026-03-20 17:00"},
        {"agent": "Anna", "start_local": first, "end_local": first.replace("09:00", "17:00")},
        {"agent": "Bo", "start_local": "01/04/2026 09:00", "end_local": "01/04/2026 17:00"},
        {"agent": "Bo", "start_local": second, "end_local": second.replace("9:00 AM", "5:00 PM")},
    ]
    end = "write all days one way, such as 2026-03-28"
    can = f"can only be {{}} first, {{}} in row {{}} only {{}} first; {end}"
    told = [f"row {{}}: {first} {can.format('day', second, '{}', 'month')}",
            f"row {{}}: {second} {can.format('month', first, '{}', 'day')}"]  # fmt: skip
    day_first, month_first = (f"hand.csv:{{}}: {text}" for text in told)
    assert refusal(file(written(rows)), team) == [day_first.format(3, 2, 4), month_first.format(5, 4, 2)]
    rows = [rows[0], rows[3], rows[2], rows[1]]
    assert refusal(file(written(rows)), team) == [month_first.format(3, 2, 4), day_first.format(5, 4, 2)]
    with speaking("it"):
        assert "può avere solo il giorno prima" in refusal(file(written(rows)), team)[1]


def test_two_orders_within_one_row(file, team):
    rows = [{"agent": "Anna", "start_local": "28/3/2026 22:00", "end_local": "3/29/2026 06:00"}]
    first, second = refusal(file(written(rows)), team)
    assert first.startswith(
        "hand.csv:2: row 1: 28/3/2026 22:00 can only be day first, 3/29/2026 06:00 in row 1"
    )
    assert second.startswith("hand.csv:2: row 1: 3/29/2026 06:00 can only be month first")


def test_one_stamp_says_the_order_of_all(file, team):
    rows = [
        {"agent": "Anna", "start_local": "3/4/2026 22:00", "end_local": "3/5/2026 06:00"},
        {"agent": "Anna", "start_local": "3/28/2026 22:00", "end_local": "3/29/2026 06:00"},
    ]
    assert [s.day for s in read_rota(file(written(rows)), team).shifts] == [
        date(2026, 3, 4),
        date(2026, 3, 28),
    ]


@pytest.mark.parametrize("pattern", ["%m/%d/%Y %I:%M %p", "%d/%m/%Y %H:%M", "%-m/%-d/%y %H:%M"])
@pytest.mark.parametrize("first", [date(2026, 3, 2), date(2026, 4, 1), date(2026, 7, 6)])
def test_the_period_says_the_order_where_every_day_can_be_both(file, team, shift_at, pattern, first):
    """A week of days up to the twelfth, saved on an American or an Italian machine."""
    shifts = []
    for number in range(6):
        day = first + timedelta(days=number)
        shifts.append(shift_at("Eve", f"{day} 09:00", f"{day} 17:00"))
        shifts.append(shift_at("Anna", f"{day} 22:00", f"{day + timedelta(days=1)} 06:00"))
    rota = Rota("desk", first, 6, ("Anna", "Bo", "Eve"), tuple(sorted(shifts)))
    path = file(written(in_style(table(rota, team, True), pattern)))
    assert read_rota(path, team, (), first, 6) == rota
    alone = file(written(in_style(table(replace(rota, shifts=rota.shifts[:1]), team), pattern)))
    assert read_rota(alone, team, (), first, 6).shifts == rota.shifts[:1]


@pytest.mark.parametrize(
    ("text", "hour"), [("12:30 AM", 0), ("12:30 PM", 12), ("1:30 am", 1), ("11:30 p.m.", 23), ("01:30pm", 13)]
)
def test_halves_of_the_day(file, team, text, hour):
    rows = [{"agent": "Anna", "start_local": f"3/28/2026 {text}", "end_local": "",
             "start_utc": "", "end_utc": "2026-03-29T08:00Z"}]  # fmt: skip
    [shift] = read_rota(file(written(rows)), team).shifts
    assert shift.start == datetime(2026, 3, 28, hour, 30, tzinfo=ZoneInfo("Europe/Rome")).astimezone(UTC)


@pytest.mark.parametrize("text", ["0/5/2026 22:00", "5/0/2026 22:00", "1/1/0000 22:00"])
def test_days_that_are_none(file, team, text):
    rows = [{"agent": "Anna", "start_local": text, "end_local": "2026-03-29 06:00"}]
    [said] = refusal(file(written(rows)), team, first_day=FIRST, days=7)
    assert said.startswith(f'hand.csv:2: row 1: start_local "{text}" cannot be read')


@pytest.mark.parametrize("text", ["0:30 AM", "13:30 PM", "24:30", "12:61", "12"])
def test_clocks_that_are_none(file, team, text):
    rows = [{"agent": "Anna", "start_local": f"3/28/2026 {text}", "end_local": "2026-03-29 06:00"}]
    assert refusal(file(written(rows)), team) == [
        f'hand.csv:2: row 1: start_local "3/28/2026 {text}" cannot be read; write such as '
        "2026-03-30T08:00:00+01:00"
    ]


def test_only_the_local_start_was_changed(file, team, week):
    rows = in_style(table(week, team), "%d/%m/%Y %H:%M")
    assert rows[-2]["start_local"] == "24/10/2026 22:00"
    rows[-2]["start_local"] = "24/10/2026 21:00"
    assert refusal(file(written(rows)), team) == [
        "hand.csv:5: row 4: start_local says 24/10/2026 21:00, start_utc is 2026-10-24T22:00:00+02:00 on "
        "that clock; correct one, or empty the one that is out of date"
    ]
    rows[-2]["start_utc"] = ""
    shift = read_rota(file(written(rows)), team, TYPES).shifts[-2]
    assert shift.start == datetime(2026, 10, 24, 19, tzinfo=UTC)


@pytest.mark.parametrize("offset", [True, False])
@pytest.mark.parametrize(("hour", "summer"), [(0, True), (1, False)])
def test_the_hour_that_comes_twice(file, team, shift_at, hour, summer, offset):
    """02:30 in Rome, before and after the clocks go back: without an offset the UTC column tells which."""
    start = datetime(2026, 10, 25, hour, 30, tzinfo=UTC)
    shift = replace(shift_at("Anna", "2026-10-25 00:00", "2026-10-25 09:00"), start=start)
    rota = Rota("desk", FIRST, 7, ("Anna", "Bo", "Eve"), (shift,))
    rows = table(rota, team)
    assert rows[0]["start_local"] == f"2026-10-25T02:30:00+0{1 + summer}:00"
    rows = rows if offset else in_style(rows, "%d/%m/%Y %H:%M")
    assert read_rota(file(written(rows)), team, TYPES, FIRST, 7) == rota
    rows[0]["start_utc"], rows[0]["end_utc"] = "", ""
    [found] = read_rota(file(written(rows)), team, TYPES, FIRST, 7).shifts
    assert found.start == (start if offset or summer else start - timedelta(hours=1))


def test_an_offset_that_contradicts_the_utc_column_is_told(file, team):
    rows = [{"agent": "Anna", "start_local": "2026-10-25T02:30+02:00", "end_local": "",
             "start_utc": "2026-10-25T01:30Z", "end_utc": "2026-10-25T08:00Z"}]  # fmt: skip
    [said] = refusal(file(written(rows)), team)
    assert "start_local says 2026-10-25T02:30+02:00, start_utc is 2026-10-25T02:30:00+01:00" in said


def test_without_ids(file, team, week):
    """Whole shifts need none; pieces without one are shifts of their own."""
    columns = [name for name in table(week, team)[0] if name != "shift_id"]
    assert read_rota(file(written(table(week, team), columns)), team, TYPES, FIRST, 7) == week
    rows = [row for row in table(week, team, True) if row["day"] < "2026-10-26"]
    assert len(read_rota(file(written(rows, columns)), team, TYPES, FIRST, 7).shifts) == 6


def test_the_last_night_of_the_period_in_two_pieces(file, team, week):
    rows = table(week, team, True)
    assert rows[-1]["day"] == "2026-10-26"
    assert read_rota(file(written(rows)), team, TYPES, FIRST, 7).shifts[-1] == week.shifts[-1]
    # Its first piece is gone, so that it starts after the period.
    assert refusal(file(written([*rows[:-2], rows[-1]])), team, first_day=FIRST, days=7) == [
        "hand.csv:7: row 6: the shift of 2026-10-26 starts after the period, whose last day is 2026-10-25; "
        "remove it, or judge it with a scenario of its period"
    ]


def test_pieces_without_their_type_and_break_are_one_shift_of_that_look(file, team, week):
    """A split file that lost its columns of types and breaks is the same night, not two odd duties."""
    columns = ["shift_id", "agent", "start_local", "end_local"]
    nights = replace(week, shifts=tuple(shift for shift in week.shifts if shift.name == "night"))
    found = read_rota(file(written(table(nights, team, True), columns)), team, TYPES, FIRST, 7).shifts
    assert [(s.start, s.end, s.name, s.break_minutes) for s in found] == [
        (s.start, s.end, "night", 30) for s in nights.shifts
    ]


def test_a_row_copied_with_its_id_is_another_shift(file, team):
    """Two halves of a day that meet at 16:00, not at midnight; and a night after a day of another kind."""
    rows = [
        {"shift_id": "s1", "agent": "Anna", "start_local": start, "end_local": end, "shift": name}
        for start, end, name in (
            ("2026-10-20 08:00", "2026-10-20 16:00", "x"),
            ("2026-10-20 16:00", "2026-10-21 00:00", "x"),
            ("2026-10-21 00:00", "2026-10-21 04:00", "y"),
        )
    ]
    assert [s.elapsed_minutes for s in read_rota(file(written(rows)), team).shifts] == [480, 480, 240]
    rows[2]["shift"] = "x"
    assert [s.elapsed_minutes for s in read_rota(file(written(rows)), team).shifts] == [480, 720]
    rows[2]["agent"] = "Eve"
    assert len(read_rota(file(written(rows)), team).shifts) == 3


@pytest.mark.parametrize("split", [False, True])
def test_rows_that_stand_twice_are_two_shifts(file, team, week, split):
    """The judge says what is wrong with them; reading loses nothing."""
    rows = table(week, team, split)
    found = read_rota(file(written([*rows, *rows])), team, TYPES, FIRST, 7)
    assert sorted(map(repr, found.shifts)) == sorted(map(repr, [*week.shifts, *week.shifts]))


@pytest.mark.parametrize("cells", [("20", ""), ("", "20"), ("10", "10"), ("20,0", "0")])
def test_minutes_of_a_break_in_pieces(file, team, cells):
    rows = [
        {"shift_id": "s1", "agent": "Anna", "start_local": start, "end_local": end, "break_minutes": cell}
        for cell, start, end in zip(
            cells,
            ("2026-10-20 22:00", "2026-10-21 00:00"),
            ("2026-10-21 00:00", "2026-10-21 06:00"),
            strict=True,
        )
    ]
    [night] = read_rota(file(written(rows)), team, TYPES).shifts
    assert (night.name, night.break_minutes, night.break_start) == ("night", 20, None)


def test_a_piece_may_be_nothing_but_break(file, team, shift_at, instant):
    late = shift_at("Anna", "2026-10-20 16:00", "2026-10-21 00:15", break_minutes=45,
                    break_start=instant("2026-10-20 23:30"))  # fmt: skip
    rota = Rota("desk", FIRST, 7, ("Anna", "Bo", "Eve"), (late,))
    assert [row["paid_hours"] for row in table(rota, team, True)] == ["7.5", "0.0"]
    assert read_rota(file(written(table(rota, team, True))), team, TYPES, FIRST, 7) == rota


@pytest.mark.parametrize(
    ("minutes", "begins"),
    [("-5", ""), ("480", ""), ("30", "2026-10-20T05:45Z"), ("30", "2026-10-20T13:45Z")],
)
def test_breaks_outside_their_shift(file, team, minutes, begins):
    rows = [{"agent": "Anna", "start_local": "2026-10-20 08:00", "end_local": "2026-10-20 16:00",
             "break_minutes": minutes, "break_starts_utc": begins}]  # fmt: skip
    assert refusal(file(written(rows)), team) == [
        "hand.csv:2: row 1: the break does not lie inside the shift"
    ]


def test_a_mistake_in_a_later_piece_has_its_own_line(file, team, week):
    rows = table(week, team, True)
    rows[-1]["status"] = "secret"
    [said] = refusal(file(written(rows)), team, first_day=FIRST, days=7)
    assert said.startswith(f'hand.csv:{len(rows) + 1}: row {len(rows)}: status "secret" is not one of')


def test_frames_are_read_as_files_are(team, week):
    rows = in_style(table(week, team, True), "%m/%d/%Y %I:%M %p")
    assert read_rota(pd.DataFrame(rows), team, TYPES, FIRST, 7) == week
    rows[0]["start_local"] = "20/10/2026 00:00"
    [first, second] = refusal(pd.DataFrame(rows), team)
    assert "only be day first" in first + second
