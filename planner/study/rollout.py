"""Stages in order, each a solved rota on one reference period, each asked its gates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from planner._errors import ScenarioError
from planner._messages import Message
from planner.rota import Rota
from planner.study.compare import Comparison, comparable, compare
from planner.study.gates import GateResult, Judged, ask, with_long_service
from planner.study.hired import only_taken
from planner.study.plan import Plan, plan
from planner.study.progress import OnPlanProgress, PlanProgress, for_stage
from planner.study.stages.telling import told

if TYPE_CHECKING:
    from planner.scheduling import IsCancelled
    from planner.study.publish import Publication
    from planner.study.scenario import Scenario
    from planner.study.stages.answers import Answer
    from planner.study.stages.going_back import GoingBack
    from planner.study.stages.mended import Mending
    from planner.study.stages.mending import Which
    from planner.study.stages.today_line import TodayLine


@dataclass(frozen=True, eq=False)
class Rollout:
    """An ordered chain of stages with their gates.

    Attributes
    ----------
    plans: one per stage, the first is today's desk.
    gates: per stage, empty where a scenario states none.
    comparison: all stages against the first.
    cancelled: whether the work was stopped before the last stage.
    answers: a line per stage on the hours that it opens. today: per queue, who comes while closed.
    back: what going back from each stage would cost.
    mending: what would mend stages that are no-go.
    published: what each stage lets one publish; None: it states its need.
    """

    plans: tuple[Plan, ...]
    gates: tuple[tuple[GateResult, ...], ...]
    comparison: Comparison
    cancelled: bool = False
    answers: tuple[Answer, ...] = ()
    today: tuple[TodayLine, ...] = ()
    back: tuple[GoingBack, ...] = ()
    mending: tuple[Mending, ...] = ()
    published: tuple[Publication | None, ...] = ()

    def go(self, stage: int) -> bool | None:
        """Whether all gates of a stage (from 0) that are known are passed; None if there are none."""
        known = [gate.passed for gate in self.gates[stage] if gate.passed is not None]
        return all(known) if known else None


def same_work(one: Scenario, other: Scenario) -> bool:
    """Whether two scenarios ask for the same plan: they differ in name, start and gates at most.

    Examples
    --------
    >>> from planner.study import Scenario
    >>> desk = Scenario.from_text("people: 5")
    >>> same_work(desk, desk.replace(name="Later", starts="2026-06-01"))
    True
    >>> same_work(desk, desk.replace(minimum_on_duty={"all": 2}))
    False
    """
    told = {"name": other.said.name, "starts": other.said.starts, "gates": other.said.gates}
    alike = one.said.model_copy(update=told) == other.said and one.persons == other.persons
    return alike and one.folder == other.folder and one.budget == other.budget


def renamed(made: Plan, scenario: Scenario) -> Plan:
    """The plan of a scenario for one that asks for the same: nothing changes."""
    if made.decision is not None:
        scenario = only_taken(scenario, made.decision.taken)
    rota = replace(made.rota, scenario=scenario.name)
    return replace(made, scenario=scenario, result=replace(made.result, rota=rota))


def on_one_period(scenarios: Sequence[Scenario]) -> None:
    """Refuse stages that are not planned on the same period and grain, or that are out of order."""
    mistakes = list(comparable(scenarios))
    for earlier, later in pairwise(scenarios):
        if earlier.starts and later.starts and later.starts < earlier.starts:
            mistakes.append(
                Message("study.stages_out_of_order", {"later": later.name, "earlier": earlier.name})
            )
    if mistakes:
        raise ScenarioError(*mistakes)


def rollout(
    scenarios: Sequence[Scenario],
    on_progress: OnPlanProgress | None = None,
    is_cancelled: IsCancelled | None = None,
    later: Path | None = None,
    starts: Mapping[int, Rota] | None = None,
    mend: Which = "first",
) -> Rollout:
    """Plan every stage in order, warm-started from the stage before, and ask its gates.

    A stage that asks for the same as an earlier one, but for name, start and gates, has its plan. Gates look
    at the stage, at the stage before it (new hours) and at the first scenario (old hours, cost).

    Parameters
    ----------
    later: a history of the time since stages are live, for their gate ``actuals``; without it that is not
        yet known.
    starts: by number of the stage a rota that was found before, such as by work that was interrupted.
    mend: look for what would mend the "first" failing gate of each stage that is no-go, "all" failing gates,
        or "none". Where several stages are no-go, the first gates share the tries and their effort.

    Raises
    ------
    ScenarioError: when the stages do not share one period, or are out of order.
    """
    on_one_period(scenarios)
    judged: list[Judged] = []
    answers: list[tuple[GateResult, ...]] = []
    warm: Rota | None = None
    cancelled = False
    for number, scenario in enumerate(scenarios, start=1):
        listen = for_stage(on_progress, number, len(scenarios))
        twin = next((at for at in range(len(judged)) if same_work(scenarios[at], scenario)), None)
        start = (starts or {}).get(number, warm)
        if twin is None:
            made = plan(scenario, listen, is_cancelled, start)
        else:
            made = renamed(judged[twin].plan, scenario)
        warm = made.rota
        if listen is not None:
            listen(PlanProgress("gates", seconds=made.seconds))
        stage = with_long_service(made) if any(s.gates for s in scenarios) else Judged(made, made.service)
        judged.append(stage)
        before = judged[-2] if len(judged) > 1 else stage
        answers.append(tuple(ask(gate, stage, judged[0], before, later) for gate in scenario.gates))
        if is_cancelled is not None and is_cancelled():
            cancelled = number < len(scenarios)
            break
    plans = tuple(stage.plan for stage in judged)
    found = Rollout(plans, tuple(answers), compare(plans), cancelled, *told(judged, answers))
    mending = () if cancelled else _mended(found, judged, later, mend, on_progress, is_cancelled)
    return replace(found, mending=mending, published=tuple(map(_published, judged)))


def _published(stage: Judged) -> Publication | None:
    """What a stage lets one publish, from the long simulation of its gates; None: it states its need."""
    from planner.study.publish import publication

    return None if stage.service is None else publication(stage.service, stage.plan.scenario)


def _mended(
    found: Rollout,
    judged: Sequence[Judged],
    later: Path | None,
    which: Which,
    on_progress: OnPlanProgress | None,
    is_cancelled: IsCancelled | None,
) -> tuple[Mending, ...]:
    """What would mend the stages that are no-go."""
    from planner.study.stages.mending import Beside, mend, shared  # only stages that fail wait for it

    failing = [number for number in range(len(judged)) if found.go(number) is False]
    failing = [] if which == "none" else failing
    within = shared(len(failing), which)
    mending: list[Mending] = []
    for number in failing:
        beside = Beside(judged[0], judged[max(0, number - 1)], later)
        listen = for_stage(on_progress, number + 1, len(judged))
        answers = found.gates[number]
        mending += mend(number + 1, judged[number], answers, beside, which, listen, is_cancelled, within)
    return tuple(mending)
