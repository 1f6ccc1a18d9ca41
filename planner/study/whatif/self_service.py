"""Contacts that customers solve themselves, and the work that this takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import Field

from planner._messages import Message
from planner._values import number_text, share_text
from planner.study.scenario.asks_said import SelfServiceSaid
from planner.study.whatif.change import Change, refused
from planner.study.whatif.named import names_text, queues_named, unknown_queues
from planner.study.whatif.texts import Work, WorkSaid

if TYPE_CHECKING:
    from planner.study.scenario import Scenario

WEEKS_A_MONTH = 365.25 / 12 / 7


class SelfService(Change, SelfServiceSaid):
    """Customers solve some contacts themselves."""

    key: ClassVar[str] = "self_service"

    costs: WorkSaid = Field(
        Work(0.0),
        description="hours a month of writing and care, planned as work of the team; `per language`: "
        "translations, for each language of its queues beside the first; default: none",
        examples=["40 h + 8 h per language"],
    )

    def mistakes(self, scenario: Scenario) -> Iterator[Message]:
        """Unknown queues; a need without volumes."""
        yield from unknown_queues(scenario, self.queues)
        if scenario.fixed_need or scenario.posts_alone:
            yield refused("no_volume", ())

    def change(self, scenario: Scenario) -> Mapping[str, Any]:
        """As self-service beside that which is said, and planned work for what it costs."""
        said = self.model_dump(by_alias=True, exclude_unset=True, exclude={"costs"})
        changes = {"self_service": [*scenario.plain.get("self_service", []), said]}
        minutes = round(self.hours_a_month(scenario) * 60 / WEEKS_A_MONTH)
        if minutes:
            taken = {line.name for line in scenario.said.planned_work}
            name = f"{self.name}: articles"
            name = next(n for k in range(1, 99) if (n := name if k == 1 else f"{name} {k}") not in taken)
            work = {"name": name, "what": "project", "minutes": f"{minutes} min a week"}
            changes["planned_work"] = [*scenario.plain.get("planned_work", []), work]
        return changes

    def hours_a_month(self, scenario: Scenario) -> float:
        """Work that it takes, translations included."""
        named = queues_named(scenario, self.queues)
        languages = {queue.language for queue in scenario.queues if queue.name in named}
        return self.costs.hours + self.costs.per_language * max(0, len(languages) - 1)

    def explain(self, scenario: Scenario) -> Message:
        """What it solves, and what it takes."""
        solved = self.topics * self.adoption * self.solves
        return Message(
            "whatif.self_service",
            {
                "name": self.name,
                "share": share_text(round(solved, 4)),
                "queues": names_text(self.queues),
                "since": (self.from_ or scenario.first_day).isoformat(),
                "full": (self.full_by or self.from_ or scenario.first_day).isoformat(),
                "hours": number_text(round(self.hours_a_month(scenario), 2)),
            },
        )
