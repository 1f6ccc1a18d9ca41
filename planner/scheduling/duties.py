"""Every person's duties as arrays on the grid of the need: what the search and the bound compute with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import gcd

import numpy as np

from planner.requirement import Need
from planner.rules import Shape
from planner.scheduling.cpsat_people import Choice, Person, cover_sets
from planner.scheduling.programme import Programme
from planner.scheduling.reader import Marks, read


@dataclass(frozen=True, slots=True)
class Grid:
    """Cells of equal length over the need: as long as clean cuts of all duties allow.

    Attributes
    ----------
    first_quarter: absolute quarter-hour of cell 0.
    quarters: length of a cell. cells: their number. per_interval: cells in a planning interval.
    """

    first_quarter: int
    quarters: int
    cells: int
    per_interval: int

    def cell(self, quarter: int) -> int:
        """The cell that starts at an absolute quarter-hour, clipped to the need."""
        return min(max((quarter - self.first_quarter) // self.quarters, 0), self.cells)


def grid_of(need: Need, people: Sequence[Person]) -> Grid:
    """The coarsest grid on which every duty and break of the people begins and ends."""
    width = need.quarters_per_interval
    step = width
    for choice in _all_choices(people):
        option = choice.option
        step = gcd(step, option.start - need.first_quarter, option.end - need.first_quarter)
        for start in choice.breaks:
            if start is not None:
                step = gcd(step, start - need.first_quarter, choice.break_quarters)
    return Grid(need.first_quarter, step, need.intervals * width // step, width // step)


def _all_choices(people: Sequence[Person]) -> Iterable[Choice]:
    for person in people:
        yield from person.carried
        for day in person.days:
            yield from day


@dataclass(frozen=True, eq=False)
class Worker:
    """One person's duties: options in the order of days, with their cells, pay and programme.

    Attributes
    ----------
    choices: by option. cents: pay of each. day: day of each. number: place among the choices of its day.
    starts, ends: cells of each option.
    break_starts, break_ends: cells of each possible break, shape (options, positions); equal for none.
    kind: index into ``counted`` of each option's kind of duty.
    counted: per kind, whether each set of ``cover_sets`` counts this person, shape (kinds, sets).
    programme: the person's legal tours. left_out: shapes that it does not see.
    """

    person: Person
    choices: tuple[Choice, ...]
    number: np.ndarray
    day: np.ndarray
    cents: np.ndarray
    starts: np.ndarray
    ends: np.ndarray
    break_starts: np.ndarray
    break_ends: np.ndarray
    kind: np.ndarray
    counted: np.ndarray
    programme: Programme
    left_out: tuple[Shape, ...]

    def costs(self, worth: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Pay minus worth of each option with its least valuable break, and the position of that break.

        Parameters
        ----------
        worth: worth of this person on duty, cents per kind and cell, shape (kinds, cells).
        """
        total = np.zeros((worth.shape[0], worth.shape[1] + 1), np.int64)
        np.cumsum(worth, axis=1, out=total[:, 1:])
        kind = self.kind
        away = total[kind[:, None], self.break_ends] - total[kind[:, None], self.break_starts]
        where = away.argmin(axis=1)
        value = total[kind, self.ends] - total[kind, self.starts] - away[np.arange(len(where)), where]
        return self.cents - value, where


def workers_of(need: Need, people: Sequence[Person], grid: Grid) -> Iterable[Worker]:
    """Compile people one by one, so that a caller may stop in between."""
    marks = Marks()
    names = cover_sets(need)
    for person in people:
        yield _worker(person, grid, len(names), marks)


def _worker(person: Person, grid: Grid, sets: int, marks: Marks) -> Worker:
    choices = tuple(choice for day in person.days for choice in day)
    fixed = frozenset(d for d, day in enumerate(person.days) if any(choice.locked for choice in day))
    reading = read(person.calendar, [choice.option for choice in choices], person.shapes, fixed, marks)
    kinds = sorted({choice.option.kind for choice in choices})
    counted = np.zeros((max(len(kinds), 1), sets), bool)
    for k, kind in enumerate(kinds):
        counted[k, list(person.classes.get(kind, ()))] = True
    most = max((len(choice.breaks) for choice in choices), default=1)
    breaks = np.zeros((2, len(choices), most), np.int64)
    for i, choice in enumerate(choices):
        for j in range(most):
            start = choice.breaks[min(j, len(choice.breaks) - 1)]
            if start is not None:
                breaks[:, i, j] = grid.cell(start), grid.cell(start + choice.break_quarters)
    return Worker(
        person=person,
        choices=choices,
        number=np.array([c for day in person.days for c in range(len(day))], np.int64),
        day=np.array([choice.option.day for choice in choices], np.int64),
        cents=np.array([choice.cents for choice in choices], np.int64),
        starts=np.array([grid.cell(choice.option.start) for choice in choices], np.int64),
        ends=np.array([grid.cell(choice.option.end) for choice in choices], np.int64),
        break_starts=breaks[0],
        break_ends=breaks[1],
        kind=np.array([kinds.index(choice.option.kind) for choice in choices], np.int64),
        counted=counted,
        programme=reading.programme,
        left_out=reading.left_out,
    )
