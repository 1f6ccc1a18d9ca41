"""Contacts with all their random numbers, drawn before anybody answers them.

What is drawn belongs to (seed, replication, name of the queue, stream), never to the rota: two rotas, or two
teams, meet the same customers (common random numbers), and the error of a difference between them is small.
One queue more or fewer changes nothing for the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from planner.demand import Queue, Volumes, stream_of
from planner.demand.queue import LIVE_CHANNELS
from planner.service.doors import Doors, through_doors
from planner.service.settings import ServiceSettings

_WHEN, _HANDLE, _PATIENCE, _TOUCHES, _AGAIN_HANDLE, _AGAIN_DELAY, _DOOR, _BAD_HOURS = range(8)
_BAD_HOURS_CONTACTS, _CARRIED_CONTACTS = 100, 200
_QUEUES = 0


@dataclass(frozen=True, eq=False)
class Contacts:
    """One replication's contacts, in order of ready_at.

    Attributes
    ----------
    offered_to, queue: number of the queue they came to, and of the one that serves them.
    came_at: seconds, when they first came.
    arrived_at: seconds; for those who come back at opening, when they do. arrived_open: their queue was
        open when they first came.
    ready_at: when work on them can begin; voicemail waits for the opening. Infinite: never.
    turned_away: the door was closed and they did not come back.
    live, soft: a customer is on the line; can be put down for one who is.
    gives_up_at: end of patience.
    carried: waited already when the period began. voicemail: is called back.
    touch_from, handle, delay: touches as in ``World``.
    """

    offered_to: np.ndarray
    queue: np.ndarray
    came_at: np.ndarray
    arrived_at: np.ndarray
    arrived_open: np.ndarray
    ready_at: np.ndarray
    turned_away: np.ndarray
    live: np.ndarray
    soft: np.ndarray
    gives_up_at: np.ndarray
    carried: np.ndarray
    voicemail: np.ndarray
    touch_from: np.ndarray
    handle: np.ndarray
    delay: np.ndarray


def stream(settings: ServiceSettings, replication: int, queue: str, number: int) -> np.random.Generator:
    """The random numbers of one purpose."""
    return np.random.default_rng(
        np.random.SeedSequence(settings.seed, spawn_key=(_QUEUES, replication, stream_of(queue), number))
    )


def contacts_of(
    counts: np.ndarray,
    volumes: Volumes,
    queues: Sequence[Queue],
    open_: np.ndarray,
    settings: ServiceSettings,
    replication: int,
    surplus: np.ndarray | None = None,
) -> Contacts:
    """One replication's contacts, from arrivals per queue and interval.

    Parameters
    ----------
    counts: arrivals, shape (queues, intervals).
    volumes: the forecast they were drawn from.
    queues: in the order of the rows.
    open_: whether each queue is open, shape (queues, quarter-hours).
    settings: seed, doors, handle times.
    replication: number of this one, from 0.
    surplus: per interval, how many times the forecast comes on top; None: nothing does.
    """
    waiting = [settings.open_tickets.get(queue.name, 0) for queue in queues]
    come = [
        _arrivals(counts[q], waiting[q], q, volumes, settings, replication, surplus)
        for q in range(len(queues))
    ]
    offered = np.concatenate([np.full(len(part[0]), q, dtype=np.int64) for q, part in enumerate(come)])
    carried = np.concatenate(
        [np.arange(len(part[0])) < count for part, count in zip(come, waiting, strict=True)]
    )
    when, handle, patience, again, door = (np.concatenate(column) for column in zip(*come, strict=True))
    doors = through_doors(offered, when, door, Doors.of(queues, open_, settings.when_closed), carried)
    mean, sigma, give_up, more = _per_queue(queues, settings)
    queue = doors.queue
    # Voicemail is called back: nobody is on the line, and a call cannot be put down.
    live = np.array([q.channel in LIVE_CHANNELS for q in queues])[queue] & ~doors.voicemail
    soft = np.array([q.interruptible and q.channel not in LIVE_CHANNELS for q in queues])[queue]
    first_handle = _handle(handle, mean[queue], sigma[queue], settings)
    touches = 1 + np.where(live | doors.voicemail, 0, _follow_ups(again, more[queue]))
    with np.errstate(invalid="ignore"):
        gives_up_at = np.where(live, doors.arrived_at + patience * give_up[queue], np.inf)
    order = np.argsort(doors.ready_at, kind="stable")
    rows = _Touches.of(
        order, offered, queue, touches, first_handle, mean, sigma, settings, replication, volumes.queues
    )
    return Contacts(
        offered_to=offered[order],
        queue=queue[order],
        came_at=when[order],
        arrived_at=doors.arrived_at[order],
        arrived_open=doors.arrived_open[order],
        ready_at=doors.ready_at[order],
        turned_away=doors.turned_away[order],
        live=live[order],
        soft=soft[order],
        gives_up_at=gives_up_at[order],
        carried=carried[order],
        voicemail=doors.voicemail[order],
        touch_from=rows.touch_from,
        handle=rows.handle,
        delay=rows.delay,
    )


def _arrivals(
    counts: np.ndarray,
    waiting: int,
    queue: int,
    volumes: Volumes,
    settings: ServiceSettings,
    replication: int,
    surplus: np.ndarray | None,
) -> tuple[np.ndarray, ...]:
    """Times and raw random numbers of a queue's contacts: carried ones, those of usual hours, of bad ones."""
    name = volumes.queues[queue]
    parts = [_raw(counts, name, volumes, settings, replication, 0)]
    if waiting:
        at_once = _raw(np.array([waiting]), name, volumes, settings, replication, _CARRIED_CONTACTS)
        parts.insert(0, (np.zeros(waiting), *at_once[1:]))
    if surplus is not None:
        more = stream(settings, replication, name, _BAD_HOURS).poisson(volumes.mean[queue] * surplus)
        parts.append(_raw(more, name, volumes, settings, replication, _BAD_HOURS_CONTACTS))
    return tuple(np.concatenate(column) for column in zip(*parts, strict=True))


