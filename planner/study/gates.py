"""Gates of a stage: questions with a number, a threshold and a go or no-go."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from planner import rota as rota_room
from planner._messages import Message
from planner.clock import local_at
from planner.service import kept_by_week, kept_share, weeks_kept
from planner.study import steps
from planner.study.actuals_gate import actuals_gate
from planner.study.money import DAYS_A_MONTH, hours_of
from planner.study.one_fewer import OneFewer, judged_quarters
from planner.study.partner_owed import owed_beyond
from planner.study.stages.contact_gate import contacts_per_new_hour
from planner.study.stages.judged import GateResult, Judged, new_hours, with_lives, with_long_service
from planner.study.stages.people_gates import fairness, nights_per_person, weekends_per_person
from planner.study.stages.uplift import paid

if TYPE_CHECKING:
    from planner.service import Service
    from planner.study.plan import Plan
    from planner.study.scenario import Gate

__all__ = [
    "GateResult",
    "Judged",
    "ask",
    "cost_uplift",
    "escalation",
    "new_hours",
    "nights_per_person",
    "promise_kept",
    "survives",
    "with_long_service",
]


def promise_kept(stage: Judged, first: Judged, before: Judged, settings: Mapping[str, object]) -> GateResult:
    """Share of contacts within the promise, in new or in old hours, over at least 200 replications.

    New hours: the queue that keeps its promise there in the fewest weeks does so in at least so many of ten;
    each queue alone, whatever the others do in the same week. Old hours: no queue is worse than in the first
    scenario by more than the allowed points (mean over replications).
    """
    if settings["in"] == "new hours":
        # Gate settings are checked numbers by the time they arrive; their type is open for words beside them.
        weeks = float(settings.get("in_weeks", 0.9))  # type: ignore[arg-type]  # a share by its reader
        return _in_new_hours(stage, before, weeks)
    points = float(settings.get("not_worse_by", 0.03))  # type: ignore[arg-type]  # a share by its reader
    return _in_old_hours(stage, first, points)


def _in_new_hours(stage: Judged, before: Judged, wanted: float) -> GateResult:
    new = new_hours(stage.plan, before.plan)
    if not new.any():
        return GateResult("promise_kept", True, None, wanted, Message("study.gate_no_new_hours"))
    found: list[tuple[float, str, float]] = []
    for row, queue in enumerate(stage.plan.scenario.queues):
        hours = new[row] & stage.hours(queue.name)
        if stage.service is not None and hours.any():
            share = weeks_kept(kept_by_week(stage.service, hours, queue.name), queue.promise.share)
            if math.isfinite(share):
                found.append((share, queue.name, _contacts_a_week(stage.service, hours, queue.name)))
    if not found:
        return GateResult("promise_kept", True, None, wanted, Message("study.gate_nobody_comes"))
    worst, name, contacts = min(found)
    values = {
        "queue": name,
        "weeks": f"{math.floor(100 * worst + 1e-9) / 10:.1f}",
        "wanted": f"{10 * wanted:g}",
        "contacts": f"{contacts:.0f}" if contacts >= 1 else f"{contacts:.1f}",
    }
    one_spoils = contacts * (1 - _promise(stage, name)) < 1
    code = "study.gate_new_hours_few" if one_spoils and worst < wanted else "study.gate_new_hours"
    return GateResult("promise_kept", worst >= wanted, worst, wanted, Message(code, values), "share of weeks")


def _promise(stage: Judged, queue: str) -> float:
    return {each.name: each.promise.share for each in stage.plan.scenario.queues}[queue]


def _contacts_a_week(service: Service, hours: np.ndarray, queue: str) -> float:
    """Mean number of contacts of a queue that arrive in some intervals in a week."""
    number = [each.name for each in service.queues].index(queue)
    k = (service.records.arrived // (60 * service.interval_minutes)).astype(np.int64)
    mine = (service.records.queue == number) & hours[np.minimum(k, service.intervals - 1)]
    return float(mine.sum()) / (service.replications * service.weeks)


def _in_old_hours(stage: Judged, first: Judged, allowed: float) -> GateResult:
    now, then = stage.service, first.service
    kept = {queue.name for queue in stage.plan.scenario.queues}
    found: list[tuple[float, str, float]] = []
    for queue in first.plan.scenario.queues:
        if queue.name not in kept:
            message = Message("study.gate_queue_gone", {"queue": queue.name})
            return GateResult("promise_kept", False, None, allowed, message)
        if now is not None and then is not None:
            old = first.hours(queue.name) & stage.reachable[stage.plan.need.queues.index(queue.name)]
            share = kept_share(now, old, queue.name)
            found.append((kept_share(then, old, queue.name) - share, queue.name, share))
    found = [each for each in found if math.isfinite(each[0])]
    if not found:
        return GateResult("promise_kept", True, None, allowed, Message("study.gate_nobody_comes"))
    worst, name, share = max(found)
    values = {
        "queue": name,
        "kept": f"{100 * share:.1f}",
        "points": f"{100 * worst:.1f}",
        "allowed": f"{100 * allowed:g}",
    }
    code = "study.gate_old_hours" if worst >= 0.0005 else "study.gate_old_hours_as_good"
    return GateResult("promise_kept", worst <= allowed, worst, allowed, Message(code, values), "share")


def survives(stage: Plan) -> GateResult:
    """Whether every open hour of every queue keeps somebody who can answer when any one shift is dropped.

    The worst case is named: the shift without which most hours have nobody, or else fewest people are left.
    """
    names = [queue.name for queue in stage.scenario.queues]
    fewer = OneFewer.of(stage.rota, stage.need, stage.scenario, [frozenset({name}) for name in names])
    is_open = judged_quarters(stage.need, stage.scenario, names)
    everybody = fewer.everybody
    worst: tuple[int, int, int] | None = None
    who, queues = None, ""
    for shift in fewer.shifts:
        mine = fewer.mine(shift) * is_open
        left = everybody - mine
        empty = is_open & (left == 0)
        fewest = int(left[mine > 0].min()) if mine.any() else int(everybody.max())
        thin = int(((mine > 0) & (left == fewest)).any(axis=0).sum())
        case = (int(empty.any(axis=0).sum()), -fewest, thin)
        if worst is None or case > worst:
            worst, who = case, shift
            queues = ", ".join(name for name, row in zip(names, empty, strict=True) if row.any())
    holes = is_open & (everybody == 0)
    if holes.any():
        return _with_holes(stage, names, holes)
    if worst is None or who is None:
        return GateResult("survives", True, 0.0, 0.0, Message("study.gate_never_open"))
    nobody, few_hours = worst[0] / 4, worst[2] / 4
    values = {"agent": who.agent, "day": who.day.isoformat(), "hours": f"{nobody or few_hours:g}"}
    if nobody:
        message = Message("study.gate_does_not_survive", {**values, "queues": queues})
    else:
        message = Message("study.gate_survives", {**values, "people": -worst[1]})
    return GateResult("survives", not nobody, nobody, 0.0, message, "hours")


def _with_holes(stage: Plan, names: list[str], holes: np.ndarray) -> GateResult:
    """Open hours that have nobody even when everybody is there."""
    first = local_at(stage.need.first_quarter + int(holes.any(axis=0).argmax()), stage.scenario.zone)
    hours = int(holes.any(axis=0).sum()) / 4
    values = {
        "queues": ", ".join(name for name, row in zip(names, holes, strict=True) if row.any()),
        "hours": f"{hours:g}",
        "first": f"{first:%Y-%m-%d %H:%M} {stage.scenario.zone}",
    }
    return GateResult("survives", False, hours, 0.0, Message("study.gate_holes", values), "hours")


def escalation(stage: Plan) -> GateResult:
    """Whether each escalation role is on call at every open hour."""
    need = stage.need
    step = need.quarters_per_interval
    holes, first_hole = 0, ""
    if not stage.scenario.roles:
        return GateResult("escalation", False, None, 0.0, Message("study.gate_no_role"))
    table = stage.scenario.skills
    everybody = steps.with_carried(stage.rota, stage.scenario)
    grid = (need.first_quarter, need.interval_minutes, need.intervals, stage.scenario.cyclic)
    for role in stage.scenario.roles:
        row = need.sets.index(frozenset({role.name}))
        on_call = rota_room.people_on_duty(everybody, table, [need.sets[row]], *grid)[0]
        missing = np.flatnonzero(need.required[row] > on_call)
        holes += len(missing)
        if len(missing) and not first_hole:
            at = local_at(need.first_quarter + int(missing[0]) * step, stage.scenario.zone)
            first_hole = f"{at:%Y-%m-%d %H:%M} {stage.scenario.zone}"
    hours = holes * need.interval_minutes / 60
    code = "study.gate_escalation" if not holes else "study.gate_escalation_holes"
    message = Message(code, {"hours": f"{hours:g}", "first": first_hole})
    return GateResult("escalation", not holes, hours, 0.0, message, "hours")


def cost_uplift(stage: Plan, first: Plan, at_most: float) -> GateResult:
    """Rostered cost and what a partner is owed beyond it, against the first scenario's; idle hours beside."""
    now, then = paid(stage), paid(first)
    value = (now - then) / then if then else 0.0
    values = {
        "uplift": f"{round(100 * value, 1) + 0.0:+.1f}",
        "at_most": f"{100 * at_most:g}",
        "idle": f"{hours_of(stage)['idle']:.0f}",
    }
    owed = owed_beyond(stage)
    if owed:
        month = DAYS_A_MONTH / stage.scenario.days / 100
        values |= {"owed": f"{owed * month:,.0f}", "currency": stage.scenario.currency}
    message = Message("study.gate_cost_partner" if owed else "study.gate_cost", values)
    return GateResult("cost_uplift", value <= at_most, value, at_most, message, "share")


