"""Rows of an answer's files for people: nothing where a cell is empty, and what a range says in a word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from planner.study.scenario.hiring_said import HiringSaid
from planner.study.scenario.intentions import Outsource

if TYPE_CHECKING:
    from planner.study.scenario import Scenario
    from planner.study.scenario.parts import Part


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows of a file by column; None where a cell is empty.

    Examples
    --------
    >>> records(pd.DataFrame({"queue": ["email en"], "low": [float("nan")]}))
    [{'queue': 'email en', 'low': None}]
    """
    plain = frame.astype(object)
    return [
        {str(name): cell for name, cell in row.items()}
        for row in plain.where(plain.notna(), None).to_dict("records")
    ]


def change_word(low: float | None, high: float | None) -> str:
    """What a range of a change says: lower, higher, not distinguishable, or no range.

    Parameters
    ----------
    low, high: the change at least and at most; None: not proven.

    Examples
    --------
    >>> change_word(-20.0, 0.4), change_word(417.0, 418.0), change_word(None, 3.0), change_word(0.0, 0.0)
    ('not distinguishable', 'higher', 'no range', 'same')
    """
    if low is None or high is None:
        return "no range"
    if low == high == 0:
        return "same"
    if high < 0:
        return "lower"
    return "higher" if low > 0 else "not distinguishable"


def night_ways(frame: pd.DataFrame, record: dict[str, Any]) -> list[dict[str, Any]]:
    """Every way to cover nights in one order: figures, assumptions and risk of those that were planned.

    Parameters
    ----------
    frame: ``nights.csv``. record: ``nights.json``.

    Returns
    -------
    A row of the file each, with ``taken``, ``assumed``, ``risk``; ways not planned have ``why`` instead.
    """
    told = {one["way"]: one for one in record["ways"]}
    planned = {row["way"]: {**row, **told.get(row["way"], {})} for row in records(frame)}
    return [
        planned.get(way) or {"way": way, "why": record["not_planned"][way]}
        for way in WAYS
        if way in planned or way in record["not_planned"]
    ]


WAYS = ("rotation", "volunteers", "new contracts", "partner", "on call", "closed")
"""Ways to cover nights, as ``nights.csv`` names them."""


class Term(NamedTuple):
    """What an answer rests on: a key, what a file would write, and whether the scenario says so."""

    key: str
    text: str
    stated: bool


PARTNER = ("price", "minimum", "from", "to", "seats", "slower", "set_up", "set_up_cost")
"""What is shown of a partner."""
HIRING = (
    *("decided", "lead_time", "notice", "ramp", "mentor", "attrition"),
    *("recruiting", "training", "equipment", "budget", "months"),
)
"""What is shown of how people come and go."""


def partner_terms(scenario: Scenario) -> tuple[Term, ...]:
    """Price, minimum and times of a partner, stated or assumed.

    Examples
    --------
    >>> from planner.study import Scenario
    >>> for term in partner_terms(Scenario.from_text("outsource: {price: 14 per hour}"))[:2]:
    ...     print(term.key, term.text, term.stated)
    price 14 per hour True
    minimum none False
    """
    return _terms(scenario, "outsource", Outsource(), PARTNER)


def hiring_terms(scenario: Scenario) -> tuple[Term, ...]:
    """How people come and go, stated or assumed.

    Examples
    --------
    >>> from planner.study import Scenario
    >>> hiring_terms(Scenario.from_text("people: 5"))[1]
    Term(key='lead_time', text='8 weeks', stated=False)
    """
    return _terms(scenario, "hiring", HiringSaid(), HIRING)


def _terms(scenario: Scenario, block: str, usual: Part, keys: tuple[str, ...]) -> tuple[Term, ...]:
    stated = scenario.plain.get(block, {})
    given = {**usual.model_dump(by_alias=True), **stated}
    return tuple(Term(key, _text(given[key]), key in stated) for key in keys)


def _text(value: object) -> str:
    if value is None:
        return ""
    return ", ".join(str(one) for one in value) if isinstance(value, (list, tuple)) else str(value)
