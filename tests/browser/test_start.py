"""Start in a real browser: whose list it is, a way back, files that are wrong."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from steps import go, open_sample, press, settle

pytestmark = pytest.mark.browser
BAD = b"people: {count: nine}\nzone: Lisbon\n"


def more(page, what):
    """Do something with the first work of the list."""
    page.get_by_role("button", name="More").first.click()
    page.get_by_role("button", name=what, exact=True).first.click()
    settle(page)


def test_recent_work_is_ones_own_and_comes_back(app, visit):
    mine, other = visit(), visit(locale="it-IT")
    open_sample(mine, app)
    link = mine.url
    go(mine, app.url)
    listed = mine.locator("[class*=st-key-recent-]")
    expect(listed).to_have_count(1)
    go(other, app.url)
    expect(other.get_by_text("Tre modi per iniziare")).to_be_visible()
    expect(other.locator("[class*=st-key-recent-]")).to_have_count(0)
    more(mine, "Delete")
    expect(listed).to_have_count(0)
    mine.reload()
    settle(mine)
    press(mine, "Undo")
    expect(listed).to_have_count(1)
    go(other, link)
    expect(other.get_by_text("Aperto: Weekdays 9 to 18")).to_be_visible()
    go(mine, f"{app.url}/settings")
    mine.get_by_text("Italiano").click()
    expect(mine.get_by_role("heading", name="Impostazioni")).to_be_visible()
    go(mine, app.url)
    expect(mine.get_by_text("Continua un lavoro recente")).to_be_visible()
    assert {each["name"] for each in mine.context.cookies()} >= {"planner_browser"}


def test_a_wrong_file_names_its_places_and_loses_nothing(app, visit):
    page = visit(width=400)
    go(page, app.url)
    sentence = page.get_by_role("textbox", name="Your desk")
    sentence.fill("3 people, 38 h, Italian")
    page.set_input_files("input[type=file]", {"name": "My desk.yaml", "mimeType": "text/yaml", "buffer": BAD})
    expect(page.get_by_text("My desk.yaml:1:17")).to_be_visible()
    expect(page.get_by_text("My desk.yaml:2:7")).to_be_visible()
    settle(page)
    expect(sentence).to_have_value("3 people, 38 h, Italian")
    good = {"name": "My desk.yaml", "mimeType": "text/yaml", "buffer": b"name: Mine\npeople: 3\n"}
    page.set_input_files("input[type=file]", good)
    expect(page.get_by_text("Open: Mine")).to_be_visible()
    assert "work=" in page.url
