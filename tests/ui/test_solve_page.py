"""The Solve page: every state of a solve, the one job of a browser, budgets, and inputs changed since."""

from __future__ import annotations

import json

import pytest

from planner.study import workspace
from planner.tasks import MOST_WAITING, CurvePoint, JobState, Store


def said(app, part):
    kinds = ("markdown", "caption", "info", "warning", "error", "success")
    return any(part in found.value for kind in kinds for found in getattr(app, kind))


def button(app, label):
    return next(found for found in app.button if found.label == label)


def labels(app):
    return [found.label for found in app.button]


def curves(app):
    return [json.loads(found.proto.spec) for found in app.get("plotly_chart")]


def asked(desk, key="k", owner="me", **more):
    """A solve of both stages that waits."""
    ordered = workspace.order(desk.folder, ("scenario.yaml", "saturdays.yaml"))
    names = ["Weekdays", "Saturdays too"]
    payload = {**ordered, "names": names, "work": desk.work, "effort": "quick", **more}
    store = Store(desk.root)
    return store, store.submit("rollout", payload, key=key, owner=owner)


def test_a_waiting_solve_says_its_place_and_who_is_at_work(show, desk):
    store, _ = asked(desk, "first", "somebody")
    store.claim("w")
    _, _second = asked(desk, "second", "another")
    _, job = asked(desk, "third", "me")
    app = show("solve", work=desk.work, job=job.id)
    assert said(app, "Waiting; 1 before you in the queue.")
    assert said(app, f"At work now: 1. Waiting: 2 of at most {MOST_WAITING}.")


def test_a_running_solve_names_its_stage_and_draws_cost_and_bound(show, desk):
    store, job = asked(desk)
    store.claim("w")
    curve = [
        CurvePoint(1.0, 1, 900.0, None),
        CurvePoint(2.5, 1, 850.0, 800.0),
        CurvePoint(4.0, 2, 990.0, None),
    ]
    progress = {"phase": "improving", "stage": 2, "stages": 2, "cost": 990.0, "bound": 900.0, "gap": 0.0909}
    store.renew(job.id, "w", progress, curve)
    app = show("solve", work=desk.work, job=job.id)
    assert "stage 2 of 2: Saturdays too" in app.get("progress")[0].proto.text
    assert said(app, "At most 9.1 % of the cost may still be saved.")
    (drawn,) = curves(app)
    assert drawn["data"][0]["y"][:4] == [900.0, 850.0, None, 990.0]
    assert drawn["data"][1]["y"][:4] == [None, 800.0, None, None]
    assert drawn["layout"]["yaxis"]["title"]["text"].startswith("EUR, people missing")


def test_a_solve_whose_worker_was_lost_says_that_it_was_begun_again(show, desk):
    store, job = asked(desk)
    store.claim("w")
    store.renew(job.id, "w", {"phase": "improving", "again": "begun again from the start, attempt 2"})
    assert said(show("solve", work=desk.work, job=job.id), "begun again from the start, attempt 2")


def test_a_solve_given_up_says_so_and_can_be_asked_again(show, desk):
    store, job = asked(desk)
    store.claim("w")
    store.finish(job.id, "w", errors=("the solve was interrupted 3 times and given up; start it again",))
    app = show("solve", work=desk.work, job=job.id)
    assert said(app, "given up; start it again")
    assert said(app, "then solve again")
    button(app, "Solve again").click().run()
    again = app.query_params["job"]
    assert again not in (job.id, [job.id])
    assert said(app, "Waiting; 0 before you")


def test_one_job_each_is_a_sentence_with_the_way_to_it(show, desk):
    first = show("solve", work=desk.work)
    owner = first.session_state["owner"]
    _, job = asked(desk, "other", owner)
    app = show("solve", work=desk.work)
    app.session_state["owner"] = owner
    app.run()
    assert said(app, "One of your jobs is under way: planning stages.")
    button(app, "Solve").click().run()
    assert said(app, "one of your solves is under way")
    button(app, "Show it").click().run()
    assert app.query_params["job"] in (job.id, [job.id])
    assert "Stop and keep the best" in labels(app)


def test_another_ones_job_is_not_mine(show, desk):
    asked(desk)
    assert not said(show("solve", work=desk.work), "One of your jobs is under way")


