"""The page of the ladder: cards, hours, usual next steps, order, gates."""

from __future__ import annotations

import numpy as np
import pytest

from planner.study import Scenario, hours_matrix, mended_stage, workspace

WORDS = ("title", "header", "markdown", "caption", "info", "warning", "error")


def sentences(app):
    return [element.value for kind in WORDS for element in getattr(app, kind)]


def ids(app):
    return {key: value[0] if isinstance(value, list) else value for key, value in app.query_params.items()}


def button(app, label):
    return next(found for found in app.button if found.label == label)


def press(app, label):
    button(app, label).click().run()
    assert not app.exception
    return app


def cards(app):
    found = [element.proto.body for element in app.get("html")]
    return [body for body in found if 'class="rung"' in body]


def paint(app, file, days, first, last, is_open=True):
    app.get("button_group")[0].set_value(days)
    app.selectbox(key=f"from-{file}").set_value(first)
    app.selectbox(key=f"to-{file}").set_value(last)
    app.run()
    return press(app, "Open these hours" if is_open else "Close these hours")


def hours(desk, file):
    return hours_matrix.masks_of(Scenario.load(desk.folder / file))["email en"]


def test_cards_of_a_ladder_that_nobody_solved(show, desk):
    app = show("rollout", work=desk.work)
    one, two = cards(app)
    assert "1. Weekdays" in one
    assert "Mon–Fri 09:00–18:00" in one
    assert "people with a contract: 4" in one
    assert 'aria-current="true"' in one
    assert "opens: Sat 09:00–18:00" in two
    assert "starts from: Weekdays" in two
    assert all("not solved yet" in card for card in (one, two))
    assert len(app.get("plotly_chart")) == 2


def test_cards_say_what_the_last_solve_found(show, solved):
    one, two = cards(show("rollout", **solved.ids()))
    assert "as it is today" in one
    assert "promise kept: " in one
    assert "wages and premiums a month: " in one
    assert "cost against the first stage: " in two
    assert "✓ go" in two or "✗ no-go" in two


def test_cards_are_stale_where_something_changed_and_new_stages_are_not_in_the_solve(show, solved):
    app = press(show("rollout", **solved.ids()), "Add two early hours")
    assert [("not in the last solve" in card) for card in cards(app)].count(True) == 1
    path = solved.folder / "scenario.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("count: 4", "count: 5"), encoding="utf-8")
    app = show("rollout", **solved.ids())
    assert sum("changed since it was solved" in card for card in cards(app)) == 2


def test_a_card_shows_its_stage(show, desk):
    app = show("rollout", work=desk.work)
    press(app, "Show")
    assert ids(app)["stage"] == "saturdays.yaml"
    assert "Saturdays too" in [header.value for header in app.header]


def test_one_stage_alone_says_what_to_do_next(show, desk):
    app = show("rollout", work=workspace.open_text(desk.root, "people: 4\n"))
    assert any("This is today's desk" in sentence for sentence in sentences(app))


@pytest.mark.parametrize(
    ("label", "name", "text"),
    [
        ("Add two early hours", "Weekdays, two hours earlier", "Mon–Fri 07:00–18:00"),
        ("Add two late hours", "Weekdays, two hours later", "Mon–Fri 09:00–20:00"),
        ("Weekdays around the clock", "Weekdays, weekdays around the clock", "Mon–Fri 00:00–24:00"),
        ("24/7", "Weekdays, 24/7", "every day 00:00–24:00"),
    ],
)
def test_a_usual_step_is_one_click(show, desk, label, name, text):
    app = press(show("rollout", work=desk.work), label)
    made = Scenario.load(desk.folder / ids(app)["stage"])
    assert made.name == name
    assert any(text in card and name in card for card in cards(app))


def test_a_step_for_one_queue_leaves_the_others(show, desk):
    text = """
people: 4
volume: {email en: 20 a weekday, chat en: 10 a weekday}
queues: [{name: email en}, {name: chat en, channel: chat}]
"""
    work = workspace.open_text(desk.root, text)
    app = press(show("rollout", work=work, queue="chat en"), "24/7")
    made = Scenario.load(workspace.folder_of(desk.root, work) / ids(app)["stage"])
    masks = hours_matrix.masks_of(made)
    assert masks["chat en"].all()
    assert not masks["email en"][5:].any()


