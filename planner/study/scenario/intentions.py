"""What a scenario may say that the engine does not use yet: it is read, and said to be unused."""

from __future__ import annotations

from datetime import timedelta

from pydantic import Field

from planner.study.scenario.parts import Part
from planner.study.scenario.texts import Clock, Count, Length, Money, Number, Text, Words


class HireType(Part):
    """A kind of person who could be hired; not used yet."""

    site: Text = Field("", description="a site of this scenario", examples=["Lisbon"])
    languages: Words = Field(("en",), description="codes", examples=["en, it"])
    weekly_hours: Number = Field(40.0, description="contract", examples=["40"])
    cost: Money = Field(15.0, description="an hour", examples=["14.0 per worked hour"])
    max: Count = Field(1, description="how many at most", examples=["4"])
    ready_after: Length = Field(
        timedelta(weeks=8), description="from decision to first shift", examples=["8 weeks"]
    )


class Hires(Part):
    """Who could be hired; not used yet."""

    types: tuple[HireType, ...] = Field(
        (), description="kinds of people", examples=["[{site: Lisbon, max: 4}]"]
    )


class Outsource(Part):
    """Hours that a partner could take; not used yet."""

    from_: Clock = Field(1320, alias="from", description="start, on the scenario's clock", examples=["22:00"])
    to: Clock = Field(360, description="end", examples=["06:00"])
    languages: Words = Field(("en",), description="codes", examples=["en"])
    price: Money = Field(12.0, description="an hour", examples=["12 per hour"])
    minimum: Text = Field("", description="least that must be bought", examples=["160 h a month"])
    set_up: Length = Field(
        timedelta(weeks=6), description="from decision to first hour", examples=["6 weeks"]
    )
