"""The gate that asks whether newly opened hours are worth it: contacts in them, or a contract."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from planner._messages import Message
from planner.study.stages.judged import GateResult, Judged, new_hours

if TYPE_CHECKING:
    from planner.service import Service

KIND = "contacts_per_new_hour"
UNIT = "contacts an hour"


@dataclass(frozen=True)
class PerHour:
    """Contacts in newly opened hours, for each of these hours.

    Attributes
    ----------
    mean: over all weeks. low, high: one week of ten has fewer, one more.
    hours: newly opened hours a week.
    """

    mean: float
    low: float
    high: float
    hours: float


def per_new_hour(stage: Judged, before: Judged) -> PerHour | None:
    """Contacts of newly opened queues per clock hour in which at least one of them newly opens.

    None where the scenario states its need, so that nobody knows how many come; all 0 without new hours.
    """
    new = new_hours(stage.plan, before.plan)
    open_hours = new.any(axis=0)
    minutes = stage.plan.need.interval_minutes
    a_week = float(open_hours.sum()) * minutes / 60 / stage.plan.scenario.weeks
    if not a_week:
        return PerHour(0.0, 0.0, 0.0, 0.0)
    if stage.service is None:
        return None
    names = [queue.name for queue in stage.plan.scenario.queues]
    counts = arriving(stage.service, dict(zip(names, new, strict=True)))
    week_of = np.asarray(stage.service.week_of)
    weeks, week = np.unique(week_of, return_inverse=True)
    hours = np.bincount(week, weights=open_hours, minlength=len(weeks)) * minutes / 60
    rate = counts[:, hours > 0] / hours[hours > 0]
    low, high = np.quantile(rate, (0.1, 0.9)).tolist()
    mean = float(counts.sum()) / (float(hours.sum()) * stage.service.replications)
    return PerHour(mean, low, high, a_week)


def arriving(service: Service, masks: dict[str, np.ndarray]) -> np.ndarray:
    """Contacts that come to each queue in its intervals, summed; shape (replications, weeks)."""
    records = service.records
    number = {queue.name: place for place, queue in enumerate(service.queues)}
    table = np.zeros((len(service.queues), service.intervals), dtype=bool)
    for name, mask in masks.items():
        table[number[name]] = mask
    k = (records.arrived // (60 * service.interval_minutes)).astype(np.int64)
    inside = (k >= 0) & (k < service.intervals) & ~records.carried
    inside[inside] = table[records.offered_to[inside], k[inside]]
    weeks, week = np.unique(np.asarray(service.week_of), return_inverse=True)
    cell = records.replication[inside] * len(weeks) + week[k[inside]]
    counts = np.bincount(cell, minlength=service.replications * len(weeks))
    found: np.ndarray = counts.reshape(service.replications, len(weeks))
    return found


def contacts_per_new_hour(
    stage: Judged, before: Judged, at_least: float, or_contract: str = ""
) -> GateResult:
    """Mean contacts per newly opened hour, or a contract that asks for these hours whoever comes.

    Parameters
    ----------
    or_contract: why the hours are opened though few come; "": there is no such reason.
    """
    found = per_new_hour(stage, before)
    if found is not None and not found.hours:
        return GateResult(KIND, True, None, at_least, Message("study.gate_no_new_hours"), UNIT)
    if found is None:
        values = {"reason": or_contract}
        code = "contacts_unknown_contract" if or_contract else "contacts_unknown"
        return GateResult(
            KIND, True if or_contract else None, None, at_least, Message(f"stages.{code}", values)
        )
    enough = found.mean >= at_least
    values = {
        "mean": _figure(found.mean),
        "low": _figure(found.low),
        "high": _figure(found.high),
        "at_least": f"{at_least:g}",
        "hours": f"{found.hours:g}" if found.hours % 1 == 0 else f"{found.hours:.1f}",
        "reason": or_contract,
    }
    code = "contacts" if enough or not or_contract else "contacts_contract"
    message = Message(f"stages.{code}", values)
    return GateResult(
        KIND, enough or bool(or_contract), found.mean, at_least, message, UNIT, found.low, found.high
    )


def _figure(contacts: float) -> str:
    return f"{contacts:.1f}" if contacts >= 1 else f"{contacts:.2f}"
