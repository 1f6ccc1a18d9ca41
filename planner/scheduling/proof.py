"""What no rota can undercut: bounds on the whole, on people missing, and on pay alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from threading import Event, Thread
from typing import TYPE_CHECKING

import numpy as np

from planner.scheduling.ascent import ascend
from planner.scheduling.crew import Crew
from planner.scheduling.lagrange import Priced, people_missing, whole_cents
from planner.scheduling.pricing import Sweep
from planner.scheduling.problem import IsCancelled

if TYPE_CHECKING:
    from planner.scheduling.duals import CoverPrices
    from planner.scheduling.pdlp_child import Child, Start

STEPS_PER_ITERATION = 0.15
MOST_STEPS = 300


@dataclass(frozen=True, eq=False)
class Proof:
    """Proven bounds; None where there was no time.

    Attributes
    ----------
    bound_cents: on the whole cost. unavoidable_cents: on pay and soft rules of everybody alone.
    missing: people times intervals that every rota misses.
    worth: what one more person is worth, cents per queue and interval.
    prices: that gave the bound; None: not known.
    """

    bound_cents: int | None
    unavoidable_cents: int | None
    missing: float | None
    worth: np.ndarray
    prices: CoverPrices | None = None


class PriceThread(Thread):
    """The linear programme beside the search; ``found`` holds its prices when it has ended.

    Attributes
    ----------
    found: prices, and those of people missing alone; None until known.
    """

    def __init__(self, crew: Crew) -> None:
        super().__init__(daemon=True, name="prices")
        self._crew = crew
        self._child: Child | None = None
        self._unwanted = False
        self.found: CoverPrices | None = None
        self.error: BaseException | None = None
        self._listed = Event()

    @property
    def listed(self) -> bool:
        """Whether the programme is written down, or never will be: from then on a child works on it."""
        return self._listed.is_set() or not self.is_alive()

    def _solve(self, model: bytes, settings: bytes, start: Start | None) -> Start:
        self._listed.set()
        assert self._child is not None
        return self._child.solve(model, settings, start)

    def run(self) -> None:
        """Solve it."""
        from planner.scheduling.duals import group_duals  # loads the solver
        from planner.scheduling.pdlp_child import Child, Ended

        self._child = Child()
        clashing = [person.name for person in self._crew.clashing]
        problem, people = self._crew.problem, self._crew.people
        try:
            if not self._unwanted:
                self.found = group_duals(problem, True, None, clashing, self._solve, people)
        except Ended:
            return
        except BaseException as error:  # handed to the thread that waits
            self.error = error
        finally:
            self._child.end()

    def end(self) -> None:
        """Nobody waits for the prices any more."""
        self._unwanted = True
        if self._child is not None:
            self._child.end()


def prove(
    crew: Crew,
    prices: CoverPrices | None,
    cost: int,
    missing: float,
    iterations: int,
    is_cancelled: IsCancelled,
    is_late: tuple[IsCancelled, IsCancelled] | None = None,
    on_bound: Callable[[int], None] | None = None,
) -> Proof:
    """Bounds from the prices of the linear programme, improved by a few steps.

    Parameters
    ----------
    crew: compiled people. prices: None: prices of 0, which bound pay only.
    cost, missing: of the best rota, cents and people times intervals.
    iterations: budget of the solve, for the number of steps.
    is_cancelled: asked all the time.
    is_late: asked all the time too, for the bound on the whole and then for that on people missing; the
        best bounds so far come back. on_bound: told every better bound on the whole.
    """
    from planner.scheduling.duals import CoverPrices, worth_of_queues

    need = crew.problem.need
    nothing = CoverPrices.nothing(need)
    start = prices or nothing
    if not crew.complete or is_cancelled():
        return Proof(None, None, None, worth_of_queues(need, start))
    steps = min(MOST_STEPS, max(1, int(iterations * STEPS_PER_ITERATION)))
    alone = Sweep(crew).all(Priced(np.zeros(crew.before.shape, np.int64), 0.0)).total

    def better(total: float) -> None:
        if on_bound is not None:
            on_bound(whole_cents(max(total, alone)))

    late = is_late or (is_cancelled, is_cancelled)
    starts = _starts(crew, start, nothing)
    found = ascend(crew, starts, cost, steps, True, late[0], better)
    best, known = found or (alone, start)
    return Proof(
        bound_cents=whole_cents(max(best, alone)),
        unavoidable_cents=whole_cents(alone),
        missing=_missing(crew, (known, *starts), missing, -(-steps // 2), late[1]),
        worth=worth_of_queues(need, known),
        prices=known if found else None,
    )


def _starts(crew: Crew, prices: CoverPrices, nothing: CoverPrices) -> tuple[CoverPrices, ...]:
    """Prices to begin with: those of long chains of deferred work are often poor, so others stand by.

    They are the prices as they came; those of people missing alone; the same beside work that is worth
    as much everywhere as work missing, and that alone, which tell a team too small for its work.
    """
    backlogs = crew.problem.need.backlogs
    if not backlogs:
        return (prices,)
    widest = max(
        range(len(backlogs)), key=lambda b: (len(backlogs[b].queues), int(backlogs[b].arriving.sum()))
    )
    shares = tuple(float(b == widest) for b in range(len(backlogs)))
    limits = [limit.copy() for limit in nothing.limits]
    limits[widest][-1] = crew.problem.missing_cents / backlogs[widest].per_person
    everywhere = replace(nothing, limits=tuple(limits), shares=shares)
    return (
        prices,
        replace(nothing, rows=prices.rows),
        replace(everywhere, rows=prices.rows),
        everywhere,
        nothing,
    )


def _missing(
    crew: Crew, starts: Sequence[CoverPrices], missing: float, steps: int, is_cancelled: IsCancelled
) -> float | None:
    """People times intervals that every rota misses."""
    if missing == 0:
        return 0.0
    cents = crew.problem.missing_cents
    found = ascend(crew, starts, int(missing * cents), steps, False, is_cancelled)
    if found is None or not cents:
        return None
    return people_missing(crew.problem, whole_cents(found[0]))
