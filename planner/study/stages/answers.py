"""A line a stage: the hours that it opens, who comes then, what they get, and what that takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from planner._messages import Message
from planner.study.growing import OneOff, earliest, one_off
from planner.study.money import DAYS_A_MONTH, hours_of
from planner.study.partner_owed import partner_lines
from planner.study.stages.blocks import block_text
from planner.study.stages.carried import Carried, carried
from planner.study.stages.cost_change import Money, money
from planner.study.stages.in_hours import (
    Became,
    Came,
    Coming,
    Masks,
    answerable,
    apart,
    hours_a_week,
    newly,
    same_contacts,
)

if TYPE_CHECKING:
    from planner.study.plan import Plan
    from planner.study.scenario import Scenario
    from planner.study.stages.judged import GateResult, Judged


@dataclass(frozen=True)
class InNewHours:
    """Contacts of one queue, or of all, that come in the hours that a stage opens.

    Attributes
    ----------
    queue: name; "": all queues. block: the hours in words. hours: clock hours a week.
    coming: how many, from the stage's simulation; the share is of all contacts of that queue, or of all.
    before, after: what becomes of them with hours and rota of the stage before, and of this one.
    """

    queue: str
    block: str
    hours: float
    coming: Coming
    before: Became
    after: Became


@dataclass(frozen=True)
class Start:
    """When a stage can start.

    Attributes
    ----------
    day: first day; None: no day of the decision is said. weeks: from the decision.
    reasons: what takes the time. planned: the day that the scenario says; None: none.
    """

    day: date | None
    weeks: int
    reasons: tuple[Message, ...]
    planned: date | None

    @property
    def too_soon(self) -> bool:
        """Whether the scenario's day is before the earliest one."""
        return self.day is not None and self.planned is not None and self.planned < self.day


@dataclass(frozen=True)
class Answer:
    """One stage against the stage before it.

    Attributes
    ----------
    stage: number, from 1; the first has no answer. scenario: its name. before: name of the stage before.
    block: hours that it opens, in words with their zone; "": no new hours. closes: hours that it closes.
    weekly_hours: clock hours a week in which a queue newly opens.
    hours: contacts in the new hours, of all queues ("") first and then of each; empty: no new hours.
    paired: whether exactly the same simulated contacts stand before and after; None: not simulated.
    hires, leavers: people of this team who are not in the one before, and the reverse, but a partner's.
    seats: of a partner, more than before.
    today, step: cost a month against the first stage, and against the stage before.
    idle_hours: contracted hours a month that no shift uses; idle_before: of the stage before.
    once: what hires cost once. set_up: what a partner costs once who was not there before.
    carried: what the rota asks of people.
    start: when it can start. go, why: go, no-go or not known, in one sentence.
    """

    stage: int
    scenario: str
    before: str
    currency: str
    block: str
    closes: str
    weekly_hours: float
    hours: tuple[InNewHours, ...]
    paired: bool | None
    hires: int
    leavers: int
    seats: int
    today: Money
    step: Money
    idle_hours: float
    idle_before: float
    once: OneOff
    set_up: float
    carried: Carried
    start: Start
    go: bool | None
    why: Message
    notes: tuple[Message, ...] = ()

    @property
    def once_total(self) -> float:
        """All that is paid once."""
        return self.once.total + self.set_up

    @property
    def whole(self) -> InNewHours:
        """All queues together; nobody and nothing where no hours are new."""
        return (
            self.hours[0] if self.hours else InNewHours("", "", 0.0, Coming(0, 0, 0, 0), Became(), Became())
        )


def answers(stages: Sequence[Judged], gates: Sequence[Sequence[GateResult]]) -> tuple[Answer, ...]:
    """Each stage after the first against the stage before it, from plans and simulations as they are.

    Parameters
    ----------
    stages: in order. gates: of each stage, as they were answered.
    """
    came = [None if stage.service is None else Came(stage.service) for stage in stages]
    plans = [stage.plan for stage in stages]
    return tuple(
        _answer(place, plans, (came[place - 1], came[place]), gates[place]) for place in range(1, len(plans))
    )


