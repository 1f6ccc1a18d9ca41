"""The best next hours in a real browser: asked, reloaded, answered, made a stage, on a phone too."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect
from steps import fits, go, press, see, settle

from planner.study import workspace

DESK = """
name: Small desk
period: {first_day: 2026-04-20, weeks: 1}
volume: {email en: 20 a weekday}
people: {count: 3, weekly_hours: 40, cost: 12}
opening_hours: {days: mon-fri, open: 02:00, close: 24:00}
solve: {effort: quick, rounds: 1}
"""

pytestmark = pytest.mark.browser


def test_next_hours_are_asked_survive_a_reload_and_become_a_stage(app, visit):
    page = visit()
    work = workspace.open_text(app.store, DESK)
    go(page, f"{app.url}/hours?work={work}")
    see(page, "No next hours have been looked for yet")
    page.get_by_role("button", name="Find the best next hours").click()
    page.wait_for_url(re.compile("next="))
    page.reload()
    expect(page.get_by_text("Download next_hours.csv")).to_be_visible(timeout=90_000)
    settle(page)
    press(page, "Make it a stage")
    page.wait_for_url(re.compile("stage="))
    see(page, "There is a new stage")
    answered = page.url
    page.get_by_role("link", name="See it in the ladder").click()
    page.wait_for_url(re.compile("/rollout"))
    settle(page)
    phone = visit(width=400)
    phone.goto(answered)
    expect(phone.get_by_text("Download next_hours.csv")).to_be_visible()
    settle(phone)
    fits(phone)
