"""The form of the need: what it shows is what holds, and a stage says only what was changed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from planner._errors import ScenarioError
from planner.study import Scenario, need_form, workspace

DESK = """
people: {count: 6, languages: "en, it"}
queues:
  - {name: phone it, channel: phone, language: it, aht: 4 min, promise: 80% of answered within 20 s}
  - {name: email en, channel: email, language: en, replies: 2}
minimum_on_duty: {all: 1, phone it: 2}
volume: {phone it: 20, email en: 40}
"""


def test_the_form_shows_what_holds() -> None:
    form = need_form.form_of(Scenario.from_text(DESK))
    assert form.promises == {"phone it": "80% of answered within 20 s", "email en": "90% within 4 h"}
    assert form.least == {"all": "1", "phone it": "2", "email en": ""}
    assert form.fields["busy_inside_shift"] == "15%"


def test_nothing_typed_changes_nothing() -> None:
    desk = Scenario.from_text(DESK)
    assert need_form.changes_of(desk, need_form.form_of(desk)) == {}


def test_a_stage_holds_what_was_typed_and_the_rest_as_it_was(tmp_path) -> None:
    (tmp_path / "scenario.yaml").write_text(DESK, encoding="utf-8")
    desk = workspace.load(tmp_path, "scenario.yaml")
    form = need_form.form_of(desk)
    typed = replace(
        form,
        promises={**form.promises, "email en": " 95% within 2 h "},
        least={"all": "2", "phone it": "", "email en": ""},
        fields={**form.fields, "no_shows": "5%"},
    )
    file = workspace.save_stage(tmp_path, "scenario.yaml", "Tighter", need_form.changes_of(desk, typed))
    made = workspace.load(tmp_path, file)
    again = need_form.form_of(made)
    assert again.promises == {"phone it": "80% of answered within 20 s", "email en": "95% within 2 h"}
    assert again.least == {"all": "2", "phone it": "0", "email en": ""}
    assert (again.fields["no_shows"], again.fields["busy_inside_shift"]) == ("5%", "15%")
    assert made.said.queues[1].replies == desk.said.queues[1].replies == 2


def test_every_mistake_is_found_at_once_and_nothing_is_written(tmp_path) -> None:
    (tmp_path / "scenario.yaml").write_text(DESK, encoding="utf-8")
    desk = workspace.load(tmp_path, "scenario.yaml")
    form = need_form.form_of(desk)
    typed = replace(
        form,
        promises={**form.promises, "email en": "soon"},
        least={**form.least, "all": "some"},
        fields={**form.fields, "no_shows": "a few"},
    )
    with pytest.raises(ScenarioError) as found:
        workspace.save_stage(tmp_path, "scenario.yaml", "Wrong", need_form.changes_of(desk, typed))
    said = " ".join(map(str, found.value.messages))
    assert all(word in said for word in ("soon", "some", "a few"))
    assert [path.name for path in tmp_path.iterdir()] == ["scenario.yaml"]
