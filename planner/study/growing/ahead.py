"""A hiring plan: month by month who is needed and there, whom to decide on until when, and what it costs."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from planner._errors import ScenarioError
from planner._messages import Message
from planner.service import response_times
from planner.study import steps
from planner.study.growing.anchors import Anchor, Ladder, ladder, piling_up, seen
from planner.study.growing.kinds import Kind, kinds_of, team_wage
from planner.study.growing.months import MonthDemand, first_month, months_of
from planner.study.growing.nouns import Hire, HiringPlan, Month, Seen
from planner.study.growing.ramp import gained, kept_after, leavers, mean_mentored, month_after
from planner.study.growing.when import ENOUGH, Joining, best_starts

if TYPE_CHECKING:
    from planner.demand import Volumes
    from planner.scheduling import IsCancelled
    from planner.study.scenario import Scenario

HALF_A_YEAR = 6
"""Wages of so many months, and what a hire costs once, weigh as much as one person missing for a month."""


def hiring_plan(
    scenario: Scenario,
    months: int | None = None,
    on_team: Callable[[Anchor], None] | None = None,
    is_cancelled: IsCancelled | None = None,
) -> HiringPlan:
    """Plan hires for months ahead.

    Parameters
    ----------
    months: ahead; default: as the scenario says. on_team: told each team that was worked out.
    is_cancelled: once true, the teams so far are what is known.

    Raises
    ------
    ScenarioError: when the scenario states its need, which does not grow.
    """
    if scenario.fixed_need or scenario.posts_alone:
        raise ScenarioError(Message("growing.no_volumes"))
    base = scenario.replace(open_tickets=None, solve={"hire": "no", "outsource": False})
    volumes = steps.forecast(steps.read_history(base), base)
    demands = months_of(base, volumes, months or base.said.hiring.months)
    kinds = kinds_of(base)
    lowest, highest = min(m.low for m in demands), max(m.high for m in demands)
    rungs = ladder(base, kinds, volumes, lowest, highest, on_team, is_cancelled)
    return _planned(scenario, rungs, demands, volumes, bool(is_cancelled and is_cancelled()))


def with_goal(scenario: Scenario, goal: str) -> Scenario:
    """The scenario with another promise of its e-mail and social queues.

    Raises
    ------
    ScenarioError: when the promise cannot be read, or the scenario says no such queue.
    """
    queues = [dict(line) for line in scenario.plain.get("queues", [])]
    names = {queue.name for queue in scenario.queues if queue.channel in ("email", "social")}
    if not any(line["name"] in names for line in queues):
        raise ScenarioError(Message("growing.no_queue"))
    changed = [{**line, "promise": goal} if line["name"] in names else line for line in queues]
    return scenario.replace(queues=changed)


def _planned(
    scenario: Scenario,
    rungs: Ladder,
    demands: Sequence[MonthDemand],
    volumes: Volumes,
    cancelled: bool = False,
) -> HiringPlan:
    """The plan from teams that are known."""
    ahead = [demand for demand in demands if demand.ahead]
    needs = [_needed(rungs, demand.factor) for demand in ahead]
    joined = [_joining(scenario, kind, [need[kind.number] for need in needs], ahead) for kind in rungs.kinds]
    past = [Month(d, _needed(rungs, d.factor), *_range(rungs, d)) for d in demands if not d.ahead]
    coming = [_month(scenario, rungs, joined, ahead, number) for number in range(len(ahead))]
    hires = [hire for kind, one in zip(rungs.kinds, joined, strict=True)
             for hire in _hires(scenario, kind, one, ahead)]  # fmt: skip
    return HiringPlan(
        scenario,
        rungs,
        (*past, *coming),
        tuple(sorted(hires, key=lambda hire: (hire.starts, hire.kind.number))),
        _checked(rungs, ahead[-1], volumes, scenario.seed + 1),
        tuple(_short(rungs, coming, volumes)),
        all(one.proven for one in joined),
        cancelled,
    )


def _needed(rungs: Ladder, factor: float) -> tuple[float, ...]:
    """People of each kind that a volume needs; of one beyond what was worked out, the largest team."""
    more = rungs.needed(factor) or rungs.rungs[-1].more
    return tuple(len(kind.team) + count for kind, count in zip(rungs.kinds, more, strict=True))


def _range(rungs: Ladder, demand: MonthDemand) -> tuple[int | None, int | None]:
    found: list[int | None] = []
    today = sum(len(kind.team) for kind in rungs.kinds)
    for factor in (demand.low, demand.high):
        more = rungs.needed(factor)
        found.append(None if more is None else today + math.ceil(sum(more) - ENOUGH))
    return found[0], found[1]


def earliest_start(scenario: Scenario) -> date:
    """The first of a month on which anybody decided now can start."""
    said = scenario.said.hiring
    ready = (said.decided or scenario.first_day) + said.lead_time
    return ready if ready.day == 1 else month_after(ready, 1)


def _once(scenario: Scenario) -> float:
    return scenario.said.hiring.recruiting + scenario.said.hiring.equipment


def adds_of(scenario: Scenario, ahead: Sequence[MonthDemand]) -> np.ndarray:
    """People that a hire who starts in a month adds to each month, shape (months, months)."""
    said, count = scenario.said.hiring, len(ahead)
    adds = np.zeros((count, count))
    for start in range(count):
        for month in range(start, count):
            first = ahead[month].first
            adds[start, month] = gained(ahead[start].first, first, month_after(first, 1), said)
    return adds


def there_of(scenario: Scenario, people: int, ahead: Sequence[MonthDemand]) -> list[float]:
    """Of so many people, those expected in the middle of each month."""
    now = first_month(scenario)
    said = scenario.said.hiring
    return [people * kept_after((demand.first - now).days + 15, said) for demand in ahead]


def _joining(
    scenario: Scenario, kind: Kind, needed: Sequence[float], ahead: Sequence[MonthDemand]
) -> Joining:
    said, once = scenario.said.hiring, _once(scenario)
    costs = [
        once + sum(kind.wage * kept_after((later.first - start.first).days + 15, said) for later in ahead[n:])
        for n, start in enumerate(ahead)
    ]
    soonest = earliest_start(scenario)
    first = sum(demand.first < soonest for demand in ahead)
    there = there_of(scenario, len(kind.team), ahead)
    price = HALF_A_YEAR * kind.wage + once
    return best_starts(needed, there, adds_of(scenario, ahead), costs, price, first, kind.at_once)


def _month(
    scenario: Scenario, rungs: Ladder, joined: Sequence[Joining], ahead: Sequence[MonthDemand], number: int
) -> Month:
    said, demand = scenario.said.hiring, ahead[number]
    end, now = month_after(demand.first, 1), first_month(scenario)
    heads, productive, mentors, cost = [], [], 0.0, 0.0
    for kind, one in zip(rungs.kinds, joined, strict=True):
        there = there_of(scenario, len(kind.team), ahead)[number]
        able, new = there, 0.0
        for start, count in enumerate(one.starts[: number + 1]):
            since = ahead[start].first
            new += count * kept_after((demand.first - since).days + 15, said)
            able += count * gained(since, demand.first, end, said)
            mentors += count * mean_mentored(since, demand.first, end, said)
        share = there / len(kind.team) if kind.team else 0.0
        cost += team_wage(scenario, kind) * share + kind.wage * new + one.starts[number] * _once(scenario)
        heads.append(there + new)
        productive.append(able)
    today = sum(len(kind.team) for kind in rungs.kinds)
    needed = _needed(rungs, demand.factor)
    enough = all(p >= n - ENOUGH - 1e-9 for p, n in zip(productive, needed, strict=True))
    left = leavers(today, 1 - kept_after((end - now).days, said))
    known = rungs.needed(demand.factor) is not None
    starts = tuple(one.starts[number] for one in joined)
    return Month(demand, needed, *_range(rungs, demand), tuple(heads), tuple(productive), left, starts,
                 mentors, cost, enough and known)  # fmt: skip


def _hires(scenario: Scenario, kind: Kind, one: Joining, ahead: Sequence[MonthDemand]) -> list[Hire]:
    said = scenario.said.hiring
    found, growing = [], ahead[-1].factor > ahead[0].factor * 1.005
    for number, count in enumerate(one.starts):
        first = ahead[number].first
        full = first + said.until_full
        needed = max(d.first for d in ahead if d.first <= full)
        hire = Hire(kind, first - said.lead_time, first, full, needed, said.attrition > 0 and not growing)
        found += [hire] * count
    return found


def _look(
    anchor: Anchor, volumes: Volumes, demand: MonthDemand, people: int, seed: int | None = None
) -> Seen | None:
    """The queue that keeps least at a month's volume; None where nobody comes."""
    found, service = seen(anchor, volumes, demand.factor, seed)
    queues = {queue.name: queue for queue in service.queues}
    known = {name: kept for name, kept in found.kept.items() if math.isfinite(kept)}
    if not known:
        return None
    name = min(known, key=lambda each: known[each] - queues[each].promise.share)
    times = response_times(service)
    clock = "open hours" if queues[name].promise.clock == "open hours" else "elapsed"
    row = times[(times["queue"] == name) & (times["clock"] == clock)].iloc[0]
    promise = queues[name].promise.share
    wait, piles = float(row["p90_seconds"]), bool(piling_up(service))
    return Seen(demand.first, people, name, known[name], promise, wait, bool(found.short), piles)


