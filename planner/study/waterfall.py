"""From the history's level to the forecast, in words and as a table."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import pandas as pd

from planner._messages import Message
from planner.demand import Step, Volumes
from planner.study.columns import COLUMNS

# What comes before drivers in a queue's waterfall, and what after them.
BEFORE = {"history": 0, "stated": 0, "calendar": 1, "new hours": 2, "now on": 3}
AFTER = {"event": 5, "self-service": 6, "moved": 7, "by hand": 8, "forecast": 9}
ORDER, DRIVERS = {**BEFORE, **AFTER}, 4
WIDER = 0.02  # by so much a range must grow to be told where nothing else changes ...
ROUNDED = 2.0  # ... and by more than its two ends, whole contacts, may have been rounded
SAID_FROM = 0.05  # a change below a twentieth of a contact a week is none in words


def waterfall_frame(volumes: Volumes) -> pd.DataFrame:
    """The steps of every queue, as in ``waterfall.csv``."""
    columns = [column.name for column in COLUMNS["waterfall.csv"] if column.name != "schema_version"]
    rows: list[tuple[object, ...]] = []
    number = 0
    for index, step in enumerate(volumes.steps):
        number = number + 1 if index and volumes.steps[index - 1].queue == step.queue else 1
        rows.append(
            (step.queue, number, step.kind, step.name, step.contacts, step.change, step.low, step.high)
        )
    return pd.DataFrame(rows, columns=columns)


def waterfall_lines(volumes: Volumes) -> tuple[Message, ...]:
    """The steps of every queue in plain sentences; steps that change nothing are left out."""
    queues = dict.fromkeys(step.queue for step in volumes.steps)
    return tuple(
        line
        for queue in queues
        for line in _of_a_queue([step for step in volumes.steps if step.queue == queue])
    )


def step_name(step: Step) -> Message:
    """A step in a few words, such as "public holidays and time of the month".

    Examples
    --------
    >>> print(step_name(Step("email en", "event", "summer sale", 90.0, 10.0, 70.0, 110.0)))
    summer sale
    >>> print(step_name(Step("email en", "customers", "7000 -> 15000", 90.0, 10.0, 70.0, 110.0)))
    customers 7000 -> 15000
    """
    code = step.kind.replace(" ", "_").replace("-", "_")
    return Message(f"asks.step_{code}", {"name": f" {step.name}" if step.name else "", "plain": step.name})


def all_together(steps: Sequence[Step], queue: str = "") -> tuple[Step, ...]:
    """The steps of all queues as one, under a name of its own.

    What chance does to one queue says nothing of another, so these ranges add up as squares; what a driver or
    event is unsure by is the same for all queues, and adds up as it is.

    Examples
    --------
    >>> one = [Step(q, "history", "", 100.0, 0.0, 90.0, 110.0) for q in "ab"]
    >>> two = [Step(q, "forecast", "", 100.0, 0.0, 90.0, 110.0) for q in "ab"]
    >>> [(s.kind, s.contacts, round(s.low, 1)) for s in all_together([one[0], two[0], one[1], two[1]])]
    [('history', 200.0, 185.9), ('forecast', 200.0, 185.9)]
    """
    queues: dict[str, list[Step]] = {}
    for step in steps:
        queues.setdefault(step.queue, []).append(step)
    now = {name: own[0] for name, own in queues.items()}
    found: list[Step] = []
    for kind, name, number in _in_order(list(queues.values())):
        for own_queue, own in queues.items():
            alike = [step for step in own if (step.kind, step.name) == (kind, name)]
            now[own_queue] = alike[number] if number < len(alike) else now[own_queue]
        contacts = sum(step.contacts for step in now.values())
        low = contacts - _together([(own[0], now[q], "low") for q, own in queues.items()])
        high = contacts + _together([(own[0], now[q], "high") for q, own in queues.items()])
        change = contacts - found[-1].contacts if found else 0.0
        found.append(Step(queue, kind, name, contacts, change, low, high))
    return tuple(found)


def _in_order(queues: Sequence[Sequence[Step]]) -> list[tuple[str, str, int]]:
    """Every step that any queue has, once: kind, name and how many of the same came before it."""
    seen: dict[tuple[str, str, int], None] = {}
    for own in queues:
        for index, step in enumerate(own):
            alike = sum((before.kind, before.name) == (step.kind, step.name) for before in own[:index])
            seen.setdefault((step.kind, step.name, alike))
    return sorted(seen, key=lambda key: ORDER.get(key[0], DRIVERS))


def _together(steps: Sequence[tuple[Step, Step, str]]) -> float:
    """How far all queues together may be off at a step, to one side."""
    chance = unsure = 0.0
    for first, step, side in steps:
        by_chance = abs(getattr(first, side) - first.contacts) * step.contacts / max(first.contacts, 1e-9)
        in_all = abs(getattr(step, side) - step.contacts)
        chance += min(by_chance, in_all) ** 2
        unsure += math.sqrt(max(0.0, in_all**2 - by_chance**2))
    return math.sqrt(chance + unsure**2)


def telling(steps: Sequence[Step]) -> list[Step]:
    """Steps of a queue that change something, or make it less sure; the first and the last are always kept.

    Examples
    --------
    >>> from dataclasses import replace
    >>> first = Step("q", "history", "", 90.0, 0.0, 80.0, 100.0)
    >>> steps = [first, replace(first, kind="calendar"), replace(first, kind="growth", high=110.0), first]
    >>> [step.kind for step in telling(steps)]
    ['history', 'growth', 'history']
    """
    widths = [step.high - step.low for step in steps]
    return [
        step
        for index, step in enumerate(steps)
        if index in (0, len(steps) - 1)
        or abs(step.change) >= SAID_FROM
        or widths[index] > max((1 + WIDER) * widths[index - 1], widths[index - 1] + ROUNDED)
    ]


def _of_a_queue(steps: Sequence[Step]) -> Iterator[Message]:
    first, last = steps[0], steps[-1]
    changes = telling(steps)[1:-1]
    if changes:
        yield Message("asks.line_first", {"queue": first.queue, "what": step_name(first), **_sizes(first)})
    for step in changes:
        code = "asks.line_more" if step.change > 0 else "asks.line_fewer"
        code = code if abs(step.change) >= SAID_FROM else "asks.line_unsure"
        values = {"what": step_name(step), "change": _said(abs(step.change))}
        yield Message(code, {**values, **_sizes(step)})
    yield Message("asks.line_last", {"queue": last.queue, **_sizes(last)})


def _sizes(step: Step) -> dict[str, object]:
    return {"contacts": _said(step.contacts), "low": _said(step.low), "high": _said(step.high)}


def _said(contacts: float) -> str:
    """Contacts as people say them: whole from ten on."""
    return f"{contacts:,.0f}" if contacts >= 10 else f"{contacts:.1f}".removesuffix(".0")
