"""What each person did in earlier periods: nights, weekends, hours; carried from period to period.

One row is one person and one week (or a longer time, in a file made by hand). Nothing in it says why
somebody was away, or who swapped with whom.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta

from planner.clock import PublicHolidays, resolve, window_minutes
from planner.people import Agent, Site, Team
from planner.rota.cells import csv_lines, guard
from planner.rota.shifts import Rota, Shift

SCHEMA_VERSION = 1
NIGHT_MINUTES = 180
EARLY_UNTIL = 7 * 60
COUNTS = ("nights", "weekends", "public_holidays", "early_starts", "changed_shifts")
MINUTES = ("counted_minutes", "contract_minutes")
LEDGER_COLUMNS = ("schema_version", "agent", "first_day", "days", *COUNTS, *MINUTES)


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One person and a week, or a longer time.

    Attributes
    ----------
    agent: name. first_day, days: local days that the row is about.
    nights: shifts with three hours or more in the night of the site.
    weekends: with a shift that starts on Saturday or Sunday.
    public_holidays: shifts that start on one of the site.
    early_starts: shifts that start before 07:00 and are no nights.
    changed_shifts: changed after they were published.
    counted_minutes: worked, as far as they count towards the contract.
    contract_minutes: what the contract asked, leave and holidays credited.
    """

    agent: str
    first_day: date
    days: int
    nights: int = 0
    weekends: int = 0
    public_holidays: int = 0
    early_starts: int = 0
    changed_shifts: int = 0
    counted_minutes: int = 0
    contract_minutes: int = 0

    @property
    def end(self) -> date:
        """The day after the last one."""
        return self.first_day + timedelta(days=self.days)


@dataclass(frozen=True)
class Ledger:
    """Rows by person and day, also of people who left."""

    rows: tuple[LedgerRow, ...] = ()

    def before(self, day: date) -> Ledger:
        """What ended by a day: a period that is planned again does not count itself."""
        return Ledger(tuple(row for row in self.rows if row.end <= day))

    def balances(self, agent: str) -> dict[str, int]:
        """Totals of one person by name; empty if nothing is known of them.

        The names are those of the columns, and ``days``, ``weeks`` and ``surplus_minutes`` (counted minus
        contract minutes).

        Examples
        --------
        >>> monday = date(2026, 3, 2)
        >>> row = LedgerRow("Anna", monday, 7, nights=2, counted_minutes=2400, contract_minutes=2280)
        >>> found = Ledger((row, row)).balances("Anna")
        >>> found["nights"], found["weeks"], found["surplus_minutes"]
        (4, 2, 240)
        """
        mine = [row for row in self.rows if row.agent == agent]
        if not mine:
            return {}
        found = {name: sum(getattr(row, name) for row in mine) for name in (*COUNTS, *MINUTES, "days")}
        surplus = found["counted_minutes"] - found["contract_minutes"]
        return {**found, "weeks": found["days"] // 7, "surplus_minutes": surplus}

    def earlier_minutes(self, agent: str, first_day: date, most_weeks: int = 53) -> tuple[int, ...]:
        """Counted minutes of the weeks right before a day, the latest first, as far as they are known.

        A row of more than a week is spread evenly over its days; a week without a row ends the list.

        Parameters
        ----------
        agent: name.
        first_day: first day of the period.
        most_weeks: how far back to look.
        """
        by_day: dict[date, tuple[int, int]] = {}
        for row in self.rows:
            if row.agent == agent:
                for n in range(row.days):
                    before, until = (
                        row.counted_minutes * n // row.days,
                        row.counted_minutes * (n + 1) // row.days,
                    )
                    by_day[row.first_day + timedelta(days=n)] = (row.days, until - before)
        weeks = []
        for number in range(1, most_weeks + 1):
            days = [first_day + timedelta(days=n - 7 * number) for n in range(7)]
            if not all(day in by_day for day in days):
                break
            weeks.append(sum(by_day[day][1] for day in days))
        return tuple(weeks)

    def with_rows(self, rows: Iterable[LedgerRow]) -> Ledger:
        """These rows and new ones; old rows of the new ones' people that end later give way."""
        new = tuple(rows)
        starts = {
            name: min(row.first_day for row in new if row.agent == name) for name in {r.agent for r in new}
        }
        kept = [row for row in self.rows if row.agent not in starts or row.end <= starts[row.agent]]
        return Ledger(tuple(sorted((*kept, *new), key=lambda row: (row.agent, row.first_day))))

    def text(self) -> str:
        """The rows as a CSV file."""
        ordered = sorted(self.rows, key=lambda row: (row.agent, row.first_day))
        values = ([getattr(row, field.name) for field in fields(row)][1:] for row in ordered)
        body = ([SCHEMA_VERSION, guard(row.agent), *rest] for row, rest in zip(ordered, values, strict=True))
        return csv_lines([LEDGER_COLUMNS, *body])


def is_early(shift: Shift, agent: Agent, site: Site) -> bool:
    """Whether a shift starts before 07:00 on the person's clock and is no night."""
    opens, until = (resolve(shift.day, minutes, agent.zone).at for minutes in (0, EARLY_UNTIL))
    return opens <= shift.start < until and not _is_night(shift, agent, site)


def _is_night(shift: Shift, agent: Agent, site: Site) -> bool:
    return window_minutes(shift.start, shift.end, site.night, agent.zone) >= NIGHT_MINUTES


def ledger_rows(
    rota: Rota,
    team: Team,
    weeks: Mapping[str, Sequence[tuple[date, int, int]]],
    changed: Mapping[tuple[str, date], int] | None = None,
) -> tuple[LedgerRow, ...]:
    """What a rota adds to the ledger: one row for each person and week of it.

    Parameters
    ----------
    rota: shifts of the period; on call counts nowhere here.
    team: everyone.
    weeks: by person, first day, number of days and contract minutes of each week of the period.
    changed: shifts that were changed after publishing, by person and local day.
    """
    found = []
    for agent in team.agents:
        site = team.site_of(agent)
        holidays = PublicHolidays(site.public_holidays)
        tour = [shift for shift in rota.tour(agent.name) if shift.kind != "on_call"]
        for first, days, contract in weeks[agent.name]:
            last = first + timedelta(days=days)
            mine = [shift for shift in tour if first <= shift.day < last]
            moved = sum(
                count
                for (name, day), count in (changed or {}).items()
                if name == agent.name and first <= day < last
            )
            found.append(
                LedgerRow(
                    agent=agent.name,
                    first_day=first,
                    days=days,
                    nights=sum(_is_night(shift, agent, site) for shift in mine),
                    weekends=len(
                        {s.day - timedelta(days=s.day.weekday() - 5) for s in mine if s.day.weekday() > 4}
                    ),
                    public_holidays=sum(holidays.name_of(shift.day) is not None for shift in mine),
                    early_starts=sum(is_early(shift, agent, site) for shift in mine),
                    changed_shifts=moved,
                    counted_minutes=sum(shift.paid_minutes for shift in mine if shift.counted),
                    contract_minutes=contract,
                )
            )
    return tuple(found)
