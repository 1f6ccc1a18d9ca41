"""The page of promises: asked, under way, stopped, worked out; and what a rota lets you publish."""

from __future__ import annotations

import json
from importlib import import_module

import pytest

from planner.study import plan, workspace
from planner.tasks import JobState, Store
from planner.tasks.run import run_job


@pytest.fixture(scope="module", autouse=True)
def _planned_once():
    """Prices of the same desk are worked out again from plans that were made."""
    made = {}

    def known(scenario, on_progress=None, is_cancelled=None, warm=None):
        asked_for = (scenario.dump(), warm)
        if asked_for not in made:
            made[asked_for] = plan(scenario, on_progress, is_cancelled, warm)
        return made[asked_for]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(import_module("planner.study.promise"), "plan", known)
        yield


def said(app, part):
    kinds = ("markdown", "caption", "info", "warning", "error", "success")
    return any(part in found.value for kind in kinds for found in getattr(app, kind))


def button(app, label):
    return next(found for found in app.button if found.label == label)


def links(app):
    return {found.proto.label for found in app.main.get("page_link")}


def address(app, key):
    value = app.query_params[key]
    return value[0] if isinstance(value, list) else value


def asked(show, desk, goals="2 h, 8 h"):
    """The page after a manager has asked for promises; the job waits."""
    app = show("promise", work=desk.work)
    app.text_input(key="promise-goals").set_value(goals)
    app.selectbox(key="promise-effort").select("quick")
    button(app, "Work out the price").click().run()
    return app


def worked(desk):
    """Carry out the job that waits."""
    store = Store(desk.root)
    job = store.claim("w")
    run_job(store, "w", job)
    assert store.finish(job.id, "w")
    return store.get(job.id)


def test_an_empty_page_says_what_to_do_next(show, desk):
    app = show("promise", work=desk.work)
    assert said(app, "No price has been worked out yet")
    assert said(app, "There is no rota to ask yet")
    assert "Go to Solve" in links(app)
    assert app.text_input(key="promise-goals").value == "15 min, 1 h, 2 h, 4 h"
    assert app.multiselect[0].value == ["email en"]


def test_without_a_scenario_it_leads_to_start(show):
    assert show("promise").info[0].value == "No scenario is open yet."


def test_a_stated_need_has_no_price(show, desk):
    work = workspace.open_text(desk.root, "need: {seat: 1}\npeople: 5\n")
    assert said(show("promise", work=work), "a promise changes nothing")


@pytest.mark.parametrize(
    ("goals", "sentence"), [("soon", '"soon" is not a promise'), (" , ", "say which promises")]
)
def test_mistakes_are_sentences_and_nothing_is_queued(show, desk, goals, sentence):
    app = asked(show, desk, goals)
    assert any(sentence in error.value for error in app.error)
    assert "promise" not in app.query_params
    assert Store(desk.root).claim("w") is None


def test_asking_queues_one_job_that_survives_a_reload_and_can_be_stopped(show, desk):
    app = asked(show, desk)
    job = Store(desk.root).get(address(app, "promise"))
    assert (job.kind, job.payload["goals"], job.payload["effort"]) == ("promise", ["2 h", "8 h"], "quick")
    again = show("promise", work=desk.work, promise=job.id)
    assert again.text_input(key="promise-goals").value == "2 h, 8 h"
    assert button(again, "Work out the price").disabled
    button(again, "Stop and keep what is done").click().run()
    assert Store(desk.root).get(job.id).state is JobState.FAILED
    assert said(show("promise", work=desk.work, promise=job.id), "It was stopped before it began")


def test_a_finished_curve_is_a_chart_a_table_and_a_file(show, desk):
    app = asked(show, desk)
    job = worked(desk)
    app = show("promise", work=desk.work, promise=job.id)
    assert len(app.get("plotly_chart")) == 1
    assert app.table[0].value["Promise"].tolist() == ["8 h", "as today", "2 h"]
    assert said(app, "80 % of people expect")
    assert said(app, "hours that nobody covers at 12.00 EUR")
    assert said(app, "with the need of each promise as simulation has calibrated it")
    assert [found.proto.label for found in app.get("download_button")] == ["Download promise.csv"]


@pytest.mark.parametrize("file", ["promise.json", "promise.csv"])
def test_prices_whose_files_are_gone_are_a_sentence(show, desk, file):
    asked(show, desk)
    job = worked(desk)
    (Store(desk.root).job_folder(job.id) / file).unlink()
    app = show("promise", work=desk.work, promise=job.id)
    assert not app.exception
    assert app.error[0].value.startswith(("the files of", "promise.csv"))


def test_a_stopped_curve_keeps_what_is_done(show, desk):
    asked(show, desk)
    job = worked(desk)
    path = Store(desk.root).job_folder(job.id) / "promise.json"
    record = json.loads(path.read_text(encoding="utf-8"))
    record.update(cancelled=True, wanted=5)
    path.write_text(json.dumps(record), encoding="utf-8")
    app = show("promise", work=desk.work, promise=job.id)
    assert said(app, "Stopped early; 3 of 5 promises are worked out.")


def test_prices_of_another_or_a_changed_stage_say_so(show, desk):
    asked(show, desk)
    job = worked(desk)
    app = show("promise", work=desk.work, promise=job.id, stage="saturdays.yaml")
    assert said(app, 'These prices are of the stage "Weekdays"')
    path = desk.folder / "scenario.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("count: 4", "count: 5"), encoding="utf-8")
    assert said(show("promise", work=desk.work, promise=job.id), "they show the desk as it was")
    other = workspace.open_text(desk.root, "people: 2")
    assert said(show("promise", work=other, promise=job.id), "No price has been worked out yet")


def test_a_rota_is_asked_and_its_sentences_are_ready_to_copy(show, solved):
    app = show("promise", **solved.ids())
    button(app, "Find what may be published").click().run()
    assert app.main.get("progress") or said(app, "Waiting; 0 before you")
    assert worked(solved).kind == "publish"
    app = show("promise", **solved.ids())
    assert app.table[0].value["Queue"].tolist()[0] == "email en"
    words = [found.value for found in app.code]
    assert any(text.startswith("We answer 9 of 10 e-mails within") for text in words)
    assert any(text.startswith("Rispondiamo a 9 e-mail su 10 entro") for text in words)
    assert said(app, "Clock: Europe/Lisbon")
    second = show("promise", **solved.ids(stage="saturdays.yaml"))
    assert button(second, "Find what may be published")


def test_a_failed_question_says_why_and_can_be_asked_again(show, solved):
    app = show("promise", **solved.ids())
    button(app, "Find what may be published").click().run()
    store = Store(solved.root)
    job = store.claim("w")
    store.finish(job.id, "w", ("no luck",))
    app = show("promise", **solved.ids())
    assert said(app, "no luck")
    button(app, "Find what may be published").click().run()
    assert store.claim("w").id != job.id


def test_a_changed_stage_is_solved_again_first(show, solved):
    path = solved.folder / "scenario.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("count: 4", "count: 5"), encoding="utf-8")
    app = show("promise", **solved.ids())
    assert said(app, "Something was changed since this stage was solved")
    assert not [found for found in app.button if found.label == "Find what may be published"]
