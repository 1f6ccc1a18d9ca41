"""People who need not be taken, in the CP-SAT model: one literal each, without which no rule is asked."""

from __future__ import annotations

from typing import Any

from planner.scheduling.cpsat_shapes import add_shapes
from planner.scheduling.cpsat_variables import Variables

HIRES = "hires"
"""Name of the cost term of taking people."""


def add_person(variables: Variables, p: int) -> None:
    """All shapes of one person; of one who need not be taken they hold only where they are taken.

    A person who is not taken has no duty, so only rows that a tour without duties would break need the
    literal: all others hold anyway, and a row that always holds is the tighter one.
    """
    person = variables.people[p]
    if person.optional is None:
        add_shapes(variables, p)
        return
    taken = variables.model.new_bool_var(f"taken {person.name}")
    variables.cost(HIRES, person.optional, taken)
    for d, day in enumerate(person.days):
        for c in range(len(day)):
            variables.model.add_implication(variables.taken(p, d, c), taken)
    rows = variables.model.proto.constraints
    first = len(rows)
    add_shapes(variables, p)
    for number in range(first, len(rows)):
        if _asks_of_nobody(rows[number], variables):
            rows[number].enforcement_literal.append(taken.index)


def _asks_of_nobody(row: Any, variables: Variables) -> bool:
    """Whether a row might not hold with everything at 0 (constants stay as they are)."""
    yes = variables.yes.index
    if row.has_bool_or():
        return not any(literal < 0 or literal == yes for literal in row.bool_or.literals)
    if row.has_linear():
        linear = row.linear
        value = sum(c for v, c in zip(linear.vars, linear.coeffs, strict=True) if v == yes)
        edges = list(linear.domain)
        return not any(low <= value <= high for low, high in zip(edges[::2], edges[1::2], strict=True))
    return False
