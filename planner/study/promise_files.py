"""A price curve as files and in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from planner._messages import Message
from planner._values import Goal, goal_text, percent_text
from planner.study.columns import COLUMNS, SCHEMA_VERSION
from planner.study.files import write_files, write_plan
from planner.study.goals import EXPECTATIONS
from planner.study.priced import Kept, Takes
from planner.study.record import json_text, result_record
from planner.study.tables import csv_text

if TYPE_CHECKING:
    from planner.study.promise import PriceCurve, Priced

PROMISE = "promise.csv"


def write_promise(curve: PriceCurve, folder: Path | str) -> tuple[Path, ...]:
    """Write ``promise-1/`` and on as plan folders from loose to tight, ``promise.csv``, and the record last.

    Raises
    ------
    InputError: if the folder cannot be written.
    """
    written: list[Path] = []
    for number, point in enumerate(curve.points, start=1):
        written += write_plan(point.plan, Path(folder) / f"promise-{number}")
    texts = {
        PROMISE: csv_text(PROMISE, promise_frame(curve)),
        "promise.json": json_text(promise_record(curve)),
    }
    return (*written, *write_files(texts, folder))


def promise_frame(curve: PriceCurve) -> pd.DataFrame:
    """The curve as ``promise.csv`` has it: a row for the whole desk, then one a queue, promise by promise."""
    rows = [row for point in curve.points for row in _rows(point)]
    return pd.DataFrame(rows, columns=[column.name for column in COLUMNS[PROMISE]])


def _rows(point: Priced) -> Iterator[dict[str, Any]]:
    result = point.plan.result
    first = {"schema_version": SCHEMA_VERSION, "promise": point.asked.label, "today": point.asked.today}
    yield {
        **first,
        "queue": "",
        "goal": "",
        **_time(*point.asked.goals.values()),
        "asked": True,
        **_kept(point.worst),
        "reachable_share": point.reachable,
        "more_people": point.more.people if point.more else 0 if point.worst and point.worst.enough else None,
        "more_kept_share": point.more.worst.share if point.more else None,
        **(_figures(point.takes) if point.takes else {}),
        "difference": point.difference,
        "difference_share": point.difference_share,
        "verdict": point.verdict,
        "gap": result.gap,
        "status": result.status.value,
        "rota_of": point.rota_of,
    }
    goals = {queue.name: queue.promise for queue in point.plan.scenario.queues}
    for name in goals:
        said = point.asked.goals.get(name)
        yield {
            **first,
            "queue": name,
            "goal": goal_text(said) if said else "",
            **(_time(said) if said else {}),
            "asked": said is not None,
            **_kept(point.kept.get(name)),
        }


def _figures(takes: Takes) -> dict[str, Any]:
    return {
        "on_duty_peak": takes.on_duty_peak,
        "on_duty_mean": takes.on_duty_mean,
        "people_needed": takes.people,
        "paid_hours": takes.paid_hours,
        "missing_hours": takes.missing_hours,
        "missing_low": takes.missing_low,
        "least_hours": takes.least_hours,
        "wages": takes.wages,
        "cost": takes.cost,
        "cost_low": takes.cost_low,
    }


def _time(*goals: Goal) -> dict[str, Any]:
    clocks = {goal.clock for goal in goals}
    clock = clocks.pop() if len(clocks) == 1 else "mixed"
    return {"within_seconds": max(goal.seconds for goal in goals), "clock": clock}


def _kept(kept: Kept | None) -> dict[str, Any]:
    if kept is None:
        return {}
    return {
        "contacts_per_week": kept.contacts_per_week,
        "promised_share": kept.promised,
        "kept_share": kept.share,
        "kept_low": kept.low,
        "kept_high": kept.high,
        "keeps": "" if kept.enough is None else "yes" if kept.enough else "no",
    }


def promise_record(curve: PriceCurve) -> dict[str, Any]:
    """``promise.json``: what was asked, and each promise with what was proven, from loose to tight."""
    scenario = curve.scenario
    points = [
        {
            "number": number,
            "promise": point.asked.label,
            "today": point.asked.today,
            "goals": {name: goal_text(goal) for name, goal in point.asked.goals.items()},
            "folder": f"promise-{number}",
            "rota_of": point.rota_of,
            "no_price": point.no_price,
            "verdict": point.verdict,
            "need_id": point.plan.need.need_id,
            **{
                key: value
                for key, value in result_record(point.plan.result).items()
                if key in ("status", "time_limited", "bound", "gap", "engine", "seed", "iterations")
            },
        }
        for number, point in enumerate(curve.points, start=1)
    ]
    return {
        "schema_version": SCHEMA_VERSION,
        "scenario": scenario.name,
        "period": {"first_day": scenario.first_day, "days": scenario.days, "zone": scenario.zone},
        "currency": scenario.currency,
        "queues": curve.queues,
        "wanted": curve.wanted,
        "cancelled": curve.cancelled,
        "hour_cost": round(curve.hour_cost, 2),
        "expectations": [{"share": share, "hours": hours} for share, hours in EXPECTATIONS],
        "points": points,
        "versions": dict(sorted(curve.points[0].plan.versions.items())),
    }


def promise_summary(curve: PriceCurve) -> tuple[Message, ...]:
    """The curve in sentences, from loose to tight; then how to read it."""
    money = curve.scenario.currency
    values = {"scenario": curve.scenario.name, "queues": ", ".join(curve.queues), "currency": money}
    hour = f"{curve.hour_cost:,.2f}"
    lines = [Message("promise.title", {**values, "hour": hour})]
    for point in curve.points:
        lines += _sentences(point, money)
    if curve.cancelled:
        lines.append(Message("promise.cancelled", {"done": len(curve.points), "wanted": curve.wanted}))
    if any(point.takes is not None and point.takes.cost_low is not None for point in curve.points):
        lines.append(Message("promise.proven"))
    lines.append(Message("promise.expectations"))
    return tuple(lines)


def _sentences(point: Priced, money: str) -> list[Message]:
    if (takes := point.takes) is None:
        return [Message("promise.no_price", {"promise": named(point)}), *_kept_sentences(point)]
    low = takes.cost_low
    cost = {
        "promise": named(point),
        "cost": f"{takes.cost:,.0f}",
        "currency": money,
        "low": "" if not low else str(Message("promise.at_least", {"cost": f"{low:,.0f}"})),
        "people": f"{takes.people:,.1f}",
        "peak": takes.on_duty_peak,
        "mean": f"{takes.on_duty_mean:.1f}",
    }
    if point.asked.today or point.difference is None:
        lines = [Message("promise.cost_today" if point.asked.today else "promise.cost_alone", cost)]
    else:
        more = {
            "difference": _signed(point.difference, 0),
            "percent": _signed(100 * (point.difference_share or 0.0), 1),
            "verdict": str(Message(f"promise.verdict_{point.verdict.replace(' ', '_')}")),
        }
        lines = [Message("promise.cost", {**cost, **more})]
    lines += _kept_sentences(point)
    hours = {"paid": f"{takes.paid_hours:,.0f}", "least": f"{takes.least_hours:,.0f}"}
    lines.append(Message("promise.hours", hours))
    if takes.missing_hours >= 0.05:
        lines.append(Message("promise.missing", {"hours": f"{takes.missing_hours:,.1f}"}))
    if point.rota_of:
        lines.append(Message("promise.rota_of", {"promise": point.rota_of}))
    return lines


def named(point: Priced) -> str:
    """A promise as it was asked, with what it means in full where that is not the same."""
    goals = {name: goal_text(goal) for name, goal in point.asked.goals.items()}
    if len(set(goals.values())) == 1:
        goals = {"": next(iter(goals.values()))}
    full = ", ".join(f"{name} {text}".strip() for name, text in goals.items())
    return point.asked.label if full == point.asked.label else f"{point.asked.label} ({full})"


def _kept_sentences(point: Priced) -> Iterator[Message]:
    """What is kept of it; if that is too little, who would keep it, or that nobody could."""
    empty = [name for name in point.asked.goals if name in point.kept and point.kept[name].enough is None]
    if empty:
        yield Message("promise.nobody_comes", {"queues": ", ".join(empty)})
    if (kept := point.worst) is None:
        return
    shares = {name: percent_text(getattr(kept, name)) for name in ("share", "low", "high", "promised")}
    yield Message("promise.kept" if kept.enough else "promise.not_kept", shares)
    if point.more is not None:
        values = {"people": point.more.people, "share": percent_text(point.more.worst.share)}
        yield Message("promise.more" if point.more.enough else "promise.more_not_enough", values)
    elif point.no_price == "no team":
        yield Message("promise.nobody", {"share": f"{100 * point.reachable:.1f}"})


def _signed(value: float, digits: int) -> str:
    """So many decimals with a sign; a zero, also one that rounding makes, has none.

    Examples
    --------
    >>> _signed(-1234.4, 0), _signed(-0.04, 1)
    ('-1,234', '0.0')
    """
    return f"{value:+,.{digits}f}" if round(value, digits) else f"{0.0:.{digits}f}"
