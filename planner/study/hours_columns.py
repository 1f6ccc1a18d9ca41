"""Data: the columns of the files for payroll."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from planner.study.column import VERSION, Column

BUCKETS: Mapping[str, str] = MappingProxyType(
    {
        "ordinary_day": "work and meetings by day, neither on a Sunday nor on a public holiday",
        "ordinary_night": "the same in the night of the site",
        "sunday_day": "work and meetings on a Sunday by day, no public holiday",
        "sunday_night": "the same in the night of the site",
        "holiday_day": "work and meetings on a public holiday of the site by day, also one on a Sunday",
        "holiday_night": "the same in the night of the site",
        "overtime": "the last counted hours of a week beyond what is no overtime, at any hour",
        "on_call": "on call, at any hour",
        "training": "training, at any hour",
    }
)
"""Kinds of paid time, of which every minute is exactly one, with their meaning."""


def _hours() -> Iterator[Column]:
    for bucket, meaning in BUCKETS.items():
        yield Column(f"{bucket}_hours", "hours", f"paid hours: {meaning}")
        yield Column(f"{bucket}_time", "text", "the same as h:mm, exact to the minute")


_MONTH = (
    Column("month", "text", "payroll month such as 2026-04; empty: the whole period of a plan"),
    Column("first_day", "day", "its first local day"),
    Column("last_day", "day", "its last local day"),
)

HOURS_COLUMNS: Mapping[str, tuple[Column, ...]] = MappingProxyType(
    {
        "hours.csv": (
            VERSION,
            *_MONTH,
            Column("agent", "text", "name of the person"),
            Column("payroll_id", "id", "as in team.csv"),
            Column("site", "text", "place of work, whose clock, night and public holidays hold"),
            *_hours(),
            Column("total_hours", "hours", "all paid hours: the sum of the buckets, without credits"),
            Column("total_time", "text", "the same as h:mm"),
            Column("nights", "count", "shifts that start in the month with at least 3 h in the night"),
            Column("days_worked", "count", "local days of the month on which a shift starts, on call apart"),
            Column("counted_hours", "hours", "of the total, those that count towards the contract"),
            Column("leave_credit_hours", "hours", "what Mondays to Fridays of leave count; not paid hours"),
            Column(
                "holiday_credit_hours",
                "hours",
                "what public holidays on Mondays to Fridays count, leave or not; not paid hours",
            ),
            Column(
                "contract_hours",
                "hours",
                "a fifth of the weekly hours for each Monday to Friday of employment in days_covered",
            ),
            Column("balance_hours", "hours", "counted hours and credits minus contract hours"),
            Column("days_covered", "count", "local days of employment that the plans given have"),
        ),
        "hours_cost.csv": (
            VERSION,
            *_MONTH,
            Column("site", "text", "place of work"),
            Column("grade", "text", "as in team.csv; all: nobody has one; no grade: these people have none"),
            Column("bucket", "text", "as in hours.csv"),
            Column("people", "count", "people with such hours"),
            Column("hours", "hours", "paid hours"),
            Column("time", "text", "the same as h:mm"),
            Column("base_pay", "money", "without premiums"),
            Column("premiums", "money", "those that are known, on top; none for overtime as such"),
            Column("total", "money", "base pay and premiums; all lines together are the cost of the plan"),
            Column("currency", "text", "of the money"),
            Column(
                "not_included",
                "text",
                "premiums that these hours should have and that are not in the line: nobody stated them",
            ),
        ),
    }
)
