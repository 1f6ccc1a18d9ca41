"""Nights by call-outs, closed, or by a partner paid by the ticket: figures by hand and recounted."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from planner._errors import ScenarioError
from planner.clock import local_at
from planner.service import Outcome
from planner.study import Nights, Scenario, nights, nights_summary, steps
from planner.study.by_ticket import contacts_in_blocks, ticket_cents
from planner.study.charts import night_costs
from planner.study.night_hours import hours_without, night_window, open_at_night
from planner.study.night_service import Lived, called_out, night_service
from planner.study.night_unstaffed import on_call, stay_closed
from planner.study.night_ways import by_partner
from planner.study.nights_files import nights_frame, nights_record
from planner.study.nights_words import advice, keeps

DESK = """
name: Night desk
zone: Europe/Lisbon
period: {first_day: 2026-06-01, weeks: 1}
agents:
  - {name: A, cost: 15}
  - {name: B, cost: 15}
  - {name: C, cost: 15}
  - {name: D, cost: 15}
  - {name: E, cost: 15}
  - {name: Eva, cost: 30, weekly_hours: 0, teams: engineer, languages: none}
  - {name: Gil, cost: 20, weekly_hours: 0, teams: engineer, languages: none}
queues: [{name: phone en, aht: 6 min, promise: 80% within 60 s}, {name: email en, aht: 6 min}]
volume: {phone en: 20, email en: 20}
new_hours: {moved: 0%}
opening_hours: [{days: all, open: 00:00, close: 24:00}]
minimum_on_duty: {all: 1}
shifts:
  - {name: early, start: 06:00, paid_hours: 8}
  - {name: late, start: 14:00, paid_hours: 8}
  - {name: night, start: 22:00, paid_hours: 8}
  - {name: on call day, start: 08:00, paid_hours: 12, kind: on_call, teams: engineer}
  - {name: on call night, start: 20:00, paid_hours: 12, kind: on_call, teams: engineer}
