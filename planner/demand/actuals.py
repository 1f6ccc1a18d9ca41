"""A forecast against what came later: errors, bands, and whether the level has moved. Nothing is fitted."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from planner.clock import day_starts, local_at, quarter_of
from planner.demand.arrivals import History, Volumes
from planner.demand.backtesting import noise_floor
from planner.demand.curve.bands import GRAINS, Grain, grain_of, unit_band
from planner.demand.curve.drawing import draws
from planner.demand.queue import LIVE_CHANNELS, Queue
from planner.demand.told.pilot import Learnt, unevenness_of, update

DRAWS = 1000
# A level that no forecast of its kind would miss by so much more often than this has moved.
SURE = 0.95
PRINTED_FROM = 2.0


@dataclass(frozen=True)
class Came:
    """What came on the intervals of a forecast.

    Attributes
    ----------
    counts: contacts, shape (queues, intervals); counts by the hour stand in its first interval.
    seen: intervals on days that the later history holds from end to end.
    """

    counts: np.ndarray
    seen: np.ndarray


@dataclass(frozen=True)
class Score:
    """How a queue's forecast did at one grain.

    Attributes
    ----------
    units: hours, shifts, days or weeks, all of them seen to the end.
    came, expected: contacts in them. error, bias: as shares of what came; error is NaN for hours that bring
        fewer than 2 contacts.
    floor_ratio: error over that which chance alone forces, 1 is the best. inside: share of units inside the
        band that 8 of 10 should lie in.
    """

    grain: Grain
    units: int
    came: float
    expected: float
    error: float
    bias: float
    floor_ratio: float
    inside: float


@dataclass(frozen=True)
class LevelTest:
    """Whether the level is another than the forecast's.

    Attributes
    ----------
    ratio: came over expected, in all. sure: how rarely a right forecast strays as far, as 1 - p, of the total
        or of the running sum, whichever says more.
    moved: whether that is beyond doubt. since: index of the day after which the running sum turned, where it
        is the running sum that says so; else None.
    """

    ratio: float
    sure: float
    moved: bool
    since: int | None = None


@dataclass(frozen=True)
class QueueActuals:
    """One queue: its scores, its level, and its new hours (None: it has none)."""

    queue: str
    scores: tuple[Score, ...]
    level: LevelTest
    new_hours: Learnt | None = None


def came_to(history: History, volumes: Volumes, zone: str) -> Came:
    """Contacts of a later history on the intervals of a forecast; days it holds in part do not count.

    Parameters
    ----------
    history: read with the same queues. zone: clock of the days.
    """
    step = volumes.interval_minutes // 15
    first, end = quarter_of(history.observed_from), quarter_of(history.observed_until)
    last = volumes.first_quarter + volumes.intervals * step
    counts = np.zeros((len(volumes.queues), volumes.intervals))
    frame = history.frame
    if len(frame):
        seconds = frame["interval_start"].dt.tz_localize(None).astype("datetime64[s]").astype("int64")
        at = (seconds.to_numpy() // 900 - volumes.first_quarter) // step
        for row, name in enumerate(volumes.queues):
            mine = (frame["queue"] == name).to_numpy() & (at >= 0) & (at < volumes.intervals)
            arrivals = frame["arrivals"].to_numpy(dtype=np.float64)[mine]
            counts[row] = np.bincount(at[mine], weights=arrivals, minlength=volumes.intervals)
    lost = [(quarter_of(start), quarter_of(stop)) for start, stop in history.missing]
    first_day = local_at(volumes.first_quarter, zone).date()
    starts = day_starts(first_day, int(volumes.day_of.max(initial=-1)) + 1, zone)
    whole = [
        first <= start
        and stop <= end
        and start >= volumes.first_quarter
        and stop <= last
        and not any(a < stop and b > start for a, b in lost)
        for start, stop in pairwise(starts)
    ]
    return Came(counts, np.array(whole, dtype=bool)[volumes.day_of] if whole else volumes.day_of < 0)


def against(volumes: Volumes, came: Came, queues: Sequence[Queue], seed: int = 1) -> tuple[QueueActuals, ...]:
    """Hold a forecast against what came, queue by queue.

    Of a live queue only the intervals count in which something is expected: when it is closed, whoever leaves
    a message was not forecast.

    Parameters
    ----------
    seed: of the draws that say how far a right forecast strays.

    Examples
    --------
    >>> from planner.demand import Promise, Queue, typical_volumes
    >>> queue = Queue("email en", "email", "en", 600, Promise(0.9, 7200))
    >>> weeks = typical_volumes(100, queue, first_quarter=1972032, intervals=672, zone="UTC")
    >>> came = Came(np.round(1.5 * weeks.mean), np.ones(672, dtype=bool))
    >>> (found,) = against(weeks, came, [queue])
    >>> found.level.moved, round(found.level.ratio, 1), [score.units for score in found.scores]
    (True, 1.5, [336, 42, 14, 2])
    """
    channels = {queue.name: queue.channel for queue in queues}
    drawn = draws(replace(volumes, week_of=np.zeros_like(volumes.week_of)), DRAWS, seed)
    found = []
    for row, name in enumerate(volumes.queues):
        live = channels[name] in LIVE_CHANNELS
        counted = came.seen & (volumes.mean[row] > 0) if live else came.seen
        new = counted & volumes.borrowed[row] if volumes.borrowed is not None else None
        scores = tuple(_score(volumes, came, row, counted, grain) for grain in GRAINS)
        level = _level(volumes, came.counts[row], drawn[:, row], row, counted)
        found.append(QueueActuals(name, scores, level, _pilot(volumes, came, row, new)))
    return tuple(found)


def _score(volumes: Volumes, came: Came, row: int, counted: np.ndarray, grain: Grain) -> Score:
    unit = grain_of(volumes, grain)
    # A unit counts if the later history holds all of it; closed intervals of it are nothing on both sides.
    whole = np.bincount(unit, weights=~came.seen) == 0
    size = np.bincount(unit)
    whole &= size == size.max(initial=0)
    whole &= np.bincount(unit, weights=counted) > 0
    masked = replace(volumes, mean=np.where(counted, volumes.mean, 0.0))
    mean = np.bincount(unit, weights=masked.mean[row])[whole]
    real = np.bincount(unit, weights=np.where(counted, came.counts[row], 0.0))[whole]
    name = volumes.queues[row]
    low, high = (unit_band(masked, name, grain, share)[whole] for share in (0.1, 0.9))
    error, total = float(np.abs(real - mean).sum()), float(real.sum())
    floor = float(noise_floor(mean).sum())
    printed = total > 0 and (grain != "hour" or float(real.mean()) >= PRINTED_FROM)
    return Score(
        grain,
        int(whole.sum()),
        total,
        float(mean.sum()),
        error / total if printed else math.nan,
        (float(mean.sum()) - total) / total if total else math.nan,
        error / floor if floor > 0 else math.nan,
        float(((real >= low) & (real <= high)).mean()) if whole.any() else math.nan,
    )


def _level(
    volumes: Volumes, counts: np.ndarray, drawn: np.ndarray, row: int, counted: np.ndarray
) -> LevelTest:
    """Total and running sum of days against those of draws, whose weeks are all wrong alike."""
    expected = float(volumes.mean[row, counted].sum())
    if expected <= 0:
        return LevelTest(math.nan, 0.0, False)
    days, index = np.unique(volumes.day_of[counted], return_inverse=True)
    mean = np.bincount(index, weights=volumes.mean[row, counted])
    real = np.bincount(index, weights=counts[counted])
    each = np.apply_along_axis(lambda one: np.bincount(index, weights=one), 1, drawn[:, counted])
    total, totals = float(real.sum()), each.sum(axis=1)
    above = min(float((totals >= total).mean()), float((totals <= total).mean()))
    by_total = min(1.0, 2 * above)
    turned, sums = _running(real, mean), np.array([_running(one, mean)[0] for one in each])
    by_sum = float((sums >= turned[0]).mean())
    # Two looks at the same days: the smaller chance counts twice.
    chance = min(1.0, 2 * min(by_total, by_sum))
    sure = 1 - max(chance, 1 / DRAWS)
    late = by_sum < by_total and 0 < turned[1] < len(days)
    moved = sure >= SURE
    return LevelTest(total / expected, sure, moved, int(days[turned[1]]) if moved and late else None)


def _running(real: np.ndarray, mean: np.ndarray) -> tuple[float, int]:
    """Largest distance of the running sum from its own straight way, and the day where it turns (CUSUM)."""
    share = np.cumsum(mean) / mean.sum()
    gap = np.cumsum(real) - real.sum() * share
    place = int(np.abs(gap).argmax())
    return float(abs(gap[place])) / math.sqrt(float(mean.sum())), place + 1


def _pilot(volumes: Volumes, came: Came, row: int, new: np.ndarray | None) -> Learnt | None:
    """What came in borrowed hours, and what is now to be expected there."""
    if new is None or not new.any():
        return None
    assert volumes.doubt is not None
    mean = volumes.mean[row, new]
    doubt = float((mean * np.sqrt(volumes.doubt[row, new])).sum() / mean.sum()) ** 2
    spread = volumes.spread[volumes.queues[row]]
    weeks, days = len(np.unique(volumes.week_of[new])), len(np.unique(volumes.day_of[new]))
    uneven = unevenness_of(spread.week, spread.day, weeks, days)
    return update(float(came.counts[row, new].sum()), float(mean.sum()), doubt, uneven)
