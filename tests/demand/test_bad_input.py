"""Every kind of bad input that the design lists, with what the user sees; no sentence shows a person."""

from __future__ import annotations

import gzip
import io
import zipfile
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from openpyxl import Workbook

from planner._errors import HistoryError
from planner.demand import HistorySource, Promise, Queue, read_history
from planner.demand.intake.gate import examine
from planner.demand.profiles import known_profiles

AS_OF = datetime(2026, 12, 31, tzinfo=UTC)
MONDAY = datetime(2026, 2, 2, tzinfo=UTC)
PERSON = "Zenobia Quill"
MAPPING = {"stamp": "created", "id": "id"}
ENGLISH = [Queue("email en", "email", "en", 600, Promise(0.9, 7200))]
TWO = [*ENGLISH, Queue("email it", "email", "it", 600, Promise(0.9, 7200))]


def stamps(days: int = 60, a_day: int = 10) -> list[str]:
    return [
        f"{MONDAY + timedelta(days=day, minutes=90 + 120 * number):%Y-%m-%d %H:%M}"
        for day in range(days)
        for number in range(a_day)
    ]


def table(*rows: str, header: str = "id,created,requester", days: int = 60) -> bytes:
    """A good file, then rows that are not."""
    good = [f"{number},{at},{PERSON}" for number, at in enumerate(stamps(days))]
    return "\n".join([header, *good, *rows, ""]).encode()


