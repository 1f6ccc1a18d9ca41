"""The rota page: five views, edits with undo, solving again, publishing; drafts of two people apart."""

from __future__ import annotations

import html as markup
import json
import re

import pandas as pd
import pytest

from planner.study.rota_drafts import draft_file, read_draft
from planner.study.rota_who import short_id
from planner.tasks import JobState, Store
from planner.tasks.run import run_job


def button(app, label):
    return next(found for found in app.button if found.label == label)


def texts(app):
    kinds = ("markdown", "caption", "info", "warning", "error", "success")
    return " ".join(element.value for kind in kinds for element in getattr(app, kind))


def table_html(app):
    return next(
        found.proto.body for found in app.main.get("html") if 'table class="rota"' in found.proto.body
    )


def cell(app, agent, day):
    """Text of a cell of the grid."""
    body = table_html(app)
    days = re.findall(r'<th scope="col" class="[a-z]*"[^>]*>\w+<br>(\d\d)', body)
    for line in re.findall(r'<tr><th scope="row">(.*?)</tr>', body):
        if markup.unescape(line.split("</th>")[0]) == agent:
            found = re.findall(r"<td[^>]*>(.*?)</td>", line)[days.index(f"{day[-2:]}")]
            return re.sub(r"<.*?>", "", found)
    raise AssertionError(agent)


@pytest.fixture
def rows(solved):
    return pd.read_csv(solved.result / "stage-1" / "rota.csv")


def ids(app):
    return {key: value[0] if isinstance(value, list) else value for key, value in app.query_params.items()}


@pytest.mark.parametrize("view", ["grid", "timeline", "person", "cover", "fairness"])
def test_every_view_stands_in_the_address_and_tells_its_clock_or_unit(show, solved, view):
    app = show("rota", **solved.ids(view=view))
    chosen = [found.value for found in app.get("button_group") if found.value in (view, [view])]
    assert chosen
    if view == "timeline":
        spec = json.loads(app.get("plotly_chart")[0].proto.spec)
        assert "Europe/Lisbon" in spec["layout"]["xaxis"]["title"]["text"]
    if view == "cover":
        assert app.get("plotly_chart")[0].key == "cover-heat"
        assert {m.label for m in app.metric} >= {
            "People missing, person-hours",
            "People beyond those needed at once, person-hours",
        }
    if view == "person":
        assert "Europe/Lisbon" in texts(app)


def test_choosing_a_view_a_week_and_a_person_writes_the_address(show, solved, rows):
    app = show("rota", **solved.ids())
    next(g for g in app.get("button_group") if g.key == "rota-view").set_value("person").run()
    assert ids(app)["view"] == "person"
    name = sorted(rows["agent"].unique())[-1]
    app.selectbox(key="rota-person").select(short_id(name)).run()
    assert ids(app)["person"] == short_id(name), "an id, no name"
    mine = rows[rows["agent"] == name]
    assert len(app.table[0].value) == len(mine)
    assert app.table[0].value["Paid hours"].sum() == pytest.approx(mine["paid_hours"].sum())
    assert {m.label: m.value for m in app.metric}["Shifts"] == str(len(mine))
    app = show("rota", **solved.ids(week="2026-04-20"))
    assert app.selectbox(key="rota-week").value == "2026-04-20"


def take_away(app, agent, day):
    """Take a shift of somebody's away by the form."""
    app.selectbox(key="rota-edit-person").select(agent).run()
    box = app.selectbox(key="rota-edit-day")
    box.select(
        next(option for option in box.options if option.endswith(pd.Timestamp(day).strftime("%d %b")))
    ).run()
    app.selectbox(key="rota-edit-shift").select("no shift").run()
    button(app, "Set this shift").click().run()
    assert not app.exception


def test_an_edit_is_drawn_judged_counted_and_taken_back(show, solved, rows):
    app = show("rota", **solved.ids())
    agent, day, paid = rows.loc[0, ["agent", "day", "paid_hours"]]
    before = cell(app, agent, day)
    assert before
    take_away(app, agent, day)
    assert cell(app, agent, day) not in (before, ""), "free, and marked"
    assert "–" not in cell(app, agent, day)
    wages = next(m for m in app.metric if m.label == "Wages and premiums")
    assert wages.delta == f"-{paid * 12:,.0f} EUR"
    assert "Your changes: 1" in texts(app)
    again = show("rota", **solved.ids())
    assert "Your changes: 1" not in texts(again), "another visitor does not see it"
    assert cell(again, agent, day) == before
    button(app, "Undo").click().run()
    assert cell(app, agent, day) == before
    button(app, "Redo").click().run()
    assert "Your changes: 1" in texts(app)
    button(app, "Take out").click().run()
    assert cell(app, agent, day) == before
    file = draft_file(solved.root, app.session_state["owner"], f"{solved.job}-1")
    assert len(read_draft(file).steps) == 3, "taking out is a step of its own"


