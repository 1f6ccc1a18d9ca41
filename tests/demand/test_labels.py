"""Language and channel words, and the queue they lead to."""

from __future__ import annotations

import pytest

from planner.demand.intake.labels import QueueFinder, looks_like_a_label


@pytest.mark.parametrize(
    ("queue", "language", "channel", "found"),
    [
        ("Email IT", None, None, 1),
        ("email de", None, None, "no_queue"),
        (None, "italiano", "e-mail", 1),
        (None, "it-CH", "Phone call (incoming)", 2),
        (None, "payout lang_it", "web", 1),
        (None, "it en", "web", "no_queue"),
        (None, "it", None, "several_queues"),
        (None, "", "phone", 2),
        (None, "", "email", "several_queues"),
        (None, "de", "email", "no_queue"),
        (None, "it", "chat", "no_queue"),
        ("unknown", "it", "phone", 2),
    ],
)
def test_find(queues, queue, language, channel, found):
    finder = QueueFinder(queues, {}, {}, {})
    assert finder.find(queue, language, channel) == found
    assert finder.find(queue, language, channel) == found


def test_dictionaries_of_the_user_come_first(queues):
    finder = QueueFinder(queues, {"L1": "email en"}, {"svizzera": "it"}, {"hotline": "phone"})
    assert finder.find("l1", None, None) == 0
    assert finder.find(None, "Svizzera", "Hotline") == 2


def test_only_labels_are_shown():
    assert looks_like_a_label("pt-BR")
    assert looks_like_a_label("WhatsApp")
    assert not looks_like_a_label("Anna Rossi")
    assert not looks_like_a_label("anna@example.com")


@pytest.mark.parametrize(
    ("tags", "default", "found"),
    [
        ("vip it payout", "", 1),
        ("vip payout", "", "several_queues"),
        ("vip payout", "en", 0),
        ("", "en", 0),
        ("fr vip", "en", "no_queue"),
        ("svizzera vip", "en", 1),
    ],
)
def test_tags_that_name_no_language_say_nothing(queues, tags, default, found):
    finder = QueueFinder(queues, {}, {"Svizzera": "it"}, {}, default_language=default, tagged=True)
    assert finder.find(None, tags, "web") == found
