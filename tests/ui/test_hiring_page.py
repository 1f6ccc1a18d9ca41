"""Hiring ahead: what is assumed, asked with the stages that follow, answered as the files say."""

from __future__ import annotations

import json
import shutil

import pytest

from planner.study import tables, workspace
from planner.tasks import JobState, Store
from planner.tasks.run import run_job

DESK = """
name: Growing desk
zone: Europe/Lisbon
period: {first_day: 2026-04-20, weeks: 1}
volume: {email en: 40 a weekday}
growth: {customers: 1000 -> 6000, since: 2026-04-01, by: 2027-04-01}
people: {count: 2, weekly_hours: 40, cost: 12}
sites: {name: Lisbon, zone: Europe/Lisbon, public_holidays: Lisbon}
opening_hours:
  - {queues: all, days: mon-fri, open: 09:00, close: 18:00}
hiring: {lead_time: 6 weeks, months: 12}
solve: {effort: quick, rounds: 1, replications: 20}
"""


def said(app, part):
    kinds = ("markdown", "caption", "info", "warning", "error", "success")
    return any(part in found.value for kind in kinds for found in getattr(app, kind))


def address(app, key):
    value = app.query_params[key]
    return value[0] if isinstance(value, list) else value


@pytest.fixture(scope="module")
def answered_once(tmp_path_factory):
    """A growing desk whose hiring is planned."""
    root = tmp_path_factory.mktemp("hiring")
    work = workspace.open_text(root, DESK)
    ordered = workspace.order(workspace.folder_of(root, work), ("scenario.yaml",))
    what = {"work": work, "scenario": ordered["scenarios"][0], "zone": "Europe/Lisbon", "effort": "quick"}
    store = Store(root)
    store.submit("hiring_plan", {**ordered, **what, "months": 6}, key="h", owner="me")
    job = store.claim("w")
    run_job(store, "w", job)
    assert store.finish(job.id, "w")
    assert store.get(job.id).state is JobState.DONE
    return root, {"work": work, "hiring": job.id}


@pytest.fixture
def answered(answered_once, tmp_path, monkeypatch):
    root, ids = answered_once
    shutil.copytree(root, tmp_path, dirs_exist_ok=True)
    monkeypatch.setenv("PLANNER_STORE", str(tmp_path))
    return ids, Store(tmp_path.resolve()).job_folder(ids["hiring"])


def test_an_empty_page_says_what_is_assumed_and_asks_with_the_later_stages(show, desk):
    app = show("hiring", work=desk.work)
    assert said(app, "says nothing of how people come and go")
    assert "assumed, a usual value" in str(app.main.get("table")[0].proto)
    assert said(app, "No hiring has been planned yet")
    app.number_input(key="hiring-months").set_value(8)
    next(found for found in app.button if found.label == "Plan the hiring").click().run()
    job = Store(desk.root).get(address(app, "hiring"))
    assert (job.kind, job.payload["months"]) == ("hiring_plan", 8)
    assert job.payload["files"] == ["scenario.yaml", "saturdays.yaml"]


def test_the_answer_is_what_the_files_say(show, answered):
    ids, result = answered
    app = show("hiring", **ids)
    assert not said(app, "says nothing of how people come and go")
    assert app.number_input(key="hiring-months").value == 6
    record = json.loads((result / "hiring_plan.json").read_text())
    for sentence in record["notices"]:
        assert said(app, sentence.strip()[:30])
    joiners = tables.read_csv(result / "joiners.csv")
    assert len(joiners) > 0
    shown = "".join(str(table.proto) for table in app.main.get("table"))
    for day in joiners["decide_by"]:
        assert str(day) in shown
    assert "stated in the stage" in shown