escalation: [{role: engineer, pay: 10%, takes: 45 min, reach: 20 min, call_out_minimum: 2 h}]
outsource: {from: 22:00, to: 06:00, price: 5 per ticket, minimum: 300 tickets a month, set_up_cost: 900}
solve: {effort: quick, replications: 12}
"""
MONTH = 365.25 / 12 / 7


@pytest.fixture(scope="module")
def found() -> Nights:
    """All ways of the desk, planned."""
    return nights(Scenario.from_text(DESK))


def way(found: Nights, name: str):
    """One way of them."""
    return next(made for made in found.plans if made.way.way == name)


def at_night(made, queue: str = "") -> float:
    """Contacts of the forecast between 22:00 and 06:00, counted hour by hour."""
    volumes = made.scenario.expected
    total = 0.0
    for row, name in enumerate(volumes.queues):
        for k in range(volumes.intervals):
            hour = local_at(volumes.first_quarter + k * volumes.interval_minutes // 15, "Europe/Lisbon").hour
            if (hour >= 22 or hour < 6) and queue in ("", name):
                total += float(volumes.mean[row, k])
    return total


def test_every_way_that_there_is(found: Nights) -> None:
    assert [made.way.way for made in found.plans] == ["rotation", "partner", "on call", "closed"]
    assert found.window == (22 * 60, 6 * 60)
    assert len(nights_frame(found)) == 4
    assert nights_record(found)["night"] == {"from": "22:00", "to": "06:00", "zone": "Europe/Lisbon"}
    assert [each["way"] for each in nights_record(found)["ways"]] == [m.way.way for m in found.plans]


def test_hours_of_contracts_and_of_the_need(found: Nights) -> None:
    """Five contracts of 40 h, a week; nobody is asked for at night where all is closed."""
    for made in found.plans:
        assert made.cost.contract_hours == pytest.approx(5 * 40 * MONTH)
    rotation, closed = found.plans[0].cost, way(found, "closed").cost
    assert rotation.need_hours >= 168 * MONTH - 1
    assert 16 * 7 * MONTH - 1 <= closed.need_hours < rotation.need_hours


def test_the_chart_has_a_range_and_a_point_for_each_way(found: Nights) -> None:
    frame = nights_frame(found)
    figure = night_costs(frame, "EUR")
    lines = {trace.y[0]: tuple(trace.x) for trace in figure.data if trace.mode == "lines"}
    assert lines == {
        row.way: (pytest.approx(row.whole_low), pytest.approx(row.whole)) for row in frame.itertuples()
    }
    points = [name for trace in figure.data if trace.mode == "markers" for name in trace.y]
    assert sorted(points) == sorted(frame["way"])
    assert figure.layout.xaxis.title.text == "EUR a month"


def test_tickets_are_recounted_from_the_records(found: Nights) -> None:
    made = way(found, "partner")
    records = made.service.records.frame()
    seat = made.service.agents.index("partner 1: all languages")
    answered = Counter(
        row.replication
        for row in records.itertuples()
        if row.agent == seat and row.outcome == Outcome.ANSWERED
    )
    mean = sum(answered.values()) / 12
    assert made.tickets == pytest.approx(mean * MONTH)
    least = 300 / MONTH  # of the week
    assert made.cost.partner == pytest.approx(5 * max(mean, least) * MONTH, abs=0.05)
    assert made.cost.one_off == 900
    assert made.ready_weeks == 6
    assert made.nights == ()


def test_the_minimum_is_paid_where_few_write() -> None:
    """5 a ticket, at least 3 000 a month: 15 000, however many there are."""
    asked = Scenario.from_text(DESK).replace(
        outsource={"minimum": "3000 tickets a month"}, solve={"outsource": "yes"}
    )
    cents = ticket_cents(asked, {"partner 1: all languages": 10.0})
    assert cents == {"partner 1: all languages": round(100 * 15_000 / MONTH)}
    beyond = ticket_cents(asked, {"partner 1: all languages": 900.0})
    assert beyond == {"partner 1: all languages": 100 * 5 * 900}


def test_the_bound_by_the_ticket_is_below_what_is_paid(found: Nights) -> None:
    for made in found.plans:
        assert made.cost.low is not None
        assert made.cost.low <= made.cost.high + 0.01
    bought = way(found, "partner")
    contracts = 5 * 40 * 15 * MONTH
    least_on_call = 168 * 20 * 0.10 * MONTH
    assert bought.cost.low >= contracts + least_on_call * 0.9
    assert bought.cost.paid >= contracts + bought.cost.partner


def test_contacts_in_blocks_are_those_of_the_night(found: Nights) -> None:
    asked = by_partner(found.scenario).scenario
    # The block of the last night ends after the period, the first small hours have none.
    assert contacts_in_blocks(asked) == pytest.approx(at_night(found.plans[0]), rel=0.2)


def test_call_outs_by_hand(found: Nights) -> None:
    """Every call at night is 2 h at the cost of whoever is on call, Eva at 30 or Gil at 20."""
    made = way(found, "on call")
    calls = at_night(made, "phone en")
    assert 2 * 20 * calls * MONTH - 1 <= made.cost.called_out <= 2 * 30 * calls * MONTH + 1
    assert made.nights == ()
    there = [shift for shift in made.rota.shifts if shift.kind == "on_call"]
    assert sum(shift.paid_minutes for shift in there) >= 7 * 24 * 60 - 12 * 60
    at_work = [
        local_at(int(s.start.timestamp()) // 900, "Europe/Lisbon").hour
        for s in made.rota.shifts
        if s.kind == "work"
    ]
    assert set(at_work) <= {6, 14}


def test_on_call_pay_by_hand(found: Nights) -> None:
    """A tenth of the hourly cost for each hour on call, contracts of 40 h at 15, and the call-outs."""
    made = way(found, "on call")
    cost = {"Eva": 30, "Gil": 20}
    pay = sum(cost[s.agent] * 0.10 * 12 for s in made.rota.shifts if s.kind == "on_call")
    contracts = 5 * 40 * 15
    assert made.cost.paid == pytest.approx((contracts + pay) * MONTH + made.cost.called_out, abs=1)


def test_call_outs_are_answered_within_reach_or_after_the_one_before(found: Nights) -> None:
    made, first = way(found, "on call"), found.plans[0]
    line = made.scenario.said.escalation[0]
    night = open_at_night(found.scenario, found.window, first.service.first_quarter, 7 * 96)
    lived = called_out(first.service, night, ("phone en",), line)
    assert float(lived.waited.min()) >= 20 * 60 - 1e-6
    records = first.service.records.frame()
    expected = []
    for _, life in records[records.offered_to == 0].groupby("replication"):
        free = -math.inf
        for came in sorted(life.arrived):
            hour = local_at(first.service.first_quarter + int(came // 900), "Europe/Lisbon").hour
            if hour >= 22 or hour < 6:
                begins = max(came + 1200, free)
                expected.append(begins - came)
                free = begins + 45 * 60
    assert sorted(lived.waited.tolist()) == pytest.approx(sorted(expected))
    assert not lived.kept.any()  # 60 s are promised


def test_figures_at_night_are_those_of_the_records(found: Nights) -> None:
    first = found.plans[0]
    records = first.service.records.frame()
    hours = [
        local_at(first.service.first_quarter + int(came // 900), "Europe/Lisbon").hour
        for came in records.arrived
    ]
    mine = records[[hour >= 22 or hour < 6 for hour in hours]]
    assert first.at_night.contacts_a_week == pytest.approx(len(mine) / 12, rel=0.03)
    assert first.at_night.kept > 0.8


def test_closed_nights_wait_for_the_opening(found: Nights) -> None:
    made = way(found, "closed")
    assert made.at_night.median > 2 * 3600
    assert made.at_night.kept < found.plans[0].at_night.kept
    assert made.way.scenario.said.by_hand[0].factor == pytest.approx(0.9)
    assert at_night(made) == pytest.approx(0.9 * at_night(found.plans[0]), rel=1e-6)
    assert made.nights == ()
    text = "\n".join(map(str, made.way.assumed))
    assert "self-service solves 10%" in text
    assert "email en" in text


def test_only_what_keeps_promises_is_advised(found: Nights) -> None:
    good = [made for made in found.plans if keeps(made)]
    told = str(advice(found))
    assert not keeps(way(found, "on call"))
    assert not keeps(way(found, "closed"))
    if not good:
        assert "nothing is recommended" in told
    else:
        cheapest = min(good, key=lambda made: made.cost.high)
        assert f"{cheapest.cost.high:,.0f}" in told
    text = "\n".join(map(str, nights_summary(found)))
    assert "night is 22:00 to 06:00, Europe/Lisbon" in text


def test_self_service_that_is_said_is_not_assumed() -> None:
    said = Scenario.from_text(DESK).replace(self_service=[{"topics": "40%", "solves": "20%"}])
    closed = stay_closed(said)
    assert closed.scenario.said.by_hand == ()
    assert "as stated" in str(closed.assumed[0])


def test_ways_are_scenarios_that_a_file_could_say() -> None:
    desk = Scenario.from_text(DESK)
    for each in (on_call(desk), stay_closed(desk), by_partner(desk)):
        assert Scenario.from_text(each.scenario.dump()) == each.scenario


def test_hours_without_the_night() -> None:
    late = Scenario.from_text(DESK).replace(
        opening_hours=[{"days": "mon-fri", "open": "20:00", "close": "08:00"}]
    )
    lines = [(line["days"], line["open"], line["close"]) for line in hours_without(late, (1320, 360))]
    assert lines == [("mon-fri", "20:00", "22:00"), ("tue-sat", "06:00", "08:00")]
    assert night_window(late) == (1320, 360)


def taken(price: str, **changes: object) -> tuple[str, ...]:
    """Whom the engine takes of a partner at a price without a minimum."""
    offer = {"price": price, "minimum": "none"}
    asked = Scenario.from_text(DESK).replace(outsource=offer, solve={"outsource": "yes"}, **changes)
    return steps.schedule(steps.demand_and_need(asked)[2], asked).taken


@pytest.mark.parametrize("price", ["100000 per ticket", "100000 per hour"])
def test_a_partner_beyond_price_is_never_taken(price: str) -> None:
    assert taken(price) == ()


def test_a_partner_for_nothing_is_taken() -> None:
    few = [{"name": "A"}, {"name": "Eva", "languages": "none", "teams": "engineer"}]
    assert taken("0 per ticket", agents=few) == ("partner 1: all languages",)


def test_a_slower_partner_takes_longer() -> None:
    desk = by_partner(Scenario.from_text(DESK).replace(outsource={"slower": "x1.5"})).scenario
    seat = desk.team.agent("partner 1: all languages")
    assert seat.slower == {"en": 1.5}
    assert desk.skills.slower["phone en"] == {"partner 1: all languages": 1.5}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{price: cheap}", '"cheap" is no price of a partner; write it like 12 per hour or 4.50 per ticket'),
        ("{price: 4 per call}", '"4 per call" is no price'),
        ("{price: -4 per ticket}", "is no price"),
        (
            "{price: 4 per ticket, minimum: 160 h a month}",
            "a minimum of 160 h a month does not fit a price of 4",
        ),
        ("{minimum: 300 tickets a month}", "does not fit a price of 12 per hour"),
        ("{slower: x9}", "handling takes 0.2 to 5 times"),
    ],
)
def test_prices_that_mean_nothing(text: str, told: str) -> None:
    with pytest.raises(ScenarioError, match="outsource") as wrong:
        Scenario.from_text(f"people: 3\nvolume: 40\noutsource: {text}")
    assert told in str(wrong.value)


def test_tickets_need_contacts() -> None:
    with pytest.raises(ScenarioError, match="needs contacts to count"):
        Scenario.from_text("people: 3\nneed: {chat en: 1}\noutsource: {price: 4 per ticket}")


def test_few_contacts_have_no_figures() -> None:
    few = Lived(np.array([0, 1]), np.array([60.0, np.nan]), np.array([True, False]), np.array([0.8, 0.8]))
    told = night_service(few, 2, 1.0)
    assert (told.contacts_a_week, told.median, told.kept, told.away) == (1.0, None, None, 0.5)
    nobody = Lived(*(np.zeros(0) for _ in range(4)))
    assert night_service(replace(nobody, replication=np.zeros(0, dtype=np.int64)), 2, 1.0) is None
