"""Files on their way in: kept safely, removed in time, never left behind once their history is used."""

from __future__ import annotations

import json
import os
import time
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from planner._errors import InputError
from planner.study import Scenario, incoming, steps, taking, workspace

HEADER = "Ref,Opened,Closed,First answer,Topic,Group"
MAPPING = {
    "stamp": "Opened", "solved": "Closed", "first_reply": "First answer", "first_reply_unit": "minutes",
    "id": "Ref", "labels": "Topic", "queue": "Group",
}  # fmt: skip
STAGE = "people: 6\nzone: Europe/Lisbon\nvolume: {email en: 30}\n"


def tickets(days: int = 84, bad: int = 0) -> bytes:
    random = np.random.default_rng(7)
    rows = []
    for number in range(days):
        day = date(2026, 1, 5) + timedelta(days=number)
        count = 120 if number == 40 else random.poisson(6 if day.weekday() > 4 else 24)
        for each in range(count):
            at = f"{day} {8 + each % 12:02d}:{random.integers(60):02d}"
            topic, group = ("invoice", "password reset")[each % 2], ("email en", "email it")[each % 3 == 0]
            rows.append(f"secret-{number}-{each},{at},{day} 21:00,{each % 90},{topic},{group}")
    rows += ["secret-x,not a time,,,,"] * bad
    return "\n".join([HEADER, *rows]).encode()


@pytest.fixture
def folder(tmp_path):
    return workspace.folder_of(tmp_path, workspace.open_text(tmp_path, STAGE))


def received(root, **said):
    token = incoming.receive(root, "desk.csv", tickets())
    return token, incoming.choose(root, token, mapping=MAPPING, zone="Europe/Lisbon", **said)


def test_a_name_never_leaves_its_folder(tmp_path):
    for name in ("../../x.csv", "C:\\a\\b.csv", "..", "", "a/..", "choices.json", "x" * 500 + ".csv.gz"):
        token = incoming.receive(tmp_path, name, b"a")
        file = incoming.file_of(tmp_path, token)
        assert file.parent == tmp_path / "incoming" / token / "file"
        assert len(file.name) <= 80
    assert file.name.endswith(".csv.gz")


@pytest.mark.parametrize("token", ["", "..", "../work", "0" * 31, "0" * 32, "A" * 32])
def test_a_token_of_nothing_is_a_sentence(tmp_path, token):
    with pytest.raises(InputError, match="no longer here"):
        incoming.file_of(tmp_path, token)
    incoming.discard(tmp_path, token)


def test_a_larger_file_is_refused_with_the_remedy(tmp_path):
    with pytest.raises(InputError, match=r"The file has 50 MB; up to 50 MB are taken\. Pack it"):
        incoming.receive(tmp_path, "big.csv", bytes(incoming.MAX_BYTES + 1))
    assert not list((tmp_path / "incoming").glob("*"))


def test_files_of_yesterday_are_removed_at_the_next_one(tmp_path):
    old, young = (incoming.receive(tmp_path, "a.csv", b"a") for _ in range(2))
    yesterday = time.time() - incoming.KEPT_SECONDS - 60
    os.utime(tmp_path / "incoming" / old, (yesterday, yesterday))
    new = incoming.receive(tmp_path, "a.csv", b"a")
    assert {path.name for path in (tmp_path / "incoming").iterdir()} == {young, new}
    incoming.discard(tmp_path, new)
    with pytest.raises(InputError):
        incoming.file_of(tmp_path, new)


def test_choices_are_kept_and_a_new_one_reads_again(tmp_path):
    token = incoming.receive(tmp_path, "a.csv", b"a")
    incoming.choose(tmp_path, token, zone="Europe/Rome")
    incoming.choose_mapping(tmp_path, token, "channels", "phone", "Hotline <b>")
    incoming.choose(tmp_path, token, read=True)
    assert incoming.choose(tmp_path, token, name="Mine", taken=("since: 2026-01-01",)).read
    kept = incoming.choices_of(tmp_path, token)
    assert (kept.zone, kept.mapping, kept.taken) == (
        "Europe/Rome", {"channels": {"Hotline <b>": "phone"}}, ("since: 2026-01-01",),
    )  # fmt: skip
    assert not incoming.choose_mapping(tmp_path, token, "channels", "", "Hotline <b>").read
    assert incoming.choices_of(tmp_path, token).mapping == {}
    (tmp_path / "incoming" / token / "choices.json").write_text("[1]", encoding="utf-8")
    assert incoming.choices_of(tmp_path, token) == incoming.Choices()


def test_a_history_becomes_a_stage_without_any_ticket(tmp_path, folder):
    token, choices = received(tmp_path, queues="file")
    found = taking.read_in(
        incoming.file_of(tmp_path, token), choices, workspace.load(folder, "scenario.yaml")
    )
    assert [line["name"] for line in found.changes["queues"]] == ["email en", "email it"]
    lines = [one.line for one in found.imported.history.suggestions if one.kind == "event"]
    assert len(lines) == 1
    made = taking.accept(folder, "scenario.yaml", "Our tickets", found, lines)
    incoming.discard(tmp_path, token)
    said = workspace.load(folder, made)
    assert (said.name, said.said.events[0].days) == ("Our tickets", ((date(2026, 2, 14), date(2026, 2, 14)),))
    history = steps.read_history(said)
    pd.testing.assert_frame_equal(history.frame, found.imported.history.frame)
    assert history.panels.weeks is not None
    assert set(history.panels.replies["arrived"]) == {"open", "closed", "all"}
    assert len(steps.forecast(history, said).queues) == 2
    report = taking.imported_report(said)
    assert report["rows_kept"] == int(history.frame["arrivals"].sum())
    everything = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert all(b"secret" not in path.read_bytes() for path in everything)


