"""Slots for cases that are too hard for the hour at which they come, such as Monday slots for a weekend."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from planner._errors import InputError
from planner._messages import Message
from planner.demand import PlannedWindow, PlannedWork, Volumes

Window = tuple[int, int]


def appointments(
    volumes: Volumes,
    queues: Sequence[str],
    name: str,
    share: float,
    from_windows: Sequence[Window],
    to_windows: Sequence[Window],
    length_seconds: float,
    team: str = "",
) -> PlannedWork:
    """Appointments that customers get instead of an answer at once: movable work of the windows they fall in.

    A share of the contacts that arrive in some windows each gets a slot in the first of others that
    starts after the arrival. The slot comes on top of the contact itself. Cases for which no slot is left
    in the windows given are not planned.

    Parameters
    ----------
    volumes: forecast. queues: whose contacts; those who serve any of them take the appointments.
    name: of the planned work, unique. share: of the contacts in the windows, from 0 to 1.
    from_windows, to_windows: starts and ends as absolute quarter-hours; slots in order, and apart from
        each other.
    length_seconds: of one appointment. team: skill that it needs beside.

    Raises
    ------
    InputError: a share, a length or windows that cannot be, unknown queues; all at once.

    Examples
    --------
    >>> calls, zeros = np.full((1, 48), 2.0), np.zeros(48, int)
    >>> volumes = Volumes(("phone",), 960, 60, calls, calls, calls, {}, zeros, zeros)
    >>> slots = appointments(volumes, ["phone"], "slots", 0.25, [(960, 1056)], [(1092, 1104)], 1800.0)
    >>> slots.windows, slots.fixed, slots.random
    ((PlannedWindow(start=1092, end=1104, people=0, work_seconds=21600.0),), False, True)
    """
    _refuse(volumes, queues, share, from_windows, to_windows, length_seconds)
    step = volumes.interval_minutes // 15
    rows = [volumes.queues.index(queue) for queue in queues]
    contacts = np.repeat(volumes.mean[rows].sum(axis=0), step) / step
    quarter = volumes.first_quarter + np.arange(len(contacts))
    chosen = np.zeros(len(contacts), dtype=bool)
    for start, end in from_windows:
        chosen |= (start <= quarter) & (quarter < end)
    starts = np.array([start for start, _ in to_windows], dtype=np.int64)
    slot = np.searchsorted(starts, quarter, side="right")
    cases = np.bincount(slot[chosen], contacts[chosen] * share, minlength=len(starts) + 1)
    windows = tuple(
        PlannedWindow(start, end, work_seconds=float(some * length_seconds))
        for (start, end), some in zip(to_windows, cases, strict=False)
        if some > 0
    )
    return PlannedWork(
        name, "appointments", tuple(queues), team, False, windows, piece_seconds=length_seconds, random=True
    )


def _refuse(
    volumes: Volumes,
    queues: Sequence[str],
    share: float,
    from_windows: Sequence[Window],
    to_windows: Sequence[Window],
    length_seconds: float,
) -> None:
    listed = ", ".join(volumes.queues)
    wrong = [
        Message("requirement.appointment_queue", {"queue": queue, "queues": listed})
        for queue in queues
        if queue not in volumes.queues
    ]
    if not 0.0 <= share <= 1.0:
        wrong.append(Message("requirement.appointment_share", {"value": f"{share:g}"}))
    if not 0.0 < length_seconds < float("inf"):
        wrong.append(Message("requirement.appointment_length", {"value": f"{length_seconds:g}"}))
    in_order = all(a[1] <= b[0] for a, b in pairwise(to_windows))
    if not in_order or any(end <= start for start, end in (*from_windows, *to_windows)):
        wrong.append(Message("requirement.appointment_windows", {}))
    if wrong:
        raise InputError(*wrong)