def ask(gate: Gate, stage: Judged, first: Judged, before: Judged, later: Path | None = None) -> GateResult:
    """The answer to one gate of a stage.

    Parameters
    ----------
    later: a history of the time since the stage is live, for the gate ``actuals``.
    """
    scenario = stage.plan.scenario
    asked: Mapping[str, Callable[[], GateResult]] = {
        "promise_kept": lambda: promise_kept(stage, first, before, gate.settings),
        "survives": lambda: survives(stage.plan),
        "nights_per_person": lambda: nights_per_person(stage.plan, float(gate.settings["at_most"])),
        "weekends_per_person": lambda: weekends_per_person(stage.plan, float(gate.settings["at_most"])),
        "fairness": lambda: fairness(stage.plan, gate.settings),
        "contacts_per_new_hour": lambda: contacts_per_new_hour(
            stage, before, float(gate.settings["at_least"]), str(gate.settings["or_contract"])
        ),
        "escalation": lambda: escalation(stage.plan),
        "actuals": lambda: GateResult(gate.kind, *actuals_gate(scenario, gate.settings, later)),
        "cost_uplift": lambda: cost_uplift(stage.plan, first.plan, float(gate.settings["at_most"])),
    }
    simulated = {"promise_kept": (stage.service, first.service), "contacts_per_new_hour": (stage.service,)}
    return with_lives(asked[gate.kind](), *simulated.get(gate.kind, ()))
