"""Which of a person's rules clash: rules are dropped one at a time and the person is solved again.

The clashes come from a hitting-set tree (Reiter 1987, Artificial Intelligence 32): a smallest clash is found
by leaving out what is not needed for it; each of its rules is then dropped in turn, and what still clashes
is searched further. Unsatisfiable cores of a solver are not used: they can be wrong.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from planner.rota import Shift
from planner.rules import Rule
from planner.scheduling.cpsat_people import Person, people_of
from planner.scheduling.cpsat_tours import alone
from planner.scheduling.duties import grid_of, workers_of
from planner.scheduling.legal import best_legal
from planner.scheduling.problem import Problem

MOST_TRIES = 400
MOST_DROPPED = 3
SEED = 1


@dataclass(frozen=True)
class Clash:
    """A person who has no legal tour, and why.

    Attributes
    ----------
    person: name.
    sets: rules and locked shifts of which no tour keeps all, each set as small as can be.
    mends: what would have to go for a tour to exist: single ones if any does, else the fewest together.
    proven: whether the programme of the person saw all rules; False where the complete model was asked,
        within its budget.
    """

    person: str
    sets: tuple[tuple[Rule | Shift, ...], ...]
    mends: tuple[tuple[Rule | Shift, ...], ...]
    proven: bool = True


def clash_of(problem: Problem, name: str) -> Clash | None:
    """The clashing rules of one person; None if they have a legal tour.

    Locked shifts count one by one, like rules.

    Parameters
    ----------
    problem: what is asked. name: of the person.
    """
    return _Asking(problem, name).clash()


class _Asking:
    def __init__(self, problem: Problem, name: str) -> None:
        team = replace(problem.team, agents=(problem.team.agent(name),))
        self._problem = replace(problem, team=team)
        self._name = name
        self._rules = tuple(rule for rule in problem.rules[name] if rule.hard)
        self._locks = tuple(sorted(shift for shift in problem.locked if shift.agent == name))
        self._people: dict[tuple[Shift, ...], Person] = {}
        self._known: dict[frozenset[int], bool] = {}
        self._proven = True

    @property
    def parts(self) -> tuple[Rule | Shift, ...]:
        return (*self._rules, *self._locks)

    def clash(self) -> Clash | None:
        """Sets and mends by the tree, small ones first."""
        everything = frozenset(range(len(self.parts)))
        if self.possible(everything):
            return None
        sets: list[frozenset[int]] = []
        mends: list[frozenset[int]] = []
        edge: list[frozenset[int]] = [frozenset()]
        for _depth in range(MOST_DROPPED + 1):
            following: list[frozenset[int]] = []
            for dropped in edge:
                if any(mend <= dropped for mend in mends) or len(self._known) > MOST_TRIES:
                    continue
                left = everything - dropped
                if self.possible(left):
                    mends.append(dropped)
                    continue
                clash = next((one for one in sets if not one & dropped), None)
                if clash is None:
                    clash = self._smallest(left)
                    sets.append(clash)
                following += [dropped | {part} for part in sorted(clash)]
            edge = list(dict.fromkeys(following))
        fewest = min((len(mend) for mend in mends), default=0)
        return Clash(
            self._name,
            tuple(self._named(one) for one in sets),
            tuple(self._named(one) for one in mends if len(one) == fewest),
            self._proven,
        )

    def _named(self, numbers: frozenset[int]) -> tuple[Rule | Shift, ...]:
        return tuple(self.parts[number] for number in sorted(numbers))

    def _smallest(self, clashing: frozenset[int]) -> frozenset[int]:
        """A clash of which every part is needed."""
        for part in sorted(clashing):
            if not self.possible(clashing - {part}):
                clashing = clashing - {part}
        return clashing

    def possible(self, kept: frozenset[int]) -> bool:
        """Whether a tour keeps these rules and locked shifts."""
        if kept not in self._known:
            self._known[kept] = self._solve(kept)
        return self._known[kept]

    def _solve(self, kept: frozenset[int]) -> bool:
        rules = [self._rules[n] for n in sorted(kept) if n < len(self._rules)]
        locks = tuple(self._locks[n - len(self._rules)] for n in sorted(kept) if n >= len(self._rules))
        person = self._person(locks)
        if any(sum(choice.locked is not None for choice in day) > 1 for day in person.days):
            return False
        shapes = tuple(shape for rule in rules for shape in rule.shapes(person.calendar))
        person = replace(person, shapes=shapes)
        grid = grid_of(self._problem.need, [person])
        (worker,) = workers_of(self._problem.need, [person], grid)
        nothing = np.zeros(len(worker.choices), np.int64)
        if not self._problem.cyclic and best_legal(worker, nothing) is not None:
            return True
        if self._problem.cyclic or (worker.left_out and worker.programme.legal):
            # The programme does not see everything here: the complete model decides.
            self._proven = False
            return alone(person, SEED).tour is not None
        return False

    def _person(self, locks: tuple[Shift, ...]) -> Person:
        """The person with some locked shifts only."""
        if locks not in self._people:
            (self._people[locks],) = people_of(replace(self._problem, locked=locks))
        return self._people[locks]
