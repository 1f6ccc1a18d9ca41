"""Where tasks wait: each queue has a lane for those on the line, for first replies and for follow-ups."""

from __future__ import annotations

from typing import Any

from planner._compiled import compiled
from planner.service.rows import (
    AFTER,
    AT_ONCE,
    DUE,
    FIRST,
    FIRST_REPLY,
    FOLLOW_UP,
    GIVES_UP_AT,
    GROUP,
    HELD,
    KIND,
    LANE_SIZE,
    LANES,
    LAST,
    LIVE,
    MOVABLE,
    ON_THE_LINE,
    OPEN,
    PRIORITY,
    QUEUE,
    READY,
    SERVES,
    SERVES_END,
    TOUCH,
    URGENT,
    URGENT_AT,
    URGENT_PRIORITY,
    WAITING,
)


@compiled
def queue_up(n: Any, t: Any, c: int) -> None:
    """Into its lane, oldest first: nearly always at the end."""
    rank = ON_THE_LINE if n[c + LIVE] == 1 else FIRST_REPLY if n[c + TOUCH] == 0 else FOLLOW_UP
    lane = n[c + QUEUE] + LANES + rank * LANE_SIZE
    n[WAITING] += 1
    last = n[lane + LAST]
    n[c + AFTER] = -1
    if last < 0:
        n[lane + FIRST] = c
        n[lane + LAST] = c
    elif t[last + READY] <= t[c + READY]:
        n[last + AFTER] = c
        n[lane + LAST] = c
    else:
        before = -1
        here = n[lane + FIRST]
        while t[here + READY] <= t[c + READY]:
            before = here
            here = n[here + AFTER]
        n[c + AFTER] = here
        if before < 0:
            n[lane + FIRST] = c
        else:
            n[before + AFTER] = c


@compiled
def take_first(n: Any, lane: int) -> int:
    """Take the oldest task out of a lane."""
    c = n[lane + FIRST]
    following = n[c + AFTER]
    n[lane + FIRST] = following
    if following < 0:
        n[lane + LAST] = -1
    n[WAITING] -= 1
    return int(c)


@compiled
def is_urgent(n: Any, t: Any, q: int, c: int, now: float) -> bool:
    """Whether planned work that may be moved can no longer wait."""
    return bool(n[q + KIND] == MOVABLE and now >= t[c + URGENT_AT])


@compiled
def best_waiting(n: Any, t: Any, a: int, now: float) -> int:
    """Lane whose first task the person takes next, or -1.

    Of one priority: first replies by the end of their promise, all else by when it came.

    Customers who have gone, and planned work whose window is over, leave their lanes. Who has put work
    down takes only what may come before it: live work of no lower priority, and planned work that is
    urgent. Who has chats takes another one only of a queue that allows so many.
    """
    if n[WAITING] == 0:
        return -1
    held = n[a + HELD]
    best, best_priority, best_rank, best_order, best_ready = -1, 0, 0, 0.0, 0.0
    g = n[a + GROUP]
    for i in range(n[g + SERVES], n[g + SERVES_END]):
        q = n[i]
        for nth in range(3):
            lane = q + LANES + nth * LANE_SIZE
            c = n[lane + FIRST]
            while c >= 0 and t[c + GIVES_UP_AT] <= now:
                take_first(n, lane)
                c = n[lane + FIRST]
            if c < 0:
                continue
            if nth == ON_THE_LINE and 1 < n[q + AT_ONCE] <= n[a + OPEN]:
                continue
            priority, rank = n[q + PRIORITY], 2 * nth
            if is_urgent(n, t, q, c, now):
                # After customers on the line, before those who write.
                priority, rank = n[URGENT_PRIORITY], URGENT
            if held >= 0 and (rank > URGENT or priority < n[n[held + QUEUE] + PRIORITY]):
                continue
            ready = t[c + READY]
            order = t[c + DUE] if rank == 2 * FIRST_REPLY else ready
            better = best < 0 or priority > best_priority
            if not better and priority == best_priority:
                better = rank < best_rank
                if rank == best_rank:
                    better = order < best_order or (order == best_order and ready < best_ready)
            if better:
                best, best_priority, best_rank = lane, priority, rank
                best_order, best_ready = order, ready
    return best


@compiled
def is_chat(n: Any, c: int) -> bool:
    """Whether a task can be one of several that a person holds at once."""
    return bool(n[c + LIVE] == 1 and n[n[c + QUEUE] + AT_ONCE] > 1)