def workbook_bytes(**members: bytes) -> bytes:
    """A small real workbook with more members."""
    book = Workbook()
    book.active.append(["id", "created"])
    kept = io.BytesIO()
    book.save(kept)
    with zipfile.ZipFile(kept, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return kept.getvalue()


def two_headers(one: str, other: str) -> bytes:
    """Titles that only one help desk writes, of two of them."""
    titles = [line[0].replace("*", "x") for name in (one, other) for line in known_profiles()[name].marks]
    titles += [known_profiles()[name].columns["stamp"][0] for name in (one, other)]
    return (",".join(titles) + "\n" + ",".join("1" for _ in titles) + "\n").encode()


DAYS_FIRST = [f"{day:02d}/{month:02d}/2026 10:00" for month in (2, 3) for day in range(1, 13)]
CASES: list[tuple[str, bytes, dict[str, Any], str]] = [
    ("empty", b"", {}, r"tickets\.csv: The file is empty\."),
    ("empty: blank lines", b"\n \n\n", {}, r"The file is empty\."),
    ("header only", b"id,created\n", {}, r"A header and no rows\."),
    (
        ".xls",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        {},
        r"This is an Excel 97 file\. Save it as \.xlsx or CSV\.",
    ),
    (
        ".xls: locked",
        b"\xd0\xcf\x11\xe0" + bytes(60) + "EncryptedPackage".encode("utf-16-le"),
        {},
        r"This file is locked with a password",
    ),
    (
        ".xlsm",
        workbook_bytes(xl__vbaProject_dot_bin=b"x"),
        {},
        r"This workbook has macros \(\.xlsm\)\. Save it as \.xlsx or CSV\.",
    ),
    ("PDF renamed", b"%PDF-1.7\n", {}, r"This is a PDF\. Export the tickets as CSV\."),
    (
        "archive bomb: workbook",
        workbook_bytes(xl__a_dot_xml=bytes(20_000_000)),
        {},
        "unpacks to more than 300 MB or 200 times its size, or has more than 200 parts; save",
    ),
    (
        "archive bomb: members",
        workbook_bytes(**{f"m{number}": b"x" for number in range(200)}),
        {},
        "more than 200 parts",
    ),
    ("archive bomb: gz", gzip.compress(b"1,2\n" * 8_000_000), {}, r"200 times its size; unpack it"),
    (
        "archive bomb: gz in gz",
        gzip.compress(gzip.compress(b"a,b\n")),
        {},
        "compressed twice; unpack it once",
    ),
    (
        "undecodable",
        b"id,created\n\xe9\x81,2026-02-02 10:00\n",
        {},
        "byte 12 is neither UTF-8 nor Windows-1252; save the file as CSV UTF-8",
    ),
    ("NUL", b"id,created\n1,\x002026\n", {}, r"NUL character at byte 14.*save it as CSV UTF-8"),
    (
        "UTF-16 without mark",
        "id,created\n1,2026-02-02\n".encode("utf-16-le"),
        {},
        r"NUL character at byte 2, as files in UTF-16 without a mark do; save it as CSV UTF-8",
    ),
    (
        "one column",
        b"id^created^name\n1^2026-02-02 10:00^x\n",
        {},
        r"only one column is found and it is not created; is the separator , ; tab or \| \?",
    ),
    (
        "open quote",
        b'id,created\n1,"2026-02-02 10:00\n2,2026-02-02 11:00\n',
        {},
        r"record 2 \(line 2\): a quote opens and never closes",
    ),
    (
        "ragged row: too many",
        table(*["1,2026-03-01 10:00,a,b"] * 40),
        {},
        r"40 of 640 rows \(6\.2 %\).*\n.*record 602 \(line 602\): 4 cells, the header has 3",
    ),
    (
        "ragged row: asked",
        table(*["1,2026-03-01 10:00,a,b"] * 10),
        {},
        r"10 of 610 rows \(1\.6 %\) cannot be read; accept that they are left out, or export again\n"
        r".*record 602 \(line 602\): 4 cells, the header has 3",
    ),
    ("no stamp column", table(header="id,opened,requester"), {}, "none of the 3 columns is called created"),
    (
        "values of a column that is not named",
        table(),
        {"mapping": {**MAPPING, "inbound": ["in"]}},
        "mapping: inbound says which values of a column mean what; name the column: direction:",
    ),
    ("no stamp column: near", table(header="id,create,requester"), {}, "did you mean create?"),
    (
        "no stamp column: no profile",
        table(header="id,birthday,requester"),
        {"profile": "auto", "mapping": None},
        "no help desk that is known here writes these columns; write profile: and one of .* or say in "
        "mapping: what the columns hold, at least stamp:",
    ),
    (
        "two profiles alike",
        two_headers("front", "freshservice"),
        {"profile": "auto", "mapping": None},
        r"fit fr\w+ and fr\w+ alike; write profile: fr\w+ or profile: fr\w+",
    ),
    (
        "naive stamps",
        table(),
        {"zone": None},
        r"the stamps of column created say no zone; choose the zone of the "
        "export, for instance zone: Europe/Rome",
    ),
    ("unknown zone", table(), {"zone": "Europe/Rom"}, r'"Europe/Rom" is not a time zone.*Europe/Rome'),
    (
        "day / month unclear",
        "\n".join(["created", *DAYS_FIRST]).encode(),
        {"mapping": {"stamp": "created"}},
        "record 2: 01/02/2026 10:00 is 2026-02-01 if the day comes first and 2026-01-02 "
        r"if the month does",
    ),
    (
        "day / month contradictory",
        b"created\n13/02/2026 10:00\n02/13/2026 10:00\n",
        {"mapping": {"stamp": "created"}},
        r"13/02/2026 10:00 \(record 2\) needs the day first, 02/13/2026 10:00 \(record 3\) the month",
    ),
    (
        "day / month contradictory: far down",
        "\n".join(["created", *["13/02/2026 10:00"] * 5000, "02/13/2026 10:00"]).encode(),
        {"mapping": {"stamp": "created"}},
        r"\(record 2\) needs the day first, .* \(record 5002\) the month",
    ),
    (
        "naive and offset stamps mixed",
        table(*["9,2026-03-01T10:00:00Z,x"] * 3),
        {},
        "600 stamps have no offset and 3 have one; export them all in one form",
    ),
    (
        "unreadable stamps: too many",
        table(*[f"{PERSON},{PERSON},x"] * 60),
        {},
        r"60 of 660 rows \(9\.1 %\) cannot be read; the file was not imported\n"
        r".*record 602 \(line 602\): \(not a date\) cannot be read as a date and time",
    ),
    ("too short", table(days=13), {}, "the history has 13 whole days; a forecast needs at least 14"),
    (
        "decimal comma mix",
        b"created;aht\n"
        + b"".join(
            f"{at};{'12,5' if number % 2 else '12.5'}\n".encode() for number, at in enumerate(stamps())
        ),
        {"mapping": {"stamp": "created", "aht": "aht"}},
        r"column aht mixes decimal signs: 12,5 \(record 3\) and 12\.5 \(record 2\); write decimal_comma",
    ),
]


def read(file, queues=ENGLISH, **settings: Any):
    given = {"profile": "mapping", "zone": "Europe/Rome", "mapping": MAPPING, "as_of": AS_OF, **settings}
    return read_history([HistorySource(file, **given)], queues)


@pytest.mark.parametrize(
    ("content", "settings", "sentence"), [case[1:] for case in CASES], ids=[c[0] for c in CASES]
)
def test_refused(write, content, settings, sentence):
    file = write(content)
    with pytest.raises(HistoryError, match=sentence) as caught:
        read(file, **settings)
    with pytest.raises(HistoryError) as again:
        read(file, **settings)
    assert again.value.messages == caught.value.messages, "nothing is left of the first attempt"
    assert "Zenobia" not in str(caught.value)
    assert list(file.parent.iterdir()) == [file]


def test_too_large(write):
    with pytest.raises(
        HistoryError, match="the file has 2 MB and the limit is 1 MB; export a shorter period"
    ):
        examine(write(b"a,b\n" * 500_000), max_bytes=1_000_000)
