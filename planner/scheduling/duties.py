"""Every person's duties as arrays on the grid of the need: what the search and the bound compute with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from math import gcd

import numpy as np

from planner._compiled import COMPILED
from planner.requirement import Need
from planner.rota import Kind
from planner.rules import Shape
from planner.scheduling.automata import Automata
from planner.scheduling.cpsat_people import Choice, Person, cover_sets
from planner.scheduling.marked import Marks
from planner.scheduling.post_rows import PostRows
from planner.scheduling.presence import option_costs
from planner.scheduling.programme import Programme
from planner.scheduling.reader import Reading, read


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
    seen: set[int] = set()
    for person in people:
        yield from person.carried
        for day in person.days:
            if id(day) not in seen:
                seen.add(id(day))
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
    posts: rows of ``PostRows`` that each option counts on, padded with their number, shape (options, most).
    counters: of the shapes left out, for labels; None if there are none, or one allows no tour at all.
    known: a legal tour, options by day, where shapes are left out; None: none is known.
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
    posts: np.ndarray
    counters: Automata | None = None
    known: np.ndarray | None = None

    def costs(self, worth: np.ndarray, on_posts: np.ndarray | None = None) -> tuple[np.ndarray, np.ndarray]:
        """Pay minus worth of each option with its least valuable break, and the position of that break.

        Parameters
        ----------
        worth: worth of this person on duty, cents per kind and cell, shape (kinds, cells).
        on_posts: worth of one more person on each row of ``PostRows``, and a last 0.
        """
        costs, where = self._cell_costs(worth)
        if on_posts is not None and self.posts.shape[1]:
            costs = costs - on_posts[self.posts].sum(axis=1)
        return costs, where

    def _cell_costs(self, worth: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        if COMPILED:
            spans = (self.starts, self.ends, self.break_starts, self.break_ends)
            return option_costs(worth, self.cents, self.kind, *spans)
        total = np.zeros((worth.shape[0], worth.shape[1] + 1), np.int64)
        np.cumsum(worth, axis=1, out=total[:, 1:])
        kind = self.kind
        away = total[kind[:, None], self.break_ends] - total[kind[:, None], self.break_starts]
        where = away.argmin(axis=1)
        value = total[kind, self.ends] - total[kind, self.starts] - away[np.arange(len(where)), where]
        return self.cents - value, where


@dataclass(frozen=True, eq=False)
class _Duties:
    """What people with the same choices share; fields as in ``Worker``."""

    choices: tuple[Choice, ...]
    number: np.ndarray
    day: np.ndarray
    cents: np.ndarray
    starts: np.ndarray
    ends: np.ndarray
    break_starts: np.ndarray
    break_ends: np.ndarray
    kind: np.ndarray


def workers_of(need: Need, people: Sequence[Person], grid: Grid) -> Iterable[Worker]:
    """Compile people one by one, so that a caller may stop in between; what is alike is compiled once."""
    marks = Marks()
    sets = len(cover_sets(need))
    rows = PostRows.of(need)
    duties: dict[tuple[int, ...], _Duties] = {}
    readings: dict[tuple[object, ...], Reading] = {}
    for person in people:
        days = tuple(map(id, person.days))
        if days not in duties:
            duties[days] = _duties(person, grid)
        mine, calendar = duties[days], person.calendar
        alike = (days, calendar.agent.zone, person.shapes, calendar.carried)
        if alike not in readings:
            fixed = frozenset(d for d, day in enumerate(person.days) if any(choice.locked for choice in day))
            options = [choice.option for choice in mine.choices]
            readings[alike] = read(calendar, options, person.shapes, fixed, marks)
        yield _worker(person, mine, readings[alike], sets, rows)


def _duties(person: Person, grid: Grid) -> _Duties:
    choices = tuple(choice for day in person.days for choice in day)
    kinds = _kinds(choices)
    most = max((len(choice.breaks) for choice in choices), default=1)
    breaks = np.zeros((2, len(choices), most), np.int64)
    for i, choice in enumerate(choices):
        for j in range(most):
            start = choice.breaks[min(j, len(choice.breaks) - 1)]
            if start is not None:
                breaks[:, i, j] = grid.cell(start), grid.cell(start + choice.break_quarters)
    return _Duties(
        choices=choices,
        number=np.array([c for day in person.days for c in range(len(day))], np.int64),
        day=np.array([choice.option.day for choice in choices], np.int64),
        cents=np.array([choice.cents for choice in choices], np.int64),
        starts=np.array([grid.cell(choice.option.start) for choice in choices], np.int64),
        ends=np.array([grid.cell(choice.option.end) for choice in choices], np.int64),
        break_starts=breaks[0],
        break_ends=breaks[1],
        kind=np.array([kinds.index(choice.option.kind) for choice in choices], np.int64),
    )


def _kinds(choices: Sequence[Choice]) -> list[Kind]:
    return sorted({choice.option.kind for choice in choices})


def _worker(person: Person, duties: _Duties, reading: Reading, sets: int, rows: PostRows) -> Worker:
    kinds = _kinds(duties.choices)
    counted = np.zeros((max(len(kinds), 1), sets), bool)
    for k, kind in enumerate(kinds):
        counted[k, list(person.classes.get(kind, ()))] = True
    shared = {field.name: getattr(duties, field.name) for field in fields(_Duties)}
    return Worker(
        person=person,
        counted=counted,
        programme=reading.programme,
        left_out=reading.left_out,
        counters=reading.counters,
        posts=rows.marks(duties.choices, person.posts),
        **shared,
    )
