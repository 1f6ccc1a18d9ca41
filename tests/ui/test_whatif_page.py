"""What-ifs: a form from the registry, told before it is saved, listed, removed, undone, planned together."""

from __future__ import annotations

import pytest

from planner._messages import catalogue
from planner.study import Scenario, workspace
from planner.study.whatif import CHANGES, preview, settings_of, typed_change
from planner.tasks import JobState, Store, ask
from planner.tasks.run import run_job
from planner.ui import state
from planner.ui.asked.whatifs import OF_CHANGE


def said(app, part):
    kinds = ("markdown", "caption", "info", "warning", "error", "success")
    return any(part in found.value for kind in kinds for found in getattr(app, kind))


def button(app, label):
    return next(found for found in app.button if found.label == label)


def address(app, key):
    value = app.query_params[key]
    return value[0] if isinstance(value, list) else value


def save_a_fifth_more(show, desk):
    app = show("whatif", work=desk.work)
    app.selectbox(key="whatif-change").select("volume").run()
    app.text_input(key="whatif-volume-by").set_value("+20%").run()
    button(app, "Save as a what-if").click().run()
    return app


@pytest.mark.parametrize("language", ["en", "it"])
@pytest.mark.parametrize("change", sorted(CHANGES))
def test_every_change_and_setting_has_words(change, language):
    words = catalogue(language)
    assert words[f"page_whatif.change_{change}"]
    for setting in settings_of(change):
        own = f"{change}_{setting.key}" if setting.key in OF_CHANGE else setting.key
        assert words[f"page_whatif.field_{own}"]


@pytest.mark.parametrize("change", sorted(CHANGES))
def test_every_change_can_be_chosen(show, desk, change):
    app = show("whatif", work=desk.work)
    app.selectbox(key="whatif-change").select(change).run()
    assert not app.exception
    shown = {field.key for field in app.text_input}
    assert {f"whatif-{change}-{setting.key}" for setting in settings_of(change)} <= shown


def test_an_empty_page_says_what_to_do(show, desk):
    app = show("whatif", work=desk.work)
    assert said(app, "There is no what-if yet")
    assert said(app, "Save a what-if first")
    assert button(app, "Save as a what-if").disabled


def test_a_change_is_told_before_it_is_saved_beside_the_ladder(show, desk):
    app = show("whatif", work=desk.work)
    app.selectbox(key="whatif-change").select("volume").run()
    app.text_input(key="whatif-volume-by").set_value("+20%").run()
    assert said(app, "+20% contacts, all queues")
    assert "by: +20%" in app.code[0].value
    assert workspace.what_ifs(desk.folder) == ()
    button(app, "Save as a what-if").click().run()
    (made,) = workspace.what_ifs(desk.folder)
    assert (made.name, made.starts_from) == ("More or fewer contacts", "scenario.yaml")
    loaded, base = (workspace.load(desk.folder, file) for file in (made.file, "scenario.yaml"))
    assert loaded.stated_volumes["email en"] == 1.2 * base.stated_volumes["email en"]
    assert len(workspace.stages(desk.folder)) == 2
    assert app.text_input(key="whatif-volume-by").value == ""


@pytest.mark.parametrize("text", ["a lot", "{"])
def test_a_mistake_is_a_sentence_and_nothing_can_be_saved(show, desk, text):
    app = show("whatif", work=desk.work)
    app.selectbox(key="whatif-change").select("volume").run()
    app.text_input(key="whatif-volume-by").set_value(text).run()
    assert len(app.error) == 1
    assert button(app, "Save as a what-if").disabled


def test_a_removed_one_comes_back(show, desk):
    app = save_a_fifth_more(show, desk)
    button(app, "Remove").click().run()
    assert workspace.what_ifs(desk.folder) == ()
    button(app, "Bring the removed what-if back").click().run()
    assert [each.name for each in workspace.what_ifs(desk.folder)] == ["More or fewer contacts"]


def test_a_stage_and_its_what_ifs_are_planned_together(show, desk):
    app = save_a_fifth_more(show, desk)
    button(app, "Plan them together").click().run()
    store = Store(desk.root)
    job = store.claim("w")
    assert (job.kind, job.payload["effort"], len(job.payload["files"])) == ("compare", "quick", 2)
    run_job(store, "w", job)
    assert store.finish(job.id, "w")
    assert store.get(job.id).state is JobState.DONE
    again = show("whatif", work=desk.work, whatif=address(app, "whatif"))
    table = "".join(str(found.proto) for found in again.main.get("table"))
    assert "More or fewer contacts" in table
    assert not said(again, "it shows the desk as it was")
    workspace.delete_stage(desk.folder, job.payload["files"][1])
    assert said(show("whatif", work=desk.work, whatif=job.id), "Save a what-if first")


def test_settings_left_empty_keep_their_usual_value():
    assert typed_change("hires", {"people": " ", "site": ""}) == [{"hires": {}}]
    desk = Scenario.from_text("people: 5")
    assert preview(desk, typed_change("hires", {"people": "2"}))[0].code == "whatif.hires"


@pytest.fixture
def compared(show, solved, monkeypatch):
    """A finished comparison of a stage and a what-if beside a finished solve of the ladder."""
    monkeypatch.setattr(state, "owner", lambda: "me")  # whose the solve is
    save_a_fifth_more(show, solved)
    file = next(
        path.name for path in sorted(solved.folder.glob("*.yaml")) if "what_if" in path.read_text("utf-8")
    )
    ordered = workspace.order(solved.folder, ("scenario.yaml", file))
    store = Store(solved.root)
    job = ask(store, "compare", {**ordered, "work": solved.work, "effort": "quick"}, owner="me")
    run_job(store, "w", store.claim("w"))
    assert store.finish(job.id, "w")
    return job.id


def test_pages_of_the_ladder_stay_with_its_solve_beside_a_comparison(show, solved, compared):
    for page in ("rota", "service", "export", "requirement", "solve"):
        app = show(page, work=solved.work, job=compared)
        assert not app.error, page
        assert not any("There is no plan" in info.value for info in app.info), page


def test_a_comparison_is_not_stale_because_it_holds_a_what_if(show, solved, compared):
    app = show("compare", work=solved.work, job=compared)
    assert not any("changed since" in warning.value for warning in app.warning)
    assert app.get("plotly_chart")
