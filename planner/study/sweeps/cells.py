"""One cell of a sweep: plain data in, a scenario planned, plain data out.

A cell knows nothing of the others, so that they can be planned one after the other, side by side, or on other
machines, with the same figures: whatever a cell starts from is in what it is given.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from planner import _yaml
from planner import rota as rota_room
from planner._errors import PlannerError
from planner.study.compare_figures import measures_of
from planner.study.plan import Plan, plan
from planner.study.sweeps.asked import asked_of

if TYPE_CHECKING:
    from planner.rota import Rota
    from planner.study.scenario import Scenario


def payload_of(number: int, scenario: Scenario, warm: str) -> dict[str, Any]:
    """What a cell is given: texts and numbers.

    Parameters
    ----------
    number: of the cell, from 0. warm: rota to start from, as ``rota_text`` writes it.
    """
    return {
        "number": number,
        "scenario": scenario.dump(),
        "name": scenario.name,
        "folder": None if scenario.folder is None else str(scenario.folder),
        "root": None if scenario.root is None else str(scenario.root),
        "warm": warm,
    }


def run_cell(payload: Mapping[str, Any]) -> dict[str, Any]:
    """Plan one cell.

    Returns
    -------
    number; cost, bound (cents, or None) and missing_hours; figures, as ``Measured.plain`` gives them; asked,
    what the need asks for; why: the sentences for which it could not be planned, empty if it was.
    """
    try:
        scenario = _scenario(payload)
        made = plan(scenario, warm=_rota(str(payload["warm"]), scenario))
    except PlannerError as error:
        return {"number": payload["number"], "why": [str(message) for message in error.messages]}
    return record_of(int(payload["number"]), made)


def record_of(number: int, made: Plan) -> dict[str, Any]:
    """What a planned cell says of itself."""
    return {
        "number": number,
        "why": [],
        "cost": made.result.objective.total,
        "bound": made.result.bound_cents,
        "missing_hours": made.result.missing_hours,
        "figures": measures_of(made).plain(),
        "asked": asked_of(made),
    }


def rota_text(made: Plan) -> str:
    """The rota of a plan as text, for cells to start from."""
    return str(rota_room.rota_frame(made.rota, made.scenario.team).to_csv(index=False, lineterminator="\n"))


def _scenario(payload: Mapping[str, Any]) -> Scenario:
    from planner.study.scenario import Scenario
    from planner.study.scenario.reading import Source

    folder, root = (None if payload[key] is None else Path(payload[key]) for key in ("folder", "root"))
    node = _yaml.load(payload["scenario"], payload["name"])
    return Scenario.of_source(Source((node,), (), payload["name"], None, folder, root))


def _rota(text: str, scenario: Scenario) -> Rota | None:
    """The rota to start from, as far as the team of the cell knows it; None where it does not fit."""
    frame = pd.read_csv(io.StringIO(text), dtype=str, keep_default_na=False)
    known = {agent.name for agent in scenario.team.agents}
    frame = frame[frame["agent"].isin(known)]
    try:
        return rota_room.read_rota(
            frame, scenario.team, scenario.shift_types, scenario.first_day, scenario.days, may_have_left=True
        )
    except PlannerError:
        return None
