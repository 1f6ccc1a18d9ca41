"""What shipped desks are asked, as far as no long solve is needed; README has the answers with figures."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.study import Scenario, forecast, read_history
from planner.study.longer_hours import newly_open
from planner.study.next_hours.blocks import candidates
from planner.study.next_hours.screening import screen
from planner.study.steps import require

SCENARIOS = Path(__file__).parents[2] / "scenarios"


def test_chat_on_saturday_comes_before_chat_in_the_evening() -> None:
    """The screen: evenings bring five times the contacts of a Saturday morning for seven times the people.

    The team with temporary staff is asked: with the sale on today's team alone, people are missing anyway.
    """
    shop = Scenario.load(SCENARIOS / "web-shop-peak" / "temporary-staff.yaml")
    found = {
        each.block.hours: each for each in screen(shop, candidates(shop, queues=("chat it",))) if each.score
    }
    saturday, evening, early = (
        found[f"{hours}"] for hours in ("sat 10:00–12:00", "mon-fri 18:00–20:00", "mon-fri 08:00–10:00")
    )
    assert next(iter(found.values())) is saturday
    assert all(each.borrowed for each in found.values())
    assert 4 < saturday.contacts < 9
    assert 22 < evening.contacts < 38
    assert saturday.contacts / saturday.person_hours > 1.2 * evening.contacts / evening.person_hours
    assert early.score < evening.score / 10


def test_four_languages_at_night_are_presence_for_hardly_a_contact() -> None:
    """A small language open at every hour takes hours of somebody's presence for each contact.

    New hours and contacts are counted here from the forecast alone, presence from the need.
    """
    base, wide = (
        Scenario.load(SCENARIOS / "mozilla-support" / file)
        for file in ("scenario.yaml", "five-languages.yaml")
    )
    volumes = forecast(read_history(wide), wide)
    need, new = require(volumes, wide), newly_open(volumes, base, wide)
    a_week = {}
    for row, queue in enumerate(wide.queues):
        hours, contacts = new[row].sum() / 2 / 4, volumes.mean[row][new[row]].sum() / 4
        listed = [at for at, each in enumerate(need.sets) if each == {queue.name}]
        present = need.required[listed[0]][new[row]].sum() / 2 / 4
        assert present == pytest.approx(hours)
        a_week[queue.language] = (hours, contacts)
    assert a_week.pop("en") == (0, 0)
    for hours, contacts in a_week.values():
        assert 127 < hours < 129
        assert 4 < hours / contacts < 30
    assert 0.3 < sum(contacts for _, contacts in a_week.values()) / 128 < 0.6
    english = volumes.mean[0].sum() / 4 / 168
    assert english > 3
