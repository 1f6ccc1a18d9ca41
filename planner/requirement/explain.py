"""Why so many people: a row for each set and interval of the need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from planner.clock import local_text, quarter_at, utc_text
from planner.demand import Volumes
from planner.requirement.live import LiveNeed

if TYPE_CHECKING:
    import pandas as pd

Kind = Literal["live", "deferred", "on call", "presence", "planned"]


@dataclass(frozen=True, eq=False)
class Row:
    """One listed set of the need, with what explains it.

    Attributes
    ----------
    load: erlang; of a deferred queue all its work, spread over its arrivals; of planned work its people.
    presence, gross: minimum on duty and required people in each interval.
    live: people at work, for live sets.
    away: people whom planned work keeps, for sets that have some.
    sum_of: people at work for queues that share nobody, where they are added up.
    free: of a role, how often somebody on call is free.
    works: how many of the queues are planned work, beside live ones.
    """

    queues: frozenset[str]
    kind: Kind
    load: np.ndarray
    presence: np.ndarray
    gross: np.ndarray
    is_open: np.ndarray
    live: LiveNeed | None = None
    away: np.ndarray | None = None
    sum_of: np.ndarray | None = None
    free: np.ndarray | None = None
    works: int = 0

    def at_least(self, presence: np.ndarray) -> Row:
        """The row with a further minimum on duty."""
        return replace(
            self,
            presence=np.maximum(self.presence, presence),
            gross=np.maximum(self.gross, presence),
            is_open=self.is_open | (presence > 0),
        )

    @property
    def net(self) -> np.ndarray:
        """People at work, before shrinkage; deferred work is placed by the rota model."""
        net = np.zeros(len(self.load), dtype=np.int64) if self.live is None else self.live.net
        if self.sum_of is not None:
            net = self.sum_of
        return net if self.away is None else np.where(self.is_open, net + self.away, 0)

    @property
    def method(self) -> str:
        """Formula behind the row."""
        more = " and planned work" if self.kind == "planned" else ""
        if self.sum_of is not None:
            return "added up" + more
        if self.live is not None:
            pooled = len(self.queues) - self.works > 1
            return self.live.method + (" pooled" if pooled else "") + more
        return {"deferred": "backlog", "planned": "planned work"}.get(self.kind, self.kind)

    @property
    def predicted(self) -> np.ndarray:
        """Service level that the net people give; NaN where no live contact comes."""
        levels = self.free if self.live is None else self.live.predicted()
        found: np.ndarray = np.where(self.is_open, np.nan if levels is None else levels, np.nan)
        return found

    @property
    def reason(self) -> np.ndarray:
        """What binds.

        One of closed, no contacts, presence, service level, abandonment, occupancy, backlog, planned work.
        """
        if self.kind == "planned":
            return np.where(self.is_open, "planned work", "closed").astype(object)
        base = {"deferred": "backlog", "live": "service level"}.get(self.kind, "no contacts")
        reason = np.where(self.load > 0, base, "no contacts").astype(object)
        if self.live is not None:
            reason = np.where(self.live.net > 0, self.live.binding, reason)
        reason = np.where((self.presence > 0) & (self.presence >= self.gross), "presence", reason)
        return np.where(self.is_open, reason, "closed")


def explain(rows: Sequence[Row], order: Sequence[str], volumes: Volumes, zone: str) -> pd.DataFrame:
    """The long frame behind ``requirement.csv``, sets in the order of the need.

    Columns: interval (index), interval_start (UTC text), interval_local (with offset), set (names
    joined by " + "), load_erlangs, net, presence, gross, reason, method, predicted_service (service
    level, as promised, that the net people give; of a role how often somebody on call is free; NaN
    where nobody comes).
    """
    import pandas as pd

    count = volumes.intervals
    step = volumes.interval_minutes // 15
    starts = [quarter_at(volumes.first_quarter + k * step) for k in range(count)]
    return pd.DataFrame(
        {
            "interval": np.tile(np.arange(count), len(rows)),
            "interval_start": [utc_text(at) for at in starts] * len(rows),
            "interval_local": [local_text(at, zone) for at in starts] * len(rows),
            "set": _repeated([set_text(row.queues, order) for row in rows], count),
            "load_erlangs": np.concatenate([row.load for row in rows]),
            "net": np.concatenate([row.net for row in rows]),
            "presence": np.concatenate([row.presence for row in rows]),
            "gross": np.concatenate([row.gross for row in rows]),
            "reason": np.concatenate([row.reason for row in rows]),
            "method": _repeated([row.method for row in rows], count),
            "predicted_service": np.concatenate([row.predicted for row in rows]),
        }
    )


def _repeated(texts: Sequence[str], times: int) -> np.ndarray:
    """Each text so often, without room for the longest in every row."""
    found: np.ndarray = np.repeat(np.array(texts, dtype=object), times)
    return found


def set_text(queues: frozenset[str], order: Sequence[str]) -> str:
    """Names of a set in the scenario's order, joined by " + ".

    Examples
    --------
    >>> set_text(frozenset({"phone", "email"}), ("phone", "email"))
    'phone + email'
    """
    known = [name for name in order if name in queues]
    return " + ".join(known + sorted(queues - set(known)))