def test_the_stage_holds_only_what_changed(tmp_path, folder):
    token, choices = received(tmp_path)
    scenario = workspace.load(folder, "scenario.yaml").replace(
        queues=[{"name": "email en"}, {"name": "email it"}]
    )
    found = taking.read_in(incoming.file_of(tmp_path, token), choices, scenario)
    # The stage named no period: the weeks after the history, which ends in the week of 23 March, are planned.
    assert found.changes == {"period": {"first_day": "2026-03-30"}}
    assert [line.code for line in found.imported.assumed][-1:] == ["incoming.period_taken"]
    stated = scenario.replace(period={"first_day": "2026-01-05"})
    assert taking.read_in(incoming.file_of(tmp_path, token), choices, stated).changes == {}
    changed = scenario.plain["queues"]
    base = workspace.save_stage(folder, "scenario.yaml", "Two queues", {"queues": changed})
    made = taking.accept(folder, base, "Ours", found)
    text = (folder / made).read_text(encoding="utf-8")
    assert text.splitlines()[:2] == [f"starts_from: {base}", "name: Ours"]
    assert "queues:" not in text
    assert "panels: history-1.panels.json" in text


def test_suggestions_of_a_stage_are_accepted_later(tmp_path, folder):
    token, choices = received(tmp_path, queues="file")
    found = taking.read_in(
        incoming.file_of(tmp_path, token), choices, workspace.load(folder, "scenario.yaml")
    )
    first = taking.accept(folder, "scenario.yaml", "Ours", found)
    before = steps.read_history(workspace.load(folder, first))
    lines = [one.line for one in before.suggestions if one.line] + ["exclude: [2026-01-20]"]
    second = taking.accept_suggestions(folder, first, "Ours, mended", lines)
    after = workspace.load(folder, second)
    assert after.said.history[0].exclude == ((date(2026, 1, 20), date(2026, 1, 20)),)
    assert after.said.history[0].panels == "history-1.panels.json"
    assert len(after.said.events) == 1


def test_a_mistake_leaves_the_folder_as_it_was(tmp_path, folder):
    token, choices = received(tmp_path, queues="file")
    found = taking.read_in(
        incoming.file_of(tmp_path, token), choices, workspace.load(folder, "scenario.yaml")
    )
    before = sorted(path.name for path in folder.iterdir())
    with pytest.raises(InputError, match="whole days"):
        taking.accept(folder, "scenario.yaml", "Ours", found, ["since: 2026-03-25"])
    assert sorted(path.name for path in folder.iterdir()) == before


def test_queues_that_clash_with_the_stage_are_a_sentence(tmp_path):
    hours = "opening_hours: [{queues: chat fr, open: 09:00, close: 17:00}]"
    text = f"people: 6\nqueues: [{{name: chat fr}}]\n{hours}\n"
    token, choices = received(tmp_path, queues="file")
    found = taking.read_in(incoming.file_of(tmp_path, token), choices, Scenario.from_text(text))
    assert found.imported.mistakes[0].code == "incoming.queues_clash"


def test_a_few_bad_rows_are_asked_about(tmp_path):
    token = incoming.receive(tmp_path, "desk.csv", tickets(bad=40))
    said = incoming.choose(tmp_path, token, mapping=MAPPING, zone="Europe/Lisbon", queues="file")
    scenario = Scenario.from_text(STAGE)
    found = taking.read_in(incoming.file_of(tmp_path, token), said, scenario)
    assert found.can_wait
    said = incoming.choose(tmp_path, token, accept=True)
    found = taking.read_in(incoming.file_of(tmp_path, token), said, scenario)
    assert found.imported.history.report.left_out == {"bad_stamp": 40}


def test_a_mapping_is_offered_for_the_same_titles(tmp_path, folder):
    token, choices = received(tmp_path, queues="file")
    found = taking.read_in(
        incoming.file_of(tmp_path, token), choices, workspace.load(folder, "scenario.yaml")
    )
    taking.accept(folder, "scenario.yaml", "Ours", found)
    again = incoming.receive(tmp_path, "other.csv", tickets())
    seen = incoming.look_at(tmp_path, again)
    kept = incoming.kept_mapping(folder, seen.header)
    assert incoming.take_mapping(tmp_path, again, kept).zone == "Europe/Lisbon"
    assert not incoming.look_at(tmp_path, again).zone_needed
    assert incoming.kept_mapping(folder, ("other",)) is None
    assert [stage.file for stage in workspace.stages(folder)] == ["scenario.yaml", "ours.yaml"]
    assert "secret" not in json.dumps(kept.mapping)


def test_a_stage_without_a_zone_takes_that_of_the_file(tmp_path):
    folder = workspace.folder_of(tmp_path, workspace.open_text(tmp_path, "people: 6\n"))
    token, choices = received(tmp_path, queues="file")
    scenario = workspace.load(folder, "scenario.yaml")
    found = taking.read_in(incoming.file_of(tmp_path, token), choices, scenario)
    assert found.changes["zone"] == "Europe/Lisbon"
    said = [str(message) for message in found.imported.assumed]
    assert said[0].startswith("The stage on screen names no zone")
    assert said[1] == "Queues are those that the file names: email en, email it"
    made = taking.accept(folder, "scenario.yaml", "Ours", found)
    assert workspace.load(folder, made).zone == "Europe/Lisbon"
