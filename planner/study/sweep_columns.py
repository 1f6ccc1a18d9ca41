"""Data: the columns of the file of a sweep, with what they mean."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from planner.study.column import VERSION, Column

SWEEP_COLUMNS: Mapping[str, tuple[Column, ...]] = MappingProxyType(
    {
        "sweep.csv": (
            VERSION,
            Column("factor1", "text", "what is varied"),
            Column("value1", "text", "its value; empty: the scenario as it is"),
            Column("factor2", "text", "the other thing that is varied; empty: there is none"),
            Column("value2", "text", "its value; empty: the scenario as it is"),
            Column("figure", "text", "as in comparison.csv, or not planned"),
            Column("unit", "text", "unit of the value"),
            Column("value", "figure", "of this combination"),
            Column("low", "figure", "lower end of its proven or simulated range"),
            Column("high", "figure", "upper end of its proven or simulated range"),
            Column("difference", "figure", "value minus that of the scenario as it is"),
            Column("difference_low", "figure", "lower end of the difference's range, as in comparison.csv"),
            Column("difference_high", "figure", "upper end of that range; empty: none is known"),
            Column("verdict", "text", "lower, higher, same, not distinguishable, no range, or new"),
            Column("note", "text", "why it is not planned, or from which combination the bound is"),
        ),
    }
)
