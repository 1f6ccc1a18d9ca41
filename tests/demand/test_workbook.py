"""Workbooks give the same history as the same cells in a CSV."""

from __future__ import annotations

import io
import random
import zipfile
from datetime import UTC, date, datetime, time, timedelta

import pytest
from openpyxl import Workbook

from planner._errors import HistoryError, PlannerError
from planner.demand import HistorySource, Promise, Queue, read_history
from planner.demand.intake.gate import examine
from planner.demand.intake.tables import open_table

AS_OF = datetime(2026, 12, 31, tzinfo=UTC)
ENGLISH = [Queue("email en", "email", "en", 600, Promise(0.9, 7200))]
HEADER = ["Id", "Created", "Requester", "Handled (min)", "Solved", "First reply"]
MAPPING = {
    **{"stamp": "Created", "id": "Id", "aht": "Handled (min)"},
    **{"solved": "Solved", "first_reply": "First reply"},
}


def tickets(days: int = 20) -> list[list[object]]:
    first = datetime(2026, 2, 2, 0, 30, tzinfo=UTC).replace(tzinfo=None)
    rows = []
    for number in range(days * 10):
        at = first + timedelta(hours=2.25 * number, seconds=number % 60)
        later = at + timedelta(hours=5)
        rows.append(
            [1000 + number, at, "Anna Rossi", 12.5 if number % 2 else 7, later, timedelta(minutes=number)]
        )
    return rows


def saved(*sheets: tuple[str, list[list[object]]]) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def source(file, **more) -> HistorySource:
    return HistorySource(file, "mapping", "Europe/Rome", {**MAPPING, **more}, as_of=AS_OF)


def as_text(cell: object) -> str:
    if isinstance(cell, timedelta):
        return f"{cell.seconds // 3600}:{cell.seconds % 3600 // 60:02d}:00"
    return str(cell)


def test_the_same_history_as_from_text(write):
    rows = [HEADER, *tickets()]
    plain = read_history([source(write([",".join(map(as_text, row)) for row in rows]))], ENGLISH)
    book = read_history([source(write(saved(("Tickets", rows)), "tickets.xlsx"))], ENGLISH)
    assert book.frame.equals(plain.frame)
    assert set(book.frame["handle_seconds"]) <= {420.0, 750.0, 585.0}
    for one, other in zip(
        (book.panels.weeks, book.panels.replies), (plain.panels.weeks, plain.panels.replies), strict=True
    ):
        assert one is not None
        assert one.equals(other)
    assert "Anna" not in repr(book)


def test_the_name_of_the_file_says_nothing(write):
    file = write(saved(("Tickets", [HEADER, *tickets()])), "tickets.csv")
    assert read_history([source(file)], ENGLISH).report.rows_kept == 200


def test_the_first_sheet_with_the_stamps_is_read(write):
    notes = [["Report"], ["made by", "Anna"], []]
    below = [[], ["All tickets of 2026"], [], HEADER, *tickets()]
    file = write(saved(("Notes", notes), ("Data", below), ("Old", [HEADER, [1, datetime(2020, 1, 1)]])))  # noqa: DTZ001
    history = read_history([source(file)], ENGLISH)
    assert history.report.rows_read == 200


def test_a_sheet_is_asked_for_where_none_has_the_stamps(write):
    file = write(saved(("One", [["a", "b"]]), ("Two", [["c", "d"]])))
    with pytest.raises(
        HistoryError, match=r"several sheets have rows .*: One, Two; write sheet: and its name"
    ):
        read_history([source(file)], ENGLISH)
    with pytest.raises(HistoryError, match="the workbook has no sheet Three; write one of One, Two"):
        read_history([source(file, sheet="Three")], ENGLISH)
    with pytest.raises(HistoryError, match="none of the 2 columns is called created"):
        read_history([source(file, sheet="two")], ENGLISH)


