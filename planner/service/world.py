"""The flat rows that the event loop reads and writes.

One-dimensional rows only: numpy arrays where the loop is compiled, plain lists where it is not,
because Python reads single numbers out of lists much faster. Both give the same bits.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

# What the rota does to people, in the order in which it happens at one instant.
END, BREAK, ON, AWAY = 0, 1, 2, 3
# Lanes of a queue, in the order in which they are served at equal priority.
LIVE, FIRST, FOLLOW_UP = 0, 1, 2
LANES = 3


class World(NamedTuple):
    """What is given: read by the loop, never written.

    Attributes
    ----------
    horizon: end of the simulation; seconds from its start, like all times here.
    interval: seconds in a planning interval, for the sums of handling and waiting for work.
    intervals: number of them.
    able_from, able: people able to serve queue q are able[able_from[q]:able_from[q + 1]], fewest skills
        first.
    serves_from, serves: queues of each person, likewise.
    breadth: number of queues each person serves.
    priority: of each queue; higher first.
    duty_at, duty_of, duty_what, duty_for: changes of duty: time, person, END / BREAK / ON / AWAY, seconds
        away.
    ready_at, queue, live, soft, gives_up_at: of each contact, in order of ready_at: when it can first be
        worked on, whether a customer is waiting on the line, whether it can be put down, end of patience.
    touch_from, handle, delay: touches of contact c are touch_from[c] to touch_from[c + 1]: seconds of
        work, and seconds from the reply before until the customer writes.
    """

    horizon: float
    interval: float
    intervals: int
    able_from: Any
    able: Any
    serves_from: Any
    serves: Any
    breadth: Any
    priority: Any
    duty_at: Any
    duty_of: Any
    duty_what: Any
    duty_for: Any
    ready_at: Any
    queue: Any
    live: Any
    soft: Any
    gives_up_at: Any
    touch_from: Any
    handle: Any
    delay: Any


class State(NamedTuple):
    """What changes: written by the loop.

    Attributes
    ----------
    doing: gone, idle or busy, of each person. present: 1 on duty by the rota, breaks excluded.
    away_until, owed: end of a spell away; seconds away that wait for the end of a contact.
    task, held: contact in hand, and contact put down, or -1.
    since, finishes_at: start of what the person is doing; end of the task.
    handling, waiting_for_work: seconds per person and interval, person by person.
    ready, left, touch, after: of each contact: when the present touch came, its work left, its number,
        and the next contact in the lane.
    started, answered, by: first touched at, first reply sent (deferred) or contact ended (live) at, by whom.
    first, last: ends of each lane, -1 if empty.
    count: count[0] contacts in lanes.
    """

    doing: Any
    present: Any
    away_until: Any
    owed: Any
    task: Any
    held: Any
    since: Any
    finishes_at: Any
    handling: Any
    waiting_for_work: Any
    ready: Any
    left: Any
    touch: Any
    after: Any
    started: Any
    answered: Any
    by: Any
    first: Any
    last: Any
    count: Any


def fresh_state(world: World) -> State:
    """Everybody gone, nothing arrived."""
    people, queues, contacts = len(world.breadth), len(world.priority), len(world.ready_at)
    nobody = np.full(people, -1, dtype=np.int64)
    unknown = np.full(contacts, np.nan)
    return State(
        doing=np.zeros(people, dtype=np.int64),
        present=np.zeros(people, dtype=np.int64),
        away_until=np.zeros(people),
        owed=np.zeros(people),
        task=nobody.copy(),
        held=nobody.copy(),
        since=np.zeros(people),
        finishes_at=np.full(people, -1.0),
        handling=np.zeros(people * world.intervals),
        waiting_for_work=np.zeros(people * world.intervals),
        ready=np.array(world.ready_at, dtype=float),
        left=np.array(world.handle, dtype=float)[np.asarray(world.touch_from[:-1], dtype=np.int64)],
        touch=np.zeros(contacts, dtype=np.int64),
        after=np.full(contacts, -1, dtype=np.int64),
        started=unknown.copy(),
        answered=unknown.copy(),
        by=np.full(contacts, -1, dtype=np.int64),
        first=np.full(queues * LANES, -1, dtype=np.int64),
        last=np.full(queues * LANES, -1, dtype=np.int64),
        count=np.zeros(1, dtype=np.int64),
    )


def as_lists(rows: World | State) -> Any:
    """The same rows as plain lists, for the loop that is not compiled."""
    kind: Any = type(rows)
    return kind(*(row.tolist() if isinstance(row, np.ndarray) else row for row in rows))


def as_arrays(rows: State) -> State:
    """The same rows as arrays again."""
    return State(*(np.asarray(row) for row in rows))
