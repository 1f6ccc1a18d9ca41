"""What numbers the formulas refuse, each in a sentence; and numbers read as the decimals written."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from typing import get_args

from planner._errors import ValueTextError
from planner._messages import Message
from planner.demand import Definition

MOST_ERLANGS = 100_000.0
MOST_AGENTS = 1_000_000
MOST_PER_PATIENCE = 1e11  # contacts; more need more memory than there is, and nobody is so patient
MOST_TIMES = 1e5  # that an interval holds a handle time or a patience


def decimal(value: float) -> Fraction:
    """The decimal number that was written, exactly: 0.3 is 3/10.

    Examples
    --------
    >>> decimal(0.3)
    Fraction(3, 10)
    """
    return Fraction(repr(float(value)))


def refuse(mistakes: list[Message]) -> None:
    """Raise all mistakes at once, if there are any.

    Examples
    --------
    >>> refuse(agents_mistakes(-1))
    Traceback (most recent call last):
    planner._errors.ValueTextError: agents is -1; write a whole number from 0 to 1000000
    """
    if mistakes:
        raise ValueTextError(*mistakes)


def load_mistakes(load: float) -> list[Message]:
    """An offered load is a number of erlang, from 0 to 100 000."""
    if math.isfinite(load) and 0.0 <= load <= MOST_ERLANGS:
        return []
    return [Message("requirement.load", {"load": f"{load:g}", "most": f"{MOST_ERLANGS:.0f}"})]


def agents_mistakes(agents: int) -> list[Message]:
    """People are whole and not fewer than none."""
    if isinstance(agents, bool) or agents != int(agents) or not 0 <= agents <= MOST_AGENTS:
        return [Message("requirement.agents", {"agents": agents, "most": MOST_AGENTS})]
    return []


def call_mistakes(
    arrivals: float,
    per_seconds: float,
    aht_seconds: float,
    within_seconds: float,
    patience_seconds: float | None,
) -> list[Message]:
    """What is wrong with a description of callers."""
    wrong = [
        Message(f"requirement.{name}", {"value": f"{value:g}"})
        for name, value, fine in (
            ("arrivals", arrivals, arrivals >= 0.0),
            ("per", per_seconds, per_seconds > 0.0),
            ("aht", aht_seconds, aht_seconds > 0.0),
            ("within", within_seconds, within_seconds >= 0.0),
            ("patience", patience_seconds, patience_seconds is None or patience_seconds > 0.0),
        )
        if value is not None and not (math.isfinite(value) and fine)
    ]
    if wrong:
        return wrong
    if patience_seconds is not None and not arrivals / per_seconds * patience_seconds <= MOST_PER_PATIENCE:
        values = {"value": f"{patience_seconds:g}", "most": f"{MOST_PER_PATIENCE:g}"}
        return [Message("requirement.too_patient", values)]
    return load_mistakes(arrivals * aht_seconds / per_seconds)


def pace_mistakes(
    aht_seconds: float, patience_seconds: float | None, interval_seconds: float
) -> list[Message]:
    """What is too fast to be followed step by step over an interval.

    Examples
    --------
    >>> [str(mistake) for mistake in pace_mistakes(300.0, 1e-9, 1800.0)]
    ['1e-09 s are too short to be followed over intervals of 1800 s; write 0.018 s or more']
    """
    return [
        Message(
            "requirement.too_short",
            {
                "value": f"{seconds:g}",
                "interval": f"{interval_seconds:g}",
                "least": f"{interval_seconds / MOST_TIMES:g}",
            },
        )
        for seconds in (aht_seconds, patience_seconds)
        if seconds is not None and seconds * MOST_TIMES < interval_seconds
    ]


def goal_mistakes(
    target: float | None, max_occupancy: float | None, max_abandon: float | None, definition: str = "offered"
) -> list[Message]:
    """What is wrong with the goals of a team."""
    if definition not in get_args(Definition):
        known = ", ".join(get_args(Definition))
        return [Message("requirement.definition", {"value": definition, "known": known})]
    if target is None and max_occupancy is None and max_abandon is None:
        return [Message("requirement.no_goal", {})]
    return [
        Message(f"requirement.{name}", {"value": f"{value:g}"})
        for name, value, fine in (
            ("target", target, target is not None and 0.0 < target < 1.0),
            ("max_occupancy", max_occupancy, max_occupancy is not None and 0.0 < max_occupancy <= 1.0),
            ("max_abandon", max_abandon, max_abandon is not None and 0.0 < max_abandon <= 1.0),
        )
        if value is not None and not fine
    ]


def chat_mistakes(
    chats_at_once: int, speed: Sequence[float], observations: Sequence[tuple[float, float]] | None = None
) -> list[Message]:
    """What is wrong with chats at once and their speed, or with observations of them.

    Examples
    --------
    >>> [str(mistake) for mistake in chat_mistakes(0, (1.0, 0.85))]
    ['chats at once are 0; write a whole number from 1']
    """
    if isinstance(chats_at_once, bool) or chats_at_once != int(chats_at_once) or chats_at_once < 1:
        return [Message("requirement.chats_at_once", {"value": chats_at_once})]
    wrong = []
    if len(speed) < chats_at_once:
        wrong.append(Message("requirement.speed_length", {"chats": chats_at_once, "given": len(speed)}))
    falls = all(first >= second for first, second in pairwise(speed))
    if not speed or speed[0] != 1.0 or not falls or not speed[-1] > 0.0:
        given = ", ".join(f"{value:g}" for value in speed)
        wrong.append(Message("requirement.speed", {"value": given}))
    for number, seconds in observations or ():
        if not (math.isfinite(number) and number >= 1.0 and math.isfinite(seconds) and seconds > 0.0):
            given = f"{number:g} at once, {seconds:g} s"
            wrong.append(Message("requirement.chat_observed", {"value": given}))
            break
    if observations is not None and not wrong and not any(number < 1.5 for number, _ in observations):
        wrong.append(Message("requirement.never_alone", {}))
    return wrong
