"""Data: the columns of why.csv and fixes.csv, with what they mean."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from planner.study.column import VERSION, Column

WHY_COLUMNS: Mapping[str, tuple[Column, ...]] = MappingProxyType(
    {
        "why.csv": (
            VERSION,
            Column("number", "count", "of the shortage, the most person-hours first; empty: not a shortage"),
            Column(
                "what",
                "text",
                "people missing, deferred work overdue, people missing on a post, a clash of somebody's "
                "rules, or the window: the smallest stretch found that fails whatever the rota",
            ),
            Column("queues", "text", "the set that explains it, joined by +"),
            Column("days", "text", "day, or days of the week, on which it begins, scenario's clock"),
            Column("local_hours", "text", "from and to on that clock; (+1): ends the next day"),
            Column("first_date", "day", "first local day"),
            Column("times", "count", "days of the period on which it happens"),
            Column("required", "count", "people needed, on the worst day"),
            Column("on_duty", "count", "people on duty then who can serve the set"),
            Column("hours", "hours", "person-hours missing in the period"),
            Column("proven_hours", "hours", "of these that every rota misses; empty: not known"),
            Column(
                "reason",
                "text",
                "why nobody more is there: rule (this one alone stops them), rules (these together), "
                "elsewhere (they save more where they are), nothing (the search missed it), there (already "
                "on duty), no shift (none reaches these hours), no tour (their rules clash), nobody can "
                "serve; empty: not looked into",
            ),
            Column("rule", "text", "the rule, or rules, in words"),
            Column("people", "count", "people for whom it is so"),
            Column("names", "text", "their names"),
            Column(
                "saves",
                "money",
                "what the whole cost would fall by if one of them were not held to the rule, at most",
            ),
            Column("text", "text", "the finding in words"),
        ),
        "fixes.csv": (
            VERSION,
            Column("rank", "count", "1 for the cheapest: wages, and what is still missing at its price"),
            Column(
                "kind",
                "text",
                "hire, language, relax, quick return, close hours, promise, minimum or outsource",
            ),
            Column("fix", "text", "what changes"),
            Column("file", "text", "scenario file that says so, beside this one"),
            Column("missing_before", "hours", "person-hours missing without it, after the same search"),
            Column("missing_before_low", "hours", "no rota without it misses fewer; empty: not known"),
            Column("missing_after", "hours", "person-hours missing with it"),
            Column("missing_after_low", "hours", "no rota with it misses fewer; empty: not known"),
            Column(
                "verdict",
                "text",
                "of missing hours: lower (proven), not distinguishable, same, or no range",
            ),
            Column("wages_before", "money", "wages and premiums of the period without it"),
            Column("wages_after", "money", "with it; a partner's hours too"),
            Column("difference", "money", "between the two"),
            Column("difference_a_month", "money", "the same for a month"),
            Column("whole_cost", "money", "of the period with it: wages, broken rules and missing people"),
            Column("decide_by", "day", "last day to decide for the first day of the plan; empty: any time"),
            Column("broken", "text", "who breaks a rule that may be broken, how often"),
            Column("hours_moved", "text", "whose paid hours change, and by how much"),
            Column("text", "text", "the fix in words"),
        ),
    }
)
