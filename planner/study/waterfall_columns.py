"""Columns of the file that leads from the history to the forecast."""

from __future__ import annotations

from planner.study.column import VERSION, Column

WATERFALL_COLUMNS: dict[str, tuple[Column, ...]] = {
    "waterfall.csv": (
        VERSION,
        Column("queue", "text", "name of the queue"),
        Column("step", "count", "1 for the first step of the queue, one more for each"),
        Column(
            "kind",
            "text",
            "history or stated, calendar, new hours, now on, customers, orders, contact rate, growth, "
            "event, self-service, moved, by hand, or forecast: where the steps end",
        ),
        Column("name", "text", "which of its kind, as the scenario says it; empty: there is only one"),
        Column("contacts", "contacts", "contacts a week of the period after this step"),
        Column("change", "contacts", "what the step adds to them, or takes off"),
        Column("low", "contacts", "9 weeks of 10 bring at least so many, as far as told by this step"),
        Column("high", "contacts", "9 weeks of 10 bring at most so many, as far as told by this step"),
    ),
}
