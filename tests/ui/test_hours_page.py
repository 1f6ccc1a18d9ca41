"""The best next hours and how far the team goes: asked, under way, stopped, answered, made a stage."""

from __future__ import annotations

import shutil

import pytest

from planner.study import Scenario, asked_view, tables, workspace
from planner.study.as_stage import block_changes, block_of, differing, file_changes
from planner.tasks import JobState, Store
from planner.tasks.run import run_job

DESK = """
name: Small desk
zone: Europe/Lisbon
period: {first_day: 2026-04-20, weeks: 1}
volume: {email en: 30 a weekday}
people: {count: 4, weekly_hours: 40, cost: 12}
sites: {name: Lisbon, zone: Europe/Lisbon, public_holidays: Lisbon}
opening_hours:
  - {queues: all, days: mon-fri, open: 09:00, close: 18:00}
  - {queues: all, days: sat, open: 00:00, close: 24:00}
solve: {effort: quick, rounds: 1, replications: 20}
"""


def said(app, part):
    kinds = ("markdown", "caption", "info", "warning", "error", "success")
    return any(part in found.value for kind in kinds for found in getattr(app, kind))


def button(app, label, number=0):
    return [found for found in app.button if found.label == label][number]


def address(app, key):
    value = app.query_params[key]
    return value[0] if isinstance(value, list) else value


def work_off(root):
    """Carry out the job that waits."""
    store = Store(root)
    job = store.claim("w")
    run_job(store, "w", job)
    assert store.finish(job.id, "w")
    assert store.get(job.id).state is JobState.DONE
    return job.id


@pytest.fixture(scope="module")
def answered_once(tmp_path_factory):
    """A small desk with both questions answered, asked as the page asks."""
    root = tmp_path_factory.mktemp("hours")
    work = workspace.open_text(root, DESK)
    ordered = workspace.order(workspace.folder_of(root, work), ("scenario.yaml",))
    what = {"work": work, "scenario": ordered["scenarios"][0], "zone": "Europe/Lisbon", "effort": "quick"}
    made = {}
    for key, kind, more in (("next", "next_hours", {"minutes": 120, "top": 1}), ("reach", "reach", {})):
        if kind == "reach":
            more = {"step_minutes": 240, "order": "mon-fri earlier"}
        Store(root).submit(kind, {**ordered, **what, **more}, key=kind, owner="me")
        made[key] = work_off(root)
    return root, {"work": work, **made}


@pytest.fixture
def answered(answered_once, tmp_path, monkeypatch):
    """A copy of it that a test may change."""
    root, ids = answered_once
    shutil.copytree(root, tmp_path, dirs_exist_ok=True)
    monkeypatch.setenv("PLANNER_STORE", str(tmp_path))
    return workspace.folder_of(tmp_path.resolve(), ids["work"]), ids


def test_an_empty_page_says_what_will_happen_and_that_its_length_is_not_known(show, desk):
    app = show("hours", work=desk.work)
    assert said(app, "No next hours have been looked for yet")
    assert said(app, "how long it takes is not known")
    assert app.selectbox(key="next-effort").value == "quick"
    assert show("hours").info[0].value == "No scenario is open yet."


def test_asking_queues_one_job_that_survives_a_reload_and_can_be_stopped(show, desk):
    app = show("hours", work=desk.work)
    app.selectbox(key="next-minutes").select(60)
    button(app, "Find the best next hours").click().run()
    job = Store(desk.root).get(address(app, "next"))
    assert (job.kind, job.payload["minutes"], job.payload["effort"]) == ("next_hours", 60, "quick")
    again = show("hours", work=desk.work, next=job.id)
    assert again.selectbox(key="next-minutes").value == 60
    assert button(again, "Find the best next hours").disabled
    assert not button(again, "Find the longest hours").disabled
    button(again, "Stop and keep what is done").click().run()
    assert said(show("hours", work=desk.work, next=job.id), "It was stopped before anything was worked out")


