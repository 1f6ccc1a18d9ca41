"""A history of one's own in a real browser: given, asked about, reloaded, read, used; on a phone too."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

STILL = "[data-testid=stApp][data-test-script-state=notRunning]"
ZENDESK = "Id,Requester,Subject,Tags,Status,Via,Created at,Assigned at,Reopens"
FITS = "document.documentElement.scrollWidth <= window.innerWidth"


def settle(page):
    """Wait until the script has run, and was not started again at once."""
    for _ in range(2):
        page.wait_for_selector(STILL)
        page.wait_for_timeout(150)
    page.wait_for_selector(STILL)


def tickets(days=70):
    rows = [
        f"{day}{hour:02d},Anna Rossi,Help,lang_en,{'Deleted' if hour == 9 else 'Open'},Web,"
        f"{date(2026, 1, 5) + timedelta(days=day)} {hour:02d}:15,,0"
        for day in range(days)
        for hour in range(8, 20)
    ]
    return "\n".join([ZENDESK, *rows]).encode()


def give(page, name, data):
    page.locator("input[type=file]").set_input_files({"name": name, "mimeType": "text/csv", "buffer": data})
    page.wait_for_url(re.compile("file="))
    settle(page)


def discard(page):
    page.get_by_role("button", name="Discard the file").click()
    expect(page.locator("input[type=file]")).to_be_attached()
    settle(page)


def start(app, page):
    page.goto(app.url)
    settle(page)
    page.get_by_role("button", name="Start from your own tickets").click()
    page.wait_for_url(re.compile("part=import"))
    settle(page)


def test_tickets_become_a_forecast_and_survive_a_reload(app, visit):
    page = visit()
    start(app, page)
    give(page, "tickets.csv", tickets())
    expect(page.get_by_text("Written by Zendesk")).to_be_visible()
    read = page.get_by_role("button", name="Read the file")
    expect(read).to_be_disabled()
    zone = page.get_by_role("combobox", name="In which time zone are its times?").first
    assert zone.input_value() == ""
    zone.click()
    zone.fill("Rome")
    page.get_by_role("option", name="Europe/Rome").click()
    settle(page)
    page.reload()
    settle(page)
    expect(page.get_by_role("combobox", name="In which time zone are its times?").first).to_have_value(
        "Europe/Rome"
    )
    read.click()
    expect(page.get_by_text("What became of the file")).to_be_visible()
    settle(page)
    figures = page.get_by_test_id("stMetricValue").all_inner_texts()
    assert figures == ["840", "770", "70"]
    page.get_by_role("link", name="Stages").first.click()
    settle(page)
    page.get_by_role("link", name="Demand").first.click()
    settle(page)
    expect(page.get_by_text("deleted, by its status")).to_be_visible()
    assert page.get_by_text("Anna").count() == 0
    phone = visit(width=400)
    phone.goto(page.url)
    expect(phone.get_by_role("button", name="Use this history")).to_be_visible()
    settle(phone)
    assert phone.evaluate(FITS)
    page.get_by_role("button", name="Use this history").click()
    page.wait_for_url(re.compile("stage="))
    expect(page.locator(".js-plotly-plot").first).to_be_visible()
    settle(page)
    assert "file=" not in page.url
    assert not list((app.store / "incoming").glob("*"))
    phone.goto(re.sub("part=[a-z]+", "part=history", page.url))
    expect(phone.get_by_text("Week by week")).to_be_visible()
    settle(phone)
    assert phone.evaluate(FITS)


def test_what_cannot_be_read_says_why(app, visit):
    page = visit()
    start(app, page)
    give(page, "old.xls", b"\xd0\xcf\x11\xe0" + bytes(600))
    expect(page.get_by_text("Save it as .xlsx or CSV")).to_be_visible()
    discard(page)
    give(page, "list.csv", b"name,$x$ <b>bold</b>\nAnna,red\nBruno,blue\n")
    expect(page.get_by_text("name it above, under Time of creation").first).to_be_visible()
    stamp = page.get_by_role("combobox", name="Time of creation").first
    stamp.click()
    expect(page.get_by_role("option", name="$x$ <b>bold</b>")).to_be_visible()
    page.keyboard.press("Escape")
    discard(page)
    rows = b"\n".join(
        b"2026-01-%02d 10:00,%d,%s" % (5 + n % 20, n, b"Email" if n % 3 else b"$x$ <b>fax</b>")
        for n in range(60)
    )
    give(page, "titles.csv", b"Created,Ticket ID,Queue\n" + rows)
    expect(page.get_by_text("$x$ <b>fax</b>, Email")).to_be_visible()
    assert page.locator("p b, p strong, .katex").filter(has_text="fax").count() == 0
    assert page.locator(".katex").count() == 0
