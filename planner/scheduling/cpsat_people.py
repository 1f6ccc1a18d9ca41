"""The people of a problem as plain data: what each may do on each day, at what cost, under which shapes.

Read by the CP-SAT model and by the linear programme over groups; knows no solver.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta

import numpy as np

from planner.clock import quarter_of
from planner.people import Agent
from planner.requirement import Need
from planner.rota import Option, Shift, ShiftType, break_starts, open_type, option_of, options_for, shift_cost
from planner.rules import AgentCalendar, Shape, without_implied
from planner.scheduling.post_rows import eligible_for
from planner.scheduling.problem import Problem

_Known = dict[tuple[str, tuple[str, ...], str, int, bool], tuple[tuple["Choice", ...], ...]]


@dataclass(frozen=True, eq=False)
class Choice:
    """One duty that one person could have.

    Attributes
    ----------
    cents: base pay and premiums.
    breaks: possible starts of the break, absolute quarters; (None,) without one.
    break_quarters: length of the break; 0 for none.
    locked: the shift that must stay, or None.
    """

    option: Option
    cents: int
    breaks: tuple[int | None, ...] = (None,)
    break_quarters: int = 0
    locked: Shift | None = None


@dataclass(frozen=True, eq=False)
class Person:
    """One agent as the model sees them.

    Attributes
    ----------
    days: choices of each day of the period; at most one is taken, unless they are locked.
    classes: per kind of duty, indices of the sets (as ``cover_sets`` lists them) for which it counts.
    carried: last period's shifts that reach into this one.
    cycle: quarters after which the period repeats; 0 if it does not.
    posts: per kind of duty, indices of the posts on which the person counts.
    optional: cents of taking a person who need not be taken; None: everybody else.
    """

    name: str
    calendar: AgentCalendar
    days: tuple[tuple[Choice, ...], ...]
    shapes: tuple[Shape, ...]
    classes: Mapping[str, tuple[int, ...]]
    carried: tuple[Choice, ...] = ()
    cycle: int = 0
    posts: Mapping[str, tuple[int, ...]] = field(default_factory=dict, kw_only=True)
    optional: int | None = None

    def locked_only(self) -> Person:
        """The same person with locked shifts only, and only the shapes that are priced."""
        days = tuple(tuple(choice for choice in day if choice.locked) for day in self.days)
        return replace(
            self, days=days, shapes=tuple(shape for shape in self.shapes if shape.price is not None)
        )

    def alike_key(self) -> tuple[object, ...]:
        """Equal for people whose legal tours and wages are the same."""
        days = tuple(
            tuple((c.option, c.cents, c.breaks, c.locked is not None) for c in day) for day in self.days
        )
        return days, self.shapes, self.calendar.carried, self.cycle, self.optional


def cover_sets(need: Need) -> tuple[frozenset[str], ...]:
    """Sets whose people are counted: the listed ones, those that only backlogs limit, all queues."""
    sets = list(need.sets)
    for names in [
        *(names for backlog in need.backlogs for names, _ in backlog.limits),
        frozenset(need.queues),
    ]:
        if names not in sets:
            sets.append(names)
    return tuple(sets)


def sets_that_matter(need: Need) -> np.ndarray:
    """Where a listed set can set the shortage, shape (sets, intervals): no subset of it asks for as many.

    Examples
    --------
    >>> sets = (frozenset("a"), frozenset("b"), frozenset("ab"))
    >>> open_ = np.ones((2, 2), dtype=bool)
    >>> required = np.array([[2, 2], [0, 1], [2, 3]])
    >>> sets_that_matter(Need("", 0, 60, ("a", "b"), sets, required, (), (("a", "b"),), open_)).astype(int)
    array([[1, 1],
           [0, 1],
           [0, 1]])
    """
    matter = need.required > 0
    for j, names in enumerate(need.sets):
        for i, fewer in enumerate(need.sets):
            if fewer < names or (fewer == names and i < j):
                matter[j] &= need.required[i] < need.required[j]
    return np.asarray(matter)


def lifting(need: Need, names: frozenset[str]) -> tuple[np.ndarray, np.ndarray]:
    """The most people asked of any listed set inside ``names`` in each interval, and the index of that set.

    With ``r`` people asked and ``b <= r`` of them busy with live work, N people let at most
    ``N - b + b / r * short`` through: where N is below b, r - N are short.

    Examples
    --------
    >>> sets, open_ = (frozenset("a"), frozenset("ab")), np.ones((2, 2), dtype=bool)
    >>> need = Need("", 0, 60, ("a", "b"), sets, np.array([[2, 0], [1, 3]]), (), (("a", "b"),), open_)
    >>> [part.tolist() for part in lifting(need, frozenset("ab"))]
    [[2, 3], [0, 1]]
    """
    inside = [j for block in need.blocks for j in block if need.sets[j] <= names]
    if not inside:
        nothing = np.zeros(need.intervals, np.int64)
        return nothing, nothing
    asked = need.required[inside]
    return asked.max(axis=0), np.array(inside, np.int64)[asked.argmax(axis=0)]


def people_of(problem: Problem) -> tuple[Person, ...]:
    """Everyone in the team with choices, wages and shapes; in the team's order."""
    sets = cover_sets(problem.need)
    types = {shift_type.name: shift_type for shift_type in problem.shift_types}
    locked: dict[str, list[Shift]] = {}
    for shift in problem.locked:
        locked.setdefault(shift.agent, []).append(shift)
    known: _Known = {}
    return tuple(
        _on_posts(problem, _person(problem, agent, sets, types, locked.get(agent.name, []), known))
        for agent in problem.team.agents
    )


