"""What a fix is made from: a change of the scenario, and everything that it is judged against."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Literal

from planner._messages import Message
from planner.study.why.findings import WhyNot

if TYPE_CHECKING:
    from planner.demand import Volumes
    from planner.requirement import Need
    from planner.rules import Rule
    from planner.scheduling import Problem, Result
    from planner.scheduling.why import Around
    from planner.study.asks import Asks
    from planner.study.scenario import Scenario

Kind = Literal["hire", "language", "relax", "quick return", "close hours", "promise", "minimum", "outsource"]


@dataclass(frozen=True)
class Change:
    """One change that could mend a shortage, before it is solved.

    Attributes
    ----------
    kind, title: what it is, for programs and for people.
    changes: keys of the scenario and what they say then, as ``Scenario.replace`` takes them.
    paste: the lines that matter of them, where the whole would be long; empty: all.
    worth: cents that it may save, for the order in which changes are solved.
    ready: from decision to effect; None: at once.
    counted: the rule that may be broken then, whose breaks are told by person; None if there is none.
    notes: what else should be known.
    """

    kind: Kind
    title: Message
    changes: Mapping[str, Any]
    worth: float
    paste: Mapping[str, Any] | None = None
    ready: timedelta | None = None
    counted: Rule | None = None
    notes: tuple[Message, ...] = ()


@dataclass(frozen=True, eq=False)
class Basis:
    """A plan as its fixes see it.

    Attributes
    ----------
    need, asks, volumes: what the rota was made for, what calibration asked on top, and the forecast.
    problem, result: what was asked and what came. found: what it misses and why.
    around: its rota, everybody beside all others.
    """

    scenario: Scenario
    need: Need
    asks: Asks
    volumes: Volumes | None
    problem: Problem
    result: Result
    found: WhyNot
    around: Around

    @property
    def missing_hour_cents(self) -> float:
        """Price of one person missing for an hour."""
        return self.problem.missing_cents * 60 / self.need.interval_minutes

    @property
    def missing_cents(self) -> float:
        """Price of everybody who is missing."""
        return self.missing_hour_cents * self.found.hours
