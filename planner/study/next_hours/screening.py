"""The fast screen: every block ranked on contacts gained times waiting saved per person-hour more.

One forecast is made with all blocks open, one need by the formulas for each block; nothing is solved or
simulated. What a contact waits today is the time to the next opening of whoever takes it in: its own queue
where it waits, comes back or is called back, another queue where it is sent there, which may be open. A lost
contact counts as one that waits for its own queue.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from planner import demand
from planner.demand.queue import LIVE_CHANNELS
from planner.study import steps
from planner.study.longer_hours import newly_open
from planner.study.next_hours.blocks import Block
from planner.study.next_hours.opened import opened

if TYPE_CHECKING:
    from planner.clock import OpeningHours
    from planner.demand import Volumes
    from planner.requirement import Need
    from planner.study.scenario import Scenario

DRAWS = 100
AHEAD = 28 * 96
"""Quarter-hours beyond the period in which the next opening is looked for."""


@dataclass(frozen=True)
class Screened:
    """A block and what the screen says of it.

    Attributes
    ----------
    contacts: a week, expected in it; NaN where the scenario states its need. low, high: one week of ten has
        fewer, one more. share: of all contacts of these queues in the week.
    borrowed: whether the history never saw some of these hours, so that they are estimated from others.
    waiting: hours that one of them waits today until somebody could answer, mean.
    person_hours: more on duty in a week, by the formulas.
    """

    block: Block
    contacts: float
    low: float
    high: float
    share: float
    borrowed: bool
    waiting: float
    person_hours: float

    @property
    def score(self) -> float:
        """Hours of waiting saved for each person-hour more."""
        return self.contacts * self.waiting / self.person_hours if self.person_hours else 0.0


def screen(scenario: Scenario, blocks: Sequence[Block]) -> tuple[Screened, ...]:
    """Blocks, the best first by hours of waiting saved for a person-hour; of equals the first given."""
    if scenario.fixed_need or scenario.posts_alone:
        return _by_hours_alone(scenario, blocks)
    history = steps.read_history(scenario)
    volumes = steps.forecast(history, opened(scenario, *blocks))
    today = steps.require(steps.forecast(history, scenario), scenario)
    drawn = demand.draws(volumes, DRAWS, scenario.seed)
    waits = waiting_hours(scenario, volumes)
    found = []
    for block in blocks:
        wider = opened(scenario, block)
        need = steps.require(volumes, wider)
        found.append(
            _screened(
                scenario, block, newly_open(volumes, scenario, wider), volumes, drawn, waits, today, need
            )
        )
    return tuple(sorted(found, key=lambda each: -each.score))


def _by_hours_alone(scenario: Scenario, blocks: Sequence[Block]) -> tuple[Screened, ...]:
    """Where people are stated instead of contacts: the blocks that ask for fewest person-hours first."""
    nan, found = float("nan"), []
    _history, _volumes, today = steps.demand_and_need(scenario)
    for block in blocks:
        _history, _volumes, need = steps.demand_and_need(opened(scenario, block))
        more = np.maximum(0, people_of(need) - people_of(today)).sum()
        hours = float(more) * need.interval_minutes / 60 / scenario.weeks
        found.append(Screened(block, nan, nan, nan, nan, False, nan, hours))
    return tuple(sorted(found, key=lambda each: each.person_hours))


def _screened(
    scenario: Scenario,
    block: Block,
    new: np.ndarray,
    volumes: Volumes,
    drawn: np.ndarray,
    waits: np.ndarray,
    today: Need,
    need: Need,
) -> Screened:
    rows = [volumes.queues.index(name) for name in block.queues]
    weeks = volumes.intervals * volumes.interval_minutes / 60 / 168
    mean = np.where(new, volumes.mean, 0.0)
    contacts = float(mean.sum())
    week_of = volumes.day_of // 7
    by_week = np.stack([drawn[:, new & (week_of == week)].sum(axis=1) for week in np.unique(week_of)])
    low, high = np.quantile(by_week, (0.1, 0.9)).tolist()
    return Screened(
        block,
        contacts / weeks,
        low,
        high,
        contacts / max(float(volumes.mean[rows].sum()), 1e-12),
        volumes.borrowed is not None and bool((volumes.borrowed & new & (mean > 0)).any()),
        float((mean * waits).sum()) / contacts if contacts else 0.0,
        more_person_hours(today, need, np.asarray(new.any(axis=0)), work_hours(scenario, mean)) / weeks,
    )


def more_person_hours(today: Need, need: Need, new: np.ndarray, least: float) -> float:
    """Person-hours of the period that a need asks for in new hours beyond today's; not below the work itself.

    Parameters
    ----------
    new: whether something is newly open, shape (intervals,). least: hours of work.
    """
    more = np.maximum(0, people_of(need) - people_of(today))[new].sum()
    return max(float(more) * need.interval_minutes / 60, least)


def people_of(need: Need) -> np.ndarray:
    """People who answer queues that a need asks for in each interval; those on call are none."""
    people = np.zeros(need.intervals, dtype=np.int64)
    answered = set[str]().union(*need.groups)
    for block in need.blocks:
        if all(need.sets[row] <= answered for row in block):
            people += need.required[list(block)].max(axis=0)
    return people


def asked_hours(need: Need) -> float:
    """Person-hours of the period that a need asks for; work that waits on top of who must be there."""
    waiting = [
        max(
            (int(row.arriving.sum()) / row.per_person for row in need.backlogs if row.queues <= set(group)),
            default=0.0,
        )
        for group in need.groups
    ]
    return (float(people_of(need).sum()) + sum(waiting)) * need.interval_minutes / 60


def work_hours(scenario: Scenario, mean: np.ndarray) -> float:
    """Hours that the first answers of so many contacts take, chats at once side by side."""
    seconds = [queue.aht_seconds / max(1, queue.chats_at_once) for queue in scenario.queues]
    return float((mean.sum(axis=1) * np.array(seconds)).sum()) / 3600


def waiting_hours(scenario: Scenario, volumes: Volumes) -> np.ndarray:
    """Hours from each interval's middle until today somebody could answer, per queue, where it is closed.

    Shape (queues, intervals); the mean over what becomes of contacts that find the queue closed.
    """
    step = volumes.interval_minutes // 15
    until = {
        name: until_open(scenario.opening[name], volumes.first_quarter, volumes.intervals * step)
        .reshape(-1, step)
        .mean(axis=1)
        for name in volumes.queues
    }
    live = {queue.name for queue in scenario.queues if queue.channel in LIVE_CHANNELS}
    found = []
    for name in volumes.queues:
        ways = scenario.when_closed.get(name, {})
        sent = {other: share for other, share in ways.items() if other in until}
        own = 1.0 - sum(sent.values())
        waits = own * until[name]
        for other, share in sent.items():
            lost = (until[other] > 0) & (other in live)
            waits = waits + share * np.where(lost, until[name], until[other])
        found.append(waits)
    return np.stack(found)


def until_open(hours: OpeningHours, first_quarter: int, quarters: int) -> np.ndarray:
    """Hours from the middle of each quarter-hour to the next opening, 0 where it is open."""
    mask = hours.mask(first_quarter, quarters + AHEAD)
    place = np.where(mask, np.arange(len(mask)), len(mask))
    first = np.minimum.accumulate(place[::-1])[::-1] - np.arange(len(mask))
    found: np.ndarray = np.maximum(0, first[:quarters] - 0.5) / 4
    return found
