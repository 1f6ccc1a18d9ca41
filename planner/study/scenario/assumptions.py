"""A sentence for everything that matters and that a scenario does not say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from planner._messages import Message
from planner._values import clock_text, duration_text, goal_text, number_text, share_text, starts_text
from planner.demand import Queue
from planner.people import Site
from planner.rota import ShiftType
from planner.study.scenario.people import AgentSaid
from planner.study.scenario.planning import appointment_name
from planner.study.scenario.queue_said import QueueSaid
from planner.study.scenario.said import Said
from planner.study.scenario.views import HOURLY_COST, SHOP, WEEKDAY_CONTACTS, zone_of


def _assumed(what: str, **values: object) -> Message:
    return Message(f"scenario.assumed_{what}", values)


def assumptions_of(
    said: Said,
    people: Sequence[AgentSaid],
    sites: Sequence[Site],
    queues: Sequence[Queue],
    types: Sequence[ShiftType],
) -> Iterator[Message]:
    """What was assumed, from the calendar to the cost of an hour."""
    if "first_day" not in said.period.model_fields_set:
        first = said.period.first_day.isoformat()
        yield _assumed("period", first_day=first, weeks=said.period.weeks)
    if said.zone is None:
        yield _assumed("zone", zone=zone_of(said))
    yield from _about_people(said, people, sites)
    yield from _about_queues(said, queues)
    if "opening_hours" not in said.model_fields_set and queues:
        yield _assumed("opening")
    yield from _about_shifts(said, types)
    for line in said.appointments:
        yield _assumed("first_appointments", name=appointment_name(line))


def _about_people(said: Said, people: Sequence[AgentSaid], sites: Sequence[Site]) -> Iterator[Message]:
    if not (said.team or said.agents or said.people):
        yield _assumed("people", count=len(people))
    without = sum(person.cost is None for person in people)
    if without == len(people):
        yield _assumed("cost", cost=number_text(HOURLY_COST), currency=said.currency)
    elif without:
        yield _assumed("cost_of_some", count=without)
    if not said.sites:
        yield _assumed("site")
    elif lawless := [site.name for site in sites if not site.country_rules]:
        yield _assumed("no_law", sites=", ".join(lawless))
    for place, site in zip(said.sites, sites, strict=False):
        if place.country_rules and place.night_premium is None and site.night_premium is not None:
            night = f"{clock_text(site.night[0])}-{clock_text(site.night[1])}"
            premium = share_text(site.night_premium)
            yield _assumed("night", site=site.name, rules=site.country_rules, night=night, premium=premium)


def _about_queues(said: Said, queues: Sequence[Queue]) -> Iterator[Message]:
    if said.need or not queues:
        return
    if not said.queues:
        yield _assumed("queues", queues=", ".join(queue.name for queue in queues))
    lines: Sequence[QueueSaid | None] = said.queues or [None] * len(queues)
    for queue, line in zip(queues, lines, strict=True):
        if work := _shop_words(queue.channel, line):
            yield _assumed("work", queue=queue.name, work=work)
        if queue.chats_at_once > 1 and not (line and (line.chat_speed or line.chat_times)):
            speed = share_text(queue.chat_speed[queue.chats_at_once - 1])
            yield _assumed("chat_speed", queue=queue.name, chats=queue.chats_at_once, speed=speed)
    if not said.history:
        growth = said.growth
        if not said.volume and growth.customers and growth.who_write is not None:
            yield _assumed("volume_from_customers")
        elif not said.volume and growth.orders and growth.contacts_per_order:
            yield _assumed("volume_from_orders")
        elif not said.volume:
            yield _assumed("volume", contacts=number_text(WEEKDAY_CONTACTS))
        elif "all" in said.volume and len(queues) > 1:
            yield _assumed("volume_split")
        yield _assumed("profile")
    for key in ("busy_inside_shift", "no_shows", "away"):
        if key not in said.model_fields_set:
            yield _assumed(key)


def _shop_words(channel: str, line: QueueSaid | None) -> str:
    """The defaults of a shop that a queue takes over, in words."""
    aht, replies, promise, patience = SHOP[channel]
    words = []
    if line is None or (line.aht is None and not line.chat_times):
        words.append(f"{duration_text(timedelta(seconds=aht))} a touch")
    if channel == "email" and (line is None or line.replies is None):
        words.append(f"{number_text(replies)} touches")
    if line is None or line.promise is None:
        words.append(goal_text(promise))
    if patience is not None and (line is None or line.hangs_up_after is None):
        words.append(f"customers hang up after {duration_text(timedelta(seconds=patience))}")
    return ", ".join(words)


def _about_shifts(said: Said, types: Sequence[ShiftType]) -> Iterator[Message]:
    own = {shift.name for shift in said.shifts}
    usual = [kind for kind in types if kind.kind == "work" and kind.name not in own]
    if usual:
        starts = "; ".join(f"{kind.name} {starts_text(kind.starts)}" for kind in usual)
        yield _assumed("shifts", starts=starts, pause=usual[0].break_minutes)
    for kind in types:
        if kind.kind == "on_call" and kind.name not in own:
            hours = number_text(kind.present_minutes / 60)
            yield _assumed("on_call", role=min(kind.teams), starts=starts_text(kind.starts), hours=hours)
