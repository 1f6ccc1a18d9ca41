"""Profiles as data: every vendor file can be used, and what they say comes out of files as it should."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from planner._errors import HistoryError
from planner._messages import catalogue
from planner.demand import HistorySource, Promise, Queue, read_history
from planner.demand.intake.sources import COLUMNS, UNITS
from planner.demand.intake.words import CHANNELS, DIRECTIONS, LANGUAGES
from planner.demand.profiles import (
    certain,
    detect,
    filters_of,
    known_profiles,
    label_places_of,
    layout_of,
    places_of,
    profile_names,
    settle,
)
from planner.demand.profiles import profile as profile_module

SOON = Promise(0.8, 60)
PHONE = [Queue(f"phone {language}", "phone", language, 300, SOON) for language in ("en", "it")]
CHAT = [Queue("chat", "chat", "en", 300, SOON), Queue("email", "email", "en", 300, SOON)]


@pytest.mark.parametrize("name", list(known_profiles()))
def test_a_profile_makes_sense(name):
    profile = known_profiles()[name]
    words = catalogue("en")
    assert profile.what
    assert profile.columns["stamp"]
    assert set(profile.columns) <= set(COLUMNS)
    assert set(profile.needed) <= set(profile.columns)
    assert len(profile.marks) >= 2
    assert [note.code for note in profile.notes if note.code not in words] == []
    assert set(profile.channels.values()) <= set(CHANNELS.values())
    assert {profile.aht_unit, profile.reply_unit} <= {"", *UNITS}
    assert "*" not in {title.strip() for mark in profile.marks for title in mark}


@pytest.mark.parametrize("name", list(known_profiles()))
def test_a_profile_recognises_its_own_columns(name):
    profile = known_profiles()[name]
    header = [titles[0].replace("*", "x") for titles in profile.columns.values()]
    header += [mark[0].replace("*", "x") for mark in profile.marks]
    found = certain(detect(tuple(dict.fromkeys(header)), profile.lines))
    assert found is not None
    assert found.profile == name


def test_every_file_of_a_vendor_is_found():
    folder = files("planner.demand.profiles")
    written = {entry.name for entry in folder.iterdir() if entry.name.endswith(".yaml")}
    assert {"zendesk.yaml", "jira.yaml", "_titles.yaml"} <= written
    assert profile_names()[0] == "auto"
    assert profile_names()[-1] == "mapping"


def test_a_new_vendor_is_one_new_file(monkeypatch, tmp_path):
    for entry in files("planner.demand.profiles").iterdir():
        if entry.name.endswith(".yaml"):
            (tmp_path / entry.name).write_text(entry.read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "acme.yaml").write_text(
        "vendor: Acme\nprofiles:\n  acme-desk:\n    what: cases as CSV\n"
        '    columns: {stamp: "@created | Opened by clock", id: Acme case}\n'
        "    marks: [Acme case, Acme team, Opened by clock]\n    enough: 2\n    beware: [naive]\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(profile_module, "files", lambda _package: tmp_path)
    for cached in (profile_module.known_profiles, profile_module.shared_titles, profile_module.tag_titles):
        cached.cache_clear()
    try:
        assert "acme-desk" in profile_names()
        found = certain(detect(["Acme case", "Opened by clock", "Acme team"]))
        assert found is not None
        assert (found.profile, found.zone_needed) == ("acme-desk", True)
        source = HistorySource(Path("a.csv"), "acme-desk")
        assert layout_of(source).columns["id"] == ("acme case",)
    finally:
        monkeypatch.undo()
        for cached in (
            profile_module.known_profiles,
            profile_module.shared_titles,
            profile_module.tag_titles,
        ):
            cached.cache_clear()


def test_words_mean_what_they_should():
    assert {CHANNELS[word] for word in ("feedback widget", "outbound email", "portal")} == {"email"}
    assert (CHANNELS["whatsapp"], CHANNELS["any channel"]) == ("social", "social")
    assert {LANGUAGES[word] for word in ("olandese", "nederlands", "niederlandisch")} == {"nl"}
    assert {DIRECTIONS[word] for word in ("in entrata", "entrante", "eingehend", "inbound")} == {"inbound"}
    assert {DIRECTIONS[word] for word in ("in uscita", "saliente", "outgoing", "uitgaand")} == {"outbound"}


def month(row, days=28):
    """Rows of so many days, with the day of the month put in."""
    return [row.format(day=f"{day:02d}", number=day) for day in range(1, days + 1)]


def test_aircall_counts_calls_that_came_in(write):
    header = "call id,datetime (utc),datetime (tz offset incl.),direction,duration (in call),tags"
    header += ",missed_call_reason"
    rows = month("{number},2026-02-{day} 10:15:00,02-{day}-2026 11:15:00,inbound,240,en,")
    rows += month("a{number},2026-02-{day} 11:15:00,02-{day}-2026 12:15:00,inbound,0,en,short_abandoned")
    rows += month("b{number},2026-02-{day} 12:15:00,02-{day}-2026 13:15:00,outbound,60,en,")
    file = write([header, *rows])
    history = read_history([HistorySource(file, zone="Europe/Rome")], PHONE)
    assert history.report.profile == "aircall"
    assert history.report.zone == "UTC"
    assert history.report.left_out == {"outbound": 28}
    assert history.report.queues == {"phone en": 56, "phone it": 0}
    assert str(history.frame["interval_start"].iloc[0]) == "2026-02-01 10:00:00+00:00"
    assert any(
        "names the zone UTC; it was used, not Europe/Rome" in str(note) for note in history.report.notices
    )
    made = read_history([HistorySource(file, outbound=True)], PHONE[:1])
    assert made.report.queues == {"phone en": 28}
    assert made.report.left_out == {"inbound": 56}


def test_intercom_takes_its_zone_from_the_title(write):
    header = (
        "Conversation ID,Conversation started at (Europe/Rome),Started by,Channel,Current conversation state"
    )
    rows = month("{number},2026-02-{day} 10:15,User,Chat,closed") + month(
        "9{number},2026-02-{day} 10:15,Bot,Chat,closed"
    )
    report = read_history([HistorySource(write([header, *rows]))], CHAT).report
    assert (report.profile, report.zone) == ("intercom", "Europe/Rome")
    assert report.first_at.isoformat() == "2026-02-01T09:15:00+00:00"
    assert report.left_out == {"outbound": 28}


def test_freshdesk_numbers_of_sources(write):
    header = "Ticket ID,Status,Source,Created time,First response time (in hrs),Agent interactions"
    header += ",Association type"
    rows = month("{number},Open,1,2026-02-{day} 10:15:00,00:20:00,1,") + month(
        "7{number},Open,7,2026-02-{day} 11:15:00,,0,"
    )
    rows += month("8{number},Open,10,2026-02-{day} 12:15:00,,0,")
    report = read_history([HistorySource(write([header, *rows]), zone="Europe/Rome")], CHAT).report
    assert report.queues == {"chat": 28, "email": 28}
    assert report.left_out == {"outbound": 28}


def test_front_counts_new_conversations(write):
    header = "Message ID,Segment ID,Conversation ID,Direction,Message date,New Conversation,Type"
    rows = month("m{number},s,c{number},Inbound,2026-02-{day} 10:15:00,Yes,email")
    rows += month("n{number},s,c{number},Outbound,2026-02-{day} 10:25:00,No,email")
    rows += month("o{number},s,c{number},Inbound,2026-02-{day} 11:15:00,No,email")
    report = read_history([HistorySource(write([header, *rows]), zone="Europe/Rome")], CHAT).report
    assert report.queues["email"] == 28
    assert sum(report.left_out.values()) == 56


def test_jira_in_spanish_with_labels_in_many_columns(write):
    header = ["Clave de incidencia", "ID de la incidencia", "Tipo de Incidencia", "Creada", "Resuelta"]
    header += ["Etiquetas"] * 3 + ["Comentarios"] * 40
    rows = month("INC-{number},{number},Consulta,{day}/feb/26 3:45 PM,," + "login,,sso," + "," * 39)
    history = read_history([HistorySource(write([",".join(header), *rows]), zone="Europe/Madrid")], CHAT[1:])
    assert history.report.profile == "jira"
    assert history.report.first_at.isoformat() == "2026-02-01T14:45:00+00:00"
    layout = settle(HistorySource(Path("j.csv"), zone="Europe/Madrid"), header).layout
    assert label_places_of(header, layout) == (5, 6, 7)
    assert places_of(header, layout, "j.csv")["id"] == 1


def test_hubspot_of_the_api_has_epochs(write):
    header = "hs_object_id,createdate,hs_pipeline,hs_pipeline_stage,source_type"
    rows = [f"{number},{1769940900000 + 86_400_000 * number},0,1,EMAIL" for number in range(28)]
    report = read_history([HistorySource(write([header, *rows]))], CHAT).report
    assert (report.profile, report.queues["email"]) == ("hubspot-api", 28)


def test_salesforce_in_italian_asks_for_its_zone(write):
    header = "Numero caso,Data/Ora apertura,Origine caso,Titolare caso"
    rows = month("{number},{day}/02/2026 10.15,Telefono,x")
    with pytest.raises(HistoryError, match="say no zone; choose the zone of the export"):
        read_history([HistorySource(write([header, *rows]))], PHONE[:1])
    report = read_history([HistorySource(write([header, *rows]), zone="Europe/Rome")], PHONE[:1]).report
    assert (report.profile, report.queues) == ("salesforce", {"phone en": 28})


@pytest.mark.parametrize(
    ("mapping", "answer"),
    [
        ({"aht_unit": "parsecs"}, "aht_unit must be one of seconds, minutes, hours, h:mm:ss"),
        ({"labels": {"a": "b"}}, "labels must be a text or a list of texts"),
        ({"id": ["a"]}, "id must be a text"),
        ({"decimal_comma": "perhaps"}, "decimal_comma must be yes or no"),
        ({"chanel": "x"}, "did you mean channel?"),
    ],
)
def test_mistakes_of_a_mapping(mapping, answer):
    with pytest.raises(HistoryError, match=answer):
        layout_of(HistorySource(Path("a.csv"), "mapping", mapping={"stamp": "created", **mapping}))


def test_filters_of_the_user_and_of_the_profile():
    source = HistorySource(Path("a.csv"), "zendesk", mapping={"keep": {"Brand": ["A", "B"]}})
    layout = layout_of(source)
    header = ("created at", "status", "tags", "brand")
    found = [(at, one.because, one.keep) for at, one in filters_of(header, layout, "a.csv")]
    assert found[0] == (3, "filtered", True)
    assert {(1, "deleted", False), (1, "spam", False), (2, "merged", False)} <= set(found)
    with pytest.raises(HistoryError, match="is called brand"):
        filters_of(header[:3], layout, "a.csv")
