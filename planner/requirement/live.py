"""Live queues: people needed at work, for a queue or a pool of them (``union``)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from planner.demand import LIVE_CHANNELS, Queue, Spread
from planner.requirement.forward import walk
from planner.requirement.horizon import Horizon
from planner.requirement.levels import levels_of
from planner.requirement.overday import fewest_over_day
from planner.requirement.pool import Pool
from planner.requirement.sending import replies_of
from planner.requirement.settings import NeedSettings
from planner.requirement.uncertainty import relative_variance

ROUNDING = 1e-12
MOST_FOLLOWED = 100.0  # erlang; larger pools would take minutes
FORECAST_IS_RIGHT = Spread()


@dataclass(frozen=True, eq=False)
class LiveNeed:
    """People needed to answer a set of live queues, before shrinkage.

    Attributes
    ----------
    contacts: that come in each interval; 0 while closed, because nobody can call.
    load: erlang in each interval. Chats count as if held alone.
    service: people that the answer time asks for.
    staying: people with whom no more hang up than may.
    busy: people who keep occupancy at its cap.
    net: the largest of these.
    pool: the queues as one.
    levels: service level that the net people give, where the period was walked; None: by the formula.
    """

    contacts: np.ndarray
    load: np.ndarray
    service: np.ndarray
    staying: np.ndarray
    busy: np.ndarray
    net: np.ndarray
    pool: Pool
    levels: np.ndarray | None = None

    @property
    def method(self) -> str:
        """Name of the formula, for the report."""
        if self.pool.over == "day":
            return f"{self.pool.method} over the day"
        return self.pool.method if self.levels is None else f"{self.pool.method} forward"

    @property
    def binding(self) -> np.ndarray:
        """What asks for the people: the answer time, hang-ups, or occupancy, in this order where alike."""
        capped = np.where(self.staying >= self.net, "abandonment", "occupancy")
        reason: np.ndarray = np.where(self.service >= self.net, "service level", capped)
        return reason

    @property
    def taken(self) -> np.ndarray:
        """People whom this work keeps from other work, at most: chats at once share theirs."""
        return self.load if self.pool.chats_at_once == 1 else np.minimum(self.load, self.net)

    def predicted(self) -> np.ndarray:
        """Service level that the net people give; NaN where nobody calls (see ``levels``)."""
        if self.levels is not None:
            return self.levels
        return levels_of(self.load, self.net, self.pool.predicted)


def single(queue: Queue, horizon: Horizon, settings: NeedSettings) -> LiveNeed:
    """People needed at work for one live queue.

    E-mail and social that are handled as live have the load of their first replies, which must be sent
    in time (see ``sending``); all their work, with that of contacts that come while closed, is in the
    backlogs.
    """
    is_open = horizon.is_open[queue.name]
    contacts = np.where(is_open, horizon.contacts_of(queue.name), 0.0)
    aht = horizon.aht_seconds(queue)
    pool = Pool(
        aht_seconds=aht,
        within_seconds=queue.promise.within_seconds,
        patience_seconds=queue.patience_seconds if queue.channel in LIVE_CHANNELS else None,
        share=queue.promise.share,
        chats_at_once=queue.chats_at_once,
        chat_speed=queue.chat_speed,
        variance=relative_variance(horizon.volumes.spread.get(queue.name, FORECAST_IS_RIGHT)),
        policy=settings.policy,
        quantile=settings.quantile,
        definition=queue.promise.definition,
        max_abandon=queue.max_abandon,
        over=queue.promise.over,
        replies=replies_of(queue, aht),
    )
    return pool_need(contacts, contacts * aht / horizon.interval_seconds, is_open, pool, horizon, settings)


def pool_need(
    contacts: np.ndarray,
    load: np.ndarray,
    is_open: np.ndarray,
    pool: Pool,
    horizon: Horizon,
    settings: NeedSettings,
    parts: Sequence[LiveNeed] = (),
    least: Sequence[LiveNeed] = (),
) -> LiveNeed:
    """People for a pool; ``parts``: what each of its queues needs alone; ``least``: what some do together."""
    staffed = pool.staffed(load)
    # The forecast has rounding errors of its own: 48 erlang / 0.75 are 64 people, not 65.
    capacity = settings.occupancy_cap * pool.one_person
    busy = np.ceil(staffed / capacity * (1.0 - ROUNDING)).astype(np.int64)
    floors = (*parts, *least)
    busy = np.max([busy, *(part.busy for part in floors)], axis=0)
    alone = np.max([np.zeros_like(busy), *(part.service for part in floors)], axis=0)
    added_up = np.sum([part.net for part in parts], axis=0) if parts else None
    followed = settings.method == "forward" and staffed.max(initial=0.0) <= MOST_FOLLOWED
    followed = followed and pool.replies is None
    if pool.over == "interval" and followed:
        staying = np.max([np.zeros_like(busy), *(part.staying for part in floors)], axis=0)
        return _walked(LiveNeed(contacts, load, alone, staying, busy, busy, pool), is_open, horizon, added_up)
    staying = np.max([pool.teams_who_stay(load), *(part.staying for part in floors)], axis=0)
    if pool.over == "day":
        caps = np.maximum(busy, staying)
        people = _over_days(contacts, staffed, pool, horizon, np.maximum(caps, alone))
        service = np.where((people > caps) | (people == 1), people, 0)
    else:
        service = np.maximum(pool.teams(load), alone)
    net = np.max([service, staying, busy], axis=0)
    if added_up is not None:
        net = _no_more_than(net, added_up, pool, horizon)
    return LiveNeed(contacts, load, service, staying, busy, net, pool)


def _walked(least: LiveNeed, is_open: np.ndarray, horizon: Horizon, added_up: np.ndarray | None) -> LiveNeed:
    """The people of a pool that is followed through the period, never fewer than ``least``.

    What is predicted is what the net people give at the forecast's mean.
    """
    pool, seconds = least.pool, horizon.interval_seconds
    come = pool.staffed(least.load) * seconds / pool.aht_seconds
    floor = np.max([least.service, least.staying, least.busy], axis=0)
    guess = np.maximum(pool.teams(least.load), 1)
    got = walk(come, is_open, seconds, pool.callers, pool.goal, floor, guess)
    net = got.people if added_up is None else np.minimum(got.people, added_up)
    levels = got.level
    if pool.policy == "quantile" or (net < got.people).any():
        come = least.load * seconds / pool.aht_seconds
        levels = walk(come, is_open, seconds, pool.callers, pool.goal, net).level
    return replace(
        least,
        service=np.maximum(least.service, got.service),
        staying=np.maximum(least.staying, got.staying),
        net=net,
        levels=levels,
    )


def _no_more_than(net: np.ndarray, added_up: np.ndarray, pool: Pool, horizon: Horizon) -> np.ndarray:
    """Queue by queue where that takes fewer people; a promise over the day is kept for whole days."""
    fewest: np.ndarray = np.minimum(net, added_up)
    if pool.over == "interval":
        return fewest
    day = horizon.volumes.day_of - horizon.volumes.day_of.min()
    fewer = np.bincount(day, added_up) < np.bincount(day, net)
    return np.where(fewer[day], added_up, net)


def _over_days(
    contacts: np.ndarray, staffed: np.ndarray, pool: Pool, horizon: Horizon, floor: np.ndarray
) -> np.ndarray:
    """People whom a promise over each local day asks for, never below the floor."""
    least = np.maximum(floor, staffed > 0)
    if pool.patience_seconds is None:
        # patient customers must not be more than can be answered, in any interval
        stable = np.floor(staffed / pool.one_person * (1.0 + ROUNDING)).astype(np.int64) + 1
        least = np.where(staffed > 0, np.maximum(least, stable), least)
    people: np.ndarray = least.copy()
    known: dict[tuple[float, int], float] = {}

    def margin(load: float, agents: int) -> float:
        if (load, agents) not in known:
            in_time, of, _ = pool.planned_for(load, agents)
            known[load, agents] = in_time - pool.aim * of
        return known[load, agents]

    for day in np.unique(horizon.volumes.day_of):
        hours = np.flatnonzero(horizon.volumes.day_of == day)
        loads, come = staffed[hours].tolist(), contacts[hours].tolist()

        def gain(k: int, agents: int, loads: list[float] = loads, come: list[float] = come) -> float:
            return come[k] * margin(loads[k], agents)

        people[hours] = fewest_over_day(gain, least[hours].tolist(), come)
    return people
