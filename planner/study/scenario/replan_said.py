"""A rota that people know already, as a scenario says it."""

from __future__ import annotations

from pydantic import Field

from planner.study.scenario.parts import Part
from planner.study.scenario.texts import Day, Money, Text, Words


class ReplanSaid(Part):
    """The published rota of this period, and how much it may change."""

    published: Text | None = Field(
        None, description="rota file that people know; or give it to the verb", examples=["rota.csv"]
    )
    from_: Day | None = Field(
        None,
        alias="from",
        description="shifts before this day stay as they are; default: the first day",
        examples=["2026-04-13"],
    )
    changed_shift: Money = Field(
        50.0, description="price of every shift that moves, comes or goes", examples=["50"]
    )
    lock: Words = Field(
        (),
        description="people whose shifts stay; with a day: on that day",
        examples=["[Anna, Bruno 2026-04-15]"],
    )
