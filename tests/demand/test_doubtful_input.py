"""Files that are imported with a report: what was left out or is in doubt, and what may be done."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from planner._errors import HistoryError
from planner.demand import HistorySource, Promise, Queue, read_history

AS_OF = datetime(2026, 12, 31, tzinfo=UTC)
MONDAY = datetime(2026, 2, 2, tzinfo=UTC)
PERSON = "Zenobia Quill"
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


MAPPING = {"stamp": "created", "id": "id"}


def read(file, queues=ENGLISH, **settings: Any):
    given = {"profile": "mapping", "zone": "Europe/Rome", "mapping": MAPPING, "as_of": AS_OF, **settings}
    return read_history([HistorySource(file, **given)], queues)


GAPPED = [at for at in stamps(80, 11) if at[:10] not in ("2026-03-04", "2026-03-05")]
VIAS = ["id,created,via", *(f"{n},{at},{('fax', 'phone', 'mail')[n % 3]}" for n, at in enumerate(stamps()))]
TIMES = ["id,created,aht", *(f"{n},{at},{(-5, 99_999, 300)[n % 3]}" for n, at in enumerate(stamps()))]
NOTED: list[tuple[str, bytes, dict[str, Any], str, dict[str, int]]] = [
    (
        "ragged row",
        table("9,2026-03-01 10:00,x,y"),
        {},
        r"1 of 601 \(0\.2 %\), first: record 602 \(line 602\): 4 cells, the header has 3; left out",
        {"ragged": 1},
    ),
    (
        "unreadable stamps",
        table(f"x7,{PERSON},x", "x8,32/13/2026,x", *[f"x9{n},2026-03-01 10:00," for n in range(500)]),
        {},
        r"2 of 1 102 \(0\.2 %\), first: record 602 \(line 602\): \(not a date\) .*; left out",
        {"bad_stamp": 2},
    ),
    (
        "date only",
        "\n".join(["created", *(at[:10] for at in stamps())]).encode(),
        {"mapping": {"stamp": "created"}},
        "600 of 600 stamps are exactly midnight: the column probably holds dates",
        {},
    ),
    (
        "stamps in the missing hour",
        table("x8,2026-03-29 02:30,x"),
        {},
        r"an hour that does not exist in Europe/Rome \(the clocks go forward\): 1; the file is prob",
        {},
    ),
    (
        "future",
        table("9,2099-03-01 10:00,x"),
        {},
        "stamps in the future: 1; wrong zone, or day and month",
        {"future": 1},
    ),
    (
        "1970 / 1899",
        table("8,1970-01-01 00:00,x", "9,1899-12-30 00:00,x"),
        {},
        "stamps before 1990: 2; an empty date that a spreadsheet wrote as 1899 or 1970",
        {"too_old": 2},
    ),
    ("short", table(days=20), {}, "days of history; 56 or more give a better forecast", {}),
    (
        "gap",
        "\n".join(["created", *GAPPED]).encode(),
        {"mapping": {"stamp": "created"}},
        "days without any contact where many are usual: 2, the first 2026-03-04",
        {},
    ),
    (
        "duplicate ids",
        table("5,2026-03-01 10:00,x", "6,2026-03-01 10:00,x"),
        {},
        "2 repeated rows or ticket numbers were left out; the first creation counts",
        {"duplicate": 2},
    ),
    (
        "unmapped channels",
        "\n".join(VIAS).encode(),
        {"mapping": {**MAPPING, "channel": "via"}},
        r"400 rows \(66\.7 %\) belong to no queue .*"
        r"labels met: phone\); is a language or channel missing from the mapping",
        {"no_queue": 400},
    ),
    (
        "negative or huge handle time",
        "\n".join(TIMES).encode(),
        {"mapping": {**MAPPING, "aht": "aht"}},
        "400 handle times are not between 5 s and 4 h and were left out",
        {},
    ),
    (
        "footer",
        table(",Total: 600,", "Total,,600"),
        {},
        "2 rows below the last ticket are totals or notes",
        {"below": 2},
    ),
    (
        "header repeated",
        table("id,created,requester", "900,2026-03-01 10:00,x"),
        {},
        "1 rows repeat the header",
        {"header_again": 1},
    ),
    (
        "not UTF-8",
        table("x9,2026-03-01 10:00,x").replace(b"Zenobia", "Zénobia".encode("cp1252")),
        {},
        "was read as Windows-1252; look at accented letters",
        {},
    ),
]


@pytest.mark.parametrize(
    ("content", "settings", "sentence", "left_out"),
    [case[1:] for case in NOTED],
    ids=[case[0] for case in NOTED],
)
def test_imported_with_a_report(write, content, settings, sentence, left_out):
    history = read(write(content), **settings)
    said = "\n".join(str(notice) for notice in (*history.report.notices, *history.report.errors))
    assert re.search(sentence, said), said
    assert history.report.left_out == left_out
    assert history.report.rows_kept + sum(left_out.values()) == history.report.rows_read
    for part in PERSON.split():
        assert part not in said
        assert part not in repr(history.suggestions)


def test_thin_edges_suggest_a_trim(write):
    first = [at for at in stamps(120, 11)]
    thin = [at for number, at in enumerate(first) if at >= "2026-02-25" or number % 7 == 0]
    history = read(write(["created", *thin]), mapping={"stamp": "created"})
    assert any(
        "the first week has less than half" in str(notice) for notice in history.report.notices
    ) or any(suggestion.kind == "trim start" for suggestion in history.suggestions)


def test_decimal_comma_is_the_users_choice(write):
    rows = [f"{at};{'12,5' if number % 2 else '12.5'}" for number, at in enumerate(stamps())]
    file = write(["created;aht", *rows])
    mapping = {"stamp": "created", "aht": "aht", "decimal_comma": "yes"}
    history = read(file, mapping=mapping)
    assert set(history.frame["handle_seconds"].dropna()) == {12.5}
    assert any("300 handle times" in str(notice) for notice in history.report.notices)


def test_bad_rows_are_accepted_up_to_five_in_a_hundred(write):
    file = write(table(*["1,2026-03-01 10:00,a,b"] * 10))
    assert read(file, accept_bad_rows=True).report.left_out == {"ragged": 10}


def test_a_file_over_the_border_is_not_half_imported(write):
    """One bad file among good ones: nothing of either is given back."""
    good, bad = write(table(), "good.csv"), write(table(*[f"{PERSON},x,x"] * 60), "bad.csv")
    sources = [HistorySource(file, "mapping", "UTC", MAPPING, as_of=AS_OF) for file in (good, bad)]
    with pytest.raises(HistoryError, match=r"bad\.csv"):
        read_history(sources, ENGLISH)
    assert read_history(sources[:1], ENGLISH).report.rows_kept == 600
