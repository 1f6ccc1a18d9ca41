"""People on duty and people short in the CP-SAT model.

People who count for the same sets form a class; how many of a class are on duty in a quarter is one
number that all sets share, made only where some set asks for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ortools.sat.python import cp_model

from planner.requirement import Need
from planner.scheduling.cpsat_people import Choice, Person, cover_sets, sets_that_matter
from planner.scheduling.cpsat_variables import Linear, Literal, Variables

Class = tuple[int, ...]
Breaks = tuple[tuple[int | None, Literal], ...]


class Cover:
    """N(S, interval) over the people of a model, quarter by quarter.

    Quarters of an interval that the same choices cover are counted once.
    """

    def __init__(self, variables: Variables, need: Need, cyclic: bool) -> None:
        self._variables = variables
        self._need = need
        self._present: dict[Class, dict[int, dict[int, tuple[Literal, int]]]] = {}
        self._numbers: dict[tuple[Class, int], Linear] = {}
        self._same: dict[tuple[Class, tuple[tuple[int, int], ...]], Linear] = {}
        self._period = need.intervals * need.quarters_per_interval
        self._cyclic = cyclic
        # Shifts that must stay may overlap; who has two at once counts twice, and the bound stays below.
        self._most = sum(1 + _kept_beyond_one(person) for person in variables.people)
        for p in range(len(variables.people)):
            self._count_person(p)
        self._classes = sorted(self._present)

    def _count_person(self, p: int) -> None:
        person = self._variables.people[p]
        for d, day in enumerate(person.days):
            for c, choice in enumerate(day):
                self._count(p, choice, self._variables.taken(p, d, c), self._variables.breaks(p, d, c))
        for choice in person.carried:
            yes = self._variables.yes
            self._count(p, choice, yes, ((choice.breaks[0], yes),))

    def _count(self, p: int, choice: Choice, taken: Literal, breaks: Breaks) -> None:
        sets = self._variables.people[p].classes.get(choice.option.kind, ())
        if sets:
            present = self._present.setdefault(sets, {})
            for quarter in range(choice.option.start, choice.option.end):
                self._add(present, quarter, taken, 1)
            for start, literal in breaks:
                for quarter in range(start, start + choice.break_quarters) if start is not None else ():
                    self._add(present, quarter, literal, -1)

    def _add(
        self, present: dict[int, dict[int, tuple[Literal, int]]], quarter: int, literal: Literal, sign: int
    ) -> None:
        place = quarter - self._need.first_quarter
        if self._cyclic:
            place %= self._period
        if 0 <= place < self._period:
            terms = present.setdefault(place, {})
            before = terms.get(literal.index, (literal, 0))[1]
            terms[literal.index] = (literal, before + sign)

    def _class_number(self, sets: Class, place: int) -> Linear:
        if (sets, place) not in self._numbers:
            terms = {key: pair for key, pair in sorted(self._present[sets].get(place, {}).items()) if pair[1]}
            same = (sets, tuple((key, sign) for key, (_literal, sign) in terms.items()))
            if same not in self._same:
                self._same[same] = self._number(list(terms.values()))
            self._numbers[sets, place] = self._same[same]
        return self._numbers[sets, place]

    def _number(self, terms: list[tuple[Literal, int]]) -> Linear | None:
        if not terms:
            return None
        expression = cp_model.LinearExpr.weighted_sum([x for x, _sign in terms], [sign for _x, sign in terms])
        if len(terms) <= 2:
            return expression
        number = self._variables.model.new_int_var(0, self._most, "")
        self._variables.model.add(number == expression)
        return number

    def on_duty(self, names: int, interval: int) -> list[Linear]:
        """People on duty for a set in each distinct quarter of an interval; N is the smallest of them."""
        width = self._need.quarters_per_interval
        distinct: dict[tuple[int, ...], Linear] = {}
        for place in range(interval * width, (interval + 1) * width):
            numbers = [self._class_number(sets, place) for sets in self._classes if names in sets]
            numbers = [number for number in numbers if number is not None]
            distinct.setdefault(tuple(id(number) for number in numbers), cp_model.LinearExpr.sum(numbers))
        return list(distinct.values())


def _kept_beyond_one(person: Person) -> int:
    kept = len(person.carried) + sum(choice.locked is not None for day in person.days for choice in day)
    return max(0, kept - 1)


def add_cover(
    variables: Variables, cover: Cover, need: Need, missing_cents: int, extra_cents: int
) -> Iterator[None]:
    """People short, and people more than needed, in every interval at their price; interval by interval."""
    matter, blocks, spanning = sets_that_matter(need), need.blocks, need.spanning
    for k in range(need.intervals):
        shorts = [_short(variables, cover, need, [j for j in block if matter[j, k]], k) for block in blocks]
        shorts = [short for short in shorts if short is not None]
        across = [j for j in spanning if matter[j, k]]
        if across:
            shorts.append(_short(variables, cover, need, across, k, shorts))
        for short in shorts:
            variables.cost("missing", missing_cents, short)
        if extra_cents:
            _add_spare(variables, cover, need, k, extra_cents)
        yield


def _short(
    variables: Variables, cover: Cover, need: Need, asked: list[int], k: int, others: Sequence[Linear] = ()
) -> Linear | None:
    """People short beyond ``others``: as many as each of the sets lacks; None if no set asks."""
    if not asked:
        return None
    short = variables.model.new_int_var(0, int(max(need.required[j, k] for j in asked)), "")
    for j in asked:
        for on_duty in cover.on_duty(j, k):
            variables.model.add(short + sum(others) + on_duty >= int(need.required[j, k]))
    return short


def _add_spare(variables: Variables, cover: Cover, need: Need, k: int, cents: int) -> None:
    """People on duty, whatever they serve, beyond the largest requirement: the fewest over the quarters."""
    people = len(variables.people)
    largest = int(need.required[:, k].max()) if len(need.sets) else 0
    fewest = variables.model.new_int_var(0, people, "")
    anyone = cover_sets(need).index(frozenset(need.queues))
    variables.model.add_min_equality(fewest, cover.on_duty(anyone, k))
    variables.cost("extra", cents, variables.amount(people, [fewest - largest]))
