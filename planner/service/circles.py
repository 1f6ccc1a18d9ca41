"""Where people stand: idle, at work that can be put down, or with so many chats; and who is chosen there.

People who serve the same queues are a group, and each group has its circles. They are entered at the back,
so the front has stood there longest; nobody has to be searched for.
"""

from __future__ import annotations

from typing import Any

from planner._compiled import compiled
from planner.service.rows import (
    ABLE,
    ABLE_END,
    AT_HAND,
    AT_ONCE,
    BACK,
    BREADTH,
    CHATS,
    CIRCLE,
    CIRCLE_SIZE,
    CIRCLES,
    FRONT,
    GROUP,
    MOST_CHATS,
    NEXT_TO,
    PRIOR_TO,
    PRIORITY,
    PUTS_DOWN,
    QUEUE,
    ROOM,
    SINCE,
    SLOTS,
    TASK,
)


@compiled
def step_in(n: Any, a: int, where: int) -> None:
    """To the back of a circle of one's group."""
    circle = n[a + GROUP] + CIRCLES + where * CIRCLE_SIZE
    last = n[circle + BACK]
    n[a + CIRCLE] = circle
    n[a + PRIOR_TO] = last
    n[a + NEXT_TO] = -1
    n[circle + BACK] = a
    if last < 0:
        n[circle + FRONT] = a
    else:
        n[last + NEXT_TO] = a


@compiled
def step_out(n: Any, a: int) -> None:
    """Out of the circle, if in one."""
    circle = n[a + CIRCLE]
    if circle < 0:
        return
    before, following = n[a + PRIOR_TO], n[a + NEXT_TO]
    if before < 0:
        n[circle + FRONT] = following
    else:
        n[before + NEXT_TO] = following
    if following < 0:
        n[circle + BACK] = before
    else:
        n[following + PRIOR_TO] = before
    n[a + CIRCLE] = -1


@compiled
def best_idle(n: Any, t: Any, q: int) -> int:
    """Idle person for a queue: fewest skills, then longest idle; or -1."""
    best, best_breadth = -1, 0
    for i in range(n[q + ABLE], n[q + ABLE_END]):
        g = n[i]
        if best >= 0 and n[g + BREADTH] > best_breadth:
            break
        a = n[g + CIRCLES + AT_HAND * CIRCLE_SIZE + FRONT]
        if a < 0:
            continue
        if best < 0 or t[a + SINCE] < t[best + SINCE] or (t[a + SINCE] == t[best + SINCE] and a < best):
            best, best_breadth = a, n[g + BREADTH]
    return best


@compiled
def best_interrupted(n: Any, t: Any, q: int) -> int:
    """Person who puts deferred work down for a live task: fewest skills, then begun last; or -1."""
    best, best_breadth = -1, 0
    for i in range(n[q + ABLE], n[q + ABLE_END]):
        g = n[i]
        if best >= 0 and n[g + BREADTH] > best_breadth:
            break
        a = -1
        here = n[g + CIRCLES + PUTS_DOWN * CIRCLE_SIZE + BACK]
        # Of several who began at one instant the first is chosen.
        while here >= 0 and (a < 0 or t[here + SINCE] == t[a + SINCE]):
            if n[n[n[here + TASK] + QUEUE] + PRIORITY] <= n[q + PRIORITY]:
                a = here
            here = n[here + PRIOR_TO]
        if a < 0:
            continue
        if best < 0 or t[a + SINCE] > t[best + SINCE] or (t[a + SINCE] == t[best + SINCE] and a < best):
            best, best_breadth = a, n[g + BREADTH]
    return best


@compiled
def best_chatting(n: Any, t: Any, q: int) -> int:
    """Person with chats who takes one more: fewest chats, then fewest skills, then longest so; or -1."""
    for chats in range(1, n[q + AT_ONCE]):
        best, best_breadth = -1, 0
        for i in range(n[q + ABLE], n[q + ABLE_END]):
            g = n[i]
            if best >= 0 and n[g + BREADTH] > best_breadth:
                break
            a = n[g + CIRCLES + (CHATS + chats - 1) * CIRCLE_SIZE + FRONT]
            while a >= 0 and n[a + ROOM] <= chats:
                a = n[a + NEXT_TO]
            if a >= 0 and (best < 0 or t[a + SINCE] < t[best + SINCE]):
                best, best_breadth = a, n[g + BREADTH]
        if best >= 0:
            return best
    return -1


@compiled
def best_claimed(n: Any, q: int) -> int:
    """Person with chats who is to take no more of them, so that other work is done; or -1.

    Those chats have no higher priority. Fewest chats, then fewest skills, then longest so.
    """
    for chats in range(1, n[MOST_CHATS] + 1):
        for i in range(n[q + ABLE], n[q + ABLE_END]):
            a = n[n[i] + CIRCLES + (CHATS + chats - 1) * CIRCLE_SIZE + FRONT]
            while a >= 0:
                highest = n[n[n[a + SLOTS] + QUEUE] + PRIORITY]
                for nth in range(1, chats):
                    highest = max(highest, n[n[n[a + SLOTS + nth] + QUEUE] + PRIORITY])
                if highest <= n[q + PRIORITY]:
                    return int(a)
                a = n[a + NEXT_TO]
    return -1
