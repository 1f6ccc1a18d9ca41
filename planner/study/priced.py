"""What one promise takes: people, hours and money of its plan, and how much of it is kept."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING

import numpy as np

from planner.requirement import payroll_fte
from planner.rota import Rota, people_on_duty
from planner.study import steps
from planner.study.misses import TOLERANCE
from planner.study.money import DAYS_A_MONTH, hours_of, people_to_employ

if TYPE_CHECKING:
    from planner.requirement import Backlog, Need
    from planner.service import Service
    from planner.study.more_people import More
    from planner.study.plan import Plan
    from planner.study.scenario import Scenario


@dataclass(frozen=True)
class Kept:
    """How much of a queue's promise is kept, of the contacts that it is judged on.

    Attributes
    ----------
    share, low, high: mean, 10th and 90th percentile over simulated periods; NaN where nobody comes.
    promised: share that is promised.
    """

    contacts_per_week: float
    share: float
    low: float
    high: float
    promised: float

    @property
    def enough(self) -> bool | None:
        """Whether the promise is kept within half a point; None where nobody comes."""
        return self.share >= self.promised - TOLERANCE if isfinite(self.share) else None


@dataclass(frozen=True)
class Takes:
    """What a promise takes of people, hours and money; hours and money a month.

    Attributes
    ----------
    on_duty_peak, on_duty_mean: people on duty at the fullest hour, and on average while anything is open,
        those who are missing included where they are whole people.
    people: full-time people to employ for the hours of the rota and those missing, leave included.
    paid_hours: of the rota. missing_hours: what this team lacks: the hours that the need misses, or, if that
        is more, those of the people who would keep the promise beside it. missing_low: no rota misses
        fewer, None: not known.
    least_hours: hours on duty that the need asks for whatever the shifts; no rota gets by with less.
    wages: wages and premiums of the rota. cost: with what the team lacks: hours that the need misses at the
        team's mean hour, people on top at their pay. cost_low: no rota can cost less; None: not known.
    """

    on_duty_peak: int
    on_duty_mean: float
    people: float
    paid_hours: float
    missing_hours: float
    missing_low: float | None
    least_hours: float
    wages: float
    cost: float
    cost_low: float | None


def takes(made: Plan, hour_cost: float, soft: bool, more: More | None = None) -> Takes:
    """Figures of a plan.

    Parameters
    ----------
    hour_cost: what an hour of a missing person would cost. soft: whether a rule is soft: then the bound on
        wages is not one on wages alone. more: people without whom the promise is not kept.
    """
    scenario, result = made.scenario, made.result
    month = DAYS_A_MONTH / scenario.days
    wages = result.objective.pay / 100 * month
    missing, fewest = result.missing_hours * month, result.missing_hours_bound
    lacking, extra = missing, missing * hour_cost
    if more is not None:
        lacking, extra = max(missing, more.paid_hours * month), max(extra, more.wages / 100 * month)
    least = None if soft or result.unavoidable_cents is None else result.unavoidable_cents / 100 * month
    peak, mean = _on_duty(made.need, *((more.rota, more.scenario) if more else (made.rota, scenario)))
    return Takes(
        on_duty_peak=peak,
        on_duty_mean=mean,
        people=round(people_to_employ(made) + _people(lacking / month / scenario.weeks, scenario), 2),
        paid_hours=hours_of(made)["rostered"] * month,
        missing_hours=lacking,
        missing_low=None if fewest is None else fewest * month,
        least_hours=least_duty_hours(made.need) * month,
        wages=wages,
        cost=wages + extra,
        cost_low=None if least is None else least + (fewest or 0.0) * month * hour_cost,
    )


def mean_hour_cost(scenario: Scenario, queues: Collection[str]) -> float:
    """Employer cost of an hour of those who can serve any of the queues, weighted by their contracts."""
    able = scenario.skills.of_set(queues, "work")
    people = [agent for agent in scenario.team.agents if agent.name in able and agent.weekly_minutes]
    minutes = sum(agent.weekly_minutes for agent in people)
    return sum(agent.cost_per_hour * agent.weekly_minutes for agent in people) / minutes if minutes else 0.0


def kept_in(service: Service) -> dict[str, Kept]:
    """How much of its promise each queue keeps."""
    promised = {queue.name: queue.promise for queue in service.queues}
    return {
        row["queue"]: Kept(
            float(row["contacts_per_week"]),
            float(row["kept_share"]),
            float(row["kept_low"]),
            float(row["kept_high"]),
            promised[row["queue"]].share,
        )
        for row in service.totals()
        if row["arrived"] == promised[row["queue"]].judged_on
    }


def worst(kept: Mapping[str, Kept], queues: Collection[str]) -> Kept | None:
    """The queue of some that falls short most, or has least to spare; None where nobody comes."""
    known = [kept[name] for name in queues if name in kept and isfinite(kept[name].share)]
    return min(known, key=lambda each: each.share - each.promised, default=None)


def least_duty_hours(need: Need) -> float:
    """Person-hours on duty that a need asks for whatever the shifts: a bound that no rota can beat.

    People may come and go at every interval here. In each group of queues that share people, the largest
    need of the interval must be there, and deferred work must be done before it is due, as late as it can
    be; of the group's backlogs the one that asks for most counts.
    """
    people = 0
    for group in need.groups:
        rows = [i for i, names in enumerate(need.sets) if names <= frozenset(group)]
        floor = need.required[rows].max(axis=0) if rows else np.zeros(need.intervals, dtype=np.int64)
        mine = [backlog for backlog in need.backlogs if backlog.queues <= frozenset(group)]
        people += int(floor.sum()) + max((_people_more(backlog, floor) for backlog in mine), default=0)
    return people * need.interval_minutes / 60


def _people_more(backlog: Backlog, floor: np.ndarray) -> int:
    """People times intervals on top of a floor, so that no work of a backlog is late."""
    capacity = backlog.per_person * floor
    if backlog.limits:
        taken = np.min([np.asarray(units) for _, units in backlog.limits], axis=0)
        capacity = np.maximum(0, capacity - taken)
    open_work, more = backlog.carried_in, 0
    for arriving, not_due, units in zip(backlog.arriving, backlog.not_due, capacity, strict=True):
        open_work = max(0, open_work + int(arriving) - int(units))
        extra = -(-max(0, open_work - int(not_due)) // backlog.per_person)
        more += extra
        open_work = max(0, open_work - extra * backlog.per_person)
    return more


def _on_duty(need: Need, rota: Rota, scenario: Scenario) -> tuple[int, float]:
    """Most people on duty for contacts at once, and the mean while anything is open."""
    names = [frozenset(queue.name for queue in scenario.queues)]
    table = scenario.skills
    grid = (need.first_quarter, need.interval_minutes, need.intervals)
    there = people_on_duty(rota, table, names, *grid, scenario.cyclic, carried=steps.carried_of(scenario))[0]
    is_open = need.open[[need.queues.index(queue.name) for queue in scenario.queues]].any(axis=0)
    return int(there.max(initial=0)), float(there[is_open].mean()) if is_open.any() else 0.0


def _people(hours_a_week: float, scenario: Scenario) -> float:
    """Full-time people for hours that nobody works yet, leave and sickness included."""
    full = float(np.mean([site.full_time_minutes for site in scenario.team.sites])) / 60
    return payroll_fte(hours_a_week, full, scenario.need_settings.absence)
