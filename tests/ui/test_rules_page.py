"""The Rules page: rules as sentences, toggles, an exception with its reason, contradictions, saving."""

from __future__ import annotations

import pytest

from planner.study import workspace

LAW = """
name: Desk
zone: Europe/Lisbon
period: {first_day: 2026-04-20, weeks: 1}
need: {seat: 1}
people: {count: 2, weekly_hours: 40, cost: 12}
sites: {name: Lisbon, zone: Europe/Lisbon, country_rules: pt}
rules: [max_days_in_row: {days: 5}]
"""


def text(app):
    kinds = ("markdown", "caption", "info", "warning", "error", "success")
    return "\n".join(element.value for kind in kinds for element in getattr(app, kind))


def button(app, label):
    return next(found for found in app.button if found.label == label)


def named(kind, label):
    return next(found for found in kind if found.label == label)


def cells(app):
    return " ".join(str(cell) for table in app.table for cell in table.value.to_numpy().ravel())


@pytest.fixture
def rules(show, desk):
    work = workspace.open_text(desk.root, LAW)
    app = show("rules", work=work)
    app.folder = workspace.folder_of(desk.root, work)
    return app


def choose(app, start):
    box = named(app.selectbox, "A rule of this scenario")
    place = next(place for place, said in enumerate(box.options) if said.startswith(start))
    return box.select_index(place).run()


def test_without_a_scenario_it_says_what_to_do(show):
    assert "No scenario is open yet." in text(show("rules"))


def test_rules_stand_as_sentences_with_their_sources(rules):
    assert "At most 5 days of work in a row" in cells(rules)
    assert "pt: daily_rest_min_h; art. 214; statute text read" in cells(rules)
    assert "not checked here" in text(rules)
    assert "Nothing is changed." in text(rules)


def test_a_hard_rule_becomes_soft_is_undone_and_saved(rules):
    app = choose(rules, "1.")
    named(app.toggle, "May be broken at a price").set_value(True).run()
    assert "soft, 20 EUR a day" in cells(app)
    named(app.text_input, "Price in EUR, a day").set_value("35").run()
    assert "soft, 35 EUR a day" in cells(app)
    button(app, "Undo").click().run()
    assert "soft, 20 EUR a day" in cells(app)
    button(app, "Redo").click().run()
    button(app, "Save as a new stage").click().run()
    assert not app.exception
    assert app.query_params["stage"] == "rules-changed.yaml"
    made = workspace.load(app.folder, "rules-changed.yaml")
    assert made.rule_settings == ({"max_days_in_row": {"days": "5", "penalty": "35"}},)


def test_an_exception_needs_its_reason(rules):
    box = named(rules.selectbox, "A rule of a pack")
    app = box.select_index(box.options.index("At least 11 hours' rest between two shifts")).run()
    button(app, "Make an exception").click().run()
    named(app.text_input, "hours").set_value("9").run()
    assert "rule 2, minimum_rest, hours: 9 is less strict than country rules pt (11)" in text(app)
    assert button(app, "Save as a new stage").disabled
    named(app.text_input, "Reason for an exception").set_value("agreement of May").run()
    assert not button(app, "Save as a new stage").disabled
    assert "At least 9 hours' rest between two shifts" in cells(app)
    assert "an exception, because: agreement of May" in cells(app)


def test_every_mistake_is_told_and_what_was_typed_stays(rules):
    app = choose(rules, "1.")
    named(app.text_input, "days").set_value("many").run()
    assert "rule 1, max_days_in_row, days" in text(app)
    assert named(app.text_input, "days").value == "many"
    assert button(app, "Save as a new stage").disabled


def test_presets_packs_and_people(rules):
    named(rules.toggle, "Usual rules").set_value(True).run()
    assert "Two days off together in each week" in cells(rules)
    named(rules.toggle, "Guidance against fatigue").set_value(True).run()
    assert "good-practice" in cells(rules)
    named(rules.selectbox, "Country rules of Lisbon").select("").run()
    assert "daily_rest_min_h; art. 214" not in cells(rules)
    app = choose(rules, "1.")
    named(app.multiselect, "For whom").select("Person 1").run()
    assert not app.exception
    assert "this scenario, for some people" in cells(app)
    button(app, "Remove this rule").click().run()
    assert "At most 5 days of work in a row" not in cells(app)


def test_clashing_rules_are_named_before_solving(rules):
    box = named(rules.selectbox, "A new rule")
    place = next(place for place, said in enumerate(box.options) if said.startswith("Hours in each week"))
    app = box.select_index(place).run()
    button(app, "Add this rule").click().run()
    named(app.text_input, "at_least").set_value("contract").run()
    app = choose(app, "1.")
    named(app.text_input, "days").set_value("1").run()
    assert "has not been looked at yet" in text(app)
    button(app, "Look whether anybody's rules clash").click().run()
    assert "Person 1 has no legal tour: these cannot all hold" in text(app)
    named(app.text_input, "days").set_value("5").run()
    assert "has not been looked at yet" in text(app), "it was looked at for other rules"


def test_it_speaks_italian(rules):
    rules.session_state["language"] = "it"
    rules.run()
    assert "Nulla è cambiato." in text(rules)
    assert "letto il testo di legge" in cells(rules)
