"""What people have in hand: tasks find people, people find tasks, and tasks end."""

from __future__ import annotations

from typing import Any

from planner._compiled import compiled
from planner.service.agenda import expect, will_write
from planner.service.chats import add_chat, look_ahead, take_waiting
from planner.service.circles import (
    best_chatting,
    best_claimed,
    best_idle,
    best_interrupted,
    step_in,
    step_out,
)
from planner.service.lanes import best_waiting, is_chat, queue_up, take_first
from planner.service.rows import (
    ANSWERED,
    AT_HAND,
    AWAY_UNTIL,
    BUSY,
    BY,
    CLAIMED,
    CONTACTS,
    DELAY,
    DOING,
    FACTORS,
    FINISHES_AT,
    FIXED,
    GIVES_UP_AT,
    GONE,
    HANDLE,
    HANDLING,
    HELD,
    IDLE,
    IDLING,
    KIND,
    LEFT,
    LIVE,
    MOST_CHATS,
    NEVER,
    NEXT_PIECE,
    NUMBER,
    OWED,
    PLANNING,
    PRESENT,
    PUTS_DOWN,
    QUEUE,
    READY,
    SINCE,
    SOFT,
    STARTED,
    TASK,
    TOUCH,
    TOUCHES,
    WINDOW,
    WORK,
    WORK_SIZE,
)
from planner.service.times import add_seconds


@compiled
def leave_idle(n: Any, t: Any, a: int, now: float) -> None:
    """Account for time spent waiting for work."""
    add_seconds(n, t, n[a + IDLING], t[a + SINCE], now)
    step_out(n, a)
    n[a + DOING] = GONE


@compiled
def begin(n: Any, t: Any, a: int, c: int, now: float) -> None:
    """A person with nothing in hand takes a task."""
    if is_chat(n, c):
        add_chat(n, t, a, c, now)
        take_waiting(n, t, a, now)
        look_ahead(n, t, a, now)
        return
    q = n[c + QUEUE]
    n[a + DOING] = BUSY
    n[a + TASK] = c
    t[a + SINCE] = now
    if n[q + KIND] == FIXED:
        # What is planned for fixed hours ends with them, whoever does it.
        t[a + FINISHES_AT] = t[c + GIVES_UP_AT]
    else:
        t[a + FINISHES_AT] = now + t[c + LEFT] * t[n[a + FACTORS] + n[q + NUMBER]]
    expect(n, t, a, t[a + FINISHES_AT])
    if n[c + SOFT] == 1:
        step_in(n, a, PUTS_DOWN)
    if n[c + TOUCH] == 0:
        if n[c + BY] < 0:
            t[c + STARTED] = now
        n[c + BY] = a


@compiled
def stop(n: Any, t: Any, a: int, now: float) -> int:
    """The task in hand no longer is; where the time went is known."""
    c = n[a + TASK]
    q = n[c + QUEUE]
    if n[q + KIND] == CONTACTS:
        add_seconds(n, t, n[a + HANDLING], t[a + SINCE], now)
    else:
        add_seconds(n, t, n[a + PLANNING], t[a + SINCE], now)
        t[n[c + WINDOW]] += max(0.0, min(now, t[c + GIVES_UP_AT]) - t[a + SINCE])
    t[c + LEFT] = (t[a + FINISHES_AT] - now) / t[n[a + FACTORS] + n[q + NUMBER]]
    n[a + TASK] = -1
    n[a + DOING] = GONE
    step_out(n, a)
    expect(n, t, a, NEVER)
    return int(c)


@compiled
def place(n: Any, t: Any, c: int, now: float) -> None:
    """A task looks for a person."""
    q = n[c + QUEUE]
    a = best_idle(n, t, q)
    if a >= 0:
        leave_idle(n, t, a, now)
        begin(n, t, a, c, now)
        return
    if n[c + LIVE] == 1:
        a = best_chatting(n, t, q)
        if a >= 0:
            add_chat(n, t, a, c, now)
            look_ahead(n, t, a, now)
            return
        a = best_interrupted(n, t, q)
        if a >= 0:
            n[a + HELD] = stop(n, t, a, now)
            begin(n, t, a, c, now)
            return
        if n[MOST_CHATS] > 1 and not is_chat(n, c):
            a = best_claimed(n, q)
            if a >= 0:
                n[a + CLAIMED] = 1
                step_out(n, a)
    queue_up(n, t, c)


@compiled
def settle(n: Any, t: Any, a: int, now: float) -> None:
    """A person with nothing in hand looks for what to do."""
    n[a + DOING] = GONE
    if n[a + PRESENT] == 0 or now < t[a + AWAY_UNTIL]:
        return
    if t[a + OWED] > 0:
        t[a + AWAY_UNTIL] = now + t[a + OWED]
        t[a + OWED] = 0.0
        expect(n, t, a, t[a + AWAY_UNTIL])
        return
    lane = best_waiting(n, t, a, now)
    if lane >= 0:
        begin(n, t, a, take_first(n, lane), now)
    elif n[a + HELD] >= 0:
        c = n[a + HELD]
        n[a + HELD] = -1
        begin(n, t, a, c, now)
    else:
        n[a + DOING] = IDLE
        t[a + SINCE] = now
        step_in(n, a, AT_HAND)


@compiled
def goes_on(n: Any, t: Any, a: int, c: int, now: float) -> bool:
    """Who does planned work at fixed hours goes on with its next piece, if still there."""
    following = n[c + NEXT_PIECE]
    if following < 0 or n[following + BY] >= 0 or n[a + PRESENT] == 0 or t[a + OWED] > 0:
        return False
    begin(n, t, a, following, now)
    return True


@compiled
def finish(n: Any, t: Any, a: int, now: float) -> None:
    """A person ends the task in hand; a customer with more to say writes again later."""
    c = stop(n, t, a, now)
    if n[n[c + QUEUE] + KIND] == FIXED and goes_on(n, t, a, c, now):
        return
    if n[c + TOUCH] == 0:
        t[c + ANSWERED] = now
    n[c + TOUCH] += 1
    if n[c + TOUCH] < n[c + TOUCHES]:
        n[c + WORK] += WORK_SIZE
        t[c + LEFT] = t[n[c + WORK] + HANDLE]
        t[c + READY] = now + t[n[c + WORK] + DELAY]
        will_write(n, t, c)
    settle(n, t, a, now)
