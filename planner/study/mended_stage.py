"""A change that mends a gate, as a stage of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from planner._messages import Message, render
from planner.study.gates import GateResult
from planner.study.stages.candidates import Failed, candidates_for

if TYPE_CHECKING:
    from planner.study.scenario import Gate, Scenario
    from planner.study.solved_stages import Mend


def changes_of_mend(scenario: Scenario, before: Scenario, gate: Gate, mend: Mend) -> dict[str, Any] | None:
    """What a stage says that takes a change which was planned for a gate; None: it is not found again.

    The changes that may mend a gate are thought of again, and the one with the same words is taken.

    Parameters
    ----------
    before: the stage before; the first one for the first.
    """
    for failed in _ways_to_fail(scenario, before, gate):
        for way in candidates_for(failed):
            if way.kind == mend.kind and render(way.what, "en") == mend.what:
                return dict(way.changes)
    return None


def _ways_to_fail(scenario: Scenario, before: Scenario, gate: Gate) -> Iterator[Failed]:
    """The gate missed by each queue; what a finding says beyond that does not change what may be done."""
    units = ("nights a month", "weekends a month") if gate.kind == "fairness" else ("",)
    for unit in units:
        key = unit.split(" ")[0]
        threshold = gate.settings.get(key) if unit else gate.settings.get("at_most")
        for name in ("", *(queue.name for queue in scenario.queues)):
            values = {"queue": name} if name else {}
            message = Message("gate_form.survives", values)  # only its values are read
            yield Failed(gate, GateResult(gate.kind, False, None, threshold, message, unit), scenario, before)
