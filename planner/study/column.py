"""One column of a file that the planner writes."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

SCHEMA_VERSION = 1

# Decimals of written numbers, by kind.
DECIMALS: Mapping[str, int] = MappingProxyType(
    {"count": 0, "contacts": 4, "erlangs": 4, "share": 4, "seconds": 1, "hours": 4, "money": 2, "figure": 4}
)

Kind = Literal[
    "count", "contacts", "erlangs", "share", "seconds", "hours", "money", "figure",
    "text", "id", "day", "utc", "local", "flag",
]  # fmt: skip


class Column(NamedTuple):
    """One column of a file.

    Attributes
    ----------
    name: header. meaning: for people, with unit.
    kind: how it is written: a number with fixed decimals (see ``DECIMALS``), "text" (made harmless
        for spreadsheets), "id" (never changed), "day" (2026-03-30), "utc" (2026-03-30T08:00:00Z),
        "local" (2026-03-30T09:00:00+01:00), "flag" (yes or no). An empty cell means not known or not
        applicable, never 0.
    """

    name: str
    kind: Kind
    meaning: str


VERSION = Column("schema_version", "count", "version of this table: 1")
