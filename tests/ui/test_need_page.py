"""The Need page: people by hour, how queues are answered, what decides the number; and its empty states."""

from __future__ import annotations

import json

from planner.study import Scenario, demand_and_need, need_view, workspace
from planner.study.charts.need import reason_in_words

LIVE = """
name: Phones
zone: Europe/Lisbon
period: {first_day: 2026-04-20, weeks: 1}
volume: {phone en: 40 a weekday, email en: 20 a weekday}
people: {count: 6, weekly_hours: 40, cost: 12}
busy_inside_shift: 15%
no_shows: 3%
queues:
  - {name: phone en, channel: phone, language: en, aht: 5 min, promise: 80% within 20 s}
  - {name: email en, channel: email, language: en, aht: 6 min, promise: 90% within 4 h}
minimum_on_duty: {all: 2}
opening_hours: [{queues: all, days: all, open: 00:00, close: 24:00}]
"""


def sentences(app):
    kinds = ("header", "markdown", "caption", "info")
    return [element.value for kind in kinds for element in getattr(app, kind)]


def charts(app):
    return [json.loads(found.proto.spec) for found in app.get("plotly_chart")]


def links(app):
    return {found.proto.label: found.proto for found in app.main.get("page_link")}


def test_without_a_scenario_it_leads_to_start(show):
    app = show("requirement")
    assert app.info[0].value == "No scenario is open yet."
    assert "Open a sample or write one sentence on the Start page" in links(app)


def test_it_stands_between_demand_and_stages(show, desk):
    assert "Next: Need" in links(show("demand", work=desk.work))
    assert "Next: Ladder" in links(show("requirement", work=desk.work))


def test_people_and_why(show, desk):
    work = workspace.open_text(desk.root, LIVE)
    app = show("requirement", work=work)
    scenario = Scenario.from_text(LIVE)
    _, _, need = demand_and_need(scenario)
    heat, reasons, waits = charts(app)
    assert max(v for day in heat["data"][0]["z"] for v in day) == need_view.people_of(need).max()
    expected = {reason_in_words(reason) for reason in need_view.reason_table(need)["reason"]}
    assert {trace["name"] for trace in reasons["data"]} == expected
    assert waits["layout"]["title"]["text"].startswith("Work that can wait")
    table = app.table[0].value
    assert list(table["Queue"]) == ["phone en", "email en"]
    assert (
        "email en is answered as deferred work: 4 h is 40 handle times of 6 min" in table["How, and why"][1]
    )
    text = "\n".join(sentences(app))
    assert "you staff for presence, not for load" in text
    assert "% go into meetings" in text
    assert "% of the people do not come at the last minute" in text


def test_a_set_can_be_chosen(show, desk):
    app = show("requirement", work=workspace.open_text(desk.root, LIVE))
    app.selectbox(key="need-set").select("phone en").run()
    assert charts(app)[0]["layout"]["title"]["text"].endswith("phone en")
    assert any("of customers are answered as promised" in sentence for sentence in sentences(app))


def test_a_stated_need_says_so(show, desk):
    app = show("requirement", work=workspace.open_text(desk.root, "need: {seat: 1}\npeople: 5\n"))
    assert app.info[0].value.startswith("This scenario states how many people it needs")
    assert len(charts(app)) == 1
    assert not app.table
    assert any("take" in sentence and "people of 40 h" in sentence for sentence in sentences(app))


def test_what_simulation_added_is_shown_only_of_a_plan_that_fits(show, solved):
    record = json.loads((solved.result / "stage-1" / "plan.json").read_text(encoding="utf-8"))
    app = show("requirement", **solved.ids())
    rounds = app.table[-1].value
    assert list(rounds["Round"]) == [each["number"] for each in record["rounds"]]
    assert list(rounds["Chosen"]).count("this one") == 1
    path = solved.folder / "scenario.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("30 a weekday", "35 a weekday"), encoding="utf-8"
    )
    changed = show("requirement", **solved.ids())
    assert "What simulation added" not in [found.value for found in changed.header]


def test_a_tighter_promise_becomes_a_new_stage_on_screen(show, desk):
    work = workspace.open_text(desk.root, LIVE)
    app = show("requirement", work=work)
    app.text_input(key="need-scenario.yaml-promise-email en").set_value("90% within 1 h")
    app.text_input(key="need-scenario.yaml-least-phone en").set_value("3")
    next(found for found in app.button if found.label == "Save as a new stage").click().run()
    stage = app.query_params["stage"]
    file = stage[0] if isinstance(stage, list) else stage
    made = workspace.load(workspace.folder_of(desk.root, work), file)
    assert made.name == "Phones, other need"
    assert made.said.minimum_on_duty == {"all": 2, "phone en": 3}
    assert app.text_input(key=f"need-{file}-promise-email en").value == "90% within 1 h"


def test_what_cannot_be_read_is_said_and_nothing_is_saved(show, desk):
    work = workspace.open_text(desk.root, LIVE)
    app = show("requirement", work=work)
    app.text_input(key="need-scenario.yaml-promise-email en").set_value("soon")
    app.text_input(key="need-scenario.yaml-field-no_shows").set_value("a few")
    next(found for found in app.button if found.label == "Save as a new stage").click().run()
    said = " ".join(found.value for found in app.error)
    assert "soon" in said
    assert "a few" in said
    assert len(workspace.stages(workspace.folder_of(desk.root, work))) == 1
