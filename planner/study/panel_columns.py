"""Data: the columns of the files that tell what tickets say beside arrivals."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from planner.study.column import VERSION, Column

_QUEUE = Column("queue", "text", "name of the queue")
_WEEK = Column("week", "day", "local Monday of the week")

PANEL_COLUMNS: Mapping[str, tuple[Column, ...]] = MappingProxyType(
    {
        "weeks.csv": (
            VERSION,
            _QUEUE,
            _WEEK,
            Column("created", "count", "tickets created in the week"),
            Column("solved", "count", "tickets solved in the week, of those that were created in the file"),
            Column("open_change", "count", "created less solved: by how much the backlog grew"),
            Column(
                "complete",
                "flag",
                "whether the whole week is in the file, and nearly all tickets solved in it are of the file",
            ),
        ),
        "replies.csv": (
            VERSION,
            _QUEUE,
            Column("arrived", "text", "contacts that arrived while it is open, closed, or all"),
            Column("within_seconds", "seconds", "time from arrival to first reply, elapsed"),
            Column("share", "share", "share of contacts with a first reply within that time, in the history"),
            Column("contacts", "count", "contacts measured: those of the last 7 days are left out"),
        ),
        "topics.csv": (
            VERSION,
            Column(
                "topic",
                "text",
                "as the file has it, in small letters; other: few tickets, or what may name somebody",
            ),
            _QUEUE,
            _WEEK,
            Column("contacts", "count", "contacts with the topic; one with several topics stands in each"),
            Column("out_of_hours", "count", "of those, while the queue is closed; empty: not known"),
            Column("counted_once", "count", "of those, the ones of which it is the rarest topic"),
        ),
    }
)
