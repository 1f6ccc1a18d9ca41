"""The hours of a week as cells to show and to paint on: open, newly open, how many people are needed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from planner._messages import Message
from planner.study.hours_matrix import DAYS, HOURS, Masks, shares
from planner.study.hours_words import day_names
from planner.study.need_view import hours_of_week, people_of, sets_of

if TYPE_CHECKING:
    from planner.requirement import Need


def people_by_hour(need: Need, zone: str, queue: str = "") -> np.ndarray:
    """Most people needed in each hour of the week over the period; shape (7, 24), 0 where nobody is.

    Parameters
    ----------
    queue: of one queue, where the need lists it apart; "" or another: of all.
    """
    people = people_of(need, queue if queue in sets_of(need) else "")
    hour = hours_of_week(need, zone)
    most = np.zeros(DAYS * HOURS, dtype=np.int64)
    np.maximum.at(most, hour, people)
    return most.reshape(DAYS, HOURS)


def cells_of(
    masks: Masks, before: Masks | None, people: np.ndarray | None, queues: Sequence[str]
) -> list[list[dict[str, Any]]]:
    """Seven days of 24 cells: ``state``, ``sign``, ``text`` and ``label`` for whoever does not see colours.

    Parameters
    ----------
    before: hours of the stage before; None: nothing is marked as new. people: needed by day and hour; None:
        not known. queues: those on screen; a cell is open where all of them are.

    Examples
    --------
    >>> week = np.zeros((7, 96), dtype=bool)
    >>> nine = week.copy()
    >>> nine[0, 36:40] = True
    >>> cells_of({"a": nine}, {"a": week}, None, ["a"])[0][9]
    {'state': 'open', 'sign': '+', 'text': '', 'label': 'Mon 09:00: open, newly open'}
    """
    now = shares([masks[name] for name in queues])
    then = (
        shares([before[name] for name in queues if name in before] or [masks[queues[0]]]) if before else now
    )
    names = day_names()
    return [
        [
            _cell(
                names[day],
                hour,
                now[day, hour],
                then[day, hour],
                people[day, hour] if people is not None else 0,
            )
            for hour in range(HOURS)
        ]
        for day in range(DAYS)
    ]


def _cell(day: str, hour: int, now: float, then: float, people: int) -> dict[str, Any]:
    state = "open" if now == 1 else "part" if now > 0 else "closed"
    label = str(Message(f"ladder.cell_{state}", {"day": day, "hour": f"{hour:02d}:00"}))
    sign = "+" if now > then else "−" if now < then else ""
    if sign:
        label = str(Message("ladder.cell_new" if sign == "+" else "ladder.cell_gone", {"cell": label}))
    text = str(people) if people and now else ""
    if text:
        label = str(Message("ladder.cell_people", {"cell": label, "people": text}))
    return {"state": state, "sign": sign, "text": text, "label": label}


def mark_painted(cells: list[list[dict[str, Any]]], saved: Masks, now: Masks, queues: Sequence[str]) -> None:
    """Mark the cells whose hours differ from what is saved: ``painted``."""
    for name in queues:
        for day, hour in np.argwhere((saved[name] != now[name]).reshape(DAYS, HOURS, 4).any(axis=2)).tolist():
            cells[day][hour]["painted"] = True