def _answer(
    place: int, plans: Sequence[Plan], came: tuple[Came | None, Came | None], gates: Sequence[GateResult]
) -> Answer:
    """One stage, by its place from 0."""
    first, before, stage = plans[0], plans[place - 1], plans[place]
    scenario, masks = stage.scenario, newly(stage, before)
    then, now = came
    had, has = _own(before.scenario), _own(scenario)
    hires, leavers = len(has - had), len(had - has)
    partner, seated = scenario.said.outsource, len(_partners(before.scenario))
    seats = max(0, len(_partners(scenario)) - seated)
    go, why = _go(gates)
    return Answer(
        stage=place + 1,
        scenario=scenario.name,
        before=before.scenario.name,
        currency=scenario.currency,
        block=block_text(masks, stage.need.first_quarter, scenario.zone),
        closes=block_text(newly(before, stage), stage.need.first_quarter, scenario.zone),
        weekly_hours=hours_a_week(masks, scenario.weeks),
        hours=_in_hours(masks, before, stage, then, now),
        paired=None if then is None or now is None else same_contacts(now, then, masks),
        hires=hires,
        leavers=leavers,
        seats=seats,
        today=money(stage, first),
        step=money(stage, before),
        idle_hours=hours_of(stage)["idle"] * DAYS_A_MONTH / scenario.days,
        idle_before=hours_of(before)["idle"] * DAYS_A_MONTH / before.scenario.days,
        once=one_off(scenario, hires, has - had),
        set_up=partner.set_up_cost if partner is not None and seats and not seated else 0.0,
        carried=carried(stage, first),
        start=_start(scenario, hires, seats),
        go=go,
        why=why,
        notes=partner_lines(stage),
    )


def _in_hours(
    masks: Masks, before: Plan, stage: Plan, then: Came | None, now: Came | None
) -> tuple[InNewHours, ...]:
    """Contacts in new hours, of all queues and of each one; empty where no hours are new."""
    if not any(mask.any() for mask in masks.values()):
        return ()
    # Both sides are told of the same contacts: those whom the stage before could still answer in the period.
    told, after = answerable(before, stage)
    later = {name: told.get(name, mask) for name, mask in after.items()}
    return tuple(
        InNewHours(
            queue,
            block_text(mine, stage.need.first_quarter, stage.scenario.zone),
            hours_a_week(mine, stage.scenario.weeks),
            Coming() if now is None else now.coming(mine),
            Became() if then is None else then.became(mine, told),
            Became() if now is None else now.became(mine, later),
        )
        for queue, mine in apart(masks).items()
    )


def _own(scenario: Scenario) -> set[str]:
    """Names of the people who are no partner's."""
    return {agent.name for agent in scenario.team.agents if not agent.outside}


def _partners(scenario: Scenario) -> set[str]:
    return {agent.name for agent in scenario.team.agents if agent.outside}


def _start(scenario: Scenario, hires: int, seats: int) -> Start:
    """When a stage can start: its hires, or the notice of a rota; and the set-up of a partner."""
    partner = scenario.said.outsource if seats else None
    found = earliest(scenario, hires, timedelta(0) if partner is None else partner.set_up)
    reasons = found.reasons
    if partner is not None:
        set_up = -(-partner.set_up // timedelta(weeks=1))
        reasons = (*reasons, Message("answers.takes_set_up", {"weeks": set_up}))
    return Start(found.day, found.weeks, reasons, scenario.starts)


def _go(gates: Sequence[GateResult]) -> tuple[bool | None, Message]:
    """Go, no-go or not known, with the first gate that fails as the reason."""
    known = [gate for gate in gates if gate.passed is not None]
    failing = [gate for gate in known if not gate.passed]
    if failing:
        values = {"finding": str(failing[0].message), "more": len(failing) - 1}
        return False, Message("answers.why_failing" if len(failing) == 1 else "answers.why_more", values)
    if not known:
        return None, Message("answers.why_no_gates" if not gates else "answers.why_unknown")
    code = "answers.why_all" if len(known) == len(gates) else "answers.why_known"
    return True, Message(code, {"passed": len(known), "unknown": len(gates) - len(known)})
