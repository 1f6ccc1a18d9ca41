"""The best next hours: all blocks screened, the best of them planned and simulated, ranked."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner._errors import InputError
from planner._messages import Message
from planner.study.at_promise import worked
from planner.study.next_hours.blocks import candidates
from planner.study.next_hours.go import spare_hours
from planner.study.next_hours.planned import Planned, plan_block
from planner.study.next_hours.screening import Screened, screen
from planner.study.progress import OnPlanProgress, PlanProgress, for_stage
from planner.study.team_size import Alike, alike
from planner.study.trials import engine_listener

if TYPE_CHECKING:
    from planner.scheduling import IsCancelled
    from planner.study.scenario import Scenario

TOP, MOST_PLANNED = 3, 8


@dataclass(frozen=True, eq=False)
class Ranked:
    """One block in the ranking.

    Attributes
    ----------
    screen_rank: place in the screen, from 1. planned: None where it was only screened.
    """

    screened: Screened
    screen_rank: int
    planned: Planned | None


@dataclass(frozen=True, eq=False)
class NextHours:
    """Blocks, the best first: those planned by planned figures, then those only screened.

    Attributes
    ----------
    one: who is hired where more people are needed. cancelled: whether it was stopped before all chosen ones
        were planned.
    missing_hours: today. spare_hours: a week that today's team is on duty beyond its work.
    """

    scenario: Scenario
    ranked: tuple[Ranked, ...]
    one: Alike
    missing_hours: float
    spare_hours: float
    cancelled: bool

    @property
    def planned(self) -> tuple[Ranked, ...]:
        """Those that were planned."""
        return tuple(each for each in self.ranked if each.planned is not None)


def best_hours(
    scenario: Scenario,
    minutes: int = 120,
    queues: Sequence[str] = (),
    days: Sequence[str] = (),
    top: int = TOP,
    apart: bool = False,
    on_progress: OnPlanProgress | None = None,
    is_cancelled: IsCancelled | None = None,
) -> NextHours:
    """Which hours to open next, per queue: all blocks are screened, the best planned with today's team.

    Parameters
    ----------
    minutes, queues, days, apart: which blocks there are, see ``candidates``.
    top: blocks planned of each queue, the best screened first; 8 in all.
    on_progress: told of each plan as a stage, the first is today's.
    is_cancelled: once true, blocks planned so far are kept.

    Raises
    ------
    InputError: for what is no queue or no days, and where no block is left to open.
    """
    base_scenario = scenario.replace(solve={"hire": "no", "outsource": False})
    blocks = candidates(base_scenario, minutes, queues, days, apart)
    if not blocks:
        raise InputError(Message("next_hours.all_open", {"scenario": scenario.name}))

    def stop() -> bool:
        return is_cancelled is not None and is_cancelled()

    one, began = alike(base_scenario), time.monotonic()
    if on_progress is not None:
        on_progress(PlanProgress("forecast"))
    screened = screen(base_scenario, blocks)
    ranks = {each.block: number for number, each in enumerate(screened, start=1)}
    chosen = to_plan(screened, top)
    stages = len(chosen) + 1
    first = worked(
        base_scenario, None, engine_listener(for_stage(on_progress, 1, stages), began, 1), is_cancelled
    )
    planned: dict[int, Planned] = {}
    for number, each in enumerate(chosen, start=2):
        if stop():
            break
        listen = engine_listener(for_stage(on_progress, number, stages), began, 1)
        made = plan_block(first, each, one, listen, stop)
        if made is not None:
            planned[ranks[each.block]] = made
    ranked = [Ranked(each, ranks[each.block], planned.get(ranks[each.block])) for each in screened]
    cancelled = stop() and len(planned) < len(chosen)
    return NextHours(
        base_scenario,
        tuple(sorted(ranked, key=_order)),
        one,
        first.missing_hours,
        spare_hours(first),
        cancelled,
    )


def to_plan(screened: Sequence[Screened], top: int) -> list[Screened]:
    """The best screened of each queue, and of the desk as a whole, in turns; 8 in all.

    After its best each queue plans the days that it has planned least, of these the days that all queues have
    planned least, of these the best screened.
    """
    left: dict[tuple[str, ...], list[Screened]] = {}
    for each in screened:
        left.setdefault(each.block.queues, []).append(each)
    chosen: list[Screened] = []
    for turn in range(top):
        for queues, mine in left.items():
            if mine and len(chosen) < MOST_PLANNED:
                days = [each.block.days.weekdays for each in chosen]
                own = [each.block.days.weekdays for each in chosen if each.block.queues == queues]
                seldom = [(own.count(day), days.count(day)) for day in (e.block.days.weekdays for e in mine)]
                chosen.append(mine.pop(seldom.index(min(seldom)) if turn else 0))
    return chosen


def _order(each: Ranked) -> tuple[float, ...]:
    """Planned before screened; go before not known before no-go; fewer hires; more saved."""
    made = each.planned
    if made is None:
        return (1.0, float(each.screen_rank))
    go = {True: 0.0, None: 1.0, False: 2.0}[made.go]
    hires = 99.0 if made.hires is None else float(made.hires)
    score = 0.0 if made.score != made.score else made.score
    return (0.0, go, hires, -score, float(each.screen_rank))
