"""What a stage costs against the first scenario, and why that differs from the often-quoted uplift."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from planner import rota as rota_room
from planner._messages import Message
from planner.rota import shift_cost
from planner.study import steps
from planner.study.compare import any_soft
from planner.study.money import hours_of
from planner.study.partner_owed import owed_beyond

if TYPE_CHECKING:
    from planner.study.plan import Plan

QUOTED = (0.6, 1.0)
"""What is often said that 24/7 costs on top of office hours."""
WEEK = 168


@dataclass(frozen=True)
class Uplift:
    """Wages and premiums of a stage against the first scenario's, as a share on top.

    Attributes
    ----------
    share: of the rotas found. low, high: as far as the proven bounds of both allow; None: not known.
    hours, premiums, on_call: parts of the share: more paid hours on duty, premiums, duties on call.
    partner: the part that a partner is owed beyond its rostered hours, its minimum or its tickets.
    """

    share: float
    low: float | None
    high: float | None
    hours: float
    premiums: float
    on_call: float
    partner: float = 0.0


def paid(plan: Plan) -> int:
    """Wages and premiums of the period, and what a partner is owed beyond its rostered hours, cents."""
    return plan.result.objective.pay + owed_beyond(plan)


def least_pay(plan: Plan) -> int | None:
    """Wages and premiums that no rota goes below that misses no more people and breaks no more soft rules.

    None where no bound is known. The proven bound is on all cost: what people missing and soft rules cost
    here is taken off it; without soft rules, what every legal rota pays is a bound as well. It is one on
    rotas: what a partner is owed on top is not below 0, so it holds with that as well.
    """
    result, wages = plan.result, plan.result.objective.pay
    known = [] if any_soft(plan) or result.unavoidable_cents is None else [result.unavoidable_cents]
    if result.bound_cents is not None:
        known.append(result.bound_cents - (result.objective.total - wages))
    return min(max(known), wages) if known else None


def uplift_of(stage: Plan, first: Plan) -> Uplift:
    """What a stage costs on top of the first scenario, and which parts of the pay that is.

    Examples
    --------
    >>> from planner.study import Scenario, plan
    >>> desk = plan(Scenario.from_text("solve: {effort: quick, rounds: 1}"))
    >>> uplift_of(desk, desk).share, uplift_of(desk, desk).hours
    (0.0, 0.0)
    """
    now, then = paid(stage), paid(first)
    if not then:
        return Uplift(0.0, None, None, 0.0, 0.0, 0.0)
    here, there = _parts(stage), _parts(first)
    least_now, least_then = least_pay(stage), least_pay(first)
    return Uplift(
        share=(now - then) / then,
        low=None if least_now is None else least_now / then - 1,
        high=now / least_then - 1 if least_then else None,
        hours=(here[0] - there[0]) / then,
        premiums=(here[1] - there[1]) / then,
        on_call=(here[2] - there[2]) / then,
        partner=(owed_beyond(stage) - owed_beyond(first)) / then,
    )


def _parts(plan: Plan) -> tuple[int, int, int]:
    """Cents of duty without premiums, of its premiums, and of duties on call."""
    terms = steps.pay_terms(plan.scenario)
    base = premiums = on_call = 0
    for shift in plan.rota.shifts:
        if shift.status == "carried":
            continue
        cost = shift_cost(shift, shift.agent, terms)
        if shift.kind == "on_call":
            on_call += cost.total_cents
        else:
            base, premiums = base + cost.base_cents, premiums + cost.premium_cents
    return base, premiums, on_call


def uplift_lines(stage: Plan, first: Plan) -> tuple[Message, ...]:
    """The uplift of a stage beside the often-quoted one, its parts, and what makes the difference."""
    found = uplift_of(stage, first)
    values = {
        **_beside(found),
        "low": "–" if found.low is None else _points(found.low),
        "high": "–" if found.high is None else _points(found.high),
    }
    parts = {key: _points(getattr(found, key)) for key in ("hours", "premiums", "on_call", "partner")}
    owed = "uplift_parts_partner" if found.partner else "uplift_parts"
    reasons = "; ".join(map(str, _reasons(stage, first)))
    code = "uplift" if found.low is not None and found.high is not None else "uplift_no_bound"
    return (
        Message(f"stages.{code}", values),
        Message(f"stages.{owed}", parts),
        Message(f"stages.uplift_{_where(found)}", {"reasons": reasons}),
    )


def uplift_brief(stage: Plan, first: Plan) -> Message:
    """The same in one line: what is often quoted, what it is here, and why it differs."""
    found = uplift_of(stage, first)
    reasons = "; ".join(map(str, _reasons(stage, first)))
    return Message(f"stages.uplift_brief_{_where(found)}", {**_beside(found), "reasons": reasons})


def around_the_clock(plan: Plan) -> bool:
    """Whether somebody can be reached at all 168 hours of a week, which is what the quoted uplift is of."""
    return _hours(plan) >= WEEK - 0.5


def _hours(plan: Plan) -> float:
    """Hours of a week in which some queue is open, on average."""
    open_: np.ndarray = np.asarray(_open(plan).any(axis=0))
    return float(open_.sum()) * plan.need.interval_minutes / 60 / plan.scenario.weeks


def _where(found: Uplift) -> str:
    return "below" if found.share < QUOTED[0] else "above" if found.share > QUOTED[1] else "within"


def _beside(found: Uplift) -> dict[str, str]:
    return {
        "share": _points(found.share),
        "from": f"{100 * QUOTED[0]:g}",
        "to": f"{100 * QUOTED[1]:g}",
    }


def _points(share: float) -> str:
    return f"{round(100 * share, 1) + 0.0:+.1f}"


def _reasons(stage: Plan, first: Plan) -> list[Message]:
    """What of the stage makes its cost what it is."""
    now, then = _open(stage), _open(first)
    covered = {"now": f"{_hours(stage):.0f}", "then": f"{_hours(first):.0f}", "week": WEEK}
    reasons = [Message("stages.covered_all" if around_the_clock(stage) else "stages.covered", covered)]
    new: np.ndarray = np.asarray(now.any(axis=0) & ~then.any(axis=0))
    if new.any():
        reasons += _in_new_hours(stage, now, new)
    idle_then, idle_now = hours_of(first)["idle"], hours_of(stage)["idle"]
    if idle_then >= 1:
        reasons.append(Message("stages.idle", {"then": f"{idle_then:.0f}", "now": f"{idle_now:.0f}"}))
    _base, premiums, on_call = _parts(stage)
    whole = paid(stage)
    if premiums and whole:
        reasons.append(Message("stages.premium_share", {"share": f"{100 * premiums / whole:.1f}"}))
    if on_call and whole:
        waiting = [shift for shift in stage.rota.shifts if shift.kind == "on_call"]
        hours = sum((shift.end - shift.start).total_seconds() for shift in waiting) / 3600
        values = {
            "hours": f"{hours / stage.scenario.weeks:.0f}",
            "share": f"{100 * on_call / whole:.1f}",
        }
        reasons.append(Message("stages.on_call", values))
    return reasons


def _in_new_hours(stage: Plan, now: np.ndarray, new: np.ndarray) -> list[Message]:
    """Who is there in hours that are closed in the first scenario, and which queues are open."""
    names = [queue.name for queue in stage.scenario.queues]
    grid = (
        stage.need.first_quarter,
        stage.need.interval_minutes,
        stage.need.intervals,
        stage.scenario.cyclic,
    )
    everybody = steps.with_carried(stage.rota, stage.scenario)
    people = rota_room.people_on_duty(everybody, stage.scenario.skills, [frozenset(names)], *grid)[0]
    old = now.any(axis=0) & ~new
    there = {"new": f"{people[new].mean():.1f}", "old": f"{people[old].mean():.1f}" if old.any() else "–"}
    reasons = [Message("stages.people_there", there)]
    opened = [name for name, row in zip(names, now, strict=True) if row[new].any()]
    if len(opened) < len(names):
        reasons.append(Message("stages.open_alone", {"queues": ", ".join(opened), "every": len(names)}))
    return reasons


def _open(plan: Plan) -> np.ndarray:
    """Whether each queue of the scenario is open, by interval."""
    rows = [plan.need.queues.index(queue.name) for queue in plan.scenario.queues]
    found: np.ndarray = plan.need.open[rows]
    return found
