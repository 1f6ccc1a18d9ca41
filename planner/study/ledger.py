"""The ledger that a plan leaves behind: what was known before, and one row more for each person and week."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING

from planner.rota import Ledger, changes, ledger_rows
from planner.rules import AgentCalendar, left_to_work
from planner.study import steps
from planner.study.column import VERSION, Column

if TYPE_CHECKING:
    import pandas as pd

    from planner.study.plan import Plan

LEDGER_TABLES: Mapping[str, tuple[Column, ...]] = MappingProxyType(
    {
        "ledger.csv": (
            VERSION,
            Column("agent", "text", "name of the person; people who left stay"),
            Column("first_day", "day", "first local day that the row is about"),
            Column("days", "count", "days that the row is about: 7 for a week, more in a file made by hand"),
            Column("nights", "count", "shifts with three hours or more in the night of the site"),
            Column("weekends", "count", "weekends with a shift that starts on Saturday or Sunday"),
            Column("public_holidays", "count", "shifts that start on a public holiday of the site"),
            Column("early_starts", "count", "shifts that start before 07:00 and are no nights"),
            Column("changed_shifts", "count", "shifts changed after they were published"),
            Column("counted_minutes", "count", "minutes worked that count towards the contract"),
            Column("contract_minutes", "count", "minutes of the contract, leave and holidays credited"),
        )
    }
)


def ledger_of(plan: Plan) -> Ledger:
    """The ledger of a scenario with what its rota adds; planned again, a period replaces itself."""
    scenario = plan.scenario
    weeks = {name: contract_weeks(calendar) for name, calendar in steps.calendars_of(scenario).items()}
    return scenario.ledger.with_rows(ledger_rows(plan.rota, scenario.team, weeks, _changed(plan)))


def _changed(plan: Plan) -> Mapping[tuple[str, date], int]:
    """Shifts that differ from the rota that people know, by person and day; none if there is no such rota."""
    from planner.study.replan import published_of

    published = published_of(plan.scenario)
    if published is None:
        return {}
    return Counter((each.agent, each.day) for each in changes(published, plan.rota))


def contract_weeks(calendar: AgentCalendar) -> tuple[tuple[date, int, int], ...]:
    """First day, days and contract minutes of each week of the period, leave and holidays credited."""
    found = []
    for first, last in calendar.weeks:
        share = Fraction(sum(calendar.weekday(day) < 5 for day in range(first, last + 1)), 5)
        minutes = left_to_work(calendar, first, last, calendar.agent.weekly_minutes, share)
        found.append((calendar.day_at(first), last - first + 1, minutes))
    return tuple(found)


def ledger_frame(ledger: Ledger) -> pd.DataFrame:
    """The rows of a ledger with the columns of ``ledger.csv``."""
    import pandas as pd

    columns = [column.name for column in LEDGER_TABLES["ledger.csv"][1:]]
    rows = [{**asdict(row), "first_day": row.first_day.isoformat()} for row in ledger.rows]
    return pd.DataFrame(rows, columns=columns)
