"""What must hold between a forecast and the truth of a made world; each check is false for a wrong one.

Nothing here asks the planner's model for anything but its answer: means, bands and draws.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import numpy as np

from planner.demand import Volumes, draws, unit_band
from tests.proof.demand_world import Span, World, expected, history_of, queue_named, span

ORIGIN = date(2026, 3, 9)
GRAINS = ("hour", "shift", "day", "week")


def units(when: Span, grain: str) -> np.ndarray:
    """Index of the hour, third of a local day, day or week of each interval: counted from local midnights."""
    first = when.here[0].date()
    found: list[object] = []
    before: datetime | None = None
    hours = 0
    for at, here in zip(when.starts, when.here, strict=True):
        if before is None or here.date() != before.date():
            began = at
        hours = int((at - began).total_seconds()) // 3600
        day = (here.date() - first).days
        key = {"hour": at.replace(minute=0), "shift": (day, min(hours // 8, 2)), "day": day, "week": day // 7}
        found.append(key[grain])
        before = here
    order = {key: index for index, key in enumerate(dict.fromkeys(found))}
    return np.array([order[key] for key in found])


def miss_by_hour(volumes: Volumes, coming: Span, row: int = 0) -> float:
    """How much of the truth a forecast lays into wrong hours or days, its total put right."""
    mean = volumes.mean[row] * coming.due.sum() / volumes.mean[row].sum()
    return float(np.abs(mean - coming.due).sum() / coming.due.sum())


Covered = dict[tuple[str, float], float]


def coverage(
    world: World, seeds: range, shares: tuple[float, ...], days: int = 400, weeks: int = 4
) -> tuple[Covered, float]:
    """How often what came lay within bands, by grain and band, over worlds that differ by chance.

    And the mean of forecast over truth.
    """
    past, coming = span(world, ORIGIN - timedelta(days=days), days), span(world, ORIGIN, 7 * weeks)
    index = {grain: units(coming, grain) for grain in GRAINS}
    inside: dict[tuple[str, float], list[bool]] = {(grain, share): [] for grain in GRAINS for share in shares}
    ratios = []
    for seed in seeds:
        volumes = expected(history_of({"q": past.come(seed)}, past), [queue_named("q")], coming)
        ratios.append(float(volumes.mean.sum() / coming.due.sum()))
        came = coming.come(seed + 10_000)
        for grain, share in inside:
            sums = np.bincount(index[grain], weights=came)
            low, high = (unit_band(volumes, "q", grain, part) for part in ((1 - share) / 2, (1 + share) / 2))
            inside[grain, share] += ((low <= sums) & (sums <= high)).tolist()
    return {key: float(np.mean(found)) for key, found in inside.items()}, float(np.mean(ratios))


def drawn_outside(
    volumes: Volumes, coming: Span, share: float, lives: int = 300
) -> dict[str, tuple[float, float]]:
    """Share of drawn hours, shifts, days and weeks above the band's end, and at it or above, less its due.

    Of whole numbers the first is at most 0 and the second at least 0, if draws and bands agree.
    """
    found = draws(volumes, lives, seed=5)[:, 0, :]
    answer = {}
    for grain in GRAINS:
        index = units(coming, grain)
        sums = np.stack([np.bincount(index, weights=life) for life in found])
        end = unit_band(volumes, "q", grain, share)
        answer[grain] = tuple(float(lies.mean()) - (1 - share) for lies in (sums > end, sums >= end))
    return answer


def straight(points: list[tuple[date, float]], day: date) -> float:
    """Value on a day of a line through dated points."""
    times = [at.toordinal() for at, _ in points]
    return float(np.interp(day.toordinal(), times, [value for _, value in points]))


def steps_of(volumes: Volumes, queue: str) -> Iterator[tuple[str, float, float]]:
    """Kind, contacts and change of a queue's waterfall."""
    return ((step.kind, step.contacts, step.change) for step in volumes.steps if step.queue == queue)
