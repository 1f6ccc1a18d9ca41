"""Prices of promises in a real browser: asked, reloaded while under way, drawn, on a phone too."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

STILL = "[data-testid=stApp][data-test-script-state=notRunning]"


def settle(page):
    """Wait until the script has run, and was not started again at once."""
    for _ in range(2):
        page.wait_for_selector(STILL)
        page.wait_for_timeout(150)
    page.wait_for_selector(STILL)


def test_a_price_is_asked_survives_a_reload_and_fits_a_phone(app, visit):
    page = visit()
    page.goto(app.url)
    settle(page)
    page.get_by_role("textbox", name="Your desk").fill("2 people, 40 h, English, about 10 tickets a weekday")
    page.get_by_role("button", name="Start from this").click()
    page.wait_for_url(re.compile("work="))
    settle(page)
    page.get_by_role("link", name="Promise").first.click()
    settle(page)
    page.get_by_role("textbox", name="Promises to price").fill("2 h")
    page.keyboard.press("Tab")
    settle(page)
    page.get_by_role("combobox", name="How long to search").click()
    page.get_by_role("option", name="A quick look", exact=True).click()
    settle(page)
    page.get_by_role("button", name="Work out the price").click()
    page.wait_for_url(re.compile("promise="))
    page.reload()
    expect(page.get_by_text("Download promise.csv")).to_be_visible(timeout=90_000)
    settle(page)
    ticks = page.evaluate("document.querySelector('.js-plotly-plot')._fullLayout.xaxis2.ticktext")
    assert ticks == ["as today", "2 h", "24 h", "1 h"]
    phone = visit(width=400)
    phone.goto(page.url)
    expect(phone.get_by_text("Download promise.csv")).to_be_visible()
    settle(phone)
    assert phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
