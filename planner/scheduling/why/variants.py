"""People with some of their rules left out: what each could do then, and what it would be worth."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from planner.clock import quarter_of
from planner.rota import Rota
from planner.rules import Rule, amounts
from planner.scheduling.cpsat_people import Person
from planner.scheduling.crew import Crew, crew_of
from planner.scheduling.duties import Worker, workers_of
from planner.scheduling.legal import Found, best_legal
from planner.scheduling.problem import IsCancelled, Problem
from planner.scheduling.tally import Tally, Tour

HOLD = 10**9
"""Cents that make a duty come first; above any price of a whole tour."""


def rules_that_count(person: Person, rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """A person's hard rules that say anything about their period."""
    return tuple(rule for rule in rules if rule.hard and rule.shapes(person.calendar))


def without(person: Person, rules: Iterable[Rule], dropped: Iterable[Rule]) -> Person:
    """The same person, not held to some of their rules.

    Parameters
    ----------
    rules: all rules of the person. dropped: those to leave out.
    """
    out = list(dropped)
    shapes = tuple(shape for rule in rules if rule not in out for shape in rule.shapes(person.calendar))
    return replace(person, shapes=shapes)


class Variants:
    """Compiled people without some of their rules, made when they are asked for.

    Parameters
    ----------
    crew: the people of the problem with all their rules.
    """

    def __init__(self, crew: Crew) -> None:
        self._crew = crew
        self._made: dict[tuple[str, tuple[Rule, ...]], Worker] = {}

    def of(self, worker: Worker, dropped: tuple[Rule, ...]) -> Worker:
        """A worker without some rules; everyone who serves the same and has the rule is compiled at once."""
        key = (worker.person.name, dropped)
        if key not in self._made:
            together = [worker]
            if len(dropped) == 1:
                together = [other for other in self._crew.workers if self._like(worker, other, dropped[0])]
            self._compile(together, dropped)
        return self._made[key]

    def _like(self, worker: Worker, other: Worker, rule: Rule) -> bool:
        """Whether another is asked about as well: serves the same, and has the rule."""
        same = worker.counted.shape == other.counted.shape and (worker.counted == other.counted).all()
        return bool(same) and rule in self._crew.problem.rules[other.person.name]

    def _compile(self, workers: list[Worker], dropped: tuple[Rule, ...]) -> None:
        rules = self._crew.problem.rules
        people = [without(worker.person, rules[worker.person.name], dropped) for worker in workers]
        made = workers_of(self._crew.problem.need, people, self._crew.grid)
        self._made |= {(worker.person.name, dropped): worker for worker in made}


@dataclass(frozen=True, eq=False)
class Beside:
    """A person beside all others of a rota.

    Attributes
    ----------
    costs: of each option, pay minus what it saves. present: cells on duty now, any kind.
    now: cents of the present tour at these costs. best: of the best legal tour.
    """

    costs: np.ndarray
    present: np.ndarray
    now: int
    best: int


class Around:
    """A rota as the others of a team see it.

    Parameters
    ----------
    crew: everybody. rota: who is on duty.
    """

    def __init__(self, crew: Crew, rota: Rota) -> None:
        self.crew = crew
        self.tally: Tally = crew.tally()
        self._tours = {worker.person.name: self._tour(worker, rota) for worker in crew.workers}
        for worker in crew.workers:
            self.tally.add(worker, self._tours[worker.person.name])

    @classmethod
    def of(cls, problem: Problem, rota: Rota, is_cancelled: IsCancelled | None = None) -> Around:
        """A rota of a problem, everybody compiled."""
        return cls(crew_of(problem, is_cancelled), rota)

    @property
    def names(self) -> tuple[str, ...]:
        """People with a legal tour."""
        return tuple(self._tours)

    def worker(self, name: str) -> Worker:
        """Somebody with a legal tour (KeyError for others)."""
        return {worker.person.name: worker for worker in self.crew.workers}[name]

    def beside(self, worker: Worker) -> Beside:
        """What a person's duties are worth beside those of all others."""
        tour = self._tours[worker.person.name]
        costs = self.costs_beside(worker, worker.counted)
        found = best_legal(worker, costs)
        present = np.asarray(tour.present.any(axis=0))
        taken = tour.options[tour.options >= 0]
        now = int(costs[taken].sum()) + tour.own_cents - int(worker.cents[taken].sum())
        return Beside(costs, present, now, now if found is None else min(now, found.priced_cents))

    def taken(self, worker: Worker) -> np.ndarray:
        """Whether a person has each of their options in the rota."""
        taken = np.zeros(len(worker.choices), bool)
        options = self._tours[worker.person.name].options
        taken[options[options >= 0]] = True
        return taken

    def costs_beside(self, worker: Worker, counted: np.ndarray) -> np.ndarray:
        """Pay minus worth of each option of a person beside all others, were they counted for these sets.

        Parameters
        ----------
        counted: per kind of duty, whether each set counts the person, shape (kinds, sets).
        """
        tour = self._tours[worker.person.name]
        self.tally.add(worker, tour, -1)
        costs, _where = worker.costs(self.tally.worth(counted), self.tally.post_worth())
        self.tally.add(worker, tour)
        return costs

    def _tour(self, worker: Worker, rota: Rota) -> Tour:
        """A person's shifts as the search keeps them; shifts that are no option are only present."""
        grid, problem = self.crew.grid, self.crew.problem
        place: Mapping[tuple[int, int, str], int] = {
            (choice.option.start, choice.option.end, choice.option.name): i
            for i, choice in enumerate(worker.choices)
        }
        options = np.full(problem.days, -1, np.int64)
        present = np.zeros((len(worker.counted), grid.cells), np.int16)
        for shift in rota.tour(worker.person.name):
            start, end = quarter_of(shift.start), quarter_of(shift.end)
            option = place.get((start, end, shift.name))
            if option is None:
                continue
            options[worker.day[option]] = option
            row = present[worker.kind[option]]
            row[grid.cell(start) : grid.cell(end)] = 1
            if shift.break_start is not None:
                at = quarter_of(shift.break_start)
                row[grid.cell(at) : grid.cell(at + -(-shift.break_minutes // 15))] = 0
        soft = _soft_cents(worker, options)
        taken = options[options >= 0]
        own = int(worker.cents[taken].sum()) + soft
        return Tour(options, np.zeros_like(options), own, present, worker.posts[taken].ravel())


def _soft_cents(worker: Worker, options: np.ndarray) -> int:
    tour = [worker.choices[i].option for i in options.tolist() if i >= 0]
    calendar = worker.person.calendar
    return sum(
        amounts(shape, calendar, tour) * shape.price
        for shape in worker.person.shapes
        if shape.price is not None
    )


def best_covering(worker: Worker, costs: np.ndarray, covers: np.ndarray) -> Found | None:
    """The best tour that has one of the marked options; None if no legal one does.

    Parameters
    ----------
    covers: whether each option is such a one.
    """
    best: Found | None = None
    for day in np.unique(worker.day[covers]).tolist():
        forced = covers & (worker.day == day)
        found = best_legal(worker, costs - HOLD * forced)
        if found is None or not forced[found.options[found.options >= 0]].any():
            continue
        if best is None or found.priced_cents + HOLD < best.priced_cents:
            best = replace(found, priced_cents=found.priced_cents + HOLD)
    return best
