"""What customers get at night: waits and kept promises of the contacts that come then, way by way.

All ways live through the same contacts, drawn from the same seed. Whoever is sent away at night, comes back
at opening, or wanted an answer on the line and got one elsewhere, counts as not kept. Call-outs are lived
through one by one: somebody on call answers within the time that the role states, or as soon as the
call-out before is done.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from planner.service import FEWEST_CONTACTS, Outcome, fates

if TYPE_CHECKING:
    from planner.service import Service
    from planner.study.scenario.parts import EscalationSaid

QUARTER = 900.0


@dataclass(frozen=True)
class NightService:
    """What becomes of contacts at night.

    Attributes
    ----------
    contacts_a_week: mean. median, nine_of_ten: seconds until an answer, of those who stay; None: too few.
    kept, low, high: share kept of all who came, and its 10th and 90th percentile over simulated periods.
    away: share of those sent away, gone, or asked to come back. promised: share that is to be kept.
    """

    contacts_a_week: float
    median: float | None
    nine_of_ten: float | None
    kept: float | None
    low: float | None
    high: float | None
    away: float
    promised: float


@dataclass(frozen=True)
class Lived:
    """Contacts of the night: period, seconds waited (NaN: no answer), whether kept, share promised."""

    replication: np.ndarray
    waited: np.ndarray
    kept: np.ndarray
    promised: np.ndarray

    def joined(self, other: Lived) -> Lived:
        """Both."""
        mine, others = vars(self), vars(other)
        return Lived(**{name: np.concatenate([mine[name], others[name]]) for name in mine})


def lived_at_night(service: Service, night: Mapping[str, np.ndarray], but: tuple[str, ...] = ()) -> Lived:
    """Contacts that came at night, those who came back at opening included.

    Parameters
    ----------
    night: quarter-hours of each queue that are its night, whether it is open then or not.
    but: queues that are left out.
    """
    r, fate = service.records, fates(service, "offered")
    quarter = np.minimum((r.arrived // QUARTER).astype(np.int64), service.open_.shape[1] - 1)
    came = np.zeros(len(r), dtype=bool)
    back = np.zeros(len(r), dtype=bool)
    for number, queue in enumerate(service.queues):
        if queue.name in but or not night[queue.name].any():
            continue
        mine = (r.offered_to == number) & ~r.carried
        came |= mine & night[queue.name][quarter]
        back |= mine & ~r.arrived_open & service.open_[number][quarter] & ~night[queue.name][quarter]
    chosen = (came & (fate.measured | (r.outcome == Outcome.TURNED_AWAY))) | back
    gone = back | (r.outcome == Outcome.TURNED_AWAY) | (r.outcome == Outcome.ABANDONED)
    waited = np.where(gone, np.nan, fate.waited)
    live = np.array([queue.handled_as == "live" for queue in service.queues], dtype=bool)
    elsewhere = live[r.offered_to] & (r.queue != r.offered_to)
    kept = fate.kept & ~gone & ~elsewhere
    promised = np.array([queue.promise.share for queue in service.queues])[r.offered_to]
    return Lived(r.replication[chosen], waited[chosen], kept[chosen], promised[chosen])


def called_out(
    staffed: Service, night: Mapping[str, np.ndarray], queues: tuple[str, ...], line: EscalationSaid
) -> Lived:
    """Contacts of queues at night, each answered by a call-out.

    Parameters
    ----------
    staffed: simulated with the queues open at night: its contacts are taken, at the times they came.
    """
    r = staffed.records
    quarter = np.minimum((r.arrived // QUARTER).astype(np.int64), staffed.open_.shape[1] - 1)
    parts = []
    for number, queue in enumerate(staffed.queues):
        if queue.name in queues:
            mine = np.flatnonzero((r.offered_to == number) & ~r.carried & night[queue.name][quarter])
            goal = np.broadcast_to([queue.promise.within_seconds, queue.promise.share], (len(mine), 2))
            parts.append(np.column_stack([r.replication[mine], r.arrived[mine], goal]))
    came = np.vstack(parts) if parts else np.zeros((0, 4))
    came = came[np.lexsort((came[:, 1], came[:, 0]))]
    waited = np.empty(len(came))
    reach, takes = line.reach.total_seconds(), line.takes.total_seconds()
    life, free = -1.0, np.zeros(line.people)
    for number, (replication, arrived, *_goal) in enumerate(came.tolist()):
        if replication != life:
            life, free = replication, np.zeros(line.people)
        who = int(np.argmin(free))
        begins = max(arrived + reach, float(free[who]))
        waited[number], free[who] = begins - arrived, begins + takes
    return Lived(came[:, 0].astype(np.int64), waited, waited <= came[:, 2] + 1e-6, came[:, 3])


def night_service(lived: Lived, replications: int, weeks: float) -> NightService | None:
    """Figures of the night; None where nobody came."""
    count = len(lived.waited)
    if not count:
        return None
    stayed = lived.waited[~np.isnan(lived.waited)]
    enough, all_enough = len(stayed) >= FEWEST_CONTACTS, count >= FEWEST_CONTACTS
    each = np.bincount(lived.replication, minlength=replications)
    kept = np.bincount(lived.replication, weights=lived.kept, minlength=replications)
    share = float(lived.kept.mean())
    shares = kept[each > 0] / each[each > 0]
    low, high = (float(value) for value in np.percentile(shares, [10, 90]))
    return NightService(
        count / replications / weeks,
        float(np.median(stayed)) if enough else None,
        float(np.percentile(stayed, 90)) if enough else None,
        share if all_enough else None,
        min(low, share) if all_enough else None,
        max(high, share) if all_enough else None,
        float(np.isnan(lived.waited).mean()),
        float(lived.promised.mean()),
    )
