"""What a duty costs, to the cent: base pay and premiums, by one function for options and shifts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from planner.clock import PublicHolidays, quarter_at, zone_named
from planner.people import Team
from planner.rota.shifts import Option, Rota, Shift
from planner.rota.site_pay import MILLION, SitePay, millionths_of, paid_millionths


@dataclass(frozen=True, slots=True)
class Allowance:
    """Cents paid once for every duty that starts in a local window (minutes after midnight, may pass it)."""

    window: tuple[int, int]
    cents: int


@dataclass(frozen=True)
class PayTerms:
    """What an hour costs.

    Attributes
    ----------
    sites: premiums by name of site.
    hourly_cents: employer cost of a paid hour, by person.
    site_of: name of the site, by person.
    unknown: premiums that nobody stated, in words; they are not in the cost.
    allowances: amounts per duty, on top.
    prepaid: people whose base pay is owed whether they work or not, so that a duty costs its premiums only.
    """

    sites: Mapping[str, SitePay]
    hourly_cents: Mapping[str, int]
    site_of: Mapping[str, str]
    unknown: tuple[str, ...] = ()
    allowances: tuple[Allowance, ...] = ()
    prepaid: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ShiftCost:
    """Cost in whole cents: base pay, and premiums on top of it."""

    base_cents: int
    premium_cents: int

    @property
    def total_cents(self) -> int:
        """Base pay and premiums."""
        return self.base_cents + self.premium_cents

    def __add__(self, other: ShiftCost) -> ShiftCost:
        return ShiftCost(self.base_cents + other.base_cents, self.premium_cents + other.premium_cents)


def pay_terms(
    team: Team,
    holiday_premiums: Mapping[str, float | None] | None = None,
    unknown: tuple[str, ...] = (),
    allowances: tuple[Allowance, ...] = (),
) -> PayTerms:
    """Pay terms of a team: hourly costs of its people, premiums of its sites.

    Parameters
    ----------
    team: people and sites.
    holiday_premiums: share by name of site; None or missing: not known.
    unknown, allowances: as in ``PayTerms``.
    """
    holiday = holiday_premiums or {}
    sites = {
        site.name: SitePay(
            site.zone,
            site.night,
            site.night_premium,
            holiday.get(site.name),
            PublicHolidays(site.public_holidays),
            site.sunday_premium,
            site.premiums,
        )
        for site in team.sites
    }
    return PayTerms(
        sites=sites,
        hourly_cents={
            agent.name: _half_up(millionths_of(agent.cost_per_hour) * 100, MILLION) for agent in team.agents
        },
        site_of={agent.name: agent.site for agent in team.agents},
        unknown=unknown,
        allowances=allowances,
    )


def shift_cost(duty: Shift | Option, agent: str, terms: PayTerms) -> ShiftCost:
    """Cost of one duty of one person; half cents are rounded up, base and premium each once.

    Premiums for the same time add up, or the highest is paid, as the site says. An unpaid break is taken from
    the time with the lowest premium, so that the cost of a duty does not depend on where its break is placed.

    Parameters
    ----------
    duty: an option, or a dated shift.
    agent: name of the person.
    terms: what an hour costs.

    Examples
    --------
    >>> from datetime import UTC
    >>> site = SitePay("Europe/Rome", (1320, 360), night_premium=0.25)
    >>> terms = PayTerms({"Rome": site}, {"Anna": 1400}, {"Anna": "Rome"})
    >>> night = Shift(
    ...     datetime(2026, 3, 28, 21, tzinfo=UTC), "Anna", datetime(2026, 3, 29, 4, tzinfo=UTC),
    ...     datetime(2026, 3, 28, tzinfo=UTC).date(), "night", "Europe/Rome",
    ... )
    >>> shift_cost(night, "Anna", terms)  # the clocks go forward: 7 hours, all of them night
    ShiftCost(base_cents=9800, premium_cents=2450)
    """
    if isinstance(duty, Option):
        start, end = quarter_at(duty.start), quarter_at(duty.end)
    else:
        start, end = duty.start, duty.end
    site = terms.sites[terms.site_of[agent]]
    hourly = terms.hourly_cents[agent] * millionths_of(duty.pay_share)
    weighted = paid_millionths(start, end, duty.paid_minutes, site)
    extra = sum(entry.cents for entry in terms.allowances if _starts_within(start, entry.window, site.zone))
    return ShiftCost(
        base_cents=0 if agent in terms.prepaid else _half_up(hourly * duty.paid_minutes, 60 * MILLION),
        premium_cents=_half_up(hourly * weighted, 60 * MILLION * MILLION) + extra,
    )


def rota_cost(rota: Rota, terms: PayTerms) -> ShiftCost:
    """Cost of all shifts of a rota; carried-over ones were paid last period."""
    total = ShiftCost(0, 0)
    for shift in rota.shifts:
        if shift.status != "carried":
            total += shift_cost(shift, shift.agent, terms)
    return total


def _half_up(numerator: int, denominator: int) -> int:
    """The nearest whole number, halves up."""
    return (2 * numerator + denominator) // (2 * denominator)


def _starts_within(start: datetime, window: tuple[int, int], zone: str) -> bool:
    """Whether an instant lies in a local window that may pass midnight."""
    local = start.astimezone(zone_named(zone))
    minute = local.hour * 60 + local.minute
    opens, closes = window
    return opens <= minute < closes if opens < closes else minute >= opens or minute < closes
