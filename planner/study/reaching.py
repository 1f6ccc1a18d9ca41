"""How far today's team stretches: the longest opening hours that it covers without a hire.

Direction by direction, those with most contacts first; in each the longest block that leaves nobody more
missing than today and breaks no rule, found by doubling and halving, every try planned. Longer hours ask for
more people, so what fails once fails for good, and in the end no direction can grow by one more block.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from planner.rota import Rota
from planner.study import steps
from planner.study.edges import trim_edges
from planner.study.longer_hours import (
    Direction,
    contacts_in,
    directions_of,
    hours_of_block,
    listed,
    longer,
    most_minutes,
    steps_to,
)
from planner.study.progress import OnPlanProgress
from planner.study.trials import engine_listener

if TYPE_CHECKING:
    from planner.scheduling import IsCancelled
    from planner.study.scenario import Scenario

NOTHING = 0.005
Why = Literal["", "missing", "rules", "stopped"]


@dataclass(frozen=True, eq=False)
class Tried:
    """One try of longer hours.

    Attributes
    ----------
    missing_hours: of the best rota found. bound: no rota misses fewer; None: not known.
    broken: people whose rules clash, and hard findings of the judge.
    """

    scenario: Scenario
    missing_hours: float
    bound: float | None
    broken: int
    rota: Rota = field(repr=False)

    def as_good_as(self, today: Tried, may_miss: float = 0.0) -> bool:
        """Whether it misses no more than today, or so many person-hours more, and breaks no more."""
        most = today.missing_hours + may_miss + NOTHING
        return self.missing_hours <= most and self.broken <= today.broken


@dataclass(frozen=True, eq=False)
class Grown:
    """How far one direction grows.

    Attributes
    ----------
    contacts: a week, expected in its first block. minutes: longer than today.
    fails: the next block, if it cannot be covered; None: there is none, or it was not tried.
    """

    direction: Direction
    contacts: float
    minutes: int
    fails: Tried | None
    why: Why


@dataclass(frozen=True, eq=False)
class Reach:
    """The longest hours found, and what fails next.

    Attributes
    ----------
    today, widest: with today's and with the longest hours. grown: by direction, in the order tried.
    tries: how many were planned. may_miss: person-hours that may be missing beyond today's.
    """

    today: Tried
    widest: Tried
    grown: tuple[Grown, ...]
    tries: int
    cancelled: bool
    may_miss: float = 0.0


def reach(
    scenario: Scenario,
    step_minutes: int = 60,
    order: str = "",
    on_progress: OnPlanProgress | None = None,
    is_cancelled: IsCancelled | None = None,
    may_miss: float = 0.0,
) -> Reach:
    """The longest opening hours that today's team covers with nobody more missing than today.

    Parameters
    ----------
    step_minutes: length of a block.
    order: directions apart by commas, such as "mon-fri later, sat"; empty: all, most contacts first.
    on_progress: told of every try as a round.
    is_cancelled: once true, the longest hours so far are kept.
    may_miss: person-hours of the period that may be missing beyond today's.

    Raises
    ------
    ScenarioError: for directions that are none.
    """
    stop = is_cancelled or (lambda: False)
    return _Search(scenario, step_minutes, may_miss, on_progress, stop).found(order)


class _Search:
    """One search: how far each direction has grown, and the last rota that covers it."""

    def __init__(
        self,
        scenario: Scenario,
        step: int,
        may_miss: float,
        on_progress: OnPlanProgress | None,
        is_cancelled: Callable[[], bool],
    ) -> None:
        self.scenario = scenario.replace(solve={"hire": "no", "outsource": False})
        self.step, self.on_progress, self.is_cancelled = step, on_progress, is_cancelled
        self.may_miss = may_miss
        self.began = time.monotonic()
        self.growth: dict[Direction, int] = {}
        self.tries = 0
        self.best: Tried

    def found(self, order: str) -> Reach:
        """Grow one direction after the other."""
        asked = listed(self.scenario, order) if order else directions_of(self.scenario)
        today = self.best = self.tried({}, None)
        contacts = self.contacts(asked)
        if not order:
            asked = tuple(sorted(asked, key=lambda each: -contacts[each]))
        grown = [self.grow(direction, contacts[direction], today) for direction in asked]
        return Reach(today, self.best, tuple(grown), self.tries, self.is_cancelled(), self.may_miss)

    def contacts(self, asked: tuple[Direction, ...]) -> dict[Direction, float]:
        """Contacts a week in the first block of each direction."""
        volumes = None
        if not self.scenario.fixed_need:
            volumes = steps.forecast(steps.read_history(self.scenario), self.scenario)
        return {
            each: contacts_in(volumes, self.scenario, longer(self.scenario, {each: self.step}))
            for each in asked
        }

    def grow(self, direction: Direction, contacts: float, today: Tried) -> Grown:
        """The longest that one direction can be beside what is there."""
        blocks = [int(n) for n in steps_to(most_minutes(self.scenario, direction, self.growth), self.step)]
        good, bad, fails = 0, len(blocks) + 1, None
        jump = 1
        while good + 1 < bad and not self.is_cancelled():
            number = min(good + jump, bad - 1)
            made = self.tried({**self.growth, direction: blocks[number - 1]}, self.best.rota)
            if self.is_cancelled():
                break
            if made.as_good_as(today, self.may_miss):
                good, self.best, jump = number, made, jump * 2
                self.growth[direction] = blocks[number - 1]
            else:
                bad, fails, jump = number, made, max(1, (number - good) // 2)
        why: Why = "stopped" if self.is_cancelled() and good + 1 < bad else ""
        if fails is not None:
            why = "rules" if fails.broken > today.broken else "missing"
        return Grown(direction, contacts, blocks[good - 1] if good else 0, fails, why)

    def tried(self, growth: dict[Direction, int], warm: Rota | None) -> Tried:
        """Plan some hours."""
        self.tries += 1
        scenario = longer(self.scenario, growth)
        _history, _volumes, need = steps.demand_and_need(scenario)
        need, _notices = trim_edges(need, scenario)
        listen = engine_listener(self.on_progress, self.began, self.tries)
        result = steps.schedule(need, scenario, warm, listen, self.is_cancelled)
        hard = steps.hard(steps.audit(result.rota, scenario))
        broken = len(result.no_legal_tour) + len(hard)
        return Tried(scenario, result.missing_hours, result.missing_hours_bound, broken, result.rota)


def next_hours(grown: Grown) -> str:
    """Opening hours that could not be covered any more; "" if there are none."""
    return hours_of_block(grown.fails.scenario, grown.direction) if grown.fails is not None else ""
