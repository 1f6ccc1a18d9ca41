"""Rules over several people in the search: totals kept up to date, and their prices for who is put in.

A total of one day is priced exactly beside the others: nobody has two duties on a day. A total of
several days is priced by its slope where the person's tour stood, and the tour that comes back is
counted as it is; that is done again at the slope it lands on, and the cheapest one stays. While
others whom a row binds are out too, the row waits for the last of them, or nobody could be first.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from planner.rules import Mark, Team, selects, total_of
from planner.scheduling.crew import Crew, locked_choices
from planner.scheduling.duties import Worker
from planner.scheduling.legal import Found
from planner.scheduling.team_prices import hard_cents, shapes_of

PASSES = 3
FEW = 3
"""Members of a row, up to which whoever is taken out takes the others along."""
STEP_MINUTES = 480
"""Minutes up and down over which the slope of a total of minutes is taken."""
FAR_OFF = 10**12

Solve = Callable[[np.ndarray], Found | None]


@dataclass(frozen=True, eq=False)
class _Quantity:
    """What a person's duties come to in one unit, mark and window, and the rows that read it.

    Attributes
    ----------
    values: of each option. weekend: number of the weekend of each option; None where values add up.
    """

    values: np.ndarray
    weekend: np.ndarray | None
    step: int
    rows: np.ndarray
    weights: np.ndarray

    def of(self, taken: np.ndarray) -> int:
        """Of a tour."""
        if self.weekend is None:
            return int(self.values[taken].sum())
        return len(np.unique(self.weekend[taken][self.values[taken] > 0]))


@dataclass(frozen=True, eq=False)
class _Part:
    """One worker's part in the rows: options with what they add to rows of one day, and quantities.

    Attributes
    ----------
    rows: all rows that it may change.
    """

    option: np.ndarray
    row: np.ndarray
    gain: np.ndarray
    quantities: tuple[_Quantity, ...]
    rows: np.ndarray


class TeamRows:
    """Totals over several people while tours come and go."""

    def __init__(self, crew: Crew) -> None:
        problem = crew.problem
        self._shapes = shapes_of(problem)
        shapes = self._shapes
        self._price = np.array(
            [hard_cents(problem, s) if s.price is None else s.price for s in shapes], np.int64
        )
        self._least = np.array([-FAR_OFF if s.least is None else s.least for s in shapes], np.int64)
        self._most = np.array([FAR_OFF if s.most is None else s.most for s in shapes], np.int64)
        self._scale = np.array([s.scale for s in shapes], np.int64)
        self._allowed = _padded(shapes)
        self._parts = tuple(_part(worker, shapes) for worker in crew.workers)
        self._totals = np.zeros(len(shapes), np.int64)
        for person in crew.resting:
            options = [choice.option for choice in locked_choices(person)]
            for r, shape in enumerate(shapes):
                for name, weight, mark in shape.parts:
                    if name == person.name:
                        self._totals[r] += weight * total_of(shape, mark, person.calendar, options)
        self._out = np.zeros(len(shapes), np.int64)
        for part in self._parts:
            self._out[part.rows] += 1
        self._company: list[set[int]] = [set() for _part in self._parts]
        for r, shape in enumerate(shapes):
            bound = [n for n, part in enumerate(self._parts) if r in part.rows] if _small(shape) else []
            for number in bound:
                self._company[number].update(bound)
        self._capped = np.array([_only_capped(shape) for shape in shapes], bool)

    def add(self, number: int, options: np.ndarray, sign: int = 1) -> None:
        """Put a worker's tour in, or with sign -1 take it out."""
        part = self._parts[number]
        if not len(part.rows):
            return
        taken = options[options >= 0]
        mine = np.isin(part.option, taken)
        np.add.at(self._totals, part.row[mine], sign * part.gain[mine])
        for quantity in part.quantities:
            np.add.at(self._totals, quantity.rows, sign * quantity.of(taken) * quantity.weights)
        self._out[part.rows] -= sign

    def cost(self) -> int:
        """Cents of all rows, hard ones at their high price."""
        return int(self._cents(slice(None), self._totals).sum()) if self._shapes else 0

    def company(self, out: Sequence[int], most: int) -> list[int]:
        """Workers who are taken out, and those with whom they share a small row, up to so many."""
        found = list(out)
        for number in out:
            found += [other for other in sorted(self._company[number]) if other not in found]
        return found[: max(most, len(out))]

    def place(
        self, number: int, worker: Worker, costs: np.ndarray, before: np.ndarray | None, solve: Solve
    ) -> Found | None:
        """A worker's best tour beside the others.

        Parameters
        ----------
        costs: of each option without these rules. before: options of the tour that was taken out.
        solve: the best legal tour at given costs.
        """
        part = self._parts[number]
        if not len(part.rows):
            return solve(costs)
        costs = costs + self._by_option(part, len(costs))
        quantities = [q for q in part.quantities if self._now(q.rows).any()]
        if not quantities:
            return solve(costs)
        start = np.zeros(0, np.int64) if before is None else before[before >= 0]
        slopes = self._slopes(quantities, start)
        best, least, seen = None, 0, [slopes]
        for _pass in range(PASSES):
            priced = costs.copy()
            for quantity, slope in zip(quantities, slopes, strict=True):
                priced += quantity.values * slope // quantity.step
            found = solve(priced)
            if found is None:
                break
            taken = found.options[found.options >= 0]
            cents = found.own_cents + int((costs - worker.cents)[taken].sum())
            cents += self._period_cents(quantities, taken)
            if best is None or cents < least:
                best, least = found, cents
            landed = self._slopes(quantities, taken)
            if landed in seen:
                break
            slopes = landed if len(seen) == 1 else [(a + b) // 2 for a, b in zip(landed, slopes, strict=True)]
            seen.append(slopes)
        return best

    def _now(self, rows: np.ndarray) -> np.ndarray:
        """Whether rows are asked: nobody else whom they bind is out, or they only cap."""
        asked: np.ndarray = self._capped[rows] | (self._out[rows] <= 1)
        return asked

    def _by_option(self, part: _Part, options: int) -> np.ndarray:
        """Cents of each option by the rows of its day."""
        cents = np.zeros(options, np.int64)
        totals = self._totals[part.row]
        more = self._cents(part.row, totals + part.gain) - self._cents(part.row, totals)
        np.add.at(cents, part.option, np.where(self._now(part.row), more, 0))
        return cents

    def _slopes(self, quantities: Sequence[_Quantity], taken: np.ndarray) -> list[int]:
        """Cents of one step more of each quantity, where a tour stands."""
        totals = self._with(quantities, taken)
        slopes = []
        for quantity in quantities:
            rows, by = quantity.rows, quantity.weights * quantity.step
            rise = self._away(rows, totals[rows] + by) - self._away(rows, totals[rows] - by)
            cents = self._price[rows] * rise // (2 * self._scale[rows])
            slopes.append(int(cents[self._now(rows)].sum()))
        return slopes

    def _period_cents(self, quantities: Sequence[_Quantity], taken: np.ndarray) -> int:
        totals = self._with(quantities, taken)
        rows = np.unique(np.concatenate([quantity.rows for quantity in quantities]))
        return int(np.where(self._now(rows), self._cents(rows, totals[rows]), 0).sum())

    def _with(self, quantities: Sequence[_Quantity], taken: np.ndarray) -> np.ndarray:
        totals = self._totals.copy()
        for quantity in quantities:
            np.add.at(totals, quantity.rows, quantity.of(taken) * quantity.weights)
        return totals

    def _cents(self, rows: np.ndarray | slice, totals: np.ndarray) -> np.ndarray:
        cents: np.ndarray = self._price[rows] * -(-self._away(rows, totals) // self._scale[rows])
        return cents

    def _away(self, rows: np.ndarray | slice, totals: np.ndarray) -> np.ndarray:
        """How far totals are outside, before scaling."""
        away: np.ndarray = np.maximum(totals - self._most[rows], 0) + np.maximum(
            self._least[rows] - totals, 0
        )
        near = np.abs(totals[:, None] - self._allowed[rows]).min(axis=1, initial=FAR_OFF)
        return away + np.where(near < FAR_OFF // 2, near, 0)


def _padded(shapes: Sequence[Team]) -> np.ndarray:
    """Allowed values of each row, far away ones where any value is."""
    width = max((len(shape.allowed or ()) for shape in shapes), default=0)
    values = np.full((len(shapes), width), FAR_OFF, np.int64)
    for row, shape in zip(values, shapes, strict=True):
        row[: len(shape.allowed or ())] = shape.allowed or ()
        row[len(shape.allowed or ()) :] = (shape.allowed or (FAR_OFF,))[-1]
    return values


def _small(shape: Team) -> bool:
    return len(shape.members) <= FEW


def _only_capped(shape: Team) -> bool:
    """Whether more of anybody's duties is never better."""
    capped = shape.least is None and shape.allowed is None
    return capped and all(weight >= 0 for _name, weight in shape.members)


def _part(worker: Worker, shapes: Sequence[Team]) -> _Part:
    name = worker.person.name
    chosen: dict[Mark, np.ndarray] = {}
    found: dict[tuple[Mark, str, int, int], list[tuple[int, int]]] = {}
    daily: list[tuple[int, int, int]] = []
    for r, shape in enumerate(shapes):
        for member, weight, mark in shape.parts:
            if member != name or not weight:
                continue
            if mark not in chosen:
                options = (choice.option for choice in worker.choices)
                chosen[mark] = np.array([selects(mark, o, worker.person.calendar) for o in options], bool)
            if shape.first == shape.last and shape.unit != "weekends":
                values = _values(shape, chosen[mark], worker)
                daily += [(i, r, weight * int(values[i])) for i in np.flatnonzero(values).tolist()]
            else:
                found.setdefault((mark, shape.unit, shape.first, shape.last), []).append((r, weight))
    quantities = tuple(
        _quantity(worker, shapes, chosen[mark], pairs) for (mark, *_window), pairs in found.items()
    )
    table = np.array(sorted(daily), np.int64).reshape(-1, 3)
    bound = np.unique(np.concatenate([table[:, 1], *(quantity.rows for quantity in quantities)]))
    return _Part(table[:, 0], table[:, 1], table[:, 2], quantities, bound.astype(np.int64))


def _quantity(
    worker: Worker, shapes: Sequence[Team], marked: np.ndarray, pairs: Sequence[tuple[int, int]]
) -> _Quantity:
    """What rows of one unit and window read; ``pairs`` are the rows with their weights."""
    shape, calendar = shapes[pairs[0][0]], worker.person.calendar
    weekday = np.array([calendar.weekday(choice.option.day) for choice in worker.choices], np.int64)
    values, weekends = _values(shape, marked, worker), shape.unit == "weekends"
    return _Quantity(
        np.where(weekday >= 5, values, 0) if weekends else values,
        worker.day - weekday if weekends else None,
        STEP_MINUTES if shape.unit.endswith("minutes") else 1,
        np.array([row for row, _weight in pairs], np.int64),
        np.array([weight for _row, weight in pairs], np.int64),
    )


def _values(shape: Team, marked: np.ndarray, worker: Worker) -> np.ndarray:
    """What each option adds to a row: once, or in minutes."""
    inside = marked & (worker.day >= shape.first) & (worker.day <= shape.last)
    if not shape.unit.endswith("minutes"):
        return inside.astype(np.int64)
    minutes = np.array([getattr(choice.option, shape.unit) for choice in worker.choices], np.int64)
    return np.where(inside, minutes, 0)
