"""The afternoon of a manager on the ladder: two early hours, painted cells, keys alone, undo."""

import re

import numpy as np
import pytest
from playwright.sync_api import expect
from steps import fits, hour, open_sentence, press, see, settle, turn_to

from planner.study import Scenario
from planner.study.hours_matrix import block, masks_of, painted

pytestmark = pytest.mark.browser


def week(app, file):
    (path,) = app.store.glob(f"work/*/{file}")
    return masks_of(Scenario.load(path))["email en"]


def stage(page, file):
    page.wait_for_url(re.compile(f"stage={file}"))
    settle(page)


def save(page, name):
    page.get_by_label("Name of the new stage").fill(name)
    press(page, "Save as a new stage")


def test_hours_of_a_ladder_are_added_painted_and_taken_back(app, visit):
    page = visit()
    open_sentence(page, app, "4 people, 40 h, English, about 20 tickets a weekday")
    turn_to(page, "rollout")
    see(page, "This is today's desk")
    today = week(app, "scenario.yaml")
    first, last = np.flatnonzero(today[0])[[0, -1]] // 4
    press(page, "Add two early hours")
    page.wait_for_url(re.compile("stage="))
    settle(page)
    early = re.search("stage=([^&]+)", page.url)[1]
    wanted = painted(today, block(range(5), int(first) - 2, int(first)), is_open=True)
    assert np.array_equal(week(app, early), wanted)
    expect(hour(page, f"Mon {first - 2:02d}")).to_have_attribute("aria-label", re.compile("newly open"))

    hour(page, "Sat 10").drag_to(hour(page, "Sun 12"))
    see(page, "opens: Sat, Sun 10:00–13:00")
    expect(hour(page, "Sun 12")).to_have_attribute("aria-selected", "true")
    save(page, "Weekends")
    stage(page, "weekends.yaml")
    weekends = painted(wanted, block([5, 6], 10, 13), is_open=True)
    assert np.array_equal(week(app, "weekends.yaml"), weekends)

    hour(page, "Mon 00").focus()
    for key in (*["ArrowRight"] * (last + 1), "Shift+ArrowDown", "Shift+ArrowRight", "Space"):
        page.keyboard.press(key)
    see(page, f"opens: Mon, Tue {last + 1:02d}:00–{last + 3:02d}:00")
    expect(hour(page, f"Tue {last + 2:02d}")).to_be_focused()
    save(page, "Long evenings")
    stage(page, "long-evenings.yaml")
    late = painted(weekends, block([0, 1], int(last) + 1, int(last) + 3), is_open=True)
    assert np.array_equal(week(app, "long-evenings.yaml"), late)

    page.get_by_text("Copy, rename, move or remove").click()
    press(page, "Remove this stage")
    expect(page.get_by_role("heading", name="4. Long evenings")).to_have_count(0)
    assert not list(app.store.glob("work/*/long-evenings.yaml"))
    press(page, "Undo the last change of the ladder")
    stage(page, "long-evenings.yaml")
    assert np.array_equal(week(app, "long-evenings.yaml"), late)
    page.set_viewport_size({"width": 400, "height": 800})
    settle(page)
    fits(page, "ladder on a phone")
