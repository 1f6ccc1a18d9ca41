"""What is asked of a forecast and cannot be meant: each with its place and what to write instead."""

from __future__ import annotations

import pytest

from planner._errors import ScenarioError
from planner.study import Scenario

DESK = """
people: 4
volume: {email en: 40}
queues: [{name: email en}]
"""


@pytest.mark.parametrize(
    ("text", "place", "sentence"),
    [
        ("events: [{name: sale, days: ' , ', factor: x3}]", "events[0].days", "nothing is written"),
        ("events: [{name: sale, days: [{day: 1}], factor: x3}]", "events[0].days", "write a day like"),
        ("events: [{name: sale, days: 2026-06-27, factor: -150%}]", "events[0].factor", "-150%"),
        ("by_hand: [{days: 2026-06-03, hours: 09:10-10:00, factor: x2, reason: Ana}]", "hours", "09:15"),
        ("by_hand: [{days: 2026-06-03, contacts: -4 a day, reason: Ana}]", "contacts", "write 0 or more"),
        ("by_hand: [{days: 2026-06-03, factor: x2, reason: ' '}]", "reason", "nothing is written"),
        ("growth: {orders: 0 -> 4, contacts_per_order: 9%}", "growth.orders", "must be above 0"),
        ("growth: {orders: 4, contacts_per_order: 0% -> 8%}", "contacts_per_order", "must be above 0"),
        ("history: {file: a.csv, profile: zendeks}", "profile", "did you mean zendesk?"),
        ("history: {file: a.csv, profile: qqq}", "profile", "write one of"),
        ("history: {file: a.csv, mapping: ' '}", "mapping", "nothing is written"),
    ],
)
def test_each_mistake_has_its_place_and_remedy(text: str, place: str, sentence: str) -> None:
    desk = DESK.replace("volume: {email en: 40}\n", "") if text.startswith("history") else DESK
    with pytest.raises(ScenarioError) as caught:
        Scenario.from_text(desk + text)
    told = [str(message) for message in caught.value.messages]
    assert [line for line in told if place in line and sentence in line], told
