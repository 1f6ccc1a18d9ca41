"""Saved mappings: read with places, written without data, used by scenarios for calls in and out."""

from __future__ import annotations

import importlib.util
from datetime import datetime, timedelta
from pathlib import Path

import openpyxl
import pytest

from planner._errors import InputError, ScenarioError
from planner.demand import HistorySource, SavedMapping, read_history, read_mapping, save_mapping
from planner.study import Scenario


@pytest.fixture(scope="module")
def phones():
    spec = importlib.util.spec_from_file_location("phone_system", Path(__file__).with_name("phone_system.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def folder(tmp_path, phones):
    (tmp_path / "calls.csv").write_text(phones.as_csv(phones.calls()), encoding="utf-8")
    (tmp_path / "phone-system.yaml").write_text(phones.MAPPING, encoding="utf-8")
    return tmp_path


DESK = """\
name: Phones
zone: Europe/Rome
period: {first_day: 2026-03-02, weeks: 1}
queues:
  - {name: phone en, channel: phone, language: en}
  - {name: phone it, channel: phone, language: it}
people: [{count: 6, languages: [en, it]}]
history: {file: calls.csv, mapping: phone-system.yaml}
planned_work:
  - {name: call-backs, what: call-backs, who: all, outbound: {file: calls.csv, mapping: phone-system.yaml}}
"""


def test_what_is_saved_is_read(tmp_path):
    mapping = {
        "stamp": "Opened: at",
        "queues": {"A, B": "email en", "no": "yes"},
        "labels": ["Topic", "Tags"],
        "keep": {"Status": ["open", "closed"]},
        "day_first": True,
        "aht_unit": "h:mm:ss",
    }
    file = tmp_path / "ours.yaml"
    save_mapping(SavedMapping("Our desk", mapping, "mapping", "Europe/Rome"), file)
    read = read_mapping(file)
    assert (read.name, read.profile, read.zone) == ("Our desk", "mapping", "Europe/Rome")
    assert dict(read.mapping) == {**mapping, "day_first": "yes"}
    assert file.read_text(encoding="utf-8").splitlines()[0] == "name: Our desk"


def test_nothing_is_written_of_a_mapping_with_mistakes(tmp_path):
    file = tmp_path / "bad.yaml"
    with pytest.raises(InputError, match=r"bad\.yaml:3:1: rows: unknown"):
        save_mapping(SavedMapping("x", {"rows": "Anna"}, "jira"), file)
    assert not file.exists()


def test_all_mistakes_at_once_with_their_places():
    text = """\
name: [a]
profile: zendeks
zone: Europe/Romee
chanel: Via
queues: Support
channels: {Hotline: fone, Web: {a: b}}
aht_unit: parsec
labels: [Tags, {a: b}]
id: [a]
keep: {Status: {a: b}}
language: ""
"""
    with pytest.raises(InputError) as caught:
        read_mapping(text, "m.yaml")
    assert [str(message) for message in caught.value.messages] == [
        "m.yaml:1:7: name: one value is expected here, not a list or mapping",
        "m.yaml:4:1: chanel: unknown; did you mean channel?",
        "m.yaml:5:9: queues: a mapping is expected; write it like {value: what it stands for}",
        "m.yaml:6:21: channels.Hotline: Hotline must stand for email, chat, phone or social",
        "m.yaml:6:32: channels.Web: one value is expected here, not a list or mapping",
        'm.yaml:7:11: aht_unit: "parsec" is not known here; write one of seconds, minutes, hours, h:mm:ss',
        "m.yaml:8:16: labels[1]: one value is expected here, not a list or mapping",
        "m.yaml:9:5: id: one value is expected here, not a list or mapping",
        "m.yaml:10:16: keep.Status: one value is expected here, not a list or mapping",
        "m.yaml:11:11: language: a column title or word of at most 200 characters is expected",
        'm.yaml:2:10: profile: "zendeks" is not known here; did you mean zendesk?',
        'm.yaml:3:7: zone: "Europe/Romee" is not a time zone by IANA name; write a city, such as Europe/Rome',
    ]


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("id: a", "the column of the creation stamp is not named"),
        ("- a", "a mapping is expected: lines such as stamp:"),
        ("stamp: a\nstamp: b", "stands twice"),
        ("stamp: &x a", "anchor"),
        ("", "a mapping is expected|the column of the creation stamp is not named"),
    ],
)
def test_what_is_no_mapping(text, answer):
    with pytest.raises(InputError, match=answer):
        read_mapping(text, "m.yaml")


