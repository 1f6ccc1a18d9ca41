"""What a small desk in October shows: 25 hours, names like formulas, drafts, a way back, stale."""

from __future__ import annotations

import csv
import re

import pytest
from playwright.sync_api import expect
from steps import go, grid, press, see, settle, turn_to, wait_for

from planner.study import workspace
from planner.tasks import JobState, Store, ask

pytestmark = pytest.mark.browser

NAME = "=SUM(A1)"
DESK = f"""
name: October
zone: Europe/Lisbon
period: {{first_day: 2026-10-19, weeks: 1}}
agents: [{{name: "{NAME}", languages: en, cost: 12}}, {{name: Bea, languages: en, cost: 12}}]
need: {{seat: 1}}
opening_hours: [{{queues: all, days: all, open: 08:00, close: 16:00}}]
shifts: [{{name: day, start: 08:00, paid_hours: 8}}]
rules: [{{weekly_hours: {{at_most: 40}}}}]
solve: {{effort: quick}}
"""


@pytest.fixture
def solved(app):
    """What the address of a desk of its own says that the app has planned, and its folder."""
    work = workspace.open_text(app.store, DESK)
    folder, store = workspace.folder_of(app.store, work), Store(app.store)
    payload = {**workspace.order(folder, ("scenario.yaml",)), "work": work, "effort": "stated"}
    job = ask(store, "rollout", payload, owner="somebody").id
    wait_for(lambda: store.get(job).state is JobState.DONE)
    return f"work={work}&job={job}", folder


def test_a_day_of_25_hours_formula_names_drafts_a_way_back_and_stale(app, solved, visit, tmp_path):
    (where, folder), mine, other = solved, visit(), visit()
    go(mine, f"{app.url}/rota?{where}")
    head = mine.locator(".rota thead th").nth(6).inner_text()
    assert re.match(r"Sun 25 Oct 25 h", re.sub(r"\s+", " ", head))
    before = grid(mine)
    assert NAME in {name.strip() for name, _, _ in before}
    press(mine, "Set this shift")
    see(mine, "Your changes: 1")
    go(other, f"{app.url}/rota?{where}")
    see(other, "Nothing is changed yet.")
    assert grid(other) == before
    for name in ("service", "export"):
        turn_to(other, name)
    # The way to each led over Results.
    for move, name in ((other.go_back, "results"), (other.go_back, "service"), (other.go_forward, "results")):
        move()
        other.wait_for_url(re.compile(f"/{name}\\?"))
        settle(other)
        assert where.split("&")[1] in other.url
    go(other, f"{app.url}/export?{where}")
    with other.expect_download() as download:
        other.get_by_role("button", name="Download rota.csv", exact=True).click()
    download.value.save_as(tmp_path / "rota.csv")
    with (tmp_path / "rota.csv").open(encoding="utf-8", newline="") as text:
        names = {row["agent"] for row in csv.DictReader(text)}
    assert not [name for name in names if name.startswith("=")], names
    (folder / "scenario.yaml").write_text(DESK.replace("12}", "13}"), encoding="utf-8")
    for name in ("results", "rota", "service", "export"):
        go(other, f"{app.url}/{name}?{where}")
        expect(other.get_by_text(re.compile("Something was changed since")).first).to_be_visible()