def test_what_is_open_already_is_a_sentence(show, desk):
    app = press(press(show("rollout", work=desk.work), "24/7"), "24/7")
    assert "open already" in app.error[0].value


def test_hours_opened_by_day_and_time_are_told_and_saved(show, desk):
    app = paint(show("rollout", work=desk.work), "scenario.yaml", [4, 5], 18, 20)
    assert any("opens: Fri, Sat 18:00–20:00" in sentence for sentence in sentences(app))
    assert len(workspace.stages(desk.folder)) == 2
    paint(app, "scenario.yaml", [0], 9, 10, is_open=False)
    app.text_input(key="name-scenario.yaml").set_value("Long Fridays").run()
    press(app, "Save as a new stage")
    assert ids(app)["stage"] == "long-fridays.yaml"
    week = hours(desk, "long-fridays.yaml")
    wanted = hours(desk, "scenario.yaml")
    wanted[[4, 5], 72:80] = True
    wanted[0, 36:40] = False
    assert np.array_equal(week, wanted)
    assert not any("Not saved yet" in sentence for sentence in sentences(app))


def test_painting_is_undone_step_by_step(show, desk):
    app = paint(show("rollout", work=desk.work), "scenario.yaml", [5], 9, 12)
    paint(app, "scenario.yaml", [6], 9, 12)
    press(app, "Undo the last change")
    assert any("opens: Sat 09:00–12:00" in sentence for sentence in sentences(app))
    paint(app, "scenario.yaml", [5], 9, 12, is_open=False)
    assert "The hours are as they were." in sentences(app)
    assert button(app, "Save as a new stage").disabled
    press(app, "Forget these changes")
    assert not any("Not saved yet" in sentence for sentence in sentences(app))


def test_a_removed_stage_can_be_brought_back(show, desk):
    app = press(show("rollout", work=desk.work, stage="saturdays.yaml"), "Remove this stage")
    assert not (desk.folder / "saturdays.yaml").exists()
    press(app, "Undo the last change of the ladder")
    assert ids(app)["stage"] == "saturdays.yaml"
    assert (desk.folder / "saturdays.yaml").exists()
    assert "Undo the last change of the ladder" not in [found.label for found in app.button]


def test_the_first_stage_is_not_removed(show, desk):
    app = press(show("rollout", work=desk.work), "Remove this stage")
    assert "stays" in app.error[0].value
    assert (desk.folder / "scenario.yaml").exists()


def test_a_stage_is_copied_renamed_and_moved(show, desk):
    app = press(show("rollout", work=desk.work, stage="saturdays.yaml"), "Copy")
    made = ids(app)["stage"]
    assert Scenario.load(desk.folder / made).name == "Saturdays too, copy"
    app.text_input(key=f"rename-{made}").set_value("Weekends")
    press(app, "Rename")
    assert [stage.name for stage in workspace.stages(desk.folder)] == [
        "Weekdays",
        "Weekends",
        "Saturdays too",
    ] or [stage.name for stage in workspace.stages(desk.folder)] == ["Weekdays", "Saturdays too", "Weekends"]
    before = [stage.file for stage in workspace.stages(desk.folder)]
    down = before.index(made) == 1
    press(app, "Move down" if down else "Move up")
    assert [stage.file for stage in workspace.stages(desk.folder)] == [before[0], before[2], before[1]]
    press(app, "Undo the last change of the ladder")
    assert [stage.file for stage in workspace.stages(desk.folder)] == before


def gates(desk, file):
    return Scenario.load(desk.folder / file).gates


def test_gates_stand_there_in_words_and_with_what_was_found(show, solved):
    app = show("rollout", **solved.ids(stage="saturdays.yaml"))
    told = [element.proto.body for element in app.get("html")]
    (gate,) = [body for body in told if "at most 1 % above" in body]
    assert ("go" in gate) == bool(gates(solved, "saturdays.yaml"))
    assert "against the first scenario" in gate


