"""Importing a file on its own: what is printed, what is written, which queues are made."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import pytest

from planner.__main__ import main
from planner.demand import HistorySource, Promise, Queue, SavedMapping, read_history, read_mapping
from planner.study import import_file, import_lines

HEADER = "Id,Requester,Subject,Tags,Status,Via,Created at,Assigned at,Reopens"


@pytest.fixture
def tickets(tmp_path):
    rows = [
        f"{day}{hour:02d},Anna Rossi,Help,{'lang_it' if hour % 2 else 'lang_en'},"
        f"{'Deleted' if hour == 9 else 'Open'},{'Web' if hour < 15 else 'Chat'},"
        f"2026-02-{day:02d} {hour:02d}:15,,0"
        for day in range(1, 29)
        for hour in range(8, 20)
    ]
    file = tmp_path / "tickets.csv"
    file.write_text("\n".join([HEADER, *rows]), encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def phones():
    home = Path(__file__).parents[1] / "demand" / "phone_system.py"
    spec = importlib.util.spec_from_file_location("phone_system", home)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_without_a_scenario_queues_are_what_is_met(tickets):
    found = import_file(tickets, SavedMapping("x", zone="Europe/Rome"))
    assert found.mistakes == ()
    assert found.queues == ("email en", "email it", "chat en", "chat it")
    assert found.history.report.left_out == {"deleted": 28}
    said = "\n".join(import_lines(found))
    for words in (
        "may be zendesk (score ",
        "stamp: column Created at (2026-02-01 08:15, ",
        "rows read 336, kept 308; left out: deleted 28",
        "there is a queue for each channel and language met: email en, email it, chat en, chat it",
        "from 2026-02-01 07:15+00:00 to 2026-02-28 18:15+00:00 (UTC); stamps in Europe/Rome",
        "email en: 112 contacts",
    ):
        assert words in said
    assert "Anna" not in said
    assert "Help" not in said


def test_a_zone_is_asked_for(tickets):
    found = import_file(tickets)
    assert found.history is None
    assert "choose the zone of the export" in "\n".join(import_lines(found))


def test_what_is_written_reads_back_to_the_same(tickets, tmp_path, capsys):
    out = tmp_path / "out"
    assert main(["import", str(tickets), "--zone", "Europe/Rome", "--out", str(out)]) == 0
    assert "written: " in capsys.readouterr().err
    assert sorted(path.name for path in out.iterdir()) == ["counts.csv", "mapping.yaml", "report.json"]
    report = json.loads((out / "report.json").read_text(encoding="utf-8"))
    assert (report["profile"], report["rows_kept"], report["left_out"]) == ("zendesk", 308, {"deleted": 28})
    assert len(report["sha256"]) == 64
    queues = [
        Queue(f"{channel} {language}", channel, language, 600, Promise(0.9, 3600))
        for channel in ("email", "chat")
        for language in ("en", "it")
    ]
    saved = read_mapping(out / "mapping.yaml")
    assert saved.profile == "zendesk"
    again = read_history([HistorySource(tickets, saved.profile, saved.zone, saved.mapping)], queues)
    counted = read_history([HistorySource(out / "counts.csv", zone="Europe/Rome")], queues)
    assert counted.report.profile == "counts"
    assert counted.frame.equals(again.frame)
    text = "".join(path.read_text(encoding="utf-8") for path in out.iterdir())
    assert "Anna" not in text


def test_a_column_of_queues_names_them(phones, tmp_path, capsys):
    calls, mapping = tmp_path / "calls.csv", tmp_path / "phone-system.yaml"
    calls.write_text(phones.as_csv(phones.calls()), encoding="utf-8")
    mapping.write_text(phones.MAPPING, encoding="utf-8")
    assert main(["import", str(calls), "--mapping", str(mapping)]) == 0
    said = capsys.readouterr().out
    assert "queues are those that the file names: phone en, phone it" in said
    assert "left out: outbound " in said
    assert "+39" not in said


def test_a_scenario_gives_its_queues(tickets, tmp_path, capsys):
    (tmp_path / "scenario.yaml").write_text(
        "zone: Europe/Rome\nqueues: [{name: mail en, channel: email, language: en}]\n", encoding="utf-8"
    )
    arguments = ["import", str(tickets), "--zone", "Europe/Rome", "--for", str(tmp_path / "scenario.yaml")]
    assert main(arguments) == 0
    said = capsys.readouterr().out
    assert "mail en: 112 contacts" in said
    assert "rows (58.3 %) belong to no queue" in said


@pytest.mark.parametrize(
    ("arguments", "answer"),
    [
        (["no-such.csv"], "there is no such file"),
        (["{file}", "--zone", "Europe/Romee"], "is not a time zone"),
        (["{file}", "--profile", "zendeks"], "zendeks is not a known source"),
        (["{file}", "--mapping", "no-such.yaml"], "no-such.yaml"),
    ],
)
def test_mistakes_end_with_2_and_write_nothing(tickets, tmp_path, capsys, arguments, answer):
    out = tmp_path / "out"
    given = [argument.format(file=tickets) for argument in arguments]
    assert main(["import", *given, "--out", str(out)]) == 2
    said = capsys.readouterr()
    assert answer in said.out + said.err
    assert not out.exists()
