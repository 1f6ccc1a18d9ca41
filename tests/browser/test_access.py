"""Every page for everybody: by keyboard alone, on a phone, in the dark, and nothing wrong to a checker."""

from __future__ import annotations

import re
import time

import pytest
from axe_playwright_python.sync_playwright import Axe
from steps import go, settle

from planner.study import workspace
from planner.tasks import JobState, Store, ask
from planner.ui.navigation import GROUPS, PAGES

pytestmark = pytest.mark.browser

DESK = """
name: Weekdays
zone: Europe/Lisbon
period: {first_day: 2026-03-23, weeks: 1}
volume: {phone en: 40 a weekday, email en: 30 a weekday}
queues: [{name: phone en, aht: 4 min}, {name: email en}]
people: {count: 4, weekly_hours: 40, cost: 12}
sites: {name: Lisbon, zone: Europe/Lisbon, public_holidays: Lisbon, country_rules: pt}
opening_hours: [{queues: all, days: mon-fri, open: 09:00, close: 18:00}]
gates: [{cost_uplift: {at_most: 10%}}]
solve: {effort: quick, rounds: 1, replications: 10}
"""
# The framework's own parts: where a file is dropped, and the corner of its table editor.
THEIRS = re.compile(r'data-testid="stFileUploaderDropzone"|<th role="columnheader"[^>]*></th>')
LONGER = """
starts_from: scenario.yaml
name: Saturdays too
opening_hours: [{queues: all, days: mon-sat, open: 09:00, close: 20:00}]
"""


@pytest.fixture(scope="module")
def app(app_of_file):
    """One app for the whole file: its tests only look."""
    return app_of_file


@pytest.fixture(scope="module")
def planned(app):
    """A planned desk of two stages in the running app: what the address of its pages says."""
    work = workspace.open_text(app.store, DESK)
    folder = workspace.folder_of(app.store, work)
    (folder / "saturdays.yaml").write_text(LONGER, encoding="utf-8")
    store = Store(app.store)
    ordered = workspace.order(folder, ("scenario.yaml", "saturdays.yaml"))
    job = ask(store, "rollout", {**ordered, "work": work, "effort": "stated"}, owner="nobody")
    for _ in range(900):
        if not store.get(job.id).state.live:
            break
        time.sleep(0.2)
    assert store.get(job.id).state is JobState.DONE
    return f"work={work}&job={job.id}"


@pytest.mark.parametrize(("scheme", "width"), [("light", 1400), ("dark", 400)])
def test_a_checker_finds_nothing_of_ours(app, visit, planned, scheme, width):
    page = visit(width=width, color_scheme=scheme)
    wrong = []
    for name in PAGES:
        go(page, f"{app.url}/{name if name != 'start' else ''}?{planned}")
        for found in Axe().run(page).response["violations"]:
            wrong += [
                f"{name}, {scheme}: {found['id']}: {node['html'][:150]}"
                for node in found["nodes"]
                if not THEIRS.search(node["html"])
            ]
        main = page.eval_on_selector("[data-testid=stMain]", "main => [main.scrollWidth, main.clientWidth]")
        if main[0] > main[1]:
            wrong.append(f"{name}, {width} px: scrolls sideways by {main[0] - main[1]} px")
    assert wrong == []


def test_keys_alone_reach_every_page(app, visit, planned):
    """Tab reaches the links of the first view, Enter follows them; inside a group likewise."""
    page = visit()
    go(page, f"{app.url}/?{planned}")
    for group, inside in GROUPS.items():
        if group == "start":  # where we are
            continue
        for row, name in (("pages", inside[0]), *(("pages-inside", each) for each in inside[1:])):
            _tab_to(page, f".st-key-{row} a[href^='{name}?']")
            page.keyboard.press("Enter")
            page.wait_for_url(re.compile(rf"/{name}\?"))
            settle(page)
            assert f"work={planned.split('&')[0].removeprefix('work=')}" in page.url, (group, name)


# What can be seen and takes keys, each with its number and those of its group (arrows move inside one);
# and what asks for a click of a mouse, by its pointer, without anything there that takes keys.
CONTROLS = """() => {
  const takes = "button, a[href], input, select, textarea, summary, [tabindex]";
  const seen = {opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true};
  const shown = [...document.querySelectorAll("*")].filter(each => {
    const box = each.getBoundingClientRect();
    return box.width > 0 && box.height > 0 && each.checkVisibility(seen) && !each.closest(".modebar");
  });
  const keys = shown.filter(each => each.matches(takes) && !each.disabled && each.tabIndex >= 0);
  keys.forEach((each, number) => each.setAttribute("data-number", number));
  const points = each => each && getComputedStyle(each).cursor === "pointer";
  const groups = "[role=radiogroup], [role=group], [role=toolbar], [data-testid=stButtonGroup]";
  const numbered = group => group ? [...group.querySelectorAll("[data-number]")] : [];
  return {
    keys: keys.map(each => [
      each.outerHTML.slice(0, 150), numbered(each.closest(groups)).map(one => one.dataset.number)
    ]),
    mouse: shown
      .filter(each => points(each) && !points(each.parentElement))
      .filter(each => !each.closest(takes + ", label, :disabled") && !each.querySelector(takes))
      .map(each => each.outerHTML.slice(0, 150)),
  };
}"""
UNFOLD = "document.querySelectorAll('details:not([open]) > summary').forEach(each => each.click())"
FOCUSED = """() => {
  const at = document.activeElement;
  return at === document.body ? "end" : at.getAttribute("data-number") || "other";
}"""


def test_keys_alone_reach_every_control(app, visit, planned):
    """Tab comes by all that can be pressed or typed into, and out of the page again."""
    page = visit()
    wrong = []
    for name in PAGES:
        go(page, f"{app.url}/{name if name != 'start' else ''}?{planned}")
        page.evaluate(
            "document.querySelectorAll('details:not([open]) > summary').forEach(each => each.click())"
        )
        settle(page)
        found = page.evaluate(CONTROLS)
        wrong += [f"{name}, by mouse alone: {each}" for each in found["mouse"]]
        page.evaluate("document.activeElement.blur()")
        reached = set()
        for _ in range(400):
            page.keyboard.press("Tab")
            reached.add(page.evaluate(FOCUSED))
            if "end" in reached:
                break
        else:
            wrong.append(f"{name}: no way out")
        for number, (told, group) in enumerate(found["keys"]):
            if not reached & {str(number), *group}:
                wrong.append(f"{name}, not reached: {told}")
        assert len(found["keys"]) > 10, name
    assert wrong == []


def _tab_to(page, selector):
    """Press Tab until something that fits has the focus; then back, for what stands before."""
    for key, times in (("Tab", 40), ("Shift+Tab", 120)):
        for _ in range(times):
            page.keyboard.press(key)
            if page.evaluate("s => document.activeElement && document.activeElement.matches(s)", selector):
                return
    raise AssertionError(f"no way by keys to {selector}")
