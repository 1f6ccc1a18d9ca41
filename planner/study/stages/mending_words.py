"""What would mend a stage, in words and as CSV."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from planner._messages import Message
from planner.study.stages.mended import Mending, Try
from planner.study.stages.mending_columns import MENDING_COLUMNS
from planner.study.tables import csv_text


def mending_lines(mending: Sequence[Mending], currency: str) -> tuple[Message, ...]:
    """The cheapest way to go for each gate that was mended, or what comes closest; what else was tried."""
    lines: list[Message] = []
    for each in mending:
        lines += _of_gate(each, currency)
    return tuple(lines)


def mending_brief(mending: Mending, currency: str) -> tuple[Message, ...]:
    """The cheapest way to go for one gate, or what comes closest, and what else should be known of it."""
    if not mending.tries:
        return tuple(_of_gate(mending, currency))
    told = mending.cheapest or mending.tries[0]
    counts = {"gate": mending.gate, "tried": len(mending.tries), "failing": len(told.failing)}
    code = "mend_cheapest_brief" if mending.cheapest else "mend_closest_brief"
    first = Message(f"stages.{code}", {**counts, **_told(told, currency)})
    return (first, *(Message("stages.mend_note", {"text": str(note)}) for note in told.notes))


def _of_gate(mending: Mending, currency: str) -> list[Message]:
    values = {"number": mending.stage, "stage": mending.scenario, "gate": mending.gate}
    if not mending.tries:
        code = "mend_stopped" if mending.cancelled else "mend_nothing"
        return [Message(f"stages.{code}", values)]
    best = mending.cheapest
    told = best or mending.tries[0]
    passed = {**values, **_told(told, currency), "failing": _failing(told)}
    lines = [Message("stages.mend_cheapest" if best else "stages.mend_closest", passed)]
    lines += [Message("stages.mend_note", {"text": str(note)}) for note in told.notes]
    for one in mending.tries:
        if one is not told:
            code = "mend_also" if one.passes else "mend_fails"
            lines.append(Message(f"stages.{code}", {**_told(one, currency), "failing": _failing(one)}))
    counts = {"tried": len(mending.tries), "possible": mending.possible}
    code = "mend_stopped_at" if mending.cancelled else "mend_tried"
    return [*lines, Message(f"stages.{code}", counts)]


def _told(one: Try, currency: str) -> dict[str, object]:
    return {
        "what": str(one.what),
        "cost": f"{round(one.cost) + 0:+,}",
        "range": _range(one),
        "currency": currency,
        "when": str(_when(one)),
    }


def _range(one: Try) -> str:
    if one.low is None or one.high is None:
        return str(Message("stages.mend_unproven"))
    return str(Message("stages.mend_between", {"low": f"{one.low:+,.0f}", "high": f"{one.high:+,.0f}"}))


def _when(one: Try) -> Message:
    values = {"weeks": f"{one.weeks:g}", "day": "" if one.earliest is None else one.earliest.isoformat()}
    return Message("stages.mend_weeks" if one.earliest is None else "stages.mend_day", values)


def _failing(one: Try) -> str:
    return "; ".join(map(str, one.failing))


def mending_text(mending: Sequence[Mending]) -> str:
    """Every change that was tried, as CSV: ``mending.csv``."""
    rows = [
        {
            "number": each.stage,
            "stage": each.scenario,
            "gate": each.gate,
            "change": one.kind,
            "what": str(one.what),
            "passes": _yes(one.passes),
            "mends_gate": _yes(one.mends),
            "cost_change_a_month": one.cost,
            "cost_change_low_a_month": one.low,
            "cost_change_high_a_month": one.high,
            "earliest": one.earliest,
            "weeks_from_decision": one.weeks,
            "still_failing": _failing(one),
            "checked": "planned again",
            "notes": "; ".join(map(str, one.notes)),
        }
        for each in mending
        for one in each.tries
    ]
    names = [column.name for column in MENDING_COLUMNS["mending.csv"]][1:]
    return csv_text("mending.csv", pd.DataFrame(rows, columns=names, dtype=object))


def _yes(value: bool) -> str:
    return "yes" if value else "no"
