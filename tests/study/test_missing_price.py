"""The price of a missing hour: nobody who is free and could come is left at home."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from planner.rota import Rota, Shift, break_starts, options_for, recount, shift_of
from planner.study import Scenario, steps
from planner.study.missing_price import dearest_shift, missing_cents

LEAN = """
name: Lean
zone: Europe/Lisbon
period: {first_day: 2026-03-23, weeks: 1}
sites:
  - {name: Lisbon, zone: Europe/Lisbon, public_holidays: Lisbon, full_time_hours: 40, night_premium: 25%}
agents:
  - {name: Ana, languages: "en, it", cost: 12}
  - {name: Bruno, languages: en, cost: 15}
  - {name: Carla, languages: "en, it", cost: 13, weekly_hours: 24}
  - {name: Dino, languages: it, cost: 12, weekly_hours: 24, leave: 2026-03-25}
  - {name: Elsa, languages: en, cost: 12}
  - {name: Fabio, languages: en, cost: 12}
  - {name: Gina, languages: en, cost: 12}
queues:
  - {name: phone en, channel: phone, language: en, aht: 6 min, promise: 80% within 60 s}
  - {name: phone it, channel: phone, language: it, aht: 6 min, promise: 80% within 60 s}
volume: {phone en: 30, phone it: 12}
opening_hours:
  - {queues: all, days: all, open: 08:00, close: 22:00}
minimum_on_duty: {all: 1}
shifts:
  - {name: early, start: 07:00-09:00 every 60 min, paid_hours: 8, break: 30 min unpaid}
  - {name: late, start: 13:00-14:00 every 60 min, paid_hours: 8, break: 30 min unpaid}
solve: {effort: quick}
"""


@pytest.fixture(scope="module")
def lean() -> Scenario:
    return Scenario.from_text(LEAN, name="lean.yaml")


def test_from_ten_times_on_an_interval_costs_more_than_any_shift(lean: Scenario) -> None:
    terms = steps.pay_terms(lean)
    # From 14:00 to 22:30: 8 h at 15.00, and a quarter of half an hour at night.
    assert dearest_shift(lean, terms) == 12000 + 188
    assert missing_cents(lean, terms) == dearest_shift(lean, terms) + 1
    assert missing_cents(lean.replace(interval="60 min"), terms) == 10 * 1500 * 1.25
    cheap = lean.replace(prices={"missing_hour": "4 x dearest hour"})
    assert missing_cents(cheap, terms) == 4 * 1500 * 1.25 / 2


def test_an_amount_is_taken_as_it_is(lean: Scenario) -> None:
    said = lean.replace(prices={"missing_hour": "30"})
    assert missing_cents(said, steps.pay_terms(said)) == 1500


def test_premiums_of_holidays_are_in_the_dearest_hour() -> None:
    said = Scenario.from_text(LEAN.replace("night_premium: 25%", "night_premium: 25%, holiday_premium: 100%"))
    hourly = said.replace(interval="60 min")
    assert missing_cents(hourly, steps.pay_terms(said)) == 10 * 1500 * 2.25


HALF_AN_HOUR = """
name: Half an hour
zone: Europe/Lisbon
period: {first_day: 2026-03-02, weeks: 1}
people: [{count: 4, languages: en, cost: 12}]
queues: [{name: phone en, channel: phone, language: en, aht: 6 min}]
need: {phone en: 1}
opening_hours: [{queues: all, days: mon-fri, open: 08:00, close: 17:00}]
shifts: [{name: day, start: 08:00-08:30 every 30 min, paid_hours: 8.5}]
solve: {effort: quick}
"""


@pytest.mark.parametrize(("price", "short"), [("10 x dearest hour", 0), ("9 x dearest hour", 5)])
def test_half_an_hour_is_not_left_short_to_save_a_shift(price: str, short: int) -> None:
    scenario = Scenario.from_text(HALF_AN_HOUR).replace(prices={"missing_hour": price})
    need = steps.demand_and_need(scenario)[2]
    assert need.required.max() == 1
    rota = steps.schedule(need, scenario).rota
    assert recount(need, rota, scenario.skills).short.sum() == short


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_never_short_where_somebody_free_could_come(lean: Scenario, seed: int) -> None:
    scenario = lean.replace(solve={"seed": seed})
    need = steps.demand_and_need(scenario)[2]
    rota = steps.schedule(need, scenario).rota
    short = int(recount(need, rota, scenario.skills).short.sum())
    assert short > 0, "nobody is missing: the test would prove nothing"
    legal = 0
    for larger in one_shift_more(rota, scenario):
        if not steps.hard(steps.audit(larger, scenario)):
            legal += 1
            assert recount(need, larger, scenario.skills).short.sum() == short
    assert legal > 0, "nobody is free: the test would prove nothing"


def one_shift_more(rota: Rota, scenario: Scenario) -> Iterator[Rota]:
    """The rota with one more shift of anybody, on a day they have none, with every place of its break."""
    types = {kind.name: kind for kind in scenario.shift_types}
    busy = {(shift.agent, shift.day) for shift in rota.shifts}
    for agent in scenario.team.agents:
        for day in options_for(agent, scenario.shift_types, scenario.first_day, scenario.days):
            for option in day:
                if (agent.name, scenario.first_day + timedelta(days=option.day)) not in busy:
                    for at in break_starts(option, types[option.name]):
                        shift = shift_of(option, agent, at, scenario.first_day)
                        yield replace(rota, shifts=tuple(sorted((*rota.shifts, shift), key=order)))


def order(shift: Shift) -> tuple[object, ...]:
    return shift.start, shift.agent