def test_blocks_are_shown_as_the_file_has_them(show, answered):
    folder, ids = answered
    app = show("hours", **ids)
    path = Store(folder.parents[1]).job_folder(ids["next"]) / "next_hours.csv"
    rows = asked_view.records(tables.read_csv(path))
    planned = [row for row in rows if row["missing_hours"] is not None]
    assert planned
    shown = [metric.value for metric in app.metric if metric.label == "Contacts a week"]
    assert shown == [f"{row['contacts_per_week']:,.1f}" for row in planned]
    assert said(app, f"1. {planned[0]['queues']}: {planned[0]['days']} {planned[0]['open']}")
    assert said(app, "Hours are on the clock of Europe/Lisbon")
    words = ("surely more than today", "surely less", "not distinguishable", "is not known", "the same as")
    assert any(said(app, word) for word in words)


def test_one_click_makes_a_block_a_stage_that_opens_it(show, answered):
    folder, ids = answered
    app = show("hours", **ids)
    before = {stage.file for stage in workspace.stages(folder)}
    button(app, "Make it a stage").click().run()
    (new,) = [stage for stage in workspace.stages(folder) if stage.file not in before]
    assert address(app, "stage") == new.file
    assert new.starts_from == "scenario.yaml"
    assert said(app, "There is a new stage")
    assert said(app, 'This answer is of the stage "Small desk"')
    path = Store(folder.parents[1]).job_folder(ids["next"]) / "next_hours.csv"
    row = tables.read_csv(path).to_dict("records")[0]
    made, base = workspace.load(folder, new.file), workspace.load(folder, "scenario.yaml")
    hours = lambda scenario: sum(_open_hours(scenario, name) for name in row["queues"].split(" + "))  # noqa: E731
    assert hours(made) - hours(base) == block_of(row).hours_a_week


def _open_hours(scenario, queue):
    """Clock hours of the first week, counted quarter by quarter."""
    from planner.clock import day_starts

    first = day_starts(scenario.first_day, 7, scenario.zone)
    return sum(scenario.opening[queue].mask(first[0], first[-1] - first[0])) / 4


def test_the_longest_hours_become_a_stage(show, answered):
    folder, ids = answered
    app = show("hours", **ids)
    table = next(found for found in app.main.get("table") if "Hours more a day" in str(found.proto))
    assert table is not None
    if any(found.label == "Make the longest hours a stage" for found in app.button):
        button(app, "Make the longest hours a stage").click().run()
        made = workspace.load(folder, address(app, "stage"))
        assert _open_hours(made, "email en") > _open_hours(
            workspace.load(folder, "scenario.yaml"), "email en"
        )


def test_changed_inputs_say_that_the_answer_is_old(show, answered):
    folder, ids = answered
    text = (folder / "scenario.yaml").read_text(encoding="utf-8")
    (folder / "scenario.yaml").write_text(text.replace("30 a weekday", "31 a weekday"), encoding="utf-8")
    assert said(show("hours", **ids), "it shows the desk as it was")


def test_a_block_with_hires_brings_these_people():
    desk = Scenario.from_text(DESK)
    row = {"queues": "email en", "days": "mon-fri", "open": "07:00", "close": "09:00", "where": "earlier"}
    made = desk.replace(**block_changes(desk, {**row, "hires": 2}))
    assert len(made.team.agents) == len(desk.team.agents) + 2
    assert made.opening["email en"] != desk.opening["email en"]


def test_a_scenario_that_a_job_wrote_is_said_against_its_base(tmp_path):
    desk = Scenario.from_text(DESK)
    other = desk.replace(minimum_on_duty={"all": 2}, solve={"hire": "yes", "effort": "thorough"})
    (tmp_path / "made.yaml").write_text(other.dump(), encoding="utf-8")
    assert file_changes(desk, tmp_path / "made.yaml", tmp_path) == {"minimum_on_duty": {"all": "2"}}
    with_seats = file_changes(desk, tmp_path / "made.yaml", tmp_path, seats=True)
    assert with_seats["solve"] == {"hire": "yes"}
    assert differing(other, desk) == {"minimum_on_duty": "none"}
