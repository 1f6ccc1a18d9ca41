"""What customers get now, as their tickets tell it, beside what a plan gives them."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date
from math import isfinite
from typing import TYPE_CHECKING, Any

from planner._messages import Message
from planner._values import percent_text
from planner.demand import backlog_messages, is_labelled, self_service_messages
from planner.study.goals import promise_text

if TYPE_CHECKING:
    from planner.demand import History, Queue
    from planner.study.plan import Plan
    from planner.study.rounds import Round
    from planner.study.scenario import Scenario

FEW_CONTACTS = 100
MUCH_LEFT_OUT = 0.05


@dataclass(frozen=True)
class Today:
    """One queue's service now.

    Attributes
    ----------
    queue: name. promise: as the scenario writes it; clock: the promise's.
    arrived: the contacts it is measured on: "open", "closed" or "all"; "all" too where it is not known which
        came while the queue was open.
    kept: share within the promise; None: it cannot be told.
    contacts: measured. left_out: without a first reply, and nobody knows whether they needed one.
    first_day, last_day: local days on which they came.
    planned: share that the plan keeps; None: it is not simulated.
    caveats: what makes the two differ beside people on duty.
    """

    queue: str
    promise: str
    clock: str
    arrived: str
    kept: float | None
    contacts: int
    left_out: int
    first_day: date
    last_day: date
    planned: float | None = None
    caveats: tuple[Message, ...] = ()


def today_of(
    history: History | None, scenario: Scenario, planned: Mapping[str, float] | None = None
) -> tuple[Today, ...]:
    """Service of each queue of which the history tells first replies.

    Parameters
    ----------
    history: as it was read. scenario: whose promises are asked about.
    planned: share that a plan keeps, by queue.
    """
    if history is None or history.panels.kept is None:
        return ()
    found = []
    for queue in scenario.queues:
        mine = history.panels.kept[history.panels.kept["queue"] == queue.name]
        rows = {row["arrived"]: row for row in mine.to_dict("records")}
        if rows:
            found.append(_today(queue, rows, (planned or {}).get(queue.name)))
    return tuple(found)


def _today(queue: Queue, rows: Mapping[str, Mapping[Hashable, Any]], planned: float | None) -> Today:
    promise = queue.promise
    arrived = promise.judged_on if promise.judged_on in rows else "all"
    row = rows[arrived]
    kept = float(row["kept"])
    found = Today(
        queue=queue.name,
        promise=promise_text(promise),
        clock=promise.clock,
        arrived=arrived,
        kept=kept if isfinite(kept) else None,
        contacts=int(row["contacts"]),
        left_out=int(row["left_out"]),
        first_day=row["first_day"],
        last_day=row["last_day"],
        planned=planned if planned is not None and isfinite(planned) else None,
    )
    return Today(**{**vars(found), "caveats": _caveats(found, queue)})


def _caveats(found: Today, queue: Queue) -> tuple[Message, ...]:
    if found.kept is None:
        code = "no_contacts" if not found.contacts else "clock_unknown"
        return (Message(f"today.{code}", {"clock": found.clock}),)
    told = []
    if found.contacts < FEW_CONTACTS:
        told.append(Message("today.few", {"contacts": found.contacts}))
    if found.left_out > MUCH_LEFT_OUT * (found.contacts + found.left_out):
        told.append(Message("today.left_out", {"left_out": found.left_out}))
    if found.arrived != queue.promise.judged_on:
        told.append(Message("today.all_hours"))
    if queue.promise.definition == "gone":
        told.append(Message("today.gone"))
    return tuple(told)


def today_of_plan(plan: Plan) -> tuple[Today, ...]:
    """Today's service beside that of a plan."""
    if plan.history is None or plan.history.panels.kept is None:
        return ()
    return today_of(plan.history, plan.scenario, _kept(plan.rounds))


def _kept(rounds: tuple[Round, ...]) -> Mapping[str, float]:
    return next((round_.kept for round_ in rounds if round_.chosen), {})


def today_lines(found: tuple[Today, ...]) -> tuple[Message, ...]:
    """Each queue in a sentence: today, on which contacts, and this plan."""
    lines = []
    for one in found:
        values: dict[str, object] = {
            "queue": one.queue,
            "promise": one.promise,
            "clock": str(Message(f"today.clock_{one.clock.replace(' ', '_')}")),
            "arrived": str(Message(f"today.arrived_{one.arrived}")),
            "kept": "–" if one.kept is None else percent_text(one.kept),
            "contacts": f"{one.contacts:,}",
            "first": one.first_day.isoformat(),
            "last": one.last_day.isoformat(),
            "planned": "–" if one.planned is None else percent_text(one.planned),
            "caveats": "".join(f"; {caveat}" for caveat in one.caveats),
        }
        code = "not_known" if one.kept is None else "alone" if one.planned is None else "beside_plan"
        lines.append(Message(f"today.{code}", values))
    return tuple(lines)


def findings_line(history: History | None) -> tuple[Message, ...]:
    """That something was found in a history, for those who did not ask: one sentence, or none."""
    found = [] if history is None else [one for one in history.suggestions if one.kind != "note"]
    return (Message("quality.found", {"count": len(found)}),) if found else ()


def history_lines(history: History, scenario: Scenario) -> tuple[Message, ...]:
    """What a history tells beside arrivals, and what was found in it with the line that accepts it."""
    panels = history.panels
    return (
        *(
            found.sentence
            for found in history.suggestions
            if not is_labelled(found.first, found.last, found.queues, scenario.forecast_asks.events)
        ),
        *today_lines(today_of(history, scenario)),
        *backlog_messages(panels),
        *self_service_messages(panels),
    )


def today_record(plan: Plan) -> list[dict[str, Any]] | None:
    """Today's service as ``plan.json`` has it; None: no file tells first replies."""
    found = today_of_plan(plan)
    if not found:
        return None
    shares = ("kept", "planned")
    return [
        {name: _rounded(value) if name in shares else value for name, value in vars(one).items()}
        for one in found
    ]


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 4)
