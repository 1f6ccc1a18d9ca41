"""Data: the columns of the file that a changed rota brings with it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from planner.study.column import VERSION, Column

REPLAN_COLUMNS: Mapping[str, tuple[Column, ...]] = MappingProxyType(
    {
        "changes.csv": (
            VERSION,
            Column("agent", "text", "whose shift changes, where a plan changes a published rota"),
            Column("change", "text", "added, removed, or moved within its day"),
            Column("day", "text", "local day on which it starts or started"),
            Column("old_shift", "text", "shift type as published; empty: there was none"),
            Column("old_start_local", "text", "its start on the person's clock, with the offset"),
            Column("old_end_local", "text", "its end"),
            Column("new_shift", "text", "shift type now; empty: there is none"),
            Column("new_start_local", "text", "its start"),
            Column("new_end_local", "text", "its end"),
            Column("why", "text", "what would be wrong if this change alone were taken back"),
        ),
    }
)
