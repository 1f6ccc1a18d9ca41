"""How much volume a team keeps its promise at: a rota solved for it and simulated, team size by team size.

Between two such teams the need is read off the straight line between their volumes; nowhere else.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from planner._errors import PlannerError
from planner.service.backlog import waiting
from planner.study import steps
from planner.study.edges import judged, trim_edges
from planner.study.growing.kinds import Kind, with_people
from planner.study.misses import Misses, misses

if TYPE_CHECKING:
    from planner.demand import Volumes
    from planner.requirement import Need
    from planner.rota import Rota
    from planner.scheduling import IsCancelled
    from planner.service import Service
    from planner.study.scenario import Scenario

FINE = 0.015
"""The volume that a team keeps is known to so much of it."""
LEAST, MOST = 0.1, 4.0
MOST_STEPS = 24
PILES = 0.02
"""More of a week's contacts left over at its end, week after week: a backlog that grows."""
_TIE = 0.01
FAR = 1.2
"""Today's team keeps so many times the highest volume: teams are tried from a smaller one on."""


@dataclass(frozen=True, eq=False)
class Anchor:
    """A team, and the volume at which it was seen to keep its promises.

    Attributes
    ----------
    more: people of each kind beside today's, negative: fewer.
    keeps: factor on the forecast at which every promise was kept, simulated; 0: at none that was tried.
    fails: smallest factor above it at which one was not. late: queues that then missed theirs.
    """

    more: tuple[int, ...]
    keeps: float
    fails: float
    late: tuple[str, ...] = ()
    scenario: Scenario | None = field(default=None, repr=False)
    rota: Rota | None = field(default=None, repr=False)
    need: Need | None = field(default=None, repr=False)

    @property
    def people(self) -> int:
        """People more or fewer than today in all."""
        return sum(self.more)


def scaled(volumes: Volumes, factor: float) -> Volumes:
    """The forecast times a factor, spread as before."""
    return replace(
        volumes,
        mean=volumes.mean * factor,
        low=volumes.low * factor,
        high=volumes.high * factor,
        modelled=None,
    )


def seen(anchor: Anchor, volumes: Volumes, factor: float, seed: int | None = None) -> tuple[Misses, Service]:
    """What an anchor's rota keeps at a volume, simulated."""
    scenario = anchor.scenario
    assert scenario is not None
    assert anchor.rota is not None
    assert anchor.need is not None
    service = steps.simulate(anchor.rota, scaled(volumes, factor), scenario, seed=seed)
    hours = judged(anchor.need, scenario)
    return misses(service, anchor.need, hours, scenario.zone, scenario.skills), service


def piling_up(service: Service) -> tuple[str, ...]:
    """Queues of which more wait week after week: within one period a long promise hides that for a while."""
    weeks = round(service.weeks)
    if weeks < 2:  # one week tells no slope
        return ()
    ends = np.linspace(0, service.intervals, weeks + 1).round().astype(int)[1:] - 1
    mean = waiting(service)[:, :, ends].mean(axis=0)
    r, found = service.records, []
    for row, queue in enumerate(service.queues):
        came = float((r.queue == row).sum()) / service.replications / weeks
        slope = float(mean[row, -1] - mean[row, 0]) / (weeks - 1)
        if queue.handled_as != "live" and slope > PILES * came:
            found.append(queue.name)
    return tuple(found)


def anchor_of(
    base: Scenario, kinds: Sequence[Kind], more: Sequence[int], volumes: Volumes, guess: float
) -> Anchor:
    """A rota of a team for a guessed volume, and the most volume at which it keeps every promise.

    Parameters
    ----------
    guess: factor on the forecast for which the rota is made.
    """
    try:
        scenario = with_people(base, kinds, more)
        need, _ = trim_edges(steps.require(scaled(volumes, guess), scenario), scenario)
        rota = steps.schedule(need, scenario).rota
    except PlannerError:
        return Anchor(tuple(more), 0.0, LEAST)
    found = Anchor(tuple(more), 0.0, MOST, (), scenario, rota, need)
    low, high = 0.0, MOST
    late: tuple[str, ...] = ()
    at = guess
    while high - low > FINE * max(high, LEAST) and LEAST <= at <= MOST:
        missed, service = seen(found, volumes, at)
        short = tuple(dict.fromkeys((*missed.short, *piling_up(service))))
        low, high, late = (low, at, short) if short else (at, high, late)
        near = at * 0.9 if not low else at * 1.1 if high == MOST else (low + high) / 2
        at = max(LEAST, min(MOST, near)) if near != at else near
        if at in (low, high):
            break
    return replace(found, keeps=low, fails=high, late=late)


