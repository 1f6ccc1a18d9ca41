"""A rota with all that its files are made from: people, pay, findings and versions."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planner._errors import InputError
from planner._files import sha256_of
from planner._messages import Message
from planner.people import Team
from planner.rota import CALENDAR_MONTHS, PayrollTerms, PayTerms, Rota, ShiftType, read_rota, version_in
from planner.study.columns import COLUMNS
from planner.study.export.staff import STAFF, Staff, read_staff, staff_of
from planner.study.record import sentence_of

if TYPE_CHECKING:
    from planner.study.scenario import Scenario

ROTA, RECORD = "rota.csv", "plan.json"


@dataclass(frozen=True, eq=False)
class Dossier:
    """A rota with all that its files need.

    Attributes
    ----------
    scenario: its name. zone, currency: of the scenario.
    rota: shifts of the period; those carried over from the one before are left out.
    team: people and sites. terms: what an hour costs. payroll: how its months are cut.
    rota_version: 1 for the first that people were told, one more for each change.
    published_at: when people were told, UTC; None: a draft.
    findings: what the judge objects to, in sentences. not_checked: what nobody checked.
    judged: whether the judge has seen this rota; False: it was changed since, findings say nothing.
    versions: of everything that the plan depended on, packs of rules, need and seed too.
    cost_cents: wages and premiums as the plan says; None: not known for this rota.
    shift_types: kinds of duty; where leave counts as the usual shift they say how long that is.
    """

    scenario: str
    zone: str
    currency: str
    rota: Rota
    team: Team
    terms: PayTerms
    payroll: PayrollTerms = CALENDAR_MONTHS
    rota_version: int = 1
    published_at: datetime | None = None
    findings: tuple[str, ...] = ()
    not_checked: tuple[str, ...] = ()
    judged: bool = True
    versions: Mapping[str, str] | None = None
    cost_cents: int | None = None
    shift_types: tuple[ShiftType, ...] = ()


def open_dossier(folder: Path | str, rota: Path | None = None, staff: Staff | None = None) -> Dossier:
    """The dossier of a plan.

    Parameters
    ----------
    folder: that a plan, or a stage of a rollout, was written to.
    rota: another rota of the same people and days, such as a published or edited one; default: the plan's.
        Findings and cost are those of the rota that was solved; of any other one they are not known.
    staff: who it was planned for, where the folder is older than its ``staff.json``; default: as that says.

    Raises
    ------
    InputError: if the folder holds no plan, or one without ``staff.json``.
    RotaFileError: if the rota cannot be read.
    """
    folder = Path(folder)
    record, staff = _record(folder), read_staff(folder) if staff is None else staff
    path = folder / ROTA if rota is None else rota
    found = _dossier(staff, _read(path, staff), version_in(path))
    versions = _versions(record)
    if rota is not None or not _as_solved(path, record):
        told = _published_at(path, found.rota_version)
        return replace(found, judged=False, versions=versions, published_at=told)
    checks = record.get("checks") or {}
    return replace(
        found,
        findings=tuple(_said(each.get("message", each)) for each in record.get("violations", ())),
        not_checked=tuple(_said(each) for each in checks.get("not_checked", ())),
        versions=versions,
        cost_cents=round(record["cost"] * 100),
    )


def own_files(folder: Path | str) -> tuple[str, ...]:
    """Names of the files that a plan wrote; whatever else lies in its folder is not of it.

    Raises
    ------
    InputError: if the folder holds no plan.
    """
    names = (*(_record(Path(folder)).get("files") or COLUMNS), STAFF, RECORD)
    return tuple(sorted({name for name in names if name == Path(name).name}))


def dossier_of(scenario: Scenario, rota: Rota, rota_version: int = 1) -> Dossier:
    """The dossier of any rota of a scenario, judged anew.

    Parameters
    ----------
    scenario: with everyone who has a shift in its team.
    rota_version: 1 for the first that people were told.
    """
    from planner.study import steps
    from planner.study.checked import not_checked  # both load every rule

    found = _dossier(staff_of(scenario), _own(rota), rota_version)
    return replace(
        found,
        findings=tuple(str(violation.message) for violation in steps.audit(rota, scenario)),
        not_checked=tuple(str(line) for line in not_checked(scenario)),
    )


def _dossier(staff: Staff, rota: Rota, rota_version: int) -> Dossier:
    not_taken = frozenset(staff.candidates) - {shift.agent for shift in rota.shifts}
    people = tuple(agent for agent in staff.team.agents if agent.name not in not_taken)
    return Dossier(
        staff.scenario,
        staff.zone,
        staff.currency,
        replace(rota, agents=tuple(name for name in rota.agents if name not in not_taken)),
        replace(staff.team, agents=people),
        staff.terms,
        staff.payroll,
        rota_version,
        versions={},
        shift_types=staff.shift_types,
    )


def _own(rota: Rota) -> Rota:
    """A rota without what the period before left to it."""
    own = (shift for shift in rota.shifts if shift.status != "carried" and shift.day >= rota.first_day)
    return replace(rota, shifts=tuple(own))


def _read(path: Path, staff: Staff) -> Rota:
    rota = read_rota(path, staff.team, staff.shift_types, staff.first_day, staff.days)
    return _own(replace(rota, scenario=staff.scenario))


def _published_at(path: Path, version: int) -> datetime | None:
    """When the rota in a file was published, as the record beside it says; None if it is not that one."""
    from planner.study.rota_published import told_versions  # it keeps calendars, which are made here

    return next((told.at for told in told_versions(path.parent) if told.version == version), None)


def _record(folder: Path) -> dict[str, Any]:
    """What ``plan.json`` says."""
    if not (folder / RECORD).exists():
        raise InputError(Message("export.no_plan", {"folder": str(folder), "file": RECORD}))
    try:
        record = json.loads((folder / RECORD).read_text(encoding="utf-8"))
        if not isinstance(record["cost"], int | float) or not isinstance(record.get("versions", {}), dict):
            raise TypeError("cost, versions")
    except (OSError, ValueError, KeyError, TypeError) as problem:
        values = {"file": RECORD, "why": str(problem)}
        raise InputError(Message("files.unreadable", values)) from problem
    return dict(record)


def _as_solved(path: Path, record: Mapping[str, Any]) -> bool:
    """Whether a rota is the one that the record tells of; somebody may have edited it since."""
    solved = (record.get("files") or {}).get(ROTA)
    return solved is None or solved == sha256_of(path)


def _versions(record: Mapping[str, Any]) -> dict[str, str]:
    """What a plan depended on: libraries, the rules' packs by their dates, the need and the seed."""
    checks, found = record.get("checks") or {}, dict(record.get("versions", {}))
    for pack in checks.get("packs", ()):
        if isinstance(pack, Mapping):
            found[f"pack {pack.get('name', '')}"] = f"{pack.get('as_of', '')}, {pack.get('title', '')}"
    found |= {key: record[key] for key in ("need_id", "seed") if key in record}
    return {str(name): str(version) for name, version in found.items()}


def _said(told: Mapping[str, Any] | str) -> str:
    """A sentence of the record in the language spoken here; as it stands there if its words are not known."""
    if isinstance(told, str):
        return told
    try:
        return str(sentence_of(told))
    except (KeyError, TypeError, ValueError):  # a record of another version
        return str(told["text"])
