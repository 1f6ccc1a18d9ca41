"""What comes back from the engine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

from planner._messages import Message
from planner.rota import Rota


class SolveStatus(StrEnum):
    """How a solve ended."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    TIME_LIMITED = "time-limited"
    CANCELLED = "cancelled"
    PARTIAL = "partial"


@dataclass(frozen=True)
class Objective:
    """Cost of a rota by term, whole cents.

    Attributes
    ----------
    missing: people missing, live and deferred. labour: base pay. premiums: night and holiday pay.
    extra: people more than needed. soft_rules: penalties, by rule name, team rules too.
    hires: what taking optional people costs beside their duties.
    """

    missing: int
    labour: int
    premiums: int
    extra: int = 0
    soft_rules: Mapping[str, int] = field(default_factory=dict)
    hires: int = 0

    @property
    def pay(self) -> int:
        """Wages and premiums of what is rostered, cents."""
        return self.labour + self.premiums

    @property
    def total(self) -> int:
        """Sum of all terms, cents."""
        natural = self.missing + self.pay + self.extra + self.hires
        return natural + sum(self.soft_rules.values())


@dataclass(frozen=True, eq=False)
class Result:
    """A rota with its proof.

    Attributes
    ----------
    objective: recomputed from the rota by code that knows no solver.
    bound_cents: no rota can cost less; None: not known.
    missing_hours: people missing, person-hours.
    missing_hours_bound: no rota misses fewer; None: not known.
    unavoidable_cents: part of the cost that every legal rota pays (a proven bound on wages); None: not known.
    prices: worth of one more person able to serve queue q in interval k, cents, shape (queues, intervals).
    no_legal_tour: people whose rules clash; they keep locked shifts only.
    left_out: names of rules that the bound (not the rota) leaves out.
    taken: optional people who are taken.
    trace: (seconds, cost cents, bound cents or None).
    """

    rota: Rota
    status: SolveStatus
    objective: Objective
    bound_cents: int | None
    missing_hours: float
    missing_hours_bound: float | None
    unavoidable_cents: int | None
    prices: np.ndarray
    engine: str
    seed: int
    iterations: int
    seconds: float
    seconds_to_first: float
    no_legal_tour: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    notices: tuple[Message, ...] = ()
    trace: tuple[tuple[float, int, int | None], ...] = ()
    taken: tuple[str, ...] = ()

    @property
    def gap(self) -> float | None:
        """(cost - bound) / cost, or None without a bound."""
        if self.bound_cents is None:
            return None
        total = self.objective.total
        return (total - self.bound_cents) / total if total else 0.0

    @property
    def avoidable_gap(self) -> float | None:
        """(cost - bound) / (cost - what every rota pays), or None without a bound."""
        if self.bound_cents is None or self.unavoidable_cents is None:
            return None
        avoidable = self.objective.total - self.unavoidable_cents
        return (self.objective.total - self.bound_cents) / avoidable if avoidable > 0 else 0.0
