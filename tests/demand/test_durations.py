"""Durations: units, colons, words, and decimal signs of a whole column."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner._errors import HistoryError
from planner.demand.intake.columns import Evidence
from planner.demand.intake.durations import DurationColumn, convention_of, read_duration, unit_in


@pytest.mark.parametrize(
    ("text", "unit", "convention", "seconds"),
    [
        ("90", "seconds", "point", 90.0),
        ("1.5", "minutes", "point", 90.0),
        ("1,5", "minutes", "comma", 90.0),
        ("1.234,5", "seconds", "comma", 1234.5),
        ("1,234.5", "seconds", "point", 1234.5),
        ("1 234,5", "seconds", "comma", 1234.5),
        ("1'234.5", "seconds", "point", 1234.5),
        ("12,5", "seconds", "point", None),
        ("1.25e1", "seconds", "comma", 12.5),
        ("0:01:30", "seconds", "point", 90.0),
        ("00:01:30.500", "minutes", "point", 90.0),
        ("120:00:00", "seconds", "point", 432_000.0),
        ("2 days 01:00:00", "seconds", "point", 176_400.0),
        ("1:30", "seconds", "point", 90.0),
        ("1:30", "h:mm:ss", "point", 5400.0),
        ("1:75", "seconds", "point", None),
        ("1m 30s", "seconds", "point", 90.0),
        ("1h 5m", "seconds", "point", 3900.0),
        ("5 min 12 sec", "seconds", "point", 312.0),
        ("2 ore 5 minuti", "seconds", "point", 7500.0),
        ("1 hora 5 minutos 3 segundos", "seconds", "comma", 3903.0),
        ("soon", "seconds", "point", None),
        ("Anna", "seconds", "point", None),
        ("", "seconds", "point", None),
    ],
)
def test_forms(text, unit, convention, seconds):
    assert read_duration(text, unit, convention) == seconds


@pytest.mark.parametrize(
    ("title", "unit"),
    [
        ("durata (min)", "minutes"),
        ("first response time (in hrs)", "hours"),
        ("first response time (seconds)", "seconds"),
        ("tempo di risposta in minuti", "minutes"),
        ("aht_s", "seconds"),
        ("handle time", ""),
    ],
)
def test_units_in_titles(title, unit):
    assert unit_in(title) == unit


def test_a_column_is_read_by_the_convention_of_its_first_rows():
    column = DurationColumn("", "Durata", None)
    for record, text in enumerate(["300", "1.234", "12,5"], start=2):
        column.look(Evidence(record, record, text))
    read = column.read(["1.234", "12,5", "", "n/a", "0:05:00"], 2)
    assert read[:2].tolist() == [1234.0, 12.5]
    assert math.isnan(read[2])
    assert read[3:].tolist() == [-1.0, 300.0]
    column.check("x.csv")


def test_a_convention_that_shows_only_after_doubtful_numbers_is_asked_for():
    column = DurationColumn("", "Durata", None)
    column.read(["300", "1.234"], 2)
    column.check("x.csv")
    column.read(["12,5"], 4)
    with pytest.raises(HistoryError, match=r"12,5 \(record 4\) and 1\.234 \(record 3\); write decimal_comma"):
        column.check("x.csv")


@given(st.text(max_size=40))
def test_any_text_is_read_or_not(text):
    for convention in ("comma", "point"):
        for unit in ("seconds", "h:mm:ss"):
            seconds = read_duration(text, unit, convention)
            assert seconds is None or math.isfinite(seconds)


@given(st.floats(0, 1e7, allow_subnormal=False), st.sampled_from(["comma", "point"]))
def test_written_and_read_back(number, convention):
    text = f"{number:,.2f}"
    if convention == "comma":
        text = text.translate(str.maketrans(",.", ".,"))
    assert convention_of(text) in (convention, None)
    assert read_duration(text, "seconds", convention) == pytest.approx(number, abs=0.006)