def test_the_sheet_that_the_user_names(write):
    file = write(saved(("Old", [HEADER, *tickets(30)]), ("New", [HEADER, *tickets(20)])))
    assert read_history([source(file)], ENGLISH).report.rows_read == 300
    assert read_history([source(file, sheet=" new")], ENGLISH).report.rows_read == 200


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        (True, "TRUE"),
        (812, "812"),
        (812.0, "812"),
        (1.234, "1.234e0"),
        ("1.234,5", "1.234,5"),
        (datetime(2026, 3, 29, 8, 14, 59, 999_700), "2026-03-29 08:15:00"),  # noqa: DTZ001
        (date(2026, 3, 29), "2026-03-29 00:00:00"),
        (time(8, 15), "08:15:00"),
        (timedelta(hours=25, minutes=1, seconds=2), "25:01:02"),
    ],
)
def test_cells_become_text_that_says_the_same(write, cell, text):
    file = write(saved(("x", [["a", "b"], ["x", cell]])))
    with open_table(examine(file)) as table:
        assert [rows.cells for rows in table.batches] == [[["x", text]]]


def test_rows_that_end_early_are_filled_up_and_empty_ones_passed_over(write):
    file = write(saved(("x", [["a", "b", "c"], [1], [], [None, None, None], [1, 2, 3, None], [1, 2, 3, 4]])))
    with open_table(examine(file)) as table:
        [rows] = table.batches
    assert rows.cells == [["1", "", ""], ["1", "2", "3"], ["", "", ""]]
    assert rows.lines == [2, 5, 6]
    assert rows.problems[2].code == "ragged"


def test_a_sheet_whose_size_is_written_wrong_is_read_whole(write):
    content = saved(("x", [HEADER, *tickets()]))
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as given, zipfile.ZipFile(kept, "w") as made:
        for member in given.namelist():
            data = given.read(member)
            if member.endswith("sheet1.xml"):
                assert b'<dimension ref="A1:F201"' in data
                data = data.replace(b'<dimension ref="A1:F201"', b'<dimension ref="A1:A1"')
            made.writestr(member, data)
    assert read_history([source(write(kept.getvalue()))], ENGLISH).report.rows_read == 200


@pytest.mark.parametrize(
    ("members", "sentence"),
    [
        ({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}, r"OpenDocument sheet \(\.ods\)"),
        ({"[Content_Types].xml": b"application/vnd.ms-excel.sheet.binary.macroEnabled.main"}, "macros"),
        (
            {"[Content_Types].xml": b"application/vnd.ms-excel.sheet.binary.main"},
            r"binary workbook \(\.xlsb\)",
        ),
        ({"[Content_Types].xml": b"wordprocessingml"}, "This is an archive"),
        ({"tickets.csv": b"a,b\n1,2\n"}, r"This is an archive\. Unpack it"),
        ({"xl/workbook.xml": b"x"}, "damaged or not whole"),
        ({"[Content_Types].xml": b"spreadsheetml", "xl/workbook.xml": b"x"}, "damaged or not whole"),
    ],
)
def test_other_archives(write, members, sentence):
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    with pytest.raises(HistoryError, match=sentence):
        read_history([source(write(kept.getvalue()))], ENGLISH)


def test_a_workbook_of_locked_members_is_refused(write):
    """Bit 0 of a member's flags says that it is encrypted (.ZIP file format specification, 4.4.4)."""
    data = bytearray(saved(("x", tickets())))
    at = data.index(b"PK\x01\x02")
    while at >= 0:
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 1)
    with pytest.raises(HistoryError, match="locked with a password"):
        read_history([source(write(bytes(data)))], ENGLISH)


def test_an_entity_bomb_is_refused(write):
    content = saved(("x", [HEADER, *tickets()]))
    bomb = (
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1" t="str"><v>&b;</v></c></row></sheetData></worksheet>'
    )
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as given, zipfile.ZipFile(kept, "w") as made:
        for member in given.namelist():
            made.writestr(member, bomb if member.endswith("sheet1.xml") else given.read(member))
    with pytest.raises(HistoryError, match="damaged or not whole"):
        read_history([source(write(kept.getvalue()))], ENGLISH)


def test_mangled_workbooks_give_a_history_or_a_sentence(write):
    content = saved(("Tickets", [HEADER, *tickets()]))
    dice = random.Random(5)
    answers, people = set(), 0
    for _ in range(120):
        mangled = bytearray(content)
        for _ in range(dice.randint(1, 6)):
            at = dice.randrange(len(mangled))
            if dice.random() < 0.2:
                del mangled[at:]
                mangled += b"\0"
            else:
                mangled[at] = dice.randrange(256)
        try:
            answers.add(read_history([source(write(bytes(mangled)))], ENGLISH).report.rows_kept)
        except PlannerError as error:
            answers.add(error.messages[0].code)
            people += "Anna" in str(error)
    assert len(answers) > 1
    assert not people
