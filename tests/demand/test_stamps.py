"""Stamps: one order a column, nothing guessed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner._errors import HistoryError
from planner.demand.stamps import Evidence, order_of, read_stamp, shown


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


def test_day_and_month_unclear_shows_both_readings():
    with pytest.raises(
        HistoryError, match="2026-04-03 if the day comes first and 2026-03-04 if the month does"
    ):
        order_of(column("03/04/2026 10:00", "05/06/2026 11:00"), "x.csv")
    assert order_of(column("03/04/2026 10:00"), "x.csv", day_first=True) == "day first"


def test_contradictory_columns_name_both_records():
    with pytest.raises(HistoryError, match=r"29/03/2026 \(record 2\).*03/29/2026 \(record 4\)"):
        order_of(column("29/03/2026", "01/02/2026", "03/29/2026"), "x.csv")


def test_one_clear_day_far_down_settles_the_column():
    cells = column(*["01/02/2026 10:00"] * 1000, "13/02/2026 10:00")
    assert order_of(cells, "x.csv") == "day first"
    with pytest.raises(HistoryError, match="the mapping says month first, but record 1002"):
        order_of(cells, "x.csv", day_first=False)


def test_no_dates_at_all_shows_no_cell():
    with pytest.raises(HistoryError) as caught:
        order_of(column("Anna Rossi", "anna@example.com"), "x.csv")
    assert "Anna" not in str(caught.value)
    assert "anna" not in str(caught.value)


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text):
    for order in ("year first", "day first", "month first"):
        stamp = read_stamp(text, order)
        assert stamp is None or 0 <= stamp.minute < 1440
    assert shown(text) in (text.strip(), "(not a date)")
