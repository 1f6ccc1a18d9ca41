"""People who are hired, full time or part time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import Field

from planner._messages import Message
from planner._values import number_text
from planner.study.scenario.texts import Day, Text
from planner.study.whatif.joining import Joining, unknown_site
from planner.study.whatif.named import agents_said, new_names

if TYPE_CHECKING:
    from planner.study.scenario import Scenario


class HiresChange(Joining):
    """More people in the team, full time or part time."""

    key: ClassVar[str] = "hires"

    site: Text = Field("", description="a site of the scenario; default: the first", examples=["Lisbon"])
    from_: Day | None = Field(
        None, alias="from", description="first day; default: they are there already", examples=["2026-06-01"]
    )

    def mistakes(self, scenario: Scenario) -> Iterator[Message]:
        """Unknown sites and teams."""
        yield from unknown_site(scenario, self.site)
        yield from self.wrong_teams(scenario)

    def change(self, scenario: Scenario) -> Mapping[str, Any]:
        """As people of the team."""
        more = self.persons(scenario, new_names(scenario, "New", self.people), self.site)
        since = {} if self.from_ is None else {"from": self.from_.isoformat()}
        return agents_said(scenario, more=[{**person, **since} for person in more])

    def explain(self, scenario: Scenario) -> Message:
        """How many, with which languages, at what cost."""
        return Message(
            "whatif.hires",
            {
                "people": self.people,
                "languages": self.spoken_text(),
                "cost": f"{number_text(self.hourly(scenario, self.site))} {scenario.currency}",
            },
        )
