"""A hiring plan and its parts: months, hires, what a simulation saw."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from planner.study.growing.kinds import Kind
from planner.study.growing.months import MonthDemand

if TYPE_CHECKING:
    from planner.study.growing.anchors import Ladder
    from planner.study.scenario import Scenario


@dataclass(frozen=True)
class Hire:
    """Somebody to hire.

    Attributes
    ----------
    decide_by: latest day of the decision. starts: first day at work. productive: first day on which they do
        as much as others. needed: month of that day. leavers: whether they make up for people who leave.
    """

    kind: Kind
    decide_by: date
    starts: date
    productive: date
    needed: date
    leavers: bool


@dataclass(frozen=True)
class Month:
    """A month of the plan.

    Attributes
    ----------
    needed: people of each kind; beyond what was worked out, the largest team. low, high: people needed in all
        if the volume is at the low or high end, None beyond that. heads, productive: people of each kind,
        expected.
    leavers: of today's people until its end, expected, low, high. joiners: starts, by kind. mentors: people's
        time that hires take. cost: of the month. kept: whether every kind has enough; None: past.
    """

    demand: MonthDemand
    needed: tuple[float, ...]
    low: int | None
    high: int | None
    heads: tuple[float, ...] = ()
    productive: tuple[float, ...] = ()
    leavers: tuple[float, int, int] = (0.0, 0, 0)
    joiners: tuple[int, ...] = ()
    mentors: float = 0.0
    cost: float = 0.0
    kept: bool | None = None

    @property
    def short(self) -> float:
        """People who are missing."""
        pairs = zip(self.needed, self.productive, strict=False)
        return sum(max(0.0, need - there) for need, there in pairs)


@dataclass(frozen=True)
class Seen:
    """What a simulation says of a month.

    Attributes
    ----------
    people: of the team. queue: which keeps least. kept: share within its promise. wait: 9 of 10 are answered
        within so many seconds. others: whether any queue misses its promise. piles: whether in any more wait
        week after week, so that later weeks are worse.
    """

    month: date
    people: int
    queue: str
    kept: float
    promise: float
    wait: float
    others: bool
    piles: bool = False


@dataclass(frozen=True, eq=False)
class HiringPlan:
    """All of it.

    Attributes
    ----------
    checked: the team that the last month needs, simulated with other random numbers.
    short: what months without enough people look like.
    """

    scenario: Scenario
    ladder: Ladder
    months: tuple[Month, ...]
    hires: tuple[Hire, ...]
    checked: Seen | None
    short: tuple[Seen, ...]
    proven: bool
    cancelled: bool
