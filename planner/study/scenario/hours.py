"""What is expected in each quarter-hour of a period, and who could be on duty then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from planner.demand import PlannedWork, Volumes
from planner.study.scenario.sittings import of_night
from planner.study.scenario.world import World

if TYPE_CHECKING:
    from planner.people import Agent
    from planner.study.scenario.resolved import Resolved


@dataclass(frozen=True)
class Hours:
    """What the choice looks at, by quarter-hour of the period.

    Attributes
    ----------
    contacts, busy, live: expected contacts, busy people (erlang), and those of queues whose customers wait,
        of each queue, shape (queues, quarter-hours).
    """

    scenario: Resolved
    world: World
    contacts: np.ndarray
    busy: np.ndarray
    live: np.ndarray

    @classmethod
    def of(cls, scenario: Resolved, volumes: Volumes | None) -> Hours:
        """Hours of a scenario; without a forecast all are alike."""
        world = World.of(scenario)
        contacts = np.zeros((len(scenario.queues), world.quarters))
        busy, live = np.zeros_like(contacts), np.zeros_like(contacts)
        for row, queue in enumerate(scenario.queues if volumes is not None else ()):
            assert volumes is not None
            step = volumes.interval_minutes // 15
            mean = np.repeat(volumes.mean[volumes.queues.index(queue.name)], step) / step
            is_open = scenario.opening[queue.name].mask(world.first, world.quarters)
            contacts[row] = np.where(is_open, mean, 0.0)
            busy[row] = contacts[row] * queue.aht_seconds / 900.0
            live[row] = busy[row] if queue.handled_as != "deferred" else 0.0
        return cls(scenario, world, contacts, busy, live)

    @cached_property
    def last_end(self) -> dict[tuple[str, bool], np.ndarray]:
        """By person and (all, or night) duties: the latest end of those begun by each quarter-hour."""
        found = {}
        for agent in self.scenario.team.agents:
            duties = [duty for duty in self.world.duties[agent.name] if duty.kind == "work"]
            for night in (False, True):
                ends = np.zeros(self.world.quarters, dtype=np.int64)
                for duty in duties:
                    if not night or of_night(self.scenario, agent, duty.start, duty.end):
                        at = max(0, duty.start - self.world.first)
                        if at < len(ends):
                            ends[at] = max(ends[at], duty.end)
                found[agent.name, night] = np.maximum.accumulate(ends)
        return found

    def there(self, people: Sequence[Agent], night: bool, starts: np.ndarray, length: int) -> np.ndarray:
        """Whether each person could have a duty over the whole of each sitting, shape (people, sittings)."""
        at = starts - self.world.first
        inside = (at >= 0) & (at + length <= self.world.quarters)
        at = np.clip(at, 0, self.world.quarters - 1)
        rows = [inside & (self.last_end[a.name, night][at] >= starts + length) for a in people]
        return np.array(rows, dtype=bool).reshape(len(people), len(starts))

    @cached_property
    def _duties(self) -> dict[str, tuple[np.ndarray, np.ndarray, np.ndarray]]:
        """By person: duties begun by each quarter-hour, those over before it, and those of each day."""
        found = {}
        for agent in self.scenario.team.agents:
            duties = [duty for duty in self.world.duties[agent.name] if duty.kind == "work"]
            starts, ends = np.zeros(self.world.quarters + 1), np.zeros(self.world.quarters + 1)
            days = np.zeros(self.scenario.days + 2)
            for duty in duties:
                starts[min(max(0, duty.start - self.world.first), self.world.quarters)] += 1
                ends[min(max(0, duty.end - self.world.first), self.world.quarters)] += 1
                days[duty.day + 1] += 1
            found[agent.name] = (np.cumsum(starts), np.cumsum(ends) - ends, days)
        return found

    def likely(self, people: Sequence[Agent], starts: np.ndarray, length: int) -> np.ndarray:
        """Share of each person's possible duties of a day that hold the whole of each sitting.

        Where shifts begin at 08:30 or 09:00, half of them hold a meeting at 08:30; shape (people, sittings).
        """
        at = np.clip(starts - self.world.first, 0, self.world.quarters - length)
        day = at // 96 + 1  # where nothing begins on a day, the one before may reach into it
        rows = []
        for agent in people:
            begun, over, each = self._duties[agent.name]
            usual = np.maximum(np.where(each[day] > 0, each[day], each[day - 1]), 1.0)
            rows.append(np.clip((begun[at] - over[at + length]) / usual, 0.0, 1.0))
        return np.array(rows).reshape(len(people), len(starts))

    def mean(self, table: np.ndarray, starts: np.ndarray, length: int) -> float:
        """Mean over all sittings of a sum over queues, or of a row."""
        row = table.sum(axis=0) if table.ndim == 2 else table
        total = np.concatenate(([0.0], np.cumsum(row)))
        first = np.clip(starts - self.world.first, 0, self.world.quarters)
        last = np.clip(first + length, 0, self.world.quarters)
        return round(float(((total[last] - total[first]) / length).mean()), 9)

    def away(self, people: Sequence[Agent], works: Sequence[PlannedWork]) -> np.ndarray:
        """How many are kept by planned work that any of the people does."""
        found = np.zeros(self.world.quarters)
        for work in works:
            if work.fixed and any(agent.does(work, self.scenario.queues) for agent in people):
                for window in work.windows:
                    found[window.start - self.world.first : window.end - self.world.first] += window.people
        return found
