"""Whom a manager could hire, and hours that a partner could take: candidates until a plan asks for them."""

from __future__ import annotations

from datetime import timedelta

from pydantic import Field

from planner._values import DaySet
from planner.study.scenario.partner_texts import AMonth, AtLeast, PartnerPrice, Rate, TimesAsLong
from planner.study.scenario.parts import Part
from planner.study.scenario.people import Channels, Spoken
from planner.study.scenario.texts import Clock, Count, Days, Least1, Length, Money, Number, Text, Words, YesNo


class HireType(Part):
    """A kind of person who could be hired."""

    site: Text = Field("", description="a site of this scenario; default: the first", examples=["Lisbon"])
    languages: Spoken = Field(
        None, description="as of one person; default: every language", examples=["en, it"]
    )
    teams: Words = Field((), description="skills, escalation roles too", examples=["engineer"])
    channels: Channels = Field(
        (), description="channels they serve; default: every channel", examples=["email"]
    )
    weekly_hours: Number | None = Field(
        None,
        description="contract, paid whether all of it is worked or not; default: the site's full-time hours",
        examples=["40"],
    )
    cost: Money | None = Field(
        None,
        description="employer cost of an hour; default: as of one person",
        examples=["14.0 per worked hour"],
    )
    nights: YesNo = Field(True, description="may work at night", examples=["no"])
    max: Count = Field(1, description="how many at most, 50 in all", examples=["4"])
    ready_after: Length = Field(
        timedelta(weeks=8), description="from decision to first shift", examples=["8 weeks"]
    )


class Hires(Part):
    """Who could be hired."""

    types: tuple[HireType, ...] = Field(
        (), description="kinds of people", examples=["[{site: Lisbon, max: 4}]"]
    )


class Outsource(Part):
    """Blocks of hours that a partner could take; its people keep its own labour rules, not ours."""

    from_: Clock = Field(1320, alias="from", description="start, on the scenario's clock", examples=["22:00"])
    to: Clock = Field(
        360, description="end of the block, which is taken whole or not at all", examples=["06:00"]
    )
    days: Days = Field(
        DaySet(frozenset(range(7))), description="days on which a block may start", examples=["mon-fri"]
    )
    languages: Spoken = Field(None, description="as of one person; default: every language", examples=["en"])
    channels: Channels = Field(
        (), description="channels they serve; default: every channel", examples=["email"]
    )
    seats: Least1 = Field(1, description="people at a time, at most; 50 in all with hires", examples=["2"])
    price: PartnerPrice = Field(
        Rate(12.0),
        description="an hour, or a ticket that its people answer; with hours a plan knows the price, with "
        "tickets the simulation counts them",
        examples=["12 per hour", "4.50 per ticket"],
    )
    minimum: AMonth = Field(
        AtLeast(0.0),
        description="paid in any case: hours for each seat that is taken, rounded up to whole blocks, or "
        "tickets of all seats together, in the unit of the price",
        examples=["160 h a month", "300 tickets a month"],
    )
    slower: TimesAsLong = Field(
        1.0,
        description="how many times as long its people take for a contact, as languages say it of one person",
        examples=["x1.2"],
    )
    set_up: Length = Field(
        timedelta(weeks=6), description="from decision to first hour", examples=["6 weeks"]
    )
    set_up_cost: Money = Field(0.0, description="paid once", examples=["5000"])

    @property
    def hourly(self) -> float:
        """What an hour of a seat costs; nothing where tickets are paid."""
        return self.price.amount if self.price.per == "hour" else 0.0

    @property
    def by_ticket(self) -> bool:
        """Whether tickets are paid, and not hours."""
        return self.price.per == "ticket"
