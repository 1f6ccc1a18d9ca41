"""A day that goes wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import Field

from planner._messages import Message
from planner._values import number_text, window_text
from planner.study.scenario.asks_said import EVERYBODY
from planner.study.scenario.asks_texts import Times, times_text
from planner.study.scenario.texts import Day, Window, Words
from planner.study.whatif.change import Change, refused
from planner.study.whatif.named import names_text, unknown_queues

if TYPE_CHECKING:
    from planner.study.scenario import Scenario


class BadDay(Change):
    """One day brings more contacts than expected."""

    key: ClassVar[str] = "bad_day"

    day: Day = Field(description="a day of the period", examples=["2026-04-15"])
    factor: Times = Field(2.0, description="on what was expected; default: x2", examples=["x3"])
    hours: Window = Field((0, 1440), description="of the day; default: all", examples=["10:00-14:00"])
    queues: Words = Field(EVERYBODY, description="names, or all", examples=["email en"])

    def mistakes(self, scenario: Scenario) -> Iterator[Message]:
        """Unknown queues, days outside the period, a need without volumes."""
        yield from unknown_queues(scenario, self.queues)
        if not 0 <= (self.day - scenario.first_day).days < scenario.days:
            yield refused("outside", ("day",), day=self.day.isoformat())
        if scenario.fixed_need or scenario.posts_alone:
            yield refused("no_volume", ("factor",))

    def change(self, scenario: Scenario) -> Mapping[str, Any]:
        """As set by hand, on top of what is."""
        line = {
            "days": self.day.isoformat(),
            "hours": window_text(self.hours),
            "queues": list(self.queues),
            "factor": times_text(self.factor),
            "reason": str(Message("whatif.bad_day_reason", {})),
        }
        if self.factor == 1:
            return {}
        return {"by_hand": [*scenario.plain.get("by_hand", []), line]}

    def explain(self, scenario: Scenario) -> Message:
        """When, and how bad."""
        return Message(
            "whatif.bad_day",
            {
                "day": self.day.isoformat(),
                "hours": window_text(self.hours),
                "factor": number_text(self.factor),
                "queues": names_text(self.queues),
            },
        )
