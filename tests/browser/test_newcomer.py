"""What a newcomer does on the first day, in a real browser."""

from __future__ import annotations

import csv
import re
import time

import pytest
from playwright.sync_api import expect
from steps import (
    fits,
    follow,
    go,
    grid,
    hour,
    open_sample,
    press,
    see,
    settle,
    start_solving,
    turn_to,
    until_planned,
)

from planner.rota import read_rota
from planner.study import Scenario, audit

pytestmark = pytest.mark.browser

PAGES = (
    "demand",
    "requirement",
    "rollout",
    "solve",
    "rota",
    "service",
    "promise",
    "compare",
    "export",
    "about",
)


def cell_of(row, first_day):
    """What the grid must show for a row of rota.csv, worked out from its local stamps alone."""
    (day, start), (end_day, end) = (row[f"{side}_local"][:16].split("T") for side in ("start", "end"))
    short = [clock[:2] if clock.endswith(":00") else clock for clock in (start, end)]
    number = (time.strptime(row["day"], "%Y-%m-%d").tm_yday) - first_day
    letter = {"day": "D", "on call day": "O", "on call night": "N"}[row["shift"]]
    return [row["agent"], number, f"{letter}{short[0]}–{short[1]}" + (" +1" if end_day != day else "")]


def test_an_empty_page_leads_to_start(app, visit):
    page = visit()
    go(page, f"{app.url}/solve")
    expect(page.get_by_text("No scenario is open yet.")).to_be_visible()
    follow(page, "Open a sample or write one sentence on the Start page")
    expect(page.get_by_role("heading", name="Samples")).to_be_visible()


def test_from_the_sample_to_a_rota_for_hr(app, visit, tmp_path):
    page = visit()
    open_sample(page, app)
    follow(page, "See the demand")
    expect(page.get_by_text("22,953")).to_be_visible()
    follow(page, "Next: Need")
    expect(page.get_by_text("Why so many")).to_be_visible()
    follow(page, "Next: Ladder")
    hour(page, "Mon 08").drag_to(hour(page, "Fri 08"))
    see(page, "opens: Mon–Fri 08:00–09:00")
    page.get_by_label("Name of the new stage").fill("My stage")
    press(page, "Save as a new stage")
    page.wait_for_url(re.compile("stage=my-stage.yaml"))
    settle(page)
    follow(page, "Next: Solve")
    start_solving(page, "A quick look")
    seen: set[str] = set()
    expect(page.get_by_text("Best rota so far")).to_be_visible(timeout=30_000)
    assert grid(page)
    page.reload()
    until_planned(page, seen)
    assert len(seen) >= 2
    expect(page.get_by_text("Stages planned: 2.")).to_be_visible()
    follow(page, "Next: Rota")
    shown = grid(page)
    for label in ("Next: Service", "Next: Promise", "Next: Compare", "Next: Files"):
        follow(page, label)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download rota.csv").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    check_rota(file, app, page.url, shown)
    check_history(page)
    check_stale(page)
    check_elsewhere(page, visit, shown)


def check_rota(file, app, url, shown):
    """The file is the rota on screen, and nobody has anything against it."""
    assert file.name == "rota.csv"
    work = re.search("work=([a-z0-9]+)", url)[1]
    scenario = Scenario.load(app.store / "work" / work / "my-stage.yaml")
    rota = read_rota(file, scenario.team, scenario.shift_types, scenario.first_day, scenario.days)
    assert rota.scenario == "My stage"
    assert [found for found in audit(rota, scenario) if found.hard] == []
    with file.open(encoding="utf-8", newline="") as text:
        rows = list(csv.DictReader(text))
    assert len(rows) == len(rota.shifts) > 100
    first_day = scenario.first_day.timetuple().tm_yday
    assert sorted(shown) == sorted(cell_of(row, first_day) for row in rows)


def check_history(page):
    """Back and Forward go page by page and keep what is shown."""
    for title in ("Compare", "Promise"):
        page.go_back()
        expect(page.get_by_role("heading", name=title, exact=True)).to_be_visible()
        settle(page)
        assert "job=" in page.url
    page.go_forward()
    expect(page.get_by_role("heading", name="Compare", exact=True)).to_be_visible()
    settle(page)
    expect(page.get_by_role("cell", name="My stage").or_(page.get_by_text("My stage")).first).to_be_visible()


def check_stale(page):
    """A stage that was made after the solve is said to be missing from it."""
    url = page.url
    turn_to(page, "rollout")
    press(page, "Add two early hours")
    turn_to(page, "rota")
    expect(page.get_by_text("is not in this plan yet")).to_be_visible()
    go(page, url)


def check_elsewhere(page, visit, shown):
    """Somebody else with the link sees the same on a phone in New York, and no page scrolls sideways."""
    phone = visit(width=400, timezone_id="America/New_York", locale="en-US", color_scheme="dark")
    for name in PAGES:
        go(phone, re.sub(r"/[a-z]+\?", f"/{name}?", page.url))
        fits(phone, name)
        if name == "rota":
            assert grid(phone) == shown


@pytest.mark.alone
def test_stopping_keeps_the_best_rota(app, visit):
    page = visit()
    open_sample(page, app)
    turn_to(page, "solve")
    start_solving(page, "Thorough")
    expect(page.get_by_text("Best rota so far")).to_be_visible(timeout=30_000)
    asked = time.monotonic()
    page.get_by_role("button", name="Stop and keep the best").click()
    until_planned(page)
    assert time.monotonic() - asked < 10  # about 2 s where nothing else runs
    expect(page.get_by_text("Stopped early, stages planned: 1 of 1.")).to_be_visible()
    follow(page, "Next: Rota")
    assert len(grid(page)) > 100
