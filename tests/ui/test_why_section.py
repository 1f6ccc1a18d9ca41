"""Why not? on the rota page: what is missing and why, and the fixes that are asked for there."""

from __future__ import annotations

import contextlib
import json
import shutil

import pytest

from planner._errors import InputError
from planner.study import Scenario, workspace
from planner.study.why.applying import fix_changes
from planner.tasks import JobState, Store
from planner.tasks.run import run_job

SHORT = """
name: Two languages
zone: Europe/Rome
period: {first_day: 2026-03-02, weeks: 1}
interval: 60 min
agents:
  - {name: Ada, languages: fr, cost: 14, leave: 2026-03-04}
  - {name: Ben, languages: en, cost: 12}
queues: [{name: chat fr, channel: chat, language: fr}, {name: chat en, channel: chat, language: en}]
need: {chat fr: 1, chat en: 1}
opening_hours: {queues: all, days: mon-fri, open: 09:00, close: 17:00}
shifts: {name: day, start: 09:00, paid_hours: 8}
rules: [{weekly_hours: {at_most: 48}}]
solve: {effort: quick, seed: 1}
"""


@pytest.fixture(scope="session")
def short_once(tmp_path_factory):
    """A desk that is short on a day, solved, and its fixes found."""
    root = tmp_path_factory.mktemp("short")
    work = workspace.open_text(root, SHORT)
    store = Store(root)
    ordered = workspace.order(workspace.folder_of(root, work), ("scenario.yaml",))
    payload = {**ordered, "work": work, "effort": "stated"}
    job = store.submit("rollout", payload, key="k", owner="me").id
    run_job(store, "w", store.claim("w"))
    assert store.finish(job, "w")
    return root, work, job


@pytest.fixture
def short(short_once, tmp_path, monkeypatch):
    """A copy that a test may change: address, and its store."""
    root, work, job = short_once
    shutil.copytree(root, tmp_path, dirs_exist_ok=True)
    monkeypatch.setenv("PLANNER_STORE", str(tmp_path))
    return {"work": work, "job": job}, Store(tmp_path)


def words(app):
    kinds = ("header", "markdown", "caption", "info", "warning", "error", "code")
    return [element.value for kind in kinds for element in getattr(app, kind)]


def test_a_shortage_and_its_reasons_stand_on_the_rota_page(show, short):
    ids, _ = short
    app = show("rota", **ids)
    said = words(app)
    assert "Why not?" in said
    assert "8.0 person-hours are missing in the period: no rota of this team can miss fewer" in said
    assert any("No shift on days of leave" in one and "1 person (Ada)" in one for one in said)
    assert app.expander[0].label.startswith("Wed 2026-03-04 09:00-17:00: chat fr needs 1")


def test_fixes_are_asked_for_and_shown_with_lines_to_paste(show, short):
    ids, store = short
    app = show("rota", **ids)
    next(found for found in app.button if found.label == "Look for the cheapest fixes").click().run()
    assert not app.exception
    job = store.claim("w")
    assert job.kind == "why"
    assert any(found.label == "Stop and keep what was found" for found in app.button)
    run_job(store, "w", job)
    assert store.finish(job.id, "w")
    assert store.get(job.id).state is JobState.DONE
    app = show("rota", **ids)
    said = words(app)
    assert any("Ben also serves fr" in one for one in said)
    assert any("opening_hours:" in one for one in said)
    assert any(found.proto.label == "Download fix-1.yaml" for found in app.main.get("download_button"))


@pytest.fixture
def mended(show, short):
    """The rota page with fixes that were found, and its ids."""
    ids, store = short
    app = show("rota", **ids)
    next(found for found in app.button if found.label == "Look for the cheapest fixes").click().run()
    job = store.claim("w")
    run_job(store, "w", job)
    assert store.finish(job.id, "w")
    return ids, store


def fix_of(store, kind):
    (folder,) = [path.parent for path in store.folder.glob("jobs/*/why.json")]
    fixes = json.loads((folder / "why.json").read_text(encoding="utf-8"))["fixes"]
    return next(fix for fix in fixes if fix["kind"] == kind), folder


def test_a_fix_is_one_click_from_a_stage_that_says_what_was_solved(show, mended):
    ids, store = mended
    fix, folder = fix_of(store, "language")
    app = show("rota", **ids)
    assert "Checked by planning again: each change was solved from this rota, for the same need." in words(
        app
    )
    assert any(one.startswith("Earliest, if it is decided now: 4 weeks") for one in words(app))
    here = workspace.folder_of(store.folder, ids["work"])
    buttons = [found for found in app.button if found.label == "Add as a new stage"]
    buttons[fix["rank"] - 1].click()
    with contextlib.suppress(Exception):  # the page that it leads to is another's
        app.run()
    (made,) = [stage for stage in workspace.stages(here) if stage.file != "scenario.yaml"]
    assert (made.name, made.starts_from) == ("Two languages, one language more", "scenario.yaml")
    solved = Scenario.from_text(
        (folder / fix["file"]).read_text(encoding="utf-8"), name="fix.yaml", folder=folder
    )
    assert workspace.load(here, made.file).persons == solved.persons
    assert "fr" in workspace.load(here, made.file).team.agent("Ben").languages


def test_a_fix_may_stand_beside_the_ladder(show, mended):
    ids, store = mended
    app = show("rota", **ids)
    next(found for found in app.button if found.label == "Keep as a what-if").click().run()
    assert not app.exception
    here = workspace.folder_of(store.folder, ids["work"])
    assert [stage.file for stage in workspace.stages(here)] == ["scenario.yaml"]
    (made,) = workspace.what_ifs(here)
    assert workspace.load(here, made.file).team != workspace.load(here, "scenario.yaml").team
    assert any("Kept as a what-if" in found.value for found in app.success)


def test_a_fix_of_a_desk_that_has_changed_is_not_applied(show, mended):
    ids, store = mended
    app = show("rota", **ids)
    here = workspace.folder_of(store.folder, ids["work"])
    path = here / "scenario.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("cost: 12", "cost: 13"), encoding="utf-8")
    next(found for found in app.button if found.label == "Add as a new stage").click().run()
    assert any("has changed since this rota was made" in found.value for found in app.error)
    assert len(workspace.stages(here)) == 1


def test_a_fix_whose_file_is_gone_is_a_sentence(tmp_path):
    with pytest.raises(InputError, match=r"fix-1.yaml is gone; look for fixes again"):
        fix_changes(tmp_path / "fix-1.yaml")


def test_a_covered_rota_has_no_such_section(show, solved):
    app = show("rota", **solved.ids())
    assert "Why not?" not in words(app)
