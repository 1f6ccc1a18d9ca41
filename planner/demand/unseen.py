"""Hours that a history never saw, laid over the period: borrowed, learnt from a pilot, partly moved."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from planner._messages import Message
from planner.demand.arrivals import Spread
from planner.demand.asks import ForecastAsks
from planner.demand.donors import Loan, Seen, blocks, borrow
from planner.demand.grid import PlanningGrid
from planner.demand.localdays import DAY_QUARTERS, LocalDays, wall_quarters
from planner.demand.model import QueueModel
from planner.demand.moved import moved
from planner.demand.pilot import Learnt, unevenness_of, update
from planner.demand.queue import LIVE_CHANNELS, Queue
from planner.demand.unseen_words import Lent, borrowed_words, never_words, pilot_words

# Hours that were open for fewer weeks, and far fewer than others, are a pilot: what was borrowed counts too.
PILOT_WEEKS = 13
PILOT_SHARE = 0.5
# Slots lean a little on their neighbours.
SMOOTHED = (0.6, 0.2)


@dataclass(frozen=True)
class Known:
    """A queue as far as its history tells.

    Attributes
    ----------
    queue: which. zone: clock of its days.
    days: of its past, one row. calendar: features of these days.
    model: fitted to them. spread: how far contacts stray.
    ahead: features of the local days of the period. later: days from the end of the past until then.
    quarters: forecast of each quarter-hour of the period, from its own past alone.
    """

    queue: Queue
    zone: str
    days: LocalDays
    calendar: np.ndarray
    model: QueueModel
    spread: Spread
    ahead: np.ndarray
    later: int
    quarters: np.ndarray

    @property
    def live(self) -> bool:
        """Whether contacts are seen only while somebody is there."""
        return self.queue.channel in LIVE_CHANNELS

    @property
    def exposure(self) -> np.ndarray:
        """Days on which each slot of each weekday could be seen, shape (7, slots).

        Days of a clock change do not count: an hour that spring leaves out hides nothing and shows nothing.
        """
        whole = self.days.seen & (np.diff(self.days.starts) == DAY_QUARTERS)
        shown = np.repeat(whole[:, None].astype(float), self.days.counts.shape[2], axis=1)
        if self.days.open is not None:
            shown *= self.days.open[0]
        return np.asarray(self.calendar[:, :7].T @ shown)

    @property
    def pilot(self) -> np.ndarray:
        """Slots that were opened so late that what they brought is only a pilot."""
        weeks = self.exposure
        most = float(weeks.max(initial=0.0))
        short = (weeks > 0) & (weeks < PILOT_WEEKS) & (weeks < PILOT_SHARE * most)
        return np.asarray(short if self.live else np.zeros_like(short))

    @property
    def pilot_weeks(self) -> int:
        """Weeks of the pilot."""
        weekday = self.calendar[:, :7].argmax(axis=1)
        shown = np.ones_like(self.days.counts[0]) if self.days.open is None else self.days.open[0]
        days = np.flatnonzero((self.pilot[weekday] * shown).any(axis=1))
        return len(np.unique((days + (7 - self.days.days) % 7) // 7))

    @property
    def never(self) -> bool:
        """Whether the history has none of it."""
        return not self.days.counts.any()

    def seen(self) -> Seen:
        """Its mean week, at the level of the history's end."""
        hours, exposure = self.model.hours, self.exposure
        there = hours.known & (exposure > 0)
        there = there & ~(hours.shut | self.pilot) if self.live else there
        totals = self.model.daily.level * np.exp(self.model.daily.effects[:7])
        totals = totals * (hours.shares * there).sum(axis=1)
        shape = self._shape(exposure, there)
        sums = np.maximum((shape * there).sum(axis=1), 1e-12)
        week = np.where(there, shape * (totals / sums)[:, None], 0.0)
        tickets = float(self.days.counts[0].sum())
        return Seen(self.queue.name, self.queue.channel, week, there, tickets)

    def _shape(self, exposure: np.ndarray, there: np.ndarray) -> np.ndarray:
        """Contacts by weekday and slot as they came, alike on weekdays and at weekends.

        The model's profiles lean on a flat day, which is safe for a queue's own hours and too much for nights
        that are lent.
        """
        came = self.calendar[:, :7].T @ (self.days.counts[0] * self.days.seen[:, None])
        shape = np.zeros_like(came)
        for members in (slice(0, 5), slice(5, 7)):
            part = there[members]
            days = (exposure[members] * part).sum(axis=0)
            rate = (came[members] * part).sum(axis=0) / np.maximum(days, 1e-12)
            shape[members] = _smoothed(rate) / np.maximum(_smoothed((days > 0).astype(float)), 1e-12)
        return np.asarray(shape)


def _smoothed(row: np.ndarray) -> np.ndarray:
    own, near = SMOOTHED
    return np.asarray(own * row + near * (np.roll(row, 1) + np.roll(row, -1)))


@dataclass(frozen=True)
class Filled:
    """Forecasts whose unseen hours are filled.

    Attributes
    ----------
    mean: contacts, shape (queues, intervals). doubt: gamma variance of the borrowed ones, or None.
    borrowed: which intervals are, shape as ``mean``, or None.
    moving: by row of a queue, what moves its demand from an old opening to the hours before it.
    loans: by name of the queues that borrow. pilots: what was learnt of them.
    notices: in words.
    """

    mean: np.ndarray
    doubt: np.ndarray | None = None
    borrowed: np.ndarray | None = None
    moving: Mapping[int, Callable[[np.ndarray], np.ndarray]] = field(default_factory=dict)
    loans: Mapping[str, Loan] = field(default_factory=dict)
    pilots: Mapping[str, tuple[Learnt, ...]] = field(default_factory=dict)
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
    lent = borrowed if borrowed.any() else None
    return Filled(mean, doubt if doubt.any() else None, lent, moving, loans, pilots, tuple(notices))


@dataclass(frozen=True)
class _Laid:
    """A loan on the period: contacts, doubt, intervals that are new, and those that were open before."""

    mean: np.ndarray
    doubt: np.ndarray
    new: np.ndarray
    old: np.ndarray
    assumed: np.ndarray
    quarters: np.ndarray


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
    )


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
