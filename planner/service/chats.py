"""Several chats at once: a shared processor whose speed depends on how many are open.

With n chats open each goes on at speed n of its queue, relative to a chat alone; the work left of all of
them is brought up to date whenever that number changes. Model: Luo & Zhang (2013), Operations Research 61(2).
"""

from __future__ import annotations

from typing import Any

from planner._compiled import compiled
from planner.service.agenda import expect
from planner.service.circles import step_in, step_out
from planner.service.lanes import best_waiting, is_chat, take_first
from planner.service.rows import (
    ANSWERED,
    AT_ONCE,
    BY,
    CHATS,
    CHATTING,
    CLAIMED,
    DOING,
    ENDING,
    FACTORS,
    FINISHES_AT,
    FIRST,
    GONE,
    HANDLING,
    HORIZON,
    LEFT,
    MOST_CHATS,
    NEVER,
    NUMBER,
    OPEN,
    OWED,
    PRESENT,
    QUEUE,
    ROOM,
    SINCE,
    SLOTS,
    SPEED,
    STARTED,
    TOUCH,
)
from planner.service.times import add_seconds


@compiled
def pace(n: Any, t: Any, a: int, c: int) -> float:
    """Seconds of a chat's work that a person does in one second."""
    q = n[c + QUEUE]
    return float(t[n[q + SPEED] + n[a + OPEN] - 1] / t[n[a + FACTORS] + n[q + NUMBER]])


@compiled
def catch_up(n: Any, t: Any, a: int, now: float) -> None:
    """Bring the work left of all open chats up to date."""
    add_seconds(n, t, n[a + HANDLING], t[a + SINCE], now)
    spent = now - t[a + SINCE]
    for nth in range(n[a + OPEN]):
        c = n[a + SLOTS + nth]
        t[c + LEFT] = max(0.0, t[c + LEFT] - spent * pace(n, t, a, c))
    t[a + SINCE] = now


@compiled
def takes_chats(n: Any, t: Any, a: int) -> bool:
    """Whether somebody with chats takes more of them."""
    return bool(n[a + PRESENT] == 1 and t[a + OWED] == 0.0 and n[a + CLAIMED] == 0)


@compiled
def look_ahead(n: Any, t: Any, a: int, now: float) -> None:
    """Which chat ends first at the present speed; the person stands among those with so many chats."""
    soonest = NEVER
    for nth in range(n[a + OPEN]):
        c = n[a + SLOTS + nth]
        takes = t[c + LEFT] / pace(n, t, a, c)
        if takes < soonest:
            soonest = takes
            n[a + ENDING] = nth
    t[a + FINISHES_AT] = now + soonest
    expect(n, t, a, t[a + FINISHES_AT])
    step_out(n, a)
    if takes_chats(n, t, a):
        step_in(n, a, CHATS + n[a + OPEN] - 1)


@compiled
def add_chat(n: Any, t: Any, a: int, c: int, now: float) -> None:
    """One more chat, or the first, without looking ahead."""
    if n[a + DOING] == CHATTING:
        catch_up(n, t, a, now)
    else:
        n[a + DOING] = CHATTING
        t[a + SINCE] = now
        n[a + ROOM] = n[MOST_CHATS]
    n[a + SLOTS + n[a + OPEN]] = c
    n[a + OPEN] += 1
    n[a + ROOM] = min(n[a + ROOM], n[n[c + QUEUE] + AT_ONCE])
    t[c + STARTED] = now
    n[c + BY] = a


@compiled
def take_waiting(n: Any, t: Any, a: int, now: float) -> None:
    """Chats that wait, as many as there is room for, unless other work comes first."""
    while n[a + OPEN] < n[a + ROOM]:
        lane = best_waiting(n, t, a, now)
        if lane < 0:
            break
        if not is_chat(n, n[lane + FIRST]):
            break
        add_chat(n, t, a, take_first(n, lane), now)


@compiled
def end_chat(n: Any, t: Any, a: int, now: float) -> bool:
    """The chat that was to end first ends; whether it was the person's last."""
    catch_up(n, t, a, now)
    slots = a + SLOTS
    c = n[slots + n[a + ENDING]]
    n[a + OPEN] -= 1
    for nth in range(n[a + ENDING], n[a + OPEN]):
        n[slots + nth] = n[slots + nth + 1]
    t[c + ANSWERED] = now
    n[c + TOUCH] += 1
    if n[a + OPEN] == 0:
        step_out(n, a)
        n[a + DOING] = GONE
        n[a + CLAIMED] = 0
        expect(n, t, a, NEVER)
        return True
    n[a + ROOM] = n[MOST_CHATS]
    for nth in range(n[a + OPEN]):
        n[a + ROOM] = min(n[a + ROOM], n[n[n[slots + nth] + QUEUE] + AT_ONCE])
    if n[a + CLAIMED] == 1:
        lane = best_waiting(n, t, a, now)
        if lane < 0 or is_chat(n, n[lane + FIRST]):
            n[a + CLAIMED] = 0
    if takes_chats(n, t, a):
        take_waiting(n, t, a, now)
    look_ahead(n, t, a, now)
    return False


@compiled
def return_to_chats(n: Any, t: Any, a: int, now: float) -> None:
    """Back from a break with chats still open: new ones may join."""
    catch_up(n, t, a, now)
    if takes_chats(n, t, a):
        take_waiting(n, t, a, now)
    look_ahead(n, t, a, now)


@compiled
def close_chats(n: Any, t: Any, a: int) -> None:
    """At the horizon: open chats end as they would at the present speed."""
    catch_up(n, t, a, t[HORIZON])
    for nth in range(n[a + OPEN]):
        c = n[a + SLOTS + nth]
        t[c + ANSWERED] = t[HORIZON] + t[c + LEFT] / pace(n, t, a, c)
