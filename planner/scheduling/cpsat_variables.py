"""The variables of the CP-SAT model behind a tiny vocabulary; rarely needed ones are made lazily.

Rules and cover speak to `Variables` only: who takes which choice, who has a marked duty on a day, what
something costs. Nothing else touches its dictionaries.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from ortools.sat.python import cp_model

from planner.rules import Mark, selects
from planner.scheduling.cpsat_people import Choice, Person

Linear = Any
Literal = Any


class Variables:
    """Variables, rows and prices of one model.

    Attributes
    ----------
    model: the CP-SAT model under construction.
    people: in the team's order; an index into it names a person below.
    """

    def __init__(self, people: Sequence[Person]) -> None:
        self.model = cp_model.CpModel()
        self.people = tuple(people)
        self._taken: dict[tuple[int, int, int], Literal] = {}
        self._broken: dict[tuple[int, int, int], tuple[Literal, ...]] = {}
        self._on: dict[tuple[int, int, Mark], Literal] = {}
        self._marked: dict[tuple[int, int, Mark], tuple[tuple[Choice, Literal], ...]] = {}
        self._costs: dict[str, list[tuple[Linear, int]]] = {}
        self._counts: dict[str, list[tuple[Linear, int]]] = {}
        self.no = self.model.new_constant(0)
        self.yes = self.model.new_constant(1)
        for person in range(len(self.people)):
            self._take_choices(person)

    def _take_choices(self, p: int) -> None:
        person = self.people[p]
        for d, day in enumerate(person.days):
            free: list[Literal] = []
            for c, choice in enumerate(day):
                literal = self.model.new_bool_var(f"x {person.name} {d} {choice.option.start}")
                self._taken[p, d, c] = literal
                if choice.locked:
                    self.model.add(literal == 1)
                else:
                    free.append(literal)
                if choice.cents:
                    self.cost("wages", choice.cents, literal)
            if len(free) > 1:
                self.model.add_at_most_one(free)

    # What the model speaks of

    def taken(self, p: int, d: int, c: int) -> Literal:
        """Whether person p takes choice c of day d."""
        return self._taken[p, d, c]

    def breaks(self, p: int, d: int, c: int) -> tuple[tuple[int | None, Literal], ...]:
        """Starts of the break with the literal of each; together they equal ``taken``."""
        choice = self.people[p].days[d][c]
        if len(choice.breaks) == 1:
            return ((choice.breaks[0], self._taken[p, d, c]),)
        if (p, d, c) not in self._broken:
            literals = tuple(self.model.new_bool_var("") for _start in choice.breaks)
            self.model.add(sum(literals) == self._taken[p, d, c])
            self._broken[p, d, c] = literals
        return tuple(zip(choice.breaks, self._broken[p, d, c], strict=True))

    def marked(self, p: int, d: int, mark: Mark) -> tuple[tuple[Choice, Literal], ...]:
        """Choices of the day that a mark selects, with their literals."""
        if (p, d, mark) not in self._marked:
            person = self.people[p]
            self._marked[p, d, mark] = tuple(
                (choice, self._taken[p, d, c])
                for c, choice in enumerate(person.days[d])
                if selects(mark, choice.option, person.calendar)
            )
        return self._marked[p, d, mark]

    def on(self, p: int, d: int, mark: Mark) -> Literal:
        """Whether the day has a marked duty."""
        if (p, d, mark) not in self._on:
            self._on[p, d, mark] = self.any_of([literal for _choice, literal in self.marked(p, d, mark)])
        return self._on[p, d, mark]

    def any_of(self, literals: Sequence[Literal]) -> Literal:
        """A literal that is true exactly if one of these is."""
        if not literals:
            return self.no
        if len(literals) == 1:
            return literals[0]
        either = self.model.new_bool_var("")
        self.model.add_max_equality(either, literals)
        return either

    def none_of(self, literals: Sequence[Literal]) -> Literal:
        """A literal that may be true only if none of these is."""
        if not literals:
            return self.yes
        free = self.model.new_bool_var("")
        for literal in literals:
            self.model.add_implication(free, literal.negated())
        return free

    def amount(self, most: int, at_least: Iterable[Linear] = ()) -> Linear:
        """A whole number from 0 to ``most`` that is not below any of the expressions."""
        number = self.model.new_int_var(0, most, "")
        for expression in at_least:
            self.model.add(number >= expression)
        return number

    def cost(self, term: str, cents: int, of: Linear) -> None:
        """Each unit of a variable, or of a whole number, costs this much, under the name of a term."""
        self._costs.setdefault(term, []).append((of, cents))

    def count(self, term: str, worth: int, of: Linear) -> None:
        """As ``cost``, but part of an objective only where the term is named."""
        self._counts.setdefault(term, []).append((of, worth))

    def minimise(self, terms: Iterable[str] | None = None) -> None:
        """Make the sum of all costs, or of the named terms, the objective."""
        known = self._costs if terms is None else self._counts | self._costs
        pairs = [pair for term in (known if terms is None else terms) for pair in known.get(term, ())]
        fixed = sum(of * cents for of, cents in pairs if isinstance(of, int))
        free = [(of, cents) for of, cents in pairs if not isinstance(of, int)]
        variables, prices = [of for of, _cents in free], [cents for _of, cents in free]
        self.model.minimize(cp_model.LinearExpr.weighted_sum(variables, prices) + fixed)
