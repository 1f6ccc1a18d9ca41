"""Which help desk wrote a file: samples, traps, doubts, and what is said about them."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner._errors import HistoryError
from planner.demand import HistorySource, detect
from planner.demand.profiles import certain, header_of, settle
from planner.demand.profiles.detecting import zone_in

JIRA = ["Clave de incidencia", "Tipo de Incidencia", "Resumen", "Estado", "Creada", "Informador"]

SALESFORCE = ["Case Number", "Case Owner", "Case Origin", "Date/Time Opened"]
AIRCALL = ["datetime (utc)", "call quality", "voicemail", "recording"]


def test_the_stamp_is_the_first_of_the_titles_that_mean_it_wherever_it_stands():
    """A ServiceNow list may show when a record was made beside when the incident was opened."""
    header = ["Created", "Number", "Short description", "Assignment group", "Caller", "Opened", "State"]
    assert detect(header)[0].profile == "servicenow"
    assert detect(header)[0].stamp_column == "Opened"


@pytest.fixture(scope="module")
def bench():
    return import_module("tests.bench.detection")


def test_samples_are_told_and_traps_are_not_taken(bench, shared):
    found = bench.report(shared / "data" / "exports")
    assert found["right"] == found["samples"]
    assert found["others_taken"] == 0
    assert found["lowest_true"] >= 0.43
    assert found["highest_false"] == 0.0
    assert found["variations_taken_for_another"] <= 0.01 * found["variations"]
    assert found["variations_right"] >= 0.85 * found["variations"]


@pytest.mark.parametrize(
    ("head", "titles"),
    [
        (b"a;b;c\n1;2;3", ("a", "b", "c")),
        (b"sep=,\na;b,c\n", ("a;b", "c")),
        (b"\xef\xbb\xbfCr\xc3\xa9\xc3\xa9e\tb\n", ("Créée", "b")),
        ("Créée\tb\n".encode("utf-16"), ("Créée", "b")),
        ("Priorità,b\n".encode("cp1252"), ("Priorità", "b")),
        (b'"a, b","c\nd",e\n', ("a, b", "c\nd", "e")),
        (
            b'{"id": 1, "via": {"channel": "web", "source": {"rel": null}}}\n',
            ("id", "via.channel", "via.source.rel"),
        ),
        (b"", ()),
        (b"sep=;\n", ()),
        (b"[1, 2]", ("[1", "2]")),
        (b"{not json\n", ()),
    ],
)
def test_headers_of_first_bytes(head, titles):
    assert header_of(head) == titles


@given(st.binary(max_size=300))
def test_any_bytes_have_an_answer(head):
    assert isinstance(detect(head), tuple)


@given(st.lists(st.text(max_size=20), max_size=8))
def test_any_titles_have_an_answer(titles):
    found = detect(titles)
    assert list(found) == sorted(found, key=lambda one: -one.score)
    assert all(0 < one.score <= 1 for one in found)


def test_letter_case_accents_and_order_do_not_matter():
    mangled = [title.upper().replace("Ó", "O") for title in reversed(JIRA)]
    best = detect(mangled)[0]
    assert (best.profile, best.stamp_column) == ("jira", "CREADA")
    assert best.score == detect(JIRA)[0].score


def test_without_its_stamp_a_profile_does_not_fit():
    assert detect([title for title in JIRA if title != "Creada"]) == ()


@pytest.mark.parametrize(
    ("title", "zone"),
    [
        ("Conversation started at (Europe/Rome)", "Europe/Rome"),
        ("conversation started at (america/port-au-prince)", "America/Port-au-Prince"),
        ("datetime (UTC)", "UTC"),
        ("created_utc", "UTC"),
        ("Created (CET)", None),
        ("Created (Mars/Crater)", None),
        ("Created", None),
    ],
)
def test_zones_in_titles(title, zone):
    assert zone_in(title) == zone


@pytest.mark.parametrize(
    ("header", "answer"),
    [
        (["name", "agent"], "no help desk that is known here writes these columns; write profile: and"),
        (["ID", "Creato il", "Canale"], "if the creation time stands in Creato il, write mapping"),
        ([*SALESFORCE, *AIRCALL], "fit aircall and salesforce alike"),
        (["one column"], "only one column is found"),
        (["Issue Type", "Reporter", "Created", "Ticket owner", "a"], "may be those of jira, but too few"),
    ],
)  # fmt: skip
def test_a_doubt_names_the_choices(header, answer):
    with pytest.raises(HistoryError, match=answer):
        settle(HistorySource(Path("a.csv")), header)


def test_a_mapping_with_a_stamp_settles_what_nobody_knows():
    settled = settle(HistorySource(Path("a.csv"), mapping={"stamp": "Opened"}), ["Opened", "who"])
    assert settled.source.profile == "mapping"
    assert settled.chosen == {"stamp"}


def test_a_mapping_lies_over_a_recognised_profile():
    source = HistorySource(Path("a.csv"), mapping={"language": "Campo personalizado (Idioma)"})
    settled = settle(source, [*JIRA, "Campo personalizado (Idioma)"])
    assert settled.source.profile == "jira"
    assert settled.layout.columns["language"] == ("Campo personalizado (Idioma)",)
    assert settled.layout.columns["stamp"] == ("Creada",)


def test_certain_needs_a_lead():
    first = detect(JIRA)[0]
    assert certain([first]) is first
    assert certain([first, first]) is None
