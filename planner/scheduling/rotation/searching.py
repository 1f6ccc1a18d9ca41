"""The search for a rotation: first any, then one that costs fewer points, with what is proved of it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Literal

from planner.rota import NO_WISHES, USUAL_WISHES, Rotation, RotationTerms, Wishes, points, wished
from planner.scheduling.rotation.circuit import Circuit, circuits, joined, weeks_of
from planner.scheduling.rotation.flow import Flow, run
from planner.scheduling.rotation.machine import Arc, Machine, machines_of

RotationStatus = Literal["best", "found", "impossible", "open"]
FIRST_TURN, LONGER = 1.0, 1.5


@dataclass(frozen=True, slots=True)
class RotationSettings:
    """How hard to try.

    Attributes
    ----------
    work: deterministic seconds of the solver, the same everywhere. seed: of its random numbers.
    seconds: stop by the clock instead; such a run need not repeat.
    wishes: what costs points, once there is any rotation.
    """

    work: float = 60.0
    seed: int = 1
    seconds: float | None = None
    wishes: Wishes = USUAL_WISHES


@dataclass(frozen=True, slots=True)
class RotationResult:
    """What was found for one number of weeks.

    Attributes
    ----------
    status: "best": proved that none costs fewer points; "found": a legal one; "impossible": proved that there
        is none; "open": neither found nor proved within the budget.
    rotation: the pattern, or None.
    points: of the wishes; None without a pattern. bound: proved least points, or None.
    cancelled: somebody stopped it.
    """

    weeks: int
    status: RotationStatus
    rotation: Rotation | None = None
    points: int | None = None
    bound: int | None = None
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class RotationProgress:
    """Where the search stands: weeks tried, points of the best pattern so far and their bound."""

    weeks: int
    points: int | None
    bound: int | None


OnRotation = Callable[[RotationProgress], None]
IsCancelled = Callable[[], bool]


@dataclass
class _Search:
    """One number of weeks: budget, best so far."""

    terms: RotationTerms
    weeks: int
    settings: RotationSettings
    on_progress: OnRotation | None
    is_cancelled: IsCancelled | None
    started: float = field(default_factory=time.monotonic)
    work: float = 0.0
    best: Rotation | None = None
    best_points: int | None = None
    bound: int | None = None

    @property
    def seconds_left(self) -> float:
        """By the clock; plenty if it does not count."""
        if self.settings.seconds is None:
            return 1e6
        return self.settings.seconds - (time.monotonic() - self.started)

    @property
    def base(self) -> int:
        """Points of the shifts that the posts ask for, which no pattern can save."""
        return self.terms.duties * self.settings.wishes.extra

    @property
    def cancelled(self) -> bool:
        """Whether somebody asked to stop."""
        return self.is_cancelled is not None and self.is_cancelled()

    @property
    def over(self) -> bool:
        """Whether nothing more may be tried."""
        work_left = self.settings.seconds is not None or self.work < self.settings.work
        return self.cancelled or not work_left or self.seconds_left <= 0

    def keep(self, rotation: Rotation) -> None:
        """Take a pattern if it is better."""
        found = points(wished(rotation, self.terms), self.settings.wishes)
        if self.best_points is None or found < self.best_points:
            self.best, self.best_points = rotation, found
            self.tell()

    def tell(self) -> None:
        """Say where the search stands."""
        if self.on_progress:
            self.on_progress(RotationProgress(self.weeks, self.best_points, self.bound))

    def close(self, machine: Machine, priced: bool) -> tuple[bool, int | None]:
        """Search one machine to its end or that of the budget: (proved, least points if priced)."""
        flow = Flow(machine, self.terms, self.weeks)
        if priced:
            flow.price(self.settings.wishes)
        turn, length, bound = 0, FIRST_TURN, None
        while not self.over:
            left = 1e6 if self.settings.seconds is not None else self.settings.work - self.work
            found = run(
                flow, turn, min(length, left), self.settings.seed, self.seconds_left, self.is_cancelled
            )
            self.work += found.work
            if found.bound is not None:
                bound = found.bound if bound is None else max(bound, found.bound)
                if priced and self.best_points is not None and self.best_points + self.base <= bound:
                    return True, bound
            if found.times is not None:
                parts = joined(machine, circuits(machine, found.times))
                if len(parts) == 1:
                    self.keep(_rotation(parts[0], self.terms))
                    if found.proved or not priced:
                        return True, bound
                    flow.hint(found.times)
                else:
                    self._connect(flow, parts, priced)
            elif found.proved:
                return True, None
            turn, length = turn + 1, length * LONGER
        return False, bound

    def _connect(self, flow: Flow, parts: list[Circuit], priced: bool) -> None:
        """Ask for one walk from now on; a pattern that costs more may come of the parts nevertheless."""
        flow.hang_together()
        if priced:
            whole = joined(flow.machine, parts, dearer=True)
            if len(whole) == 1:
                self.keep(_rotation(whole[0], self.terms))


def rotate(
    terms: RotationTerms,
    weeks: int,
    settings: RotationSettings | None = None,
    on_progress: OnRotation | None = None,
    is_cancelled: IsCancelled | None = None,
) -> RotationResult:
    """A cyclic pattern of so many weeks, or the proof that there is none.

    Parameters
    ----------
    terms: posts and rules. weeks: of the cycle, one person in each.
    settings: budget, seed and wishes.

    Raises
    ------
    SolveError
        If the rules together remember more than can be written down.

    Examples
    --------
    >>> terms = RotationTerms(("D",), ((2,) * 7,), work=(1, 5), days_off=(2, None))
    >>> rotate(terms, 3).status, rotate(terms, 4).status
    ('impossible', 'best')
    """
    settings = settings or RotationSettings()
    if terms.least_weeks > weeks:
        return RotationResult(weeks, "impossible")
    search = _Search(terms, weeks, settings, on_progress, is_cancelled)
    ended = [search.close(machine, False)[0] for machine in machines_of(terms, NO_WISHES)]
    if search.best is None:
        status: RotationStatus = "impossible" if all(ended) else "open"
        return RotationResult(weeks, status, cancelled=search.cancelled)
    if search.settings.wishes == NO_WISHES:
        return _result(search, True)
    closed = [search.close(machine, True) for machine in machines_of(terms, settings.wishes)]
    return _result(search, all(proved for proved, _ in closed), [bound for _, bound in closed])


def _result(search: _Search, proved: bool, bounds: list[int | None] | None = None) -> RotationResult:
    """The best so far; the posts' own shifts cost nothing, so they are taken off the bound."""
    known = [bound for bound in bounds or () if bound is not None]
    unknown = not bounds or (not proved and len(known) < len(bounds))
    bound = None if unknown or not known else max(0, min(known) - search.base)
    if proved:
        bound = search.best_points
    return RotationResult(
        weeks=search.weeks,
        status="best" if proved else "found",
        rotation=search.best,
        points=search.best_points,
        bound=bound,
        cancelled=search.cancelled,
    )


