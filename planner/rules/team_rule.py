"""What a rule over several people is; its subclasses are found like those of ``Rule``."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from pydantic import AliasChoices, BaseModel, ConfigDict, Field

from planner._messages import Message
from planner.rota import Shift
from planner.rules.calendar import AgentCalendar
from planner.rules.rule import Names, Violation, concerns, price_of
from planner.rules.shapes import Team


class TeamRule(BaseModel, ABC):
    """A rule over several people: hard, or soft with a price for each unit it is broken by.

    Attributes are those of ``Rule``. A violation is told for the person whose shift shows it.

    Attributes
    ----------
    compares: whether people are held against each other; then those who need not be taken stand aside.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: ClassVar[str]
    unit: ClassVar[str]
    examples: ClassVar[tuple[Mapping[str, Any], ...]]
    compares: ClassVar[bool] = False

    penalty: float | None = Field(default=None, ge=0)
    people: Names = Field(default=(), validation_alias=AliasChoices("for", "people"))

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

    def concerned(
        self, calendars: Mapping[str, AgentCalendar], optional: Collection[str] = ()
    ) -> dict[str, AgentCalendar]:
        """Calendars of the people it holds for, the only ones that ``shapes`` and ``check`` are given.

        Parameters
        ----------
        calendars: of the team. optional: names of people who need not be taken.
        """
        return {
            name: calendar
            for name, calendar in calendars.items()
            if concerns(self.people, calendar.agent) and not (self.compares and name in optional)
        }

    def found(
        self,
        calendar: AgentCalendar,
        day: date,
        amount: int,
        values: Mapping[str, object],
        unit: str = "",
        sentence: str = "broken",
    ) -> Violation:
        """A violation in the rule's own words, for the sentence ``rules.<name>_<sentence>``."""
        said = {"agent": calendar.agent.name, "day": day.isoformat(), "amount": amount, **values}
        message = Message(f"rules.{self.name}_{sentence}", said)
        return Violation(self.name, calendar.agent.name, day, amount, unit or self.unit, message, self.hard)


def team_shapes(
    rules: Sequence[TeamRule], calendars: Mapping[str, AgentCalendar], optional: Collection[str] = ()
) -> tuple[Team, ...]:
    """What all rules over several people ask, in their order.

    Parameters
    ----------
    rules, calendars: of the team. optional: names of people who need not be taken.
    """
    return tuple(shape for rule in rules for shape in rule.shapes(rule.concerned(calendars, optional)))
