"""What is still pending from the last duties: their ends, as far as a Gap or a Rest may look back to them.

The instants that can still bind before a day are its slots, a small deterministic automaton over
options: exact across clock changes, because it holds absolute quarter-hours. Slots that mean the same
for all days to come are one slot.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

FAR = np.int64(2**60)
NEVER = -(2**40)
MINUTES = 15


@dataclass(frozen=True, eq=False)
class Timer:
    """The end of the latest duty of a kind.

    Attributes
    ----------
    starts_it: per option, whether its end is remembered.
    clears_it: per option, whether what was remembered is forgotten.
    """

    starts_it: np.ndarray
    clears_it: np.ndarray


@dataclass(frozen=True, eq=False)
class Look:
    """One question to a timer: a Gap (``price`` per minute, None hard), how often, or a Rest in a window.

    Attributes
    ----------
    asks: per option, whether its start is held against the timer.
    window: (start quarter, end quarter, last day) of a Rest; None for a Gap. count: rests wanted.
    counts: (first day, last day) of a Gap that is only counted. What it "finds" is 1, or 0 for a start
        that comes too soon, so that more is better as with rests.
    """

    timer: int
    asks: np.ndarray
    minutes: int
    price: int | None = None
    window: tuple[int, int, int] | None = None
    count: int = 1
    counts: tuple[int, int] | None = None

    @property
    def feeds(self) -> bool:
        """Whether it tells a counter what it finds."""
        return self.window is not None or self.counts is not None

    @property
    def quarters(self) -> int:
        """Whole quarter-hours after which nothing more is to be had."""
        return -(-self.count * self.minutes // MINUTES)

    def rests(self, quarters: np.ndarray) -> np.ndarray:
        """Rests in so many quarter-hours; one of twice the length counts twice."""
        counted: np.ndarray = np.clip(quarters * MINUTES // self.minutes, 0, self.count)
        return counted


@dataclass(frozen=True, eq=False)
class SlotDay:
    """Slots before a day, and where its options lead.

    Attributes
    ----------
    pen: cents of option o out of slot e, FAR if forbidden. found: rests that this ends, per Rest.
    after: slot after the day. off_found, off_after: the same without a duty.
    """

    pen: np.ndarray
    found: np.ndarray
    after: np.ndarray
    off_found: np.ndarray
    off_after: np.ndarray


def slot_days(
    timers: Sequence[Timer],
    looks: Sequence[Look],
    first: Sequence[int],
    days: Sequence[np.ndarray],
    start: np.ndarray,
    end: np.ndarray,
) -> tuple[SlotDay, ...]:
    """The automaton of slots; ``days`` lists the options of each day, ``first`` the timers before day 0."""
    relevant = _relevance(looks, days, start)
    rows = _settled(np.array([first], np.int64), 0, timers, looks, relevant)
    made = []
    for day, options in enumerate(days):
        pen, found = _ask(looks, rows, options, start, day)
        after = np.repeat(rows[:, None, :], len(options), axis=1)
        for g in range(len(timers)):
            kept = np.where(timers[g].clears_it[options], NEVER, after[:, :, g])
            after[:, :, g] = np.where(timers[g].starts_it[options], np.maximum(kept, end[options]), kept)
        off_found = np.zeros((len(rows), found.shape[2]), np.int64)
        _close_windows(looks, rows, after, found, off_found, day)
        flat = np.concatenate([after.reshape(-1, len(timers)), rows])
        flat = _settled(flat, day + 1, timers, looks, relevant)
        index, inverse = row_ids(flat)
        to = inverse[: after.shape[0] * after.shape[1]].reshape(after.shape[:2])
        made.append(SlotDay(pen, found, to, off_found, inverse[len(inverse) - len(rows) :]))
        rows = flat[index]
    return _merged(made)


def _relevance(looks: Sequence[Look], days: Sequence[np.ndarray], start: np.ndarray) -> np.ndarray:
    """Earliest start that a look may still ask about, from each day on; shape (looks, days + 1)."""
    earliest = np.full((len(looks), len(days) + 1), FAR)
    for i, look in enumerate(looks):
        for day in reversed(range(len(days))):
            asked = days[day][look.asks[days[day]]]
            now = start[asked].min() if len(asked) else FAR
            earliest[i, day] = min(now, earliest[i, day + 1])
    return earliest


def _settled(
    rows: np.ndarray, day: int, timers: Sequence[Timer], looks: Sequence[Look], earliest: np.ndarray
) -> np.ndarray:
    """Timers that no later day can notice become NEVER."""
    binds = np.zeros(rows.shape, bool)
    for i, look in enumerate(looks):
        value = rows[:, look.timer]
        late = value + look.quarters > earliest[i, day]
        if look.window is not None:
            opens, closes, last = look.window
            late = (late | (value + look.quarters > closes)) & (value > opens) & (day <= last)
        binds[:, look.timer] |= late
    return np.where(binds, rows, NEVER)


def _ask(
    looks: Sequence[Look], rows: np.ndarray, options: np.ndarray, start: np.ndarray, day: int
) -> tuple[np.ndarray, np.ndarray]:
    rests = sum(look.feeds for look in looks)
    pen = np.zeros((len(rows), len(options)), np.int64)
    found = np.zeros((len(rows), len(options), rests), np.int64)
    r = 0
    for look in looks:
        value, begin, asks = rows[:, look.timer, None], start[options][None, :], look.asks[options]
        if look.window is not None:
            opens, closes, last = look.window
            rests_before = look.rests(np.minimum(begin, closes) - np.maximum(value, opens))
            found[:, :, r] = np.where(asks & (day <= last), rests_before, 0)
            r += 1
        elif look.counts is not None:
            soon = asks & (begin - value < look.quarters)
            found[:, :, r] = ~(soon & (look.counts[0] <= day <= look.counts[1]))
            r += 1
        elif look.price is None:
            pen[asks & (begin - value < look.quarters)] = FAR
        else:
            short = np.maximum(look.minutes - MINUTES * (begin - value), 0)
            pen += np.where(asks & (pen < FAR), short * look.price, 0)
    return np.minimum(pen, FAR), found


def _close_windows(
    looks: Sequence[Look],
    rows: np.ndarray,
    after: np.ndarray,
    found: np.ndarray,
    off_found: np.ndarray,
    day: int,
) -> None:
    """On the last day of a window, the rest that is still open counts too."""
    for r, look in enumerate(look for look in looks if look.feeds):
        if look.window is None:
            off_found[:, r] = 1
            continue
        opens, closes, last = look.window
        if day == last:
            found[:, :, r] += look.rests(closes - np.maximum(after[:, :, look.timer], opens))
            found[:, :, r] = np.minimum(found[:, :, r], look.count)
            off_found[:, r] += look.rests(closes - np.maximum(rows[:, look.timer], opens))


def _merged(made: Sequence[SlotDay]) -> tuple[SlotDay, ...]:
    """Backwards: slots with the same future become one."""
    merged: list[SlotDay] = []
    names = np.zeros(
        1 + max((int(made[-1].off_after.max(initial=0)), int(made[-1].after.max(initial=0)))), np.int64
    )
    for day in reversed(made):
        after, off_after = names[day.after], names[day.off_after]
        slots = len(off_after)
        open_after = np.where(day.pen < FAR, after, -1)
        open_found = np.where((day.pen < FAR)[:, :, None], day.found, 0)
        rows = np.concatenate(
            [day.pen, open_after, open_found.reshape(slots, -1), day.off_found, off_after[:, None]], axis=1
        )
        index, names = row_ids(rows)
        merged.append(
            SlotDay(day.pen[index], open_found[index], after[index], day.off_found[index], off_after[index])
        )
    return tuple(reversed(merged))


def row_ids(rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """First position of each distinct row, and the number of the distinct row that each row is."""
    if rows.shape[1] == 0:
        return np.zeros(min(1, len(rows)), np.int64), np.zeros(len(rows), np.int64)
    whole = np.ascontiguousarray(rows, np.int64)
    key = whole[:, 0] if whole.shape[1] == 1 else whole.view(np.dtype((np.void, whole.shape[1] * 8))).ravel()
    _values, index, inverse = np.unique(key, return_index=True, return_inverse=True)
    return index.astype(np.int64), inverse.ravel().astype(np.int64)
