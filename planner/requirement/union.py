"""Live queues that share people, as one pool."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from planner.demand import Queue
from planner.requirement.horizon import Horizon
from planner.requirement.live import LiveNeed, pool_need
from planner.requirement.pool import Pool
from planner.requirement.sending import in_one_pool
from planner.requirement.settings import NeedSettings


def union(
    queues: Sequence[Queue], singles: Mapping[str, LiveNeed], horizon: Horizon, settings: NeedSettings
) -> LiveNeed:
    """People needed at work for live queues that share them, as if they were one queue.

    The pool has the sum of the loads, the shortest answer time and the strictest share of its
    queues. Its handle time is their mean weighted by load over the whole horizon (waits behind
    mixed work scale with E[S^2] / E[S], as Pollaczek-Khinchine has it), and it is as patient as its
    most patient queue. Its share is of those offered, unless all its queues agree on something else,
    and it holds in every interval unless all promise it over the day. Queue by queue is always
    possible too, so the pool never needs more than its queues together, nor less than any of them.

    Queues whose chats are held alike, several at once, are a pool of chats. Among other queues, a
    chat counts for the time that one person with all chats open needs for each. Forecasts of
    different queues err independently.

    Queues whose replies must be sent in time are a pool of their own kind: of them, the promise that
    leaves least room for a wait holds at the load of all, with phone and chat coming first. Of phone and
    chat the pool needs what they need by themselves where every reply can be put down for them, or else
    what their promises ask for at the load of all.
    """
    calls = [queue for queue in queues if singles[queue.name].pool.replies is None]
    if len(calls) < len(queues):
        return _with_replies(queues, calls, singles, horizon, settings)
    parts = [singles[queue.name] for queue in queues]
    pool, load = _pooled(queues, parts, settings)
    contacts = np.sum([part.contacts for part in parts], axis=0)
    is_open = horizon.any_open([queue.name for queue in queues])
    return pool_need(contacts, load, is_open, pool, horizon, settings, parts)


def _with_replies(
    queues: Sequence[Queue],
    calls: Sequence[Queue],
    singles: Mapping[str, LiveNeed],
    horizon: Horizon,
    settings: NeedSettings,
) -> LiveNeed:
    """``union`` with queues whose replies must be sent in time; ``calls``: the others."""
    parts = [singles[queue.name] for queue in queues]
    pool, load = _pooled(queues, parts, settings)
    pool = replace(pool, patience_seconds=None, definition="offered", max_abandon=None)
    replies = in_one_pool([part.pool.replies for part in parts], _weights(parts))
    assert replies is not None
    contacts = np.sum([part.contacts for part in parts], axis=0)
    is_open = horizon.any_open([queue.name for queue in queues])
    least = []
    if calls:
        theirs = union(calls, singles, horizon, settings) if len(calls) > 1 else singles[calls[0].name]
        least.append(theirs)
        if not all(queue.interruptible for queue in queues if queue not in calls):
            promise = theirs.pool
            behind = replace(
                pool, within_seconds=promise.within_seconds, share=promise.share, over=promise.over
            )
            touches = load * (1.0 + replies.later)  # all of them may be in hand when a call comes
            least.append(pool_need(contacts, touches, is_open, behind, horizon, settings))
    pool = replace(pool, within_seconds=replies.within_seconds, share=replies.share, replies=replies)
    return pool_need(contacts, load, is_open, pool, horizon, settings, parts, least)


def _weights(parts: Sequence[LiveNeed]) -> np.ndarray:
    """Parts of a pool's load that its queues bring."""
    alike = len(
        {(part.pool.chats_at_once, part.pool.chat_speed[: part.pool.chats_at_once]) for part in parts}
    )
    loads = np.array([part.load.sum() / (1.0 if alike == 1 else part.pool.one_person) for part in parts])
    # Shares, not loads: the square of a very small load is 0.
    weights: np.ndarray = loads / loads.sum() if loads.sum() > 0 else np.full(len(parts), 1 / len(parts))
    return weights


def _pooled(
    queues: Sequence[Queue], parts: Sequence[LiveNeed], settings: NeedSettings
) -> tuple[Pool, np.ndarray]:
    """Queues as one pool by the promises to take up their contacts, and its load."""
    held = {(queue.chats_at_once, queue.chat_speed[: queue.chats_at_once]) for queue in queues}
    shares = [1.0 if len(held) == 1 else part.pool.one_person for part in parts]
    at_once, speed = held.pop() if len(held) == 1 else (1, (1.0,))
    weights = _weights(parts)
    handled = [part.pool.aht_seconds / share for part, share in zip(parts, shares, strict=True)]
    patience = [queue.patience_seconds for queue in queues]
    erring = np.array([part.pool.variance for part in parts])
    definitions = {queue.promise.definition for queue in queues}
    caps = [queue.max_abandon for queue in queues if queue.max_abandon is not None]
    pool = Pool(
        aht_seconds=float(np.average(handled, weights=weights)),
        within_seconds=min(queue.promise.within_seconds for queue in queues),
        patience_seconds=None if None in patience else max(value for value in patience if value is not None),
        share=max(queue.promise.share for queue in queues),
        chats_at_once=at_once,
        chat_speed=speed,
        variance=float((erring * weights**2).sum()),
        policy=settings.policy,
        quantile=settings.quantile,
        definition=definitions.pop() if len(definitions) == 1 else "offered",
        max_abandon=min(caps) if len(caps) == len(queues) else None,
        over="day" if all(queue.promise.over == "day" for queue in queues) else "interval",
    )
    return pool, np.sum([part.load / share for part, share in zip(parts, shares, strict=True)], axis=0)
