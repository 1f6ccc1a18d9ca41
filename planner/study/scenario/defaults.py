"""What holds when a scenario does not say: people, shifts, on-call duties, volumes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from planner.clock import OpeningHours
from planner.demand import Queue
from planner.rota import ShiftType
from planner.rules import Rule, longest_break
from planner.study.scenario.people import PeopleSaid
from planner.study.scenario.said import Said
from planner.study.scenario.views import WEEKDAY_CONTACTS

PEOPLE = (PeopleSaid(count=9),)
WEEKDAYS_A_YEAR = 365.25 * 5 / 7
WEEK_IN_WEEKDAYS = 5.4  # a typical week, in mean weekdays: what weekends bring comes on top
_DAY = 1440
_PAID, _BREAK = 480, 30
_ON_CALL = 720


def open_span(opening: Mapping[str, OpeningHours]) -> tuple[int, int]:
    """Earliest opening and latest closing of all queues, minutes after midnight; (0, 1440) past midnight."""
    lines = [line for hours in opening.values() for line in hours.lines if not line.closed]
    if not lines or any(line.close_minute <= line.open_minute for line in lines):
        return 0, _DAY
    return min(line.open_minute for line in lines), max(line.close_minute for line in lines)


def usual_shifts(
    opening: Mapping[str, OpeningHours], one_zone: bool, rules: Iterable[Rule] = ()
) -> tuple[ShiftType, ...]:
    """Eight paid hours with half an hour's break, or what law asks, at starts that fit the opening hours.

    Parameters
    ----------
    opening: of every queue.
    one_zone: whether everybody lives on the scenario's clock; otherwise every full hour is a start.
    rules: of whose breaks the longest is taken.
    """
    first, last = open_span(opening)
    pause = max(_BREAK, -(-longest_break(rules, _PAID) // 15) * 15)
    present = _PAID + pause
    window = (180, 300)
    if not one_zone:
        starts: dict[str, tuple[int, ...]] = {"shift": tuple(range(0, _DAY, 60))}
    elif last - first <= present:
        starts = {"day": (first - first % 15,)}
    elif last - first <= 16 * 60:
        steps = range(first, last - present + 1, 60)
        starts = {"day": tuple(sorted({*steps, last - present}))}
    else:
        starts = {
            "early": tuple(range(360, 601, 60)),
            "late": tuple(range(780, 901, 60)),
            "night": (1320,),
        }
    return tuple(
        ShiftType(name, tuple(at % _DAY for at in when), present, pause, window)
        for name, when in starts.items()
    )


def usual_on_call(
    said: Said, types: Sequence[ShiftType], opening: Mapping[str, OpeningHours], one_zone: bool
) -> Iterator[ShiftType]:
    """On-call duties of the escalation roles that have none: the opening hours, or two halves of the day."""
    first, last = open_span(opening)
    whole = one_zone and last - first <= 14 * 60
    for line in said.escalation:
        if any(kind.kind == "on_call" and line.role in kind.teams for kind in types):
            continue
        yield ShiftType(
            name=f"on call {line.role}",
            starts=(first,) if whole else (480, 1200),
            present_minutes=last - first if whole else _ON_CALL,
            kind="on_call",
            pay_share=line.pay,
            counted=False,
            teams=frozenset({line.role}),
        )


def growth_of(said: Said, queues: Sequence[Queue]) -> dict[str, float]:
    """By how much each queue's volume exceeds the history's in the middle of the period, as a factor."""
    grown = 1.0
    for pair in (said.growth.customers, said.growth.orders, said.growth.contacts_per_order):
        if pair:
            now, then = pair
            grown *= 1 + (then / now - 1) * _part_of_growth(said)
    more = said.growth.more_contacts
    return {q.name: grown * (1 + more.get(q.name, more.get("all", 0.0))) for q in queues}


def _reached(said: Said, pair: tuple[float, float]) -> float:
    """A number that grows, in the middle of the period."""
    now, then = pair
    return now + (then - now) * _part_of_growth(said)


def _part_of_growth(said: Said) -> float:
    """How far the growth has come by the middle of the period; all of it unless both days are said."""
    since, by = said.growth.since, said.growth.by
    if since is None or by is None or by <= since:
        return 1.0
    middle: date = said.period.first_day + timedelta(days=said.period.weeks * 7 // 2)
    return min(1.0, max(0.0, (middle - since) / (by - since)))


def volumes_of(said: Said, queues: Sequence[Queue]) -> dict[str, float]:
    """Contacts a weekday of each queue where there is no history: as said, from customers, or 100 in all."""
    factors = growth_of(said, queues)
    growth = said.growth
    if said.volume:
        rest = [queue.name for queue in queues if queue.name not in said.volume]
        share = said.volume.get("all", 0.0) / len(rest) if rest else 0.0
        return {q.name: said.volume.get(q.name, share) * factors[q.name] for q in queues}
    more = {q.name: growth.more_contacts.get(q.name, growth.more_contacts.get("all", 0.0)) for q in queues}
    return {name: _total_of(said) / len(queues) * (1 + share) for name, share in more.items()}


def _total_of(said: Said) -> float:
    """Contacts a weekday of all queues together, where no volume is said."""
    growth = said.growth
    if growth.customers and growth.who_write is not None and growth.contacts_each is not None:
        customers = _reached(said, growth.customers)
        return customers * growth.who_write * growth.contacts_each / WEEKDAYS_A_YEAR
    if growth.orders and growth.contacts_per_order:
        orders, each = (_reached(said, pair) for pair in (growth.orders, growth.contacts_per_order))
        return orders * each * 7 / WEEK_IN_WEEKDAYS
    return WEEKDAY_CONTACTS
