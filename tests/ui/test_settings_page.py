"""Settings hold at once and for one browser; who must sign in sees nothing before."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

import planner.ui
from planner.study.shelf import Shelf, keep_shelf, read_shelf
from planner.ui import sign_in
from planner.ui.browser import name_of_person

MAIN = Path(planner.ui.__file__).parent / "main.py"
ME, YOU = "a" * 16, "b" * 16
ISSUER = "https://id.example"


def as_somebody(owner, page="settings", user=None, locale=None, **asked):
    """A page in the browser of somebody, who may be signed in."""
    app = AppTest.from_file(str(MAIN), default_timeout=60)
    app._page_hash = calc_hash("" if page == "start" else page)
    app.session_state["owner"] = owner
    app.user = user or {}
    if locale:
        app.context = {"locale": locale}
    for key, value in asked.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception
    return app


def signed_in(subject):
    return {"is_logged_in": True, "iss": ISSUER, "sub": subject, "name": "Rita <b>"}


def texts(app):
    kinds = ("title", "header", "markdown", "caption", "text", "error")
    return " ".join(element.value for kind in kinds for element in getattr(app, kind))


def choose(app, key, value):
    """Pick an option, as a click on it does."""
    kinds = {"settings-language": "button_group", "settings-clock": "radio"}
    next(found for found in app.get(kinds[key]) if found.key == key).set_value(value)
    return app.run()


@pytest.fixture(autouse=True)
def desk_(desk):
    return desk


def test_a_language_holds_at_once_and_in_the_next_visit(desk):
    app = as_somebody(ME)
    assert app.title[0].value == "Settings"
    choose(app, "settings-language", "it")
    assert app.title[0].value == "Impostazioni"
    assert as_somebody(ME).title[0].value == "Impostazioni"
    assert as_somebody(YOU).title[0].value == "Settings"


def test_the_browser_says_the_language_until_somebody_chooses(desk):
    assert as_somebody(ME, locale="it-IT").title[0].value == "Impostazioni"
    keep_shelf(desk.root, ME, Shelf(language="en"))
    assert as_somebody(ME, locale="it-IT").title[0].value == "Settings"


def test_a_clock_is_kept_and_the_line_over_the_pages_says_it(desk):
    app = choose(as_somebody(ME, work=desk.work), "settings-clock", "utc")
    assert read_shelf(desk.root, ME).clock == "utc"
    assert "clock: UTC" in texts(app)
    shown = as_somebody(ME, "rollout", work=desk.work)
    assert shown.session_state["clock"] == "utc"
    assert "each site's own clock" in texts(choose(app, "settings-clock", "site"))


def test_a_choice_keeps_the_list_of_recent_work(desk):
    as_somebody(ME, "start", work=desk.work)
    choose(as_somebody(ME), "settings-language", "it")
    kept = read_shelf(desk.root, ME)
    assert (kept.language, [each.work for each in kept.recent]) == ("it", [desk.work])


def test_without_a_sign_in_it_says_so_and_where_things_are_kept(desk):
    app = as_somebody(ME)
    assert "Nobody needs to sign in" in texts(app)
    assert app.code[0].value == str(desk.root)
    assert not [button for button in app.button if button.label == "Sign out"]


@pytest.mark.parametrize("page", ["start", "rollout", "settings"])
def test_strangers_see_the_way_in_and_nothing_else(desk, page, monkeypatch):
    monkeypatch.setattr(sign_in, "find_spec", lambda name: name)
    app = as_somebody(ME, page, user={"is_logged_in": False}, work=desk.work)
    assert [button.label for button in app.button] == ["Sign in"]
    assert "Weekdays" not in texts(app)
    assert app.main.get("page_link") == []
    assert read_shelf(desk.root, ME).recent == ()


def test_a_missing_library_is_a_sentence(desk, monkeypatch):
    monkeypatch.setattr(sign_in, "find_spec", lambda name: None)
    app = as_somebody(ME, user={"is_logged_in": False})
    assert "shift-coverage-planner[oidc]" in app.error[0].value


def test_an_identity_without_a_subject_names_nobody(desk, monkeypatch):
    monkeypatch.setattr(sign_in, "find_spec", lambda name: name)
    app = as_somebody(ME, user={"is_logged_in": True, "iss": ISSUER})
    assert "no subject" in app.error[0].value
    assert [button.label for button in app.button] == ["Sign out"]


def test_people_take_their_list_to_another_browser_and_see_nobody_elses(desk):
    as_somebody(ME, "start", user=signed_in("rita"), work=desk.work)
    choose(as_somebody(ME, user=signed_in("rita")), "settings-language", "it")
    elsewhere = as_somebody(YOU, "start", user=signed_in("rita"))
    assert "**Weekdays**" in [found.proto.label for found in elsewhere.main.get("page_link")]
    assert "lavoro recente" in texts(elsewhere)
    other = as_somebody(ME, "start", user=signed_in("ugo"))
    assert "recent work" not in texts(other)
    assert read_shelf(desk.root, ME) == Shelf()
    assert [each.work for each in read_shelf(desk.root, name_of_person(ISSUER, "rita")).recent] == [desk.work]


def test_who_is_signed_in_may_sign_out_and_sees_no_folder(desk):
    app = as_somebody(ME, user=signed_in("rita"))
    assert "Signed in: Rita <b>" in texts(app)
    assert [button.label for button in app.button] == ["Sign out"]
    assert len(app.code) == 0


def test_same_subjects_of_two_issuers_are_two_people():
    named = {
        name_of_person(issuer, subject)
        for issuer, subject in (
            (ISSUER, "1"),
            ("https://other.example", "1"),
            (ISSUER, "2"),
            ("a", "b c"),
            ("a b", "c"),
        )
    }
    assert len(named) == 5
