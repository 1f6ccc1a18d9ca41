"""A block planned and simulated: what it asks of people and money, and what its customers get."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import ceil, nan
from typing import TYPE_CHECKING

import numpy as np

from planner._messages import Message
from planner.service import Outcome
from planner.study import steps
from planner.study.against_today import Against, kept_least, surely_missing
from planner.study.at_promise import Worked, worked
from planner.study.longer_hours import newly_open
from planner.study.next_hours.go import as_plan, go_or_not, wants_people
from planner.study.next_hours.opened import opened
from planner.study.next_hours.screening import more_person_hours, until_open, work_hours
from planner.study.plan import Plan
from planner.study.stages.carried import Carried, carried
from planner.study.stages.cost_change import Money, money
from planner.study.stages.in_hours import (
    Became,
    Came,
    Coming,
    Masks,
    answerable,
    newly,
)
from planner.study.team_size import Alike, hours_a_week, sized

if TYPE_CHECKING:
    from planner.scheduling import OnProgress
    from planner.study.next_hours.screening import Screened
    from planner.study.scenario import Scenario

MOST_TEAMS = 2
"""Larger teams that are tried where today's does not do."""


@dataclass(frozen=True)
class Planned:
    """What came out for a block.

    Attributes
    ----------
    scenario: with the block open. coming: contacts in it, from the simulation.
    before: what becomes of them with today's hours and rota. after: with the block's.
    kept: share within the promise of the queue that keeps least of it in the block; NaN: too few contacts.
        queue: that one; promised: its promise.
    saved_hours: of waiting in a week, simulated. person_hours: more on duty in the block in a week, as the
        calibrated need asks.
    inside: person-hours missing in the block's hours, more than today in the same ones.
    missing_hours, bound: with today's team. hires: people more with whom it goes; None: not found, or not
        distinguishable whether any are needed.
    proven: whether one fewer is proven to miss people.
    money: cost a month against today's. carried: what the rota asks of people.
    alone: why it does not go with today's team; None: it does, or nobody more makes it go.
    go: see ``against_today``. why: in a sentence.
    """

    scenario: Scenario
    coming: Coming
    before: Became
    after: Became
    queue: str
    kept: float
    promised: float
    saved_hours: float
    person_hours: float
    inside: float
    missing_hours: float
    bound: float | None
    hires: int | None
    proven: bool
    money: Money
    carried: Carried
    go: bool | None
    why: Message
    alone: Message | None = None

    @property
    def score(self) -> float:
        """Hours of waiting saved for each person-hour more."""
        return self.saved_hours / self.person_hours if self.person_hours else 0.0


def plan_block(
    base: Worked,
    screened: Screened,
    one: Alike,
    listen: OnProgress | None = None,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> Planned | None:
    """Plan and simulate a block with today's team, and with more people where that does not do.

    Parameters
    ----------
    base: today. one: who is hired. listen: told by the engine.
    is_cancelled: once true, None comes back: a block half worked out says nothing.
    """
    scenario = opened(base.scenario, screened.block)
    first = worked(scenario, base.rota, listen, is_cancelled, base)
    made, hires, proven = first, 0, True
    held, why = go_or_not(base, made)
    short = wants_people(base, made, held)
    alone = why if short else None
    least = _fewest(base, first, hours_a_week(one, scenario) * scenario.weeks)
    for number in range(least, least + MOST_TEAMS) if short else ():
        if is_cancelled():
            return None
        more = worked(sized(scenario, number, one), made.rota, listen, is_cancelled, base)
        fewer = made if number == hires + 1 else None
        made, hires = more, number
        held, why = go_or_not(base, more)
        short = wants_people(base, more, held)
        if not short:
            proven = fewer is not None and surely_missing(base, fewer)
            break
    if is_cancelled():
        return None
    if short:
        held, why = go_or_not(base, first)
        values = {"why": str(why), "people": hires}
        why, made, hires, alone = Message("next_hours.nor_with_more", values), first, -1, None
    unknown = hires < 0 or (hires == 0 and held.kind in ("unsure", "inside"))
    found = _planned(base, first, made, None if unknown else hires, proven, held, why)
    return replace(found, alone=alone)


def _fewest(base: Worked, first: Worked, hours: float) -> int:
    """People more to begin with: as many as the hours that must be missing fill, one at least."""
    lacking = (first.bound or 0.0) - base.missing_hours
    return max(1, ceil(lacking / hours - 1e-9)) if hours else 1


def _planned(
    base: Worked,
    first: Worked,
    made: Worked,
    hires: int | None,
    proven: bool,
    held: Against,
    why: Message,
) -> Planned:
    stage, today = as_plan(made), as_plan(base)
    queue, kept, promised = kept_least(base, made)
    coming, before, after, saved = _customers(base, made, today, stage)
    if made.volumes is None:
        new = newly(stage, today)
        step = made.need.quarters_per_interval
        there = np.logical_or.reduce(list(new.values())).reshape(-1, step).any(axis=1)
        least = 0.0
    else:
        table = newly_open(made.volumes, base.scenario, made.scenario)
        there, least = table.any(axis=0), work_hours(made.scenario, np.where(table, made.volumes.mean, 0.0))
    return Planned(
        scenario=made.scenario,
        coming=coming,
        before=before,
        after=after,
        queue=queue,
        kept=kept,
        promised=promised,
        inside=held.inside,
        saved_hours=saved,
        person_hours=more_person_hours(base.need, made.need, there, least) / made.scenario.weeks,
        missing_hours=first.missing_hours,
        bound=first.bound,
        hires=hires,
        proven=proven,
        money=money(stage, today),
        carried=carried(stage, today),
        go=held.go,
        why=why,
    )


def _customers(base: Worked, made: Worked, today: Plan, stage: Plan) -> tuple[Coming, Became, Became, float]:
    """Contacts of the block before and after, and hours of waiting saved in a week.

    The same customers live through both: one forecast, one seed. Who is lost or hangs up, or is not answered
    within the period, is counted as waiting until its queue opens as it does today.
    """
    if made.volumes is None or made.service is None:
        return Coming(), Became(), Became(), nan
    masks = {name: mask for name, mask in newly(stage, today).items() if mask.any()}
    then = Came(steps.simulate(base.rota, made.volumes, base.scenario))
    now = Came(made.service)
    told, after = answerable(today, stage)
    later = {name: told[name] | mask for name, mask in after.items()}
    first = now.service.first_quarter
    until = np.stack(
        [
            until_open(base.scenario.opening[queue.name], first, now.service.open_.shape[1])
            for queue in base.scenario.queues
        ]
    )
    waits = _mean_wait(then, masks, told, until) - _mean_wait(now, masks, later, until)
    coming = now.coming(masks)
    return coming, then.became(masks, told), now.became(masks, later), coming.contacts * waits


def _mean_wait(came: Came, masks: Masks, answerable: Masks, until: np.ndarray) -> float:
    """Mean hours of those who come in some hours."""
    mine = came.within(masks)
    known = np.zeros_like(until, dtype=bool)
    for name, mask in answerable.items():
        known[came.number[name]] = mask
    place = came.records.offered_to, came.quarter
    lost = np.isin(came.records.outcome, (Outcome.TURNED_AWAY, Outcome.ABANDONED))
    unknown = lost | ~known[place] | np.isnan(came.waited)
    waits = np.where(unknown, until[place], came.waited / 3600)[mine]
    return float(waits.mean()) if len(waits) else 0.0
