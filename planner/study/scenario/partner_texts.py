"""A partner's price, minimum and pace as a manager writes them."""

from __future__ import annotations

import re
from typing import Annotated, Literal, NamedTuple

from pydantic import InstanceOf

from planner._errors import ValueTextError
from planner._values import number_text, parse_money, parse_number
from planner.study.scenario.people import FACTORS
from planner.study.scenario.texts import reads, writes, wrong

Unit = Literal["hour", "ticket"]
_PRICE = re.compile(
    r"\s*(\S+?)(?:\s*/\s*|\s+(?:per|a|an)\s+)(?:(?:worked|paid)\s+)?(hour|ticket|contact)\s*", re.IGNORECASE
)
_A_MONTH = re.compile(
    r"\s*(\d+(?:\.\d+)?)\s*(h|hours?|tickets?|contacts?)?\s*(?:a|per)\s+month\s*", re.IGNORECASE
)


class Rate(NamedTuple):
    """What one hour of a seat costs, or one contact that the partner answers."""

    amount: float
    per: Unit = "hour"


class AtLeast(NamedTuple):
    """What is paid in a month in any case: hours of each seat, or tickets of all seats together."""

    amount: float
    of: Unit = "hour"


def parse_price(text: str) -> Rate:
    """A price an hour, the usual unit, or a ticket.

    Examples
    --------
    >>> parse_price("12"), parse_price("4.50 per ticket")
    (Rate(amount=12.0, per='hour'), Rate(amount=4.5, per='ticket'))
    """
    found = _PRICE.fullmatch(text)
    try:
        amount = parse_money(found[1] if found else text)
    except ValueTextError:
        raise wrong("partner_price", given=text.strip()) from None
    return Rate(amount, "ticket" if found and found[2].lower() != "hour" else "hour")


def price_text(price: Rate) -> str:
    """The text of a price.

    Examples
    --------
    >>> price_text(Rate(12.0)), price_text(Rate(4.5, "ticket"))
    ('12 per hour', '4.5 per ticket')
    """
    return f"{number_text(price.amount)} per {price.per}"


def parse_a_month(text: str) -> AtLeast:
    """Hours or tickets a month.

    Examples
    --------
    >>> parse_a_month("160 h a month"), parse_a_month("300 tickets a month"), parse_a_month("none").amount
    (AtLeast(amount=160.0, of='hour'), AtLeast(amount=300.0, of='ticket'), 0.0)
    """
    if text.strip().lower() in ("none", "0"):
        return AtLeast(0.0)
    found = _A_MONTH.fullmatch(text)
    if not found:
        raise wrong("hours_a_month", given=text.strip())
    tickets = (found[2] or "h").lower().startswith(("t", "c"))
    return AtLeast(float(found[1]), "ticket" if tickets else "hour")


def a_month_text(least: AtLeast) -> str:
    """The text of a minimum.

    Examples
    --------
    >>> a_month_text(AtLeast(160.0)), a_month_text(AtLeast(300.0, "ticket")), a_month_text(AtLeast(0.0))
    ('160 h a month', '300 tickets a month', 'none')
    """
    unit = "h" if least.of == "hour" else "tickets"
    return f"{number_text(least.amount)} {unit} a month" if least.amount else "none"


def parse_times_as_long(text: str) -> float:
    """A factor on handle times, written as that of a language is.

    Examples
    --------
    >>> parse_times_as_long("x1.2"), parse_times_as_long("1.2")
    (1.2, 1.2)
    """
    written = text.strip().lower().removeprefix("x").removeprefix("×")
    factor = float(parse_number(written))
    if not FACTORS[0] <= factor <= FACTORS[1]:
        raise wrong("factor", given=written, least=FACTORS[0], most=number_text(FACTORS[1]))
    return factor


PartnerPrice = Annotated[InstanceOf[Rate], reads(parse_price), writes(price_text)]
AMonth = Annotated[InstanceOf[AtLeast], reads(parse_a_month), writes(a_month_text)]
TimesAsLong = Annotated[float, reads(parse_times_as_long), writes(lambda factor: f"x{number_text(factor)}")]
