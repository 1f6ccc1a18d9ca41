"""Contacts that come in some hours of the week: how many, how long they wait, and what becomes of them.

Hours are those in which contacts first come to a queue, wherever they are sent then and whenever they come
back. Two simulations with one seed and one forecast meet the same contacts, so that the same hours before
and after a change are the same customers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import nan
from typing import TYPE_CHECKING

import numpy as np

from planner.service import FEWEST_CONTACTS, Outcome, fates
from planner.study.edges import left_out_of

if TYPE_CHECKING:
    from planner.service import Service
    from planner.study.plan import Plan

QUARTER_SECONDS = 900
Masks = Mapping[str, np.ndarray]
"""Queue to whether each quarter-hour of the period is one of the hours."""


@dataclass(frozen=True)
class Coming:
    """Contacts that come in some hours.

    Attributes
    ----------
    contacts: a week, mean. low, high: one week of ten has fewer, one more; holidays count as they fall.
    share: of the week's contacts. All NaN where nobody knows how many come.
    """

    contacts: float = nan
    low: float = nan
    high: float = nan
    share: float = nan


@dataclass(frozen=True)
class Became:
    """What becomes of contacts that come in some hours.

    Attributes
    ----------
    median, nine: seconds from first coming to the first answer, of those answered or still waiting (with what
        they have waited): half and 9 of 10 wait no longer. NaN where too few are simulated.
    lost: share that finds it closed and does not come back. returned: comes back at opening. called_back:
        leaves a message. moved: is sent to another queue. waited: stays in its queue, until that opens if it
        is closed. The five make 1. hung_up: share of all that hangs up.
    """

    median: float = nan
    nine: float = nan
    lost: float = nan
    returned: float = nan
    called_back: float = nan
    moved: float = nan
    waited: float = nan
    hung_up: float = nan


def open_quarters(made: Plan) -> dict[str, np.ndarray]:
    """Whether each queue is open in each quarter-hour of the period, from the opening hours alone."""
    first, quarters = made.need.first_quarter, made.need.intervals * made.need.quarters_per_interval
    return {
        queue.name: made.scenario.opening[queue.name].mask(first, quarters) for queue in made.scenario.queues
    }


def newly(stage: Plan, before: Plan) -> dict[str, np.ndarray]:
    """Quarter-hours in which a queue is open in a stage and was not before; by queue of the stage."""
    then = open_quarters(before)
    return {
        name: open_ & ~then.get(name, np.zeros_like(open_)) for name, open_ in open_quarters(stage).items()
    }


def in_reach(made: Plan) -> dict[str, np.ndarray]:
    """Quarter-hours of the period but those at its edges that only a neighbouring period could serve.

    Who comes at an edge waits for want of last period's rota, or of the next one's, not of this one.
    """
    names = [queue.name for queue in made.scenario.queues]
    edges = np.repeat(left_out_of(made.scenario, names), made.need.quarters_per_interval, axis=1)
    return {name: ~edge for name, edge in zip(names, edges, strict=True)}


def answerable(before: Plan, stage: Plan) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    """Hours whose contacts can be answered within the period, before and after a change.

    Of others nobody can say how long they wait: their queue does not open again, or they come at an edge of
    the period of one of the two, so that both are left aside there.
    """
    edges = in_reach(before), in_reach(stage)
    then, now = (
        {
            name: mask & np.logical_and.reduce([each[name] for each in edges if name in each])
            for name, mask in opens_later(open_quarters(made)).items()
        }
        for made in (before, stage)
    )
    return then, now


def opens_later(masks: Masks) -> dict[str, np.ndarray]:
    """Quarter-hours after which a queue is open once more within the period.

    Whoever comes later may be answered only after the end of the period: nobody knows how long they wait.

    Examples
    --------
    >>> opens_later({"email": np.array([False, True, False])})["email"].tolist()
    [True, True, False]
    """
    return {name: np.logical_or.accumulate(mask[::-1])[::-1] for name, mask in masks.items()}


class Came:
    """The contacts of one simulation by when they first came, with what became of them."""

    def __init__(self, service: Service) -> None:
        records = service.records
        self.service, self.records = service, records
        self.number = {queue.name: place for place, queue in enumerate(service.queues)}
        quarters = service.open_.shape[1]
        self.quarter = np.clip((records.came // QUARTER_SECONDS).astype(np.int64), 0, quarters - 1)
        self.counted = ~records.carried
        # Who comes back at opening has waited since they first came.
        self.waited = fates(service).waited + (records.arrived - records.came)
        step = service.interval_minutes // 15
        self.week = np.unique(np.repeat(np.asarray(service.week_of), step), return_inverse=True)[1]
        self.weeks = int(self.week.max()) + 1

    def within(self, masks: Masks) -> np.ndarray:
        """Which contacts first came in some hours of their queue."""
        table = np.zeros(self.service.open_.shape, dtype=bool)
        for name, mask in masks.items():
            if name in self.number:
                table[self.number[name]] = mask
        found: np.ndarray = self.counted & table[self.records.offered_to, self.quarter]
        return found

    def stamps(self, queue: str, mask: np.ndarray) -> np.ndarray:
        """Life and second of each contact that comes to a queue in some hours, in order; shape (2, n)."""
        mine = self.within({queue: mask})
        order = np.lexsort((self.records.came[mine], self.records.replication[mine]))
        stamps: np.ndarray = np.stack([self.records.replication[mine], self.records.came[mine]])[:, order]
        return stamps

    def coming(self, masks: Masks) -> Coming:
        """How many contacts come in some hours, of all contacts of the queues that have a mask."""
        mine = self.within(masks)
        everybody = self.within({name: np.ones_like(mask) for name, mask in masks.items()})
        cell = self.records.replication[mine] * self.weeks + self.week[self.quarter[mine]]
        counts = np.bincount(cell, minlength=self.service.replications * self.weeks)
        low, high = np.quantile(counts, (0.1, 0.9)).tolist()
        of = int(everybody.sum())
        return Coming(float(counts.mean()), low, high, float(mine.sum()) / of if of else nan)

    def became(self, masks: Masks, answerable: Masks) -> Became:
        """What becomes of contacts of some hours.

        Parameters
        ----------
        answerable: hours whose contacts can be answered within the period; others are left aside.
        """
        told = {name: mask & answerable[name] for name, mask in masks.items() if name in answerable}
        mine = self.within(told)
        count = int(mine.sum())
        if count < FEWEST_CONTACTS:
            return Became()
        records = self.records
        lost = mine & (records.outcome == Outcome.TURNED_AWAY)
        moved = mine & ~lost & (records.queue != records.offered_to)
        back = mine & ~lost & ~moved & (records.came != records.arrived)
        message = mine & ~lost & ~moved & ~back & records.voicemail
        rest = mine & ~lost & ~moved & ~back & ~message
        hung_up = mine & (records.outcome == Outcome.ABANDONED)
        stayed = self.waited[mine & ~lost & ~hung_up]
        shares = [float(part.sum()) / count for part in (lost, back, message, moved, rest, hung_up)]
        return Became(_percentile(stayed, 0.5), _percentile(stayed, 0.9), *shares)


def _percentile(waits: np.ndarray, share: float) -> float:
    """The wait that so many do not exceed: one that was really waited."""
    if len(waits) < FEWEST_CONTACTS:
        return nan
    return float(np.quantile(waits, share, method="inverted_cdf"))


def hours_a_week(masks: Masks, weeks: float) -> float:
    """Clock hours a week in which at least one of the queues has one of its hours.

    Examples
    --------
    >>> hours_a_week({"email": np.array([True, True]), "phone": np.array([False, True])}, 0.5)
    1.0
    """
    if not masks:
        return 0.0
    return float(np.logical_or.reduce(list(masks.values())).sum()) / 4 / weeks


def apart(masks: Masks) -> dict[str, Masks]:
    """All queues as "", and each queue that has any of the hours by its name."""
    return {"": masks, **{name: {name: mask} for name, mask in masks.items() if mask.any()}}


def same_contacts(now: Came, then: Came, masks: Masks) -> bool:
    """Whether exactly the same contacts come in some hours of two simulations, so that they are pairs."""
    return all(
        np.array_equal(now.stamps(name, mask), then.stamps(name, mask))
        for name, mask in masks.items()
        if mask.any()
    )
