"""The event loop: people, contacts and a clock; flat rows in, flat rows out.

Compiled or plain, the bits are the same: no random numbers, no mathematics beyond sums and comparisons.

* A contact that comes: among idle people able to serve it, fewest skills first, then longest idle.
* Nobody idle and the contact is live: it interrupts deferred work that can be put down and has no
  higher priority; fewest skills first, then the work begun last. What is put down stays with its person.
* A person who becomes free: highest priority, then live before first replies before follow-ups, then the
  oldest; but work put down comes before other deferred work, and before live work of lower priority.
* Breaks and spells away: work that can be put down is, and is resumed by the same person; other work is
  finished first. A break keeps its place on the clock, a spell away keeps its length.
* End of duty: work put down, or that can be, is handed over to whoever is free; other work is finished.
* A customer whose patience has ended has gone; nobody answers them.
"""

from __future__ import annotations

from heapq import heappop, heappush
from typing import Any

from planner._compiled import compiled
from planner.service.world import AWAY, BREAK, END, FIRST, FOLLOW_UP, LANES, LIVE, ON

# What people are doing, and what happens by itself.
GONE, IDLE, BUSY = 0, 1, 2
FINISH, WRITES, BACK = 0, 1, 2


@compiled
def add_seconds(sums: Any, person: int, intervals: int, interval: float, start: float, end: float) -> None:
    """Spread a span of a person's time over the intervals it touches."""
    k = int(start / interval)
    while start < end and k < intervals:
        cut = min((k + 1) * interval, end)
        if cut > start:
            sums[person * intervals + k] += cut - start
            start = cut
        k += 1


@compiled
def queue_up(w: Any, s: Any, c: int) -> None:
    """Into its lane, oldest first: nearly always at the end."""
    lane = w.queue[c] * LANES + (LIVE if w.live[c] == 1 else FIRST if s.touch[c] == 0 else FOLLOW_UP)
    s.count[0] += 1
    last = s.last[lane]
    if last < 0:
        s.first[lane], s.last[lane] = c, c
        s.after[c] = -1
    elif s.ready[last] <= s.ready[c]:
        s.after[last], s.after[c] = c, -1
        s.last[lane] = c
    else:
        before = -1
        here = s.first[lane]
        while s.ready[here] <= s.ready[c]:
            before = here
            here = s.after[here]
        s.after[c] = here
        if before < 0:
            s.first[lane] = c
        else:
            s.after[before] = c


@compiled
def drop_first(s: Any, lane: int) -> None:
    """Take the oldest contact out of a lane."""
    following = s.after[s.first[lane]]
    s.first[lane] = following
    if following < 0:
        s.last[lane] = -1
    s.count[0] -= 1


@compiled
def best_waiting(w: Any, s: Any, a: int, now: float) -> int:
    """Lane whose oldest contact the person takes next, or -1; customers who have gone leave their lanes."""
    held = s.held[a]
    best, best_priority, best_rank, best_ready = -1, 0, 0, 0.0
    for i in range(w.serves_from[a], w.serves_from[a + 1]):
        q = w.serves[i]
        for rank in range(LANES):
            lane = q * LANES + rank
            while rank == LIVE and s.first[lane] >= 0 and w.gives_up_at[s.first[lane]] <= now:
                drop_first(s, lane)
            c = s.first[lane]
            if c < 0:
                continue
            if held >= 0 and (rank != LIVE or w.priority[q] < w.priority[w.queue[held]]):
                continue
            better = best < 0 or w.priority[q] > best_priority
            if not better and w.priority[q] == best_priority:
                better = rank < best_rank or (rank == best_rank and s.ready[c] < best_ready)
            if better:
                best, best_priority, best_rank, best_ready = lane, w.priority[q], rank, s.ready[c]
    return best


@compiled
def best_idle(w: Any, s: Any, q: int) -> int:
    """Idle person for a queue: fewest skills, then longest idle; or -1."""
    best = -1
    for i in range(w.able_from[q], w.able_from[q + 1]):
        a = w.able[i]
        if best >= 0 and w.breadth[a] > w.breadth[best]:
            break
        if s.doing[a] == IDLE and (best < 0 or s.since[a] < s.since[best]):
            best = a
    return best


@compiled
def best_interrupted(w: Any, s: Any, q: int) -> int:
    """Person who puts deferred work down for a live contact: fewest skills, then begun last; or -1."""
    best = -1
    for i in range(w.able_from[q], w.able_from[q + 1]):
        a = w.able[i]
        if best >= 0 and w.breadth[a] > w.breadth[best]:
            break
        if s.doing[a] != BUSY or w.soft[s.task[a]] == 0 or w.priority[w.queue[s.task[a]]] > w.priority[q]:
            continue
        if best < 0 or s.since[a] > s.since[best]:
            best = a
    return best


@compiled
def leave_idle(w: Any, s: Any, a: int, now: float) -> None:
    """Account for time spent waiting for work."""
    add_seconds(s.waiting_for_work, a, w.intervals, w.interval, s.since[a], now)
    s.doing[a] = GONE


@compiled
def begin(w: Any, s: Any, heap: Any, a: int, c: int, now: float) -> None:
    """A person, not idle any more, takes a contact in hand."""
    s.doing[a] = BUSY
    s.task[a] = c
    s.since[a] = now
    s.finishes_at[a] = now + s.left[c]
    heappush(heap, (s.finishes_at[a], FINISH, a))
    if s.touch[c] == 0:
        if not s.started[c] >= 0:
            s.started[c] = now
        s.by[c] = a