def smallest_rotation(
    terms: RotationTerms,
    most_weeks: int,
    settings: RotationSettings | None = None,
    on_progress: OnRotation | None = None,
    is_cancelled: IsCancelled | None = None,
) -> tuple[RotationResult, ...]:
    """Every number of weeks from the smallest that the posts alone allow, until one is found.

    The last result has the rotation, unless none of ``most_weeks`` or fewer has one; it is proved smallest
    if all before it are "impossible". Smaller numbers than the first tried are too few by the posts alone.

    Examples
    --------
    >>> terms = RotationTerms(("D",), ((2,) * 7,), work=(1, 5), days_off=(2, None))
    >>> [(each.weeks, each.status) for each in smallest_rotation(terms, 6)]
    [(2, 'impossible'), (3, 'impossible'), (4, 'best')]
    """
    settings = settings or RotationSettings()
    results: list[RotationResult] = []
    plain = replace(settings, wishes=NO_WISHES)
    for weeks in range(terms.least_weeks, most_weeks + 1):
        if on_progress:
            on_progress(RotationProgress(weeks, None, None))
        result = rotate(terms, weeks, plain, None, is_cancelled)
        results.append(result)
        if result.rotation is not None or result.cancelled:
            break
    if results and results[-1].rotation is not None and not results[-1].cancelled and settings.wishes.any:
        results[-1] = rotate(terms, results[-1].weeks, settings, on_progress, is_cancelled)
    return tuple(results)


def _rotation(walk: list[Arc], terms: RotationTerms) -> Rotation:
    """The pattern of a walk; of the weeks that it could begin with the one after most days off."""
    weeks = [tuple(terms.shifts[shift] if shift >= 0 else "" for shift in week) for week in weeks_of(walk)]
    order = {"": -1, **{name: number for number, name in enumerate(terms.shifts)}}

    def begun(first: int) -> tuple[tuple[str, ...], ...]:
        return (*weeks[first:], *weeks[:first])

    def looks(pattern: tuple[tuple[str, ...], ...]) -> tuple[int, list[int]]:
        days = [order[name] for week in pattern for name in week]
        off_before = next((step for step, shift in enumerate(reversed(days)) if shift >= 0), len(days))
        return -off_before, [-shift for shift in days]

    return Rotation(terms.shifts, min(map(begun, range(len(weeks))), key=looks))
