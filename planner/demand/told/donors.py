"""Hours and queues that nobody ever saw: their profile is borrowed from queues that were seen then.

A phone that nobody answers at night leaves no calls behind, so that its history says nothing of the night; an
e-mail is stamped whenever it is written. Other queues in the same hours of their own local clocks are the
best that is known, scaled on the hours that both have open. On real queues of one product the usual miss is a
factor of 1.2 in evenings and on weekend days, 1.4 to 1.5 in early mornings and 1.6 to 2 at night; the first
open hour carried on flat misses early mornings by 1.6, nearly always upwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from planner.demand.curve.typical import WEEKDAY_FACTORS, WEEKDAY_HOURS, WEEKEND_HOURS

# A donor of so many tickets weighs half of one with very many: between large ones, size says nothing.
HALF_WEIGHT_TICKETS = 100.0
# A donor whose open hours look as different as this weighs half of one that looks alike.
HALF_WEIGHT_DISTANCE = 0.01
# Variance of the logarithm of what a queue gets in borrowed hours, before donors are compared: early in the
# morning, by day and in the evening, at night. From the real series of tests/demand/test_donors.py.
EARLY_DOUBT, DAY_DOUBT, NIGHT_DOUBT = 0.20, 0.09, 0.30
# Assumed profiles are worse than borrowed ones.
ASSUMED_DOUBT = 2.0
# The doubt above counts as much as so many donors.
PRIOR_DONORS = 3.0
LEAST_DOUBT = 0.02
EARLY_HOURS, NIGHT_HOURS = (6, 7, 8), (22, 23, 0, 1, 2, 3, 4, 5)
# Weekend hours of its own tell of a queue's weekends once they have about so many tickets.
CLASS_TICKETS = 12.0
WEEKDAYS, WEEKEND = slice(0, 5), slice(5, 7)


@dataclass(frozen=True)
class Seen:
    """What is known of a queue's mean week, on its own clock.

    Attributes
    ----------
    name, channel: of the queue.
    week: contacts by weekday and slot, shape (7, slots); anything where not seen.
    seen: whether contacts of that hour would have been seen.
    tickets: how many there were in the hours seen: how much the week can be trusted.
    """

    name: str
    channel: str
    week: np.ndarray
    seen: np.ndarray
    tickets: float


@dataclass(frozen=True)
class Loan:
    """A mean week whose unseen hours are borrowed.

    Attributes
    ----------
    week: contacts by weekday and slot; those seen are as they were given.
    doubt: variance, relative to the squared mean, of a factor on the borrowed hours; 0 where seen.
    donors: name and weight of the queues that lent, the largest first; weights add up to 1.
    assumed: hours that no other queue has seen either: a typical profile stands there.
    """

    week: np.ndarray
    doubt: np.ndarray
    donors: tuple[tuple[str, float], ...]
    assumed: np.ndarray


def borrow(own: Seen, others: Sequence[Seen], a_weekday: float | None = None) -> Loan:
    """Fill the hours of a week that a queue never saw.

    Each donor is scaled on the hours that both have open (ratio estimator); their mean is weighted by how
    much each has seen and by how alike its open hours look. Where the queue has seen part of the weekend,
    or of the weekdays, the borrowed hours of that class lean on the ratio seen there (gamma-Poisson).

    Parameters
    ----------
    own: the queue. others: all other queues, each in its own local hours.
    a_weekday: known contacts of a mean weekday, for a queue that has never been seen at all; such a queue
        borrows from its own channel, if there is any.

    Examples
    --------
    >>> hours = np.zeros((7, 24), dtype=bool)
    >>> hours[:5, 9:18] = True
    >>> mail = Seen("mail", "email", np.tile(np.arange(24.0), (7, 1)), np.ones((7, 24), dtype=bool), 5000.0)
    >>> phone = Seen("phone", "phone", np.where(hours, mail.week / 2, 0.0), hours, 800.0)
    >>> loan = borrow(phone, [mail])
    >>> float(loan.week[0, 8]), float(loan.week[0, 9]), loan.donors
    (4.0, 4.5, (('mail', 1.0),))
    """
    hidden = ~own.seen
    never = not own.seen.any() or own.week[own.seen].sum() <= 0
    others = [other for other in others if other.week[other.seen].sum() > 0]
    if never:
        same = [other for other in others if other.channel == own.channel]
        others, hidden = same or others, np.ones_like(own.seen)
        scale = a_weekday or 0.0
        lent = [(other, scale * _a_weekday(other)) for other in others]
    else:
        lent = [(other, _ratio(own, other)) for other in others]
    lent = [(other, ratio) for other, ratio in lent if ratio > 0]
    weights = np.array([_weight(own, other, never) for other, _ in lent])
    tables = np.array([ratio * other.week for other, ratio in lent]).reshape(-1, *own.week.shape)
    there = np.array([other.seen for other, _ in lent], dtype=bool).reshape(tables.shape)
    weighted = weights[:, None, None] * there
    by_cell = weighted.sum(axis=0)
    assumed = hidden & (by_cell <= 0)
    typical = _assumed(own, never, a_weekday)
    pool = np.where(
        by_cell > 0, (weighted * tables).sum(axis=0) / np.where(by_cell > 0, by_cell, 1.0), typical
    )
    pool = pool if never else _leaning(own, pool)
    doubt = _doubt(own, tables, weighted, pool, hidden, assumed, never)
    lending = (weighted.sum(axis=(1, 2)) / max(by_cell.sum(), 1e-12)).round(4).tolist()
    named = sorted(((one.name, w) for (one, _), w in zip(lent, lending, strict=True)), key=lambda x: -x[1])
    return Loan(np.where(hidden, pool, own.week), np.where(hidden, doubt, 0.0), tuple(named), assumed)


def typical_week(slots: int) -> np.ndarray:
    """Mean week of business customers with 1 contact a mean weekday, shape (7, slots): an assumption.

    Examples
    --------
    >>> round(float(typical_week(48)[:5].sum()), 6)
    5.0
    """
    hours = np.array([WEEKDAY_HOURS] * 5 + [WEEKEND_HOURS] * 2, dtype=np.float64)
    shares = hours / hours.sum(axis=1, keepdims=True)
    return np.repeat(shares * np.array(WEEKDAY_FACTORS)[:, None], slots // 24, axis=1) / (slots // 24)


def _a_weekday(other: Seen) -> float:
    """Factor that gives a donor 1 contact a mean weekday; unseen hours of it count as typical ones."""
    typical = typical_week(other.week.shape[1])
    share = typical[WEEKDAYS][other.seen[WEEKDAYS]].sum() / 5
    mean = other.week[WEEKDAYS][other.seen[WEEKDAYS]].sum() / 5
    return float(share / mean) if mean > 0 else 0.0


def _ratio(own: Seen, other: Seen) -> float:
    common = own.seen & other.seen
    there = float(other.week[common].sum())
    return float(own.week[common].sum()) / there if there > 0 else 0.0


def _weight(own: Seen, other: Seen, never: bool) -> float:
    size = other.tickets / (other.tickets + HALF_WEIGHT_TICKETS)
    return size if never else size * HALF_WEIGHT_DISTANCE / (HALF_WEIGHT_DISTANCE + distance(own, other))


def distance(own: Seen, other: Seen) -> float:
    """How different two queues look by hour of the weekday and weekend, in hours that both have open.

    Chi-square distance of their shares, less what chance alone makes of so few tickets; 0 is alike.
    """
    common = own.seen & other.seen
    mine, theirs = (_by_hour(np.where(common, one.week, 0.0)) for one in (own, other))
    if not mine.sum() or not theirs.sum():
        return 1.0
    mine, theirs = mine / mine.sum(), theirs / theirs.sum()
    both = (mine + theirs) / 2
    found = float(((mine - theirs) ** 2 / np.where(both > 0, both, 1.0)).sum())
    cells = int((both > 0).sum())
    return max(0.0, found - cells * (1 / max(own.tickets, 1.0) + 1 / max(other.tickets, 1.0)))


def _by_hour(week: np.ndarray) -> np.ndarray:
    hours = week.reshape(7, 24, -1).sum(axis=2)
    return np.concatenate((hours[WEEKDAYS].sum(axis=0), hours[WEEKEND].sum(axis=0)))


def _assumed(own: Seen, never: bool, a_weekday: float | None) -> np.ndarray:
    """A typical week of the size of the queue."""
    typical = typical_week(own.week.shape[1])
    if never:
        return typical * (a_weekday or 0.0)
    return typical * float(own.week[own.seen].sum() / max(typical[own.seen].sum(), 1e-12))


def _leaning(own: Seen, pool: np.ndarray) -> np.ndarray:
    """The pool, weekdays and weekend each scaled on what was seen of them, as far as tickets show."""
    scaled = pool.copy()
    a_ticket = own.week[own.seen].sum() / max(own.tickets, 1e-12)
    for days in (WEEKDAYS, WEEKEND):
        part = own.seen[days]
        came, due = own.week[days][part].sum() / a_ticket, pool[days][part].sum() / a_ticket
        scaled[days] *= (came + CLASS_TICKETS) / (due + CLASS_TICKETS)
    return scaled


def blocks(slots: int) -> tuple[tuple[np.ndarray, float], ...]:
    """Hours that are wrong together, with their usual doubt: early, day, night of weekdays and weekend."""
    hour = np.arange(slots) * 24 // slots
    early, night = np.isin(hour, EARLY_HOURS), np.isin(hour, NIGHT_HOURS)
    found = []
    for days in (WEEKDAYS, WEEKEND):
        for hours, doubt in (
            (early, EARLY_DOUBT),
            (~early & ~night, DAY_DOUBT),
            (night, NIGHT_DOUBT),
        ):
            part = np.zeros((7, slots), dtype=bool)
            part[days] = hours
            found.append((part, doubt))
    return tuple(found)


def _doubt(
    own: Seen,
    tables: np.ndarray,
    weighted: np.ndarray,
    pool: np.ndarray,
    hidden: np.ndarray,
    assumed: np.ndarray,
    never: bool,
) -> np.ndarray:
    """How far donors, each scaled on this queue, differ from their mean, leaning on what is usual."""
    doubt = np.zeros_like(pool)
    volume = 0.0 if never else 1 / max(own.tickets, 1.0)
    for block, prior in blocks(pool.shape[1]):
        part = block & hidden
        if not part.any():
            continue
        if assumed[part].all():
            doubt[part] = ASSUMED_DOUBT * prior + volume
            continue
        squares, count = 0.0, 0.0
        for table, weight in zip(tables, weighted, strict=True):
            there = part & (weight > 0)
            theirs, mean = float(table[there].sum()), float(pool[there].sum())
            if theirs > 0 and mean > 0:
                share = float(weight[there].max() / weighted[:, there].sum(axis=0).max())
                squares += share * min(np.log(theirs / mean) ** 2, 2.0)
                count += share**2
        lenders = 1 / count if count else 0.0
        found = squares * lenders / (lenders - 1) if lenders > 1.01 else prior
        variance = (PRIOR_DONORS * prior + max(lenders - 1, 0.0) * found) / (
            PRIOR_DONORS + max(lenders - 1, 0.0)
        )
        doubt[part] = max(LEAST_DOUBT, float(np.expm1(variance))) + volume
    return doubt
