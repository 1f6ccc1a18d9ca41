"""Start: recent work with a way back, files of one's own, whose list it is."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from streamlit.testing.v1 import AppTest

import planner.ui
from planner.study import desks, incoming, workspace
from planner.study.shelf import Shelf, keep_shelf

MAIN = Path(planner.ui.__file__).parent / "main.py"
ME, YOU = "a" * 16, "b" * 16
YAML = "application/x-yaml"
SAMPLE = workspace.SAMPLES / "weekday-to-247"


def ids(app):
    """The address, one value for each id."""
    return {key: value[0] if isinstance(value, list) else value for key, value in app.query_params.items()}


def texts(app):
    kinds = ("title", "header", "markdown", "caption", "success", "error")
    return " ".join(element.value for kind in kinds for element in getattr(app, kind)).replace("\\", "")


def links(app):
    return {found.proto.label: found.proto for found in app.main.get("page_link")}


def as_somebody(show, owner, **asked):
    """Start in the browser of somebody; ``show`` has set the store."""
    del show
    app = AppTest.from_file(str(MAIN), default_timeout=60)
    app.session_state["owner"] = owner
    for key, value in asked.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception
    return app


def seen(desk, *works, owner=ME):
    shelf = Shelf()
    for number, work in enumerate(works):
        shelf = shelf.seeing(work, "", float(number))
    keep_shelf(desk.root, owner, shelf)


def give(app, name, data, kind=YAML):
    app.file_uploader[0].set_value((name, data, kind))
    return app.run()


def packed(folder):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in folder.iterdir():
            archive.write(path, f"my-desk/{path.name}")
    return made.getvalue()


def test_a_newcomer_sees_one_sample_first_and_three_ways(show):
    app = show("start")
    assert "Three ways to begin" in texts(app)
    assert "recent work" not in texts(app)
    primary = [button.key for button in app.button if button.proto.type == "primary"]
    assert primary[0] == "open-weekday-to-247"
    assert len([key for key in primary if key.startswith("open-")]) == 1


def test_recent_work_is_listed_last_first_with_its_plan(show, solved):
    other = workspace.open_text(solved.root, "name: Another desk")
    shelf = (
        Shelf().seeing(solved.work, solved.job, 1.0).seeing(other, "", 2.0).seeing("gone00000000", "", 3.0)
    )
    keep_shelf(solved.root, ME, shelf)
    app = as_somebody(show, ME)
    shown = [label for label in links(app) if label in ("**Weekdays**", "**Another desk**")]
    assert shown == ["**Another desk**", "**Weekdays**"]
    assert links(app)["**Weekdays**"].query_string == f"work={solved.work}&job={solved.job}"
    assert "Not planned yet" in texts(app)
    assert "Planned 20" in texts(app)


def test_two_browsers_do_not_see_each_others_work(show, desk):
    seen(desk, desk.work)
    assert "**Weekdays**" in links(as_somebody(show, ME))
    assert "**Weekdays**" not in links(as_somebody(show, YOU))


def test_a_link_opens_shared_work_and_puts_it_on_the_list_of_who_follows_it(show, desk):
    seen(desk, desk.work)
    app = as_somebody(show, YOU, work=desk.work)
    assert "Open: Weekdays. Stages: 2" in texts(app)
    assert "**Weekdays**" in links(as_somebody(show, YOU))


def test_a_new_name_and_a_copy(show, desk):
    seen(desk, desk.work)
    app = as_somebody(show, ME)
    app.text_input(key=f"name-{desk.work}").set_value("Spring *plan*").run()
    app.button(key=f"rename-{desk.work}").click().run()
    assert r"**Spring \*plan\***" in links(app)
    app.button(key=f"copy-{desk.work}").click().run()
    assert r"**Copy of Spring \*plan\***" in links(app)
    assert len(list((desk.root / "work").iterdir())) == 2


def test_deleted_work_comes_back_also_after_the_page_is_loaded_again(show, desk):
    seen(desk, desk.work)
    app = as_somebody(show, ME, work=desk.work)
    app.button(key=f"delete-{desk.work}").click().run()
    assert not (desk.root / "work" / desk.work).exists()
    assert ids(app) == {}
    again = as_somebody(show, ME)
    assert "Weekdays was deleted" in texts(again).replace("*", "")
    next(button for button in again.button if button.label == "Undo").click().run()
    assert desks.desk(desk.root, desk.work).name == "Weekdays"
    assert "**Weekdays**" in links(again)
    assert "was deleted" not in texts(again)


def test_work_that_somebody_else_has_open_stays_for_them(show, desk):
    for owner in (ME, YOU):
        seen(desk, desk.work, owner=owner)
    app = as_somebody(show, ME)
    app.button(key=f"delete-{desk.work}").click().run()
    assert "stays for others" in texts(app)
    assert "**Weekdays**" in links(as_somebody(show, YOU))
    next(button for button in app.button if button.label == "Undo").click().run()
    assert "**Weekdays**" in links(app)


def test_a_scenario_file_opens(show, desk):
    app = give(show("start"), "My desk.yaml", b"name: Mine\npeople: 4\nvolume: {email en: 30 a weekday}\n")
    assert "Open: Mine. Stages: 1" in texts(app)
    assert workspace.folder_of(desk.root, ids(app)["work"]).is_dir()


def test_the_zip_of_a_folder_opens(show, desk):
    app = give(show("start"), "desk.zip", packed(SAMPLE), "application/zip")
    assert "Open: Weekdays 9 to 18. Stages: 5" in texts(app)


def test_a_bad_file_names_every_place_and_nothing_is_lost(show, desk):
    app = show("start", work=desk.work)
    give(app, "My desk.yaml", b"people: {count: nine}\nzone: Lisbon\n")
    said = [error.value.replace("\\", "") for error in app.error]
    assert len(said) == 2
    assert said[0].startswith('My desk.yaml:1:17: people.count: "nine"')
    assert said[1].startswith("My desk.yaml:2:7: zone:")
    assert "Europe/Lisbon" in said[1]
    assert ids(app)["work"] == desk.work
    assert [path.name for path in (desk.root / "work").iterdir()] == [desk.work]


def test_tickets_wait_for_the_sentence_of_their_desk(show, desk):
    app = give(show("start"), "tickets.csv", (SAMPLE / "tickets.csv").read_bytes()[:20_000], "text/csv")
    assert "tickets.csv is here" in texts(app)
    own = next(button for button in app.button if button.label == "Start from your own tickets")
    assert own.proto.type == "primary"
    own.click().run()
    asked = ids(app)
    assert asked["part"] == "import"
    assert incoming.choices_of(desk.root, asked["file"]).queues == "file"
    assert workspace.folder_of(desk.root, asked["work"]).is_dir()
