"""What a partner is owed beyond the hours that its seats are rostered for: its minimum, or its tickets.

A rota prices seats by the hour, and only hours that they work. What a stage costs has the rest as well: the
hours of the minimum that nobody works, or every ticket with its minimum. Minimums are the period's share of
the month's, so that a month of them is what is owed when the stage is given up.

How many tickets come nobody knows: what is counted is their mean over the simulated periods, or what the
forecast expects where nothing was simulated. A mean below the minimum says less than is paid on average, for
the minimum counts in quiet months and does not in busy ones.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner._messages import Message
from planner.study.by_ticket import DAYS_A_MONTH, least_cents, ticket_cents, ticket_notices, tickets_of

if TYPE_CHECKING:
    from planner.study.plan import Plan
    from planner.study.scenario.intentions import Outsource


def owed_beyond(made: Plan) -> int:
    """Cents of the period that a partner is owed and no shift of the rota costs; 0 without a partner."""
    partner = _partner(made)
    if partner is None:
        return 0
    if partner.by_ticket:
        return sum(ticket_cents(made.scenario, tickets_of(made.scenario, made.service)).values())
    return sum(round(100 * hours * partner.hourly) for hours in _hours_beyond(made, partner))


def partner_lines(made: Plan) -> tuple[Message, ...]:
    """What a partner is owed a month beyond the roster, and what that is based on; empty if nothing is."""
    partner, cents = _partner(made), owed_beyond(made)
    if partner is None or not cents:
        return ()
    month = DAYS_A_MONTH / made.scenario.days
    values: dict[str, object] = {
        "owed": f"{cents / 100 * month:,.0f}",
        "currency": made.scenario.currency,
        "price": f"{partner.price.amount:g}",
        "minimum": f"{partner.minimum.amount:,g}",
    }
    if not partner.by_ticket:
        values["hours"] = f"{sum(_hours_beyond(made, partner)) * month:,.0f}"
        return (Message("partner.owed_hours", values),)
    tickets = sum(tickets_of(made.scenario, made.service).values())
    values["tickets"] = f"{tickets * month:,.0f}"
    if made.service is None:
        return (Message("partner.owed_expected", values),)
    least = cents <= least_cents(made.scenario)
    code = "partner.owed_least" if least else "partner.owed_tickets"
    return (Message(code, {**values, "periods": made.service.replications}),)


def partner_notices(made: Plan) -> tuple[Message, ...]:
    """What a partner is owed beside a rota, whose own cost has only hours that its seats work."""
    partner, cents = _partner(made), owed_beyond(made)
    if partner is None or partner.by_ticket or not cents:
        return ticket_notices(made)
    values = {
        "hours": f"{sum(_hours_beyond(made, partner)):,.0f}",
        "days": made.scenario.days,
        "cost": f"{cents / 100:,.0f}",
        "currency": made.scenario.currency,
    }
    return (Message("partner.beside", values),)


def _partner(made: Plan) -> Outsource | None:
    return next(iter(made.scenario.seats.values()), None)


def _hours_beyond(made: Plan, partner: Outsource) -> list[float]:
    """Hours of the minimum that each seat does not work in the period."""
    share = partner.minimum.amount * made.scenario.days / DAYS_A_MONTH
    return [
        max(0.0, share - sum(shift.paid_minutes for shift in made.rota.tour(name)) / 60)
        for name in made.scenario.seats
    ]
