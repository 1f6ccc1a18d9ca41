"""The folder that a plan is written to, and reading it back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from planner._errors import InputError
from planner._files import sha256_of
from planner._messages import Message
from planner.rota import rota_frame
from planner.study import steps
from planner.study.accuracy import accuracy_of
from planner.study.columns import COLUMNS, KEYS, SCHEMA_VERSION
from planner.study.export.staff import STAFF, staff_text
from planner.study.export.writing import write_together
from planner.study.frames import cover_frame, forecast_frame, requirement_frame, worth_frame
from planner.study.ledger import ledger_frame, ledger_of
from planner.study.panel_files import panel_tables
from planner.study.posts import posts_frame
from planner.study.record import json_text, plan_record
from planner.study.replan_why import changes_frame
from planner.study.tables import csv_text, read_csv
from planner.study.waterfall import waterfall_frame

if TYPE_CHECKING:
    from planner.demand import Volumes
    from planner.study.plan import Plan
    from planner.study.scenario import Scenario

SERVICE_TABLES = ("service_curve.csv", "backlog.csv", "occupancy.csv")
LATER_TABLES = (*SERVICE_TABLES, "ledger.csv", "worth.csv", "waterfall.csv")
MADE_FROM = ("scenario.yaml", STAFF)
TABLES = ("forecast.csv", "requirement.csv", "cover.csv", "service.csv", *LATER_TABLES, "rota.csv")


@dataclass(frozen=True, eq=False)
class PlanFiles:
    """A plan as its files say it.

    Attributes
    ----------
    folder: where they stand.
    forecast, waterfall, requirement, cover, worth, service, service_curve, backlog, occupancy, ledger, rota:
        the tables, columns as in ``COLUMNS``; forecast, waterfall and those of the service have no rows when
        the scenario states its need; waterfall, worth, the ledger and the last three of the service none in a
        folder that was written before there were such files.
    record: ``plan.json``.
    """

    folder: Path
    forecast: pd.DataFrame
    requirement: pd.DataFrame
    cover: pd.DataFrame
    service: pd.DataFrame
    worth: pd.DataFrame
    waterfall: pd.DataFrame
    service_curve: pd.DataFrame
    backlog: pd.DataFrame
    occupancy: pd.DataFrame
    ledger: pd.DataFrame
    rota: pd.DataFrame
    record: Mapping[str, Any]


def plan_texts(plan: Plan) -> dict[str, str]:
    """The files of a plan by name, ``plan.json`` last; tables are equal byte for byte for equal plans."""
    tables = _tables(plan)
    tables |= panel_tables(plan.history)
    if plan.history is not None:
        tables["accuracy.csv"] = accuracy_of(plan.history, plan.scenario).scores
    if plan.scenario.published is not None:
        tables["changes.csv"] = changes_frame(plan)
    if plan.need.posts:
        tables["posts.csv"] = posts_frame(plan.need, plan.cover, plan.rota)
    texts = {name: csv_text(name, tables[name]) for name in tables}
    texts |= {"scenario.yaml": plan.scenario.dump(), STAFF: staff_text(plan.scenario)}
    digests = {name: hashlib.sha256(text.encode("utf-8")).hexdigest() for name, text in texts.items()}
    record = {**plan_record(plan), "files": digests}
    texts["plan.json"] = json_text({key: record[key] for key, _ in KEYS})
    return texts


def write_plan(plan: Plan, folder: Path | str) -> tuple[Path, ...]:
    """Write a plan into a folder, all files or none; returns their paths.

    Raises
    ------
    InputError
        If the folder cannot be written.
    """
    return write_files(plan_texts(plan), folder)


def write_forecast(volumes: Volumes, scenario: Scenario, folder: Path | str) -> tuple[Path, ...]:
    """Write ``forecast.csv``, ``accuracy.csv`` and ``waterfall.csv``; returns their paths.

    Raises
    ------
    InputError
        If the folder cannot be written.
    """
    step, quarters = volumes.interval_minutes // 15, volumes.intervals * (volumes.interval_minutes // 15)
    is_open: dict[str, np.ndarray] = {}
    for name in volumes.queues:
        mask = scenario.opening[name].mask(volumes.first_quarter, quarters)
        is_open[name] = np.any(mask.reshape(-1, step), axis=1)
    accuracy = volumes.accuracy if len(volumes.accuracy) else _empty("accuracy.csv")
    texts = {
        "accuracy.csv": csv_text("accuracy.csv", accuracy),
        "forecast.csv": csv_text("forecast.csv", forecast_frame(volumes, is_open, scenario.zone)),
        "waterfall.csv": csv_text("waterfall.csv", waterfall_frame(volumes)),
    }
    return write_files(texts, folder)


def write_files(texts: Mapping[str, str], folder: Path | str) -> tuple[Path, ...]:
    """Write several files that belong together; the last one is replaced last.

    Everything is on the disk before the first file of the folder changes, so that a full disk or a
    failure changes nothing. A kill between two replacements leaves whole files of which the last, with
    the fingerprints of the others, tells that they do not belong together.

    Raises
    ------
    InputError
        If the folder cannot be written.
    """
    return write_together(texts, folder, "files.half_written")


def read_plan(folder: Path | str) -> PlanFiles:
    """Read a folder that ``write_plan`` has written.

    Raises
    ------
    InputError
        If a file is missing, cannot be read, or is not the one that was written with the others.
    """
    target = Path(folder)
    try:
        record = json.loads((target / "plan.json").read_text(encoding="utf-8"))
        version, digests = record["schema_version"], record["files"]
        there = [name for name in TABLES if name in digests or name not in LATER_TABLES]
        changed = [name for name in there if sha256_of(target / name) != digests[name]]
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise InputError(Message("files.unreadable", {"file": "plan.json", "why": str(problem)})) from problem
    if version != SCHEMA_VERSION:
        values = {"file": "plan.json", "version": version, "known": SCHEMA_VERSION}
        raise InputError(Message("files.other_version", values))
    if changed:
        raise InputError(*(Message("files.changed", {"file": name}) for name in changed))
    tables = {
        name.removesuffix(".csv"): read_csv(target / name) if name in there else _empty(name)
        for name in TABLES
    }
    return PlanFiles(folder=target, record=record, **tables)


def _tables(plan: Plan) -> dict[str, pd.DataFrame]:
    """All tables of a plan; without volumes, forecast and service are empty."""
    zone, need = plan.scenario.zone, plan.need
    tables = {
        "requirement.csv": requirement_frame(need, zone),
        "cover.csv": cover_frame(need, plan.cover, zone),
        "ledger.csv": ledger_frame(ledger_of(plan)),
        "worth.csv": worth_frame(need, plan.result.prices, zone),
        "rota.csv": rota_frame(plan.rota, plan.scenario.team, steps.pay_terms(plan.scenario)),
    }
    if plan.volumes is not None:
        is_open = dict(zip(need.queues, need.open, strict=True))
        tables["forecast.csv"] = forecast_frame(plan.volumes, is_open, zone)
        tables["waterfall.csv"] = waterfall_frame(plan.volumes)
    if plan.service is not None:
        from planner.study.service_files import service_tables  # a compiler comes with it

        tables |= service_tables(plan.service, plan.rota, plan.scenario)
    return {**{name: _empty(name) for name in TABLES}, **tables}


def _empty(file: str) -> pd.DataFrame:
    return pd.DataFrame(columns=[column.name for column in COLUMNS[file]])
