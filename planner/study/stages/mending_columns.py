"""Columns of ``mending.csv``."""

from __future__ import annotations

from collections.abc import Mapping

from planner.study.column import VERSION, Column

MENDING_COLUMNS: Mapping[str, tuple[Column, ...]] = {
    "mending.csv": (
        VERSION,
        Column("number", "count", "of the stage that is no-go, from 1"),
        Column("stage", "text", "name of the scenario"),
        Column("gate", "text", "that fails, as the scenario names it"),
        Column(
            "change", "text", "kind of change: hire, minimum, starts, half, promise, partner, rule, on call"
        ),
        Column("what", "text", "the change in words"),
        Column("passes", "text", "yes: with it every gate is passed"),
        Column("mends_gate", "text", "yes: with it this gate is passed"),
        Column(
            "cost_change_a_month",
            "money",
            "wages and premiums more than of the stage as it is, a partner's dues in it",
        ),
        Column(
            "cost_change_low_a_month", "money", "as little as the bound of the change allows; empty: unknown"
        ),
        Column(
            "cost_change_high_a_month", "money", "as much as the bound of the stage allows; empty: unknown"
        ),
        Column("earliest", "day", "first day on which it can hold; empty: no day of decision is stated"),
        Column("weeks_from_decision", "count", "from decision to that day"),
        Column("still_failing", "text", "findings of gates that fail with it"),
        Column("checked", "text", "how: planned again from the stage's rota, on the same data and seed"),
        Column("notes", "text", "what is assumed"),
        Column(
            "one_off_cost", "money", "beside it, once: recruiting, training, equipment, set-up of a partner"
        ),
        Column(
            "file", "text", "scenario file with the change: of the stage's cheapest that passes; else empty"
        ),
    )
}
