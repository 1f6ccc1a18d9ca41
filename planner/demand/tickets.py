"""What is kept of tickets until they are added up: numbers, no text, no person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from planner._messages import Message

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd


NOT_SAID = -2


@dataclass(frozen=True)
class Tickets:
    """Tickets of all sources, each once (its first creation), in columns of equal length.

    Attributes
    ----------
    quarter: absolute quarter-hour of creation, int64.
    queue: index of the queue, int16.
    solved: absolute quarter-hour in which it was solved, int64; -1 where it is open, ``NOT_SAID`` where its
        file does not say.
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
    weeks: columns ``week`` (local Monday, date), ``queue``, ``created``, ``solved`` (of tickets that were
        created in the file), ``open_change``: created less solved, ``complete``: the whole week was
        observed, and nearly all tickets solved in it were created in the file. Queues of which no ticket
        was ever solved have no rows.
    replies: columns ``queue``, ``arrived`` ("open" | "closed" | "all", only the last where opening hours
        are not known), ``within_seconds`` (edges of a fixed grid, ascending, elapsed), ``share`` of contacts
        with a first reply by then, ``contacts``. Contacts of the last 7 days are left out, of which it
        is not known yet.
    kept: the same contacts against the queue's own promise, on its clock: columns ``queue``, ``arrived``,
        ``kept`` (share; NaN where it cannot be told), ``contacts``, ``left_out`` (contacts of the queue
        without a first reply of which nobody knows whether they needed one), ``first_day``, ``last_day``.
    topics: columns ``topic``, ``queue``, ``week``, ``contacts`` (one with several topics stands in each),
        ``out_of_hours``: of those, outside opening hours (NaN where these are not known),
        ``counted_once``: those of which it is the rarest topic. Topics of few tickets, and what looks like
        an address, a number or a person's name, are together as "other".
    """

    weeks: pd.DataFrame | None = None
    replies: pd.DataFrame | None = None
    kept: pd.DataFrame | None = None
    topics: pd.DataFrame | None = None


@dataclass(frozen=True)
class Suggestion:
    """Something about a history that is worth knowing, mostly a change for the user to accept or not.

    Attributes
    ----------
    kind: "trim start", "trim end", "exclude" and "event" are changes; "note" needs none, but may offer one.
    first, last: local days that would be left out or labelled, both included; of a note those it is about.
    queues: names; empty: all.
    why: what was found, in a sentence.
    line: what a scenario writes to accept it, under the file in ``history`` unless it starts with
        ``events``; "" where nothing can be accepted.
    """

    kind: Literal["trim start", "trim end", "exclude", "event", "note"]
    first: date
    last: date
    why: Message
    queues: tuple[str, ...] = ()
    line: str = ""

    @property
    def sentence(self) -> Message:
        """What was found, with the line that accepts it."""
        if not self.line:
            return self.why
        return Message("quality.accept", {"why": str(self.why), "line": self.line})
