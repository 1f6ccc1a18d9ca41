"""Posts in, a rota with a proof out: the engine's frame around ``PostSearch``."""

from __future__ import annotations

import numpy as np

from planner.scheduling.engine import Solve
from planner.scheduling.lagrange import Priced, whole_cents
from planner.scheduling.posts.solve import PostSearch
from planner.scheduling.posts.worth import worth_of_posts
from planner.scheduling.pricing import Sweep
from planner.scheduling.problem import IsCancelled
from planner.scheduling.proof import Proof
from planner.scheduling.race import MOVES_PER_ITERATION, SAY_EVERY_SECONDS

ITERATIONS_A_STEP = 10
FEWEST_STEPS = 8
MISSING_STEPS = 12
"""Steps for the bound on missing hours alone."""

MISSING_SHARE = 0.1
"""Of a time limit, kept for that bound where people are missing."""


DIVE_SHARE = 0.15
"""Of a time limit, the longest that a dive may take; who has no tour by then gets one at once."""


class PostSolve(Solve):
    """One solve of a problem that asks for posts only."""

    def work(self) -> tuple[int, Proof]:
        """Improve the first rota and prove; the number of moves, and the proof."""
        self.say("improving")
        limit = self.settings.time_limit_seconds
        kept = 0.0 if limit is None else (1 - MISSING_SHARE) * limit

        def dive_late() -> IsCancelled:
            ends = self.seconds() + DIVE_SHARE * (limit or 0.0)
            return lambda: self.over(kept) or (limit is not None and self.seconds() >= ends)

        search = PostSearch(
            self.crew,
            self.search.best,
            self.settings.seed,
            lambda: self.over(kept),
            dive_late=dive_late,
        )
        most = max(FEWEST_STEPS, self.settings.iterations // ITERATIONS_A_STEP)
        done = 0
        while self.crew.workers and not search.proven and not self.over(kept):
            if limit is None and done >= most:
                break
            before = search.best.cents, search.bound
            search.step()
            done += 1
            if (search.best.cents, search.bound) != before:
                self.take(search)
                if self.seconds() - self.said >= SAY_EVERY_SECONDS:
                    self.note("improving", search.bound, done * ITERATIONS_A_STEP)
        self.take(search)
        return done * ITERATIONS_A_STEP * MOVES_PER_ITERATION, self.proof(search)

    def take(self, search: PostSearch) -> None:
        """The best tours so far as the rota to show."""
        if search.best.cents < self.search.best_cost:
            self.search.best = search.tours()
            self.search.best_cost = search.best.cents
            tally = self.crew.tally()
            for worker, tour in zip(self.crew.workers, self.search.best, strict=True):
                tally.add(worker, tour)
            self.search.best_missing = tally.missing()

    def over(self, seconds: float) -> bool:
        """Whether somebody cancelled, or so many seconds of a time limit are gone."""
        late = self.settings.time_limit_seconds is not None and self.seconds() >= seconds
        return late or self.is_cancelled()

    def proof(self, search: PostSearch) -> Proof:
        """Bounds on everything, on pay and on people missing."""
        self.say("proving")
        worth = worth_of_posts(self.crew, search.worth)
        if not self.crew.complete:
            return Proof(None, None, None, worth)
        alone = Sweep(self.crew).all(Priced(np.zeros(self.crew.before.shape, np.int64), 0.0)).total
        bound = search.bound
        return Proof(
            bound_cents=None if bound is None else max(bound, whole_cents(alone)),
            unavoidable_cents=whole_cents(alone),
            missing=self.missing(),
            worth=worth,
        )

    def missing(self) -> float | None:
        """People times intervals that every rota misses."""
        cents, limit = self.crew.problem.missing_cents, self.settings.time_limit_seconds
        if self.search.best_missing == 0 or not cents:
            return 0.0
        search = PostSearch(
            self.crew, self.search.best, self.settings.seed, lambda: self.over(limit or 0.0), labour=False
        )
        for _step in range(MISSING_STEPS):
            if search.proven or self.over(limit or 0.0):
                break
            search.step()
        return None if search.bound is None else max(0.0, search.bound / cents)
