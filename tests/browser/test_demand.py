"""The Demand page in a real browser: clocks, a table that is typed in, its preview, and a phone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

STILL = "[data-testid=stApp][data-test-script-state=notRunning]"
HEAT = """[...document.querySelectorAll('.js-plotly-plot')]
    .map(plot => plot._fullData[0]).find(trace => trace.type === 'heatmap').z.map(row => [...row])"""
HOURS = """[...document.querySelectorAll('.js-plotly-plot')]
    .map(plot => plot._fullLayout.xaxis.title.text).find(title => title.startsWith('hour of the day'))"""
PATIENCE_MS = 60_000
ERROR = "[data-testid=stAlert]"


@pytest.fixture(scope="module")
def app(app_of_file):
    """One app for the whole file: each test opens work of its own."""
    return app_of_file


def settle(page):
    """Wait until the script has run, and was not started again at once."""
    for _ in range(3):
        page.wait_for_selector(STILL)
        page.wait_for_timeout(200)
    page.wait_for_selector(STILL)


def open_shop(page, app):
    """The Demand page of a sample."""
    page.goto(app.url)
    settle(page)
    page.locator(".st-key-open-web-shop-peak button").click()
    page.wait_for_url(re.compile("work="))
    settle(page)
    page.get_by_role("link", name="Demand").first.click()
    expect(page.get_by_text("From the history to the forecast").first).to_be_visible(timeout=PATIENCE_MS)
    settle(page)


def section(page, name):
    page.get_by_role("radio", name=name, exact=True).click()
    settle(page)


def type_in(page, row, column, text):
    """Type into a cell of the events, by keys, as a person does."""
    grid = page.locator("[data-testid=stDataFrame]").first
    grid.scroll_into_view_if_needed()
    box = grid.bounding_box()
    # Header and rows are 35 px high; before the first column stand the mark and the number of a row.
    page.mouse.click(box["x"] + 150, box["y"] + 35 * row + 17)
    for _ in range(column):
        page.wait_for_timeout(50)
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.wait_for_timeout(300)  # the cell opens
    page.keyboard.press("Control+a")
    page.keyboard.type(text, delay=30)
    page.keyboard.press("Enter")
    page.wait_for_timeout(500)
    settle(page)


def test_the_heat_map_changes_between_local_time_and_utc(app, visit):
    page = visit(timezone_id="America/New_York")
    open_shop(page, app)
    rome = page.evaluate(HEAT)
    assert page.evaluate(HOURS) == "hour of the day (Europe/Rome)"
    page.get_by_role("radio", name="UTC", exact=True).click()
    expect(page.locator(".js-plotly-plot", has_text="hour of the day (UTC)")).to_be_visible(
        timeout=PATIENCE_MS
    )
    settle(page)
    utc = page.evaluate(HEAT)
    assert [len(utc), len(utc[0])] == [7, 24]
    assert utc != rome
    assert utc[1][8] == pytest.approx(rome[1][10]), "Rome is two hours ahead in summer"


@pytest.mark.alone
def test_an_event_is_typed_previewed_and_saved(app, visit):
    page = visit()
    open_shop(page, app)
    section(page, "Drivers and events")
    type_in(page, 4, 4, "much")
    expect(page.locator(ERROR, has_text="Events, row 4, Factor")).to_be_visible(timeout=PATIENCE_MS)
    type_in(page, 4, 4, "x6")
    expect(page.locator(ERROR)).to_have_count(0, timeout=PATIENCE_MS)
    page.get_by_text("Preview what it changes").click()
    expect(page.get_by_text("With what is typed", exact=True)).to_be_visible(timeout=PATIENCE_MS)
    expect(page.get_by_text(re.compile(r"All queues: about .* become "))).to_be_visible(timeout=PATIENCE_MS)
    settle(page)
    page.get_by_role("textbox", name="Name of the new stage").fill("A larger sale")
    page.keyboard.press("Tab")
    settle(page)
    page.get_by_role("button", name="Save as a new stage").click()
    page.wait_for_url(re.compile("stage=a-larger-sale.yaml"))
    settle(page)
    expect(page.get_by_role("combobox", name="Stage")).to_have_value("A larger sale", timeout=PATIENCE_MS)
    (saved,) = app.store.glob("work/*/a-larger-sale.yaml")
    assert "2026-07-04 to 2026-07-06, factor: x6" in saved.read_text(encoding="utf-8").replace("\n ", "")


@pytest.mark.parametrize("part", ["Forecast", "Accuracy", "Drivers and events"])
def test_every_section_fits_a_phone(app, visit, part):
    page = visit(width=400)
    open_shop(page, app)
    section(page, part)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
