"""Growth of customers, orders or contacts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from planner import _yaml
from planner._messages import Message
from planner.study.scenario.asks_said import Growth
from planner.study.whatif.change import Change, refused

if TYPE_CHECKING:
    from planner.study.scenario import Scenario


class GrowthChange(Change, Growth):
    """Customers, orders or contacts grow."""

    key: ClassVar[str] = "growth"

    def mistakes(self, scenario: Scenario) -> Iterator[Message]:
        """A need without volumes."""
        if scenario.fixed_need or scenario.posts_alone:
            yield refused("no_volume", ())

    def change(self, scenario: Scenario) -> Mapping[str, Any]:
        """As growth, each of its keys instead of the one that is said."""
        said = self.model_dump(by_alias=True, exclude_unset=True)
        return {"growth": said} if said else {}

    def explain(self, scenario: Scenario) -> Message:
        """What grows."""
        said = _yaml.dump(self.model_dump(by_alias=True, exclude_unset=True)).strip()
        return Message("whatif.growth", {"growth": said.replace("\n", ", ")})
