"""When in the day contacts arrive: a share per wall-clock slot and weekday."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

HALF_LIFE_DAYS = 110.0
# A weekday's own profile counts as much as its day class once it has seen this many tickets ...
CLASS_TICKETS = 400.0
# ... all days together as much as a flat day ...
FLAT_TICKETS = 200.0
# ... and a slot as much as its neighbours at this many.
NEIGHBOUR_TICKETS = 60.0
DAY_CLASSES = ((0, 1, 2, 3, 4), (5, 6))
# A slot without any contact, in which a tenth of the mean slot would have brought this many, is shut.
SHUT_IF_MISSED = 5.0
SHUT_SHARE = 0.1
SHUT_DAYS = 182


@dataclass(frozen=True)
class Profiles:
    """When in the day contacts come.

    Attributes
    ----------
    shares: of a day's contacts by weekday and slot, each row adds up to 1 (or is 0 if that weekday is shut).
    known: whether contacts could have been seen in that slot of that weekday; others are 0 for want of data.
    shut: slots that could have been seen, in which nothing ever comes though much does in others.
    """

    shares: np.ndarray
    known: np.ndarray
    shut: np.ndarray


def day_profiles(
    counts: np.ndarray,
    weights: np.ndarray,
    weekdays: np.ndarray,
    expected: np.ndarray | None = None,
    shown: np.ndarray | None = None,
) -> Profiles:
    """Profile of each weekday.

    A weekday is shrunk to its class (Monday to Friday, weekend), a class to all days, a slot to its
    neighbours, all the more the fewer tickets there are (gamma-Poisson). Slots that are shut or were never
    seen lend nothing to their neighbours, so that no opening edge is smeared. Without any ticket the day is
    flat.

    Parameters
    ----------
    counts: contacts by day and slot.
    weights: of each day, 0 where it is missing.
    weekdays: of each day, 0 = Monday.
    expected: contacts of each day if all of it had been seen; None: what came.
    shown: share of each slot that could have been seen; None: all.
    """
    slots = counts.shape[1]
    aged = weights * 0.5 ** (np.arange(len(weights))[::-1] / HALF_LIFE_DAYS)
    member = (weekdays[None, :] == np.arange(7)[:, None]) * aged
    came = member @ counts
    if shown is None or expected is None:
        due = np.repeat(came.sum(axis=1)[:, None], slots, axis=1)
        known = np.ones((7, slots), dtype=bool)
    else:
        due = (member * expected) @ shown
        known = (member > 0) @ (shown > 0) > 0
    shut = known & shut_slots(counts[-SHUT_DAYS:], (member > 0)[:, -SHUT_DAYS:])
    usable = known & ~shut
    flat = np.full(slots, 1.0 / slots)
    everything = _shrunk(came.sum(axis=0), (due * usable).sum(axis=0), flat, usable.any(axis=0), FLAT_TICKETS)
    shares = np.zeros((7, slots))
    for members in (list(days) for days in DAY_CLASSES):
        part = usable[members]
        of_class = _shrunk(
            came[members].sum(axis=0), (due[members] * part).sum(axis=0), everything, part.any(axis=0)
        )
        for weekday in members:
            shares[weekday] = _shrunk(came[weekday], due[weekday], of_class, usable[weekday])
    return Profiles(shares, known, shut)


def shut_slots(counts: np.ndarray, member: np.ndarray) -> np.ndarray:
    """Slots of weekdays in which nothing comes: on that weekday, or on all days of its class.

    Parameters
    ----------
    counts: contacts by day and slot.
    member: which days count for which weekday, shape (7, days).

    Examples
    --------
    >>> day = np.repeat([0.0, 30.0], 12)
    >>> int(shut_slots(np.tile(day, (14, 1)), np.tile(np.eye(7, dtype=bool), 2))[0].sum())
    12
    """
    came = member @ counts
    days = member.sum(axis=1)
    quiet = came == 0
    # A weekday of its own: what the class as a whole has in its slots may be expected on it.
    shut = np.zeros_like(quiet)
    for members in (list(days_) for days_ in DAY_CLASSES):
        of_class = came[members].sum(axis=0)
        everyday = came.sum() / max(days.sum(), 1) / counts.shape[1]
        enough = SHUT_SHARE * everyday * days[members].sum() >= SHUT_IF_MISSED
        all_quiet = (of_class == 0) & enough
        for weekday in members:
            own = SHUT_SHARE * everyday * days[weekday] >= SHUT_IF_MISSED
            shut[weekday] = quiet[weekday] & (all_quiet | own)
    return np.asarray(shut)


def _shrunk(
    came: np.ndarray, due: np.ndarray, prior: np.ndarray, usable: np.ndarray, tickets: float = CLASS_TICKETS
) -> np.ndarray:
    """Shares of a day's contacts, shrunk to a prior profile and then to neighbouring slots."""
    if not usable.any():
        return np.zeros(len(came))
    prior = np.where(usable, prior, 0.0)
    prior = prior / prior.sum() if prior.sum() > 0 else usable / usable.sum()
    share = np.where(usable, (came + tickets * prior) / (due + tickets), 0.0)
    seen = np.where(usable, came + tickets * prior, 0.0)
    stacked = np.stack((usable.astype(float), share, seen))
    # Each slot with the one before and the one after; midnight joins the day's ends.
    around = np.concatenate((stacked[:, -1:], stacked, stacked[:, :1]), axis=1)
    beside, near, near_seen = around[:, :-2] + around[:, 1:-1] + around[:, 2:]
    beside = np.maximum(beside, 1.0)
    near, near_seen = near / beside, near_seen / beside
    own = near_seen / (near_seen + NEIGHBOUR_TICKETS)
    blended = np.where(usable, own * share + (1 - own) * near, 0.0)
    return np.asarray(blended / blended.sum())


def to_quarters(shares: np.ndarray) -> np.ndarray:
    """Split each slot of a day evenly sloped into quarter-hours, slot totals kept.

    Examples
    --------
    >>> halves = to_quarters(np.array([[0.0] * 47 + [1.0]]))
    >>> halves.shape, float(halves.sum())
    ((1, 96), 1.0)
    """
    while shares.shape[1] < 96:
        slope = (np.roll(shares, -1, axis=1) - np.roll(shares, 1, axis=1)) / 16
        # Beside a slot in which nothing comes, doors open or close: contacts do not trickle.
        slope[(np.roll(shares, -1, axis=1) == 0) | (np.roll(shares, 1, axis=1) == 0)] = 0.0
        slope = np.clip(slope, -shares / 4, shares / 4)
        halves = np.stack((shares / 2 - slope, shares / 2 + slope), axis=2)
        shares = halves.reshape(shares.shape[0], -1)
    return shares