@compiled
def put_down(w: Any, s: Any, a: int, now: float) -> None:
    """Pause the task in hand and keep it."""
    add_seconds(s.handling, a, w.intervals, w.interval, s.since[a], now)
    s.left[s.task[a]] = s.finishes_at[a] - now
    s.held[a] = s.task[a]
    s.task[a] = -1
    s.finishes_at[a] = -1.0
    s.doing[a] = GONE


@compiled
def place(w: Any, s: Any, heap: Any, c: int, now: float) -> None:
    """A contact looks for a person."""
    q = w.queue[c]
    a = best_idle(w, s, q)
    if a >= 0:
        leave_idle(w, s, a, now)
        begin(w, s, heap, a, c, now)
        return
    if w.live[c] == 1:
        a = best_interrupted(w, s, q)
        if a >= 0:
            put_down(w, s, a, now)
            begin(w, s, heap, a, c, now)
            return
    queue_up(w, s, c)


@compiled
def settle(w: Any, s: Any, heap: Any, a: int, now: float) -> None:
    """A person with nothing in hand looks for what to do."""
    s.doing[a] = GONE
    if s.present[a] == 0 or now < s.away_until[a]:
        return
    if s.owed[a] > 0:
        s.away_until[a] = now + s.owed[a]
        s.owed[a] = 0.0
        heappush(heap, (s.away_until[a], BACK, a))
        return
    lane = best_waiting(w, s, a, now) if s.count[0] > 0 else -1
    if lane >= 0:
        c = s.first[lane]
        drop_first(s, lane)
        begin(w, s, heap, a, c, now)
    elif s.held[a] >= 0:
        c = s.held[a]
        s.held[a] = -1
        begin(w, s, heap, a, c, now)
    else:
        s.doing[a] = IDLE
        s.since[a] = now


@compiled
def finish(w: Any, s: Any, heap: Any, a: int, now: float) -> None:
    """A person ends the task in hand; a customer with more to say writes again later."""
    c = s.task[a]
    add_seconds(s.handling, a, w.intervals, w.interval, s.since[a], now)
    s.task[a] = -1
    s.finishes_at[a] = -1.0
    if s.touch[c] == 0:
        s.answered[c] = now
    s.touch[c] += 1
    nth = w.touch_from[c] + s.touch[c]
    if nth < w.touch_from[c + 1]:
        s.left[c] = w.handle[nth]
        s.ready[c] = now + w.delay[nth]
        heappush(heap, (s.ready[c], WRITES, c))
    settle(w, s, heap, a, now)


@compiled
def change_duty(w: Any, s: Any, heap: Any, i: int, now: float) -> None:
    """The rota brings a person in, sends them home, to a break or away for a while."""
    a = w.duty_of[i]
    what = w.duty_what[i]
    if what == ON:
        s.present[a] = 1
        if s.doing[a] == GONE:
            settle(w, s, heap, a, now)
        return
    if what == AWAY and (s.doing[a] == GONE or (s.doing[a] == BUSY and w.soft[s.task[a]] == 0)):
        s.owed[a] += w.duty_for[i]
        return
    if s.doing[a] == IDLE:
        leave_idle(w, s, a, now)
    elif s.doing[a] == BUSY and w.soft[s.task[a]] == 1:
        put_down(w, s, a, now)
    if what == AWAY:
        s.owed[a] += w.duty_for[i]
        settle(w, s, heap, a, now)
    elif what == BREAK:
        s.present[a] = 0
    elif what == END:
        s.present[a] = 0
        s.owed[a] = 0.0
        s.away_until[a] = now
        if s.held[a] >= 0:
            c = s.held[a]
            s.held[a] = -1
            place(w, s, heap, c, now)


@compiled
def close_books(w: Any, s: Any) -> None:
    """At the horizon: account for open spans; live contacts under way end as they would have."""
    for a in range(len(w.breadth)):
        if s.doing[a] == IDLE:
            leave_idle(w, s, a, w.horizon)
        elif s.doing[a] == BUSY:
            add_seconds(s.handling, a, w.intervals, w.interval, s.since[a], w.horizon)
            if w.live[s.task[a]] == 1:
                s.answered[s.task[a]] = s.finishes_at[a]


@compiled
def run(w: Any, s: Any) -> int:
    """Live through the period; the number of events.

    At one instant the rota comes first, then what was under way, then new contacts.
    """
    heap = [(0.0, 0, 0)]
    heappop(heap)
    events, duty, contact = 0, 0, 0
    while True:
        at_duty = w.duty_at[duty] if duty < len(w.duty_at) else w.horizon
        at_contact = w.ready_at[contact] if contact < len(w.ready_at) else w.horizon
        at_heap = heap[0][0] if len(heap) > 0 else w.horizon
        now = min(at_duty, at_contact, at_heap)
        if now >= w.horizon:
            break
        events += 1
        if at_duty == now:
            change_duty(w, s, heap, duty, now)
            duty += 1
        elif at_heap == now:
            _, kind, who = heappop(heap)
            if kind == FINISH:
                if s.finishes_at[who] == now and s.doing[who] == BUSY:
                    finish(w, s, heap, who, now)
            elif kind == WRITES:
                place(w, s, heap, who, now)
            elif s.doing[who] == GONE:
                settle(w, s, heap, who, now)
        else:
            place(w, s, heap, contact, now)
            contact += 1
    close_books(w, s)
    return events
