"""Prices of promises in a real browser: asked, reloaded while under way, drawn, on a phone too."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect
from steps import choose, fits, open_sentence, settle, turn_to

pytestmark = pytest.mark.browser


def test_a_price_is_asked_survives_a_reload_and_fits_a_phone(app, visit):
    page = visit()
    open_sentence(page, app)
    turn_to(page, "promise")
    page.get_by_role("textbox", name="Promises to price").fill("2 h")
    page.keyboard.press("Tab")
    settle(page)
    choose(page, "How long to search", "A quick look")
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
    fits(phone)
