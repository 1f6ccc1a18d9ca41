"""What would mend a stage, in words and as CSV."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from planner._messages import Message
from planner.study.stages.mended import Mending, Try, cheapest_by_stage, mended_name
from planner.study.stages.mending_columns import MENDING_COLUMNS
from planner.study.tables import csv_text


def mending_lines(mending: Sequence[Mending], currency: str) -> tuple[Message, ...]:
    """The cheapest way to go for each gate that was mended, or what comes closest; what else was tried."""
    lines: list[Message] = []
    best = cheapest_by_stage(mending)
    for each in mending:
        lines += _of_gate(each, currency, each.cheapest is best.get(each.stage))
    return tuple(lines)


def mending_brief(mending: Mending, currency: str, filed: bool = True) -> tuple[Message, ...]:
    """The cheapest way to go for one gate, or what comes closest, and what else should be known of it.

    Parameters
    ----------
    filed: whether the cheapest is the one that is written as a scenario file of the stage.
    """
    if not mending.tries:
        return tuple(_of_gate(mending, currency))[:1]
    told = mending.cheapest or mending.tries[0]
    counts = {"gate": mending.gate, "tried": mending.tried, "failing": len(told.failing)}
    code = "mend_cheapest_brief" if mending.cheapest else "mend_closest_brief"
    first = Message(f"stages.{code}", {**counts, **_told(told, currency)})
    notes = [Message("stages.mend_note", {"text": str(note)}) for note in told.notes]
    return (first, *notes, *([_file(mending.stage)] if mending.cheapest and filed else []))


def _file(stage: int) -> Message:
    return Message("stages.mend_file", {"file": mended_name(stage)})


def _of_gate(mending: Mending, currency: str, filed: bool = True) -> list[Message]:
    values = {"number": mending.stage, "stage": mending.scenario, "gate": mending.gate}
    if not mending.tries:
        code = "mend_all_same" if mending.same else "mend_stopped" if mending.cancelled else "mend_nothing"
        return [Message(f"stages.{code}", {**values, "what": "; ".join(map(str, mending.same))})]
    best = mending.cheapest
    told = best or mending.tries[0]
    passed = {**values, **_told(told, currency), "failing": _failing(told)}
    lines = [Message("stages.mend_cheapest" if best else "stages.mend_closest", passed)]
    lines += [Message("stages.mend_note", {"text": str(note)}) for note in told.notes]
    lines += [_file(mending.stage)] if best and filed else []
    for one in mending.tries:
        if one is not told:
            code = "mend_also" if one.passes else "mend_fails"
            lines.append(Message(f"stages.{code}", {**_told(one, currency), "failing": _failing(one)}))
    lines += [Message("stages.mend_same", {"what": str(what)}) for what in mending.same]
    counts = {"tried": mending.tried, "possible": mending.possible}
    code = "mend_stopped_at" if mending.cancelled else "mend_tried_fewer" if mending.fewer else "mend_tried"
    return [*lines, Message(f"stages.{code}", counts)]


def _told(one: Try, currency: str) -> dict[str, object]:
    return {
        "what": str(one.what),
        "cost": f"{round(one.cost) + 0:+,}",
        "range": _range(one),
        "currency": currency,
        "when": str(_when(one)),
        "once": _once(one, currency),
    }


def _once(one: Try, currency: str) -> str:
    values = {"once": f"{one.once:,.0f}", "currency": currency}
    return str(Message("stages.mend_once", values)) if one.once else ""


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
    best = cheapest_by_stage(mending)
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
            "one_off_cost": one.once,
            "file": mended_name(each.stage) if one is best.get(each.stage) else "",
        }
        for each in mending
        for one in each.tries
    ]
    names = [column.name for column in MENDING_COLUMNS["mending.csv"]][1:]
    return csv_text("mending.csv", pd.DataFrame(rows, columns=names, dtype=object))


def _yes(value: bool) -> str:
    return "yes" if value else "no"
