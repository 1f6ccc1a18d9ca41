"""People who need not be taken and never could be: their rules leave them no legal tour."""

from __future__ import annotations

from dataclasses import replace

from planner.scheduling.cpsat_people import people_of
from planner.scheduling.duties import grid_of, workers_of
from planner.scheduling.legal import best_legal
from planner.scheduling.problem import Problem


def never_taken(problem: Problem) -> tuple[str, ...]:
    """Names of optional people of a problem for whom no tour was found that keeps all their hard rules.

    The engine leaves them out without a word, as it does with those who are not worth their price.
    """
    people = people_of(problem)
    optional = [replace(person, optional=None) for person in people if person.optional is not None]
    workers = workers_of(problem.need, optional, grid_of(problem.need, people))
    return tuple(worker.person.name for worker in workers if best_legal(worker, worker.cents) is None)
