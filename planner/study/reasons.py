"""Why a plan is as it is, in sentences: live or deferred, what decides the people, what planned work got."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING, Any

from planner import requirement
from planner._messages import Message
from planner.study.attendance import attendance_record
from planner.study.steps import planned_of

if TYPE_CHECKING:
    from planner.study.plan import Plan

NOT_A_REASON = ("closed", "no contacts")


def handled(made: Plan) -> list[Message]:
    """How each queue is answered, and by what rule; nothing where the need is stated."""
    return [requirement.handled_because(queue) for queue in made.scenario.queues if made.volumes is not None]


def binding(made: Plan) -> list[Message]:
    """What decides the number of people of each live queue; that of others follows from their work."""
    need, lines = made.need, []
    live = [frozenset({queue.name}) for queue in made.scenario.queues if queue.handled_as != "deferred"]
    for row, names in enumerate(need.sets):
        block = need.why.iloc[row * need.intervals : (row + 1) * need.intervals]
        if len(block) == 0 or names not in live:
            continue
        found = Counter(reason for reason in block["reason"].tolist() if reason not in NOT_A_REASON)
        total = sum(found.values())
        if total:
            ranked = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
            parts = [f"{Message(_code(why))} {100 * hours / total:.0f} %" for why, hours in ranked]
            values = {"queue": min(names), "reasons": ", ".join(parts)}
            lines.append(Message("study.binding", values))
    return lines


def _code(reason: str) -> str:
    return "study.reason_" + reason.replace(" ", "_")


def planned_record(made: Plan) -> list[dict[str, Any]]:
    """Planned work with its person-hours, the share of them done in time, and who is on duty when they meet.

    In the order of the scenario; only work at fixed hours where nothing is simulated.
    """
    met = attendance_record(made)
    hours: dict[str, list[float]] = {}
    if made.service is None:
        works = planned_of(made.scenario) if met else ()
        hours = {work.name: [work.person_hours, math.nan] for work in works if work.name in met}
    else:
        done = made.service.planned
        for work, planned, got in zip(
            done.work, done.planned_seconds.tolist(), done.done_seconds.tolist(), strict=True
        ):
            sums = hours.setdefault(work, [0.0, 0.0])
            sums[0] += planned / 3600
            sums[1] += got / 3600
    return [
        {
            "work": work,
            "person_hours": round(planned, 4),
            "done_share": round(got / planned, 4) if planned and math.isfinite(got) else None,
            "attendance": met.get(work, []),
        }
        for work, (planned, got) in hours.items()
    ]


def planned_done(made: Plan) -> list[Message]:
    """A sentence for each planned work: hours planned, and how much of them was done in time."""
    return [
        Message(
            "study.planned_done",
            {
                "work": found["work"],
                "hours": f"{found['person_hours']:,.1f}",
                "done": f"{100 * found['done_share']:.0f}",
            },
        )
        for found in planned_record(made)
        if found["done_share"] is not None
    ]


def few_replications(made: Plan) -> list[Message]:
    """That the period was lived through less often than usual, for want of the compiler."""
    service = made.service
    if service is None or service.compiled or made.scenario.replications is not None:
        return []
    from planner.service import usual_replications

    usual = usual_replications(compiled=True)
    values = {"times": service.replications, "usual": usual}
    return [Message("study.few_replications", values)] if service.replications < usual else []
