"""A rota as a table with one row per shift: the columns of rota.csv."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING

from planner.clock import (
    PublicHolidays,
    local_text,
    utc_text,
    window_minutes,
)
from planner.people import Team
from planner.rota.local_days import holiday_minutes, holiday_names, sunday_minutes
from planner.rota.paid_spans import paid_spans
from planner.rota.pay import PayTerms, shift_cost
from planner.rota.pieces import pieces_of
from planner.rota.shifts import Rota, Shift

if TYPE_CHECKING:
    import pandas as pd

SCHEMA_VERSION = 1

HOURS = ("elapsed", "paid", "night", "sunday", "holiday")
NOTHING: Mapping[str, int] = MappingProxyType(dict.fromkeys(HOURS, 0))

ROTA_COLUMNS = (
    "schema_version",
    "scenario",
    "rota_version",
    "shift_id",
    "agent",
    "payroll_id",
    "site",
    "zone",
    "day",
    "shift",
    "kind",
    "start_local",
    "end_local",
    "start_utc",
    "end_utc",
    "break_starts_utc",
    "break_minutes",
    "elapsed_hours",
    "paid_hours",
    "night_hours",
    "sunday_hours",
    "holiday_hours",
    "holiday",
    "premium_cost",
    "languages",
    "team",
    "status",
    "note",
)


def rota_frame(
    rota: Rota, team: Team, terms: PayTerms | None = None, rota_version: int = 1, *, split: bool = False
) -> pd.DataFrame:
    """One row per shift, sorted by start and then person, with the columns of rota.csv.

    Hours are elapsed hours: night, Sunday and holiday hours are cut on the person's clock (the unpaid
    break is not taken off them). ``premium_cost`` is in currency units; it is empty without pay terms, and
    where the shift has hours whose premium is not known.
    ``shift_id`` stays the same as long as scenario, person, day and number on the day do.

    Parameters
    ----------
    rota: shifts of the period.
    team: everyone in it.
    terms: what an hour costs; None: no costs.
    rota_version: 1 for the first published rota, one more for each change.
    split: a row for each local day of a shift instead, with the same id; ``note`` says which of how many.
        Hours and cents of the pieces add up to those of the shift.
    """
    import pandas as pd

    rows = _Rows(rota.scenario, team, terms, rota_version)
    found = [
        row
        for shift_id, shift in zip(shift_ids(rota), _in_order(rota), strict=True)
        for row in (rows.pieces(shift, shift_id) if split else [rows.whole(shift, shift_id)])
    ]
    return pd.DataFrame(found, columns=list(ROTA_COLUMNS))


def shift_ids(rota: Rota) -> tuple[str, ...]:
    """Short ids of a rota's shifts, sorted by start, then person, then end, as the rows of rota.csv are.

    An id stays the same as long as scenario, person, day and number on the day do.

    Examples
    --------
    >>> from datetime import UTC, date, datetime
    >>> start, day = datetime(2026, 3, 2, 7, tzinfo=UTC), date(2026, 3, 2)
    >>> shift = Shift(start, "Anna", start.replace(hour=15), day, "early", "UTC")
    >>> shift_ids(Rota("desk", day, 7, ("Anna",), (shift,)))
    ('sd51d691dfc1a',)
    """
    numbers: Counter[tuple[str, str]] = Counter()
    found = []
    for shift in _in_order(rota):
        number = numbers[shift.agent, shift.day.isoformat()]
        numbers[shift.agent, shift.day.isoformat()] += 1
        found.append(_shift_id(rota.scenario, shift, number))
    return tuple(found)


def _in_order(rota: Rota) -> list[Shift]:
    return sorted(rota.shifts, key=lambda shift: (shift.start, shift.agent, shift.end))


class _Rows:
    """Makes rows of shifts; what is the same for all of a person or a site is looked up once."""

    def __init__(self, scenario: str, team: Team, terms: PayTerms | None, rota_version: int) -> None:
        self.scenario, self.terms, self.rota_version = scenario, terms, rota_version
        sites = {site.name: (site, PublicHolidays(site.public_holidays)) for site in team.sites}
        self.people = {agent.name: (agent, *sites[agent.site]) for agent in team.agents}

    def whole(self, shift: Shift, shift_id: str) -> dict[str, object]:
        """The row of a shift."""
        cents = None if self.terms is None else shift_cost(shift, shift.agent, self.terms).premium_cents
        return self._row(shift, shift_id, cents)

    def pieces(self, shift: Shift, shift_id: str) -> list[dict[str, object]]:
        """The rows of a shift's local days; cents go to the piece in which they are earned."""
        parts = pieces_of(shift)
        before: Mapping[str, int] = NOTHING
        spans = () if self.terms is None else paid_spans(shift, shift.agent, self.terms)
        rows = []
        for number, part in enumerate(parts, start=1):
            cents = sum(span.premium_cents for span in spans if part.start <= span.start < part.end)
            row = self._row(part, shift_id, None if self.terms is None else cents, before)
            rows.append({**row, "note": f"{number} of {len(parts)}" if len(parts) > 1 else ""})
            before = {kind: before[kind] + minutes for kind, minutes in self._minutes(part).items()}
        return rows

    def _minutes(self, shift: Shift) -> dict[str, int]:
        """Minutes of a shift by kind."""
        agent, site, holidays = self.people[shift.agent]
        return {
            "elapsed": shift.elapsed_minutes,
            "paid": shift.paid_minutes,
            "night": window_minutes(shift.start, shift.end, site.night, agent.zone),
            "sunday": sunday_minutes(shift.start, shift.end, agent.zone),
            "holiday": holiday_minutes(shift.start, shift.end, agent.zone, holidays),
        }

    def _row(
        self, shift: Shift, shift_id: str, premium_cents: int | None, before: Mapping[str, int] = NOTHING
    ) -> dict[str, object]:
        """One row; ``before``: minutes of the shift's earlier pieces, so that rounded hours add up."""
        agent, site, holidays = self.people[shift.agent]
        due = self._minutes(shift)
        hours = {f"{kind}_hours": _hours(minutes, before[kind]) for kind, minutes in due.items()}
        return {
            "schema_version": SCHEMA_VERSION,
            "scenario": self.scenario,
            "rota_version": self.rota_version,
            "shift_id": shift_id,
            "agent": agent.name,
            "payroll_id": agent.payroll_id,
            "site": site.name,
            "zone": shift.zone,
            "day": shift.day.isoformat(),
            "shift": shift.name,
            "kind": shift.kind,
            "start_local": local_text(shift.start, shift.zone),
            "end_local": local_text(shift.end, shift.zone),
            "start_utc": utc_text(shift.start),
            "end_utc": utc_text(shift.end),
            "break_starts_utc": "" if shift.break_start is None else utc_text(shift.break_start),
            "break_minutes": shift.break_minutes,
            **hours,
            "holiday": holiday_names(shift.start, shift.end, shift.zone, holidays),
            "premium_cost": self._premium(agent.name, due, premium_cents),
            "languages": " ".join(agent.languages),
            "team": " ".join(sorted(agent.teams)),
            "status": shift.status,
            "note": "",
        }

    def _premium(self, agent: str, due: Mapping[str, int], cents: int | None) -> str:
        """Premiums with two decimals; empty if one that there should be is not known."""
        if self.terms is None or cents is None:
            return ""
        site = self.terms.sites[self.terms.site_of[agent]]
        shares = {
            "night": site.night_premium,
            "sunday": site.sunday_premium,
            "holiday": site.holiday_premium,
        }
        if any(due[kind] and share is None for kind, share in shares.items()):
            return ""
        return f"{cents / 100:.2f}"


