"""Records, lines and separators."""

from __future__ import annotations

import io

import pytest

from planner._errors import HistoryError
from planner.demand.records import read_objects, read_table


def table(text: str):
    return read_table(io.StringIO(text, newline=""), "x.csv")


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_separator_that_splits_the_header_most(mark):
    header, rows = table(
        mark.join(["id", "created, or opened", "c"]).replace(", ", " ") + f"\n1{mark}2{mark}3\n"
    )
    assert header == ("id", "created or opened", "c")
    assert next(rows).cells == ["1", "2", "3"]


def test_a_sep_line_decides_and_counts_as_a_line():
    header, rows = table("sep=;\r\na,b;c\r\n1;2\r\n")
    assert header == ("a,b", "c")
    assert next(rows)[:3] == (2, 3, ["1", "2"])


def test_record_and_line_numbers_part_ways_inside_quotes():
    _, rows = table('a,b\n1,"x\ny\nz"\n\n2,y\n')
    assert [(row.record, row.line) for row in rows] == [(2, 2), (3, 6)]


def test_ragged_rows_and_text_after_a_quote():
    _, rows = table('a,b\n1\n1,2,3\n1,2,,\n"1"x,2\n5,6\n')
    assert [row.problem for row in rows] == ["ragged", "ragged", "", "bad_quotes", ""]


def test_an_open_quote_is_named():
    _, rows = table('id,created_at,tags\n1,2026-01-05T10:00:00Z,"a,b\n2,2026-01-05T11:00:00Z,c\n')
    with pytest.raises(HistoryError, match=r"record 2 \(line 2\): a quote opens and never closes"):
        list(rows)


def test_an_endless_line_is_refused():
    with pytest.raises(HistoryError, match="line 2 is longer"):
        list(table("a,b\n" + "x" * 1_500_000).rows)


@pytest.mark.parametrize("text", ["", "\n\n", "sep=;\n"])
def test_nothing_in_it(text):
    with pytest.raises(HistoryError, match=r"The file is empty\."):
        table(text)


def test_json_lines():
    text = '{"a": 1}\n\nnot json\n[1]\n' + "[" * 100_000 + "\n"
    assert list(read_objects(io.StringIO(text), "x")) == [(1, {"a": 1}), (3, None), (4, None), (5, None)]
    with pytest.raises(HistoryError, match="one JSON list"):
        list(read_objects(io.StringIO('[{"a": 1}]'), "x"))