def test_the_draft_is_still_there_on_another_page_and_in_every_view(show, solved, rows):
    app = show("rota", **solved.ids())
    agent, day, paid = rows.loc[0, ["agent", "day", "paid_hours"]]
    take_away(app, agent, day)
    next(g for g in app.get("button_group") if g.key == "rota-view").set_value("fairness").run()
    assert not app.exception
    assert app.table[0].value["Paid hours"].sum() == pytest.approx(rows["paid_hours"].sum() - paid)
    next(g for g in app.get("button_group") if g.key == "rota-view").set_value("cover").run()
    assert not app.exception
    next(g for g in app.get("button_group") if g.key == "rota-view").set_value("grid").run()
    assert "Your changes: 1" in texts(app)


def test_leave_locks_and_swaps_are_edits_too(show, solved, rows):
    app = show("rota", **solved.ids())
    act = lambda name: next(g for g in app.get("button_group") if g.key == "rota-act").set_value(name).run()  # noqa: E731
    act("lock")
    button(app, "Lock this person").click().run()
    button(app, "Lock this day for everybody").click().run()
    act("leave")
    button(app, "Give leave").click().run()
    act("swap")
    button(app, "Swap the shifts of this day").click().run()
    assert not app.exception
    said = texts(app)
    for part in ("all shifts locked", "everybody locked", "leave from", "shifts exchanged"):
        assert part in said
    assert {"leave", "locked"} <= set(re.findall(r'title="(leave|locked)"', table_html(app)))


def test_publishing_marks_the_rota_and_counts_what_changes_later(show, solved, rows):
    app = show("rota", **solved.ids())
    assert "Not published yet" in texts(app)
    button(app, "Publish this rota").click().run()
    assert "Version 1 was published on" in texts(app)
    assert "This is the published rota." in texts(app)
    kept = solved.folder / "published" / "scenario" / "rota.csv"
    told = pd.read_csv(kept)
    assert list(told["shift_id"]) == list(rows["shift_id"])
    assert set(told["status"]) == {"published"}
    assert not app.warning, "nothing is stale by it"
    take_away(app, *rows.loc[0, ["agent", "day"]])
    assert "shifts that are not as published: 1." in texts(app)
    button(app, "Publish this rota").click().run()
    assert "Version 2 was published on" in texts(app)
    assert (kept.parent / "rota-1.csv").exists()
    assert set(pd.read_csv(kept)["rota_version"]) == {2}
    labels = [found.proto.label for found in app.get("download_button")]
    assert "Download the published rota, version 2" in labels


def test_solving_again_keeps_the_edit_and_says_who_changes(show, solved, rows):
    app = show("rota", **solved.ids())
    agent, day = rows.loc[0, ["agent", "day"]]
    take_away(app, agent, day)
    button(app, "Solve again with the fewest changes").click().run()
    assert not app.exception
    assert ids(app)["edit"]
    store = Store(solved.root)
    job = store.claim("w")
    assert job.kind == "replan"
    assert any(found.label == "Stop and keep the best" for found in app.button)
    run_job(store, "w", job)
    store.finish(job.id, "w")
    assert store.get(job.id).state is JobState.DONE
    app.run()
    assert "This rota was solved again from your draft" in texts(app)
    found = pd.read_csv(store.job_folder(job.id) / "rota.csv")
    assert found[(found["agent"] == agent) & (found["day"] == day)].empty
    changes = pd.read_csv(store.job_folder(job.id) / "changes.csv")
    assert f"your own changes: {len(changes)}." in texts(app)
    assert "Nothing is changed yet." in texts(app), "the edits are in the rota now"
    button(app, "Back to the rota before").click().run()
    assert "edit" not in ids(app)
    assert "Your changes: 1" in texts(app)


def test_a_scenario_that_does_not_fit_any_more_is_only_shown(show, solved):
    path = solved.folder / "scenario.yaml"
    text = path.read_text(encoding="utf-8").replace("count: 4", "count: 2")
    path.write_text(text, encoding="utf-8")
    app = show("rota", **solved.ids())
    assert "Something was changed since this plan was made" in app.warning[0].value
    assert "cannot be changed here" in texts(app)
    assert table_html(app)


def test_it_speaks_italian(show, solved):
    app = show("rota", **solved.ids())
    app.session_state["language"] = "it"
    app.run()
    assert "Modifica questo piano turni" in [found.value for found in app.header]
    assert "lun<br>20 apr" in table_html(app)


def test_locks_that_clash_name_the_rule(show, solved, rows):
    app = show("rota", **solved.ids())
    path = solved.folder / "scenario.yaml"
    path.write_text(
        path.read_text(encoding="utf-8") + "rules: [{minimum_rest: {hours: 20}}]\n", encoding="utf-8"
    )
    app.run()
    app.selectbox(key="rota-edit-person").select(rows["agent"][0]).run()
    days = app.selectbox(key="rota-edit-day").options
    for day, place in ((days[0], -1), (days[1], 1)):
        app.selectbox(key="rota-edit-day").select(day).run()
        box = app.selectbox(key="rota-edit-shift")
        box.select(box.options[place]).run()
        button(app, "Set this shift").click().run()
    assert any("rest" in error.value for error in app.error), "the judge says it at once"
    button(app, "Solve again with the fewest changes").click().run()
    store = Store(solved.root)
    job = store.claim("w")
    run_job(store, "w", job)
    store.finish(job.id, "w")
    app.run()
    assert not app.exception
    clashes = [found.value for found in app.warning if rows["agent"][0] in found.value]
    assert any("rest" in clash for clash in clashes)
