"""Two chains of the search against each other, round by round, with the proof in between."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from time import sleep
from typing import TYPE_CHECKING

from planner.scheduling.chains import POLL_SECONDS, Kept, Rival, Round
from planner.scheduling.proof import PriceThread

if TYPE_CHECKING:
    from planner.scheduling.engine import Solve

MOVES_PER_ITERATION = 3
SAY_EVERY_SECONDS = 0.5
ROUNDS = 8
"""Parts of a budget; after each the chains meet, and after the first the search waits for prices."""
SHORTEST_MOVES, SHORTEST_SECONDS = 3000, 8.0
"""Budgets below are not worth a second process."""
PROOF_SHARE = 0.15
PROOF_FIRST_ROTAS = 8
"""Kept of a time limit for the proof: a share, or as long as so many first rotas take if that is less."""


class Race:
    """Spends the budget of a solve.

    Parameters
    ----------
    solve: with its first rota. prices: on their way; the search waits for them after its first round.
    """

    def __init__(self, solve: Solve, prices: PriceThread) -> None:
        self._solve = solve
        self._prices = prices

    def run(self) -> int:
        """Search until the budget is spent; the moves of the first chain, none where nobody can move."""
        if not self._solve.search.workers:
            return 0
        rival = self._rival()
        try:
            return self._all(rival)
        finally:
            if rival is not None:
                rival.end()

    def _rival(self) -> Rival | None:
        """The second chain; with a time limit only where a process can be started."""
        solve = self._solve
        limit = solve.settings.time_limit_seconds
        moves = solve.settings.iterations * MOVES_PER_ITERATION
        short = moves < SHORTEST_MOVES if limit is None else limit < SHORTEST_SECONDS
        if solve.is_cancelled():
            return None
        rival = Rival(solve.crew, solve.settings.seed, short)
        return rival if rival.apart or limit is None else None

    def _all(self, rival: Rival | None) -> int:
        """Both chains, round by round; the number of moves of the first."""
        solve = self._solve
        done, start, guide, begun = 0, Kept.of(solve.search) if rival else None, None, False
        for number, task in enumerate(self._rounds()):
            # By the clock, the linear programme has the other core for the first round.
            shared = number > 0 or task.seconds is None or not self._prices.is_alive()
            if rival is not None and not rival.busy and shared:
                rival.begin(replace(task, start=start, prices=guide))
                start, guide, begun = None, None, True
            self._await_list()
            before = solve.known
            if before is None and number and (task.seconds is None or not self._prices.is_alive()):
                solve.prove_and_guide(self._prices)
            guide = solve.guide if before is not solve.known else guide
            done += self._round(task, done)
            by_clock = task.seconds is not None
            kept = rival.meet(solve.is_cancelled, by_clock) if rival is not None and begun else None
            if solve.is_cancelled() or solve.is_proven():
                break
            if kept is not None and kept.cost < solve.search.best_cost:
                kept.taken_over(solve.search)
                solve.note("improving", iteration=done // MOVES_PER_ITERATION)
            elif not begun or (kept is not None and kept.cost > solve.search.best_cost):
                start = Kept.of(solve.search)
        return done

    def _await_list(self) -> None:
        """Let the linear programme be written down: a search in the same process would only hold that up."""
        while not (self._prices.listed or self._solve.is_cancelled() or self._late()):
            sleep(POLL_SECONDS)

    def _late(self) -> bool:
        limit = self._solve.settings.time_limit_seconds
        return limit is not None and self._spent(limit) >= 1

    def _rounds(self) -> Iterator[Round]:
        """Parts of the budget, after each of which the chains meet."""
        solve = self._solve
        limit = solve.settings.time_limit_seconds
        moves = solve.settings.iterations * MOVES_PER_ITERATION
        if limit is None:
            ends = [moves * number // ROUNDS for number in range(ROUNDS + 1)]
            for first, last in pairwise(ends):
                yield Round(last - first, None, first / max(1, moves), last / max(1, moves))
            return
        while (spent := self._spent(limit)) < 1:
            end = min(1.0, spent + 1 / ROUNDS)
            yield Round(0, (end - spent) * limit, spent, end)

    def _round(self, task: Round, before: int) -> int:
        """A round of the first chain, told as it goes; the number of moves."""
        solve = self._solve
        limit, done = solve.settings.time_limit_seconds, 0
        while not solve.is_cancelled() and not solve.is_proven():
            spent = task.begin + (task.end - task.begin) * task.share(done, 0.0)
            if limit is not None:
                spent = self._spent(limit)
            if spent >= task.end or (limit is None and done >= task.moves):
                break
            if limit is not None and solve.known is None and not self._prices.is_alive():
                break  # the bound is told as soon as it can be
            better = solve.search.step(spent)
            done += 1
            if better and solve.seconds() - solve.said >= SAY_EVERY_SECONDS:
                solve.note("improving", iteration=(before + done) // MOVES_PER_ITERATION)
        return done

    def _spent(self, limit: float) -> float:
        """Share of a time limit that is gone; some of it is kept for a proof that has still to come."""
        solve, kept = self._solve, 0.0
        if solve.known is None:
            kept = min(limit * PROOF_SHARE, PROOF_FIRST_ROTAS * solve.to_first)
        return solve.seconds() / max(1e-9, limit - kept)
