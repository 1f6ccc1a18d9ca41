"""A solve on screen: several texts on the way, its curve, stopping, one job each, a cut line."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect
from steps import STOP, fits, go, open_sentence, see, start_solving, turn_to, until_planned, wait_for

from planner.tasks import JobState, Outcome, Store

pytestmark = pytest.mark.browser

DESK = "6 people, 40 h, English, about 60 tickets a weekday"


def test_a_small_desk_is_solved_with_texts_on_the_way_in_spite_of_a_cut_line(app, visit):
    page = visit()
    open_sentence(page, app, DESK)
    turn_to(page, "solve")
    seen: set[str] = set()
    job = start_solving(page, "A quick look")
    page.context.set_offline(True)
    page.wait_for_timeout(700)
    page.context.set_offline(False)
    until_planned(page, seen)
    assert seen, "what it was doing stood there"
    see(page, "Stages planned: 1.")
    assert Store(app.store).get(job).outcome is Outcome.WHOLE
    page.get_by_text("How the search went").click()
    page.wait_for_selector(".js-plotly-plot")
    names = page.evaluate("document.querySelector('.js-plotly-plot')._fullData.map(line => line.name)")
    assert names == ["best cost so far", "no rota can cost less"]
    phone = visit(width=400, color_scheme="dark")
    go(phone, page.url)
    fits(phone, "solve")


def test_stopping_keeps_the_best_and_a_second_wish_waits_for_the_first(app, visit):
    page = visit()
    open_sentence(page, app, DESK)
    turn_to(page, "solve")
    empty = page.url
    job = start_solving(page, "Thorough")
    expect(page.get_by_role("button", name=STOP)).to_be_visible()
    other = page.context.new_page()
    go(other, empty)
    see(other, "One of your jobs is under way: planning stages.")
    other.get_by_role("button", name="Show it").click()
    other.wait_for_url(re.compile(f"job={job}"))
    store = Store(app.store)
    wait_for(lambda: (store.job_folder(job) / "best.csv").exists() or not store.get(job).state.live)
    if store.get(job).state.live:
        page.get_by_role("button", name=STOP).click()
    until_planned(page)
    wait_for(lambda: store.get(job).state is JobState.DONE)
    assert (store.job_folder(job) / "stage-1" / "rota.csv").exists()
    expect(other.get_by_text("Wages and premiums").first).to_be_visible()