@dataclass(frozen=True, eq=False)
class Ladder:
    """Teams from the smallest to the largest that was asked about, each with one person more.

    Attributes
    ----------
    rungs: by people; of each size the team that keeps most. tried: every team that was worked out.
    """

    kinds: tuple[Kind, ...]
    rungs: tuple[Anchor, ...]
    tried: tuple[Anchor, ...] = ()

    def needed(self, factor: float) -> tuple[float, ...] | None:
        """People of each kind more than today's that a volume needs; None: more than was worked out.

        Below the smallest team it is that one.
        """
        rungs = self._rising
        if factor > rungs[-1].keeps:
            return None
        for below, above in pairwise(rungs):
            if below.keeps < factor <= above.keeps:
                part = (factor - below.keeps) / (above.keeps - below.keeps)
                return tuple(a + (b - a) * part for a, b in zip(below.more, above.more, strict=True))
        return tuple(map(float, rungs[0].more))

    def team(self, factor: float) -> Anchor | None:
        """The smallest team that keeps a volume, as it was simulated; None: none did."""
        return next((rung for rung in self._rising if rung.keeps >= factor), None)

    def within(self, there: Sequence[float]) -> Anchor | None:
        """The largest team of whom there are as many of each kind."""
        fits = [r for r in self.rungs if all(m <= t + 0.5 for m, t in zip(r.more, there, strict=True))]
        return fits[-1] if fits else None

    @property
    def _rising(self) -> list[Anchor]:
        """Teams that keep more than every smaller one."""
        found: list[Anchor] = []
        for rung in self.rungs:
            if rung.rota is not None and (not found or rung.keeps > found[-1].keeps):
                found.append(rung)
        return found or list(self.rungs[:1])


def ladder(
    base: Scenario,
    kinds: Sequence[Kind],
    volumes: Volumes,
    lowest: float,
    highest: float,
    on_team: Callable[[Anchor], None] | None = None,
    is_cancelled: IsCancelled | None = None,
) -> Ladder:
    """Teams one person at a time, until one keeps the highest volume and one does not keep the lowest.

    Of the kinds that could be added or left out, the team that keeps most is gone on from; if two keep as
    much, the cheaper one.
    """
    tried: list[Anchor] = []

    def work_out(more: tuple[int, ...], guess: float) -> Anchor:
        found = anchor_of(base, kinds, more, volumes, min(MOST, max(LEAST, guess)))
        tried.append(found)
        if on_team is not None:
            on_team(found)
        return found

    def stopped() -> bool:
        return is_cancelled is not None and is_cancelled()

    def steps_from(rung: Anchor, step: int) -> Iterator[Anchor]:
        while not (rung.keeps >= highest if step > 0 else rung.keeps < lowest):
            if abs(rung.people) >= MOST_STEPS or stopped():
                return
            size = people + rung.people
            guess = (rung.keeps or lowest) * (size + step) / max(1, size)
            found = [work_out(more, guess) for more in _next(rung, kinds, step)]
            if not found:
                return
            most = max(each.keeps for each in found)
            rung = min((e for e in found if e.keeps >= most - _TIE), key=lambda e: _wages(e, kinds))
            yield rung

    people = sum(len(kind.team) for kind in kinds)
    today = start = work_out((0,) * len(kinds), 1.0)
    if today.keeps > FAR * highest:  # far more than is asked: the teams in between say nothing
        sizes = (max(1, math.ceil(FAR * len(k.team) * highest / today.keeps)) - len(k.team) for k in kinds)
        start = work_out(tuple(min(0, size) for size in sizes), highest)
    rungs = [*dict.fromkeys((today, start)), *steps_from(start, 1), *steps_from(start, -1)]
    rungs.sort(key=lambda rung: rung.people)
    return Ladder(tuple(kinds), tuple(rungs), tuple(tried))


def _next(rung: Anchor, kinds: Sequence[Kind], step: int) -> Iterator[tuple[int, ...]]:
    """Teams with one person of a kind more or fewer."""
    for kind in kinds:
        more = tuple(have + step * (number == kind.number) for number, have in enumerate(rung.more))
        if more[kind.number] + len(kind.team) >= 1:
            yield more


def _wages(anchor: Anchor, kinds: Sequence[Kind]) -> float:
    return sum(kind.wage * count for kind, count in zip(kinds, anchor.more, strict=True))
