"""Steps that people take in a browser, for all browser tests: ``from steps import settle, go, ...``."""

from __future__ import annotations

import re
import time

from playwright.sync_api import expect

from planner.ui.navigation import GROUPS, group_of

STILL = "[data-testid=stApp][data-test-script-state=notRunning]"
ALERT = "[data-testid=stAlert]"
PATIENCE_MS = 60_000
EFFORT = "How long to search"
STOP = "Stop and keep the best"


def settle(page):
    """Wait until the script has run, and was not started again at once."""
    for _ in range(2):
        page.wait_for_selector(STILL)
        page.wait_for_timeout(150)
    page.wait_for_selector(STILL)


def go(page, url):
    """Open an address."""
    page.goto(url)
    settle(page)


def follow(page, label):
    """Click a link to another page; the last one of that name."""
    page.get_by_role("link", name=label).last.click()
    settle(page)


def turn_to(page, name):
    """Go to a page by its name in the address, with the links at the top: its group first, then the page."""
    first = GROUPS[group_of(name)][0]
    page.locator(".st-key-pages a").nth([*GROUPS].index(group_of(name))).click()
    page.wait_for_url(re.compile(f"/{first}" if first != "start" else r"//[^/]+/(\?|$)"))
    settle(page)
    if name != first:
        page.locator(f".st-key-pages-inside a[href^='{name}']").first.click()
        page.wait_for_url(re.compile(f"/{name}"))
        settle(page)


def press(page, label):
    """Click a button by its exact label."""
    page.get_by_role("button", name=label, exact=True).first.click()
    settle(page)


def open_sample(page, app, name="weekday-to-247"):
    """Open a sample from Start; its id stands in the address then."""
    go(page, app.url)
    page.locator(f".st-key-open-{name} button").click()
    page.wait_for_url(re.compile("work="))
    settle(page)


def open_sentence(page, app, desk="2 people, 40 h, English, about 10 tickets a weekday"):
    """Describe a desk on Start; a small one is solved in seconds."""
    go(page, app.url)
    page.get_by_role("textbox", name="Your desk").fill(desk)
    page.get_by_role("button", name="Start from this").click()
    page.wait_for_url(re.compile("work="))
    settle(page)


def choose(page, label, option):
    """Pick an option of a list."""
    page.get_by_role("combobox", name=label).click()
    page.get_by_role("option", name=option, exact=True).click()
    settle(page)


def start_solving(page, effort):
    """Press Solve on the Solve page; returns the id of the job in the address."""
    choose(page, EFFORT, effort)
    page.get_by_role("button", name="Solve", exact=True).click()
    page.wait_for_url(re.compile("job="))
    return re.search("job=([a-z0-9]+)", page.url)[1]


def until_planned(page, texts=None):
    """Wait for the outcome; collects the texts of the progress bar on the way."""
    outcome = page.get_by_text("Wages and premiums").first
    seen = texts if texts is not None else set()
    bar = page.get_by_test_id("stProgress")
    for _ in range(600):
        if outcome.is_visible():
            settle(page)
            return
        if bar.is_visible():
            seen.update(bar.all_inner_texts())
        page.wait_for_timeout(150)
    raise AssertionError("no outcome within 90 seconds")


def grid(page):
    """Shifts of the rota on screen: person, number of the day, text of the cell."""
    return page.eval_on_selector_all(
        ".rota tbody tr",
        """lines => lines.flatMap(line => [...line.querySelectorAll('td')].flatMap((cell, day) =>
             [...cell.querySelectorAll('.rota-shift')].map(duty =>
               [line.querySelector('th').innerText, day, duty.innerText])))""",
    )


def hour(page, name):
    """A cell of the hours of the week on the page of the ladder, such as "Mon 08"."""
    return page.get_by_role("gridcell", name=f"{name}:00: ")


def fits(page, what=""):
    """Nothing makes the page scroll sideways."""
    sizes = page.eval_on_selector("[data-testid=stMain]", "main => [main.scrollWidth, main.clientWidth]")
    assert sizes[0] <= sizes[1], what
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), what


def see(page, text):
    """Wait until a text is on screen."""
    expect(page.get_by_text(text).first).to_be_visible(timeout=PATIENCE_MS)


def wait_for(what, seconds=60.0):
    """Wait until something is so, outside of the browser; returns what it gives."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if found := what():
            return found
        time.sleep(0.05)
    raise AssertionError("it did not happen in time")
