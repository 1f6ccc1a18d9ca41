"""The first look at a file: it never raises, shows only mapped columns, and proposes how to read it."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.demand import SavedMapping, look

HEADER = "Id,Requester,Requester email,Subject,Tags,Status,Via,Created at,Assigned at,Reopens"
ROWS = [
    f"{number},Anna Rossi,anna@example.com,Where is my order,"
    f"{'lang_it vip' if number % 2 else 'lang_en'},"
    f"{'Deleted' if number == 3 else 'Open'},{'Web' if number % 3 else 'pigeon'},"
    f"2026-02-{number:02d} 10:15,,0"
    for number in range(1, 29)
]


def everything(found):
    """All text that a look holds."""
    return repr(found) + "".join(str(message) for message in (*found.notices, *found.mistakes))


def test_a_known_file(write):
    found = look(write([HEADER, *ROWS], "tickets.csv"))
    assert (found.kind, found.encoding, found.delimiter) == ("table", "utf-8", ",")
    assert found.mapping == SavedMapping("tickets", {}, "zendesk")
    assert (found.zone, found.zone_needed, found.certain) == (None, True, False)
    assert (found.rows, found.whole, found.left_out) == (28, True, {"deleted": 1})
    assert (found.first, found.last, found.order) == ("2026-02-01 10:15", "2026-02-28 10:15", "year first")
    samples = {one.key: (one.title, one.values) for one in found.columns}
    assert samples["stamp"] == ("Created at", tuple(f"2026-02-0{day} 10:15" for day in range(1, 6)))
    assert samples["language"] == ("Tags", ())
    words = {(one.key, one.word): (one.rows, one.meaning) for one in found.words}
    assert words["language", "lang_en"] == (14, "en")
    assert words["channel", "Web"] == (19, "email")
    assert words["channel", "pigeon"] == (8, "")
    assert not found.mistakes


def test_nothing_of_unmapped_columns_is_shown(write):
    found = everything(look(write([HEADER, *ROWS])))
    assert "Anna" not in found
    assert "example.com" not in found
    assert "my order" not in found
    assert "vip" not in found


@pytest.mark.parametrize(
    "person", ["Anna Rossi", "Zenobia", "Ines De Rossi", "a@example.com", "393471239876"]
)
@pytest.mark.parametrize("key", ["channel", "language"])
def test_persons_under_channel_or_language_are_not_shown(write, person, key):
    lines = ["Created,Via,Spoken"]
    for number in range(60):
        cells = {"channel": "web", "language": "it"} | ({key: person} if number % 6 == 0 else {})
        lines.append(f"2026-02-10 10:{number:02d},{cells['channel']},{cells['language']}")
    mapping = {"stamp": "Created", "channel": "Via", "language": "Spoken"}
    found = look(write(lines), SavedMapping("x", mapping, "mapping", "Europe/Rome"))
    assert person not in everything(found)
    assert f"column of the {key}: words that are not shown, since they may name people: 1" in everything(
        found
    )
    assert {(one.key, one.word) for one in found.words if one.word} == {
        ("channel", "web"),
        ("language", "it"),
    }


def test_an_agent_column_mapped_by_mistake(write):
    agents = ("Anna Rossi", "José María Gil", "o.brambati@example.it", "Rossi, Anna")
    lines = ["Created;Agent"]
    lines += [f"2026-02-{1 + number % 28:02d} 10:15;{agents[number % 4]}" for number in range(120)]
    file = write(lines)
    for key in ("queue", "channel", "language"):
        mapping = {"stamp": "Created", key: "Agent"}
        said = everything(look(file, SavedMapping("x", mapping, "mapping", "Europe/Rome"), every_row=True))
        assert "not shown, since they may name people: 4;" in said
        assert not any(agent in said for agent in agents)


def test_queues_are_shown_once_they_are_usual(write):
    names = ["Billing"] * 5 + ["Refunds"] * 4 + ["Customer Care"] * 60 + ["Phone Support"] * 6
    lines = ["Created,Queue", *(f"2026-02-10 10:15,{name}" for name in names)]
    mapping = {"stamp": "Created", "queue": "Queue"}
    found = look(write(lines), SavedMapping("x", mapping, "mapping", "Europe/Rome"))
    assert [one.word for one in found.words] == ["Customer Care", "Phone Support", "Billing"]
    [sampled] = [one for one in found.columns if one.key == "queue"]
    assert sampled.values == ("Billing", "Customer Care", "Phone Support")
    explained = mapping | {"queues": {"Refunds": "email en"}}
    found = look(write(lines), SavedMapping("x", explained, "mapping", "Europe/Rome"))
    assert "Refunds" in [one.word for one in found.words]


def test_a_zone_makes_it_certain(write):
    file = write([HEADER, *ROWS])
    found = look(file, SavedMapping("x", zone="Europe/Rome"))
    assert found.certain
    wrong = look(file, SavedMapping("x", zone="Europe/Romee"))
    assert not wrong.certain
    assert "Europe/Rome" in str(wrong.mistakes[0])


def test_a_file_of_nobody_known_gets_a_proposal(write):
    lines = ["Numero;Cliente;Creato il;Chiuso il;Canale;Durata (min)"]
    lines += [f"{day};Anna;{day}/02/2026 8:15;{day}/02/2026 9:15;e-mail;12,5" for day in range(1, 29)]
    found = look(write(lines))
    assert found.mapping.profile == "mapping"
    assert found.mapping.mapping["stamp"] == "Creato il"
    assert found.mapping.mapping["channel"] == "Canale"
    assert found.mapping.mapping["solved"] == "Chiuso il"
    assert found.stamps == ("Creato il", "Chiuso il")
    assert (found.order, found.certain) == ("day first", False)
    assert any("a proposal: look at each" in str(notice) for notice in found.notices)
    assert "Anna" not in everything(found)


def test_a_workbook(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(HEADER.split(","))
    for row in ROWS:
        book.active.append(row.split(","))
    book.save(tmp_path / "tickets.xlsx")
    found = look(tmp_path / "tickets.xlsx")
    assert (found.kind, found.mapping.profile, found.rows) == ("workbook", "zendesk", 28)


@pytest.mark.parametrize(
    ("content", "answer"),
    [
        (b"", "The file is empty."),
        (b"%PDF-1.7", "This is a PDF"),
        (HEADER.encode(), "A header and no rows."),
        (b"name,agent\n1,2\n", "no help desk that is known here"),
        (b"a,b\n1,\"2", "a quote opens and never closes"),
        (b"interval_start,arrivals\nyesterday,3\n", "is a date and time that is read here"),
        (b"created\n03/04/2026 10:00\n", "if the day comes first"),
        (b"created,x\n2026-01-05T10:00:00,a\n2026-01-05T10:00:00+01:00,b\n", "1 stamps have no offset"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_and_nothing_is_raised(write, content, answer):
    found = look(write(content))
    assert answer in "\n".join(map(str, found.mistakes))
    assert not found.certain


def test_a_file_that_is_not_there():
    assert "there is no such file" in str(look(Path("no-such.csv")).mistakes[0])


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    content=st.binary(max_size=400), columns=st.sampled_from(["", HEADER, "Creato il;Canale", '{"id": 1}'])
)
def test_any_file_has_an_answer(tmp_path, content, columns):
    file = tmp_path / "any.csv"
    file.write_bytes(columns.encode() + b"\n" + content)
    found = look(file)
    assert found.mistakes or found.rows


@pytest.mark.parametrize(
    "mapping",
    [{"stamp": "no such"}, {"chanel": "x"}, {"keep": "y"}, {"day_first": "x"}, {"aht": "Subject"}],
)  # fmt: skip
def test_any_mapping_has_an_answer(write, mapping):
    found = look(write([HEADER, *ROWS]), SavedMapping("x", mapping))
    assert found.mistakes or found.rows


def test_all_rows_are_looked_at_only_when_asked(write):
    lines = [HEADER, *(ROWS[0] for _ in range(9000)), ROWS[1].replace("lang_it", "lang_fr")]
    file = write(lines)
    few, every = look(file), look(file, every_row=True)
    assert few.rows < every.rows == 9001
    assert (few.whole, every.whole) == (False, True)
