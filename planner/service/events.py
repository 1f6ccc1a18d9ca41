"""The event loop: people, tasks and a clock; flat rows in, flat rows out.

Compiled or plain, the bits are the same: no random numbers, no mathematics beyond sums, quotients and
comparisons.

* A contact that comes: among idle people able to serve it, fewest skills first, then longest idle.
* Nobody idle and the contact is a chat: who has chats and room for one more takes it, fewest chats first.
* Nobody yet and the contact is live: it interrupts deferred work that can be put down and has no
  higher priority; fewest skills first, then the work begun last. What is put down stays with its person.
* A person who becomes free: highest priority, then live before first replies before follow-ups; of first
  replies the one whose promise ends first, of the others the oldest. Time begins at the opening for what
  came while closed, and at the start for what waited already, as the need plans it. But work put down comes
  before other deferred work, and before live work of lower priority.
* A person with chats takes no other work. A live contact of no lower priority that finds nobody claims one of
  them, who takes no more chats until it is served.
* Breaks and spells away: work that can be put down is, and is resumed by the same person; other work is
  finished first. A break keeps its place on the clock, a spell away keeps its length.
* End of duty: work put down, or that can be, is handed over to whoever is free; other work is finished.
* Planned work at fixed hours comes before all contacts and is handed over by those who leave. Planned work
  that may be moved comes last until it becomes urgent, then before deferred contacts.
* A customer whose patience has ended has gone; nobody answers them.
"""

from __future__ import annotations

from typing import Any

from planner._compiled import compiled
from planner.service.agenda import expect, who_writes
from planner.service.chats import close_chats, end_chat, return_to_chats
from planner.service.circles import step_out
from planner.service.hands import finish, leave_idle, place, settle, stop
from planner.service.rows import (
    ANSWERED,
    AT,
    AWAY,
    AWAY_UNTIL,
    BUSY,
    BY,
    CHATTING,
    CONTACT,
    CONTACTS_END,
    DOING,
    DUTIES_END,
    DUTY,
    DUTY_SIZE,
    END,
    FINISHES_AT,
    FIXED,
    FOR,
    GIVES_UP_AT,
    GONE,
    HEAP,
    HELD,
    HORIZON,
    IDLE,
    KIND,
    LIVE,
    NEVER,
    NEXT_AT,
    OF,
    ON,
    OWED,
    PEOPLE_END,
    PERSON,
    PERSON_SIZE,
    PIECE,
    PIECES_END,
    PRESENT,
    QUEUE,
    READY,
    SOFT,
    TASK,
    TASK_SIZE,
    TREE,
    WHAT,
    WRITING,
)


@compiled
def happen(n: Any, t: Any, a: int, now: float) -> None:
    """What a person was to do by themselves: end a task or a chat, or come back."""
    if n[a + DOING] == BUSY:
        finish(n, t, a, now)
    elif n[a + DOING] == CHATTING:
        if end_chat(n, t, a, now):
            settle(n, t, a, now)
    else:
        expect(n, t, a, NEVER)
        settle(n, t, a, now)


@compiled
def go_away(n: Any, t: Any, a: int, seconds: float, now: float) -> None:
    """For a while: at once if what is in hand can be put down, else after it."""
    t[a + OWED] += seconds
    if n[a + DOING] == IDLE:
        leave_idle(n, t, a, now)
    elif n[a + DOING] == BUSY and n[n[a + TASK] + SOFT] == 1:
        n[a + HELD] = stop(n, t, a, now)
    else:
        if n[a + DOING] == CHATTING:
            step_out(n, a)
        return
    settle(n, t, a, now)


@compiled
def leave(n: Any, t: Any, a: int, for_good: bool, now: float) -> None:
    """To a break, or home."""
    n[a + PRESENT] = 0
    meeting = -1
    if n[a + DOING] == IDLE:
        leave_idle(n, t, a, now)
    elif n[a + DOING] == CHATTING:
        step_out(n, a)
    elif n[a + DOING] == BUSY:
        c = n[a + TASK]
        if n[n[c + QUEUE] + KIND] == FIXED:
            meeting = stop(n, t, a, now)
        elif n[c + SOFT] == 1:
            n[a + HELD] = stop(n, t, a, now)
    if for_good:
        t[a + OWED] = 0.0
        if t[a + AWAY_UNTIL] > now:
            t[a + AWAY_UNTIL] = now
            expect(n, t, a, NEVER)
        if n[a + HELD] >= 0:
            held = n[a + HELD]
            n[a + HELD] = -1
            place(n, t, held, now)
    if meeting >= 0 and t[meeting + GIVES_UP_AT] > now:
        place(n, t, meeting, now)


@compiled
def change_duty(n: Any, t: Any, change: int, now: float) -> None:
    """The rota brings a person in, sends them home, to a break or away for a while."""
    a = n[change + OF]
    what = n[change + WHAT]
    if what == AWAY:
        go_away(n, t, a, t[change + FOR], now)
    elif what == ON:
        n[a + PRESENT] = 1
        if n[a + DOING] == GONE:
            settle(n, t, a, now)
        elif n[a + DOING] == CHATTING:
            return_to_chats(n, t, a, now)
    else:
        leave(n, t, a, what == END, now)


@compiled
def close_books(n: Any, t: Any) -> None:
    """At the horizon: account for open spans; live contacts under way end as they would have."""
    for a in range(n[PERSON], n[PEOPLE_END], n[PERSON_SIZE]):
        if n[a + DOING] == IDLE:
            leave_idle(n, t, a, t[HORIZON])
        elif n[a + DOING] == CHATTING:
            close_chats(n, t, a)
        elif n[a + DOING] == BUSY:
            c = stop(n, t, a, t[HORIZON])
            if n[c + LIVE] == 1:
                t[c + ANSWERED] = t[a + FINISHES_AT]


@compiled
def run(n: Any, t: Any) -> int:
    """Live through the period; the number of events.

    At one instant the rota comes first, then what was under way, then new tasks.
    """
    events = 0
    duty, contact, piece = n[DUTY], n[CONTACT], n[PIECE]
    while True:
        at_duty = t[duty + AT] if duty < n[DUTIES_END] else NEVER
        at_contact = t[contact + READY] if contact < n[CONTACTS_END] else NEVER
        at_piece = t[piece + READY] if piece < n[PIECES_END] else NEVER
        a = n[n[TREE] + 1]
        at_person = t[a + NEXT_AT]
        at_again = t[n[n[HEAP]] + READY] if n[WRITING] > 0 else NEVER
        now = min(at_duty, at_contact, at_piece, at_person, at_again)
        if now >= t[HORIZON]:
            break
        events += 1
        if at_duty == now:
            change_duty(n, t, duty, now)
            duty += DUTY_SIZE
        elif at_person == now:
            happen(n, t, a, now)
        elif at_again == now:
            place(n, t, who_writes(n, t), now)
        elif at_piece == now:
            if n[piece + BY] < 0:
                place(n, t, piece, now)
            piece += TASK_SIZE
        else:
            place(n, t, contact, now)
            contact += TASK_SIZE
    close_books(n, t)
    return events
