"""Between tours and the CP-SAT model: a rota from values, a warm rota as values, one person alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from planner.clock import quarter_of
from planner.rota import Rota, Shift, shift_of
from planner.scheduling.cpsat_people import Person
from planner.scheduling.cpsat_run import Budget, run
from planner.scheduling.cpsat_shapes import add_shapes
from planner.scheduling.cpsat_variables import Variables
from planner.scheduling.problem import Problem

Tour = Mapping[tuple[int, int], int | None]
"""A person's choices: (day, choice) to the start of the break, None without one."""

ALONE_WORK = 2.0
"""Deterministic seconds to find one person's cheapest legal tour; mostly a few hundredths are needed."""


@dataclass(frozen=True, slots=True)
class Alone:
    """What one person can do, whatever the others do.

    Attributes
    ----------
    tour: a legal tour, the cheapest one found; None: there is none.
    wages: no legal tour costs less, cents.
    """

    tour: Tour | None
    wages: int


def alone(person: Person, seed: int) -> Alone:
    """One person's cheapest legal tour; no tour is a statement of proof, or of a spent budget.

    Wages may be below 0, where a caller has taken off what cover is worth.
    """
    variables = Variables([person])
    add_shapes(variables, 0)
    variables.minimise(["wages"])
    outcome = run(variables.model, Budget(work=ALONE_WORK), seed)
    if outcome.value is None:
        return Alone(None, 0)
    tour = {at: person.days[at[0]][at[1]].breaks[0] for at in taken_of(variables, outcome.value)[0]}
    return Alone(tour, outcome.bound or 0)


def taken_of(variables: Variables, value: Callable[[Any], int]) -> list[list[tuple[int, int]]]:
    """Everybody's choices in a solution, as (day, choice)."""
    return [
        [
            (d, c)
            for d, day in enumerate(person.days)
            for c in range(len(day))
            if value(variables.taken(p, d, c))
        ]
        for p, person in enumerate(variables.people)
    ]


def tours_of(variables: Variables, value: Callable[[Any], int]) -> list[Tour]:
    """Everybody's tour in a solution, with breaks."""
    return [
        {(d, c): next(start for start, x in variables.breaks(p, d, c) if value(x)) for d, c in taken}
        for p, taken in enumerate(taken_of(variables, value))
    ]


def rota_of(problem: Problem, people: Sequence[Person], tours: Iterable[Tour]) -> Rota:
    """Tours as dated shifts; locked shifts stay as they were given."""
    shifts: list[Shift] = []
    for person, tour in zip(people, tours, strict=True):
        for (d, c), start in tour.items():
            choice = person.days[d][c]
            made = shift_of(choice.option, person.calendar.agent, start, problem.first_day)
            shifts.append(choice.locked or made)
    names = tuple(agent.name for agent in problem.team.agents)
    return Rota(problem.name, problem.first_day, problem.days, names, tuple(sorted(shifts)))


def locked_tour(person: Person) -> Tour:
    """Locked shifts and nothing else."""
    return {(d, c): x.breaks[0] for d, day in enumerate(person.days) for c, x in enumerate(day) if x.locked}


def tour_from(person: Person, problem: Problem, shifts: Iterable[Shift]) -> Tour:
    """The choices that stand for a person's shifts; shifts that are no longer possible are dropped."""
    tour = dict(locked_tour(person))
    for shift in shifts:
        d = (shift.day - problem.first_day).days
        if not 0 <= d < len(person.days) or any(day == d for day, _c in tour):
            continue
        start, end = quarter_of(shift.start), quarter_of(shift.end)
        at = None if shift.break_start is None else quarter_of(shift.break_start)
        for c, choice in enumerate(person.days[d]):
            option = choice.option
            if (option.name, option.start, option.end) == (shift.name, start, end):
                tour[d, c] = at if at in choice.breaks else choice.breaks[0]
                break
    return tour


def hint(variables: Variables, tours: Sequence[Tour]) -> None:
    """Hint who takes what, and nothing else: everything follows from it."""
    variables.model.clear_hints()  # type: ignore[no-untyped-call]  # untyped there
    for p, (person, tour) in enumerate(zip(variables.people, tours, strict=True)):
        for d, day in enumerate(person.days):
            for c in range(len(day)):
                variables.model.add_hint(variables.taken(p, d, c), (d, c) in tour)
                if len(day[c].breaks) > 1:
                    for start, literal in variables.breaks(p, d, c):
                        variables.model.add_hint(literal, (d, c) in tour and tour[d, c] == start)


def complete_hint(
    variables: Variables,
    tours: Sequence[Tour],
    budget: Budget,
    seed: int,
    is_cancelled: Callable[[], bool] | None = None,
) -> bool:
    """Hint a value of every variable: tours fixed, the rest solved; whether the tours are legal."""
    hint(variables, tours)
    outcome = run(variables.model, budget, seed, None, is_cancelled, fix_to_hint=True)
    if outcome.value is None:
        return False
    variables.model.clear_hints()  # type: ignore[no-untyped-call]  # untyped there
    for index in range(len(variables.model.proto.variables)):
        variable = variables.model.get_int_var_from_proto_index(index)
        variables.model.add_hint(variable, outcome.value(variable))
    return True
