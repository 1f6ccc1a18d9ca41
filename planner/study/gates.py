"""Gates of a stage: questions with a number, a threshold and a go or no-go."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from planner import rota as rota_room
from planner._messages import Message
from planner.clock import local_at
from planner.people import skills
from planner.service import kept_by_week, kept_share, weeks_kept
from planner.study import steps
from planner.study.money import DAYS_A_MONTH, hours_of

if TYPE_CHECKING:
    from planner.service import Service
    from planner.study.plan import Plan
    from planner.study.scenario import Gate

REPLICATIONS = 200


@dataclass(frozen=True)
class GateResult:
    """One gate, answered.

    Attributes
    ----------
    kind: as in the scenario. passed: go (True) or no-go.
    value, threshold: the measured figure and what it is held against; None where there is no number.
    message: the finding in a sentence.
    """

    kind: str
    passed: bool
    value: float | None
    threshold: float | None
    message: Message


@dataclass(frozen=True, eq=False)
class Judged:
    """A plan with a simulation long enough for gates (None when the scenario states its need)."""

    plan: Plan
    service: Service | None


def with_long_service(made: Plan) -> Judged:
    """A plan and its service over at least 200 replications, with forecast-level draws."""
    if made.volumes is None:
        return Judged(made, None)
    return Judged(made, steps.simulate(made.rota, made.volumes, made.scenario, replications=REPLICATIONS))


def new_hours(stage: Plan, before: Plan) -> np.ndarray:
    """Intervals that a queue is open in this stage and was not before; shape (queues, intervals)."""
    names = [queue.name for queue in stage.scenario.queues]
    here = np.stack([stage.need.open[stage.need.queues.index(name)] for name in names])
    there = np.zeros_like(here)
    for row, name in enumerate(names):
        if name in before.need.queues:
            there[row] = before.need.open[before.need.queues.index(name)]
    new: np.ndarray = here & ~there
    return new


def promise_kept(stage: Judged, first: Judged, before: Judged, settings: Mapping[str, object]) -> GateResult:
    """Share of contacts within the promise, in new or in old hours, over at least 200 replications.

    New hours: in at least so many weeks of ten, every queue keeps its promise there. Old hours: no queue
    is worse than in the first scenario by more than the allowed points (mean over replications).
    """
    new = new_hours(stage.plan, before.plan)
    if settings["in"] == "new hours":
        return _in_new_hours(stage, new, float(settings.get("in_weeks", 0.9)))  # type: ignore[arg-type]
    return _in_old_hours(stage, first, float(settings.get("not_worse_by", 0.03)))  # type: ignore[arg-type]


def _in_new_hours(stage: Judged, new: np.ndarray, weeks_wanted: float) -> GateResult:
    if not new.any():
        return GateResult("promise_kept", True, None, weeks_wanted, Message("study.gate_no_new_hours"))
    worst, worst_name = 1.0, ""
    for row, queue in enumerate(stage.plan.scenario.queues):
        if new[row].any() and stage.service is not None:
            share = weeks_kept(kept_by_week(stage.service, new[row], queue.name), queue.promise.share)
            if share < worst or not worst_name:
                worst, worst_name = share, queue.name
    values = {"queue": worst_name, "weeks": f"{10 * worst:.1f}", "wanted": f"{10 * weeks_wanted:g}"}
    return GateResult(
        "promise_kept", worst >= weeks_wanted, worst, weeks_wanted, Message("study.gate_new_hours", values)
    )


def _in_old_hours(stage: Judged, first: Judged, allowed: float) -> GateResult:
    now, then = stage.service, first.service
    worst, worst_name = -1.0, ""
    for queue in first.plan.scenario.queues:
        if now is None or then is None:
            break
        old = first.plan.need.open[first.plan.need.queues.index(queue.name)]
        drop = kept_share(then, old, queue.name) - kept_share(now, old, queue.name)
        if drop > worst:
            worst, worst_name = drop, queue.name
    values = {"queue": worst_name, "points": f"{100 * worst:+.1f}", "allowed": f"{100 * allowed:g}"}
    return GateResult(
        "promise_kept", worst <= allowed, worst, allowed, Message("study.gate_old_hours", values)
    )


def survives(stage: Plan) -> GateResult:
    """Whether every open hour of every queue keeps somebody who can answer when any one shift is dropped."""
    scenario, need = stage.scenario, stage.need
    table = skills(scenario.team, scenario.queues, scenario.roles)
    names = [queue.name for queue in scenario.queues]
    singles = [frozenset({name}) for name in names]
    wanted = np.stack([need.open[need.queues.index(name)] for name in names])

    def holes(rota: rota_room.Rota) -> int:
        grid = (need.first_quarter, need.interval_minutes, need.intervals)
        return int((wanted & (rota_room.people_on_duty(rota, table, singles, *grid) == 0)).sum())

    whole = holes(stage.rota)
    worst, who = 0, None
    for index, shift in enumerate(stage.rota.shifts):
        if shift.kind == "work":
            rest = stage.rota.shifts[:index] + stage.rota.shifts[index + 1 :]
            lost = holes(replace(stage.rota, shifts=rest)) - whole
            if lost > worst:
                worst, who = lost, shift
    hours = worst * need.interval_minutes / 60
    if who is None:
        return GateResult("survives", True, 0.0, 0.0, Message("study.gate_survives"))
    values = {"agent": who.agent, "day": who.day.isoformat(), "hours": f"{hours:g}"}
    return GateResult("survives", False, hours, 0.0, Message("study.gate_does_not_survive", values))


def nights_per_person(stage: Plan, at_most: float) -> GateResult:
    """Most nights of any one person, scaled to a month of 30.4 days."""
    frame = rota_room.fairness(stage.rota, stage.scenario.team)
    nights = dict(zip(frame["agent"].tolist(), frame["nights"].tolist(), strict=True))
    who = max(nights, key=lambda name: nights[name], default="–")
    value = nights.get(who, 0) * DAYS_A_MONTH / stage.scenario.days
    values = {"agent": who, "nights": f"{value:.1f}", "at_most": f"{at_most:g}"}
    return GateResult(
        "nights_per_person", value <= at_most, value, at_most, Message("study.gate_nights", values)
    )


def escalation(stage: Plan) -> GateResult:
    """Whether each escalation role is on call at every open hour."""
    need = stage.need
    step = need.quarters_per_interval
    holes, first_hole = 0, ""
    for role in stage.scenario.roles:
        row = need.sets.index(frozenset({role.name}))
        table = skills(stage.scenario.team, stage.scenario.queues, stage.scenario.roles)
        on_call = rota_room.people_on_duty(
            stage.rota, table, [need.sets[row]], need.first_quarter, need.interval_minutes, need.intervals
        )[0]
        missing = np.flatnonzero(need.required[row] > on_call)
        holes += len(missing)
        if len(missing) and not first_hole:
            at = local_at(need.first_quarter + int(missing[0]) * step, stage.scenario.zone)
            first_hole = f"{at:%Y-%m-%d %H:%M} {stage.scenario.zone}"
    hours = holes * need.interval_minutes / 60
    code = "study.gate_escalation" if not holes else "study.gate_escalation_holes"
    return GateResult(
        "escalation", not holes, hours, 0.0, Message(code, {"hours": f"{hours:g}", "first": first_hole})
    )


def cost_uplift(stage: Plan, first: Plan, at_most: float) -> GateResult:
    """Rostered cost against the first scenario's, with contracted but idle hours beside it."""
    value = _rostered(stage) / _rostered(first) - 1 if _rostered(first) else 0.0
    values = {
        "uplift": f"{100 * value:+.1f}",
        "at_most": f"{100 * at_most:g}",
        "idle": f"{hours_of(stage)['idle']:.0f}",
    }
    return GateResult("cost_uplift", value <= at_most, value, at_most, Message("study.gate_cost", values))


def _rostered(plan: Plan) -> int:
    return plan.result.objective.labour + plan.result.objective.premiums


def ask(gate: Gate, stage: Judged, first: Judged, before: Judged) -> GateResult:
    """The answer to one gate of a stage."""
    asked: Mapping[str, Callable[[], GateResult]] = {
        "promise_kept": lambda: promise_kept(stage, first, before, gate.settings),
        "survives": lambda: survives(stage.plan),
        "nights_per_person": lambda: nights_per_person(stage.plan, float(gate.settings["at_most"])),
        "escalation": lambda: escalation(stage.plan),
        "cost_uplift": lambda: cost_uplift(stage.plan, first.plan, float(gate.settings["at_most"])),
    }
    return asked[gate.kind]()
