"""Hours that a history never saw, laid over the period: borrowed, learnt from a pilot, partly moved."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from planner._messages import Message
from planner.demand.asks import ForecastAsks
from planner.demand.curve.grid import PlanningGrid
from planner.demand.curve.localdays import wall_quarters
from planner.demand.told.answered import Opened, answered
from planner.demand.told.donors import Loan, blocks, borrow
from planner.demand.told.known import PILOT_WEEKS, Known
from planner.demand.told.moved import moved
from planner.demand.told.pilot import Learnt, unevenness_of, update
from planner.demand.told.unseen_words import Lent, borrowed_words, never_words, pilot_words


@dataclass(frozen=True)
class Filled:
    """Forecasts whose unseen hours are filled.

    Attributes
    ----------
    mean: contacts, shape (queues, intervals). doubt: gamma variance of the borrowed ones, or None.
    borrowed: which intervals are, shape as ``mean``, or None.
    moving: by row of a queue, what moves its demand from an old opening to the hours before it.
    loans: by name of the queues that borrow. pilots: what was learnt of them.
    rest: forecasts without what new hours take from other queues, and their doubt; None: nothing is taken.
    takers: by row of a queue that gets fewer, the queues that answer them now.
    notices: in words.
    """

    mean: np.ndarray
    doubt: np.ndarray | None = None
    borrowed: np.ndarray | None = None
    moving: Mapping[int, Callable[[np.ndarray], np.ndarray]] = field(default_factory=dict)
    loans: Mapping[str, Loan] = field(default_factory=dict)
    pilots: Mapping[str, tuple[Learnt, ...]] = field(default_factory=dict)
    rest: tuple[np.ndarray, np.ndarray] | None = None
    takers: Mapping[int, str] = field(default_factory=dict)
    notices: tuple[Message, ...] = ()


def fill(mean: np.ndarray, queues: Sequence[Known], grid: PlanningGrid, asks: ForecastAsks) -> Filled:
    """Fill the hours that live queues never saw, and queues that the history has none of.

    Forecasts of queues that saw every hour are left as they are. Where the period's opening hours are known,
    a live queue is expected to get nothing while it is closed and never was open: whoever found it closed is
    in the history of other hours and queues already.

    Parameters
    ----------
    mean: contacts from each queue's own past. queues: in the order of its rows.
    grid: intervals of the period. asks: opening hours, stated volumes, share that moves.
    """
    mean = mean.copy()
    doubt = np.zeros_like(mean)
    borrowed = np.zeros(mean.shape, dtype=bool)
    moving: dict[int, Callable[[np.ndarray], np.ndarray]] = {}
    loans: dict[str, Loan] = {}
    pilots: dict[str, tuple[Learnt, ...]] = {}
    notices: list[Message] = []
    opened: list[Opened] = []
    lenders = [known.seen() for known in queues]
    for row, known in enumerate(queues):
        own, stated = lenders[row], asks.a_weekday.get(known.queue.name)
        if known.never and not stated:
            continue
        if not (known.never or (known.live and not own.seen.all())):
            continue
        loan = borrow(own, [lender for lender in lenders if lender is not own], stated)
        loan, learnt = _after_pilot(loan, known)
        laid = _laid(loan, known, _effects(known, loan, queues), grid, asks)
        mean[row], doubt[row], borrowed[row] = laid.mean, laid.doubt, laid.new
        if laid.new.any():
            loans[known.queue.name] = loan
            notices += _told(known, loan, laid, stated, grid.days / 7)
            if learnt:
                pilots[known.queue.name] = learnt
                notices += pilot_words(known.queue.name, learnt, known.pilot_weeks)
        if known.live and not known.never and (laid.new & ~laid.old).any() and asks.moved > 0:
            moving[row] = _mover(laid, grid, asks.moved)
        if known.live and not known.never and laid.new.any():
            opened.append(_opened(row, known, laid, grid, asks))
    names = [known.queue.name for known in queues]
    less = answered(
        mean, doubt, opened, names, asks.when_closed, borrowed, grid.interval_minutes, grid.days / 7
    )
    return Filled(
        mean,
        doubt if doubt.any() else None,
        borrowed if borrowed.any() else None,
        moving,
        loans,
        pilots,
        (less.mean, less.doubt) if less.takers else None,
        less.takers,
        (*notices, *less.notices),
    )


@dataclass(frozen=True)
class _Laid:
    """A loan on the period: contacts, doubt, intervals that are new, and those that were open before."""

    mean: np.ndarray
    doubt: np.ndarray
    new: np.ndarray
    old: np.ndarray
    assumed: np.ndarray
    quarters: np.ndarray
    anew: np.ndarray


def _laid(loan: Loan, known: Known, effects: np.ndarray, grid: PlanningGrid, asks: ForecastAsks) -> _Laid:
    first_day, days = grid.local_span(known.zone)
    starts, day_of, wall = wall_quarters(first_day, days, known.zone)
    step = grid.interval_minutes // 15
    low = grid.first_quarter - int(starts[0])
    part = slice(low, low + grid.intervals * step)
    weekday = known.ahead[:, :7].argmax(axis=1)[day_of[part]]
    each = loan.week.shape[1]
    slot = wall[part] * each // 96
    now = known.model.daily.now.ahead(known.later, days)
    lasting = max(known.model.daily.level, 1e-12)
    usual = np.exp(known.ahead[:, 7:] @ effects)
    usual = usual if known.never else usual * now / lasting
    lent = loan.week[weekday, slot] * usual[day_of[part]] * each / 96
    hidden = (loan.doubt > 0)[weekday, slot]
    is_open = np.ones(len(lent), dtype=bool)
    hours = asks.opening.get(known.queue.name)
    if hours is not None and known.live:
        is_open = hours.mask(grid.first_quarter, len(lent))
    values = np.where(hidden, np.where(is_open, lent, 0.0), known.quarters)
    unsure = np.where(hidden & is_open, lent * np.sqrt(loan.doubt[weekday, slot]), 0.0)
    sums, doubts = values.reshape(-1, step).sum(axis=1), unsure.reshape(-1, step).sum(axis=1)
    return _Laid(
        mean=sums,
        doubt=np.round(np.where(sums > 0, doubts / np.maximum(sums, 1e-300), 0.0) ** 2, 9),
        new=(hidden & is_open).reshape(-1, step).any(axis=1),
        old=(~hidden & is_open).reshape(-1, step).any(axis=1),
        assumed=np.where(hidden & is_open & loan.assumed[weekday, slot], lent, 0.0),
        quarters=hidden & is_open,
        anew=np.where(hidden & is_open, lent * _unheard(known)[weekday, slot], 0.0)
        .reshape(-1, step)
        .sum(axis=1),
    )


def _unheard(known: Known) -> np.ndarray:
    """How much of what a slot holds other queues still get: in a pilot they get less with every week."""
    return np.asarray(np.where(known.pilot, 1 - known.exposure / PILOT_WEEKS, 1.0))


def _effects(known: Known, loan: Loan, queues: Sequence[Known]) -> np.ndarray:
    """What holidays and parts of the month do: the queue's own, or its donors' where it never was seen."""
    effects = known.model.daily.effects[7:]
    if known.never:
        theirs = {one.queue.name: one.model.daily.effects[7:] for one in queues}
        effects = sum((weight * theirs[name] for name, weight in loan.donors), np.zeros_like(effects))
    return np.asarray(effects)


def _after_pilot(loan: Loan, known: Known) -> tuple[Loan, tuple[Learnt, ...]]:
    """The loan after what came in hours that were open for a while; hours of a block are wrong together."""
    pilot = known.pilot & (loan.doubt > 0)
    if not pilot.any() or known.days.open is None:
        return loan, ()
    week, doubt, found = loan.week.copy(), loan.doubt.copy(), []
    weekday = known.calendar[:, :7].argmax(axis=1)
    daily = known.model.daily
    usual = daily.level * np.exp(daily.effects[:7])[weekday]
    kept = len(daily.expected)
    relative = np.where(usual[-kept:] > 0, daily.expected / np.maximum(usual[-kept:], 1e-12), 1.0)
    shown = known.days.open[0][-kept:] * known.days.seen[-kept:, None]
    counts = known.days.counts[0][-kept:]
    for block, _ in blocks(week.shape[1]):
        part = pilot & block
        if not part.any():
            continue
        there = part[weekday[-kept:]] * shown
        expected = float((there * week[weekday[-kept:]] * relative[:, None]).sum())
        came = float((counts * (there > 0)).sum())
        touched = np.flatnonzero(there.any(axis=1))
        uneven = unevenness_of(
            known.spread.week, known.spread.day, len(np.unique(touched // 7)), len(touched)
        )
        prior = float(loan.doubt[part].mean())
        learnt = update(came, expected, prior, uneven)
        same = block & (loan.doubt > 0)
        week[same] *= learnt.factor
        doubt[same] = learnt.doubt
        found.append(learnt)
    return Loan(week, doubt, loan.donors, loan.assumed), tuple(found)


def _mover(laid: _Laid, grid: PlanningGrid, share: float) -> Callable[[np.ndarray], np.ndarray]:
    new = laid.new & ~laid.old
    return lambda contacts: moved(contacts, new, laid.old, grid.day_of, share, grid.interval_minutes)


def _opened(row: int, known: Known, laid: _Laid, grid: PlanningGrid, asks: ForecastAsks) -> Opened:
    early = np.zeros(len(laid.new), dtype=bool)
    for day in np.unique(grid.day_of[laid.new]):
        today = grid.day_of == day
        opened = np.flatnonzero(today & laid.old)
        early[: opened[0] if len(opened) else 0] |= today[: opened[0] if len(opened) else 0]
    return Opened(row, known.queue.name, laid.anew, laid.doubt, early, asks.moved)


def _told(known: Known, loan: Loan, laid: _Laid, stated: float | None, weeks: float) -> list[Message]:
    name = known.queue.name
    if known.never:
        return never_words(name, loan.donors, stated or 0.0)
    lent = Lent(
        contacts=float(laid.mean[laid.new].sum()) / weeks,
        assumed=float(laid.assumed.sum()) / weeks,
        hours=float(laid.quarters.sum()) / 4 / weeks,
        doubt=float((laid.mean * np.sqrt(laid.doubt)).sum() / max(laid.mean[laid.new].sum(), 1e-12)) ** 2,
    )
    return borrowed_words(name, loan.donors, lent)
