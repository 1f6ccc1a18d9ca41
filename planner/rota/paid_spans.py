"""The paid time of a duty in the order of time, each minute and each cent of it once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import accumulate

from planner.rota.pay import PayTerms, shift_cost
from planner.rota.shifts import Shift
from planner.rota.site_pay import Stretch, stretches


@dataclass(frozen=True, slots=True)
class PaidSpan:
    """Time of one duty that is all of one kind and within one local day.

    Attributes
    ----------
    start, end: instants, UTC. day: on the clock of the site.
    night, sunday, holiday: whether it lies in the night, on a Sunday, on a public holiday of the site.
    paid_minutes: elapsed minutes, less what of the unpaid break is taken from them.
    base_cents, premium_cents: its part of what the duty costs.
    """

    start: datetime
    end: datetime
    day: date
    night: bool
    sunday: bool
    holiday: bool
    paid_minutes: int
    base_cents: int
    premium_cents: int


def paid_spans(shift: Shift, agent: str, terms: PayTerms) -> tuple[PaidSpan, ...]:
    """The spans of a duty, cut at midnight and at the edges of the night on the clock of the site.

    Minutes add up to the paid minutes of the duty, cents to ``shift_cost``: what rounding leaves over goes
    to the earliest spans. The unpaid break is taken from the time with the lowest premium, as in its cost;
    among equals from where it lies, then from the earliest. An allowance goes by premium, or by time.

    Parameters
    ----------
    shift: with aware instants. agent: name of the person. terms: what an hour costs.

    Examples
    --------
    >>> from datetime import UTC
    >>> from planner.rota import SitePay
    >>> rome = SitePay("Europe/Rome", night_premium=0.25)
    >>> terms = PayTerms({"Rome": rome}, {"Anna": 1400}, {"Anna": "Rome"})
    >>> start, end = datetime(2026, 3, 28, 20, tzinfo=UTC), datetime(2026, 3, 29, 4, tzinfo=UTC)
    >>> late = Shift(start, "Anna", end, start.date(), "late", "Europe/Rome", break_minutes=30)
    >>> [(str(s.day), s.night, s.paid_minutes, s.premium_cents) for s in paid_spans(late, "Anna", terms)]
    [('2026-03-28', False, 30, 0), ('2026-03-28', True, 120, 700), ('2026-03-29', True, 300, 1750)]
    """
    found = stretches(shift.start, shift.end, terms.sites[terms.site_of[agent]])
    paid = _paid(found, shift)
    cost = shift_cost(shift, agent, terms)
    premiums = [minutes * each.millionths for minutes, each in zip(paid, found, strict=True)]
    base = _shared(cost.base_cents, paid)
    premium = _shared(cost.premium_cents, premiums if any(premiums) else paid)
    return tuple(
        PaidSpan(each.start, each.end, each.day, each.night, each.sunday, each.holiday, *rest)
        for each, *rest in zip(found, paid, base, premium, strict=True)
    )


def _paid(found: Sequence[Stretch], shift: Shift) -> list[int]:
    """Paid minutes of each stretch."""
    unpaid = shift.break_minutes
    paid = [each.minutes for each in found]

    def order(number: int) -> tuple[int, bool, int]:
        each, rest = found[number], shift.break_start
        elsewhere = rest is None or not each.start <= rest < each.end
        return each.millionths, elsewhere, number

    for number in sorted(range(len(found)), key=order):
        off = min(unpaid, paid[number])
        paid[number] -= off
        unpaid -= off
    return paid


def _shared(cents: int, weights: Sequence[int]) -> list[int]:
    """Cents by weight, none lost: running sums are rounded, halves up; without weights the first has all."""
    total = sum(weights)
    if not total:
        return [cents, *[0] * (len(weights) - 1)]
    marks = [(2 * cents * weight + total) // (2 * total) for weight in accumulate(weights)]
    return [until - before for before, until in zip([0, *marks], marks, strict=False)]
