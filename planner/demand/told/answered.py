"""Contacts that new hours take from another queue: who found chat closed wrote an e-mail until now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from planner._messages import Message
from planner._values import number_text, share_text

# Who finds a queue closed writes elsewhere at once or soon after: they leave in so many minutes, and at most
# this share of what is expected there; what is more leaves in the day after, and at last all of it may.
PASSES = ((120, 0.5), (24 * 60, 0.5), (24 * 60, 1.0))
# Below this nobody is told: contacts of the whole period.
LEAST = 1e-9


@dataclass(frozen=True)
class Opened:
    """What a queue now answers in hours in which it was closed.

    Attributes
    ----------
    row, name: of the queue. contacts: expected anew, by interval. doubt: gamma variance of each.
    early: intervals before an old opening of their day. moved: share of these that comes earlier only.
    """

    row: int
    name: str
    contacts: np.ndarray
    doubt: np.ndarray
    early: np.ndarray
    moved: float = 0.0

    def share(self, share: float) -> np.ndarray:
        """Share by interval that wrote elsewhere: nobody who came at the opening did."""
        return np.where(self.early, min(share, 1 - self.moved), share)


@dataclass(frozen=True)
class Answered:
    """Forecasts without what new hours take from them.

    Attributes
    ----------
    mean: contacts, shape (queues, intervals). doubt: gamma variance of one more factor, same shape.
    takers: by row of a queue that gets fewer, who takes them. notices: in words.
    """

    mean: np.ndarray
    doubt: np.ndarray
    takers: Mapping[int, str]
    notices: tuple[Message, ...]


def answered(
    mean: np.ndarray,
    doubt: np.ndarray,
    opened: Sequence[Opened],
    queues: Sequence[str],
    when_closed: Mapping[str, Mapping[str, float]],
    fixed: np.ndarray,
    interval_minutes: int,
    weeks: float,
) -> Answered:
    """Take from other queues what new hours now answer.

    What leaves is what is borrowed times its share of ``when_closed``, as far as there is so much: a forecast
    never falls below 0. Its doubt is that of what is borrowed.

    Parameters
    ----------
    mean: contacts, shape (queues, intervals). doubt: gamma variance of a factor on each.
    opened: queues in hours that they never saw. queues: names of the rows.
    when_closed: queue to other queues and the share of its contacts that went there while it was closed.
    fixed: where nothing leaves, as it is borrowed itself; shape as ``mean``.
    interval_minutes: 15, 30 or 60. weeks: of the period.
    """
    mean, doubt = mean.copy(), doubt.copy()
    takers: dict[int, list[str]] = {}
    notices: list[Message] = []
    for one in opened:
        for target, share in when_closed.get(one.name, {}).items():
            if target not in queues or target == one.name:
                continue
            row = queues.index(target)
            wanted = one.contacts * one.share(share)
            before = mean[row].copy()
            taken, spread = leaving(before, wanted, np.sqrt(one.doubt), fixed[row], interval_minutes)
            if taken.sum() < LEAST:
                continue
            mean[row] = before - taken
            doubt[row] = _doubt(before, doubt[row], mean[row], spread)
            takers.setdefault(row, []).append(one.name)
            notices.append(_told(target, one.name, share, float(taken.sum()) / weeks))
    names = {row: ", ".join(dict.fromkeys(found)) for row, found in takers.items()}
    return Answered(mean, doubt, names, tuple(notices))


def leaving(
    there: np.ndarray,
    wanted: np.ndarray,
    unsure: np.ndarray,
    fixed: np.ndarray,
    interval_minutes: int,
) -> tuple[np.ndarray, np.ndarray]:
    """Contacts that leave a queue in each interval, and by how many they may be more or fewer.

    Parameters
    ----------
    there: contacts expected. wanted: contacts of another queue that came here, by the interval they would
        have called in. unsure: standard deviation of each, relative to it.
    fixed: intervals that nothing leaves.

    Examples
    --------
    >>> there, wanted = np.array([8.0, 8.0, 4.0, 4.0]), np.array([0.0, 3.0, 0.0, 0.0])
    >>> taken, unsure = leaving(there, wanted, np.full(4, 0.5), np.zeros(4, dtype=bool), 60)
    >>> taken.tolist(), unsure.tolist()
    ([0.0, 2.0, 1.0, 0.0], [0.0, 1.0, 0.5, 0.0])
    """
    taken, spread = np.zeros(len(there)), np.zeros(len(there))
    left = np.where(wanted > 0, wanted, 0.0)
    for minutes, most in PASSES:
        length = max(1, minutes // interval_minutes)
        for start in np.flatnonzero(left > LEAST):
            part = slice(start, start + length)
            room = np.where(fixed[part], 0.0, np.maximum(most * there[part] - taken[part], 0.0))
            total = float(room.sum())
            if total <= 0:
                continue
            now = min(float(left[start]), total)
            taken[part] += now * room / total
            spread[part] += now * room / total * unsure[start]
            left[start] -= now
    return np.minimum(taken, there), spread


def _doubt(before: np.ndarray, doubt: np.ndarray, after: np.ndarray, spread: np.ndarray) -> np.ndarray:
    """Gamma variance of what is left: what was unsure before stays so, and what left is unsure too."""
    there = after > LEAST
    safe = np.where(there, after, 1.0)
    found = np.minimum((np.sqrt(doubt) * before) ** 2 + spread**2, before**2) / safe**2
    return np.where(there & (spread > 0), np.round(found, 9), doubt)


def _told(queue: str, by: str, share: float, contacts: float) -> Message:
    values = {
        "queue": queue,
        "by": by,
        "share": share_text(share),
        "contacts": number_text(round(contacts, 1)),
    }
    return Message("unstaffed.answered", values)
