"""Everybody's best tours at given prices, people who are alike only once: one sweep of the bound.

Prices may be finer than a cent, so that rounding them costs the bound next to nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from planner.scheduling.crew import Crew
from planner.scheduling.duties import Worker
from planner.scheduling.lagrange import Priced, posts_priced
from planner.scheduling.presence import add_rows
from planner.scheduling.taking import best_of, may_stay_out
from planner.scheduling.tally import tour_of


@dataclass(frozen=True, eq=False)
class Swept:
    """A bound and what it rests on.

    Attributes
    ----------
    total: cents that no rota can undercut. on_duty: people whom the best tours put on duty per set and
        interval, and who stand there anyway. reached: whether everybody was priced.
    """

    total: float
    on_duty: np.ndarray
    reached: bool


class Sweep:
    """Prices people again and again.

    Parameters
    ----------
    crew: the compiled people. labour: whether pay and soft rules count.
    """

    def __init__(self, crew: Crew, labour: bool = True) -> None:
        self._crew = crew
        self._labour = labour
        found: dict[tuple[object, ...], list[Worker]] = {}
        for worker in crew.workers:
            found.setdefault(_alike(worker), []).append(worker)
        self._kinds = [(workers[0], len(workers)) for workers in found.values()]

    def parts(self, prices: Priced) -> Iterator[Swept]:
        """The sweep after each kind of people, the last one for all, so that a caller may stop in between."""
        crew, fine = self._crew, prices.fine
        on_posts, asked = posts_priced(crew, prices.posts, self._labour)
        total = prices.constant + asked + (crew.fixed_cents if self._labour else 0)
        present = crew.before.copy()
        width = crew.grid.per_interval
        on_duty = present if width == 1 else present.reshape(len(present), -1, width).min(axis=2)
        span = (0, on_duty.shape[1])
        worth: dict[bytes, np.ndarray] = {}
        known: dict[tuple[object, ...], tuple[np.ndarray, np.ndarray]] = {}
        yield Swept(total, on_duty, not self._kinds)
        for number, (worker, count) in enumerate(self._kinds, 1):
            key = worker.counted.tobytes()
            if key not in worth:
                sums = [prices.cells[mask].sum(axis=0) for mask in worker.counted]
                worth[key] = np.array(sums, np.int64)
            duties = (key, id(worker.starts), worker.posts.tobytes())
            if duties not in known:
                costs, where = worker.costs(worth[key], on_posts * fine)
                known[duties] = costs + worker.cents * ((fine if self._labour else 0) - 1), where
            costs, where = known[duties]
            found = best_of(worker, costs, fine if self._labour else 0)
            assert found is not None, "people without a legal tour are set aside before"
            total += count * found[0] / fine
            tour = tour_of(worker, found[1], where, 0, crew.grid.cells)
            add_rows(present, on_duty, worker.counted, tour.present * np.int16(count), 1, span)
            yield Swept(total, on_duty, number == len(self._kinds))

    def all(self, prices: Priced) -> Swept:
        """Everybody at once."""
        *_parts, last = self.parts(prices)
        return last


def _alike(worker: Worker) -> tuple[object, ...]:
    """Equal for people whose best tours are the same at any prices."""
    shared = (id(worker.programme), id(worker.cents), id(worker.starts))
    counts = (worker.counted.tobytes(), worker.posts.tobytes())
    return (*shared, *counts, worker.person.optional, may_stay_out(worker))
