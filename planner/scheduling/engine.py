"""Need and rules in, a rota with a proof out: first rota, search, bound, and everything counted again."""

from __future__ import annotations

from time import perf_counter
from typing import Literal

from planner._messages import Message
from planner.rota import Rota, Shift, recount, shift_of
from planner.scheduling.crew import Crew, crew_of, locked_choices
from planner.scheduling.duties import Worker
from planner.scheduling.lagrange import Priced, priced
from planner.scheduling.objective import objective_of
from planner.scheduling.posts import only_posts
from planner.scheduling.problem import IsCancelled, OnProgress, Problem, Progress, SolveSettings
from planner.scheduling.proof import PriceThread, Proof, prove
from planner.scheduling.race import MOVES_PER_ITERATION, SAY_EVERY_SECONDS, Race
from planner.scheduling.result import Objective, Result, SolveStatus
from planner.scheduling.search import Search
from planner.scheduling.taking import taken_in
from planner.scheduling.team_prices import broken_rules

Phase = Literal["preparing", "bound", "first rota", "improving", "proving", "finished"]

POLL_SECONDS = 0.05
FIRST_MOVES_EACH, FIRST_MOVES_SHARED = 40, 32_000
"""Moves before the first rota is shown: for each person, but at most so many divided by the people. Small
teams gain most by them, and large ones have spent their second on being read."""
WRITING_SHARE = 0.02
"""Of a time limit, in which the linear programme may be written while nothing else runs."""
LATEST_WHOLE, LATEST_MISSING = 0.2, 0.3
"""Share of the time that is left when the prices come, until which each bound must be found."""


def schedule(
    problem: Problem,
    settings: SolveSettings,
    on_progress: OnProgress | None = None,
    is_cancelled: IsCancelled | None = None,
) -> Result:
    """The best rota that the budget allows, with its proof; there is always a rota.

    Periods that repeat for ever, and ``settings.engine`` "cp-sat", go to the CP-SAT model; needs made of
    posts alone to column generation; all others to the search.

    Parameters
    ----------
    problem: what is asked.
    settings: engine, seed and effort.
    on_progress: gets the first rota and then every better one, at most twice a second.
    is_cancelled: asked all the time; when it says yes, the best rota so far comes back.
    """
    if problem.cyclic or settings.engine == "cp-sat":
        from planner.scheduling.cpsat import solve_cpsat  # loads the solver

        return solve_cpsat(problem, settings, on_progress, is_cancelled)
    if only_posts(problem):
        from planner.scheduling.posts.engine import PostSolve  # loads the solver

        return PostSolve(problem, settings, on_progress, is_cancelled or (lambda: False)).result()
    return Solve(problem, settings, on_progress, is_cancelled or (lambda: False)).result()


def first_rota(
    problem: Problem, settings: SolveSettings, on_progress: OnProgress | None = None
) -> Rota | None:
    """A legal rota at once, neither searched nor proven: something to look at while other work goes on.

    None for periods that repeat for ever, and for the engine "cp-sat".

    Parameters
    ----------
    on_progress: gets the rota with its cost, as ``schedule`` tells its first one.
    """
    if problem.cyclic or settings.engine == "cp-sat":
        return None
    solve = Solve(problem, settings, on_progress, lambda: False)
    solve.start()
    return solve.rota()


