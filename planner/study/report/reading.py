"""What a report is made of: the folders that verbs have written, read back and nothing worked out again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from planner._errors import InputError
from planner._messages import Message
from planner._spoken import Said, said_beside
from planner.study.columns import COLUMNS
from planner.study.files import PlanFiles, read_plan
from planner.study.tables import read_csv

ROLLOUT, PLAN = "rollout.json", "plan.json"


@dataclass(frozen=True, eq=False)
class StageFiles:
    """One plan of a report.

    Attributes
    ----------
    number: of the stage, from 1. name: of its scenario. go: of its gates; None: it has none, or not known.
    starts: day that the scenario says, as text; "": none. tables: its files beside those of a plan.
    uplift: its cost beside the often-quoted one, in sentences of the record.
    """

    number: int
    name: str
    files: PlanFiles
    go: bool | None = None
    starts: str = ""
    tables: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    uplift: tuple[str, ...] = ()

    @property
    def zone(self) -> str:
        """The scenario's clock."""
        return str(self.files.record["period"]["zone"])

    @property
    def currency(self) -> str:
        """Of all money."""
        return str(self.files.record["currency"])


@dataclass(frozen=True, eq=False)
class Source:
    """One folder that a report is made of.

    Attributes
    ----------
    stages: its plans in order. tables: its tables by file. cancelled: whether stages are missing.
    said: what sentences in the files were made of.
    """

    folder: Path
    stages: tuple[StageFiles, ...]
    tables: Mapping[str, pd.DataFrame]
    cancelled: bool = False
    said: Said = field(default_factory=Said)


def read_source(folder: Path | str) -> Source:
    """Read a folder of ``rollout``, ``plan``, ``compare`` or any verb that writes tables.

    Raises
    ------
    InputError: when nothing in it is known, or a file cannot be read or was changed after it was written.
    """
    target = Path(folder)
    if (target / ROLLOUT).is_file():
        record = _json(target / ROLLOUT)
        stages = tuple(_stage(target, said) for said in record["stages"])
        return Source(target, stages, _tables(target), bool(record["cancelled"]), said_beside(target))
    if (target / PLAN).is_file():
        files = read_plan(target)
        name = str(files.record["scenario"])
        return Source(
            target, (StageFiles(1, name, files, tables=_tables(target)),), {}, said=said_beside(target)
        )
    tables = _tables(target)
    if not tables:
        raise InputError(Message("report.nothing", {"folder": str(target)}))
    return Source(target, (), tables, said=said_beside(target))


def _stage(folder: Path, said: Mapping[str, Any]) -> StageFiles:
    mine = folder / str(said["folder"])
    return StageFiles(
        number=int(said["number"]),
        name=str(said["scenario"]),
        files=read_plan(mine),
        go=said["go"],
        starts=str(said["starts"] or ""),
        tables=_tables(mine),
        uplift=tuple(str(line["text"]) for line in said.get("uplift", ())),
    )


def _json(path: Path) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        raise InputError(Message("files.unreadable", {"file": path.name, "why": str(problem)})) from problem
    return found


def _tables(folder: Path) -> dict[str, pd.DataFrame]:
    """Every table of a folder whose columns are known."""
    return {name: read_csv(folder / name) for name in sorted(COLUMNS) if (folder / name).is_file()}
