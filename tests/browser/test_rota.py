"""A rota in a real browser: a cell is edited, taken back, solved again, published; the same in every zone."""

from __future__ import annotations

import csv
import re

import pytest
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError
from playwright.sync_api import expect
from steps import go, grid, press, see, settle, wait_for

from planner.study import workspace
from planner.tasks import JobState, Store, ask

pytestmark = pytest.mark.browser

DESK = """
name: Two zones
zone: Europe/Lisbon
period: {first_day: 2026-03-23, weeks: 1}
sites:
  - {name: Lisbon, zone: Europe/Lisbon}
  - {name: Rome, zone: Europe/Rome}
agents:
  - {name: Ana, site: Lisbon, languages: en, cost: 12}
  - {name: Bea, site: Rome, languages: en, cost: 12}
  - {name: Cleo, site: Rome, languages: en, cost: 12}
need: {seat: 1}
opening_hours: [{queues: all, days: all, open: 08:00, close: 16:00}]
shifts: [{name: day, start: "08:00, 09:00", paid_hours: 8}]
rules: [{weekly_hours: {at_most: 40}}]
solve: {effort: quick}
"""


@pytest.fixture(scope="module")
def app(app_of_file):
    """One app for the whole file: each test opens work of its own."""
    return app_of_file


@pytest.fixture
def solved(app):
    """Address of a small desk that the app has planned, and the folder of its plan."""
    work = workspace.open_text(app.store, DESK)
    folder, store = workspace.folder_of(app.store, work), Store(app.store)
    payload = {**workspace.order(folder, ("scenario.yaml",)), "work": work, "effort": "stated"}
    job = ask(store, "rollout", payload, owner="somebody").id
    wait_for(lambda: store.get(job).state is JobState.DONE)
    return f"{app.url}/rota?work={work}&job={job}", store.job_folder(job) / "stage-1"


def choose(page, label, option):
    """Pick an option of the list with exactly this label; a list that closed at once is opened again."""
    box, wanted = (
        page.get_by_role("combobox", name=label, exact=True),
        page.get_by_role("option", name=option, exact=True),
    )
    for _ in range(5):
        box.click()
        try:
            wanted.click(timeout=4_000)
            break
        except PlaywrightTimeoutError:
            page.keyboard.press("Escape")
    settle(page)


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))


def on_lisbon(row):
    """What the grid shows of a row on the team's clock: Rome is an hour ahead, change or not."""
    start, end = (int(row[f"{side}_utc"][11:13]) for side in ("start", "end"))
    summer = row["day"] >= "2026-03-29"
    clock = [f"{(hour + summer) % 24:02}" for hour in (start, end)]
    return [row["agent"], int(row["day"][-2:]) - 23, f"D{clock[0]}–{clock[1]}"]


def test_a_cell_is_edited_taken_back_kept_by_solving_again_and_published(solved, visit, tmp_path):
    url, folder = solved
    page = visit()
    go(page, url)
    before = grid(page)
    rows = rows_of(folder / "rota.csv")
    assert sorted(before) == sorted(on_lisbon(row) for row in rows)
    agent, day, _ = next(cell for cell in before if cell[1] == 1)
    choose(page, "Person", agent)
    choose(page, "Day", "Tue 24 Mar")
    press(page, "Set this shift")
    see(page, "Your changes: 1")
    wait_for(lambda: [agent, day] not in [cell[:2] for cell in grid(page)])
    press(page, "Undo")
    see(page, "Nothing is changed yet.")
    wait_for(lambda: grid(page) == before)
    press(page, "Redo")
    see(page, "Your changes: 1")
    page.reload()
    settle(page)
    see(page, "Your changes: 1")
    press(page, "Solve again with the fewest changes")
    see(page, "This rota was solved again from your draft")
    settle(page)
    after = grid(page)
    assert [agent, day] not in [cell[:2] for cell in after], "the edited cell is kept"
    assert 1 in [cell[1] for cell in after], "somebody else comes in"
    with page.expect_download() as download:
        page.get_by_role("button", name="Download changes.csv").click()
    download.value.save_as(tmp_path / "changes.csv")
    changes = rows_of(tmp_path / "changes.csv")
    assert changes
    assert all(change["why"] for change in changes)
    press(page, "Publish this rota")
    see(page, "This is the published rota.")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the published rota, version 1").click()
    download.value.save_as(tmp_path / "rota.csv")
    assert sorted(after) == sorted(on_lisbon(row) for row in rows_of(tmp_path / "rota.csv"))
    page.go_back()
    settle(page)
    assert "edit=" not in page.url


def test_browsers_in_rome_and_new_york_show_the_same_and_mark_the_change(solved, visit):
    url, _ = solved
    seen = []
    for zone, width in (("Europe/Rome", 1400), ("America/New_York", 400)):
        page = visit(width=width, timezone_id=zone, locale="en-GB")
        go(page, url)
        head = page.locator(".rota thead th").nth(6).inner_text()
        assert re.sub(r"\s+", " ", head) == "Sun 29 Mar 23 h 01:00→02:00"
        seen.append(grid(page))
        go(page, f"{url}&view=timeline")
        expect(page.locator(".js-plotly-plot")).to_be_visible()
        bases = page.evaluate("document.querySelector('.js-plotly-plot')._fullData.map(d => [...d.base])")
        seen.append(bases)
    assert seen[0] == seen[2]
    assert seen[1] == seen[3]
    assert all(base.startswith("2026-03-") for base in seen[1][0])