class Solve:
    """One solve: its clock, its crew, its search, its trace."""

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
        self.said = self.to_first = 0.0
        self.trace: list[tuple[float, int, int | None]] = []
        self.dated: dict[tuple[int, int, int], Shift] = {}
        self.known: Proof | None = None
        self.climbed: int | None = None
        self.guide: Priced | None = None
        self.crew: Crew
        self.search: Search

    def result(self) -> Result:
        """Prepare, make a first rota, improve it, prove, and count again."""
        self.start()
        moves, proof = self.work()
        rota = self.rota()
        objective = objective_of(rota, self.problem)
        cover = recount(self.problem.need, rota, self.problem.skills, False, self.problem.carried)
        hours = self.problem.need.interval_minutes / 60
        self.note("finished", proof.bound_cents)
        return Result(
            rota=rota,
            status=self.status(rota, objective, proof),
            objective=objective,
            bound_cents=proof.bound_cents,
            missing_hours=cover.missing_intervals * hours,
            missing_hours_bound=None if proof.missing is None else proof.missing * hours,
            unavoidable_cents=proof.unavoidable_cents,
            prices=proof.worth,
            engine="search",
            seed=self.settings.seed,
            iterations=moves // MOVES_PER_ITERATION,
            seconds=self.seconds(),
            seconds_to_first=self.to_first,
            no_legal_tour=tuple(person.name for person in self.crew.clashing),
            left_out=self.left_out(),
            notices=tuple(self.notices(rota)),
            trace=tuple(self.trace),
            taken=taken_in(rota, self.problem),
        )

    def work(self) -> tuple[int, Proof]:
        """Improve the first rota and prove; the number of moves, and the proof."""
        prices = PriceThread(self.crew)
        prices.start()
        moves = self.improve(prices)
        return moves, self.known or self.prove(prices)

    def start(self) -> None:
        """Prepare and make a first rota."""
        self.say("preparing")
        self.crew = crew_of(self.problem, self.is_cancelled)
        self.search = Search(self.crew, self.settings.seed)
        self.search.first()
        people = len(self.search.workers)
        for _move in range(min(FIRST_MOVES_EACH * people, FIRST_MOVES_SHARED // max(1, people))):
            if self.is_cancelled():
                break
            self.search.step(1.0)
        if self.problem.warm is not None:
            self.search.warm(self.problem.warm)
        self.note("first rota")
        self.to_first = self.seconds()

    def improve(self, prices: PriceThread) -> int:
        """Search until the budget is spent; the number of moves. The proof in between guides it."""
        self.say("improving")
        self.let_write(prices)
        before = self.search.best_cost
        self.search.again(self.is_cancelled)
        if self.search.best_cost < before:
            self.note("improving")
        return Race(self, prices).run()

    def let_write(self, prices: PriceThread) -> None:
        """Against a clock, wait a little until the linear programme is written: both would share one core."""
        ends = self.seconds() + WRITING_SHARE * (self.settings.time_limit_seconds or 0.0)
        while not prices.listed and self.seconds() < ends and not self.is_cancelled():
            prices.join(POLL_SECONDS)

    def is_proven(self) -> bool:
        """Whether nothing can be cheaper than the best rota."""
        bound = None if self.known is None else self.known.bound_cents
        return bound is not None and bound >= self.search.best_cost

    def prove_and_guide(self, prices: PriceThread) -> None:
        """The proof, and its prices for the search to go on with."""
        proof = self.prove(prices)
        if self.is_cancelled():
            return
        self.known, self.climbed = proof, proof.bound_cents
        self.note("improving")
        if proof.prices is not None:
            self.guide = priced(self.crew, proof.prices)
            self.search.guide(self.guide)

    def prove(self, prices: PriceThread) -> Proof:
        """The bound at the prices of the linear programme, as soon as they are there."""
        self.say("proving")
        limit = self.settings.time_limit_seconds
        while prices.is_alive() and not self.is_cancelled() and (limit is None or self.seconds() < limit):
            prices.join(POLL_SECONDS)
        prices.end()
        if prices.error is not None:
            raise prices.error
        now = self.seconds()

        def late(share: float) -> IsCancelled:
            ends = None if limit is None else now + share * max(0.0, limit - now)
            return lambda: self.is_cancelled() or (ends is not None and self.seconds() > ends)

        cost, missing = self.search.best_cost, self.search.best_missing
        late_for = late(LATEST_WHOLE), late(LATEST_MISSING)
        steps = self.settings.iterations
        return prove(self.crew, prices.found, cost, missing, steps, self.is_cancelled, late_for, self.climb)

    def climb(self, bound: int) -> None:
        """A better bound on the way."""
        self.climbed = bound
        if self.seconds() - self.said >= SAY_EVERY_SECONDS:
            self.note("proving")

    def status(self, rota: Rota, objective: Objective, proof: Proof) -> SolveStatus:
        """How it ended."""
        if self.is_cancelled():
            return SolveStatus.CANCELLED
        if self.crew.clashing or broken_rules(rota, self.problem):
            return SolveStatus.PARTIAL
        if proof.bound_cents is not None and proof.bound_cents >= objective.total:
            return SolveStatus.OPTIMAL
        limited = self.settings.time_limit_seconds is not None
        return SolveStatus.TIME_LIMITED if limited else SolveStatus.FEASIBLE

    def left_out(self) -> tuple[str, ...]:
        """Rules that the bound does not see: too wide ones, and all over several people."""
        team = {rule.name for rule in self.problem.team_rules}
        return tuple(sorted(team.union(self.crew.left_out)))

    def notices(self, rota: Rota) -> list[Message]:
        """What people should know about the answer."""
        clashing = [Message("scheduling.no_legal_tour", {"agent": p.name}) for p in self.crew.clashing]
        team = [rule.name for rule in self.problem.team_rules]
        return [
            *clashing,
            *(Message("scheduling.left_out", {"rule": rule}) for rule in self.crew.left_out),
            *(Message("scheduling.left_out_team", {"rule": rule}) for rule in dict.fromkeys(team)),
            *(Message("scheduling.team_broken", {"rule": rule}) for rule in broken_rules(rota, self.problem)),
        ]

    def rota(self) -> Rota:
        """The best tours as dated shifts; locked shifts stay as they were given."""
        shifts = [choice.locked for p in self.crew.resting for choice in locked_choices(p) if choice.locked]
        for number, (worker, tour) in enumerate(zip(self.crew.workers, self.search.best, strict=True)):
            pairs = zip(tour.options.tolist(), tour.breaks.tolist(), strict=True)
            shifts += [self.shift(number, worker, option, at) for option, at in pairs if option >= 0]
        names = tuple(agent.name for agent in self.problem.team.agents)
        ordered = tuple(sorted(shifts))
        return Rota(self.problem.name, self.problem.first_day, self.problem.days, names, ordered)

    def shift(self, number: int, worker: Worker, option: int, at: int) -> Shift:
        """One dated shift, made once."""
        key = (number, option, at)
        if key not in self.dated:
            choice = worker.choices[option]
            start = choice.breaks[min(at, len(choice.breaks) - 1)]
            made = shift_of(choice.option, worker.person.calendar.agent, start, self.problem.first_day)
            self.dated[key] = choice.locked or made
        return self.dated[key]

    def seconds(self) -> float:
        """Since the start."""
        return perf_counter() - self.began

    def say(self, phase: Phase) -> None:
        """A sign of life."""
        if self.on_progress:
            self.on_progress(Progress(self.seconds(), phase))

    def note(self, phase: Phase, bound: int | None = None, iteration: int = 0) -> None:
        """The best rota so far."""
        self.said = self.seconds()
        bound = self.climbed if bound is None else bound
        cost = self.search.best_cost
        self.trace.append((self.said, cost, bound))
        if self.on_progress:
            hours = self.search.best_missing * self.problem.need.interval_minutes / 60
            self.on_progress(Progress(self.said, phase, iteration, cost, bound, hours, self.rota()))
