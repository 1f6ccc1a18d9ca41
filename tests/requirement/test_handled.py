"""The rule that parts live from deferred work, in sentences."""

from dataclasses import replace

import pytest

from planner.demand import Promise, Queue
from planner.requirement.handled import handled_because

MAIL = Queue("email en", "email", "en", 600.0, Promise(0.9, 14_400.0))


@pytest.mark.parametrize(
    ("queue", "words"),
    [
        (
            MAIL,
            "is answered as deferred work: 4 h is 24 handle times of 10 min (live below 3, deferred above 5)",
        ),
        (replace(MAIL, promise=Promise(0.9, 1200.0)), "is answered live: 20 min is 2 handle times of 10 min"),
        (
            replace(MAIL, promise=Promise(0.9, 2400.0)),
            "is planned both live and as deferred work, so the larger need holds: 40 min is 4 handle times",
        ),
        (
            replace(MAIL, aht_seconds=420.0, promise=Promise(0.9, 3000.0)),
            "50 min is 7.14 handle times of 7 min",
        ),
        (replace(MAIL, channel="phone"), "is answered live: on the phone customers wait on the line"),
        (replace(MAIL, channel="chat"), "is answered live: in a chat customers wait on the line"),
        (
            replace(MAIL, promise=Promise(0.9, 60.0, "after opening")),
            "is answered as deferred work: it is promised by an hour of the day, not after a time",
        ),
        (replace(MAIL, promise=Promise(0.9, 0.0, "by weekday", (0, 600))), "by an hour of the day"),
    ],
)
def test_the_sentence_has_the_rule_and_its_numbers(queue, words):
    sentence = str(handled_because(queue))
    assert words in sentence
    assert sentence.startswith("email en is ")
    # and says what the planner does
    as_deferred = "deferred work" in sentence
    as_live = "live:" in sentence or "both live" in sentence
    assert (as_live, as_deferred) == (queue.handled_as != "deferred", queue.handled_as != "live")
