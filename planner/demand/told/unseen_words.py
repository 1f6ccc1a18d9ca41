"""Sentences about hours that were borrowed: from whom, how much, how far off it may be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from planner._messages import Message
from planner._values import number_text, share_text
from planner.demand.curve.bands import HIGH, LOW, quantiles
from planner.demand.told.pilot import Learnt

SHOWN_DONORS = 3


class Lent(NamedTuple):
    """What a queue borrows in a mean week of the period.

    Attributes
    ----------
    contacts: in hours that it never saw and now opens. assumed: those of them that no other queue saw.
    hours: how many hours. doubt: gamma variance of all of these contacts together.
    """

    contacts: float
    assumed: float
    hours: float
    doubt: float


def never_words(queue: str, donors: Sequence[tuple[str, float]], a_weekday: float) -> list[Message]:
    """A queue that the history has none of."""
    values = {"queue": queue, "contacts": number_text(round(a_weekday, 1)), "donors": _donors(donors)}
    return [Message("unstaffed.never_staffed" if donors else "unstaffed.never_staffed_assumed", values)]


def borrowed_words(queue: str, donors: Sequence[tuple[str, float]], lent: Lent) -> list[Message]:
    """Hours that were never open; most of them assumed where no other queue has seen them.

    Examples
    --------
    >>> print(borrowed_words("phone en", [("mail en", 1.0)], Lent(12.0, 0.0, 10.0, 0.05))[0])
    phone en: never open in 10 of the hours of a week that it now opens; expected there, 12 contacts a week, \
are borrowed from mail en (100%); 7 to 18 would be no surprise
    """
    ends = [int(quantiles(np.array([lent.contacts]), lent.doubt, share)[0]) for share in (LOW, HIGH)]
    values = {
        "queue": queue,
        "hours": number_text(round(lent.hours, 1)),
        "contacts": number_text(round(lent.contacts, 1)),
        "donors": _donors(donors),
        "range": f"{ends[0]} to {ends[1]}",
    }
    assumed = not donors or lent.assumed > lent.contacts / 2
    return [Message("unstaffed.assumed" if assumed else "unstaffed.borrowed", values)]


def pilot_words(queue: str, learnt: Sequence[Learnt], weeks: int) -> list[Message]:
    """What a pilot brought against what had been borrowed."""
    expected = sum(one.expected for one in learnt)
    factor = sum(one.factor * one.expected for one in learnt) / max(expected, 1e-12)
    values = {
        "queue": queue,
        "weeks": weeks,
        "came": number_text(round(sum(one.came for one in learnt))),
        "expected": number_text(round(expected, 1)),
        "factor": number_text(round(factor, 2)),
    }
    return [Message("unstaffed.pilot", values)]


def _donors(donors: Sequence[tuple[str, float]]) -> str:
    return ", ".join(f"{name} ({share_text(round(weight, 2))})" for name, weight in donors[:SHOWN_DONORS])
