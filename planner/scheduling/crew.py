"""Everyone ready for search and bound: compiled people, the grid, and the duties that are fixed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from planner.rules import amounts
from planner.scheduling.cpsat_people import Choice, Person, cover_sets, people_of
from planner.scheduling.decided import Decisions
from planner.scheduling.duties import Grid, Worker, grid_of, workers_of
from planner.scheduling.post_rows import PostRows
from planner.scheduling.problem import IsCancelled, Problem
from planner.scheduling.tally import Tally


@dataclass(frozen=True, eq=False)
class Crew:
    """The people of a problem as the engine moves them.

    Attributes
    ----------
    workers: people with a legal tour.
    clashing: people without one. resting: they, and people whom a cancelled preparation did not reach;
        their locked shifts stay and nothing else.
    before: people on duty per set and cell from last period's shifts and those of resting people.
    fixed_cents: pay and soft rules of resting people.
    posted: resting people on each row of ``PostRows``.
    """

    problem: Problem
    grid: Grid
    workers: tuple[Worker, ...]
    clashing: tuple[Person, ...]
    resting: tuple[Person, ...]
    before: np.ndarray
    fixed_cents: int
    posted: np.ndarray

    @property
    def people(self) -> tuple[Person, ...]:
        """Everybody, in the order of the team."""
        place = {agent.name: number for number, agent in enumerate(self.problem.team.agents)}
        everyone = (*(worker.person for worker in self.workers), *self.resting)
        return tuple(sorted(everyone, key=lambda person: place[person.name]))

    @property
    def complete(self) -> bool:
        """Whether everyone was reached."""
        return len(self.clashing) == len(self.resting)

    def tally(self) -> Tally:
        """Cover without any of the workers."""
        problem = self.problem
        cents = (problem.missing_cents, problem.extra_cents)
        return Tally(problem.need, self.grid, *cents, self.before, self.posted)

    @property
    def names(self) -> tuple[frozenset[str], ...]:
        """The sets of queues whose people are counted."""
        return cover_sets(self.problem.need)

    @property
    def left_out(self) -> tuple[str, ...]:
        """Names of the rules that the programmes of some people do not see."""
        return tuple(sorted({shape.rule for worker in self.workers for shape in worker.left_out}))


def crew_of(problem: Problem, is_cancelled: IsCancelled | None = None) -> Crew:
    """Compile everyone; people whose rules clash are set aside with their locked shifts."""
    people = people_of(problem)
    grid = grid_of(problem.need, people)
    workers: list[Worker] = []
    reached = 0
    clashing: list[Person] = []
    decisions = Decisions(is_cancelled)
    for worker in workers_of(problem.need, people, grid):
        tour = None if _crowded(worker.person) else decisions.tour(worker)
        cancelled = is_cancelled is not None and is_cancelled()
        if tour is not None:
            workers.append(replace(worker, known=tour) if worker.left_out else worker)
        elif cancelled and worker.left_out:
            break  # perhaps nobody knows yet whether there is a tour
        else:
            clashing.append(worker.person)
        reached += 1
        if cancelled:
            break
    resting = (*clashing, *people[reached:])
    before = np.zeros((len(cover_sets(problem.need)), grid.cells), np.int16)
    for person in people:
        _mark(before, person, person.carried, grid)
    for person in resting:
        _mark(before, person, locked_choices(person), grid)
    cents = sum(_fixed_cents(person) for person in resting)
    rows = PostRows.of(problem.need)
    posted = np.zeros(len(rows) + 1, np.int64)
    for person in resting:
        np.add.at(posted, np.unique(rows.marks(locked_choices(person), person.posts)), 1)
    return Crew(problem, grid, tuple(workers), tuple(clashing), resting, before, cents, posted[:-1])


def _crowded(person: Person) -> bool:
    return any(sum(choice.locked is not None for choice in day) > 1 for day in person.days)


def locked_choices(person: Person) -> tuple[Choice, ...]:
    """Duties that must stay."""
    return tuple(choice for day in person.days for choice in day if choice.locked)


def _fixed_cents(person: Person) -> int:
    locked = locked_choices(person)
    options = [choice.option for choice in locked]
    taking = (person.optional or 0) if locked else 0
    return sum((taking, *(choice.cents for choice in locked))) + sum(
        amounts(shape, person.calendar, options) * shape.price for shape in person.shapes if shape.price
    )


def _mark(before: np.ndarray, person: Person, choices: Sequence[Choice], grid: Grid) -> None:
    """Count duties that nothing moves, each person once per set and cell."""
    present = np.zeros(before.shape, bool)
    for choice in choices:
        cells = np.zeros(grid.cells, bool)
        cells[grid.cell(choice.option.start) : grid.cell(choice.option.end)] = True
        start = choice.breaks[0]
        if start is not None:
            cells[grid.cell(start) : grid.cell(start + choice.break_quarters)] = False
        for s in person.classes.get(choice.option.kind, ()):
            present[s] |= cells
    before += present
