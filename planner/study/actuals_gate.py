"""The gate that a stage passes once it is live: what came against what was expected."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from planner import demand
from planner._errors import InputError
from planner._messages import Message
from planner.demand import LIVE_CHANNELS
from planner.study.actuals import actuals

if TYPE_CHECKING:
    from planner.study.actuals import Actuals
    from planner.study.scenario import Scenario

BAND = "band"
# Of 20 right forecasts, 19 come to lie within: a gate that stops 1 of 5 good stages would soon be ignored.
LOW, HIGH = 0.025, 0.975
DRAWS = 1000

Answer = tuple[bool | None, float | None, float | None, Message]


def actuals_gate(scenario: Scenario, settings: Mapping[str, object], later: Path | None) -> Answer:
    """Whether a live stage gets what was expected of it: passed, value, threshold, finding.

    Not yet known (None) before there is a later history, or while it holds too few days of the stage. The
    worst queue decides: its value is came over expected, less 1; with "band" the threshold is none.

    Parameters
    ----------
    settings: ``within``, "band" or a share; ``for``, how long the stage must have been live.
    later: file with a history of the stage; None: there is none yet.
    """
    wanted = settings["for"]
    assert isinstance(wanted, timedelta)
    weeks = max(1, round(wanted / timedelta(weeks=1)))
    if later is None:
        starts = scenario.starts
        code = "gate_not_live" if starts else "gate_no_file"
        values = {"starts": starts.isoformat() if starts else "", "weeks": weeks}
        return None, None, None, Message(f"actuals.{code}", values)
    try:
        made = actuals(scenario, later, scenario.starts)
    except InputError as error:
        return None, None, None, Message("actuals.gate_unreadable", {"why": str(error.messages[0])})
    if made.days < wanted.days:
        values = {"days": made.days, "wanted": wanted.days}
        return None, None, None, Message("actuals.gate_too_short", values)
    return _worst(made, settings["within"])


def _worst(made: Actuals, within: object) -> Answer:
    """The queue that strays most, against its band or a share."""
    found: list[tuple[float, float, bool, Message]] = []
    channels = {queue.name: queue.channel for queue in made.scenario.queues}
    drawn = demand.draws(made.volumes, DRAWS, made.scenario.seed)
    for row, name in enumerate(made.volumes.queues):
        counted = made.came.seen & (made.volumes.mean[row] > 0)
        counted = counted if channels[name] in LIVE_CHANNELS else made.came.seen
        expected = float(made.volumes.mean[row, counted].sum())
        if expected <= 0:
            continue
        came = float(made.came.counts[row, counted].sum())
        low, high = np.quantile(drawn[:, row, counted].sum(axis=1), (LOW, HIGH)).tolist()
        change = came / expected - 1
        values = {
            "queue": name,
            "came": f"{came:,.0f}",
            "expected": f"{expected:,.0f}",
            "days": made.days,
            "low": f"{low:,.0f}",
            "high": f"{high:,.0f}",
            "change": f"{100 * change:+.0f}",
        }
        if isinstance(within, float):
            passed, strays = abs(change) <= within + 1e-12, abs(change) / max(within, 1e-12)
            message = Message("actuals.gate_share", {**values, "allowed": f"{100 * within:g}"})
        else:
            passed = low <= came <= high
            strays = abs(came - expected) / max(
                (high if came > expected else expected) - min(low, expected), 1.0
            )
            message = Message("actuals.gate_band", values)
        found.append((strays, change, passed, message))
    if not found:
        return None, None, None, Message("actuals.gate_too_short", {"days": 0, "wanted": made.days})
    # A queue that does not pass comes before one that strays further and does.
    _, change, passed, message = max(found, key=lambda each: (not each[2], each[0]))
    return passed, change, within if isinstance(within, float) else None, message
