"""A calibration in sentences: what each round asked for and brought, what binds deferred work."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from planner._messages import Message
from planner.study.misses import hour_text

if TYPE_CHECKING:
    from planner.study.rounds import Asked, PoolSafety, Round


def story(rounds: Sequence[Round], safety: Sequence[PoolSafety], currency: str) -> list[Message]:
    """A sentence for each round that asked for something, and for each deferred pool.

    Parameters
    ----------
    rounds, safety: of a plan. currency: of its money.
    """
    wages = {told.number: told.wages_cents for told in rounds}
    lines = []
    for told in rounds:
        if told.after:
            values = {
                "number": told.number,
                "asked": ", ".join(str(_asked(one)) for one in told.asked),
                "brought": _brought(told),
                "wages": f"{(told.wages_cents - wages[told.after]) / 100:+,.0f}",
                "currency": currency,
                "verdict": str(Message(f"study.round_{'better' if told.better else 'worse'}")),
            }
            lines.append(Message("study.round", values))
    for pool in safety:
        values = {"queues": " + ".join(pool.queues), "z": f"{pool.z:.2f}", "why": str(_why(pool))}
        lines.append(Message("study.safety", values))
    return lines


def _asked(one: Asked) -> Message:
    queues = " + ".join(one.queues)
    if one.z:
        values = {"z": f"{one.z:+.2f}", "queues": queues, "hours": f"{one.person_hours:+,.1f}"}
        return Message("study.round_safety", values)
    values = {
        "hours": f"{one.person_hours:+,.1f}",
        "queues": queues,
        "count": str(len(one.hours)),
        "first": hour_text(one.hours[0]),
    }
    return Message("study.round_people", values)


def _brought(told: Round) -> str:
    if not told.brought:
        return str(Message("study.round_brought_nothing"))
    return ", ".join(
        str(Message("study.round_brought", {"queue": name, "points": f"{100 * by:+.1f}"}))
        for name, by in told.brought.items()
    )


def _why(pool: PoolSafety) -> Message:
    """The binding reason; where less was tried, of the queue that lost most by it."""
    code = f"study.safety_{pool.binding.replace(' ', '_')}"
    if pool.binding not in ("safety", "one person") or pool.less is None:
        return Message(code)
    lost = max(pool.less_kept, key=lambda name: pool.kept[name] - pool.less_kept[name])
    values = {
        "less": f"{pool.less:.2f}",
        "kept": f"{100 * pool.less_kept[lost]:.1f}",
        "points": f"{100 * (pool.kept[lost] - pool.less_kept[lost]):.1f}",
    }
    return Message(code if pool.binding == "one person" else f"{code}_tried", values)
