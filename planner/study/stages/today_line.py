"""The first line of a rollout: who comes while today's desk is closed, and how long they wait."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import isfinite, nan
from typing import TYPE_CHECKING

from planner._messages import Message
from planner._values import percent_text, wait_text
from planner.study.goals import promise_text
from planner.study.stages.in_hours import (
    Became,
    Came,
    Coming,
    apart,
    hours_a_week,
    open_quarters,
    opens_later,
)
from planner.study.stages.ways import contacts_text, ways_text

if TYPE_CHECKING:
    from planner.demand import History
    from planner.study.stages.judged import Judged


@dataclass(frozen=True)
class Tickets:
    """What the tickets tell of contacts of a queue that came while it was closed.

    Attributes
    ----------
    kept: share answered within the promise; NaN: it cannot be told. contacts: measured.
    promise: in words. first_day, last_day: local days on which they came.
    """

    kept: float
    contacts: int
    promise: str
    first_day: date
    last_day: date


@dataclass(frozen=True)
class TodayLine:
    """Contacts that come while a queue is closed, from the simulation of the first plan.

    Attributes
    ----------
    queue: name; "": all queues. scenario: the first one's name.
    closed_hours: hours a week in which it is closed; of all queues: in which any is.
    coming: how many come then; the share is of all contacts of the queue, or of all.
    became: how long they wait, and what becomes of them; those are left aside who come after the last opening
        of the period, because nobody knows when they are answered.
    tickets: the same hours as the tickets tell them; None: they do not.
    """

    queue: str
    scenario: str
    closed_hours: float
    coming: Coming
    became: Became
    tickets: Tickets | None = None

    @property
    def lost_a_week(self) -> float:
        """Contacts a week that find the queue closed and do not come back, or hang up when they do."""
        lost = self.coming.contacts * (self.became.lost + self.became.hung_up)
        return lost if isfinite(lost) else nan


def while_closed(first: Judged) -> tuple[TodayLine, ...]:
    """All queues together, then each queue that closes at any time in the period; empty if none does."""
    plan = first.plan
    open_ = open_quarters(plan)
    masks = {name: ~mask for name, mask in open_.items()}
    if not any(mask.any() for mask in masks.values()):
        return ()
    came = None if first.service is None else Came(first.service)
    answerable, told = opens_later(open_), tickets_of(plan.history, first)
    lines = []
    for queue, mine in apart(masks).items():
        coming, became = Coming(), Became()
        if came is not None:
            # All queues together: also those that never close count in the share of the week.
            coming, became = came.coming(mine), came.became(mine, answerable)
        hours = hours_a_week(mine, plan.scenario.weeks)
        lines.append(TodayLine(queue, plan.scenario.name, hours, coming, became, told.get(queue)))
    return tuple(lines)


def tickets_of(history: History | None, first: Judged) -> dict[str, Tickets]:
    """What tickets with first replies tell of contacts that came while closed, by queue."""
    if history is None or history.panels.kept is None:
        return {}
    found = {}
    for queue in first.plan.scenario.queues:
        frame = history.panels.kept
        rows = frame[(frame["queue"] == queue.name) & (frame["arrived"] == "closed")].to_dict("records")
        if rows and int(rows[0]["contacts"]):
            row = rows[0]
            found[queue.name] = Tickets(
                kept=float(row["kept"]),
                contacts=int(row["contacts"]),
                promise=promise_text(queue.promise),
                first_day=row["first_day"],
                last_day=row["last_day"],
            )
    return found


def today_words(lines: Sequence[TodayLine]) -> tuple[Message, ...]:
    """The line that is read first, of all queues; then a line a queue."""
    if not lines:
        return (Message("answers.today_never_closed"),)
    told = []
    for line in lines:
        values = {
            "queue": line.queue,
            "scenario": line.scenario,
            "contacts": contacts_text(line.coming),
            "share": percent_text(line.coming.share),
            "median": wait_text(line.became.median),
            "nine": wait_text(line.became.nine),
            "ways": ways_text(line.became),
            "tickets": _tickets_text(line.tickets),
        }
        if not isfinite(line.coming.contacts):
            code = "today_not_known"
        elif not isfinite(line.became.median):
            code = "today_few" if line.queue else "today_few_in_all"
        else:
            code = "today_queue" if line.queue else "today_in_all"
        told.append(Message(f"answers.{code}", values))
        if code == "today_not_known":
            break
    return tuple(told)


def _tickets_text(tickets: Tickets | None) -> str:
    if tickets is None or not isfinite(tickets.kept):
        return ""
    values = {
        "kept": percent_text(tickets.kept),
        "promise": tickets.promise,
        "contacts": f"{tickets.contacts:,}",
        "first": tickets.first_day.isoformat(),
        "last": tickets.last_day.isoformat(),
    }
    return str(Message("answers.by_tickets", values))