def _on_posts(problem: Problem, person: Person) -> Person:
    """The person with the posts on which they count."""
    if not problem.need.posts:
        return person
    kinds = sorted({choice.option.kind for day in person.days for choice in day})
    return replace(person, posts=eligible_for(problem.need, problem.skills, person.name, kinds))


def _person(
    problem: Problem,
    agent: Agent,
    sets: tuple[frozenset[str], ...],
    types: Mapping[str, ShiftType],
    locked: list[Shift],
    known: _Known,
) -> Person:
    calendar = problem.calendars[agent.name]
    days = list(_choices(problem, agent, types, known))
    for day in sorted({(shift.day - problem.first_day).days for shift in locked}):
        if 0 <= day < problem.days:
            stay = [shift for shift in locked if shift.day == problem.first_day + timedelta(days=day)]
            days[day] = tuple(_locked(problem, shift) for shift in sorted(stay))
    shapes = without_implied([s for rule in problem.rules[agent.name] for s in rule.shapes(calendar)])
    kinds = sorted(set(problem.skills.kind.values()))
    classes = {
        kind: tuple(j for j, names in enumerate(sets) if agent.name in problem.skills.of_set(names, kind))
        for kind in kinds
    }
    cycle = problem.need.intervals * problem.need.quarters_per_interval if problem.cyclic else 0
    carried = tuple(_locked(problem, shift) for shift in sorted(problem.carried) if shift.agent == agent.name)
    taking = problem.optional.get(agent.name)
    return Person(agent.name, calendar, tuple(days), shapes, classes, carried, cycle, taking)


def _choices(
    problem: Problem, agent: Agent, types: Mapping[str, ShiftType], known: _Known
) -> tuple[tuple[Choice, ...], ...]:
    """Choices of each day; people on the same clock with the same pay share them."""
    pay = problem.pay
    teams = tuple(shift_type.name for shift_type in problem.shift_types if open_type(shift_type, agent))
    terms = (pay.site_of[agent.name], pay.hourly_cents[agent.name], agent.name in pay.prepaid)
    key = (agent.zone, teams, *terms)
    if key not in known:
        known[key] = tuple(
            tuple(_choice(problem, agent.name, option, types[option.name]) for option in day)
            for day in options_for(agent, problem.shift_types, problem.first_day, problem.days)
        )
    return known[key]


def _choice(problem: Problem, agent: str, option: Option, shift_type: ShiftType) -> Choice:
    cents = shift_cost(option, agent, problem.pay).total_cents
    starts = break_starts(option, shift_type)
    return Choice(option, cents, starts or (None,), _quarters(option.break_minutes) if starts else 0)


def _locked(problem: Problem, shift: Shift) -> Choice:
    option = option_of(shift, problem.first_day)
    cents = shift_cost(shift, shift.agent, problem.pay).total_cents
    if shift.break_start is None:
        return Choice(option, cents, locked=shift)
    return Choice(option, cents, (quarter_of(shift.break_start),), _quarters(shift.break_minutes), shift)


def _quarters(minutes: int) -> int:
    return -(-minutes // 15)
