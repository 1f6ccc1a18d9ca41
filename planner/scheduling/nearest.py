"""The legal tour nearest to given shifts: how a rota of before becomes the start of a search."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from planner.clock import quarter_of
from planner.rota import Shift
from planner.scheduling.legal import best_legal
from planner.scheduling.tally import Tour, tour_of

if TYPE_CHECKING:
    from planner.scheduling.search import Search

HOLD = 10**9
"""Cents that hold a day as it is; above any price of a duty."""


def nearest_tour(search: Search, number: int, shifts: Sequence[Shift]) -> Tour:
    """The legal tour of a worker that keeps most of the given shifts and their breaks.

    Parameters
    ----------
    search: the rota beside it, without that worker. number: of the worker. shifts: that should stay.
    """
    worker, crew = search.workers[number], search.crew
    costs, where = worker.costs(search.tally.worth(worker.counted), search.tally.post_worth())
    wanted = {(quarter_of(shift.start), quarter_of(shift.end), shift.name): shift for shift in shifts}
    busy = {(shift.day - crew.problem.first_day).days for shift in shifts}
    for i, choice in enumerate(worker.choices):
        option = choice.option
        shift = wanted.get((option.start, option.end, option.name))
        if shift is not None:
            costs[i] -= HOLD
            at = None if shift.break_start is None else quarter_of(shift.break_start)
            where[i] = choice.breaks.index(at) if at in choice.breaks else where[i]
        elif option.day not in busy:
            costs[i] += HOLD
    found = best_legal(worker, costs)
    if found is None:
        return search.best_tour(number)
    return tour_of(worker, found.options, where, found.own_cents, crew.grid.cells)