def _size(rungs: Ladder, anchor: Anchor) -> int:
    return sum(len(kind.team) for kind in rungs.kinds) + anchor.people


def _checked(rungs: Ladder, last: MonthDemand, volumes: Volumes, seed: int) -> Seen | None:
    anchor = rungs.team(last.factor)
    return None if anchor is None else _look(anchor, volumes, last, _size(rungs, anchor), seed)


def _short(rungs: Ladder, months: Sequence[Month], volumes: Volumes) -> list[Seen]:
    """Months without enough people, with the largest team simulated that is there."""
    found = []
    for month in months:
        if month.kept:
            continue
        more = [there - len(kind.team) for there, kind in zip(month.productive, rungs.kinds, strict=True)]
        anchor = rungs.within(more)
        if anchor is not None and anchor.rota is not None:
            found.append(_look(anchor, volumes, month.demand, _size(rungs, anchor)))
    return [each for each in found if each is not None]


def steps_up(plan: HiringPlan) -> Mapping[int, tuple[MonthDemand, tuple[int, ...]]]:
    """By size, the first month that needs a team of it, and the team: people of each kind beside today's."""
    found: dict[int, tuple[MonthDemand, tuple[int, ...]]] = {}
    demands = [month.demand for month in plan.months]
    for demand in demands:
        rung = plan.ladder.team(demand.factor)
        if rung is not None:
            found.setdefault(_size(plan.ladder, rung), (demand, rung.more))
    return found
