"""Data: the columns of the file that tells who fills the posts."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from planner.study.column import VERSION, Column

POST_COLUMNS: Mapping[str, tuple[Column, ...]] = MappingProxyType(
    {
        "posts.csv": (
            VERSION,
            Column("day", "text", "local day on which the shift starts"),
            Column("post", "text", "people and shift, and the queues whose people count"),
            Column("shift", "text", "shift type"),
            Column("required", "count", "people asked"),
            Column("on_duty", "count", "people who count and take the shift"),
            Column("missing", "count", "people missing: required minus on duty, not below 0"),
            Column("extra", "count", "people extra: on duty minus required, not below 0"),
        ),
    }
)
