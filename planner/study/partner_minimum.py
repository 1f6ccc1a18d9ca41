"""A partner's blocks beyond those that the minimum has paid, priced block by block."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from planner._messages import Message
from planner.rota import Shift
from planner.rules import ANY_DUTY, AgentCalendar, Rule, Shape, Sum, Violation


class PartnerMinimum(Rule):
    """Terms of one seat, not a labour rule, so it stands in no list of rules: soft, at the price of a block.

    Attributes
    ----------
    blocks: paid already.

    Examples
    --------
    >>> PartnerMinimum(blocks=19, penalty=96.0).price
    9600
    """

    name: ClassVar[str] = "partner_minimum"
    unit: ClassVar[str] = "shift"
    examples: ClassVar[tuple[Mapping[str, Any], ...]] = ({"blocks": 19, "penalty": 96.0},)

    blocks: int

    def shapes(self, calendar: AgentCalendar) -> tuple[Shape, ...]:
        """One count over the period."""
        last = calendar.days - 1
        return (Sum(self.name, ANY_DUTY, "count", 0, last, most=self.blocks, price=self.price),)

    def check(
        self, calendar: AgentCalendar, tour: Sequence[Shift], carried: Sequence[Shift]
    ) -> tuple[Violation, ...]:
        """Count the blocks beyond the minimum."""
        beyond = len(tour) - self.blocks
        if beyond <= 0:
            return ()
        name, day = calendar.agent.name, sorted(tour)[self.blocks].day
        message = Message("hiring.beyond_minimum", {"seat": name, "blocks": beyond})
        return (Violation(self.name, name, day, beyond, self.unit, message, self.hard),)

    def explain(self) -> Message:
        """In a sentence."""
        return Message("hiring.minimum", {"blocks": self.blocks})
