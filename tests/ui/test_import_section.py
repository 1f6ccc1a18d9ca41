"""The import on Demand: what a file is, what it leaves open, what became of it, what is kept."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from planner.study import incoming, workspace
from planner.ui.words import plain

_SPEC = importlib.util.spec_from_file_location("desk_files", Path(__file__).with_name("desk_files.py"))
files = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(files)
STAGE = "name: Desk\npeople: 6\nzone: Europe/Lisbon\nvolume: {email en: 30}\n"
OWN = {"zone": "Europe/Lisbon", "mapping": {
    "stamp": "Opened <b>", "id": "Ref", "queue": "Group", "labels": "Topic", "solved": "Closed $x$",
    "first_reply": "First answer", "first_reply_unit": "minutes"}, "profile": "mapping"}  # fmt: skip


@pytest.fixture
def work(desk):
    return workspace.open_text(desk.root, STAGE)


def sentences(app):
    kinds = ("title", "header", "markdown", "caption", "info", "warning", "error", "success")
    return [element.value for kind in kinds for element in getattr(app, kind)]


def said(app, part):
    return any(part in sentence for sentence in sentences(app))


def button(app, label):
    return next(found for found in app.button if found.label == label)


def box(app, label):
    return next(found for found in app.selectbox if found.label.startswith(label))


def ids(app):
    return {key: value[0] if isinstance(value, list) else value for key, value in app.query_params.items()}


def opened(show, desk, work, data, name="tickets.csv", **choices):
    """The page with a file on its way in."""
    token = incoming.receive(desk.root, name, data)
    incoming.choose(desk.root, token, queues="file", **choices)
    return show("demand", work=work, part="import", file=token)


def test_without_history_the_page_leads_to_the_import(show, work):
    app = show("demand", work=work)
    assert app.info[0].value.startswith("There is no ticket history")
    button(app, "Use your own history").click().run()
    assert ids(app)["part"] == "import"
    assert said(app, "Only counts are kept")


def test_start_makes_a_desk_and_leads_to_the_import(show, desk):
    app = show("start")
    app.text_input(key="sentence").set_value("6 people, 38 h, Italian, 50 tickets a weekday")
    button(app, "Start from your own tickets").click().run()
    assert ids(app)["part"] == "import"


def test_a_file_is_uploaded_and_stands_in_the_address(show, desk, work):
    app = show("demand", work=work, part="import")
    app.file_uploader[0].upload("../tickets.csv", files.zendesk(), "text/csv").run()
    assert not app.exception
    token = ids(app)["file"]
    assert incoming.file_of(desk.root, token).name == "tickets.csv"
    assert said(app, "Written by Zendesk")
    assert said(app, "table; UTF-8; parted by commas; the first 512 rows looked at")
    assert not said(app, "Anna")


def test_a_naive_file_asks_for_the_zone_and_guesses_none(show, desk, work):
    app = opened(show, desk, work, files.zendesk())
    zone = box(app, "In which time zone")
    assert zone.value is None
    assert button(app, "Read the file").disabled
    zone.select("Europe/Rome").run()
    assert not button(app, "Read the file").disabled
    again = show("demand", **ids(app))
    assert box(again, "In which time zone").value == "Europe/Rome"
    button(again, "Read the file").click().run()
    figures = {metric.label: metric.value for metric in again.metric}
    assert figures == {"Rows read": "840", "Contacts kept": "770", "Rows left out": "70"}
    assert again.table[0].value.to_numpy().tolist() == [["70", "deleted, by its status"]]
    assert said(again, "read as zendesk; times on the clock of Europe/Rome")
    assert said(again, "Fingerprint of the file (SHA-256): ")


def test_a_zone_that_the_title_names_is_not_asked_for(show, desk, work):
    rows = [f"{n},2026-01-{5 + n:02d} 10:00,email" for n in range(20)]
    header = "Conversation ID,Conversation started at (Europe/Rome),Channel"
    app = opened(show, desk, work, "\n".join([header, *rows]).encode(), **{"profile": "intercom"})
    assert not [found for found in app.selectbox if found.label.startswith("In which time zone")]


def test_day_and_month_are_asked_with_both_readings(show, desk, work):
    rows = [f"{n}-{hour},0{1 + n % 9}/0{9 - n % 7}/2026 {hour:02d}:00" for n in range(9) for hour in range(9)]
    data = "\n".join(["Case Number,Date/Time Opened", *rows]).encode()
    app = opened(show, desk, work, data, zone="Europe/Rome", profile="mapping",
                 mapping={"stamp": "Date/Time Opened"})  # fmt: skip
    order = box(app, "Which comes first")
    assert len({option.split(": ")[1] for option in order.options}) == 2
    order.select_index(0).run()
    assert incoming.choices_of(desk.root, ids(app)["file"]).mapping["day_first"] == "yes"
    assert box(app, "Which comes first").value == "yes"


def test_columns_of_nobody_known_are_named_by_hand(show, desk, work):
    app = opened(show, desk, work, files.own(), zone="Europe/Lisbon")
    assert said(app, "No help desk that is known here writes these columns")
    assert box(app, "Time of creation").value == "Opened <b>"
    box(app, "First reply").select("First answer").run()
    box(app, "Plain numbers are").select("minutes").run()
    box(app, "Queue, group").select("Group").run()
    kept = incoming.choices_of(desk.root, ids(app)["file"])
    assert kept.mapping["first_reply_unit"] == "minutes"
    assert (kept.mapping["stamp"], kept.profile) == ("Opened <b>", "mapping")
    button(app, "Read the file").click().run()
    assert said(app, "Queues are those that the file names: email en, email it")
    assert said(app, "its columns as you named them")


def test_no_column_of_stamps_names_what_is_needed(show, desk, work):
    app = opened(show, desk, work, b"name,colour\nAnna,red\nBruno,blue\n")
    assert any("name it above, under Time of creation" in error.value for error in app.error)
    assert box(app, "Time of creation").options == ["name", "colour"]
    assert button(app, "Read the file").disabled
    assert not said(app, "Anna")


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.xls", b"\xd0\xcf\x11\xe0" + bytes(600), "Save it as .xlsx or CSV"),
        ("a.csv", b"%PDF-1.7 and so on", "PDF"),
        ("a.csv", b"", "The file is empty."),
        ("a.csv", files.ZENDESK.encode(), "no rows"),
        ("a.zip", b"PK\x05\x06" + bytes(20), ""),
    ],
)
def test_a_file_of_another_kind_is_a_sentence(show, desk, work, name, data, words):
    app = opened(show, desk, work, data, name, zone="UTC")
    assert any(words in error.value for error in app.error)
    button(app, "Discard the file").click().run()
    assert "file" not in ids(app)
    assert app.file_uploader


def test_a_file_that_is_gone_is_a_sentence(show, work):
    app = show("demand", work=work, part="import", file="0" * 32)
    assert "no longer here" in app.error[0].value
    button(app, "Upload another file").click().run()
    assert app.file_uploader


def test_titles_are_shown_as_text(show, desk, work):
    data = b"Cr<b>eated,*Id*,`Via`\n" + b"\n".join(
        b"2026-01-%02d 10:00,%d,$x$ [a](b) <i>fax</i>" % (5 + n % 20, n) for n in range(40)
    )
    app = opened(show, desk, work, data, zone="UTC", profile="mapping",
                 mapping={"stamp": "Cr<b>eated", "queue": "`Via`"})  # fmt: skip
    assert not app.exception
    shown = [*sentences(app), *(found.label for found in app.selectbox)]
    assert any("\\$x\\$ \\[a\\](b) \\<i\\>fax\\</i\\>" in text for text in shown)
    assert not any("<i>" in text.replace("\\<", "") for text in shown)


def test_words_that_nobody_knows_are_asked_once(show, desk, work):
    data = files.zendesk().replace(b",Web,", b",Hotline 2,")
    app = opened(show, desk, work, data, zone="Europe/Rome")
    word = box(app, 'Channel "Hotline 2"')
    assert word.options == ["email", "chat", "phone", "social"]
    word.select("phone").run()
    assert incoming.choices_of(desk.root, ids(app)["file"]).mapping == {"channels": {"Hotline 2": "phone"}}
    button(app, "Read the file").click().run()
    assert said(app, "Contacts kept by queue: phone en 770")
    button(app, "Use this history").click().run()
    assert not app.error
    assert ids(app)["part"] == "forecast"


def test_a_few_bad_rows_are_accepted_or_not(show, desk, work):
    app = opened(show, desk, work, files.zendesk(bad=20), zone="Europe/Rome")
    button(app, "Read the file").click().run()
    assert any("cannot be read" in error.value or "20" in error.value for error in app.error)
    app.checkbox(key="import-accept").check().run()
    assert not app.error
    reasons = dict(app.table[0].value.to_numpy()[:, ::-1].tolist())
    assert reasons["date and time cannot be read"] == "20"


def test_two_profiles_alike_are_a_choice(show, desk, work, monkeypatch):
    app = opened(show, desk, work, files.zendesk(), profile="zendesk-explore", zone="Europe/Rome")
    chosen = box(app, "Which help desk")
    assert chosen.options[-1] == "None of these: I say what the columns hold"
    assert "zendesk" in chosen.options
    chosen.select("zendesk").run()
    assert incoming.choices_of(desk.root, ids(app)["file"]).profile == "zendesk"


def test_a_history_is_used_and_the_file_is_gone(show, desk, work):
    app = opened(show, desk, work, files.own(), read=True, **OWN)
    incoming.choose(desk.root, ids(app)["file"], read=True)
    app = show("demand", **ids(app))
    assert said(app, plain("adds to the stage: events: [{name: unusual 2026-02-14, days: 2026-02-14}]"))
    app.checkbox[0].check().run()
    app.text_input(key="import-name").set_value("Our tickets").run()
    button(app, "Use this history").click().run()
    assert not app.error
    shown = ids(app)
    assert (shown["stage"], shown["part"]) == ("our-tickets.yaml", "forecast")
    assert "file" not in shown
    assert not list((desk.root / "incoming").iterdir())
    assert app.get("plotly_chart")
    folder = workspace.folder_of(desk.root, work)
    assert (folder / "history-1.csv").is_file()
    made = workspace.load(folder, "our-tickets.yaml")
    assert made.said.events
    assert [queue.name for queue in made.queues] == ["email en", "email it"]


def test_the_mapping_of_the_file_before_is_offered(show, desk, work):
    app = opened(show, desk, work, files.own(), **OWN)
    incoming.choose(desk.root, ids(app)["file"], read=True)
    app = show("demand", **ids(app))
    button(app, "Use this history").click().run()
    app = opened(show, desk, work, files.own())
    assert any("same columns" in info.value for info in app.info)
    button(app, "Read it in the same way").click().run()
    assert box(app, "In which time zone").value == "Europe/Lisbon"
    assert box(app, "First reply").value == "First answer"


def test_a_mistake_of_the_stage_is_a_sentence_and_nothing_is_lost(show, desk):
    text = STAGE + "opening_hours: [{queues: email en, open: 09:00, close: 17:00}]\n"
    work = workspace.open_text(desk.root, text.replace("volume", "queues: [{name: email en}]\nvolume"))
    app = opened(show, desk, work, files.own(group="chat fr,chat it"), **OWN)
    incoming.choose(desk.root, ids(app)["file"], read=True)
    app = show("demand", **ids(app))
    assert any("cannot take those of the file" in error.value for error in app.error)
    assert box(app, "Time of creation").value == "Opened <b>"
    assert incoming.file_of(desk.root, ids(app)["file"]).is_file()
