"""People who work less, or more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import Field

from planner._messages import Message
from planner._values import number_text, share_text
from planner.study.whatif.chosen import Chosen, people_text
from planner.study.whatif.named import agents_said, contracts
from planner.study.whatif.texts import PartTime

if TYPE_CHECKING:
    from planner.study.scenario import Scenario


class PartTimeChange(Chosen):
    """People work a share of their contract; new part-timers are `hires` with weekly_hours."""

    key: ClassVar[str] = "part_time"

    to: PartTime = Field(description="share of the contract that each has now", examples=["80%"])

    def mistakes(self, scenario: Scenario) -> Iterator[Message]:
        """Unknown people."""
        yield from self.wrong_choice(scenario, contracts(scenario))

    def change(self, scenario: Scenario) -> Mapping[str, Any]:
        """As the contract hours of these people."""
        minutes = {agent.name: agent.weekly_minutes for agent in scenario.team.agents}
        fewer = {
            name: {"weekly_hours": number_text(round(minutes[name] * self.to / 60, 4))}
            for name in self.chosen(contracts(scenario))
        }
        return agents_said(scenario, fewer) if self.to != 1 and fewer else {}

    def explain(self, scenario: Scenario) -> Message:
        """Who, and how much."""
        who = people_text(self.chosen(contracts(scenario)))
        return Message("whatif.part_time", {"who": who, "to": share_text(self.to)})
