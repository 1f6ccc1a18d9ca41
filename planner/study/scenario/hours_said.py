"""Which hours a history has seen, and what becomes of demand in hours that are opened anew."""

from __future__ import annotations

from pydantic import Field

from planner.study.scenario.parts import OpeningSaid, Part
from planner.study.scenario.texts import AWeekday, Day, Share


class PastOpening(OpeningSaid):
    """Hours at which queues were open in the past."""

    since: Day | None = Field(
        None,
        description="first day of these hours; lines of an earlier day hold until then; default: always",
        examples=["2026-06-01"],
    )


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
