"""What is worth knowing about what a forecast is asked, and is no mistake."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from planner._messages import Message
from planner._values import number_text, share_text
from planner.study.scenario.asks_texts import Span, span_text
from planner.study.scenario.mistakes import at

if TYPE_CHECKING:
    from planner.study.scenario.resolved import Resolved


def asks_notices(scenario: Resolved) -> Iterator[Message]:
    """Self-service that solves more than is usual, contacts too few for who writes, what has no effect."""
    from planner.demand import USUAL_SOLVED, least_contacts

    said, node = scenario.said, scenario.node
    for index, line in enumerate(said.self_service):
        solved = line.adoption * line.solves
        if solved > USUAL_SOLVED:
            values = {"share": share_text(round(solved, 4)), "usual": share_text(USUAL_SOLVED)}
            yield at(node, ("self_service", index, "solves"), "solves_more", **values)
    share, each = said.growth.who_write, said.growth.contacts_each
    if share and each is not None and share * each < least_contacts(share):
        least = f"{least_contacts(share) / share:.2f}" if share < 1 else "more"
        path = ("growth", "contacts_each")
        yield at(
            node, path, "contacts_each_few", share=share_text(share), least=least, given=number_text(each)
        )
    if said.history and said.growth.by is not None and said.growth.since is None:
        yield at(node, ("growth", "by"), "growth_by_alone", by=said.growth.by.isoformat())
    for index, event in enumerate(said.events):
        if not said.history and all(_before(scenario, span) for span in event.days):
            yield at(node, ("events", index, "days"), "event_past_unseen", name=event.name)
    for index, hand in enumerate(said.by_hand):
        for span in hand.days:
            if _before(scenario, span) or span[0] >= scenario.first_day + timedelta(days=scenario.days):
                yield at(node, ("by_hand", index, "days"), "by_hand_outside", days=span_text(span))


def _before(scenario: Resolved, span: Span) -> bool:
    return span[1] < scenario.first_day
