"""What a scenario asks of its forecast, as the room of demand takes it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING

from planner._values import number_text, share_text
from planner.clock import PublicHolidays
from planner.demand import DemandCalendar, Driver, Event, ForecastAsks, Override, Ramp
from planner.study.scenario.asks_said import Growth

if TYPE_CHECKING:
    from planner.study.scenario.resolved import Resolved

ALL = "all"


def asks_of(scenario: Resolved) -> ForecastAsks:
    """Calendars, clocks, events, drivers and what is set by hand.

    Without history, growth is in the stated volumes already and only its doubt is left to ask.
    """
    said = scenario.said
    return ForecastAsks(
        calendars=_calendars(scenario),
        zones={line.name: line.customers_zone for line in said.queues if line.customers_zone},
        events=tuple(
            Event(line.name, first, last, named(line.queues), line.factor, line.doubt)
            for line in said.events
            for first, last in line.days
        ),
        drivers=(*_growth(scenario), *_self_service(scenario)),
        overrides=tuple(
            Override(first, last, line.reason, named(line.queues), *line.hours, line.factor, line.contacts)
            for line in said.by_hand
            for first, last in line.days
        ),
    )


def named(words: tuple[str, ...]) -> tuple[str, ...]:
    """Names of queues as they are written; empty stands for all of them."""
    return () if ALL in words else words


def middle_of(scenario: Resolved) -> date:
    """Day in the middle of the period."""
    middle: date = scenario.first_day + timedelta(days=scenario.days // 2)
    return middle


def _calendars(scenario: Resolved) -> Mapping[str, DemandCalendar]:
    """Days off of each queue's customers, of those that have others than the scenario's."""
    said = scenario.said
    own = tuple((line.day, line.name) for line in said.days_off)
    places = {line.name: line.customers_in for line in said.queues}
    usual = ((PublicHolidays(scenario.public_holidays), 1.0),)
    return {
        queue.name: DemandCalendar(
            tuple((PublicHolidays(place), share) for place, share in lives.items()) or usual, own
        )
        for queue in scenario.queues
        for lives in (places.get(queue.name, {}),)
        if lives or own
    }


def _growth(scenario: Resolved) -> Iterator[Driver]:
    growth = scenario.said.growth
    doubt = growth.doubt or 0.0
    if not scenario.said.history:
        if doubt:
            yield Driver("", "growth", Ramp(((scenario.first_day, 1.0),)), doubt=doubt)
        return
    changes = list(_changes(growth))
    for index, driver in enumerate(changes):
        yield Driver(driver.name, driver.kind, driver.factor, (), 0.0 if index else doubt, driver.relative)
    left = 0.0 if changes else doubt
    more = growth.more_contacts
    for queue in scenario.queues if more or left else ():
        share = more.get(queue.name, more.get(ALL, 0.0))
        if share or left:
            name = f"{'+' if share > 0 else ''}{share_text(share)}" if share else ""
            yield Driver(name, "growth", Ramp(((scenario.first_day, 1 + share),)), (queue.name,), left)


def _changes(growth: Growth) -> Iterator[Driver]:
    """Customers or orders, and contacts for each order."""
    if growth.customers:
        yield _change(growth, "customers", growth.customers, *map(number_text, growth.customers))
    if growth.orders and growth.orders[0] != growth.orders[1]:
        yield _change(growth, "orders", growth.orders, *map(number_text, growth.orders))
    rate = growth.contacts_per_order
    if rate and rate[0] != rate[1]:
        yield _change(growth, "contact rate", rate, *map(share_text, rate))


def _change(growth: Growth, kind: str, numbers: tuple[float, float], now: str, then: str) -> Driver:
    """A number that grows evenly between two days, or stands at its end where they are not both said."""
    since, by, (first, last) = growth.since, growth.by, numbers
    name = f"{now} -> {then}"
    if since is None or by is None or by <= since:
        grown = 1 + (last / first - 1)
        return Driver(name, kind, Ramp(((date.min, grown),)))  # type: ignore[arg-type]  # one of its kinds
    ramp = Ramp(((since, first), (by, last)))
    return Driver(name, kind, ramp, relative=True)  # type: ignore[arg-type]  # one of its kinds


def _self_service(scenario: Resolved) -> Iterator[Driver]:
    from planner.demand import self_service  # whoever asks for none need not wait for numbers

    for line in scenario.said.self_service:
        yield self_service(
            line.name,
            line.topics,
            line.adoption,
            line.solves,
            line.from_ or scenario.first_day,
            line.full_by,
            named(line.queues),
            line.doubt,
            middle_of(scenario),
        )
