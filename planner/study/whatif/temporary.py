"""People who help for a while."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import Field

from planner._messages import Message
from planner._values import number_text
from planner.study.scenario.texts import Day, Text
from planner.study.whatif.change import refused
from planner.study.whatif.joining import Joining, unknown_site
from planner.study.whatif.named import agents_said, new_names
from planner.study.whatif.texts import Slower

if TYPE_CHECKING:
    from planner.study.scenario import Scenario


class Temporary(Joining):
    """Temporary staff."""

    key: ClassVar[str] = "temporary"

    from_: Day = Field(alias="from", description="first day", examples=["2026-11-23"])
    until: Day = Field(description="last day", examples=["2026-12-06"])
    site: Text = Field("", description="a site of the scenario; default: the first", examples=["Lisbon"])
    slower: Slower = Field(1.0, description="their contacts take so much longer", examples=["x1.3"])

    def mistakes(self, scenario: Scenario) -> Iterator[Message]:
        """Unknown sites and teams; days the wrong way round or outside the period."""
        yield from unknown_site(scenario, self.site)
        yield from self.wrong_teams(scenario)
        if self.until < self.from_:
            yield refused("backwards", ("until",), first=self.from_.isoformat())
        elif (self.from_ - scenario.first_day).days >= scenario.days or self.until < scenario.first_day:
            yield refused("outside", ("from",), day=self.from_.isoformat())

    def change(self, scenario: Scenario) -> Mapping[str, Any]:
        """As people of the team who come and go."""
        more = self.persons(scenario, new_names(scenario, "Temporary", self.people), self.site, self.slower)
        days = {"from": self.from_.isoformat(), "until": self.until.isoformat()}
        return agents_said(scenario, more=[{**person, **days} for person in more])

    def explain(self, scenario: Scenario) -> Message:
        """How many, when, with which languages, at what cost."""
        return Message(
            "whatif.temporary",
            {
                "people": self.people,
                "since": self.from_.isoformat(),
                "until": self.until.isoformat(),
                "languages": self.spoken_text(),
                "cost": f"{number_text(self.hourly(scenario, self.site))} {scenario.currency}",
                "slower": number_text(self.slower),
            },
        )
