"""From the history's level to the forecast, in words and as a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd

from planner._messages import Message
from planner.demand import Step, Volumes
from planner.study.columns import COLUMNS

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


def _of_a_queue(steps: Sequence[Step]) -> Iterator[Message]:
    first, last = steps[0], steps[-1]
    changes = [step for step in steps[1:-1] if abs(step.change) >= SAID_FROM]
    if changes:
        yield Message("asks.line_first", {"queue": first.queue, "what": step_name(first), **_sizes(first)})
    for step in changes:
        code = "asks.line_more" if step.change > 0 else "asks.line_fewer"
        values = {"what": step_name(step), "change": _said(abs(step.change))}
        yield Message(code, {**values, **_sizes(step)})
    yield Message("asks.line_last", {"queue": last.queue, **_sizes(last)})


def _sizes(step: Step) -> dict[str, object]:
    return {"contacts": _said(step.contacts), "low": _said(step.low), "high": _said(step.high)}


def _said(contacts: float) -> str:
    """Contacts as people say them: whole from ten on."""
    return f"{contacts:,.0f}" if contacts >= 10 else f"{contacts:.1f}".removesuffix(".0")
