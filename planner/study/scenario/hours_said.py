"""Which hours a history has seen, and what becomes of demand in hours that are opened anew."""

from __future__ import annotations

from pydantic import Field

from planner.study.scenario.asks_texts import Spans
from planner.study.scenario.parts import OpeningSaid, Part
from planner.study.scenario.texts import AWeekday, Clock, Day, Share, Words, YesNo


class PastOpening(OpeningSaid):
    """Hours at which queues were open in the past."""

    since: Day | None = Field(
        None,
        description="first day of these hours; lines of an earlier day hold until then; default: always",
        examples=["2026-06-01"],
    )


class SpecialDay(Part):
    """Single days with hours of their own."""

    days: Spans = Field(
        description="a day, first to last, or several with commas", examples=["2026-04-03, 2026-12-24"]
    )
    queues: Words = Field(("all",), description="names, or all", examples=["email en"])
    open: Clock = Field(540, description="opening, on the scenario's clock", examples=["10:00"])
    close: Clock = Field(1080, description="closing; at or before the opening: next day", examples=["14:00"])
    closed: YesNo = Field(False, description="closed on these days, whatever else is said", examples=["yes"])


class NewHours(Part):
    """What is thought of demand in hours that were never open."""

    moved: Share = Field(
        0.5,
        description="phone and chat: share of what comes before the old opening that is no new demand but "
        "leaves the two hours after it, 30% to 70% is usual",
        examples=["50%"],
    )
    volume: dict[str, AWeekday] = Field(
        {},
        description="contacts a weekday of queues that the history has none of, such as a new language",
        examples=["{email de: 8 a weekday}"],
    )