def test_calls_in_are_the_history(folder, phones):
    saved = read_mapping(folder / "phone-system.yaml")
    scenario = Scenario.from_text(DESK, folder=folder)
    source = HistorySource(folder / "calls.csv", saved.profile, saved.zone, saved.mapping)
    assert scenario.history_sources == (source,)
    history = read_history([source], scenario.queues)
    came = [row for row in phones.calls() if row[2] == "Inbound"]
    hung_up = [row for row in came if row[4] == "0:00:00"]
    assert history.report.rows_kept == len(came)
    assert hung_up
    assert history.report.queues == {
        "phone en": sum(row[1] == "Support EN" for row in came),
        "phone it": sum(row[1] == "Supporto IT" for row in came),
    }
    assert history.report.left_out == {"outbound": len(phones.calls()) - len(came)}
    assert 400 < history.frame["handle_seconds"].mean() < 560
    assert not [note for note in history.report.notices if note.code == "demand.odd_handle_times"]


def test_a_workbook_of_the_same_calls_is_the_same_history(folder, phones):
    book = openpyxl.Workbook()
    book.active.append(phones.HEADER)
    for call, line, direction, start, talk, caller in phones.calls():
        hours, minutes, seconds = map(int, talk.split(":"))
        length = timedelta(hours=hours, minutes=minutes, seconds=seconds)
        written = datetime.strptime(start, "%d/%m/%Y %H:%M:%S")  # noqa: DTZ007  # a cell has no zone
        book.active.append((call, line, direction, written, length, caller))
    book.save(folder / "calls.xlsx")
    saved = read_mapping(folder / "phone-system.yaml")
    queues = Scenario.from_text(DESK, folder=folder).queues
    text, sheet = (
        read_history([HistorySource(folder / name, saved.profile, saved.zone, saved.mapping)], queues)
        for name in ("calls.csv", "calls.xlsx")
    )
    assert sheet.frame.equals(text.frame)
    assert sheet.report.left_out == text.report.left_out


def test_calls_out_are_the_call_backs(folder, phones):
    scenario = Scenario.from_text(DESK, folder=folder)
    made = [row for row in phones.calls() if row[2] == "Outbound"]
    assert scenario.outbound_sources["call-backs"].outbound
    report = scenario.outbound_histories["call-backs"].report
    assert report.queues == {"call-backs": len(made)}
    week = scenario.outbound_weeks["call-backs"]
    assert week[:, :13].sum() == 0
    assert week.sum() > 0


def test_a_scenario_may_say_more_than_its_mapping_file(folder):
    text = DESK.replace(
        "history: {file: calls.csv, mapping: phone-system.yaml}",
        "history: {file: calls.csv, zone: Europe/Madrid, mapping: {file: phone-system.yaml, aht: Ring time}}",
    )
    scenario = Scenario.from_text(text, folder=folder)
    [source] = scenario.history_sources
    assert (source.zone, source.mapping["aht"], source.mapping["stamp"]) == (
        "Europe/Madrid",
        "Ring time",
        "Start",
    )
    assert Scenario.from_text(scenario.dump(), folder=folder) == scenario


@pytest.mark.parametrize(
    ("line", "answers"),
    [
        ("{file: calls.csv, mapping: none-there.yaml}", ['there is no file "none-there.yaml"']),
        ("{file: calls.csv, mapping: ../m.yaml}", ["leads out of the folder"]),
        ("{file: calls.csv, mapping: bad.yaml}", ["bad.yaml:1:1: stmp: unknown; did you mean stamp?"]),
        ("{file: calls.csv, profile: zendeks}", ['"zendeks" is not known here; did you mean zendesk?']),
        ("{file: calls.csv, profile: freshdesk}", ["write the zone of the export"]),
        ("{file: calls.csv, mapping: {file: phone-system.yaml, chanel: x}}", ["did you mean channel?"]),
    ],
)
def test_mistakes_around_a_mapping_file(folder, line, answers):
    (folder / "bad.yaml").write_text("stmp: Start\n", encoding="utf-8")
    text = DESK.replace("history: {file: calls.csv, mapping: phone-system.yaml}", f"history: {line}")
    with pytest.raises(ScenarioError) as caught:
        Scenario.from_text(text, folder=folder)
    said = "\n".join(str(message) for message in caught.value.messages)
    assert [answer for answer in answers if answer not in said] == []


def test_the_readme_shows_this_very_mapping(phones):
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    shown = readme.split("# phone-system.yaml\n", 1)[1].split("```", 1)[0]
    assert read_mapping(shown) == read_mapping(phones.MAPPING)
