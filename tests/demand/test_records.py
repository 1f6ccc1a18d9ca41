"""Records, lines and separators."""

from __future__ import annotations

import io

import pytest

from planner._errors import HistoryError
from planner.demand.intake import records
from planner.demand.intake.records import read_objects, read_table


def table(text: str):
    return read_table(io.StringIO(text, newline=""), "x.csv")


def flat(batches):
    """Rows one by one: record, line, cells, problem."""
    return [
        (rows.record + at, line, cells, rows.problems[at].code if at in rows.problems else "")
        for rows in batches
        for at, (line, cells) in enumerate(zip(rows.lines, rows.cells, strict=True))
    ]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_separator_that_splits_the_header_most(mark):
    header, rows, delimiter, _ = table(
        mark.join(["id", "created, or opened", "c"]).replace(", ", " ") + f"\n1{mark}2{mark}3\n"
    )
    assert header == ("id", "created or opened", "c")
    assert delimiter == mark
    assert flat(rows) == [(2, 2, ["1", "2", "3"], "")]


def test_a_sep_line_decides_and_counts_as_a_line():
    header, rows, *_ = table("sep=;\r\na,b;c\r\n1;2\r\n")
    assert header == ("a,b", "c")
    assert flat(rows) == [(2, 3, ["1", "2"], "")]


def test_record_and_line_numbers_part_ways_inside_quotes():
    rows = table('a,b\n1,"x\ny\nz"\n\n2,y\n').batches
    assert [row[:2] for row in flat(rows)] == [(2, 2), (3, 6)]


def test_ragged_rows_and_text_after_a_quote():
    rows = table('a,b\n1\n1,2,3\n1,2,,\n"1"x,2\n5,6\na,B\n,\n').batches
    assert [row[3] for row in flat(rows)] == ["ragged", "ragged", "", "bad_quotes", "", "header_again"]


def test_columns_without_a_title_may_be_left_out():
    rows = table("a,b,,\n1,2\n3,4,x\n5,6,,\n").batches
    assert [row[2:] for row in flat(rows)] == [
        (["1", "2", "", ""], ""),
        (["3", "4", "x", ""], ""),
        (["5", "6", "", ""], ""),
    ]


def test_numbers_go_on_from_batch_to_batch(monkeypatch):
    monkeypatch.setattr(records, "BATCH", 4)
    lines = [str(line) if line % 5 else "" for line in range(2, 30)]
    rows = list(table("a,b\n" + "".join(f"{line},\n" for line in lines)).batches)
    assert [len(each.lines) for each in rows] == [4] * 5 + [3]
    assert [(each.record, each.lines[0]) for each in rows[:3]] == [(2, 2), (6, 7), (10, 12)]


def test_an_open_quote_is_named():
    rows = table('id,created_at,tags\n1,2026-01-05T10:00:00Z,"a,b\n2,2026-01-05T11:00:00Z,c\n').batches
    with pytest.raises(HistoryError, match=r"record 2 \(line 2\): a quote opens and never closes"):
        list(rows)


@pytest.mark.parametrize("text", ["", "\n\n", "sep=;\n"])
def test_nothing_in_it(text):
    with pytest.raises(HistoryError, match=r"The file is empty\."):
        table(text)


def test_json_lines():
    text = '{"a": 1}\n\nnot json\n[1]\n' + "[" * 100_000 + "\n"
    assert list(read_objects(io.StringIO(text), "x")) == [(1, {"a": 1}), (3, None), (4, None), (5, None)]
    with pytest.raises(HistoryError, match="one JSON list"):
        list(read_objects(io.StringIO('[{"a": 1}]'), "x"))
