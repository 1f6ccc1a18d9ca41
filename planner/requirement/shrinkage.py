"""The three kinds of time away, kept apart, with exact fractions.

Busy inside the shift (meetings, training, breaks that the rota does not place) and last-minute
no-shows size the *duty*: more people must be rostered than must answer. Absence (leave, sickness)
sizes the *team*: it never adds people to a duty. Shares are read as the decimals written, so that
14 people at 30 % away are exactly 20, never 21 by a rounding error.
"""

from __future__ import annotations

import math
from fractions import Fraction
from functools import lru_cache

from planner._errors import ValueTextError
from planner._messages import Message
from planner.requirement.mistakes import agents_mistakes, decimal, refuse


def present_share(busy_inside_shift: float = 0.0, no_shows: float = 0.0) -> Fraction:
    """Share of the people rostered who are there and free to answer.

    Raises
    ------
    ValueTextError: a share below 0, or 1 and more.

    Examples
    --------
    >>> present_share(0.15, 0.03)
    Fraction(1649, 2000)
    >>> present_share(30)
    Traceback (most recent call last):
    planner._errors.ValueTextError: busy inside the shift is 30; write a share from 0 to below 1, such as 0.15
    """
    refuse(share_mistakes("busy_inside_shift", busy_inside_shift) + share_mistakes("no_shows", no_shows))
    return (1 - decimal(busy_inside_shift)) * (1 - decimal(no_shows))


def gross_people(
    net: int | Fraction, busy_inside_shift: float = 0.0, no_shows: float = 0.0, presence: int = 0
) -> int:
    """People to roster so that ``net`` can answer; never below the minimum on duty.

    The minimum on duty counts people on duty, so it is not divided.

    Parameters
    ----------
    net: people needed at work. presence: minimum people on duty.

    Examples
    --------
    >>> gross_people(14, 0.30), gross_people(1, presence=2), gross_people(0, 0.30)
    (20, 2, 0)
    """
    return max(presence, math.ceil(Fraction(net) / present_share(busy_inside_shift, no_shows)))


def rostered_people(needed: int, away: float, confidence: float = 0.95) -> int:
    """People to roster so that at least ``needed`` are present with a given chance.

    Each one rostered fails to come with chance ``away``, whatever the others do (binomial), in exact
    whole numbers. A ratio fills the gap only on average: of two people rostered at 7 %, both come on
    86 % of days.

    Parameters
    ----------
    needed: people who must be present. away: chance that one fails to come, from 0 to below 1.
    confidence: above 0 and below 1.

    Raises
    ------
    ValueTextError: numbers that cannot be, all of them at once.

    Examples
    --------
    >>> rostered_people(2, 0.07), rostered_people(2, 0.07, 0.99), rostered_people(10, 0.07)
    (3, 4, 12)
    """
    refuse(agents_mistakes(needed) + share_mistakes("no_shows", away) + confidence_mistakes(confidence))
    return _rostered(int(needed), decimal(away), decimal(confidence))


@lru_cache(maxsize=4096)
def _rostered(needed: int, away: Fraction, confidence: Fraction) -> int:
    """Count the absent until the last of those needed has come (negative binomial)."""
    whole, missing = away.denominator, away.numerator
    # P(at most f absent before the needed-th comes) = present^needed * ways / whole^f
    ways = term = 1
    absent, goal = 0, confidence / (1 - away) ** needed
    while ways * goal.denominator < goal.numerator * whole**absent:
        absent += 1
        term = term * missing * (needed + absent - 1) // absent
        ways = ways * whole + term
    return needed + absent


def people_for_occupancy(load: float, occupancy_cap: float) -> int:
    """Smallest number of people who are busy no more than the cap.

    Parameters
    ----------
    load: erlang, read as the decimal written. occupancy_cap: above 0 and up to 1.

    Examples
    --------
    >>> people_for_occupancy(48.0, 0.75), people_for_occupancy(0.1, 0.85)
    (64, 1)
    """
    return math.ceil(decimal(load) / decimal(occupancy_cap))


def payroll_fte(on_duty_hours: float, full_time_hours: float = 40.0, absence: float = 0.0) -> float:
    """Full-time people to employ so that the hours on duty are filled, in the same span of time.

    Parameters
    ----------
    on_duty_hours: hours that a rota fills, in a week for instance.
    full_time_hours: contract hours of one full-time person in that time.
    absence: share of contract hours lost to leave and sickness, from 0 to below 1.

    Raises
    ------
    ValueTextError: numbers that cannot be, all of them at once.

    Examples
    --------
    >>> payroll_fte(168.0, 40.0, absence=0.16)
    5.0
    """
    wrong = share_mistakes("absence", absence)
    if not (math.isfinite(on_duty_hours) and on_duty_hours >= 0):
        wrong.append(Message("requirement.on_duty_hours", {"value": f"{on_duty_hours:g}"}))
    if not (math.isfinite(full_time_hours) and full_time_hours > 0):
        wrong.append(Message("requirement.full_time_hours", {"value": f"{full_time_hours:g}"}))
    if wrong:
        raise ValueTextError(*wrong)
    return float(decimal(on_duty_hours) / (decimal(full_time_hours) * (1 - decimal(absence))))


def confidence_mistakes(confidence: float) -> list[Message]:
    """A chance that is asked for lies above 0 and below 1."""
    if 0.0 < confidence < 1.0:
        return []
    return [Message("requirement.confidence", {"value": f"{confidence:g}"})]


def share_mistakes(name: str, value: float) -> list[Message]:
    """A share of time away is 0 or more and below 1."""
    if math.isfinite(value) and 0.0 <= value < 1.0:
        return []
    return [Message(f"requirement.{name}", {"value": f"{value:g}"})]
