"""The app in a browser that asks for Italian, and turned to it on Settings."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect
from steps import go, press, settle

pytestmark = pytest.mark.browser
ENGLISH = re.compile(
    r"(?<![\w-])(the|and|with|people|weeks?|hours?|which|contacts|missing|shifts?)(?![\w-])", re.IGNORECASE
)
SHOWN = "[data-testid=stMainBlockContainer]"


def english_on(page) -> list[str]:
    """Lines with an English word, but for keys of files that one is asked to write."""
    lines = page.locator(SHOWN).inner_text().splitlines()
    return [line for line in lines if ENGLISH.search(line) and "scrivi " not in line]


def test_italian_from_the_first_look_and_back_to_english(app, visit):
    page = visit(locale="it-IT")
    go(page, app.url)
    assert page.get_by_role("heading", level=1).inner_text() == "Chi risponde, in quale lingua, a quale ora?"
    sentence = page.get_by_role("textbox", name="Il tuo servizio")
    expect(sentence).to_have_value("9 persone, 40 h, inglese, circa 100 ticket al giorno feriale")
    press(page, "Parti da qui")
    page.wait_for_url(re.compile("work="))
    settle(page)
    assert english_on(page) == []
    link = page.url
    go(page, link.replace("/?", "/requirement?"))
    assert english_on(page) == []
    go(page, f"{app.url}/settings")
    page.get_by_text("English", exact=True).click()
    expect(page.get_by_role("heading", name="Settings")).to_be_visible()
    go(page, link)
    expect(page.get_by_text("default, not your data", exact=False).first).to_be_visible()
