"""Where a queue's history starts late, ends early, fades at its edges or changes its level for good."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from planner.demand.checks.unusual import spread

EDGE_DAYS = 42  # a longer slope is no edge, but growth or decline
THIN, FULL = 0.5, 0.85
THIN_OUT = 5.0
LATE_DAYS = 28  # days without any contact before a queue opened
LATE_CONTACTS = 20.0  # that would have come in them: chance cannot leave so many out
STEP_WEEKS = 6
STEP_TIMES = 1.35
STEP_OUT = 7.0
# So much of the change happens from one week to the next two: else it is a slope.
SUDDEN = 0.6


class Step(NamedTuple):
    """A change of level: first column of the new one, contacts a week before and after."""

    column: int
    before: float
    after: float


def thin_start(counts: np.ndarray) -> int:
    """Days to leave out at the start, because they hold less than half of what follows; 0: none.

    Exports filtered by the last update hold, of older days, only tickets that were touched later.

    Examples
    --------
    >>> thin_start(np.array([2.0] * 10 + [50.0] * 90)), thin_start(np.full(100, 50.0))
    (10, 0)
    """
    weeks = _means(counts)
    if len(weeks) < EDGE_DAYS:
        return 0
    level = float(np.nanmedian(weeks[28:84])) if len(weeks) > 28 else float("nan")
    if not level > 0 or not weeks[0] < THIN * level:
        return 0
    if spread(np.array(7 * weeks[0]), np.array(7 * level)) > -THIN_OUT:
        return 0
    full = np.flatnonzero(weeks[: EDGE_DAYS + 1] >= FULL * level)
    if not len(full):
        return 0
    day = int(full[0])
    while day + 14 < len(counts) and counts[day] < THIN * min(counts[day + 7], counts[day + 14]):
        day += 1  # the last thin days hide in a week that is full otherwise
    return day


def _means(counts: np.ndarray) -> np.ndarray:
    """Mean of the seven days from each on; days that are missing are not counted."""
    known = np.isfinite(counts)
    sums = np.convolve(np.where(known, counts, 0.0), np.ones(7), "valid")
    seen = np.convolve(known.astype(float), np.ones(7), "valid")
    return np.where(seen >= 4, sums / np.maximum(seen, 1), np.nan)


def opened_at(counts: np.ndarray) -> int:
    """Column from which a queue has contacts, where it had none for long before; 0: from the start.

    Examples
    --------
    >>> opened_at(np.array([0.0] * 60 + [3.0, 0.0] * 40)), opened_at(np.full(90, 0.2))
    (60, 0)
    """
    come = np.flatnonzero(np.nan_to_num(counts) > 0)
    if not len(come) or come[0] < LATE_DAYS:
        return 0
    first = int(come[0])
    later = np.nanmean(counts[first : first + 56])
    before = int(np.isfinite(counts[:first]).sum())
    return first if later * before >= LATE_CONTACTS and len(counts) - first >= LATE_DAYS else 0


def last_steps(counts: np.ndarray, first: int) -> list[Step]:
    """Changes of level that stay, in order of time.

    Six weeks before are held against six after, by medians, so that single weeks do not count; the noise of
    a week is read from the differences of neighbours.

    Parameters
    ----------
    counts: of one queue by day.
    first: a column that is a Monday.
    """
    whole = (len(counts) - first) // 7
    if whole < 2 * STEP_WEEKS:
        return []
    weeks = counts[first : first + 7 * whole].reshape(whole, 7)
    known = np.isfinite(weeks).sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        totals = np.where(known >= 4, np.nansum(weeks, axis=1) * 7 / known, np.nan)
    root = 2 * np.sqrt(totals + 0.375)
    jumps = np.abs(np.diff(root))
    noise = max(1.0, 1.4826 * float(np.nanmedian(jumps)) / np.sqrt(2)) if np.isfinite(jumps).any() else 1.0
    # The median of six has a standard deviation of 1.25 / sqrt(6) of one.
    wide = noise * 1.25 * np.sqrt(2 / STEP_WEEKS)
    found: list[tuple[float, Step]] = []
    for week in range(STEP_WEEKS, whole - STEP_WEEKS + 1):
        low, high = root[week - STEP_WEEKS : week], root[week : week + STEP_WEEKS]
        if np.isfinite(low).sum() < 4 or np.isfinite(high).sum() < 4:
            continue
        change = float(np.nanmedian(high) - np.nanmedian(low))
        sudden = float(np.nanmean(high[:2]) - np.nanmean(low[-2:]))
        before = float(np.nanmedian(totals[week - STEP_WEEKS : week]))
        after = float(np.nanmedian(totals[week : week + STEP_WEEKS]))
        times = max(before, after) / max(min(before, after), 0.5)
        if abs(change) >= STEP_OUT * wide and times >= STEP_TIMES and sudden / change >= SUDDEN:
            found.append((abs(change), Step(first + 7 * week, before, after)))
    known = totals[np.isfinite(totals)][-STEP_WEEKS:]
    now = float(np.median(known)) if len(known) else 0.0
    return [step for step in _apart(found) if _holds(step, now)]


def _holds(step: Step, now: float) -> bool:
    """Whether the last weeks are nearer to the level after a step than to that before: else it went back."""
    before, after, last = (np.log(max(level, 0.5)) for level in (step.before, step.after, now))
    return bool(abs(last - after) < abs(last - before))


def _apart(found: list[tuple[float, Step]]) -> list[Step]:
    """The largest of those that are near one another."""
    kept: list[Step] = []
    for _, step in sorted(found, key=lambda pair: (-pair[0], pair[1].column)):
        if all(abs(step.column - other.column) >= 7 * STEP_WEEKS for other in kept):
            kept.append(step)
    return sorted(kept)
