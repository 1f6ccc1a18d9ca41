"""How far today's team stretches: the longest opening hours that it covers without a hire.

Direction by direction, those with most contacts first; in each the longest block whose rota misses nobody
more than today, in all and in the added hours, breaks no rule, keeps promises in the added hours, and
elsewhere as far as today. It is found by doubling and halving, every try planned. Longer hours ask for more
people, so what fails once is not tried again, and in the end no direction can grow by one more block. Of the
next block it is told whether it surely misses people or whether that is not distinguishable.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from planner.rota import Rota
from planner.study import steps
from planner.study.against_today import Kind, against_today
from planner.study.at_promise import Worked, worked
from planner.study.longer_hours import (
    Direction,
    Growth,
    contacts_in,
    directions_of,
    hours_of_block,
    listed,
    longer,
    most_minutes,
)
from planner.study.progress import OnPlanProgress
from planner.study.trials import engine_listener

if TYPE_CHECKING:
    from planner.scheduling import IsCancelled
    from planner.study.scenario import Scenario

Why = Kind | Literal["", "stopped"]


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
    fails: Worked | None
    why: Why


@dataclass(frozen=True, eq=False)
class Reach:
    """The longest hours found, and what fails next.

    Attributes
    ----------
    today, widest: with today's and with the longest hours. grown: by direction, in the order tried.
    tries: how many were planned. may_miss: person-hours that may be missing beyond today's.
    """

    today: Worked
    widest: Worked
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
    """The longest opening hours that today's team covers at the promise, with nobody more missing than today.

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
    return Search(scenario, step_minutes, may_miss, on_progress, stop).found(order)


class Search:
    """One search: how far each direction has grown, and the last rota that covers it.

    Parameters
    ----------
    may_miss: person-hours beyond today's that may be missing.
    team: the same scenario with another team; None: today's.
    """

    def __init__(
        self,
        scenario: Scenario,
        step: int,
        may_miss: float,
        on_progress: OnPlanProgress | None,
        is_cancelled: Callable[[], bool],
        team: Callable[[Scenario], Scenario] | None = None,
    ) -> None:
        self.scenario = scenario.replace(solve={"hire": "no", "outsource": False})
        self.step, self.on_progress, self.is_cancelled = step, on_progress, is_cancelled
        self.may_miss, self.team = may_miss, team
        self.began = time.monotonic()
        self.growth: dict[Direction, int] = {}
        self.tries = 0
        self.best: Worked

    def found(self, order: str) -> Reach:
        """Grow one direction after the other."""
        asked = listed(self.scenario, order) if order else directions_of(self.scenario)
        today = self.best = self.tried({}, None, None)
        contacts = self.contacts(asked)
        if not order:
            asked = most_first(asked, contacts)
        grown = self.grown(asked, contacts, today)
        return Reach(today, self.best, grown, self.tries, self.is_cancelled(), self.may_miss)

    def contacts(self, asked: tuple[Direction, ...]) -> dict[Direction, float]:
        """Contacts a week in the first block of each direction."""
        if self.scenario.fixed_need or self.scenario.posts_alone:
            return dict.fromkeys(asked, 0.0)
        history, found = steps.read_history(self.scenario), {}
        for each in asked:
            wider = longer(self.scenario, {each: self.step})
            found[each] = contacts_in(steps.forecast(history, wider), self.scenario, wider)
        return found

    def grown(
        self, asked: Sequence[Direction], contacts: Mapping[Direction, float], today: Worked
    ) -> tuple[Grown, ...]:
        """Every direction as long as it can be; what failed where nothing is left by now does not count."""
        found = [self.grow(direction, contacts[direction], today) for direction in asked]
        return tuple(
            each if self._room(each.direction) else replace(each, fails=None, why="") for each in found
        )

    def _room(self, direction: Direction) -> bool:
        """Whether a whole block is left."""
        there = self.growth.get(direction, 0)
        return most_minutes(self.scenario, direction, self.growth) - there >= self.step

    def grow(self, direction: Direction, contacts: float, today: Worked) -> Grown:
        """The longest that one direction can be beside what is there."""
        begin = self.growth.get(direction, 0)
        most = most_minutes(self.scenario, direction, self.growth)
        blocks = list(range(begin + self.step, most + 1, self.step))
        good, bad, fails = 0, len(blocks) + 1, None
        jump = 1
        while good + 1 < bad and not self.is_cancelled():
            number = min(good + jump, bad - 1)
            made = self.tried({**self.growth, direction: blocks[number - 1]}, self.best.rota, today)
            if self.is_cancelled():
                break
            if made.as_good_as(today, self.may_miss):
                good, self.best, jump = number, made, jump * 2
                self.growth[direction] = blocks[number - 1]
            else:
                bad, fails, jump = number, made, max(1, (number - good) // 2)
        why: Why = "stopped" if self.is_cancelled() and good + 1 < bad else ""
        if fails is not None:
            why = against_today(today, fails, self.may_miss).kind
        return Grown(direction, contacts, blocks[good - 1] if good else begin, fails, why)

    def tried(self, growth: Growth, warm: Rota | None, today: Worked | None) -> Worked:
        """Plan and simulate some hours."""
        self.tries += 1
        scenario = longer(self.scenario, growth)
        scenario = scenario if self.team is None else self.team(scenario)
        listen = engine_listener(self.on_progress, self.began, self.tries)
        return worked(scenario, warm, listen, self.is_cancelled, today, self.may_miss)


def most_first(asked: tuple[Direction, ...], contacts: Mapping[Direction, float]) -> tuple[Direction, ...]:
    """Directions by the contacts of their first block, most first."""
    return tuple(sorted(asked, key=lambda each: -contacts[each]))


def next_hours(grown: Grown) -> str:
    """Opening hours that could not be covered any more; "" if there are none."""
    return hours_of_block(grown.fails.scenario, grown.direction) if grown.fails is not None else ""