def _hours(minutes: int, before: int = 0) -> float:
    """Hours with at most four decimals, such that those of pieces add up to those of the whole."""
    return round(round((before + minutes) / 60, 4) - round(before / 60, 4), 4)


def _shift_id(scenario: str, shift: Shift, number: int) -> str:
    """A short stable id; it starts with a letter so that no spreadsheet takes it for a number."""
    text = "\x1f".join((scenario, shift.agent, shift.day.isoformat(), str(number)))
    return "s" + hashlib.sha256(text.encode()).hexdigest()[:12]


def fairness(rota: Rota, team: Team, night_means_minutes: int = 180) -> pd.DataFrame:
    """What each person carries: one row per person, in the order of the team.

    Columns: ``agent``, ``shifts``, ``paid_hours``, ``nights`` (shifts with so many minutes in the night of
    the site), ``weekends`` (with a shift that starts on Saturday or Sunday), ``sundays``, ``holidays``
    (shifts that start on such a day) and ``on_call`` (duties on call, which are in no other count).

    Parameters
    ----------
    rota: shifts of the period.
    team: everyone, also those without a shift.
    night_means_minutes: minutes at night that make a night.
    """
    import pandas as pd

    rows = []
    for agent in team.agents:
        site = team.site_of(agent)
        duties = rota.tour(agent.name)
        tour = [shift for shift in duties if shift.kind != "on_call"]
        holidays = PublicHolidays(site.public_holidays)
        weekends = {s.day - timedelta(days=s.day.weekday() - 5) for s in tour if s.day.weekday() >= 5}
        rows.append(
            {
                "agent": agent.name,
                "shifts": len(tour),
                "paid_hours": _hours(sum(shift.paid_minutes for shift in tour)),
                "nights": sum(
                    window_minutes(s.start, s.end, site.night, agent.zone) >= night_means_minutes
                    for s in tour
                ),
                "weekends": len(weekends),
                "sundays": sum(s.day.weekday() == 6 for s in tour),
                "holidays": sum(holidays.name_of(s.day) is not None for s in tour),
                "on_call": len(duties) - len(tour),
            }
        )
    columns = ["agent", "shifts", "paid_hours", "nights", "weekends", "sundays", "holidays", "on_call"]
    return pd.DataFrame(rows, columns=columns)
