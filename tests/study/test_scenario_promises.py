"""What a scenario may say of promises, chats and customers who hang up, and what it may not."""

# ruff: noqa: E501 - texts and the sentences they get stand side by side

from __future__ import annotations

import pytest

from planner._errors import ScenarioError
from planner.study.scenario import Scenario
from planner.study.scenario.sense import sense_mistakes


def refused(text: str) -> list[str]:
    with pytest.raises(ScenarioError) as caught:
        Scenario.from_text(text)
    return [str(message) for message in caught.value.messages]


@pytest.mark.parametrize(
    ("queue", "answer"),
    [
        ("name: phone en, promise: 90% by opening", "promise: a customer on phone waits for the answer, so a promise by an hour is none; write it like 80% within 20 s"),
        ("name: chat en, promise: 90% by Monday 10:00", "promise: a customer on chat waits for the answer, so a promise by an hour is none; write it like 80% within 1 min"),
        ("name: email en, promise_over: day", "promise_over: every email contact has a deadline of its own; leave it out (it is for phone and chat)"),
        ("name: phone en, promise_over: week", 'promise_over: "week" is not known here; write one of interval, day'),
        ("name: email en, abandoned_at_most: 5%", "abandoned_at_most: customers on email do not hang up; leave it out, or write hangs_up_after"),
        ("name: phone en, abandoned_at_most: 0%", "abandoned_at_most: write a share above 0% and below 100%, such as 5%"),
        ("name: phone en, abandoned_at_most: 5", "abandoned_at_most: 5 would be 500 %; write 5% or 0.05"),
        ("name: phone en, chat_speed: '100%, 85%'", "chat_speed: only chats are held several at once, and this is phone; leave it out"),
        ("name: phone en, chat_times: {1: 5 min}", "chat_times: only chats are held several at once, and this is phone; leave it out"),
        ("name: chat en, chat_speed: '85%, 100%'", "chat_speed: one chat runs at 100%, and more at once make none faster; write it like 100%, 85%, 80%"),
        ("name: chat en, chat_speed: fast", 'chat_speed: "fast" is not a share; write it like 25% or 0.25'),
        ("name: chat en, chat_speed: []", "chat_speed: speeds are shares from one chat on; write them like 100%, 85%, 80%"),
        ("name: chat en, chats_at_once: 3, chat_speed: '100%, 85%'", "chat_speed: 3 chats at once, and only 2 numbers here; write one for each, from 1 chat on"),
        ("name: chat en, chats_at_once: 3, chat_times: {1: 9 min, 2: 11 min}", "chat_times: 3 chats at once, and only 2 numbers here; write one for each, from 1 chat on"),
        ("name: chat en, chat_speed: '100%, 85%', chat_times: {1: 9 min, 2: 11 min}", "chat_times: says the same as chat_speed in another way; keep one of them"),
        ("name: chat en, chat_times: {2: 11 min}", "chat_times: one time for each number of chats, from 1 on without gaps; write it like {1: 10 min, 2: 12 min, 3: 15 min}"),
        ("name: chat en, chat_times: {one: 11 min}", "chat_times: one time for each number of chats, from 1 on without gaps; write it like {1: 10 min, 2: 12 min, 3: 15 min}"),
        ("name: chat en, aht: 8 min, chat_times: {1: 9 min, 2: 11 min}", "chat_times: aht is 8 min and one chat alone takes 9 min; leave aht out"),
    ],
)  # fmt: skip
def test_mistakes_of_a_queue(queue: str, answer: str) -> None:
    [found] = refused(f"queues: [{{{queue}}}]")
    assert found.partition("queues[0].")[2] == answer


def test_a_queue_that_never_closes_has_no_opening() -> None:
    text = "opening_hours: [{days: all, open: 00:00, close: 24:00}]\nqueues: [{name: email en, promise: 90% by opening + 1 h}]"
    [found] = [str(m) for m in sense_mistakes(Scenario.from_text(text))]
    assert found == (
        'scenario.yaml:2:36: queues[0].promise: "email en" never closes, so it has no opening; write a promise within '
        "a time, or by Monday 10:00"
    )
    assert sense_mistakes(Scenario.from_text(text.partition("\n")[2])) == ()


def test_what_a_share_is_of_matters_where_customers_hang_up() -> None:
    s = Scenario.from_text("queues: [{name: email en, promise: 80% of answered within 1 h}, {name: phone en, promise: 80% of answered within 20 s}]")  # fmt: skip
    told = [str(m) for m in s.notices if m.code == "scenario.definition_same"]
    assert told == [
        "scenario.yaml:1:36: queues[0].promise: nobody hangs up in email en, so all, the answered, and the answered or "
        "gone are the same"
    ]


@pytest.mark.parametrize(
    "queue",
    [
        "name: email en, promise: 90% by opening + 1 h",
        "name: email en, promise: 90% by Monday 10:00",
        "name: phone en, promise: 80% answered or gone within 20 s, promise_over: day, abandoned_at_most: 5%",
        "name: chat en, chats_at_once: 2, chat_speed: '100%, 85%'",
        "name: chat en, chats_at_once: 2, chat_times: {1: 9 min, 2: 11 min}",
    ],
)
def test_queues_read_back(queue: str) -> None:
    s = Scenario.from_text(f"queues: [{{{queue}}}]")
    again = Scenario.from_text(s.dump())
    assert again == s
    assert again.queues == s.queues
    assert again.dump() == s.dump()
