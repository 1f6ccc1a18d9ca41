"""How often each day of the graph is walked: a whole-number flow that meets the posts.

A cycle of w weeks is a closed walk of w rounds through a graph whose nodes are (weekday, what is known). What
counts is how often each arc is walked: people conserve at every node, w people cross every midnight, and the
arcs of a weekday and shift add up to its posts. The size of this programme does not grow with w, and by
Euler a flow is one closed walk as soon as it hangs together; most do, and only where one does not, that it
must is written down as well. Without a flow there is no rotation: that is a proof.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from ortools.sat.python import cp_model

from planner.rota import RotationTerms, Wishes
from planner.scheduling.cpsat_run import lower_bound
from planner.scheduling.rotation.machine import WEEK, Machine
from planner.scheduling.rotation.parts import OFF
from planner.scheduling.rotation.stopping import stoppable


class Flow:
    """The model of one machine and one number of weeks."""

    def __init__(self, machine: Machine, terms: RotationTerms, weeks: int) -> None:
        self.machine, self.weeks = machine, weeks
        self.model = cp_model.CpModel()
        posts = [[row[day] for row in terms.posts] for day in range(WEEK)]
        most_off = [weeks - sum(row) for row in posts]
        self.times: list[Any] = []
        for arc in machine.arcs:
            whole = most_off[arc.day] if arc.shift == OFF else posts[arc.day][arc.shift]
            if not terms.exactly and arc.shift != OFF:
                whole += most_off[arc.day]
            self.times.append(self.model.new_int_var(0, max(0, whole), ""))
        self._conserve()
        self._meet(posts, terms.exactly)

    def _conserve(self) -> None:
        into: defaultdict[int, list[Any]] = defaultdict(list)
        out: defaultdict[int, list[Any]] = defaultdict(list)
        for arc, times in zip(self.machine.arcs, self.times, strict=True):
            out[arc.start].append(times)
            into[arc.end].append(times)
        for node in sorted(out):
            self.model.add(sum(out[node]) == sum(into[node]))

    def _meet(self, posts: Sequence[Sequence[int]], exactly: bool) -> None:
        """Posts of every weekday, and as many people as weeks on every day."""
        by_shift: defaultdict[tuple[int, int], list[Any]] = defaultdict(list)
        for arc, times in zip(self.machine.arcs, self.times, strict=True):
            by_shift[arc.day, arc.shift].append(times)
        for day in range(WEEK):
            everybody = list(by_shift[day, OFF])
            for shift, needed in enumerate(posts[day]):
                there = by_shift[day, shift]
                everybody += there
                if exactly:
                    self.model.add(sum(there) == needed)
                elif needed:
                    self.model.add(sum(there) >= needed)
            self.model.add(sum(everybody) == self.weeks)

    def price(self, wishes: Wishes) -> None:
        """Least points; a shift of work costs what an extra one does, as the posts' own cannot be saved."""
        self.model.minimize(
            sum(
                (arc.points + (wishes.extra if arc.shift != OFF else 0)) * times
                for arc, times in zip(self.machine.arcs, self.times, strict=True)
            )
        )

    def hint(self, times: Sequence[int]) -> None:
        """Start from a flow that is known."""
        self.model.clear_hints()  # type: ignore[no-untyped-call]  # ortools leaves it untyped
        for variable, value in zip(self.times, times, strict=True):
            self.model.add_hint(variable, value)

    def hang_together(self) -> None:
        """Every Monday that somebody walks is reached from one of them, so that all is one walk.

        A single commodity (Gavish and Graves 1978): one node of a Monday sends goods along days that are
        walked, and every Monday takes as many as there are walkers.
        """
        into: defaultdict[int, list[Any]] = defaultdict(list)
        out: defaultdict[int, list[Any]] = defaultdict(list)
        walkers: defaultdict[int, list[Any]] = defaultdict(list)
        for arc, times in zip(self.machine.arcs, self.times, strict=True):
            goods = self.model.new_int_var(0, self.weeks, "")
            self.model.add(goods <= self.weeks * times)
            into[arc.end].append(goods)
            out[arc.start].append(goods)
            if arc.day == 0:
                walkers[arc.start].append(times)
        sources = []
        for node in sorted(out):
            sent: Any = 0
            if walkers[node]:
                source, sent = self.model.new_bool_var(""), self.model.new_int_var(0, self.weeks, "")
                sources.append(source)
                self.model.add(sum(walkers[node]) >= source)
                self.model.add(sent <= self.weeks * source)
            self.model.add(sum(into[node]) + sent == sum(out[node]) + sum(walkers[node]))
        self.model.add_exactly_one(sources)


@dataclass(frozen=True)
class Found:
    """How a run ended: the flow if there is one, whether that is proved (best, or that there is none)."""

    times: tuple[int, ...] | None
    proved: bool
    bound: int | None
    work: float


OVERHEAD = 0.05
"""Deterministic seconds that a run is counted with on top: reading the model, and joining what it finds."""

STRATEGIES: tuple[tuple[str, ...], ...] = ((), ("max_lp", "reduced_costs"), ("quick_restart", "pseudo_costs"))
"""In turns: one worker that leans on the linear relaxation, then named pairs that take turns themselves, so
that each run repeats exactly; unnamed workers prove next to nothing."""


def run(
    flow: Flow, turn: int, work: float, seed: int, seconds: float, is_cancelled: Callable[[], bool] | None
) -> Found:
    """One turn of a strategy, at most so much deterministic work, and so many seconds by the clock."""
    solver = cp_model.CpSolver()
    names = STRATEGIES[turn % len(STRATEGIES)]
    solver.parameters.num_workers = max(1, len(names))
    solver.parameters.interleave_search = bool(names)
    solver.parameters.linearization_level = 1 if names else 2
    solver.parameters.subsolvers.extend(names)
    solver.parameters.random_seed = seed
    solver.parameters.max_deterministic_time = work
    solver.parameters.max_time_in_seconds = seconds
    status = stoppable(solver, flow.model, is_cancelled)
    priced = flow.model.has_objective()
    done = status == cp_model.OPTIMAL
    there = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    told = priced and (there or status == cp_model.UNKNOWN)
    return Found(
        times=tuple(solver.value(times) for times in flow.times) if there else None,
        proved=done or status == cp_model.INFEASIBLE,
        bound=lower_bound(solver.best_objective_bound) if told else None,
        work=solver.response_proto.deterministic_time + OVERHEAD,
    )
