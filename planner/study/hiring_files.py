"""Whom to hire, in sentences and as files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from planner._messages import Message
from planner._values import duration_text, number_text
from planner.people import Agent
from planner.rota import csv_lines, guard
from planner.study import steps
from planner.study.columns import COLUMNS, SCHEMA_VERSION
from planner.study.files import plan_texts, write_files
from planner.study.hired import DAYS_A_MONTH
from planner.study.hiring import NOTHING, Hiring
from planner.study.record import json_text, result_record
from planner.study.scenario.people import Level, languages_text, leave_text
from planner.study.tables import csv_text
from planner.study.taken import Taken

if TYPE_CHECKING:
    from planner.scheduling import Result
    from planner.study.scenario import Scenario

HIRES = "hires.csv"
TEAM = "team-with-hires.csv"
_COLUMNS = (
    *("name", "site", "languages", "teams", "channels", "weekly_hours", "cost", "nights"),
    *("from", "until", "leave", "payroll_id", "email", "grade"),
)


def write_hiring(found: Hiring, folder: Path | str, decided: date | None = None) -> tuple[Path, ...]:
    """Write the plan as ``write_plan`` does, ``hires.csv``, a team file to paste, and ``hiring.json``.

    Parameters
    ----------
    decided: day of the decision, for the earliest first shift.

    Raises
    ------
    InputError: if the folder cannot be written.
    """
    texts = {
        HIRES: csv_text(HIRES, hires_frame(found, decided)),
        TEAM: team_text(found.made.scenario),
        "hiring.json": json_text(hiring_record(found)),
        **plan_texts(found.made),
    }
    return write_files(texts, folder)


def hires_frame(found: Hiring, decided: date | None = None) -> pd.DataFrame:
    """Who is taken, columns as in ``hires.csv``."""
    rows = [_row(one, found, decided) for one in found.taken]
    return pd.DataFrame(rows, columns=[column.name for column in COLUMNS[HIRES]])


def _row(one: Taken, found: Hiring, decided: date | None) -> dict[str, Any]:
    return {
        "schema_version": SCHEMA_VERSION,
        "name": one.name,
        "kind": one.kind,
        "site": one.site,
        "paid_hours": one.paid_hours,
        "worked_hours": one.worked_hours,
        "idle_hours": one.idle_hours,
        "nights": one.nights,
        "cost": one.cents / 100,
        "cost_a_month": one.cents / 100 * found.a_month,
        "ready_after_days": one.ready_after.days,
        "decide_by": one.by(_start(found.made.scenario)),
        "earliest": None if decided is None else decided + one.ready_after,
    }


def _start(scenario: Scenario) -> date:
    """The day on which they are needed."""
    return scenario.starts or scenario.first_day


def team_text(scenario: Scenario) -> str:
    """The team with its hires as a team file; seats of a partner are no team of ours."""
    sites = bool(scenario.said.sites)
    own = (agent for agent in scenario.team.agents if not agent.outside)
    return csv_lines([_COLUMNS, *(_cells(agent, sites) for agent in own)])


def _cells(agent: Agent, sited: bool) -> list[str]:
    """A row; a place of work that nobody named stays unnamed."""
    spoken = {
        code: Level(channels, agent.slower.get(code, 1.0)) for code, channels in agent.languages.items()
    }
    return [
        guard(agent.name),
        guard(agent.site) if sited else "",
        languages_text(spoken),
        guard(", ".join(sorted(agent.teams))),
        ", ".join(sorted(agent.channels)),
        number_text(agent.weekly_minutes / 60),
        number_text(agent.cost_per_hour),
        "yes" if agent.nights else "no",
        agent.available_from.isoformat() if agent.available_from else "",
        agent.available_until.isoformat() if agent.available_until else "",
        leave_text(agent.unavailable),
        agent.payroll_id,
        agent.email,
        guard(agent.grade),
    ]


def hiring_record(found: Hiring) -> dict[str, Any]:
    """``hiring.json``: what was asked, who is taken, and what is proven of it."""
    decision = found.made.decision
    return {
        "schema_version": SCHEMA_VERSION,
        "scenario": found.made.scenario.name,
        "asked": found.mode,
        "hires": found.hires,
        "seats": len(found.taken) - found.hires,
        "cost_a_month": round(found.cost, 2),
        "currency": found.made.scenario.currency,
        "today": result_record(found.today.result),
        "decision": None if decision is None else _decision(decision, found.bound_cents),
        "missing_hours": found.made.result.missing_hours,
        "one_fewer": None
        if found.fewer is None
        else {
            "hires": found.fewer.hires,
            "missing_hours": found.fewer.missing_hours,
            "missing_hours_bound": found.fewer.bound,
        },
        "taken": [one.name for one in found.taken],
        "cancelled": found.cancelled,
        "notices": [str(line) for line in hiring_summary(found)],
    }


def _decision(result: Result, bound_cents: int | None) -> dict[str, Any]:
    """The decision as the engine counts it, with the bound that holds for every mix."""
    return result_record(replace(result, bound_cents=bound_cents, unavoidable_cents=None))


def hiring_summary(found: Hiring, decided: date | None = None) -> tuple[Message, ...]:
    """The answer in sentences: how many, what they cost, what is proven, who and until when to decide."""
    return (
        *_today(found),
        _answer(found),
        *(_proof(found) if found.mode == "fewest" else _bound(found)),
        *(line for one in found.taken for line in _told(one, found, decided)),
        *(Message("hiring.never", {"names": "; ".join(found.never)}) for _ in found.never[:1]),
        *_checked(found),
    )


def _today(found: Hiring) -> Iterator[Message]:
    result = found.today.result
    values = {
        "scenario": found.today.scenario.name,
        "hours": _hours(result.missing_hours),
        "bound": _hours(result.missing_hours_bound or 0.0),
        "days": found.today.scenario.days,
    }
    if result.missing_hours < NOTHING:
        yield Message("hiring.today_enough", values)
    else:
        yield Message("hiring.today_proven" if result.missing_hours_bound else "hiring.today", values)


def _answer(found: Hiring) -> Message:
    values = {
        "hires": found.hires,
        "seats": len(found.taken) - found.hires,
        "cost": f"{found.cost:,.0f}",
        "currency": found.made.scenario.currency,
        "missing": _hours(found.made.result.missing_hours),
    }
    if not found.taken:
        enough = found.made.result.missing_hours < NOTHING
        return Message("hiring.nobody_enough" if enough else f"hiring.nobody_{found.mode}", values)
    left = "" if found.made.result.missing_hours < NOTHING else "_short"
    partner = "_partner" if values["seats"] else ""
    return Message(f"hiring.{found.mode}{partner}{left}", values)


def _proof(found: Hiring) -> Iterator[Message]:
    """What one hire fewer would miss."""
    if found.fewer is None:
        return
    fewer = found.fewer
    values = {"hires": fewer.hires, "hours": _hours(fewer.missing_hours), "bound": _hours(fewer.bound or 0.0)}
    proven = fewer.bound is not None and fewer.bound > found.made.result.missing_hours + NOTHING
    yield Message("hiring.fewer_proven" if proven else "hiring.fewer", values)


def _bound(found: Hiring) -> Iterator[Message]:
    """How much cheaper another mix could be."""
    decision = found.made.decision
    if decision is None or found.bound_cents is None:
        return
    month = DAYS_A_MONTH / found.made.scenario.days / 100
    values = {
        "total": f"{decision.objective.total * month:,.0f}",
        "bound": f"{found.bound_cents * month:,.0f}",
        "currency": found.made.scenario.currency,
    }
    yield Message("hiring.bound", values)


def _told(one: Taken, found: Hiring, decided: date | None) -> Iterator[Message]:
    start = _start(found.made.scenario)
    values = {
        "name": one.name,
        "cost": f"{one.cents / 100 * found.a_month:,.0f}",
        "currency": found.made.scenario.currency,
        "paid": _hours(one.paid_hours * found.a_month),
        "idle": _hours(one.idle_hours * found.a_month),
        "nights": f"{one.nights * found.a_month:.1f}",
        "ready": duration_text(one.ready_after),
        "by": one.by(start).isoformat(),
        "start": start.isoformat(),
    }
    yield Message(f"hiring.taken_{one.kind}", values)
    if decided is not None:
        yield Message("hiring.earliest", {"name": one.name, "day": (decided + one.ready_after).isoformat()})


def _checked(found: Hiring) -> Iterator[Message]:
    """What the judge says of the plan."""
    broken = steps.hard(found.made.violations)
    yield Message("study.findings" if broken else "study.no_findings", {"count": len(broken)})
    yield from (violation.message for violation in broken)
    if found.cancelled:
        yield Message("hiring.cancelled")


def _hours(hours: float) -> str:
    return f"{hours:,.1f}" if hours >= 0.05 or hours < NOTHING else "less than 0.1"
