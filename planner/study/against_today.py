"""Opening hours held against today's: people, rules, and promises inside the added hours and in all.

One rule for every study that adds hours. People are covered where the rota found misses no more than today's
rota in all, and inside the added hours no larger share of the people asked for than today's rota misses of
all, or than a promise that is kept there leaves open (a fifth, where 80 % are promised): hours that are next
to unstaffed are not open. That people are missing is told only where a bound proves that every rota misses
more. Between the two lies what the search found but did not prove: a shortage that is not
distinguishable from today's, neither go nor no-go. Promises are those of the rota found, simulated.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite, nan
from typing import TYPE_CHECKING, Literal

import numpy as np

from planner.service import FEWEST_CONTACTS, kept_share
from planner.study.edges import left_out
from planner.study.longer_hours import newly_open
from planner.study.misses import TOLERANCE
from planner.study.next_hours.screening import asked_hours, people_of

if TYPE_CHECKING:
    from planner.study.at_promise import Worked

NOTHING = 0.005
"""Person-hours missing that are none."""

Kind = Literal["rules", "missing", "promise", "elsewhere", "unsure", "inside", "few", "covered", "kept"]
_NO: tuple[Kind, ...] = ("rules", "missing", "promise", "elsewhere")
_YES: tuple[Kind, ...] = ("covered", "kept")


@dataclass(frozen=True)
class Against:
    """What came of it.

    Attributes
    ----------
    kind: "rules": more are broken. "missing": every rota surely misses more. "promise": missed inside the
        added hours. "elsewhere": missed more than today in all hours of a queue. "unsure": the rota found
        misses more in all, unproven. "inside": it does in the added hours only. "few": nobody is missing, too
        few contacts to tell of the promise. "covered": nobody is missing, no contacts are stated. "kept":
        nobody is missing, promises kept.
    inside: person-hours missing in the added hours, more than today in the same ones. allowed: so many may.
    queue, kept, promised: the queue told of, its share kept and its promise; NaN: too few contacts.
    """

    kind: Kind
    inside: float
    allowed: float
    queue: str
    kept: float
    promised: float

    @property
    def go(self) -> bool | None:
        """Go, no-go, or None: not known."""
        return True if self.kind in _YES else False if self.kind in _NO else None

    @property
    def fits(self) -> bool:
        """Whether nobody is missing and no promise is seen to be missed, be it for too few contacts."""
        return self.kind in (*_YES, "few")


def against_today(today: Worked, made: Worked, may_miss: float = 0.0) -> Against:
    """Hold some hours against today's.

    Parameters
    ----------
    may_miss: person-hours of the period that may be missing beyond today's, in all and in the added hours.
    """
    inside, asked = missing_inside(today, made)
    queue, kept, promised = kept_least(today, made)
    left_open = 1 - promised if isfinite(kept) else 0.0
    allowed = asked * max(_missing_share(today), left_open) + may_miss
    worse = made.worse_promise(today)
    kind: Kind
    if made.broken > today.broken:
        kind = "rules"
    elif surely_missing(today, made, may_miss):
        kind = "missing"
    elif isfinite(kept) and kept < promised - TOLERANCE:
        kind = "promise"
    elif worse:
        kind, queue, kept = "elsewhere", worse, made.kept[worse]
        promised = next(each.promise.share for each in made.scenario.queues if each.name == worse)
    elif made.missing_hours > today.missing_hours + may_miss + NOTHING:
        kind = "unsure"
    elif inside > allowed + NOTHING:
        kind = "inside"
    elif made.volumes is None:
        kind = "covered"
    else:
        kind = "kept" if isfinite(kept) else "few"
    return Against(kind, inside, allowed, queue, kept, promised)


def surely_missing(today: Worked, made: Worked, may_miss: float = 0.0) -> bool:
    """Whether every rota is proven to miss more than today's rota does."""
    return made.bound is not None and made.bound > today.missing_hours + may_miss + NOTHING


def _missing_share(today: Worked) -> float:
    """Share of the person-hours asked for that is missing."""
    asked = asked_hours(today.need)
    return min(1.0, today.missing_hours / asked) if asked else 0.0


def missing_inside(today: Worked, made: Worked) -> tuple[float, float]:
    """Person-hours of the period missing and asked for in newly open hours, beyond today's in these hours.

    Another queue may be open there already and short today; whoever is missing elsewhere does not count.
    """
    step, intervals = made.need.quarters_per_interval, made.need.intervals
    new = np.zeros(intervals, dtype=bool)
    for queue in made.scenario.queues:
        masks = [
            each.scenario.opening[queue.name].mask(made.need.first_quarter, intervals * step)
            for each in (today, made)
        ]
        new |= (masks[1] & ~masks[0]).reshape(-1, step).any(axis=1)
    if not new.any():
        return 0.0, 0.0
    hours = made.need.interval_minutes / 60
    missing = float(made.cover.short[new].sum()) - float(today.cover.short[new].sum())
    asked = float(people_of(made.need)[new].sum()) - float(people_of(today.need)[new].sum())
    return max(0.0, missing) * hours, max(0.0, asked) * hours


def kept_least(today: Worked, made: Worked) -> tuple[str, float, float]:
    """The queue that keeps least of its promise in newly open hours: its name, share kept and promise.

    The share is NaN where too few contacts are simulated to tell.
    """
    if made.volumes is None or made.service is None:
        return "", nan, nan
    new = newly_open(made.volumes, today.scenario, made.scenario)
    out = left_out(made.need, made.scenario)
    found = []
    for row, queue in enumerate(made.scenario.queues):
        hours = new[row] & ~out[made.need.queues.index(queue.name)]
        expected = float(made.volumes.mean[row][hours].sum()) * made.service.replications
        if hours.any():
            kept = kept_share(made.service, hours, queue.name) if expected >= FEWEST_CONTACTS else nan
            found.append((queue.name, kept, queue.promise.share))
    known = [each for each in found if isfinite(each[1])] or found
    return min(
        known, key=lambda each: each[1] - each[2] if isfinite(each[1]) else 0.0, default=("", nan, nan)
    )
