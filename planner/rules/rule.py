"""What every labour rule is: settings, shapes for the engine, a check for the judge, a sentence."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AliasChoices, BaseModel, BeforeValidator, ConfigDict, Field

from planner._messages import Message
from planner._values import parse_duration
from planner.people import Agent
from planner.rota import Shift
from planner.rules.calendar import AgentCalendar
from planner.rules.shapes import Shape

Stricter = Literal["higher", "lower"]
MOST_HOURS = 28 * 24


def _as_hours(value: object) -> object:
    """Hours from "11 h", "11", 11 or a timedelta."""
    if isinstance(value, str):
        try:
            return float(value)
        except ValueError:
            value = parse_duration(value)
    return value.total_seconds() / 3600 if isinstance(value, timedelta) else value


def _as_names(value: object) -> object:
    """Names from a list, or from text with commas."""
    return [name.strip() for name in value.split(",") if name.strip()] if isinstance(value, str) else value


Hours = Annotated[float, BeforeValidator(_as_hours), Field(gt=0, le=MOST_HOURS, allow_inf_nan=False)]
Names = Annotated[tuple[str, ...], BeforeValidator(_as_names)]


@dataclass(frozen=True)
class Violation:
    """By how much a person's tour breaks a rule.

    Attributes
    ----------
    rule: name of the rule. agent: name of the person.
    day: local day on which it shows.
    amount: in ``unit``, the rule's own: minute, day, shift, rest, weekend.
    message: in words.
    hard: whether the rule may not be broken at all.
    before_period: carried-over shifts alone already break it; nothing in this rota can mend that.
    """

    rule: str
    agent: str
    day: date
    amount: int
    unit: str
    message: Message
    hard: bool
    before_period: bool = False


class Rule(BaseModel, ABC):
    """A labour rule: hard, or soft with a price for each unit it is broken by.

    A subclass in a file of its own in this folder is found by itself and stands in the registry
    under ``name``. Its sentences are ``rules.<name>`` and ``rules.<name>_broken``.

    Attributes
    ----------
    name: as scenario files write it.
    unit: of its amounts. Where it is "minute", ``penalty`` is for an hour.
    stricter: for settings that can be compared, which way is stricter.
    examples: settings with which it is documented and tested.
    penalty: currency per unit (per hour for minutes); None: hard.
    derogation: reason for being less strict than a layer below, such as a collective agreement.
    people: names, sites or teams it holds for, in a file the key ``for``; empty: everyone.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: ClassVar[str]
    unit: ClassVar[str]
    stricter: ClassVar[Mapping[str, Stricter]] = {}
    examples: ClassVar[tuple[Mapping[str, Any], ...]]

    penalty: float | None = Field(default=None, ge=0)
    derogation: str = ""
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
    def shapes(self, calendar: AgentCalendar) -> tuple[Shape, ...]:
        """What the rule asks of one person, in the vocabulary of the engine."""

    @abstractmethod
    def check(
        self, calendar: AgentCalendar, tour: Sequence[Shift], carried: Sequence[Shift]
    ) -> tuple[Violation, ...]:
        """What one person's shifts break, measured on clock times; knows neither shapes nor solver."""

    @abstractmethod
    def explain(self) -> Message:
        """The rule in a sentence."""

    def holds_for(self, agent: Agent) -> bool:
        """Whether this rule is asked of a person: by their name, site or one of their teams."""
        return concerns(self.people, agent)

    def found(
        self,
        calendar: AgentCalendar,
        day: date,
        amount: int,
        values: Mapping[str, object],
        *,
        before_period: bool = False,
        unit: str = "",
        sentence: str = "broken",
    ) -> Violation:
        """A violation of this rule, in its own words.

        Parameters
        ----------
        calendar: of the person.
        day: local day on which it shows.
        amount, unit: by how much; the rule's own unit unless said.
        values: for the sentence ``rules.<name>_<sentence>``, beside ``agent``, ``day`` and ``amount``.
        before_period: carried-over shifts alone break it.
        sentence: which of the rule's sentences.
        """
        said = {"agent": calendar.agent.name, "day": day.isoformat(), "amount": amount, **values}
        message = Message(f"rules.{self.name}_{sentence}", said)
        if before_period:
            message = Message("rules.before_period", {"text": str(message)})
        return Violation(
            self.name, calendar.agent.name, day, amount, unit or self.unit, message, self.hard, before_period
        )


def concerns(names: Sequence[str], agent: Agent) -> bool:
    """Whether a person is meant by names of people, sites or teams; no name means everyone."""
    return not names or not {agent.name, agent.site, *agent.teams}.isdisjoint(names)


def price_of(penalty: float | None, unit: str) -> int | None:
    """Whole cents of one unit; a penalty on minutes is for an hour.

    Examples
    --------
    >>> price_of(6, "minute"), price_of(40, "day"), price_of(0.1, "minute"), price_of(None, "day")
    (10, 4000, 1, None)
    """
    if penalty is None:
        return None
    cents = round(penalty * 100 / (60 if unit == "minute" else 1))
    return max(1, cents) if penalty else 0


def in_days(a_month: int, days: int) -> int:
    """What a limit a month allows in so many days: its share, rounded down, at least 1.

    A month has 365.25 / 12 = 487 / 16 days, in whole numbers so that no limit is lost to rounding.

    Examples
    --------
    >>> in_days(8, 35), in_days(8, 28), in_days(1, 7)
    (9, 7, 1)
    """
    return max(1, a_month * days * 16 // 487)


def hours_text(minutes: float) -> str:
    """Minutes as hours without needless digits.

    Examples
    --------
    >>> hours_text(600), hours_text(450)
    ('10', '7.5')
    """
    return f"{round(minutes / 60, 2):g}"
