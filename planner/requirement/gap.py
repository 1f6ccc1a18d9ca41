"""People between what a pool of live queues keeps and what it promises."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from planner.demand import Queue
from planner.requirement.pool import Pool
from planner.requirement.sending import in_one_pool, replies_of
from planner.requirement.settings import NeedSettings
from planner.requirement.shrinkage import present_share


def people_between(
    queues: Sequence[Queue], contacts: Sequence[float], kept: Sequence[float], settings: NeedSettings
) -> int:
    """People on duty that lift live queues, as one pool, from the shares kept to those promised.

    The difference of two of the smallest teams, so that what the formula leaves out (who speaks what,
    how busy the people are otherwise) cancels as far as it can. Shares of the pool are means over its
    contacts; its answer time and patience are as in ``union.union``. Queues of e-mail and social alone
    are judged by when their replies are sent.

    Parameters
    ----------
    contacts: of each queue, per hour. kept: share of each within its promise.
    settings: whose shrinkage makes people on duty of people at work.

    Returns
    -------
    At least 1.

    Examples
    --------
    >>> from planner.demand import Promise
    >>> calls = [Queue(f"phone {x}", "phone", x, 370, Promise(0.8, 20), patience_seconds=120) for x in "ab"]
    >>> people_between(calls, [40.0, 10.0], [0.5, 0.4], NeedSettings())
    2
    """
    share = np.asarray(contacts, dtype=float)
    total = float(share.sum())
    target = float(np.average([queue.promise.share for queue in queues], weights=share)) if total else 0.0
    now = float(np.average(kept, weights=share)) if total else 0.0
    if not 0.0 < now < target:
        return 1
    pool, load = _pool(queues, share)
    more = pool.promising(target).team(load) - pool.promising(now).team(load)
    free = present_share(settings.busy_inside_shift, settings.no_shows)
    return max(1, math.ceil(more / free))


def _pool(queues: Sequence[Queue], contacts: np.ndarray) -> tuple[Pool, float]:
    """The queues as one pool, and its load in erlang."""
    held = {(queue.chats_at_once, queue.chat_speed[: queue.chats_at_once]) for queue in queues}
    at_once, speed = held.pop() if len(held) == 1 else (1, (1.0,))
    shared = [1.0 if at_once > 1 else _alone(queue).one_person for queue in queues]
    handled = np.array([queue.aht_seconds / one for queue, one in zip(queues, shared, strict=True)])
    loads = contacts * handled / 3600.0
    patience = [queue.patience_seconds for queue in queues]
    sent = [replies_of(queue, queue.aht_seconds) for queue in queues]
    pool = Pool(
        aht_seconds=float(np.average(handled, weights=loads)),
        within_seconds=min(queue.promise.within_seconds for queue in queues),
        patience_seconds=None if None in patience else max(value for value in patience if value is not None),
        share=max(queue.promise.share for queue in queues),
        chats_at_once=at_once,
        chat_speed=speed,
    )
    if None not in sent:
        replies = in_one_pool(sent, loads / loads.sum())
        pool = replace(pool, patience_seconds=None, replies=replies)
    return pool, float(loads.sum())


def _alone(queue: Queue) -> Pool:
    promise = queue.promise
    given = (queue.aht_seconds, promise.within_seconds, queue.patience_seconds, promise.share)
    return Pool(*given, queue.chats_at_once, queue.chat_speed)
