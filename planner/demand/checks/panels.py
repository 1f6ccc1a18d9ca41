"""What tickets tell beside arrivals: the backlog's growth, today's first replies, topics."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from planner.clock import day_starts, local_at
from planner.demand.checks.replies import kept_frame, replies_frame
from planner.demand.checks.topics import topics_frame
from planner.demand.tickets import NOT_SAID, Panels, Tickets

if TYPE_CHECKING:
    import pandas as pd

    from planner.clock import OpeningHours
    from planner.demand.queue import Queue

# A week's solved tickets count as known when tickets of the file are so large a share of them.
SOLVED_KNOWN = 0.95
ENOUGH_SOLVED = 50


def panels_of(
    tickets: Tickets,
    queues: Sequence[Queue],
    zone: str,
    first_quarter: int,
    end_quarter: int,
    opening: Mapping[str, OpeningHours] | None = None,
) -> Panels:
    """Add tickets up to weeks, first replies and topics; afterwards no ticket is left.

    Parameters
    ----------
    tickets: each once.
    queues: of the scenario, which ``tickets.queue`` counts.
    zone: clock of days and weeks.
    first_quarter, end_quarter: what is observed, whole local days; tickets created outside are left out.
    opening: opening hours by queue, for what came in and out of hours; None: not known.

    Examples
    --------
    >>> from planner.demand import Promise, Queue
    >>> email = Queue("email en", "email", "en", aht_seconds=600, promise=Promise(0.9, 7200))
    >>> at = np.array([0, 4, 672], dtype=np.int64) + 96 * 4  # 1970-01-05 was a Monday
    >>> nothing = np.full(3, np.nan, dtype=np.float32)
    >>> row = np.zeros(3, dtype=np.int16)
    >>> seen = Tickets(at, row, at + np.array([8, 700, -3000]), nothing, row - 1, has_solved=True)
    >>> made = panels_of(seen, [email], "UTC", 384, 384 + 2 * 672)
    >>> made.weeks[["created", "solved", "open_change"]].to_numpy().tolist()
    [[2, 1, 1], [1, 1, 0]]
    >>> made.replies is None and made.topics is None
    True
    """
    inside = (tickets.quarter >= first_quarter) & (tickets.quarter < end_quarter)
    seen = tickets if inside.all() else _only(tickets, inside)
    masks = _masks(queues, opening, first_quarter, end_quarter)
    mondays, starts = local_weeks(zone, first_quarter, end_quarter)
    names = [queue.name for queue in queues]
    span = (first_quarter, end_quarter)
    return Panels(
        weeks=_weeks(seen, names, mondays, starts, span) if seen.has_solved else None,
        replies=replies_frame(seen, queues, masks, span) if seen.has_replies else None,
        kept=kept_frame(seen, queues, masks, span, zone, opening) if seen.has_replies else None,
        topics=topics_frame(seen, names, masks, mondays, starts, span) if seen.has_labels else None,
    )


def local_weeks(zone: str, first_quarter: int, end_quarter: int) -> tuple[list[date], np.ndarray]:
    """Mondays of the local weeks that a stretch touches, and where they start and the last one ends.

    Examples
    --------
    >>> mondays, starts = local_weeks("Europe/Rome", 1_972_988, 1_973_660)  # from Thursday 2026-04-09
    >>> str(mondays[0]), len(mondays), np.diff(starts).tolist()
    ('2026-04-06', 2, [672, 672])
    """
    first_day = local_at(first_quarter, zone).date()
    monday = first_day - timedelta(days=first_day.weekday())
    days = (local_at(end_quarter - 1, zone).date() - monday).days + 1
    weeks = -(-days // 7)
    starts = np.array(day_starts(monday, 7 * weeks, zone), dtype=np.int64)[::7]
    return [monday + timedelta(weeks=week) for week in range(weeks)], starts


def _only(tickets: Tickets, inside: np.ndarray) -> Tickets:
    return Tickets(
        tickets.quarter[inside],
        tickets.queue[inside],
        tickets.solved[inside],
        tickets.reply_seconds[inside],
        tickets.labels[inside],
        tickets.label_sets,
        tickets.has_solved,
        tickets.has_replies,
        tickets.has_labels,
    )


def _masks(
    queues: Sequence[Queue], opening: Mapping[str, OpeningHours] | None, first: int, end: int
) -> np.ndarray | None:
    """Open quarters of each queue, shape (queues, quarters); None if opening hours are not known."""
    if opening is None or any(queue.name not in opening for queue in queues):
        return None
    masks: dict[int, np.ndarray] = {}
    rows = []
    for queue in queues:
        hours = opening[queue.name]
        if id(hours) not in masks:
            masks[id(hours)] = hours.mask(first, end - first)
        rows.append(masks[id(hours)])
    return np.array(rows, dtype=bool).reshape(len(queues), end - first)


def _weeks(
    tickets: Tickets, names: Sequence[str], mondays: Sequence[date], starts: np.ndarray, span: tuple[int, int]
) -> pd.DataFrame | None:
    """Created and solved per week and queue; queues of which no ticket was ever solved are not known."""
    import pandas as pd

    first, end = span
    weeks = len(mondays)
    whole = (starts[:-1] >= first) & (starts[1:] <= end)
    rows = []
    for number, name in enumerate(names):
        mine = (tickets.queue == number) & (tickets.solved != NOT_SAID)
        created, solved = tickets.quarter[mine], tickets.solved[mine]
        done = (solved >= created) & (solved < end)
        if not done.any():
            continue
        came = np.bincount(np.searchsorted(starts, created, side="right") - 1, minlength=weeks)
        went = np.bincount(np.searchsorted(starts, solved[done], side="right") - 1, minlength=weeks)
        known = _known_from(created, solved, done, first, end)
        rows.append(
            pd.DataFrame({
                "week": list(mondays),
                "queue": name,
                "created": came.astype(np.int64),
                "solved": went.astype(np.int64),
                "open_change": (came - went).astype(np.int64),
                "complete": whole & (starts[:-1] >= known),
            })
        )  # fmt: skip
    return pd.concat(rows, ignore_index=True) if rows else None


def _known_from(created: np.ndarray, solved: np.ndarray, done: np.ndarray, first: int, end: int) -> int:
    """Quarter from which nearly all solved tickets were created in the file.

    In a steady state, the share of tickets solved at a time t after the start of the file that were created
    in it is the share of tickets that are solved within t. It is read from the first half, which had time.
    """
    early = done & (created < (first + end) // 2)
    ages = (solved - created)[early if early.sum() >= ENOUGH_SOLVED else done]
    return first + int(np.quantile(ages, SOLVED_KNOWN))
