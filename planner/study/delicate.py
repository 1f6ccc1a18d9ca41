"""Which shifts of a rota can least be missed: a cheap screen before anything is simulated."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from planner.study.one_fewer import OneFewer, judged_quarters

if TYPE_CHECKING:
    from planner.demand import Volumes
    from planner.requirement import Backlog, Need
    from planner.rota import Shift
    from planner.study.scenario import Scenario

_DELICATE = 0.5
"""Deferred work is delicate when more than this share of what may still wait stands undone."""
Key = tuple[str, date]


def sets_of(need: Need, scenario: Scenario) -> list[frozenset[str]]:
    """Sets of queues whose people the screen counts: listed ones, singles, and those of deferred work."""
    names = {queue.name for queue in scenario.queues}
    wanted = [
        *(its for its in need.sets if its <= names),
        *(frozenset({queue.name}) for queue in scenario.queues),
        *(its for row in need.backlogs for its, _ in row.limits if its <= names),
    ]
    return list(dict.fromkeys(wanted))


def screened(fewer: OneFewer, volumes: Volumes, need: Need, scenario: Scenario) -> tuple[Shift, ...]:
    """Shifts in the order of how delicate they are, one for each person and day.

    The most delicate of each queue come first, then all others by the sum over queues. A shift is delicate
    for a live queue when many contacts are expected while few people are left beyond those needed: contacts
    weigh 1 where nobody is left, 1/2 where just enough are, 1/3 with one to spare, and so on, with the spare
    of the tightest listed set that holds the queue. It is delicate for a deferred queue by the hours that
    work would stand undone beyond half of what may still wait (see ``Backlog``), in contacts.
    """
    names = [queue.name for queue in scenario.queues]
    spare = _Spare(fewer, volumes, need, scenario)
    flows = [_Flow(row, fewer, need) for row in need.backlogs if _known(row, fewer)]
    units = {queue.name: max(1.0, queue.aht_seconds / 15) for queue in scenario.queues}
    scores: dict[Key, np.ndarray] = {}
    first: dict[Key, Shift] = {}
    for shift in fewer.shifts:
        mine = fewer.mine(shift)
        score = spare.of(mine)
        for flow in flows:
            hours = flow.undone(mine)
            for q, queue in enumerate(scenario.queues):
                if queue.name in flow.row.queues:
                    score[q] = max(score[q], hours / units[queue.name])
        key = (shift.agent, shift.day)
        scores[key] = scores[key] + score if key in scores else score
        first.setdefault(key, shift)
    return tuple(first[key] for key in _order(scores, len(names)))


def _order(scores: dict[Key, np.ndarray], queues: int) -> Sequence[Key]:
    ranked = [key for key in scores if scores[key].sum() > 0]
    of_queues = []
    for q in range(queues):
        mine = [key for key in ranked if scores[key][q] > 0]
        of_queues += [max(mine, key=lambda key: (float(scores[key][q]), key))] if mine else []
    ranked.sort(key=lambda key: (-float(scores[key].sum()), key))
    return list(dict.fromkeys([*of_queues, *ranked]))


def _known(row: Backlog, fewer: OneFewer) -> bool:
    return all(its in fewer.sets for its, _ in row.limits)


class _Spare:
    """Contacts of each queue while a shift gives one of few people."""

    def __init__(self, fewer: OneFewer, volumes: Volumes, need: Need, scenario: Scenario) -> None:
        names, step = [queue.name for queue in scenario.queues], need.quarters_per_interval
        required = np.zeros_like(fewer.everybody)
        for row, its in enumerate(fewer.sets):
            if its in need.sets:
                required[row] = np.repeat(need.required[need.sets.index(its)], step)
        self.left_over = fewer.everybody - required
        self.everybody = fewer.everybody
        self.contacts = np.repeat(volumes.mean / step, step, axis=1)
        self.is_open = judged_quarters(need, scenario, names)
        self.alone = [fewer.sets.index(frozenset({name})) for name in names]
        self.holds = [
            [row for row, its in enumerate(fewer.sets) if name in its and its in need.sets] or [alone]
            for name, alone in zip(names, self.alone, strict=True)
        ]

    def of(self, mine: np.ndarray) -> np.ndarray:
        """A score for each queue."""
        score = np.zeros(len(self.alone))
        for q, alone in enumerate(self.alone):
            there = np.flatnonzero((mine[alone] > 0) & self.is_open[q])
            if len(there):
                left_over = self.left_over[self.holds[q]] - mine[self.holds[q]]
                spare = left_over[:, there].min(axis=0)
                nobody = self.everybody[alone, there] == mine[alone, there]
                weight = np.where(nobody, 1.0, 1 / (2 + np.maximum(spare, 0)))
                score[q] = float((self.contacts[q, there] * weight).sum())
        return score


class _Flow:
    """Deferred work of one row of a need, flowing through the people of a rota."""

    def __init__(self, row: Backlog, fewer: OneFewer, need: Need) -> None:
        self.row, self.step = row, need.quarters_per_interval
        self.hours = need.interval_minutes / 60
        self.limits = [(fewer.sets.index(its), taken) for its, taken in row.limits]
        self.everybody = {index: fewer.everybody[index] for index, _ in self.limits}
        self.arriving = row.arriving.tolist()
        self.calm = (_DELICATE * row.not_due).tolist()
        self.capacity = self._capacity(None)
        self.undone_before = self._walk(0, row.carried_in, self.capacity.tolist(), None)

    def _capacity(self, mine: np.ndarray | None) -> np.ndarray:
        """Units that people can do in each interval, by the tightest limit."""
        parts = []
        for index, taken in self.limits:
            people = self.everybody[index] if mine is None else self.everybody[index] - mine[index]
            parts.append(self.row.per_person * people.reshape(-1, self.step).min(axis=1) - taken)
        tightest: np.ndarray = np.maximum(0, np.min(parts, axis=0))
        return tightest

    def _walk(
        self, start: int, undone: float, capacity: list[float], until: Sequence[float] | None
    ) -> list[float]:
        """Undone work at the end of each interval, up to where it is as much as in another walk again."""
        found = []
        for k in range(start, len(self.arriving)):
            undone = max(0.0, undone + self.arriving[k] - capacity[k - start])
            found.append(undone)
            if until is not None and undone <= until[k] and k >= self.same_from:
                break
        return found

    def undone(self, mine: np.ndarray) -> float:
        """Hours that work stands undone beyond half of what may wait, more than with everybody, in units."""
        capacity = self._capacity(mine)
        changed = np.flatnonzero(capacity != self.capacity)
        if not len(changed):
            return 0.0
        start, self.same_from = int(changed[0]), int(changed[-1])
        before = self.undone_before[start - 1] if start else self.row.carried_in
        walked = self._walk(start, before, capacity[start:].tolist(), self.undone_before)
        span = range(start, start + len(walked))
        more: float = sum(
            max(0.0, undone - self.calm[k]) - max(0.0, self.undone_before[k] - self.calm[k])
            for k, undone in zip(span, walked, strict=True)
        )
        return more * self.hours
