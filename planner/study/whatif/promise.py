"""Another promise to customers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import Field

from planner._messages import Message
from planner._values import goal_text
from planner.study.scenario.asks_said import EVERYBODY
from planner.study.scenario.texts import Promised, Words
from planner.study.whatif.change import Change
from planner.study.whatif.named import names_text, queues_named, queues_said, unknown_queues

if TYPE_CHECKING:
    from planner.study.scenario import Scenario


class Promise(Change):
    """Customers are promised another time."""

    key: ClassVar[str] = "promise"

    to: Promised = Field(description="as a queue's promise is written", examples=["90% within 2 h"])
    queues: Words = Field(EVERYBODY, description="names, or all", examples=["email en"])

    def mistakes(self, scenario: Scenario) -> Iterator[Message]:
        """Unknown queues."""
        yield from unknown_queues(scenario, self.queues)

    def change(self, scenario: Scenario) -> Mapping[str, Any]:
        """As the promise of these queues."""
        named = queues_named(scenario, self.queues)
        lines = queues_said(scenario)
        return {
            "queues": [
                {**line, "promise": goal_text(self.to)} if line["name"] in named else line for line in lines
            ]
        }

    def explain(self, scenario: Scenario) -> Message:
        """What is promised, and where."""
        return Message("whatif.promise", {"to": goal_text(self.to), "queues": names_text(self.queues)})
