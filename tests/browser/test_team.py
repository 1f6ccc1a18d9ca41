"""The Team page in a real browser: typing and pasting keep exact cells, undo, a new stage, a phone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect
from steps import ALERT, PATIENCE_MS, fits, go, press, settle

from planner.study import Scenario, workspace

pytestmark = pytest.mark.browser

DESK = """
name: Desk
volume: {email en: 10 a weekday}
queues: [{name: email en}]
sites: [{name: Lisbon, zone: Europe/Lisbon, country_rules: pt}]
agents: [{name: Ana}, {name: Bea}]
"""
BLOCK = "=SUM(A1)\t\ten(fax)\nBea\tRome\tit\nCarlo\t\ten"


@pytest.fixture(scope="module")
def app(app_of_file):
    """One app for the whole file: each test opens work of its own."""
    return app_of_file


def mark(page, row, column):
    """Mark a cell of the table by mouse and keys, counted from 1."""
    grid = page.locator("[data-testid=stDataFrame]").first
    grid.scroll_into_view_if_needed()
    grid.locator(".dvn-scroller").evaluate("inside => inside.scrollTo(0, 0)")
    page.wait_for_timeout(300)  # the table is drawn
    box = grid.bounding_box()
    # Header and rows are 35 px high; before the first column stand the mark and the number of a row.
    # A click on a cell that is marked already opens it, so another one is marked first.
    for x in (500, 150):
        page.mouse.click(box["x"] + x, box["y"] + 35 * row + 17)
        page.wait_for_timeout(200)
    for _ in range(column - 1):
        page.wait_for_timeout(50)
        page.keyboard.press("ArrowRight")
    page.wait_for_timeout(150)


def overwrite(page, text):
    """Type over the marked cell: the first key opens it."""
    page.keyboard.type(text, delay=60)
    page.wait_for_timeout(400)
    page.keyboard.press("Enter")
    page.wait_for_timeout(400)
    settle(page)


def alert(page):
    return page.locator(ALERT, has_text="What keeps this from being saved")


@pytest.mark.alone
def test_exact_cells_are_kept_and_every_wrong_one_is_told(app, visit):
    page = visit(permissions=["clipboard-read", "clipboard-write"])
    go(page, f"{app.url}/team?work={workspace.open_text(app.store, DESK)}")
    mark(page, 1, 8)  # nights: one key replaces what stands there
    overwrite(page, "N")
    expect(alert(page)).to_contain_text('row 1, Nights: "N" is neither', timeout=PATIENCE_MS)
    settle(page)
    press(page, "Undo")
    expect(alert(page)).to_have_count(0, timeout=PATIENCE_MS)
    mark(page, 1, 1)
    page.evaluate("block => navigator.clipboard.writeText(block)", BLOCK)
    page.keyboard.press("Control+v")
    expect(alert(page)).to_contain_text('row 1, Languages: "fax" is not a channel', timeout=PATIENCE_MS)
    expect(alert(page)).to_contain_text('row 2, Site: there is no site "Rome"')
    expect(page.get_by_role("button", name="Save as a new stage")).to_be_disabled()
    settle(page)
    mark(page, 1, 3)
    overwrite(page, "en")
    settle(page)
    mark(page, 2, 2)
    page.keyboard.press("Delete")
    expect(alert(page)).to_have_count(0, timeout=PATIENCE_MS)
    settle(page)
    page.get_by_role("textbox", name="Name of the new stage").fill("Three of us")
    page.keyboard.press("Tab")
    settle(page)
    press(page, "Save as a new stage")
    page.wait_for_url(re.compile("stage=three-of-us.yaml"))
    settle(page)
    expect(page.get_by_role("combobox", name="Stage")).to_have_value("Three of us", timeout=PATIENCE_MS)
    (saved,) = app.store.glob("work/*/three-of-us.yaml")
    people = Scenario.load(saved).team.agents
    assert [agent.name for agent in people] == ["=SUM(A1)", "Bea", "Carlo"]
    assert [sorted(agent.languages) for agent in people] == [["en"], ["it"], ["en"]]


@pytest.mark.parametrize("name", ["team", "rules"])
def test_it_fits_a_phone(app, visit, name):
    page = visit(width=400)
    go(page, f"{app.url}/{name}?work={workspace.open_text(app.store, DESK)}")
    fits(page, name)
