"""The Team page: what it shows, pasting, days off, undo, saving; typing itself is in the browser's test."""

from __future__ import annotations

import pytest

from planner.study import workspace


def text(app):
    kinds = ("markdown", "caption", "info", "warning", "error")
    return "\n".join(element.value for kind in kinds for element in getattr(app, kind))


def button(app, label):
    return next(found for found in app.button if found.label == label)


def draft(app):
    """What is under way of the first stage."""
    key = workspace.fingerprint(app.folder, ("scenario.yaml",))
    return app.session_state[f"team-{app.folder.name}-{key}"]


def names(app):
    return [row["name"] for row in draft(app).typed]


@pytest.fixture
def team(show, desk):
    """The page of a stage with four people without names."""
    app = show("team", **desk.ids())
    app.folder = desk.folder
    return app


def paste(app, block):
    app.text_area[0].set_value(block).run()
    assert not app.exception
    return app


def test_without_a_scenario_it_says_what_to_do(show):
    app = show("team")
    assert "No scenario is open yet." in text(app)


def test_people_without_names_are_said_to_stand_for_them(team):
    assert "how many people there are, not who" in text(team)
    assert names(team) == ["Person 1", "Person 2", "Person 3", "Person 4"]
    assert "People: 4; hours a week: 160; full-time equivalents: 4.0" in text(team)
    assert button(team, "Save as a new stage").disabled


def test_a_block_is_looked_at_then_taken_undone_and_saved(team):
    app = paste(team, "name\tlanguages\tnights\n=Ana\ten\tno\nPerson 2\ten, pt\tyes")
    assert "Rows read: 2" in text(app)
    assert names(app) == ["Person 1", "Person 2", "Person 3", "Person 4"], "nothing changes before"
    button(app, "Add them, or change those of the same name").click().run()
    assert names(app) == ["Person 1", "Person 2", "Person 3", "Person 4", "=Ana"]
    assert "Changed and not saved yet." in text(app)
    button(app, "Undo").click().run()
    assert len(names(app)) == 4
    assert button(app, "Undo").disabled
    button(app, "Redo").click().run()
    assert draft(app).typed[1]["languages"] == "en, pt"
    button(app, "Save as a new stage").click().run()
    assert not app.exception
    assert app.query_params["stage"] == "team-changed.yaml"
    made = workspace.load(team.folder, "team-changed.yaml")
    assert [agent.name for agent in made.team.agents][-1] == "=Ana"
    assert not made.team.agents[-1].nights
    assert "Nothing is changed." in text(app)


def test_wrong_cells_of_a_block_are_listed_and_kept(team):
    app = paste(team, "name\tsite\tnights\nAna\tLisboa\tN\nBea\tLisbon\tyes")
    assert 'row 1, Nights: "N" is neither; write yes or no' in text(app)
    assert 'row 1, Site: there is no site "Lisboa"; did you mean Lisbon?' in text(app)
    button(app, "Put them in place of everybody").click().run()
    assert [dict(row)["nights"] for row in draft(app).typed] == ["N", "yes"]
    assert "What keeps this from being saved: 2" in text(app)
    assert "Not saved yet. Mend what is listed first." in text(app)
    assert button(app, "Save as a new stage").disabled
    assert not list(team.folder.glob("team-changed.yaml"))


def test_a_block_that_names_nobody_says_so(team):
    app = paste(team, "site,languages\nLisbon,en")
    assert "no column says who it is" in text(app)


def test_days_off_are_added_and_shown(team):
    box = next(found for found in team.selectbox if found.label == "Who")
    app = box.select(1).run()
    first, last = app.date_input
    first.set_value("2026-04-21")
    last.set_value("2026-04-22")
    app.run()
    button(app, "Add").click().run()
    assert draft(app).typed[1]["leave"] == "2026-04-21..2026-04-22"
    assert "Person 2: 2026-04-21..2026-04-22" in text(app)


def test_everything_goes_back_to_what_is_saved(team):
    app = paste(team, "name\nAna")
    button(app, "Put them in place of everybody").click().run()
    button(app, "Back to what is saved").click().run()
    assert len(names(app)) == 4
    assert "Nothing is changed." in text(app)


def test_what_cannot_work_is_told_before_solving(team):
    app = paste(team, "name\tlanguages\tweekly_hours\nAna\ten\t90")
    button(app, "Put them in place of everybody").click().run()
    assert "What cannot work, before anything is solved" in text(app)
    assert "Ana: 90 h a week" in text(app)


def test_it_speaks_italian(show, desk):
    app = show("team", **desk.ids())
    app.session_state["language"] = "it"
    app.run()
    assert "Nulla è cambiato." in text(app)
    assert "equivalenti a tempo pieno" in text(app)
