"""A stress test of a plan's rota as a file: what a page asks for and shows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from planner import rota as rota_room
from planner._errors import ScenarioError
from planner._messages import Message
from planner.study import steps
from planner.study.files import write_files
from planner.study.record import json_text
from planner.study.scenario import Scenario

if TYPE_CHECKING:
    from planner.scheduling import IsCancelled
    from planner.study.progress import OnPlanProgress

STRESS = "stress.json"
WHAT = ("absent", "bad_day", "wrong_forecast")


def stress_test(
    asked: Mapping[str, Any],
    folder: Path,
    on_progress: OnPlanProgress | None = None,
    is_cancelled: IsCancelled | None = None,
) -> Path:
    """Do one stress test and write ``stress.json``: its sentences, and what they rest on.

    Parameters
    ----------
    asked: scenario and rota (paths), what (see ``WHAT``) and, for a bad day, rush: day, from_hour, hours and
        factor.
    folder: where the file is written.

    Raises
    ------
    ScenarioError
        If the scenario states its need: nobody is known to come.
    """
    scenario = Scenario.load(Path(asked["scenario"]))
    given = Path(asked["rota"]), scenario.team, scenario.shift_types
    rota = rota_room.read_rota(*given, scenario.first_day, scenario.days)
    _, volumes, need = steps.demand_and_need(scenario)
    if volumes is None:
        raise ScenarioError(Message("stress.no_service", {"scenario": scenario.name}))
    how: dict[str, Any] = {"on_progress": on_progress, "is_cancelled": is_cancelled}
    found: Any
    if asked["what"] == "absent":
        from planner.study.absence import absences

        found = absences(rota, volumes, need, scenario, **how)
    elif asked["what"] == "bad_day":
        from planner.service import BadHours
        from planner.study.stress import bad_day

        rush = {**asked["rush"], "day": date.fromisoformat(asked["rush"]["day"])}
        found = bad_day(rota, volumes, scenario, BadHours(**rush), **how)
    else:
        from planner.study.wrong_forecast import forecast_error

        found = forecast_error(rota, volumes, scenario, **how)
    # Cancelled before there was anything to tell: an empty list of sentences.
    record = {"what": asked["what"], "messages": () if found is None else found.messages, "found": found}
    (path,) = write_files({STRESS: json_text(record)}, folder)
    return path


def busiest(forecast: pd.DataFrame, hours: int = 4) -> tuple[str, int]:
    """The local day with most contacts, and the hour at which its busiest hours begin.

    Parameters
    ----------
    forecast: columns of ``forecast.csv``.
    hours: how many hours.

    Examples
    --------
    >>> local = [f"2026-04-0{day}T{hour:02d}:00:00+01:00" for day in (6, 7) for hour in range(24)]
    >>> busiest(pd.DataFrame({"interval_local": local, "mean": [1.0] * 36 + [5.0] * 4 + [1.0] * 8}))
    ('2026-04-07', 12)
    """
    stamps = forecast["interval_local"].str
    by_hour = forecast["mean"].groupby([stamps[:10], stamps[11:13].astype(int)]).sum()
    day = str(by_hour.groupby(level=0).sum().idxmax())
    mine = by_hour[day].reindex(range(24), fill_value=0.0).tolist()
    return day, max(range(25 - hours), key=lambda hour: (sum(mine[hour : hour + hours]), -hour))
