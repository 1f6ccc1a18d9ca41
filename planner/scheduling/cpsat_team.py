"""Rules over several people as rows of the CP-SAT model.

Hard ones are priced so high that they are broken only where no rota keeps them all: there is always
a rota, and the result then says which rule it breaks.
"""

from __future__ import annotations

from ortools.sat.python import cp_model

from planner.rules import Mark, Team
from planner.scheduling.cpsat_variables import Linear, Literal, Variables
from planner.scheduling.problem import Problem
from planner.scheduling.team_prices import hard_cents, shapes_of


def add_team(variables: Variables, problem: Problem) -> None:
    """All rules over several people."""
    for shape in shapes_of(problem):
        add_team_row(variables, shape, hard_cents(problem, shape))


def add_team_row(variables: Variables, shape: Team, hard: int) -> None:
    """One row, with its amount at the rule's price, or at ``hard`` cents."""
    places = {person.name: p for p, person in enumerate(variables.people)}
    terms = [
        (weight * value, literal)
        for name, weight, mark in shape.parts
        if name in places and weight
        for value, literal in _terms(variables, places[name], mark, shape)
    ]
    lowest = sum(min(0, weight) for weight, _literal in terms)
    highest = sum(max(0, weight) for weight, _literal in terms)
    total: Linear = sum(weight * literal for weight, literal in terms)
    outside: list[Linear] = []
    worst = 0
    if shape.most is not None and highest > shape.most:
        outside.append(total - shape.most)
        worst = max(worst, highest - shape.most)
    if shape.least is not None and lowest < shape.least:
        outside.append(shape.least - total)
        worst = max(worst, shape.least - lowest)
    if shape.allowed is not None:
        near = variables.model.new_int_var_from_domain(cp_model.Domain.from_values(shape.allowed), "")
        away = variables.amount(
            max(abs(value - end) for value in shape.allowed for end in (lowest, highest)),
            [total - near, near - total],
        )
        outside.append(away)
        worst += max(highest - min(shape.allowed), max(shape.allowed) - lowest, 0)
    if not outside:
        return
    amount = variables.amount(-(-worst // shape.scale))
    if shape.allowed is not None and len(outside) > 1:
        for one in outside[:-1]:
            variables.model.add(shape.scale * amount >= one + outside[-1])
    for one in outside:
        variables.model.add(shape.scale * amount >= one)
    variables.cost(shape.rule, hard if shape.price is None else shape.price, amount)


def _terms(variables: Variables, p: int, mark: Mark, shape: Team) -> list[tuple[int, Literal]]:
    """What one person's literals add to a total."""
    calendar = variables.people[p].calendar
    days = range(max(0, shape.first), min(len(variables.people[p].days), shape.last + 1))
    if shape.unit == "weekends":
        pairs: dict[int, list[Literal]] = {}
        for d in days:
            if calendar.weekday(d) >= 5:
                pairs.setdefault(d - calendar.weekday(d), []).append(variables.on(p, d, mark))
        return [(1, variables.any_of(literals)) for literals in pairs.values()]
    return [
        (1 if shape.unit == "count" else int(getattr(choice.option, shape.unit)), literal)
        for d in days
        for choice, literal in variables.marked(p, d, mark)
    ]
