"""Rows that every legal tour keeps, added up over a group of alike people: the relaxation behind the prices.

A group is people with the same choices, wages and skills; their shapes may differ (leave, contracts),
so the limits of a row are summed over the members, with what holds anyway for those whom the shape does
not bind. Leaving a shape out is always allowed: it only makes the prices less sharp.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np

from planner.rules import Each, Gap, Mark, Rest, Run, Shape, Span, Sum, selects
from planner.scheduling.cpsat_people import Choice, Person

CLIQUES_A_DAY = 3
"""Instants a day at which the gap between duties is asked for; all of them would be many alike rows."""


class Term(NamedTuple):
    """A number of people: who take choice ``at`` (mark None), or have a marked duty on a day or weekend."""

    at: int
    mark: Mark | None = None
    weekend: bool = False


Terms = tuple[tuple[Term, int], ...]
"""Numbers of people with their weights: the left side of a row."""


class Row(NamedTuple):
    """What every tour keeps.

    Attributes
    ----------
    least, most: for one member whom the shape binds. reach: at most, for one whom it does not bind.
    """

    terms: Terms
    least: float
    most: float
    reach: float


class Group:
    """Alike people; what they may choose, flat, in order of day.

    Attributes
    ----------
    available: how many members may take each choice. locked: how many must.
    cents: wages and priced wishes of one choice, on average over the members.
    """

    def __init__(self, members: Sequence[Person]) -> None:
        self.members = tuple(members)
        days = self.members[0].days
        self.choices: list[Choice] = [choice for day in days for choice in day]
        self.day_of = np.array([d for d, day in enumerate(days) for _choice in day], dtype=np.int64)
        self.days = len(days)
        self._marks: dict[Mark, np.ndarray] = {}
        free = np.array([self._free(person) for person in self.members]).reshape(len(self.members), -1)
        self.locked = np.array([len(self.members) * (choice.locked is not None) for choice in self.choices])
        self.available = np.maximum(free.sum(axis=0), self.locked)
        self.present = np.array(
            [[free[i, self.day_of == d].any() for d in range(self.days)] for i in range(len(free))]
        )
        self.cents = np.array([choice.cents for choice in self.choices], dtype=np.float64)
        for person in self.members:
            for shape in person.shapes:
                if isinstance(shape, Each) and shape.price is not None:
                    sign = -1 if shape.force else 1  # a wish to have a duty is met by any of those marked
                    self.cents += sign * self.marked(shape.mark) * (shape.price / len(self.members))

    def marked(self, mark: Mark) -> np.ndarray:
        """Which choices a mark selects; the days of a mark count too."""
        if mark not in self._marks:
            calendar = self.members[0].calendar
            chosen = [selects(mark, choice.option, calendar) for choice in self.choices]
            self._marks[mark] = np.array(chosen, dtype=bool)
        return self._marks[mark]

    def _free(self, person: Person) -> np.ndarray:
        free = np.ones(len(self.choices), dtype=bool)
        for shape in person.shapes:
            if isinstance(shape, Each) and shape.price is None and not shape.force:
                free &= ~self.marked(shape.mark)
        return free

    def weekend(self, day: int) -> int | None:
        """Day index of the Saturday of the weekend that a day belongs to (it may be -1), or None."""
        weekday = self.members[0].calendar.weekday(day)
        return day + 5 - weekday if weekday >= 5 else None

    def rows(self) -> Iterator[tuple[Terms, float, float]]:
        """Terms, least and most of every row of the group."""
        number: dict[Terms, int] = {}
        found: list[tuple[float, float, float, int]] = []
        read: dict[Shape, list[tuple[int, Row]]] = {}
        for person in self.members:
            mine: dict[int, tuple[float, float, float]] = {}
            for shape in person.shapes:
                if shape.price is not None:
                    continue
                if shape not in read:
                    rows = _READERS[type(shape)](self, shape)
                    read[shape] = [(number.setdefault(row.terms, len(number)), row) for row in rows]
                for at, row in read[shape]:
                    least, most, reach = mine.get(at, row[1:])
                    mine[at] = max(row.least, least), min(row.most, most), reach
            found += [(0.0, 0.0, 0.0, 0)] * (len(number) - len(found))
            for at, (least, most, reach) in mine.items():
                low, high, first, count = found[at]
                reach = first if count else reach
                found[at] = low + max(least, 0.0), high + min(most, reach), reach, count + 1
        for terms, (low, high, reach, count) in zip(number, found, strict=True):
            positive = all(weight > 0 for _term, weight in terms)
            yield terms, low if positive else -np.inf, high + (len(self.members) - count) * reach


def group_alike(people: Sequence[Person]) -> list[Group]:
    """Groups of people with the same choices, wages, skills and price of taking, by their first members."""
    found: dict[tuple[object, ...], list[Person]] = {}
    for person in people:
        days = tuple(tuple((c.option, c.cents, c.locked is not None) for c in day) for day in person.days)
        able = (tuple(sorted(person.classes.items())), tuple(sorted(person.posts.items())))
        key = (days, *able, person.optional)
        found.setdefault(key, []).append(person)
    return [Group(members) for members in found.values()]


def _days(mark: Mark, days: Sequence[int], weights: Sequence[int] | None = None) -> Terms:
    return tuple((Term(d, mark), weight) for d, weight in zip(days, weights or [1] * len(days), strict=True))


def _each(group: Group, shape: Each) -> Iterator[Row]:
    if shape.force:
        for d in range(group.days) if shape.mark.days is None else sorted(shape.mark.days):
            yield Row(_days(shape.mark, [d]), 1, 1, 1)


def _gap(group: Group, shape: Gap) -> Iterator[Row]:
    if shape.days:
        for d in range(group.days - 1):
            yield Row(((Term(d, shape.before), 1), (Term(d + 1, shape.after), 1)), 0, 1, 2)
    if shape.most is not None or shape.before != shape.after or shape.days is not None:
        return
    marked = np.flatnonzero(group.marked(shape.before))
    start = np.array([group.choices[c].option.start for c in marked], dtype=np.int64)
    end = np.array([group.choices[c].option.end for c in marked], dtype=np.int64) + -(-shape.minutes // 15)
    for d in range(group.days):
        instants = np.unique(start[group.day_of[marked] == d])
        for instant in instants[:: max(1, -(-len(instants) // CLIQUES_A_DAY))]:
            held = marked[(start <= instant) & (end > instant)]
            yield Row(tuple((Term(int(c)), 1) for c in held), 0, 1, 1)


def _run(group: Group, shape: Run) -> Iterator[Row]:
    if shape.unit != "day":
        yield from _weekend_run(group, shape)
        return
    if shape.most is not None:
        size = shape.most + 1
        for first in range(group.days - size + 1):
            days = _days(shape.mark, range(first, first + size))
            yield Row(days, 1, size, size) if shape.off else Row(days, 0, shape.most, size)
    if shape.least is not None and shape.least > 1:
        for first in range(group.days - 2):
            three = range(first, first + 3)
            if shape.off:
                yield Row(_days(shape.mark, three, [1, -1, 1]), 0, 1, 2)
            else:
                yield Row(_days(shape.mark, three, [-1, 1, -1]), 0, 0, 1)


def _weekend_run(group: Group, shape: Run) -> Iterator[Row]:
    """Weekends in a row, as far as they lie wholly in the period; weeks are left out."""
    if shape.unit != "weekend" or shape.most is None:
        return
    whole = [w for d in range(group.days) if (w := group.weekend(d)) == d]
    size = shape.most + 1
    for first in range(len(whole) - size + 1):
        terms = tuple((Term(w, shape.mark, weekend=True), 1) for w in whole[first : first + size])
        yield Row(terms, 1, size, size) if shape.off else Row(terms, 0, shape.most, size)


def _sum(group: Group, shape: Sum) -> Iterator[Row]:
    first, last = max(0, shape.first), min(group.days - 1, shape.last)
    lows = [0 if shape.least is None else shape.least - shape.carried]
    highs = [np.inf if shape.most is None else max(0, shape.most - shape.carried)]
    if shape.totals is not None:
        lows.append(shape.totals[0] - shape.carried)
        highs.append(shape.totals[-1] - shape.carried)
    least, most = max(lows), min(highs)
    days = range(first, last + 1)
    if shape.unit == "count":
        yield Row(_days(shape.mark, days), least, most, len(days))
    elif shape.unit == "weekends":
        weekends = sorted({w for d in days if (w := group.weekend(d)) is not None})
        terms = tuple((Term(w, shape.mark, weekend=True), 1) for w in weekends)
        yield Row(terms, least, most, len(weekends))
    else:
        weights = {
            int(c): int(getattr(group.choices[c].option, shape.unit))
            for c in np.flatnonzero(group.marked(shape.mark))
            if first <= group.day_of[c] <= last
        }
        reach = sum(max((w for c, w in weights.items() if group.day_of[c] == d), default=0) for d in days)
        terms = tuple((Term(c), weight) for c, weight in weights.items() if weight)
        yield Row(terms, least, most, reach)


def _rest(group: Group, shape: Rest) -> Iterator[Row]:
    first, last = max(0, shape.first), min(group.days - 1, shape.last)
    if shape.days is not None and shape.first >= 0 and first <= last:
        size = last - first + 1
        yield Row(_days(shape.mark, range(first, last + 1)), 0, size - shape.days * shape.count, size)


def _span(group: Group, shape: Span) -> Iterator[Row]:
    """Left out: with shares of people, early and late starts stand side by side anyway."""
    return iter(())


_READERS: Mapping[type[Any], Callable[[Group, Any], Iterator[Row]]] = MappingProxyType(
    {Each: _each, Gap: _gap, Rest: _rest, Run: _run, Span: _span, Sum: _sum}
)
