"""Hours that a partner takes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from planner._messages import Message
from planner.study.scenario.intentions import Outsource
from planner.study.whatif.change import Change

if TYPE_CHECKING:
    from planner.study.scenario import Scenario


class OutsourceChange(Change, Outsource):
    """Hours that a partner may take, where that is cheaper."""

    key: ClassVar[str] = "outsource"

    def change(self, scenario: Scenario) -> Mapping[str, Any]:
        """As the partner's block, and asking for it."""
        said = self.model_dump(by_alias=True, exclude_unset=True)
        return {"outsource": said or {"from": self.model_dump()["from_"]}, "solve": {"outsource": "yes"}}

    def explain(self, scenario: Scenario) -> Message:
        """When, and at what price."""
        said = self.model_dump(by_alias=True)
        values = {"start": said["from"], "end": said["to"], "price": said["price"]}
        return Message("whatif.outsource", {**values, "currency": scenario.currency})
