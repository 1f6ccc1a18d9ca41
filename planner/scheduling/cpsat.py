"""The whole meaning of a problem as one CP-SAT model: reference of the search engine, exact on small teams.

Everyone's shapes (`cpsat_shapes`, `cpsat_gaps`, `cpsat_runs`), people on duty and short (`cpsat_cover`) and
deferred work (`cpsat_backlog`) over one container of variables (`cpsat_variables`); cents throughout.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from time import perf_counter
from typing import Any, Literal

from planner._messages import Message
from planner.rota import Rota, recount
from planner.rules import judge
from planner.scheduling.cpsat_backlog import add_backlogs
from planner.scheduling.cpsat_cover import Cover, add_cover
from planner.scheduling.cpsat_optional import add_person
from planner.scheduling.cpsat_people import Person, people_of
from planner.scheduling.cpsat_posts import POST_HOURS, add_posts
from planner.scheduling.cpsat_run import DETERMINISTIC_PER_ITERATION, Budget, run
from planner.scheduling.cpsat_team import add_team
from planner.scheduling.cpsat_tours import (
    Alone,
    Tour,
    alone,
    complete_hint,
    locked_tour,
    rota_of,
    tour_from,
    tours_of,
)
from planner.scheduling.cpsat_variables import Variables
from planner.scheduling.duals import CoverPrices, group_duals, worth_of_queues
from planner.scheduling.lagrange import people_missing
from planner.scheduling.objective import objective_of
from planner.scheduling.pdlp_child import Ended, Start, solve_here
from planner.scheduling.problem import IsCancelled, OnProgress, Problem, Progress, SolveSettings
from planner.scheduling.result import Result, SolveStatus
from planner.scheduling.taking import taken_in
from planner.scheduling.team_prices import broken_rules

Phase = Literal["preparing", "bound", "first rota", "improving", "proving", "finished"]

MISSING_SHARE = 0.25
"""Share of the budget kept for the bound on missing hours alone."""

PRICE_SHARE = 0.2
"""Share of the time that is left in the end, if there is a limit, for the prices."""

HINT_SHARE = 0.1
"""Share of the budget for completing the hint of a run; mostly far less is needed."""


def solve_cpsat(
    problem: Problem,
    settings: SolveSettings,
    on_progress: OnProgress | None = None,
    is_cancelled: IsCancelled | None = None,
) -> Result:
    """The best rota that CP-SAT finds within the budget, with its proof; there is always a rota.

    People whose rules clash keep locked shifts only and are named. Without a time limit the budget is
    counted in deterministic seconds, and the same settings give the same rota.

    Parameters
    ----------
    problem: what is asked; the only engine that takes cyclic ones.
    settings: seed and effort.
    on_progress: called with every better rota, from the thread of the solver.
    is_cancelled: asked ten times a second; the best rota so far comes back within a second.
    """
    return _Solve(problem, settings, on_progress, is_cancelled or (lambda: False)).result()


def build(variables: Variables, problem: Problem) -> Iterator[None]:
    """Fill the model step by step, so that a caller may stop in between."""
    for p in range(len(variables.people)):
        add_person(variables, p)
        yield
    cover = Cover(variables, problem.need, problem.cyclic)
    yield from add_cover(variables, cover, problem.need, problem.missing_cents, problem.extra_cents)
    add_backlogs(variables, cover, problem.need, problem.missing_cents)
    add_posts(variables, problem.need, problem.missing_cents)
    add_team(variables, problem)
    variables.minimise()


class _Solve:
    """One solve: its clock, its best rota so far, its trace."""

    def __init__(
        self,
        problem: Problem,
        settings: SolveSettings,
        on_progress: OnProgress | None,
        is_cancelled: IsCancelled,
    ) -> None:
        self.problem = problem
        self.settings = settings
        self.on_progress = on_progress
        self.is_cancelled = is_cancelled
        self.began = perf_counter()
        self.trace: list[tuple[float, int, int | None]] = []
        self.people: Sequence[Person] = ()
        self.clashing: list[str] = []
        self.wages = 0
        self.bound: int | None = None
        self.proven = False

    def result(self) -> Result:
        """Prepare, build, improve, prove, and count again."""
        self.say("preparing")
        tours = self.first_tours(self.everyone_alone())
        first = self.rota(tours)
        self.note("first rota", objective_of(first, self.problem).total, None, first)
        to_first = self.seconds()
        variables = self.model()
        if variables is not None:
            tours = self.improve(variables, tours)
        rota = self.rota(tours)
        broken = broken_rules(rota, self.problem)
        if broken:  # their high price stands in the bound, not in the objective
            self.bound, self.proven = None, False
        cover = recount(
            self.problem.need, rota, self.problem.skills, self.problem.cyclic, self.problem.carried
        )
        missing = self.missing_bound(variables, tours, cover.missing_intervals)
        objective, hours = objective_of(rota, self.problem), self.problem.need.interval_minutes / 60
        self.note("finished", objective.total, self.bound, rota)
        return Result(
            rota=rota,
            status=SolveStatus.PARTIAL if broken and not self.is_cancelled() else self.status(),
            objective=objective,
            bound_cents=self.bound,
            missing_hours=cover.missing_intervals * hours,
            missing_hours_bound=None if missing is None else missing * hours,
            unavoidable_cents=self.wages,
            prices=worth_of_queues(self.problem.need, self.prices()),
            engine="cp-sat",
            seed=self.settings.seed,
            iterations=self.settings.iterations,
            seconds=self.seconds(),
            seconds_to_first=to_first,
            no_legal_tour=tuple(self.clashing),
            notices=(
                *(Message("cpsat.no_legal_tour", {"agent": name}) for name in self.clashing),
                *(Message("scheduling.team_broken", {"rule": rule}) for rule in broken),
            ),
            trace=tuple(self.trace),
            taken=taken_in(rota, self.problem),
        )

    def everyone_alone(self) -> list[Tour]:
        """Each person's cheapest legal tour (alike people share one); without one, locked shifts stay.

        Who need not be taken stays out at first, unless a shift must stay: that takes them, with all rules.
        """
        known: dict[tuple[object, ...], Alone] = {}
        people, tours = [], []
        for person in people_of(self.problem):
            key = person.alike_key()
            if person.optional is not None and not locked_tour(person):
                known[key] = Alone({}, 0)
            elif key not in known and not self.is_cancelled():
                known[key] = alone(person, self.settings.seed)
            found = known.get(key)
            if found and found.tour is None:
                self.clashing.append(person.name)
                person = person.locked_only()
            tour = found.tour if found and found.tour is not None else locked_tour(person)
            self.wages += max(0, found.wages) if found else 0
            people.append(person)
            tours.append(tour)
        self.people = people
        return tours

    def first_tours(self, lonely: list[Tour]) -> list[Tour]:
        """The warm rota where it is legal, otherwise each person's tour alone."""
        warm = self.problem.warm
        if warm is None:
            return lonely
        tours = [tour_from(person, self.problem, warm.tour(person.name)) for person in self.people]
        found = judge(
            self.rota(tours),
            self.problem.team,
            self.problem.calendars,
            self.problem.rules,
            self.problem.carried,
            optional=self.problem.optional,
        )
        broken = {violation.agent for violation in found if violation.hard and not violation.before_period}
        return [
            tour if person.name in broken else kept
            for person, tour, kept in zip(self.people, lonely, tours, strict=True)
        ]

    def model(self) -> Variables | None:
        """The complete model, or None if cancelled on the way."""
        variables = Variables(self.people)
        for _step in build(variables, self.problem):
            if self.is_cancelled():
                return None
        return variables

    def improve(self, variables: Variables, tours: list[Tour]) -> list[Tour]:
        """The main run, from a complete hint."""
        complete_hint(variables, tours, self.budget(HINT_SHARE), self.settings.seed, self.is_cancelled)

        def on_solution(value: Callable[[Any], int], cost: int, bound: int | None) -> None:
            self.note("improving", cost, bound, self.rota(tours_of(variables, value)))

        outcome = run(
            variables.model,
            self.budget(1 - MISSING_SHARE),
            self.settings.seed,
            on_solution,
            self.is_cancelled,
        )
        known = max(outcome.bound or 0, self.wages)
        self.bound, self.proven = known if known or outcome.proven else None, outcome.proven
        return tours if outcome.value is None else tours_of(variables, outcome.value)

    def missing_bound(self, variables: Variables | None, tours: list[Tour], missing: float) -> float | None:
        """People-intervals that every rota misses: a run with nothing else in the objective."""
        if missing == 0:
            return 0.0
        if variables is None or self.is_cancelled():
            return None
        self.say("proving")
        variables.minimise(["missing", POST_HOURS])
        complete_hint(variables, tours, self.budget(HINT_SHARE), self.settings.seed, self.is_cancelled)
        share = MISSING_SHARE if self.settings.time_limit_seconds is None else 1 - PRICE_SHARE
        outcome = run(variables.model, self.budget(share), self.settings.seed, None, self.is_cancelled)
        if outcome.bound is None or (outcome.bound <= 0 and not outcome.proven):
            return None
        return people_missing(self.problem, outcome.bound)

    def budget(self, share: float) -> Budget:
        """A share of all deterministic work, or of the time that is left."""
        if self.settings.time_limit_seconds is not None:
            return Budget(seconds=share * (self.settings.time_limit_seconds - self.seconds()))
        return Budget(work=share * self.settings.iterations * DETERMINISTIC_PER_ITERATION)

    def prices(self) -> CoverPrices:
        """What one more person is worth; zeros where nobody waits for it any more."""
        limit, nothing = self.settings.time_limit_seconds, CoverPrices.nothing(self.problem.need)

        def is_over() -> bool:
            return self.is_cancelled() or (limit is not None and self.seconds() > limit)

        def solver(model: bytes, settings: bytes, start: Start | None) -> Start:
            if is_over():
                raise Ended
            return solve_here(model, settings, start)

        if is_over():
            return nothing
        try:
            return group_duals(self.problem, locked_only=self.clashing, solver=solver)
        except Ended:
            return nothing

    def status(self) -> SolveStatus:
        """How it ended."""
        if self.is_cancelled():
            return SolveStatus.CANCELLED
        if self.clashing:
            return SolveStatus.PARTIAL
        if self.proven:
            return SolveStatus.OPTIMAL
        return SolveStatus.FEASIBLE if self.settings.time_limit_seconds is None else SolveStatus.TIME_LIMITED

    def rota(self, tours: Sequence[Tour]) -> Rota:
        """Tours as a rota."""
        return rota_of(self.problem, self.people, tours)

    def seconds(self) -> float:
        """Since the start."""
        return perf_counter() - self.began

    def say(self, phase: Phase) -> None:
        """A sign of life."""
        if self.on_progress:
            self.on_progress(Progress(self.seconds(), phase))

    def note(self, phase: Phase, cost: int, bound: int | None, rota: Rota) -> None:
        """A better rota."""
        self.trace.append((self.seconds(), cost, bound))
        if self.on_progress:
            self.on_progress(Progress(self.seconds(), phase, 0, cost, bound, None, rota))