def test_a_full_queue_says_so_and_queues_nothing(show, desk):
    store = Store(desk.root)
    for number in range(MOST_WAITING):
        store.submit("stress", {"scenario": "a.yaml"}, key=f"k{number}", owner=f"o{number}")
    app = show("solve", work=desk.work)
    button(app, "Solve").click().run()
    assert said(app, "the queue is full. Try again when one has finished")
    assert "job" not in app.query_params
    assert len(store.queue()) == MOST_WAITING


@pytest.mark.parametrize(("seconds", "expected"), [(0, None), (30, 30)])
def test_a_budget_in_seconds_goes_with_the_job(show, desk, seconds, expected):
    app = show("solve", work=desk.work)
    app.number_input(key="solve-seconds").set_value(seconds)
    button(app, "Solve").click().run()
    job = Store(desk.root).claim("w")
    assert job.payload.get("seconds") == expected
    assert job.payload["names"] == ["Weekdays"]


def test_a_finished_solve_says_how_each_search_ended_and_leads_on(show, solved):
    app = show("solve", **solved.ids())
    statuses = [found.value for found in app.caption if "search" in found.value or "Proven:" in found.value]
    assert len(statuses) >= 2
    links = {found.proto.label for found in app.main.get("page_link")}
    assert {"Next: Answers", "Next: Rota"} <= links
    assert not said(app, "Something was changed")


def test_a_stopped_solve_keeps_the_best(show, solved):
    store = Store(solved.root)
    with store._change() as db:
        db.execute("UPDATE jobs SET cancel=1 WHERE id=?", (solved.job,))
    app = show("solve", **solved.ids())
    assert said(app, "The best rota found so far is kept")


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("optimal", "Proven: no rota costs less."),
        ("time-limited", "The clock ended the search"),
        ("cancelled", "the best rota found until then"),
    ],
)
def test_every_end_of_a_search_has_words(show, solved, status, words):
    path = solved.result / "stage-1" / "plan.json"
    record = json.loads(path.read_text(encoding="utf-8"))
    record["status"] = status
    path.write_text(json.dumps(record), encoding="utf-8")
    assert said(show("solve", **solved.ids()), words)


def test_a_shortage_is_told_with_its_hours_and_the_way_to_its_reasons(show, solved):
    path = solved.result / "stage-2" / "plan.json"
    record = json.loads(path.read_text(encoding="utf-8"))
    shortage = {"text": "Sat 09:00-18:00: email en needs 1", "hours": 9.0, "looked_into": True, "reasons": []}
    record["why"] = {"text": "9.0 person-hours are missing", "shortages": [shortage], "clashes": []}
    path.write_text(json.dumps(record), encoding="utf-8")
    app = show("solve", **solved.ids())
    assert said(app, "Short: 9.0 person-hours are missing")
    assert said(app, "email en needs 1")
    (link,) = [found.proto for found in app.main.get("page_link") if found.proto.label.startswith("See why")]
    assert "stage=saturdays.yaml" in link.query_string


def test_a_plan_of_older_inputs_says_so(show, solved):
    path = solved.folder / "scenario.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("count: 4", "count: 5"), encoding="utf-8")
    assert said(show("solve", **solved.ids()), "Something was changed since this plan was made")


def test_a_solve_of_another_desk_is_not_shown(show, solved):
    other = workspace.open_text(solved.root, "people: 5\n")
    app = show("solve", work=other, job=solved.job)
    assert said(app, "This solve is of another desk.")
    assert not app.success
    assert Store(solved.root).get(solved.job).state is JobState.DONE


def test_it_speaks_italian(show, desk):
    store, job = asked(desk)
    store.claim("w")
    store.renew(job.id, "w", {"phase": "improving", "stage": 2, "stages": 2, "gap": 0.0909})
    app = show("solve", work=desk.work)
    app.session_state["language"] = "it"
    app.query_params["job"] = job.id
    app.run()
    assert "tappa 2 di 2: Saturdays too" in app.get("progress")[0].proto.text
    assert said(app, "9,1 %")


def test_one_click_plans_the_whole_ladder(show, desk):
    app = show("solve", work=desk.work)
    assert app.multiselect(key="solve-stages").value == ["scenario.yaml"]
    next(button for button in app.button if button.label == "All stages").click().run()
    assert app.multiselect(key="solve-stages").value == ["scenario.yaml", "saturdays.yaml"]
    assert not app.warning


def test_a_link_to_a_stage_that_is_gone_says_so(show, desk):
    app = show("service", **{"work": desk.work, "stage": "gone.yaml"})
    assert not app.exception
    app = show("team", work=desk.work, stage="gone.yaml")
    assert any("The stage of this link is gone" in caption.value for caption in app.caption)
