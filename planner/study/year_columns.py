"""Data: the columns of the file of a year's audit."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from planner.study.column import VERSION, Column

YEAR_COLUMNS: Mapping[str, tuple[Column, ...]] = MappingProxyType(
    {
        "year.csv": (
            VERSION,
            Column(
                "kind", "text", "hole, not known, double cover, clock change, hours apart, or shift length"
            ),
            Column("first_day", "day", "first date"),
            Column("last_day", "day", "last date; between them only the dates counted beside"),
            Column("dates", "count", "on how many dates"),
            Column("days", "text", "weekdays"),
            Column("clock", "text", "zone of the hours beside; of hours apart: the zone that is ahead"),
            Column("from", "text", "start of the hours; of a shift: its start"),
            Column("to", "text", "end of the hours"),
            Column(
                "hours",
                "hours",
                "in the whole span; of a shift: its length in fact; of a change of clocks: how much longer "
                "the day is; of hours apart: how far",
            ),
            Column("queues", "text", "queues and escalation roles; of a shift: its name"),
            Column("languages", "text", "of these queues"),
            Column("sites", "text", "there together; of hours apart: the zone that is behind"),
            Column("because", "text", "what changed on the first day"),
        ),
    }
)
