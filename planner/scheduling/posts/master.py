"""The restricted master: which tours, how many people missing and too many; a linear programme for GLOP.

It grows by columns and keeps its basis, so that solving again after a few more takes few steps.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from ortools.linear_solver import pywraplp

from planner.scheduling.posts.groups import Column, Staff

DUAL = "use_preprocessing: false use_dual_simplex: true"
PRIMAL = "use_preprocessing: false use_dual_simplex: false"
HARD = 200
"""Times the dearest person missing: what a unit beyond a limit costs, so that the programme has an answer."""


@dataclass(frozen=True, eq=False)
class Limit:
    """A whole number of people missing over some rows, at least or at most.

    Attributes
    ----------
    rows: 1 for each row whose missing people count. over: whether people too many count against them.
    number: the limit. least: at least ``number``; else at most.
    """

    rows: np.ndarray
    over: bool
    number: int
    least: bool


class Master:
    """Tours of some people against what the rows ask of them.

    Attributes
    ----------
    columns: in the order of their variables. values: how much of each the solution takes that was read last.
    missing, extra: people missing and too many on each row in that solution.
    required: people asked of each row. sizes: people of each group to be placed; 0 leaves a group out.
    """

    def __init__(
        self,
        staff: Staff,
        required: np.ndarray,
        sizes: np.ndarray,
        columns: Iterable[Column] = (),
        limits: tuple[Limit, ...] = (),
    ) -> None:
        self.staff, self.required, self.sizes, self.limits = staff, required, sizes, limits
        self.columns: list[Column] = []
        self.values = self.missing = self.extra = np.zeros(0)
        self._keys: set[tuple[int, bytes]] = set()
        self._solver = pywraplp.Solver.CreateSolver("GLOP")
        self._parameters = pywraplp.MPSolverParameters()
        self._objective = self._solver.Objective()
        self._objective.SetMinimization()
        self._infinity = self._solver.infinity()
        self._asked = [self._solver.Constraint(float(people), float(people)) for people in required]
        self._short = self._slack(1.0, staff.rows.missing_cents)
        self._over = self._slack(-1.0, staff.rows.extra_cents)
        self._limited = [self._limit(limit) for limit in limits]
        self._sizes = [self._solver.Constraint(float(size), float(size)) for size in sizes]
        self._variables: list[pywraplp.Variable] = []
        for column in columns:
            self.add(column)

    def _slack(self, sign: float, cents: np.ndarray) -> list[pywraplp.Variable]:
        found = []
        for row, constraint in enumerate(self._asked):
            slack = self._solver.NumVar(0.0, self._infinity, "")
            constraint.SetCoefficient(slack, sign)
            self._objective.SetCoefficient(slack, float(cents[row]) / self.staff.unit)
            found.append(slack)
        return found

    def _limit(self, limit: Limit) -> tuple[pywraplp.Constraint, pywraplp.Variable]:
        low, high = (limit.number, self._infinity) if limit.least else (-self._infinity, limit.number)
        constraint = self._solver.Constraint(float(low), float(high))
        for row in np.flatnonzero(limit.rows).tolist():
            constraint.SetCoefficient(self._short[row], 1.0)
            if limit.over:
                constraint.SetCoefficient(self._over[row], -1.0)
        beyond = self._solver.NumVar(0.0, self._infinity, "")
        constraint.SetCoefficient(beyond, 1.0 if limit.least else -1.0)
        self._objective.SetCoefficient(beyond, HARD * self.staff.dearest / self.staff.unit)
        return constraint, beyond

    def is_new(self, column: Column) -> bool:
        """Whether a column is not there yet, and its group is not left out."""
        return bool(self.sizes[column.group]) and (column.group, column.key) not in self._keys

    def add(self, column: Column) -> None:
        """Take a column in if it is new."""
        if not self.is_new(column):
            return
        self._keys.add((column.group, column.key))
        variable = self._solver.NumVar(0.0, self._infinity, "")
        self._objective.SetCoefficient(variable, column.cents / self.staff.unit)
        self._sizes[column.group].SetCoefficient(variable, 1.0)
        for row in column.rows.tolist():
            self._asked[row].SetCoefficient(variable, 1.0)
        self.columns.append(column)
        self._variables.append(variable)

    def bound(self, number: int, low: float, high: float | None = None) -> None:
        """Bounds of one column."""
        self._variables[number].SetBounds(low, self._infinity if high is None else high)

    def solve(self, parameters: str = PRIMAL) -> tuple[float, np.ndarray, np.ndarray, np.ndarray]:
        """Cents; prices of the rows, of the groups and of the limits."""
        self._solver.SetSolverSpecificParametersAsString(parameters)
        status = self._solver.Solve(self._parameters)
        assert status in (pywraplp.Solver.OPTIMAL, pywraplp.Solver.FEASIBLE), status
        unit = self.staff.unit
        rows = np.array([constraint.dual_value() for constraint in self._asked]) * unit
        groups = np.array([constraint.dual_value() for constraint in self._sizes]) * unit
        limits = np.array([constraint.dual_value() for constraint, _beyond in self._limited]) * unit
        return self._objective.Value() * unit, rows, groups, limits

    def read(self) -> None:
        """Keep the solution; not after a column was added to it."""
        self.values = np.array([variable.solution_value() for variable in self._variables])
        self.missing = np.array([variable.solution_value() for variable in self._short])
        self.extra = np.array([variable.solution_value() for variable in self._over])

    def proven(self, worth: np.ndarray, limits: np.ndarray) -> int:
        """What the rows and limits are worth at whole prices, cents; a bound together with everyone's tours.

        Parameters
        ----------
        worth: cents of one more person on each row. limits: of each limit, >= 0 for one that is a least.
        """
        rows, people = self.staff.rows, int(self.sizes.sum())
        short, over = rows.missing_cents - worth, rows.extra_cents + worth
        total = int((worth * self.required).sum())
        for limit, price in zip(self.limits, limits.tolist(), strict=True):
            short = short - price * limit.rows
            over = over + price * limit.rows * limit.over
            total += price * limit.number
        total += int((np.minimum(short, 0) * np.maximum(self.required, 0)).sum())
        most = people + np.maximum(-self.required, 0)
        return total + int((np.minimum(over, 0) * most).sum())
