"""What ``plan.json`` says of a plan: plain numbers, text and lists."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from typing import TYPE_CHECKING, Any

import numpy as np

from planner._messages import Listed, Message
from planner._spoken import plain_value, value_of
from planner.clock import utc_text
from planner.study.call_outs import call_out_record
from planner.study.columns import SCHEMA_VERSION
from planner.study.money import hours_of, people_to_employ
from planner.study.reasons import planned_record
from planner.study.today import today_record
from planner.study.why.record import why_record

if TYPE_CHECKING:  # the solver is loaded by those who solve
    from planner.scheduling import Objective, Result
    from planner.study.plan import Plan

MADE_OF = "made_of"
"""Beside a sentence: sentences that stand inside it, by the blank that they fill."""


def plan_record(plan: Plan) -> dict[str, Any]:
    """The keys of ``plan.json`` (see ``columns.KEYS``), all but ``files``."""
    scenario, result = plan.scenario, plan.result
    record = {
        "schema_version": SCHEMA_VERSION,
        "scenario": scenario.name,
        "period": {
            "first_day": scenario.first_day,
            "days": scenario.days,
            "zone": scenario.zone,
            "interval_minutes": scenario.interval_minutes,
        },
        "currency": scenario.currency,
        **result_record(result),
        "hires": sum(
            1
            for agent in scenario.team.agents
            if agent.available_from is not None and agent.available_from > scenario.first_day
        )
        + len(scenario.hires),
        "hours": hours_of(plan),
        "people_to_employ": people_to_employ(plan),
        "need_id": plan.need.need_id,
        "why": None if plan.why is None else why_record(plan.why, plan.need, scenario),
        "violations": [{**as_plain(found), "text": str(found.message)} for found in plan.violations],
        "checks": _checks(plan),
        "rounds": plan.rounds,
        "safety": plan.safety,
        "today": today_record(plan),
        "planned_work": planned_record(plan),
        "call_outs": call_out_record(plan),
        "service": None if plan.service is None else _service(plan),
        "notices": plan.notices,
        "versions": dict(sorted(plan.versions.items())),
        "wall_seconds": {
            "first_rota": round(result.seconds_to_first, 2),
            "search": round(result.seconds, 2),
            "plan": round(plan.seconds, 2),
        },
    }
    plain: dict[str, Any] = as_plain(record)
    return plain


def _checks(plan: Plan) -> dict[str, Any]:
    from planner.study.checked import no_finding, not_checked, packs_of

    packs = packs_of(plan.scenario)
    return {
        "packs": [{"name": pack.name, "title": pack.title, "as_of": pack.as_of} for pack in packs],
        "no_finding": no_finding(plan.scenario),
        "not_checked": not_checked(plan.scenario),
    }


def _service(plan: Plan) -> dict[str, Any]:
    from planner.study.service_files import service_record  # a compiler comes with it; a stated need has none

    return service_record(plan.service, plan.rota, plan.scenario) if plan.service else {}


def result_record(result: Result) -> dict[str, Any]:
    """What the engine found and proved; money in currency units."""
    return {
        "status": result.status.value,
        "time_limited": result.status.value == "time-limited",
        "objective": objective_record(result.objective),
        "bound": _money(result.bound_cents),
        "gap": _share(result.gap),
        "avoidable_gap": _share(result.avoidable_gap),
        "cost": _money(result.objective.pay),
        "missing_hours": round(result.missing_hours, 4),
        "missing_hours_bound": None
        if result.missing_hours_bound is None
        else round(result.missing_hours_bound, 4),
        "engine": result.engine,
        "seed": result.seed,
        "iterations": result.iterations,
        "no_legal_tour": list(result.no_legal_tour),
        "left_out_of_bound": list(result.left_out),
        "taken": list(result.taken),
    }


def objective_record(objective: Objective) -> dict[str, Any]:
    """Cost by term and in total, in currency units.

    Examples
    --------
    >>> from planner.scheduling import Objective
    >>> objective_record(Objective(missing=0, labour=120050, premiums=1))["total"]
    1200.51
    """
    terms = {
        name: _money(getattr(objective, name)) for name in ("missing", "labour", "premiums", "extra", "hires")
    }
    soft = {name: _money(cents) for name, cents in sorted(objective.soft_rules.items())}
    return {"terms": {**terms, "soft_rules": soft}, "total": _money(objective.total)}


def json_text(value: object) -> str:
    """Plain values as indented JSON with a line end; what is not a number becomes null."""
    return json.dumps(as_plain(value), indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def as_plain(value: Any) -> Any:
    """Nouns as plain values: messages as code, values and text; sets sorted; instants as UTC text.

    Examples
    --------
    >>> as_plain({"days": frozenset({2, 1}), "mean": float("nan"), "at": date(2026, 3, 30)})
    {'days': [1, 2], 'mean': None, 'at': '2026-03-30'}
    """
    if isinstance(value, Message):
        return _sentence(value)
    if isinstance(value, Enum):
        return as_plain(value.value)
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, np.generic):
        return as_plain(value.item())
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, datetime):
        return utc_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): as_plain(entry) for key, entry in value.items()}
    if isinstance(value, (set, frozenset)):
        return [as_plain(entry) for entry in sorted(value)]
    if isinstance(value, (list, tuple, np.ndarray)):
        return [as_plain(entry) for entry in value]
    if is_dataclass(value):
        return {field.name: as_plain(getattr(value, field.name)) for field in fields(value)}
    return str(value)


def _sentence(message: Message) -> dict[str, Any]:
    """A sentence with its words; sentences inside it also as what they are made of, for other languages."""
    inner = {name: each for name, each in message.values.items() if isinstance(each, (Listed, Message))}
    told = {name: str(each) if name in inner else each for name, each in message.values.items()}
    found = {"code": message.code, "values": as_plain(told), "text": str(message)}
    return {**found, MADE_OF: {name: plain_value(each) for name, each in inner.items()}} if inner else found


def sentence_of(told: Mapping[str, Any]) -> Message:
    """The sentence that a record holds.

    Raises
    ------
    KeyError, TypeError, ValueError: if it is none of this version.

    Examples
    --------
    >>> inner = Message("study.pack_as_of", {"pack": "pt", "day": date(2026, 3, 30)})
    >>> outer = Message("study.no_finding", {"packs": inner})
    >>> str(sentence_of(as_plain(outer))) == str(outer)
    True
    """
    made_of = {name: value_of(each) for name, each in told.get(MADE_OF, {}).items()}
    return Message(told["code"], {**told["values"], **made_of})


def _money(cents: int | None) -> float | None:
    return None if cents is None else round(cents / 100, 2)


def _share(share: float | None) -> float | None:
    return None if share is None else round(share, 6)
