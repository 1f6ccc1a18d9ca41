"""What a forecast is told besides the history, as a scenario says it: growth, events, what is set by hand."""

from __future__ import annotations

from pydantic import Field

from planner.study.scenario.asks_texts import ADay, OfContacts, Orders, Rates, Spans, Times
from planner.study.scenario.parts import Part
from planner.study.scenario.texts import (
    Customers,
    Day,
    MoreContacts,
    Name,
    Number,
    Share,
    SharePerYear,
    Text,
    Window,
    Words,
)

EVERYBODY = ("all",)


class Growth(Part):
    """How volumes differ from those of the history."""

    customers: Customers | None = Field(
        None, description="number now -> number then; contacts grow alike", examples=["1200 -> 1500"]
    )
    orders: Orders | None = Field(
        None,
        description="instead of customers: orders a day, now -> then; contacts grow alike",
        examples=["1500 -> 1800"],
    )
    contacts_per_order: Rates | None = Field(
        None,
        description="contacts for each order, now -> then; without history, with orders, the volume",
        examples=["9% -> 8%"],
    )
    since: Day | None = Field(None, description="day of the first number", examples=["2026-01-01"])
    by: Day | None = Field(
        None,
        description="day of the second number; with since, it changes evenly between, and what the history "
        "has of it already is not counted again",
        examples=["2026-12-31"],
    )
    who_write: SharePerYear | None = Field(
        None, description="share of customers who write at least once", examples=["60% a year"]
    )
    contacts_each: Number | None = Field(
        None,
        description="contacts a year of those who write; 4 to 6 are usual, and it is never one",
        examples=["12"],
    )
    more_contacts: dict[str, MoreContacts] = Field(
        {}, description="by queue or all: on top of the history, or less", examples=["{all: 20%}"]
    )
    doubt: Share | None = Field(
        None,
        description="how far all of this may be wrong, as one standard deviation; widens the bands; "
        "default: it is taken as sure",
        examples=["10%"],
    )


class EventSaid(Part):
    """Days on which demand was or will be unusual."""

    name: Name = Field(
        description="what past ones of a name did is expected of coming ones", examples=["summer sale"]
    )
    days: Spans = Field(
        description="a day, first to last, or several with commas", examples=["2026-06-27 to 2026-06-29"]
    )
    queues: Words = Field(EVERYBODY, description="names, or all", examples=["email en, chat en"])
    factor: Times | None = Field(
        None,
        description="on the contacts of these days; default: past days are left out of what is learned, "
        "coming ones are as past ones of the name were",
        examples=["x3"],
    )
    doubt: Share | None = Field(
        None,
        description="how far the factor may be wrong, as one standard deviation; default: as far as past "
        "ones differed, else a quarter at x3 and less for smaller ones",
        examples=["20%"],
    )


class SelfServiceSaid(Part):
    """Contacts that customers solve themselves."""

    name: Name = Field("self-service", description="for the report", examples=["help centre"])
    topics: OfContacts = Field(
        description="share of contacts that are about what it covers", examples=["40% of contacts"]
    )
    adoption: Share = Field(1.0, description="share of these customers who look there", examples=["60%"])
    solves: Share = Field(
        description="share of those whom it is enough for; 10% to 25% of repetitive topics are solved in all",
        examples=["20%"],
    )
    from_: Day | None = Field(
        None,
        alias="from",
        description="first day; default: the first day of the period",
        examples=["2026-06-01"],
    )
    full_by: Day | None = Field(
        None,
        description="day on which it has grown to these shares; default: at once",
        examples=["2026-09-01"],
    )
    queues: Words = Field(EVERYBODY, description="names, or all", examples=["email en"])
    doubt: Share = Field(
        0.4, description="how far what it solves may be wrong, as one standard deviation", examples=["40%"]
    )


class ByHandSaid(Part):
    """A forecast that a person knows better."""

    days: Spans = Field(
        description="a day, first to last, or several with commas, on the scenario's clock",
        examples=["2026-12-24"],
    )
    hours: Window = Field((0, 1440), description="of these days; default: all", examples=["09:00-18:00"])
    queues: Words = Field(EVERYBODY, description="names, or all", examples=["phone en"])
    factor: Times | None = Field(None, description="on what was forecast", examples=["x0.5"])
    contacts: ADay | None = Field(
        None,
        description="instead of a factor: contacts of these queues in these hours of each day, together",
        examples=["40 a day"],
    )
    reason: Text = Field(
        description="who says so and why; it stands in the files", examples=['"closing early, Ana 3 Nov"']
    )


class DayOffSaid(Part):
    """A day off of all customers that is no public holiday."""

    day: Day = Field(description="local day", examples=["2026-08-14"])
    name: Text = Field("", description="for people", examples=["bridge"])
