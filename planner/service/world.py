"""Everything that is given, written into the rows of the event loop, and what is read out of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.demand import Volumes
from planner.service import rows as at
from planner.service.contacts import Contacts
from planner.service.crew import Crew
from planner.service.duty import Changes
from planner.service.planned import Pieces


@dataclass(frozen=True, eq=False)
class World:
    """The rows, and where to find what remains.

    Attributes
    ----------
    n, t: whole numbers and times; see ``rows``.
    contacts, pieces: address of the first of each, and how many there are.
    person: address of the first person. person_size: from one to the next.
    sums: where seconds stand in t, of handling, waiting for work, planned work; then those done by window.
    cells: people x intervals. windows: of planned work.
    """

    n: np.ndarray
    t: np.ndarray
    contacts: tuple[int, int]
    person: int
    person_size: int
    sums: int
    cells: int
    windows: int

    def read(self, n: np.ndarray, t: np.ndarray) -> Remains:
        """What the event loop has left in the rows."""
        first, count = self.contacts
        end = first + count * at.TASK_SIZE
        whole = n[first:end].reshape(-1, at.TASK_SIZE)
        times = t[first:end].reshape(-1, at.TASK_SIZE)
        by = whole[:, at.BY]
        seconds = t[self.sums : self.sums + 3 * self.cells].reshape(3, -1)
        done = t[self.sums + 3 * self.cells :][: self.windows]
        return Remains(
            started=times[:, at.STARTED].copy(),
            answered=times[:, at.ANSWERED].copy(),
            by=np.where(by < 0, -1, (by - self.person) // self.person_size),
            seconds=seconds.copy(),
            done=done.copy(),
        )


@dataclass(frozen=True, eq=False)
class Remains:
    """Of each contact: first touched, answered, by whom; seconds of people (3 kinds) and of windows."""

    started: np.ndarray
    answered: np.ndarray
    by: np.ndarray
    seconds: np.ndarray
    done: np.ndarray


def world_of(
    contacts: Contacts, turn: np.ndarray, pieces: Pieces, changes: Changes, crew: Crew, volumes: Volumes
) -> World:
    """The rows before anything happens: everybody gone, nothing arrived."""
    crowd = len(contacts.queue)
    tasks, duties = crowd + len(pieces), len(changes.at)
    duty = crew.size
    first = duty + duties * at.DUTY_SIZE
    end = first + tasks * at.TASK_SIZE
    work = end
    sums = work + (len(contacts.handle) + len(pieces)) * at.WORK_SIZE
    people, windows = len(crew.people), len(pieces.planned_seconds)
    cells = people * volumes.intervals
    n = np.zeros(end + crowd + 1, dtype=np.int64)
    t = np.zeros(sums + 3 * cells + windows)
    n[: len(crew.n)], t[: len(crew.t)] = crew.n, crew.t
    piece = first + crowd * at.TASK_SIZE
    n[[at.DUTY, at.DUTIES_END, at.CONTACT, at.CONTACTS_END]] = duty, first, first, piece
    n[[at.PIECE, at.PIECES_END, at.HEAP, at.INTERVALS]] = piece, end, end, volumes.intervals
    t[at.INTERVAL] = volumes.interval_minutes * 60.0
    t[at.HORIZON] = volumes.intervals * volumes.interval_minutes * 60.0
    _people(n, crew, sums, volumes.intervals)
    whole, times = (row[duty:first].reshape(-1, at.DUTY_SIZE) for row in (n, t))
    whole[:, at.OF], whole[:, at.WHAT] = crew.person + changes.of * crew.person_size, changes.what
    times[:, at.AT], times[:, at.FOR] = changes.at, changes.seconds
    whole, times = (row[first:end].reshape(-1, at.TASK_SIZE) for row in (n, t))
    whole[:, at.BY] = whole[:, at.AFTER] = -1
    times[:, at.STARTED] = times[:, at.ANSWERED] = np.nan
    _contacts(whole[:crowd], times[:crowd], contacts, crew, work)
    times[:crowd, at.DUE] = turn
    _pieces(whole[crowd:], times[crowd:], pieces, crew, (piece, sums + 3 * cells))
    works = t[work:sums].reshape(-1, at.WORK_SIZE)
    works[: len(contacts.handle), at.HANDLE] = contacts.handle
    works[: len(contacts.handle), at.DELAY] = contacts.delay
    return World(n, t, (first, crowd), crew.person, crew.person_size, sums, cells, windows)


def _people(n: np.ndarray, crew: Crew, sums: int, intervals: int) -> None:
    """Where the sums of each person's seconds stand."""
    people = len(crew.people)
    end = crew.person + people * crew.person_size
    rows = n[crew.person : end].reshape(people, crew.person_size)
    own = sums + np.arange(people) * intervals
    for kind, field in enumerate((at.HANDLING, at.IDLING, at.PLANNING)):
        rows[:, field] = own + kind * people * intervals


def _contacts(whole: np.ndarray, times: np.ndarray, contacts: Contacts, crew: Crew, work: int) -> None:
    """Contacts, none of them touched."""
    touch_from = contacts.touch_from
    whole[:, at.QUEUE] = crew.queue_at[contacts.queue]
    whole[:, at.LIVE], whole[:, at.SOFT] = contacts.live, contacts.soft
    whole[:, at.TOUCHES] = np.diff(touch_from)
    whole[:, at.WORK] = work + touch_from[:-1] * at.WORK_SIZE
    times[:, at.READY], times[:, at.GIVES_UP_AT] = contacts.ready_at, contacts.gives_up_at
    times[:, at.LEFT] = contacts.handle[touch_from[:-1]]


def _pieces(
    whole: np.ndarray, times: np.ndarray, pieces: Pieces, crew: Crew, places: tuple[int, int]
) -> None:
    """Pieces of planned work, none of them touched; places: of the first piece, and of the windows' sums."""
    queue = crew.queue_at[crew.queues + pieces.work]
    whole[:, at.QUEUE] = queue
    whole[:, at.LIVE] = crew.n[queue + at.KIND] == at.FIXED
    whole[:, at.TOUCHES] = 1
    whole[:, at.WINDOW] = places[1] + pieces.window
    whole[:, at.NEXT_PIECE] = np.where(
        pieces.next_piece >= 0, places[0] + pieces.next_piece * at.TASK_SIZE, -1
    )
    times[:, at.READY], times[:, at.GIVES_UP_AT] = pieces.ready_at, pieces.gives_up_at
    times[:, at.LEFT], times[:, at.URGENT_AT] = pieces.handle, pieces.urgent_at
    times[:, at.DUE] = pieces.gives_up_at
