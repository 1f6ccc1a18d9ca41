"""One sign of life of a plan or a rollout, plain enough for a job table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from planner._messages import Message
from planner.rota import Rota

_TOLD = ("cost", "bound", "missing_hours")


@dataclass(frozen=True, slots=True)
class PlanProgress:
    """Where the work stands.

    Attributes
    ----------
    phase: "history", "forecast", "requirement", "preparing", "bound", "first rota", "improving",
        "proving", "simulation", "gates", "mending" or "finished"; stress tests say which they are.
    stage, stages: which scenario of a rollout, or simulation of a stress test, from 1.
    round: which calibration round, from 1.
    cost_cents, bound_cents, missing_hours: of the best rota so far.
    """

    phase: str
    seconds: float = 0.0
    stage: int = 1
    stages: int = 1
    round: int = 1
    iteration: int = 0
    cost_cents: int | None = None
    bound_cents: int | None = None
    missing_hours: float | None = None
    rota: Rota | None = None

    def plain(self) -> dict[str, Any]:
        """Without the rota, for a table of jobs; money in currency units.

        Examples
        --------
        >>> PlanProgress("improving", cost_cents=1250).plain()["cost"]
        12.5
        """
        return {
            "phase": self.phase,
            "seconds": round(self.seconds, 1),
            "stage": self.stage,
            "stages": self.stages,
            "round": self.round,
            "iteration": self.iteration,
            "cost": None if self.cost_cents is None else self.cost_cents / 100,
            "bound": None if self.bound_cents is None else self.bound_cents / 100,
            "gap": gap_of(self.cost_cents, self.bound_cents),
            "missing_hours": None if self.missing_hours is None else round(self.missing_hours, 2),
        }

    def line(self, currency: str = "EUR") -> str:
        """One line for a terminal.

        Examples
        --------
        >>> PlanProgress("improving", 2.0, stage=2, stages=4, cost_cents=125000, missing_hours=0.5).line()
        '[2/4]    2.0 s  improving, cost 1,250.00 EUR, 0.5 person-hours missing'
        """
        told = {key: value for key, value in self.plain().items() if value is not None} | {
            "currency": currency
        }
        parts = [Message(f"study.progress_{key}", told) for key in _TOLD if key in told]
        stage = f"[{self.stage}/{self.stages}] " if self.stages > 1 else ""
        return f"{stage}{self.seconds:6.1f} s  " + ", ".join([self.phase, *map(str, parts)])


def gap_of(cost: float | None, bound: float | None) -> float | None:
    """Share of a cost that may be saved at most: (cost - bound) / cost; None while one of them is not known.

    Examples
    --------
    >>> gap_of(200.0, 150.0), gap_of(200.0, None), gap_of(0.0, 0.0)
    (0.25, None, 0.0)
    """
    if cost is None or bound is None:
        return None
    return round(max(0.0, (cost - bound) / cost), 6) if cost > 0 else 0.0


OnPlanProgress = Callable[[PlanProgress], None]


def for_stage(on_progress: OnPlanProgress | None, stage: int, stages: int) -> OnPlanProgress | None:
    """The same listener, told which stage speaks."""
    if on_progress is None:
        return None
    return lambda said: on_progress(replace(said, stage=stage, stages=stages))
