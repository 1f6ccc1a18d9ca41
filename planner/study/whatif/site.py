"""Another place of work."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from planner._messages import Message
from planner._values import number_text
from planner.study.scenario.parts import SiteSaid
from planner.study.scenario.views import OFFICE
from planner.study.whatif.change import refused
from planner.study.whatif.joining import Joining
from planner.study.whatif.named import agents_said, new_names

if TYPE_CHECKING:
    from planner.study.scenario import Scenario


class SiteChange(Joining, SiteSaid):
    """People at another place of work, with its clock and its law."""

    key: ClassVar[str] = "site"

    def mistakes(self, scenario: Scenario) -> Iterator[Message]:
        """A name that another site has; unknown teams."""
        if self.name in [site.name for site in scenario.sites]:
            yield refused("site_there", ("name",), name=self.name)
        yield from self.wrong_teams(scenario)

    def change(self, scenario: Scenario) -> Mapping[str, Any]:
        """As a site and people of the team who work there."""
        own = self.model_dump(by_alias=True, exclude_unset=True, include=set(SiteSaid.model_fields))
        sites = scenario.plain.get("sites") or [{"name": OFFICE, "zone": scenario.zone}]
        more = self.persons(scenario, new_names(scenario, self.name, self.people), self.name)
        zone = {} if scenario.said.zone else {"zone": scenario.zone}
        return {**zone, "sites": [*sites, own], **agents_said(scenario, more=more)}

    def explain(self, scenario: Scenario) -> Message:
        """Where, how many, with which languages, at what cost."""
        return Message(
            "whatif.site",
            {
                "name": self.name,
                "people": self.people,
                "languages": self.spoken_text(),
                "cost": f"{number_text(self.hourly(scenario, self.name))} {scenario.currency}",
            },
        )