def test_a_threshold_is_changed_in_the_stage_and_undone(show, desk):
    app = show("rollout", work=desk.work, stage="saturdays.yaml")
    key = f"gates-{desk.work}-saturdays.yaml"
    assert button(app, "Save in this stage").disabled
    app.number_input(key=f"{key}-0-0-cost_uplift-at_most").set_value(12.5).run()
    press(app, "Save in this stage")
    assert [gate.settings for gate in gates(desk, "saturdays.yaml")] == [{"at_most": 0.125}]
    press(app, "Undo the last change of the ladder")
    assert [gate.settings for gate in gates(desk, "saturdays.yaml")] == [{"at_most": 0.01}]


def test_gates_are_added_and_removed_and_become_a_new_stage(show, desk):
    app = show("rollout", work=desk.work, stage="saturdays.yaml")
    key = f"gates-{desk.work}-saturdays.yaml"
    app.selectbox(key=f"{key}-new").select("nights_per_person")
    app.button(key=f"{key}-add").click().run()
    app.button(key=f"{key}-1-remove-0").click().run()
    app.button(key=f"{key}-save").click().run()
    made = ids(app)["stage"]
    assert [gate.kind for gate in gates(desk, made)] == ["nights_per_person"]
    assert [gate.kind for gate in gates(desk, "saturdays.yaml")] == ["cost_uplift"]


def test_the_last_gate_goes(show, desk):
    app = show("rollout", work=desk.work, stage="saturdays.yaml")
    key = f"gates-{desk.work}-saturdays.yaml"
    app.button(key=f"{key}-0-remove-0").click().run()
    assert not [field for field in app.number_input if field.key.startswith(f"{key}-1-")]
    press(app, "Save in this stage")
    assert gates(desk, "saturdays.yaml") == ()


def test_of_two_gates_alike_the_right_one_goes(show, desk):
    app = show("rollout", work=desk.work, stage="saturdays.yaml")
    key = f"gates-{desk.work}-saturdays.yaml"
    app.selectbox(key=f"{key}-new").select("cost_uplift")
    app.button(key=f"{key}-add").click().run()
    app.number_input(key=f"{key}-1-1-cost_uplift-at_most").set_value(40.0).run()
    app.button(key=f"{key}-1-remove-0").click().run()
    assert app.number_input(key=f"{key}-2-0-cost_uplift-at_most").value == 40.0
    press(app, "Save in this stage")
    assert [gate.settings for gate in gates(desk, "saturdays.yaml")] == [{"at_most": 0.4}]


def test_what_mends_a_gate_is_one_click(show, solved, monkeypatch):
    path = solved.result / "mending.csv"
    head = path.read_text(encoding="utf-8").splitlines()[0].split(",")
    rows = {
        "number": "2",
        "gate": "cost_uplift",
        "change": "half",
        "what": "open a part of the new hours only: 09:00-18:00 on mon-fri",
        "passes": "yes",
        "mends_gate": "yes",
        "cost_change_a_month": "-200",
        "weeks_from_decision": "4",
    }
    path.write_text(
        ",".join(head) + "\n" + ",".join(f'"{rows.get(name, "")}"' for name in head), encoding="utf-8"
    )
    found = solved.result / "gates.csv"
    found.write_text(
        found.read_text(encoding="utf-8").replace("cost_uplift,go", "cost_uplift,no-go"), encoding="utf-8"
    )
    app = show("rollout", **solved.ids(stage="saturdays.yaml"))
    assert any("What would mend it" in sentence for sentence in sentences(app))
    press(app, "Make it a stage")
    assert "can no longer be worked out" in app.error[0].value  # of one new day there is no half
    changes = {"minimum_on_duty": {"all": "2"}}
    monkeypatch.setattr(mended_stage, "changes_of_mend", lambda *_: changes)
    press(app, "Make it a stage")
    made = Scenario.load(solved.folder / ids(app)["stage"])
    assert made.name == "Saturdays too, mended"
    assert made.need_settings.presence["all"] == 2
