"""Mistakes in what a forecast is asked: names, days out of order, shares nobody reaches, one thing twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from difflib import get_close_matches

from planner._errors import InputError
from planner._messages import Message, Place
from planner._values import share_text
from planner._yaml import Node
from planner.clock import PublicHolidays
from planner.study.scenario.asking import ALL
from planner.study.scenario.asks_said import ByHandSaid, EventSaid, SelfServiceSaid
from planner.study.scenario.limits import MOST_CONTACTS
from planner.study.scenario.mistakes import Path, at, place_of, unknown_name
from planner.study.scenario.said import Said

# No help centre known takes more of all contacts.
MOST_SOLVED = 0.6
ASKS = ("events", "self_service", "by_hand", "days_off")

Wrong = Callable[..., Message]


def asks_mistakes(said: Said, node: Node, queues: Sequence[str] | None) -> Iterator[Message]:
    """All of them.

    Parameters
    ----------
    node: the document. queues: names; None: they could not be read.
    """

    def wrong(path: Path, code: str, **values: object) -> Message:
        return at(node, path, code, **values)

    for key in ASKS if said.need else ():
        if getattr(said, key):
            yield wrong((key,), "asks_of_need")
    yield from _growth(said, wrong)
    for index, event in enumerate(said.events):
        yield from _event(("events", index), event, said, wrong)
    for index, centre in enumerate(said.self_service):
        yield from _self_service(("self_service", index), centre, wrong)
    for index, hand in enumerate(said.by_hand):
        yield from _by_hand(("by_hand", index), hand, wrong)
    for index, queue in enumerate(said.queues):
        if sum(queue.customers_in.values()) > 1 + 1e-9:
            total = share_text(round(sum(queue.customers_in.values()), 6))
            yield wrong(("queues", index, "customers_in"), "customers_above_one", total=total)
        for city in queue.customers_in:
            yield from _place(city, place_of(node, ("queues", index, "customers_in", city), key=True))
    if queues is not None:
        yield from _names(said, node, queues)


def _names(said: Said, node: Node, queues: Sequence[str]) -> Iterator[Message]:
    for key in ("events", "self_service", "by_hand"):
        for index, line in enumerate(getattr(said, key)):
            for name in line.queues:
                if name not in queues and name != ALL:
                    place = place_of(node, (key, index, "queues"))
                    yield replace(unknown_name("queue", name, queues), place=place)


def _place(city: str, place: Place) -> Iterator[Message]:
    try:
        PublicHolidays(city)
    except InputError as error:
        yield from (replace(message, place=place) for message in error.messages)


def _growth(said: Said, wrong: Wrong) -> Iterator[Message]:
    growth = said.growth
    if growth.customers and growth.orders:
        yield wrong(("growth", "orders"), "one_of", first="customers")
    if growth.orders and max(growth.orders) * max(growth.contacts_per_order or (0.0,)) > MOST_CONTACTS:
        yield wrong(("growth", "orders"), "too_many_contacts", most=MOST_CONTACTS)
    if said.history or said.need or said.volume:
        return
    if growth.orders and growth.contacts_per_order is None:
        yield wrong(("growth", "orders"), "orders_alone")
    if growth.contacts_per_order and growth.orders is None:
        yield wrong(("growth", "contacts_per_order"), "rate_alone")


def _event(here: Path, line: EventSaid, said: Said, wrong: Wrong) -> Iterator[Message]:
    """A coming event needs a factor, or past ones of its name in a history."""
    start = said.period.first_day
    if line.factor is not None or all(last < start for _, last in line.days):
        return
    if not said.history:
        yield wrong((*here, "days"), "event_no_history", name=line.name)
        return
    past = [other for other in said.events if other.name == line.name]
    if not any(last < start for other in past for _, last in other.days):
        names = [other.name for other in said.events if other.name != line.name]
        near = get_close_matches(line.name, names, n=1, cutoff=0.7)
        code = "event_unknown_near" if near else "event_unknown"
        yield wrong((*here, "days"), code, name=line.name, near=near[0] if near else "")


def _self_service(here: Path, line: SelfServiceSaid, wrong: Wrong) -> Iterator[Message]:
    if line.from_ and line.full_by and line.full_by <= line.from_:
        yield wrong((*here, "full_by"), "full_by_before", first=line.from_.isoformat())
    solved = line.topics * line.adoption * line.solves
    if solved > MOST_SOLVED:
        yield wrong((*here, "solves"), "solves_much", share=share_text(round(solved, 4)))


def _by_hand(here: Path, line: ByHandSaid, wrong: Wrong) -> Iterator[Message]:
    if line.factor is None and line.contacts is None:
        yield wrong(here, "by_hand_what")
    if (line.contacts or 0.0) > MOST_CONTACTS:
        yield wrong((*here, "contacts"), "too_many_contacts", most=MOST_CONTACTS)
    if line.factor is not None and line.contacts is not None:
        yield wrong((*here, "contacts"), "one_of", first="factor")
    if line.hours[1] <= line.hours[0]:
        yield wrong((*here, "hours"), "by_hand_hours")
    elif line.hours[0] % 15 or line.hours[1] % 15:
        yield wrong((*here, "hours"), "quarter")
    if not line.reason:
        yield wrong((*here, "reason"), "empty")
