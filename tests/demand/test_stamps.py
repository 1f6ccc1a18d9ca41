"""Stamps: one order a column, nothing guessed."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner._errors import HistoryError
from planner.demand.intake.columns import Evidence, Form, StampColumn, order_of
from planner.demand.intake.fixed_width import read_fixed
from planner.demand.intake.stamps import ORDERS, read_stamp, shown


def column(*texts: str) -> list[Evidence]:
    return [Evidence(record, record, text) for record, text in enumerate(texts, start=2)]


@pytest.mark.parametrize(
    ("text", "order", "day", "minute", "offset"),
    [
        ("2026-03-29 08:15:59", "year first", date(2026, 3, 29), 495, None),
        ("2026-03-29T08:15:00.123Z", "year first", date(2026, 3, 29), 495, 0),
        ("2026-03-29T08:15:00+05:30", "year first", date(2026, 3, 29), 495, 330),
        ("2026-03-29 08:15 -0330", "year first", date(2026, 3, 29), 495, -210),
        ("29/03/2026 8:15", "day first", date(2026, 3, 29), 495, None),
        ("29.03.2026, 08:15", "day first", date(2026, 3, 29), 495, None),
        ("3/29/2026 12:05 AM", "month first", date(2026, 3, 29), 5, None),
        ("3/29/2026 12:05 pm", "month first", date(2026, 3, 29), 725, None),
        ("2026-03-29", "year first", date(2026, 3, 29), 0, None),
        ("20260329T081500Z", "year first", date(2026, 3, 29), 495, 0),
        ("20260329", "year first", date(2026, 3, 29), 0, None),
        ("2026-03-29T08:15:00.000+0000", "year first", date(2026, 3, 29), 495, 0),
        ("2026-03-29 08:15:00+01", "year first", date(2026, 3, 29), 495, 60),
        ("29/03/26 8:15", "day first", date(2026, 3, 29), 495, None),
        ("29/03/98 8:15", "day first", date(1998, 3, 29), 495, None),
        ("29/03/2026 à 08:15", "day first", date(2026, 3, 29), 495, None),
        ("29/03/2026 8:15\u202fp.\u00a0m.", "day first", date(2026, 3, 29), 1215, None),
        ("12/gen/26 9:05 AM", "day and month name", date(2026, 1, 12), 545, None),
        ("12/ene./26", "day and month name", date(2026, 1, 12), 0, None),
        ("03/Feb/26 2:15 PM", "day and month name", date(2026, 2, 3), 855, None),
        ("05/janv./26 2:15 PM", "day and month name", date(2026, 1, 5), 855, None),
        ("05/Mrz/26 2:15 PM", "day and month name", date(2026, 3, 5), 855, None),
        ("05/paź/26 14:15", "day and month name", date(2026, 10, 5), 855, None),
        ("05/mrt./26 14:15", "day and month name", date(2026, 3, 5), 855, None),
        ("05/ago/26 14:15", "day and month name", date(2026, 8, 5), 855, None),
        ("5. März 2026, 15:04 Uhr", "day and month name", date(2026, 3, 5), 904, None),
        ("5 de enero de 2026 15:04", "day and month name", date(2026, 1, 5), 904, None),
        ("lun. 5 janv. 2026 10:00", "day and month name", date(2026, 1, 5), 600, None),
        ("Mon, 05 Jan 2026 10:00:00 +0000", "day and month name", date(2026, 1, 5), 600, 0),
        ("Jan 5, 2026 3:04 PM", "month name and day", date(2026, 1, 5), 904, None),
        ("January 5th, 2026 at 3:04 PM", "month name and day", date(2026, 1, 5), 904, None),
        ("1767605400", "epoch seconds", date(2026, 1, 5), 570, 0),
        ("1767605400000", "epoch milliseconds", date(2026, 1, 5), 570, 0),
        ("46027.5", "days since 1900", date(2026, 1, 5), 720, None),
    ],
)
def test_forms(text, order, day, minute, offset):
    stamp = read_stamp(text, order)
    assert (date.fromordinal(stamp.day), stamp.minute, stamp.offset) == (day, minute, offset)


@pytest.mark.parametrize(
    "text", ["", "yesterday", "2026-13-01", "2026-02-30 10:00", "2026-01-01 24:00", "2026-1"]
)
def test_no_stamp(text):
    assert read_stamp(text, "year first") is None


@pytest.mark.parametrize(
    "text", ["05/01/2026 13:05 PM", "05/01/2026 00:30 AM", "05/01/2026 10:61", "05/01/2026 10:00 +19:00"]
)
def test_no_time_of_day(text):
    assert read_stamp("05/01/2026 12:30 AM", "day first").minute == 30
    assert read_stamp(text, "day first") is None


def test_day_and_month_unclear_shows_both_readings():
    with pytest.raises(
        HistoryError, match="2026-04-03 if the day comes first and 2026-03-04 if the month does"
    ):
        order_of(column("03/04/2026 10:00", "05/06/2026 11:00"), "x.csv")
    assert order_of(column("03/04/2026 10:00"), "x.csv", day_first=True).order == "day first"


def test_contradictory_columns_name_both_records():
    with pytest.raises(HistoryError, match=r"29/03/2026 \(record 2\).*03/29/2026 \(record 4\)"):
        order_of(column("29/03/2026", "01/02/2026", "03/29/2026"), "x.csv")


def test_one_clear_day_far_down_settles_the_column():
    cells = column(*["01/02/2026 10:00"] * 1000, "13/02/2026 10:00")
    assert order_of(cells, "x.csv") == Form("day first", cells[-1])
    cells = column(*["01/02/2026 10:00"] * 100, "13/02/2026 10:00")
    with pytest.raises(HistoryError, match="the mapping says month first, but record 102"):
        order_of(cells, "x.csv", day_first=False)


def test_no_dates_at_all_shows_no_cell():
    with pytest.raises(HistoryError) as caught:
        order_of(column("Anna Rossi", "anna@example.com"), "x.csv")
    assert "Anna" not in str(caught.value)
    assert "anna" not in str(caught.value)


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text):
    for order in ORDERS:
        stamp = read_stamp(text, order)
        assert stamp is None or 0 <= stamp.minute < 1440
    assert shown(text) in (text.strip(), "(not a date)")


def test_the_form_that_most_cells_have_is_that_of_the_column():
    cells = ["2026-03-29 10:00"] * 5 + ["29/03/2026 10:00"] * 2 + ["12/gen/26"]
    form = order_of(column(*cells), "x.csv")
    readings = StampColumn(form).read(cells)
    assert form.order == "year first"
    assert (readings.day > 0).tolist() == [True] * 5 + [False] * 3


def test_no_more_is_read_than_settles_a_column():
    cells = iter(column(*["13/02/2026 10:00"] * 1000))
    assert order_of(cells, "x.csv").order == "day first"
    assert len(list(cells)) == 800


def test_a_contradiction_far_down_is_found_while_rows_are_read():
    cells = ["13/02/2026 10:00"] * 300 + ["02/13/2026 10:00"]
    reader = StampColumn(order_of(column(*cells), "x.csv"))
    assert reader.contradiction(cells, reader.read(cells).day) == 300


@pytest.mark.parametrize("text", ["12/mario/26", "Maria 5 Jan 2026", "Anna, 12/gen/26", "5 Rossi 2026", "-"])
def test_no_person_is_shown_as_a_stamp(text):
    assert shown(text) == "(not a date)"


PIECES = {
    "year first": ("2026-03-29", "2026/3/9", "20260329", "1899-12-30", "2026-13-01"),
    "day first": ("29/03/2026", "29.03.26", "03/29/2026", "1/2/2026", "31/02/2026"),
    "day and month name": ("12/gen/26", "12 gen 26", "5 de enero de 2026", "12/ene./26", "12/foo/26"),
    "month name and day": ("Jan 5, 2026", "January 5 2026", "Jan 35, 2026"),
    "epoch seconds": ("1767605400", "176760540", "-1"),
}
CLOCKS = (
    "",
    " ",
    "T",
    " 10:00",
    "T10:00:59",
    "T10:00:00Z",
    ", 08:15",
    " 9:05 PM",
    " 10:00 +01:00",
    "T10:00-03",
    " 25:00",
    "x",
)


@given(st.sampled_from(sorted(PIECES)), st.data())
def test_a_column_reads_as_its_cells_one_by_one(order, data):
    """Days and clocks are remembered apart; that must never change a reading."""
    stamp = st.builds(lambda day, clock: day + clock, st.sampled_from(PIECES[order]), st.sampled_from(CLOCKS))
    cells = data.draw(st.lists(stamp | st.sampled_from(["", " ", "no date"]), min_size=1, max_size=12))
    reader = StampColumn(Form(order))
    for part in (cells, cells[::-1]):
        readings = reader.read(part)
        for at, cell in enumerate(part):
            one = read_stamp(cell, order)
            if one is None:
                assert readings.day[at] == -1
                continue
            assert (readings.day[at], readings.second[at]) == (one.day, one.second)
            assert bool(readings.naive[at]) == (one.offset is None)
            assert readings.offset[at] == (one.offset or 0)
            assert bool(readings.dated_only[at]) == one.dated_only


DIGITS = st.integers(0, 99).map("{:02d}".format)
FIXED = st.tuples(
    st.sampled_from(["2026", "0001", "0000", "1999", "2024", "9999"]), st.sampled_from("-/."), DIGITS,
    st.sampled_from("-/."), DIGITS, st.sampled_from(" T,"), DIGITS, st.sampled_from(":."), DIGITS,
)  # fmt: skip
LIKELY = st.datetimes().map(lambda at: f"{at:%Y-%m-%d %H:%M:%S}".rjust(19, "0"))


@given(
    st.lists(LIKELY, min_size=1, max_size=5)
    | st.lists(
        st.tuples(FIXED, st.sampled_from(["", ":59", ":60", ".07Z", ":00Z", "+01"])), min_size=1, max_size=3
    ).map(lambda cells: ["".join(cell) + end for cell, end in cells])
)
def test_stamps_of_one_width_are_read_as_one_by_one(cells):
    fixed = read_fixed(cells)
    stamps = [read_stamp(cell, "year first") for cell in cells]
    if fixed is None:
        return
    days, seconds, utc = fixed
    assert [(one.day, one.second, one.offset) for one in stamps] == [
        (day, second, 0 if utc else None) for day, second in zip(days.tolist(), seconds.tolist(), strict=True)
    ]


def test_the_usual_form_is_read_a_batch_at_a_time():
    assert read_fixed(["2026-03-29 08:15:00"] * 3) is not None
    assert read_fixed(["2026-03-29 08:15:00", "2026-03-29 8:15:00"]) is None
    assert read_fixed(["2026-02-29 08:15:00"]) is None
    assert read_fixed([]) is None


@pytest.mark.parametrize("day", ["2026-03-02", "02/03/2026"])
def test_intervals_in_one_cell_are_no_offsets(day):
    clocks = [f"{quarter // 2:02d}:{quarter % 2 * 30:02d}" for quarter in range(49)]
    cells = [f"{day} {one}-{other}" for one, other in pairwise(clocks[18:])]
    with pytest.raises(HistoryError, match=f"record 2 .*{cells[0]} is an interval.*start alone, {day} 09:00"):
        order_of(column(*cells), "x")


@pytest.mark.parametrize("offsets", [("-09:30",), ("-09:00", "-08:00"), ("-03:30", "-05:00", "-08:00")])
def test_true_offsets_stay_offsets(offsets):
    cells = [f"2026-03-02 {9 + at % 8:02d}:{at % 60:02d}{offsets[at % len(offsets)]}" for at in range(48)]
    form = order_of(column(*cells), "x")
    assert form.order == "year first"
    read = StampColumn(form).read(cells)
    assert not read.naive.any()
    assert len(set(read.offset.tolist())) == len(offsets)


def test_the_sample_of_unclear_days_shows_the_doubt():
    cells = column("01/01/2026 10:00", "02/02/2026 10:00", "03/04/2026 10:00", "05/06/2026 10:00")
    with pytest.raises(HistoryError, match=r"record 4: 03/04/2026 10:00 is 2026-04-03 .* and 2026-03-04 if"):
        order_of(cells, "x")
    with pytest.raises(HistoryError, match="record 2: 01/01/2026 10:00 is 2026-01-01"):
        order_of(cells[:2], "x")
