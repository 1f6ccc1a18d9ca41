"""What is kept of tickets until they are added up: numbers, no text, no person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from planner._messages import Message

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd


@dataclass(frozen=True)
class Tickets:
    """Tickets of all sources, each once (its first creation), in columns of equal length.

    Attributes
    ----------
    quarter: absolute quarter-hour of creation, int64.
    queue: index of the queue, int16.
    solved: absolute quarter-hour in which it was solved, int64; -1 where it is open or not known.
    reply_seconds: from creation to the first reply, elapsed, float32; NaN where there was none or it is not
        known.
    labels: index into ``label_sets``, int32; -1 where the file has none.
    label_sets: tags or topics that stand together in a cell.
    has_solved, has_replies, has_labels: whether any source has such a column.
    """

    quarter: np.ndarray
    queue: np.ndarray
    solved: np.ndarray
    reply_seconds: np.ndarray
    labels: np.ndarray
    label_sets: tuple[tuple[str, ...], ...] = ()
    has_solved: bool = False
    has_replies: bool = False
    has_labels: bool = False


@dataclass(frozen=True)
class Panels:
    """What tickets tell beside arrivals; each frame is None where no file has such a column.

    Attributes
    ----------
    weeks: columns ``week`` (local Monday, date), ``queue``, ``created``, ``solved``, ``open_change``: created
        less solved.
    replies: columns ``queue``, ``arrived`` ("open" | "closed" | "all"), ``within_seconds`` (edges of a fixed
        grid, ascending), ``share`` of contacts with a first reply by then, ``contacts``.
    topics: columns ``topic``, ``queue``, ``week``, ``contacts``, ``out_of_hours``: of those, outside opening
        hours. Topics of few tickets are together as "other".
    """

    weeks: pd.DataFrame | None = None
    replies: pd.DataFrame | None = None
    topics: pd.DataFrame | None = None


@dataclass(frozen=True)
class Suggestion:
    """A change to what is taken of a history, for the user to accept or not.

    Attributes
    ----------
    kind: "trim start", "trim end", "exclude" or "event".
    first, last: local days that would be left out or labelled, both included.
    queues: names; empty: all.
    why: what was found, in a sentence.
    """

    kind: Literal["trim start", "trim end", "exclude", "event"]
    first: date
    last: date
    why: Message
    queues: tuple[str, ...] = ()
