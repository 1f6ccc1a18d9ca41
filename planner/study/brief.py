"""A rollout on one screen: each stage's answer, the gates that fail, and what would mend it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner._messages import Message
from planner.study.money import a_month
from planner.study.partner_owed import partner_lines
from planner.study.stages.mended import cheapest_by_stage
from planner.study.stages.mending_words import mending_brief
from planner.study.stages.telling import first_lines, words_of
from planner.study.stages.uplift import around_the_clock, paid, uplift_brief
from planner.study.summary import missing_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.study.plan import Plan
    from planner.study.rollout import Rollout
    from planner.study.stages.judged import GateResult

MARGIN = "   "


def rollout_brief(made: Rollout) -> tuple[Message | str, ...]:
    """What a meeting decides on: today, each stage's answer, what fails, the cheapest way to go.

    `rollout_summary` tells the same with every gate, every change that was tried and the parts of the cost.
    """
    lines: list[Message | str] = list(first_lines(made)[:1])
    told = words_of(made)
    for number, (plan, gates) in enumerate(zip(made.plans, made.gates, strict=True), 1):
        words = told.get(number)
        lines.append("")
        if words is None:
            lines += [_bare(number, plan), *partner_lines(plan)]
        else:
            lines += [words.go, *words.answer]
        if plan.result.missing_hours > 0:
            lines.append(f"{MARGIN}{missing_line(plan)}")
        asked = around_the_clock(plan) or any(gate.kind == "cost_uplift" for gate in gates)
        if words is not None and number == len(made.plans) and asked:
            lines.append(uplift_brief(plan, made.plans[0]))
        if gates and words is not None:
            lines += _gates(gates)
        lines += _mended(made, number)
        lines += words.back[:1] if words is not None else ()
    if made.cancelled:
        lines += ["", Message("study.cancelled_at", {"stages": len(made.plans)})]
    return (*lines, "", Message("study.brief_more"))


def _bare(number: int, plan: Plan) -> Message:
    """A stage that is compared with none: the first."""
    cost = f"{a_month(paid(plan), plan.scenario.days):,.0f}"
    values = {"number": number, "stage": plan.scenario.name, "cost": cost}
    return Message("study.brief_stage", {**values, "currency": plan.scenario.currency})


def _gates(gates: Sequence[GateResult]) -> list[Message]:
    """How many gates pass; those that do not, but for the one that stands with go or no-go already."""
    passed = sum(gate.passed is True for gate in gates)
    lines = [Message("study.brief_gates", {"passed": passed, "gates": len(gates)})]
    failed = [gate for gate in gates if gate.passed is False]
    lines += [Message("study.gate_failed", {"text": str(gate.message)}) for gate in failed[1:]]
    unknown = [gate for gate in gates if gate.passed is None]
    return lines + [Message("study.gate_unknown", {"text": str(gate.message)}) for gate in unknown]


def _mended(made: Rollout, number: int) -> list[str]:
    """The cheapest way to go for each gate that was mended, or the closest, and what is assumed of it."""
    currency = made.plans[0].scenario.currency
    found = [mending for mending in made.mending if mending.stage == number]
    best = cheapest_by_stage(found).get(number)
    return [
        f"{MARGIN}{line}"
        for mending in found
        for line in mending_brief(mending, currency, mending.cheapest is best)
    ]
