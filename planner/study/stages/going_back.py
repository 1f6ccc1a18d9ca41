"""What going back from a stage to the one before it would cost: what is owed, what is gone, who waits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from planner._messages import Message
from planner._values import duration_text, wait_text
from planner.study import steps
from planner.study.money import DAYS_A_MONTH, hours_of
from planner.study.stages.answers import Answer, InNewHours
from planner.study.stages.ways import contacts_text, waits_text

if TYPE_CHECKING:
    from planner.study.plan import Plan
    from planner.study.scenario import Scenario
    from planner.study.scenario.intentions import Outsource


@dataclass(frozen=True)
class GoingBack:
    """Going back from a stage to the one before it.

    Attributes
    ----------
    stage: number of the stage that is left. scenario, to: its name, and of the stage gone back to.
    saved: what the rota costs less a month (below 0: more), once nobody is owed anything beyond it.
    contracts: people who came with the stage. contracts_cost: their contracts a month, owed while they stay,
        whether there is work for them or not. contract_hours: hours of these contracts a month.
    notice: time for which they are owed at least: the notice of a rota, for that of contracts is not stated.
    owed: their contracts over the notice.
    sunk: one-off costs of the stage that do not come back, of hires and of a partner.
    seats: of a partner that are given up. partner_minimum: what the partner's minimum costs a month.
        set_up: time to set the partner up again.
    idle_hours: contracted hours a month without work while they stay: theirs, and those of the stage gone
        back to.
    waiting_again: contacts that would come while closed again. closes_again: these hours in words.
    assumptions: what was assumed, in sentences.
    """

    stage: int
    scenario: str
    to: str
    currency: str
    saved: float
    contracts: int
    contracts_cost: float
    contract_hours: float
    notice: timedelta
    owed: float
    sunk: float
    seats: int
    partner_minimum: float
    set_up: timedelta
    idle_hours: float
    waiting_again: InNewHours
    closes_again: str
    assumptions: tuple[Message, ...]

    @property
    def nothing(self) -> bool:
        """Whether nothing is lost: nobody came, no money is gone, and no hours close."""
        return not (self.contracts or self.seats or self.sunk or self.closes_again)


def going_back(plans: Sequence[Plan], told: Sequence[Answer]) -> tuple[GoingBack, ...]:
    """What going back from each stage would cost.

    Parameters
    ----------
    plans: of all stages, in order. told: their answers.
    """
    return tuple(_back(plans[one.stage - 2], plans[one.stage - 1], one) for one in told)


def _back(before: Plan, stage: Plan, one: Answer) -> GoingBack:
    scenario = stage.scenario
    there = {agent.name for agent in before.scenario.team.agents}
    new = [a for a in scenario.team.agents if a.name not in there and not a.outside]
    cents = steps.pay_terms(scenario).hourly_cents
    weeks = DAYS_A_MONTH / 7
    hours = {agent.name: agent.weekly_minutes / 60 * weeks for agent in new}
    cost = sum(hours[agent.name] * cents[agent.name] for agent in new) / 100
    notice = scenario.said.hiring.notice
    partner = scenario.said.outsource
    return GoingBack(
        stage=one.stage,
        scenario=one.scenario,
        to=one.before,
        currency=one.currency,
        saved=one.step.change,
        contracts=len(new),
        contracts_cost=cost,
        contract_hours=sum(hours.values()),
        notice=notice,
        owed=cost * (notice / timedelta(days=1)) / DAYS_A_MONTH,
        sunk=one.once_total,
        seats=one.seats,
        partner_minimum=_minimum(partner, one.seats) if partner else 0.0,
        set_up=partner.set_up if one.seats and partner else timedelta(0),
        idle_hours=sum(hours.values()) + hours_of(before)["idle"] * DAYS_A_MONTH / before.scenario.days,
        waiting_again=one.whole,
        closes_again=one.block,
        assumptions=_assumptions(scenario, one, bool(new)),
    )


def _minimum(partner: Outsource, seats: int) -> float:
    """What a partner is owed a month for some seats, whether there is work for them or not."""
    times = 1 if partner.minimum.of == "ticket" else seats
    return partner.minimum.amount * partner.price.amount * times if seats else 0.0


def _assumptions(scenario: Scenario, one: Answer, contracts: bool) -> tuple[Message, ...]:
    """What the figures rest on and nobody stated."""
    told = []
    if contracts:
        notice = duration_text(scenario.said.hiring.notice)
        told.append(Message("answers.assumed_notice", {"notice": notice}))
    if one.once_total or contracts:
        told.append(Message("answers.assumed_sunk"))
    if one.seats:
        told.append(Message("answers.assumed_partner"))
    if one.block:
        told.append(Message("answers.assumed_as_before"))
    return tuple(told)


def back_words(back: GoingBack) -> tuple[Message, ...]:
    """What going back costs, in a sentence, and what was assumed."""
    if back.nothing:
        return (Message("answers.back_nothing", {"to": back.to, "money": _saved(back)}),)
    parts = []
    if back.contracts:
        values = {
            "people": back.contracts,
            "cost": f"{back.contracts_cost:,.0f}",
            "currency": back.currency,
            "hours": f"{back.idle_hours:,.0f}",
            "owed": f"{back.owed:,.0f}",
            "notice": duration_text(back.notice),
        }
        parts.append(str(Message("answers.back_contracts", values)))
    if back.sunk:
        values = {"sunk": f"{back.sunk:,.0f}", "currency": back.currency}
        parts.append(str(Message("answers.back_sunk", values)))
    if back.seats:
        values = {
            "seats": back.seats,
            "minimum": f"{back.partner_minimum:,.0f}",
            "currency": back.currency,
            "set_up": duration_text(back.set_up),
        }
        parts.append(str(Message("answers.back_partner", values)))
    if back.closes_again:
        values = {
            "contacts": contacts_text(back.waiting_again.coming),
            "before": waits_text(back.waiting_again.before),
            "after": waits_text(back.waiting_again.after),
            "nine": wait_text(back.waiting_again.before.nine),
        }
        parts.append(str(Message("answers.back_waiting", values)))
    values = {"to": back.to, "parts": "; ".join(parts), "money": _saved(back)}
    assumed = " ".join(str(message) for message in back.assumptions)
    lines = [Message("answers.back", values)]
    return (*lines, Message("answers.back_assumed", {"assumed": assumed})) if assumed else tuple(lines)


def _saved(back: GoingBack) -> str:
    values = {"money": f"{abs(back.saved):,.0f}", "currency": back.currency}
    code = "back_saves" if round(back.saved) > 0 else "back_costs" if round(back.saved) < 0 else "back_same"
    return str(Message(f"answers.{code}", values))
