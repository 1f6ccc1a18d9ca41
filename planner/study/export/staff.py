"""``staff.json``: people, sites and pay as they were when a rota was planned.

A rota is exported weeks after it was planned, and paid a month later, when team and scenario may have
changed. So a plan's folder keeps what its files are made from.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError

from planner._errors import InputError
from planner._messages import Message
from planner.people import Team
from planner.rota import CALENDAR_MONTHS, PayrollTerms, PayTerms, ShiftType, pay_terms
from planner.study.record import json_text

if TYPE_CHECKING:
    from planner.study.scenario import Scenario

STAFF = "staff.json"
VERSION = 1


@dataclass(frozen=True)
class Staff:
    """Who a rota was planned for, and how they are paid.

    Attributes
    ----------
    version: of the file.
    scenario: its name. first_day, days: the period. zone, currency: of the scenario.
    team: people and sites.
    shift_types: kinds of duty, for what they pay and count; days on which none is given are left out.
    holiday_premiums: by site; None: not known. unknown_premiums: in words, not in any cost.
    payroll: how months are cut.
    candidates: of the team, those who could be hired or come from a partner; in the rota only if taken.
    """

    scenario: str
    first_day: date
    days: int
    zone: str
    currency: str
    team: Team
    shift_types: tuple[ShiftType, ...]
    holiday_premiums: Mapping[str, float | None]
    unknown_premiums: tuple[str, ...] = ()
    payroll: PayrollTerms = CALENDAR_MONTHS
    candidates: tuple[str, ...] = ()
    version: int = VERSION

    @property
    def terms(self) -> PayTerms:
        """What an hour costs."""
        return pay_terms(self.team, self.holiday_premiums, self.unknown_premiums)


def staff_of(scenario: Scenario) -> Staff:
    """Who a scenario plans for."""
    return Staff(
        scenario.name,
        scenario.first_day,
        scenario.days,
        scenario.zone,
        scenario.currency,
        scenario.team,
        tuple(replace(kind, not_on=frozenset()) for kind in scenario.shift_types),
        dict(scenario.holiday_premiums),
        tuple(scenario.unknown_premiums),
        scenario.payroll_terms,
        (*scenario.hires, *scenario.seats),
    )


def staff_text(scenario: Scenario) -> str:
    """The text of ``staff.json``; equal scenarios give equal bytes."""
    return json_text(staff_of(scenario))


def read_staff(folder: Path) -> Staff:
    """Who the plan in a folder was made for.

    Raises
    ------
    InputError
        If the folder has no such file, or one that cannot be read.
    """
    path = folder / STAFF
    if not path.exists():
        raise InputError(Message("export.no_staff", {"folder": folder.name, "file": STAFF}))
    try:
        found = TypeAdapter(Staff).validate_json(path.read_bytes())
    except (OSError, ValidationError, json.JSONDecodeError) as problem:
        why = str(problem).splitlines()[0]
        raise InputError(Message("files.unreadable", {"file": STAFF, "why": why})) from problem
    if found.version != VERSION:
        values = {"file": STAFF, "version": found.version, "known": VERSION}
        raise InputError(Message("files.other_version", values))
    return found
