"""What a scenario says, with its period, clock, search and files."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, InstanceOf, SkipValidation

from planner._messages import Message
from planner._yaml import Node
from planner.study.scenario import views
from planner.study.scenario.gates import Gate
from planner.study.scenario.people import AgentSaid
from planner.study.scenario.said import Said

ITERATIONS = {"quick": 200, "normal": 1500, "thorough": 8000}
ROUNDS = {"quick": 2, "normal": 4, "thorough": 8}


class Basics(BaseModel):
    """What a scenario says, and what needs no other room: its period, clock, search and files.

    Attributes
    ----------
    said: what the file says, after those it starts from. persons: its people, from whatever file.
    folder: what its paths are relative to; None: it names no files. root: what they may not leave.
    source_path: the file it was loaded from, or None. node: the document, with places.
    budget: part of the effort's iterations that is used.
    known_rota: a published rota from elsewhere than the scenario's folder.
    what_if: what was changed on the way here, in sentences; the keys say it already.
    """

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)

    said: Said
    persons: tuple[AgentSaid, ...]
    folder: Path | None = None
    root: Path | None = None
    source_path: Path | None = None
    node: Annotated[Node, SkipValidation] = Field(repr=False)
    budget: float = 1.0
    known_rota: Path | None = None
    what_if: tuple[InstanceOf[Message], ...] = ()

    @property
    def name(self) -> str:
        """For screens and files."""
        return self.said.name

    @property
    def zone(self) -> str:
        """The clock of opening hours and reports."""
        return views.zone_of(self.said)

    @property
    def public_holidays(self) -> str:
        """Place whose public holidays the customers keep; "" for none."""
        return views.holidays_of(self.said)

    @property
    def currency(self) -> str:
        """Of all money."""
        return self.said.currency

    @property
    def first_day(self) -> date:
        """First local day of the period."""
        return self.said.period.first_day

    @property
    def weeks(self) -> int:
        """Weeks of the period."""
        return self.said.period.weeks

    @property
    def days(self) -> int:
        """Days of the period."""
        return 7 * self.weeks

    @property
    def interval_minutes(self) -> int:
        """Planning grain: 15, 30 or 60."""
        return self.said.interval

    @property
    def extra_hour(self) -> float:
        """Price of one person more than needed for an hour."""
        return self.said.prices.extra_hour

    @property
    def engine(self) -> Literal["search", "cp-sat"]:
        """The search, or "cp-sat"."""
        return self.said.solve.engine

    @property
    def effort(self) -> str:
        """How hard the search tries: "quick", "normal" or "thorough"."""
        return self.said.solve.effort

    @property
    def iterations(self) -> int:
        """Search budget of one solve."""
        return max(1, round(ITERATIONS[self.effort] * self.budget))

    @property
    def rounds(self) -> int:
        """How often the need may be corrected by what the simulation finds."""
        return ROUNDS[self.effort] if self.said.solve.rounds is None else self.said.solve.rounds

    @property
    def seed(self) -> int:
        """Of all random numbers."""
        return self.said.solve.seed

    @property
    def replications(self) -> int | None:
        """How often the period is simulated; None: as many times as are quick."""
        return self.said.solve.replications

    @property
    def time_limit_seconds(self) -> float | None:
        """Stop by the clock; None: by the budget alone."""
        limit = self.said.solve.time_limit
        return limit.total_seconds() if limit else None

    @property
    def carryover(self) -> Path | None:
        """Rota file of the last period."""
        return self.folder / self.said.carryover if self.said.carryover and self.folder else None

    @property
    def published(self) -> Path | None:
        """Rota file that people know already."""
        said = self.said.replan
        if self.known_rota is not None or said is None:
            return self.known_rota
        return self.folder / said.published if said.published and self.folder else None

    @property
    def cyclic(self) -> bool:
        """Whether the period repeats for ever."""
        return self.said.edge == "cyclic"

    @property
    def gates(self) -> tuple[Gate, ...]:
        """What must hold before this stage goes ahead."""
        return self.said.gates

    @property
    def starts(self) -> date | None:
        """First day on which a stage's hours hold."""
        return self.said.starts
