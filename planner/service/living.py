"""One life of a period: rows into the event loop, records out of it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from planner._compiled import COMPILED
from planner.demand import Volumes
from planner.service.contacts import Contacts
from planner.service.crew import Crew
from planner.service.duty import Changes
from planner.service.events import run
from planner.service.planned import Pieces
from planner.service.records import Outcome, Records
from planner.service.rows import HORIZON
from planner.service.world import Remains, world_of


class Life(NamedTuple):
    """Records, seconds by person and interval (flat), planned seconds done by window, events."""

    records: Records
    handling: np.ndarray
    waiting_for_work: np.ndarray
    at_planned_work: np.ndarray
    done: np.ndarray
    events: int

    def after(self, before: Life) -> Life:
        """The same with the seconds and events of lives before it."""
        return Life(
            self.records,
            before.handling + self.handling,
            before.waiting_for_work + self.waiting_for_work,
            before.at_planned_work + self.at_planned_work,
            before.done + self.done,
            before.events + self.events,
        )


def live(
    contacts: Contacts,
    due: np.ndarray,
    turn: np.ndarray,
    pieces: Pieces,
    changes: Changes,
    crew: Crew,
    volumes: Volumes,
    replication: int,
) -> Life:
    """Live through one replication; due: of each promise, turn: by when the need plans the answer."""
    world = world_of(contacts, turn, pieces, changes, crew, volumes)
    if COMPILED:
        events = int(run(world.n, world.t))
        remains = world.read(world.n, world.t)
    else:
        # Single numbers are read much faster out of lists; sums begin as one zero, not as many of them.
        n, t = world.n.tolist(), world.t[: world.sums].tolist() + [0.0] * (len(world.t) - world.sums)
        events = run(n, t)
        remains = world.read(np.array(n, dtype=np.int64), np.array(t, dtype=float))
    records = _records(contacts, due, remains, float(world.t[HORIZON]), replication)
    handling, idle, planned = remains.seconds
    return Life(records, handling, idle, planned, remains.done, events)


def _records(
    contacts: Contacts, due: np.ndarray, remains: Remains, horizon: float, replication: int
) -> Records:
    """Contacts with what became of them."""
    count = len(contacts.queue)
    begun, sent = np.isfinite(remains.started), np.isfinite(remains.answered)
    outcome = np.full(count, int(Outcome.WAITING), dtype=np.int8)
    outcome[contacts.live & ~begun & (contacts.gives_up_at <= horizon)] = Outcome.ABANDONED
    outcome[np.where(contacts.live, begun, sent)] = Outcome.ANSWERED
    outcome[contacts.turned_away] = Outcome.TURNED_AWAY
    return Records(
        replication=np.full(count, replication, dtype=np.int32),
        offered_to=contacts.offered_to.astype(np.int32),
        queue=contacts.queue.astype(np.int32),
        arrived=contacts.arrived_at,
        arrived_open=contacts.arrived_open,
        live=contacts.live,
        agent=remains.by.astype(np.int32),
        started=remains.started,
        answered=remains.answered,
        gone=np.where(outcome == Outcome.ABANDONED, contacts.gives_up_at, np.nan),
        # Of those carried in nobody knows when they came: they are answered in turn, but not measured.
        due=np.where(contacts.carried, np.inf, due),
        carried=contacts.carried,
        voicemail=contacts.voicemail,
        outcome=outcome,
        came=contacts.came_at,
    )
