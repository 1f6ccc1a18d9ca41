"""Mangled copies of every sample export: a history or a sentence, twice the same, nothing left behind."""

from __future__ import annotations

import csv
import io
import os
import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from planner._errors import PlannerError
from planner.demand import HistorySource, Promise, Queue, read_history

FOLDER = Path(__file__).parents[2].parent / "shared" / "data" / "exports"
FILES = sorted(str(file.relative_to(FOLDER)) for file in FOLDER.glob("*/*"))
AS_OF = datetime(2027, 12, 31, tzinfo=UTC)
PERSON = "Zenobia Quill"
QUEUES = [
    Queue(f"{channel} {language}", channel, language, 600, Promise(0.9, 7200))
    for channel in ("email", "phone")
    for language in ("en", "it")
]
STAMP_WORDS = ("created", "opened", "datetime (utc)", "started at", "message date")
FORMS = ("%Y-%m-%d %H:%M:%S", "%d/%m/%Y %H:%M", "%Y-%m-%dT%H:%M:%SZ", "%d/%b/%y %I:%M %p", "%m/%d/%Y")


def rows_under(header: list[str], dice: random.Random, rows: int = 120) -> list[list[str]]:
    """Tickets for a header line: stamps where creation stands, a person everywhere else but in numbers."""
    form = dice.choice(FORMS)
    first = datetime(2026, 1, 5, tzinfo=UTC)
    lines = [header]
    for number in range(rows):
        at = (first + timedelta(hours=7 * number)).strftime(form)
        cells = []
        for title in header:
            folded = title.casefold()
            if any(word in folded for word in STAMP_WORDS):
                cells.append(at)
            elif folded.endswith("id") or folded in ("line", "case number"):
                cells.append(str(1000 + number))
            else:
                cells.append(PERSON if number % 3 else "")
        lines.append(cells)
    return lines


def grown(content: bytes, dice: random.Random) -> bytes:
    """A sample as it is, or its header with three weeks of rows."""
    try:
        [header, *rows] = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    except (UnicodeDecodeError, ValueError, csv.Error):
        return content
    if len(rows) > 5 or header[0].startswith("{"):
        return content
    text = io.StringIO()
    csv.writer(text).writerows(rows_under(header, dice))
    return text.getvalue().encode()


def truncated(data: bytes, dice: random.Random) -> bytes:
    return data[: dice.randrange(1, len(data) + 1)]


def flipped(data: bytes, dice: random.Random) -> bytes:
    mangled = bytearray(data)
    for _ in range(dice.randint(1, 12)):
        mangled[dice.randrange(len(mangled))] = dice.randrange(256)
    return bytes(mangled)


def recoded(data: bytes, dice: random.Random) -> bytes:
    codec = dice.choice(["utf-16", "utf-16-le", "cp1252", "latin-1", "utf-8-sig", "utf-7", "cp037"])
    return data.decode("utf-8", "replace").encode(codec, "replace")


def without_columns(data: bytes, dice: random.Random) -> bytes:
    mark = dice.choice([b",", b";"])
    gone = dice.randrange(8)
    lines = (line.split(mark) for line in data.split(b"\n"))
    return b"\n".join(mark.join(cells[:gone] + cells[gone + 1 :]) for cells in lines)


def shuffled(data: bytes, dice: random.Random) -> bytes:
    lines = data.split(b"\n")
    dice.shuffle(lines)
    return b"\n".join(lines)


def doubled(data: bytes, dice: random.Random) -> bytes:
    return data + data[dice.randrange(len(data)) :]


def quoted(data: bytes, dice: random.Random) -> bytes:
    at = dice.randrange(len(data))
    return data[:at] + dice.choice([b'"', b'""', b'"\n"', b"\r", b"\x00", b"\x1a", b"\xc3"]) + data[at:]


INJURIES: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    *(truncated, flipped, recoded, without_columns),
    *(shuffled, doubled, quoted, lambda data, dice: data),
)


def as_workbook(data: bytes) -> bytes:
    book = Workbook()
    for row in csv.reader(io.StringIO(data.decode("utf-8", "replace").replace("\x00", ""))):
        book.active.append(["".join(sign for sign in cell if sign.isprintable()) for cell in row])
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def outcome(file: Path, profile: str) -> str:
    """What a user would see, whatever it is; anything but a history or a PlannerError fails the test."""
    mapping = {"stamp": "created_at"} if profile == "mapping" else None
    source = HistorySource(file, profile, "Europe/Rome", mapping, accept_bad_rows=True, as_of=AS_OF)
    try:
        history = read_history([source], QUEUES)
    except PlannerError as error:
        return str(error) or "no words"
    report = history.report
    assert report.rows_kept + sum(report.left_out.values()) == report.rows_read
    assert int(history.frame["arrivals"].sum()) == sum(report.queues.values())
    said = [*report.errors, *report.notices, *(suggestion.why for suggestion in history.suggestions)]
    return "\n".join([history.frame.to_csv(), repr(report), *map(str, said)])


def check(file: Path, content: bytes, profile: str) -> str:
    file.write_bytes(content)
    first = outcome(file, profile)
    assert first != "no words"
    assert outcome(file, profile) == first
    assert os.listdir(file.parent) == [file.name]
    for part in PERSON.split():
        assert part not in first
    return first


@pytest.mark.parametrize("name", FILES)
def test_mangled_exports(tmp_path, name):
    dice = random.Random(name)
    content = (FOLDER / name).read_bytes()
    answers = set()
    for injury in INJURIES:
        for _ in range(2):
            data = injury(grown(content, dice), dice)
            answers.add(check(tmp_path / "export.csv", data, dice.choice(["auto", "mapping"])))
    assert len(answers) > 3


@pytest.mark.parametrize("name", [name for name in FILES if name.startswith("headers")])
def test_mangled_workbooks_of_exports(tmp_path, name):
    dice = random.Random(name)
    content = (FOLDER / name).read_bytes()
    for injury in (flipped, truncated, lambda data, dice: data):
        book = as_workbook(
            shuffled(grown(content, dice), dice) if dice.random() < 0.3 else grown(content, dice)
        )
        check(tmp_path / "export.xlsx", injury(book, dice), "auto")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.binary(max_size=400) | st.text(max_size=300).map(str.encode),
    st.sampled_from(["auto", "mapping", "counts"]),
)
def test_any_bytes(tmp_path, data, profile):
    check(tmp_path / "export.csv", data, profile)


CELL = st.sampled_from(
    [
        "2026-03-01 10:00",
        "01/03/2026",
        "12/gen/26 9:05 AM",
        "1767605400",
        "",
        '"',
        "x",
        "1,5",
        "Total",
        "=1+1",
        "\t",
    ]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(CELL, min_size=1, max_size=4), min_size=1, max_size=12), st.sampled_from(",;\t|"))
def test_any_table(tmp_path, rows, mark):
    lines = ["created_at" + mark + "arrivals", *(mark.join(row) for row in rows)]
    check(tmp_path / "export.csv", "\n".join(lines).encode(), "mapping")
