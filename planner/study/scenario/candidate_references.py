"""Mistakes of hires and partners: too many of them, and names that a partner's seats bear."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from planner._messages import Message
from planner.study.scenario.candidates import MOST_CANDIDATES, PARTNER
from planner.study.scenario.partner_texts import a_month_text, price_text
from planner.study.scenario.posts_said import posts_alone

if TYPE_CHECKING:
    from planner.study.scenario.references import Reading


def candidate_mistakes(reading: Reading) -> Iterator[Message]:
    """What cannot be asked of hires and of a partner."""
    said = reading.said
    seats = said.outsource.seats if said.outsource else 0
    given = sum(kind.max for kind in said.hires.types) + seats
    if given > MOST_CANDIDATES:
        key = "hires" if given > seats else "outsource"
        yield reading.wrong((key,), "too_many_candidates", given=given, most=MOST_CANDIDATES)
    yield from _price_mistakes(reading)
    named = {"sites": [site.name for site in said.sites], "shifts": [shift.name for shift in said.shifts]}
    for what, names in named.items() if said.outsource is not None else ():
        if PARTNER in names:
            path = (what, names.index(PARTNER), "name")
            yield reading.wrong(path, "partner_taken", what=what.removesuffix("s"))


def _price_mistakes(reading: Reading) -> Iterator[Message]:
    """A minimum in another unit than the price, and tickets where none are counted."""
    partner = reading.said.outsource
    if partner is None:
        return
    if partner.minimum.amount and partner.minimum.of != partner.price.per:
        values = {"minimum": a_month_text(partner.minimum), "price": price_text(partner.price)}
        yield reading.wrong(("outsource", "minimum"), "partner_units", **values)
    if partner.by_ticket and (reading.said.need or posts_alone(reading.said)):
        yield reading.wrong(("outsource", "price"), "partner_tickets")