def _raw(
    counts: np.ndarray, queue: str, volumes: Volumes, settings: ServiceSettings, replication: int, base: int
) -> tuple[np.ndarray, ...]:
    """Time of arrival, handle draw, patience draw, follow-up draw, door draw."""
    interval = volumes.interval_minutes * 60.0
    k = np.repeat(np.arange(len(counts)), counts)
    n = len(k)

    def of(number: int) -> np.random.Generator:
        return stream(settings, replication, queue, base + number)

    when = np.sort((k + of(_WHEN).random(n)) * interval)
    handle = of(_HANDLE)
    draws = (
        handle.standard_exponential(n)
        if settings.handle_times == "exponential"
        else handle.standard_normal(n)
    )
    return when, draws, of(_PATIENCE).standard_exponential(n), of(_TOUCHES).random(n), of(_DOOR).random(n)


def _per_queue(queues: Sequence[Queue], settings: ServiceSettings) -> tuple[np.ndarray, ...]:
    """Mean handle time, lognormal sigma, mean patience and chance of one more touch, by queue."""
    return (
        np.array([q.aht_seconds for q in queues], dtype=float),
        np.sqrt(np.log1p(np.array([q.cv for q in queues], dtype=float) ** 2)),
        np.array([np.inf if q.patience_seconds is None else q.patience_seconds for q in queues], dtype=float),
        np.array([1 - 1 / max(1.0, q.replies) for q in queues], dtype=float),
    )


def _handle(draws: np.ndarray, mean: np.ndarray, sigma: np.ndarray, settings: ServiceSettings) -> np.ndarray:
    """Handle times of the stated mean; lognormal: mu = ln mean - sigma^2 / 2, sigma^2 = ln(1 + cv^2)."""
    lognormal = settings.handle_times == "lognormal"
    scale: np.ndarray = np.exp(sigma * draws - sigma * sigma / 2) if lognormal else draws
    result: np.ndarray = mean * scale
    return result


def _follow_ups(draws: np.ndarray, more: np.ndarray) -> np.ndarray:
    """Geometric number of follow-ups: after each reply the customer writes again with chance ``more``."""
    with np.errstate(divide="ignore"):
        again: np.ndarray = np.where(more > 0, np.floor(np.log1p(-draws) / np.log(more)), 0)
    return again.astype(np.int64)


@dataclass(frozen=True, eq=False)
class _Touches:
    """Flat rows of touches, contact by contact."""

    touch_from: np.ndarray
    handle: np.ndarray
    delay: np.ndarray

    @classmethod
    def of(
        cls,
        order: np.ndarray,
        offered: np.ndarray,
        queue: np.ndarray,
        touches: np.ndarray,
        first_handle: np.ndarray,
        mean: np.ndarray,
        sigma: np.ndarray,
        settings: ServiceSettings,
        replication: int,
        names: Sequence[str],
    ) -> _Touches:
        """First touches as drawn; follow-ups drawn queue by queue, in order of arrival."""
        touch_from = np.concatenate([[0], np.cumsum(touches[order])]).astype(np.int64)
        handle, delay = np.zeros(touch_from[-1]), np.zeros(touch_from[-1])
        place = np.empty(len(order), dtype=np.int64)
        place[order] = touch_from[:-1]
        handle[place] = first_handle
        for q, name in enumerate(names):
            mine = np.flatnonzero(offered == q)
            owner = np.repeat(mine, touches[mine] - 1)
            nth = np.arange(len(owner)) - np.repeat(
                np.cumsum(touches[mine] - 1) - (touches[mine] - 1), touches[mine] - 1
            )
            again = stream(settings, replication, name, _AGAIN_HANDLE)
            exponential = settings.handle_times == "exponential"
            draws = (
                again.standard_exponential(len(owner)) if exponential else again.standard_normal(len(owner))
            )
            handle[place[owner] + 1 + nth] = _handle(draws, mean[queue[owner]], sigma[queue[owner]], settings)
            gaps = stream(settings, replication, name, _AGAIN_DELAY).standard_exponential(len(owner))
            delay[place[owner] + 1 + nth] = gaps * settings.reply_delay_seconds
        return cls(touch_from, handle, delay)
