"""What a rule over several people is; its subclasses are found like those of ``Rule``."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field

from planner._messages import Message
from planner.rota import Shift
from planner.rules.calendar import AgentCalendar
from planner.rules.rule import Violation, price_of
from planner.rules.shapes import Team


class TeamRule(BaseModel, ABC):
    """A rule over several people: hard, or soft with a price for each unit it is broken by.

    Attributes are those of ``Rule``. A violation is told for the person whose shift shows it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: ClassVar[str]
    unit: ClassVar[str]
    examples: ClassVar[tuple[Mapping[str, Any], ...]]

    penalty: float | None = Field(default=None, ge=0)

    @property
    def hard(self) -> bool:
        """Whether it may not be broken."""
        return self.penalty is None

    @property
    def price(self) -> int | None:
        """Whole cents for one unit of amount, at least 1 where a penalty is asked; None if hard."""
        return price_of(self.penalty, self.unit)

    @abstractmethod
    def shapes(self, calendars: Mapping[str, AgentCalendar]) -> tuple[Team, ...]:
        """What the rule asks of the team, in the vocabulary of the engine."""

    @abstractmethod
    def check(
        self, calendars: Mapping[str, AgentCalendar], tours: Mapping[str, Sequence[Shift]]
    ) -> tuple[Violation, ...]:
        """What a rota breaks, measured on clock times; knows neither shapes nor solver."""

    @abstractmethod
    def explain(self) -> Message:
        """The rule in a sentence."""
