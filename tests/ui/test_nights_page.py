"""Ways to cover nights side by side: asked, answered as the files say, made a stage; a partner's terms."""

from __future__ import annotations

import json
import shutil

import pytest

from planner._errors import PlannerError
from planner.study import asked_view, tables, workspace
from planner.tasks import JobState, Store
from planner.tasks.run import run_job

DESK = """
name: Around the clock
zone: Europe/Lisbon
period: {first_day: 2026-04-20, weeks: 1}
volume: {email en: 30 a weekday}
people: {count: 8, weekly_hours: 40, cost: 12}
sites: {name: Lisbon, zone: Europe/Lisbon, public_holidays: Lisbon}
opening_hours:
  - {queues: all, days: mon-sun, open: 00:00, close: 24:00}
shifts:
  - {name: day, start: 07:00-10:00 every 30 min, paid_hours: 8}
  - {name: late, start: 15:00, paid_hours: 8}
  - {name: night, start: 23:00, paid_hours: 8}
outsource: {price: 14 per hour, from: 23:00, to: 07:00}
solve: {effort: quick, rounds: 1, replications: 20}
"""


def said(app, part):
    kinds = ("markdown", "caption", "info", "warning", "error", "success")
    return any(part in found.value for kind in kinds for found in getattr(app, kind))


def buttons(app, label):
    return [found for found in app.button if found.label == label]


def address(app, key):
    value = app.query_params[key]
    return value[0] if isinstance(value, list) else value


@pytest.fixture(scope="module")
def answered_once(tmp_path_factory):
    """A desk open around the clock whose ways to cover nights are compared."""
    root = tmp_path_factory.mktemp("nights")
    work = workspace.open_text(root, DESK)
    ordered = workspace.order(workspace.folder_of(root, work), ("scenario.yaml",))
    what = {"work": work, "scenario": ordered["scenarios"][0], "zone": "Europe/Lisbon", "effort": "quick"}
    store = Store(root)
    store.submit("nights", {**ordered, **what}, key="nights", owner="me")
    job = store.claim("w")
    run_job(store, "w", job)
    assert store.finish(job.id, "w")
    assert store.get(job.id).state is JobState.DONE
    return root, {"work": work, "nights": job.id}


@pytest.fixture
def answered(answered_once, tmp_path, monkeypatch):
    root, ids = answered_once
    shutil.copytree(root, tmp_path, dirs_exist_ok=True)
    monkeypatch.setenv("PLANNER_STORE", str(tmp_path))
    result = Store(tmp_path.resolve()).job_folder(ids["nights"])
    return workspace.folder_of(tmp_path.resolve(), ids["work"]), ids, result


def test_an_empty_page_says_what_will_happen(show, desk):
    app = show("nights", work=desk.work)
    assert said(app, "Nothing has been compared yet")
    assert app.text_input(key="scenario.yaml-partner-price").label == "Price per hour or per ticket (assumed)"
    buttons(app, "Compare the ways")[0].click().run()
    job = Store(desk.root).get(address(app, "nights"))
    assert (job.kind, job.payload["effort"], job.payload["files"]) == ("nights", "quick", ["scenario.yaml"])


def test_a_desk_without_nights_fails_with_a_sentence(show, desk):
    app = show("nights", work=desk.work)
    buttons(app, "Compare the ways")[0].click().run()
    store = Store(desk.root)
    job = store.claim("w")
    with pytest.raises(PlannerError) as found:
        run_job(store, "w", job)
    store.finish(job.id, "w", tuple(str(message) for message in found.value.messages))
    assert said(show("nights", work=desk.work, nights=job.id), "has no shift at night")


def test_every_way_is_beside_the_others_as_the_file_has_it(show, answered):
    _folder, ids, result = answered
    app = show("nights", **ids)
    frame, record = tables.read_csv(result / "nights.csv"), json.loads((result / "nights.json").read_text())
    ways = asked_view.night_ways(frame, record)
    assert [way["way"] for way in ways] == list(asked_view.WAYS)
    assert {"rotation", "partner", "closed"} <= set(frame["way"])
    table = app.main.get("table")[0].proto
    assert "A partner" in str(table)
    assert f"{frame['cost_a_month'][0]:,.0f} EUR" in str(table)
    assert said(app, "Night is 23:00 to 07:00 on the clock of Europe/Lisbon")
    assert sum(found.value.startswith("Not planned:") for found in app.caption) == 6 - len(frame)
    assert app.text_input(key="scenario.yaml-partner-price").label == "Price per hour or per ticket (stated)"
    assert app.text_input(key="scenario.yaml-partner-price").value == "14 per hour"


@pytest.mark.parametrize("number", [0, 1, 2])
def test_one_click_makes_a_way_a_stage_that_is_what_was_planned(show, answered, number):
    folder, ids, result = answered
    app = show("nights", **ids)
    way = list(tables.read_csv(result / "nights.csv")["way"])[number]
    at = [
        each for each in asked_view.WAYS if each in set(tables.read_csv(result / "nights.csv")["way"])
    ].index(way)
    buttons(app, "Make it a stage")[at].click().run()
    assert said(app, "There is a new stage")
    made = workspace.load(folder, address(app, "stage"))
    planned = (result / way.replace(" ", "-") / "scenario.yaml").read_text(encoding="utf-8")
    planned = type(made).from_text(planned, name="x", folder=folder)
    assert made.opening == planned.opening
    assert made.said.rules == planned.said.rules
    assert (made.said.solve.hire, made.said.solve.outsource) == (
        planned.said.solve.hire,
        planned.said.solve.outsource,
    )


def test_a_partner_is_stated_in_a_new_stage_or_refused_in_a_sentence(show, desk):
    app = show("nights", work=desk.work)
    app.text_input(key="scenario.yaml-partner-price").set_value("4.50 per ticket")
    buttons(app, "Save with this partner as a new stage")[0].click().run()
    made = workspace.load(desk.folder, address(app, "stage"))
    assert made.said.outsource.price == (4.5, "ticket")
    again = show("nights", work=desk.work)
    again.text_input(key="scenario.yaml-partner-price").set_value("cheap")
    buttons(again, "Save with this partner as a new stage")[0].click().run()
    assert any("cheap" in error.value for error in again.error)
