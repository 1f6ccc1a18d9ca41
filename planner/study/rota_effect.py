"""What edits by hand change: findings, people missing, wages; all counted anew from the shifts."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from planner import rota as rota_room
from planner._errors import InputError
from planner._files import sha256_of
from planner._messages import Message
from planner.rules import Violation
from planner.study import steps
from planner.study.asks import Asks, Names, level
from planner.study.edges import trim_edges
from planner.study.frames import cover_frame, set_name
from planner.study.hired import has_candidates, only_taken
from planner.study.rota_edits import Edit, with_leave
from planner.study.tables import read_csv

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from planner.requirement import Need
    from planner.rota import Cover, Rota
    from planner.study.files import PlanFiles
    from planner.study.scenario import Scenario


@dataclass(frozen=True, eq=False)
class NeedFiles:
    """What of a plan's files tells the need that it was held to.

    Attributes
    ----------
    record: ``plan.json``. requirement: ``requirement.csv``.
    """

    record: Mapping[str, Any]
    requirement: pd.DataFrame


@dataclass(frozen=True, eq=False)
class Counted:
    """A rota judged and counted.

    Attributes
    ----------
    cover: against the need of its plan. missing_hours: person-hours, deferred work too.
    wages_cents: wages and premiums of the period. findings: of the judge, soft rules too.
    """

    cover: Cover
    missing_hours: float
    wages_cents: int
    findings: tuple[Violation, ...]


@dataclass(frozen=True, eq=False)
class Effect:
    """What edits change.

    Attributes
    ----------
    before, after: the rota without and with them.
    new, gone: findings that there are only after, or only before.
    """

    before: Counted
    after: Counted
    new: tuple[Violation, ...]
    gone: tuple[Violation, ...]

    @property
    def missing_hours(self) -> float:
        """Person-hours missing more, or fewer below 0."""
        return round(self.after.missing_hours - self.before.missing_hours, 6)

    @property
    def wages(self) -> float:
        """Wages and premiums more, or less below 0, in units of the currency."""
        return (self.after.wages_cents - self.before.wages_cents) / 100


def hard_findings(found: Counted) -> int:
    """How many hard rules a rota breaks in its period."""
    return len(steps.hard(found.findings))


def planned_scenario(scenario: Scenario, taken: Sequence[str]) -> Scenario:
    """The scenario of a plan: with hires or a partner, only those who were taken.

    Parameters
    ----------
    taken: names, or people with a shift.
    """
    if not has_candidates(scenario):
        return scenario
    candidates = {*scenario.hires, *scenario.seats}
    return only_taken(scenario, [name for name in taken if name in candidates])


def need_of_plan(need: Need, scenario: Scenario, files: PlanFiles | NeedFiles) -> Need:
    """The need that a plan was held to: the formulas', and what its calibration asked on top.

    Parameters
    ----------
    need: of the formulas, as ``demand_and_need`` gives it.
    files: of the plan: ``requirement.csv`` has the people, ``plan.json`` the safety of deferred work.
    """
    need, _ = trim_edges(need, scenario)
    need = Asks(_margins(scenario, files)).of(need)
    asked = files.requirement
    by_name = {name: part["gross"].to_numpy() for name, part in asked.groupby("set", sort=False)}
    listed = {set_name(names, need.queues): names for names in need.sets}
    # Sets that calibration asked for come as their names alone.
    sets = [listed.get(str(name), frozenset(str(name).split(" + "))) for name in by_name]
    if not sets or any(len(row) != need.intervals for row in by_name.values()):
        return need
    rows = np.stack([row.astype(np.int64) for row in by_name.values()])
    return replace(need, sets=tuple(sets), required=rows)


def read_need_of_plan(record: Path) -> NeedFiles:
    """The need of a plan from its ``plan.json`` and the ``requirement.csv`` beside it.

    Raises
    ------
    InputError: when they cannot be read or do not belong together.
    """
    table = record.with_name("requirement.csv")
    try:
        said = json.loads(record.read_text(encoding="utf-8"))
        if sha256_of(table) != said["files"][table.name]:
            raise InputError(Message("files.changed", {"file": table.name}))
        return NeedFiles({"safety": said["safety"]}, read_csv(table))
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise InputError(Message("files.unreadable", {"file": record.name, "why": str(problem)})) from problem


def asks_of_plan(need: Need, scenario: Scenario, files: PlanFiles | NeedFiles) -> Asks:
    """What the calibration of a plan asked on top of the formulas; ``Asks.of`` makes its need again.

    Parameters
    ----------
    need: of the formulas, without edges that no shift reaches.
    """
    margins = _margins(scenario, files)
    first = Asks(margins).of(need)
    found = need_of_plan(need, scenario, files)
    cuts = {
        names: np.asarray(row)
        for names, row in zip(found.sets, found.required, strict=True)
        if (row > level(first, names)).any()
    }
    return Asks(margins, cuts)


def _margins(scenario: Scenario, files: PlanFiles | NeedFiles) -> dict[Names, float]:
    """Safety of each deferred pool beyond the settings'; where there is none, it is left out."""
    margins = {}
    for pool in files.record["safety"]:
        names = frozenset(pool["queues"])
        margins[names] = round(pool["z"] - scenario.need_settings.z_of(names), 6)
    return {names: more for names, more in margins.items() if more}


def counted(rota: Rota, need: Need, scenario: Scenario) -> Counted:
    """A rota judged by the rules and counted against a need, by code that knows no solver."""
    cover = rota_room.recount(need, rota, scenario.skills, scenario.cyclic, steps.carried_of(scenario))
    return Counted(
        cover,
        cover.missing_intervals * need.interval_minutes / 60,
        rota_room.rota_cost(rota, steps.pay_terms(scenario)).total_cents,
        steps.audit(rota, scenario),
    )


def effect(before: Rota, after: Rota, edits: Sequence[Edit], need: Need, scenario: Scenario) -> Effect:
    """What edits change: the rota before is judged without their leave, the one after with it."""
    was = counted(before, need, scenario)
    now = counted(after, need, with_leave(scenario, edits))
    had, has = Counter(map(_said, was.findings)), Counter(map(_said, now.findings))
    new = [found for found in now.findings if has[_said(found)] > had[_said(found)]]
    gone = [found for found in was.findings if had[_said(found)] > has[_said(found)]]
    return Effect(was, now, tuple(new), tuple(gone))


def _said(found: Violation) -> tuple[object, ...]:
    return found.rule, found.agent, found.day, found.unit, found.amount, found.hard


def cover_of(found: Counted, need: Need, scenario: Scenario) -> pd.DataFrame:
    """People needed, on duty, missing and extra, with the columns of ``cover.csv``."""
    return cover_frame(need, found.cover, scenario.zone)
