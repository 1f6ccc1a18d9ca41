"""The section on the history: report, days that are not seen, charts, suggestions to accept."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from planner.study import Scenario, incoming, taking, workspace

_SPEC = importlib.util.spec_from_file_location("desk_files", Path(__file__).with_name("desk_files.py"))
files = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(files)
OWN = {
    "stamp": "Opened <b>", "id": "Ref", "queue": "Group", "labels": "Topic", "solved": "Closed $x$",
    "first_reply": "First answer", "first_reply_unit": "minutes"}  # fmt: skip
CHARTS = {"history-weeks", "history-open", "history-today", "history-topics"}


def sentences(app):
    kinds = ("header", "markdown", "caption", "info", "warning", "error")
    return [element.value for kind in kinds for element in getattr(app, kind)]


def said(app, part):
    return any(part in sentence for sentence in sentences(app))


def ids(app):
    return {key: value[0] if isinstance(value, list) else value for key, value in app.query_params.items()}


def button(app, label):
    return next(found for found in app.button if found.label == label)


def charts(app):
    return {found.key for found in app.get("plotly_chart")}


def taken(desk, data, mapping=None, text="people: 6\nzone: Europe/Lisbon\n", **more):
    """A workspace that uses an imported history; its id and the stage."""
    work = workspace.open_text(desk.root, text)
    folder = workspace.folder_of(desk.root, work)
    token = incoming.receive(desk.root, "tickets.csv", data)
    said = incoming.choose(desk.root, token, mapping=mapping or {}, **{"queues": "file", **more})
    found = taking.read_in(incoming.file_of(desk.root, token), said, workspace.load(folder, "scenario.yaml"))
    assert found.imported.mistakes == ()
    return work, taking.accept(folder, "scenario.yaml", "Ours", found)


@pytest.fixture
def ours(desk):
    return taken(desk, files.own(), OWN, zone="Europe/Lisbon")


def test_all_charts_and_the_report_of_the_tickets(show, ours):
    work, stage = ours
    app = show("demand", work=work, stage=stage, part="history")
    assert charts(app) == CHARTS
    assert {metric.label: metric.value for metric in app.metric}["Rows left out"] == "0"
    assert said(app, "tickets.csv, its columns as you named them; times on the clock of Europe/Lisbon")
    assert said(app, "What is shown below is read from the counts")
    assert said(app, "keep the promise")
    assert said(app, "topics that come again and again")
    assert app.table[0].value.columns[0] == "topic"
    app.selectbox(key="history-queue").select("email it").run()
    assert not app.exception


def test_missing_days_are_named(show, ours):
    work, stage = ours
    app = show("demand", work=work, stage=stage, part="history")
    assert any("missing: 2026-02-04 to 2026-02-05" in info.value for info in app.info)


def test_a_suggestion_is_accepted_as_a_new_stage(show, desk, ours):
    work, stage = ours
    app = show("demand", work=work, stage=stage, part="history")
    button(app, "Accept as a new stage").click().run()
    assert app.error[0].value == "Tick at least one of them."
    app.checkbox(key="suggestion-0").check().run()
    button(app, "Accept as a new stage").click().run()
    made = ids(app)["stage"]
    assert made == "ours-history-mended.yaml"
    assert Scenario.load(workspace.folder_of(desk.root, work) / made).said.events
    assert not [found for found in app.checkbox if found.key == "suggestion-0"]


def test_a_file_of_counts_says_what_it_cannot_tell(show, desk):
    work, stage = taken(
        desk, files.calls(), text="people: 6\nqueues: [{name: phone en}]\n", queues="scenario"
    )
    app = show("demand", work=work, stage=stage, part="history")
    assert charts(app) == {"history-weeks"}
    for words in ("today's service is not known", "the backlog is not known", "has tags or topics"):
        assert said(app, words)


def test_hours_in_which_nobody_answers_are_not_taken_for_quiet(show, desk):
    work, stage = taken(
        desk, files.calls(), text="people: 6\nqueues: [{name: phone en}]\n", queues="scenario"
    )
    app = show("demand", work=work, stage=stage, part="history")
    assert any("nobody answers outside its opening hours" in info.value for info in app.info)
    assert said(app, "No day is missing.")


def test_a_file_of_another_zone_says_so_at_the_clock_change(show, desk):
    stamps = "{day} {hour:02d}:15"
    data = files.zendesk(stamp=stamps) + b"".join(
        b"\nn%d,Anna,Help,lang_en,Open,Web,2026-03-29 02:1%d,,0" % (n, n) for n in range(3)
    )
    work, stage = taken(desk, data, zone="Europe/Rome")
    app = show("demand", work=work, stage=stage, part="history")
    assert said(app, "stamps in an hour that does not exist in Europe/Rome")
    assert not said(app, "Anna")


def test_without_a_history_there_is_no_such_section(show, desk):
    app = show("demand", work=desk.work, part="history")
    assert not charts(app) & CHARTS
    assert button(app, "Use your own history")
