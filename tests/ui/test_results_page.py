import json

import pandas as pd

from planner.tasks import Store
from planner.ui.results import papers
from planner.ui.words import plain


def words(app):
    return " ".join(
        [each.value for kind in (app.markdown, app.info, app.warning, app.caption) for each in kind]
    )


def html(app):
    return " ".join(each.proto.body for each in app.get("html"))


def test_every_stage_has_its_answer(solved, show):
    app = show("results", **solved.ids())
    answers = pd.read_csv(solved.result / "answers.csv", dtype=str)
    said = answers[answers["queue"].isna()].iloc[0]
    assert [each.value for each in app.header] == ["Today", "1. Weekdays", "2. Saturdays too"]
    assert "No-go" in words(app)
    cost = f"{float(said['cost_per_month']):,.0f} EUR"
    assert cost in html(app)
    assert "fact-wait" in html(app)
    assert "fact-start" in html(app)


def test_today_stands_first(solved, show):
    app = show("results", **solved.ids())
    record = json.loads((solved.result / "rollout.json").read_text(encoding="utf-8"))
    first = record["today"][0]["text"]
    assert plain(first) in words(app)


def test_nothing_solved_says_what_to_do(desk, show):
    app = show("results", work=desk.work)
    assert app.info[0].value == "There is no plan to show yet."
    assert "Solve the stages of this ladder (2)" in words(app)


def test_without_a_scenario_it_leads_to_start(desk, show):
    app = show("results")
    assert len(app.info) == 1
    assert not app.header


def test_a_changed_input_is_told(solved, show):
    (solved.folder / "saturdays.yaml").write_text(
        (solved.folder / "saturdays.yaml").read_text(encoding="utf-8") + "\nseed: 5\n", encoding="utf-8"
    )
    app = show("results", **solved.ids())
    assert app.warning


def test_a_stage_that_was_not_planned_is_named(solved, show):
    text = "starts_from: saturdays.yaml\nname: Sundays as well\n"
    (solved.folder / "sundays.yaml").write_text(text, encoding="utf-8")
    app = show("results", **solved.ids())
    assert any("2 of 3 stages" in each.value and "Sundays as well" in each.value for each in app.info)


def test_one_under_way_shows_how_far_it_is(desk, show):
    store = Store(desk.root)
    payload = {"work": desk.work, "files": ["scenario.yaml"], "fingerprint": "", "currency": "EUR"}
    job = store.submit("rollout", payload, key="k", owner="me")
    app = show("results", work=desk.work, job=job.id)
    assert any("being planned" in each.value for each in app.caption)


def test_one_that_failed_says_why(desk, show):
    store = Store(desk.root)
    payload = {"work": desk.work, "files": ["scenario.yaml"], "fingerprint": "", "currency": "EUR"}
    job = store.submit("rollout", payload, key="k", owner="me")
    store.claim("w")
    store.finish(job.id, "w", errors=("the desk has no people",))
    app = show("results", work=desk.work, job=job.id)
    assert app.error[0].value == "the desk has no people"


def test_missing_people_are_told(solved, show):
    plan = solved.result / "stage-1" / "plan.json"
    record = json.loads(plan.read_text(encoding="utf-8"))
    plan.write_text(json.dumps({**record, "missing_hours": 12.0}), encoding="utf-8")
    app = show("results", **solved.ids())
    assert any("People missing: 12 h" in each.value for each in app.warning)


def test_files_that_are_gone_are_a_sentence(solved, show):
    (solved.result / "answers.csv").unlink()
    app = show("results", **solved.ids())
    assert "answers.csv" in app.error[0].value


def test_the_report_is_one_page_without_addresses(solved):
    page = papers.report(solved.result).decode()
    assert page.startswith("<!doctype html>")
    assert "Saturdays too" in page
    assert "<script src" not in page
    assert "<link " not in page


def test_names_that_look_like_html_stay_text(solved, show):
    answers = solved.result / "answers.csv"
    text = answers.read_text(encoding="utf-8").replace("Europe/Lisbon", "<b>Lisbon")
    answers.write_text(text, encoding="utf-8")
    app = show("results", **solved.ids())
    assert "<b>Lisbon" not in html(app)
