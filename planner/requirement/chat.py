"""Chats held several at once: a birth-death chain whose speed depends on how many are open.

Somebody with q chats open gives each of them ``speed[q - 1]`` of the speed it would have alone, and
finishes q * speed[q - 1] times as much as with one. New chats go to whoever has fewest, so open
chats are spread evenly (balanced): with k open among n people, ``k mod n`` of them have one more
than the others. That makes the number of chats in the system a birth-death chain; above n times
the most at once, customers wait and may hang up, exactly as in ``erlang_a``. With one chat at a
time it is Erlang C or Erlang A.

Only the balance is assumed: chats end at random, so people are not always even. Against exact
chains over all ways in which chats lie with people, shares differ by less than 1.5 points.
Sources: Luo & Zhang (2013), "Staffing and control of instant messaging contact centers", Operations
Research 61(2); Tezcan & Zhang (2014), "Routing and staffing in customer service chat systems with
impatient customers", Operations Research 62(4).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from planner.demand import CHAT_SPEED, Definition
from planner.requirement.erlang import ErlangMeasures, saturated
from planner.requirement.erlang_a import Impatient, queued
from planner.requirement.erlang_inverse import SAME, first_that_meets
from planner.requirement.mistakes import (
    agents_mistakes,
    call_mistakes,
    chat_mistakes,
    decimal,
    goal_mistakes,
    refuse,
)


@dataclass(frozen=True, slots=True)
class ChatMeasures(ErlangMeasures):
    """What customers and people get in the steady state; shares and seconds as in ``ErlangMeasures``.

    Attributes
    ----------
    occupancy: share of what people could finish, with as many chats at once as allowed, that they do.
    chats_per_person: mean number of open chats of one person on duty.
    handle_seconds: mean time that an answered chat is open, which grows with the chats at once.
    """

    chats_per_person: float
    handle_seconds: float


def chat_measures(
    arrivals_per_second: float,
    aht_seconds: float,
    agents: int,
    within_seconds: float,
    patience_seconds: float | None = None,
    chats_at_once: int = 3,
    speed: Sequence[float] = CHAT_SPEED,
) -> ChatMeasures:
    """All measures of one chat queue in the steady state.

    Parameters
    ----------
    arrivals_per_second: customers offered.
    aht_seconds: mean handle time of a chat held alone.
    agents: people answering; 0 or more. chats_at_once: how many chats one person holds at most.
    within_seconds: the answer time of the service levels.
    patience_seconds: mean time after which a waiting customer leaves; None: never.
    speed: of each chat when 1, 2, 3, ... are open, relative to one alone.

    Raises
    ------
    ValueTextError: numbers that cannot be, all of them at once.

    Examples
    --------
    >>> got = chat_measures(150.66 / 3600, 400.0, 10, 60.0, 120.0, 3, (1.0, 0.8, 0.62))
    >>> round(got.service_level, 3), round(got.p_abandon, 3), round(got.chats_per_person, 2)
    (0.953, 0.032, 2.24)
    >>> chat_measures(0.1, 400.0, 10, 60.0, chats_at_once=2, speed=(1.0,))
    Traceback (most recent call last):
    planner._errors.ValueTextError: 2 chats at once need 2 numbers of speed and there is 1; write one ...
    """
    refuse(
        call_mistakes(arrivals_per_second, 1.0, aht_seconds, within_seconds, patience_seconds)
        + agents_mistakes(agents)
        + chat_mistakes(chats_at_once, speed)
    )
    load = Fraction(arrivals_per_second) * Fraction(aht_seconds)
    return chat_measures_at(load, aht_seconds, agents, within_seconds, patience_seconds, chats_at_once, speed)


def required_chat_agents(
    arrivals_per_second: float,
    aht_seconds: float,
    within_seconds: float,
    patience_seconds: float | None = None,
    target: float | None = None,
    max_occupancy: float | None = None,
    max_abandon: float | None = None,
    chats_at_once: int = 3,
    speed: Sequence[float] = CHAT_SPEED,
    definition: Definition = "offered",
) -> int:
    """The smallest number of people that meets every goal given; one less misses one.

    Goals are those of ``required_agents``; the occupancy is that of ``ChatMeasures``.

    Examples
    --------
    >>> required_chat_agents(150 / 3600, 600.0, 60.0, 180.0, target=0.8)
    10
    >>> required_chat_agents(150 / 3600, 600.0, 60.0, 180.0, target=0.8, chats_at_once=1)
    25
    """
    refuse(
        call_mistakes(arrivals_per_second, 1.0, aht_seconds, within_seconds, patience_seconds)
        + goal_mistakes(target, max_occupancy, max_abandon, definition)
        + chat_mistakes(chats_at_once, speed)
    )
    load = decimal(arrivals_per_second) * decimal(aht_seconds)
    rest = (max_occupancy, max_abandon, chats_at_once, speed, definition)
    return smallest_chat_team(load, aht_seconds, within_seconds, patience_seconds, target, *rest)


def fit_speed(observations: Sequence[tuple[float, float]]) -> tuple[float, ...]:
    """Speed of each chat when 1, 2, 3, ... are open, from what chats took.

    The mean handle time at each number of chats at once is a multiple of that of a chat alone. More
    chats at once never make one faster, so means that say so are averaged with their neighbours,
    weighted by observations (pool adjacent violators: Ayer et al. 1955). Numbers without
    observations lie on the line between those around them.

    Parameters
    ----------
    observations: pairs of chats open at once (a mean over the chat counts as its nearest whole
        number) and handle seconds of one chat.

    Returns
    -------
    As many numbers as the most chats observed at once; the first is 1.

    Raises
    ------
    ValueTextError: a number that cannot be, or no chat that was held alone.

    Examples
    --------
    >>> fit_speed([(1, 380), (1, 420), (2, 500), (4, 800)])
    (1.0, 0.8, 0.6153846153846154, 0.5)
    >>> fit_speed([(2, 500)])
    Traceback (most recent call last):
    planner._errors.ValueTextError: no chat was held alone; give some with 1 at once, to know ...
    """
    refuse(chat_mistakes(1, (1.0,), observations))
    at_once = [math.floor(number + 0.5) for number, _ in observations]
    levels = sorted(set(at_once))
    blocks: list[list[float]] = []  # mean, observations, levels
    for level in levels:
        took = [
            seconds for number, (_, seconds) in zip(at_once, observations, strict=True) if number == level
        ]
        blocks.append([math.fsum(took) / len(took), len(took), 1])
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            mean, count, width = blocks.pop()
            before = blocks[-1]
            together = before[1] + count
            blocks[-1] = [(before[0] * before[1] + mean * count) / together, together, before[2] + width]
    means = [mean for mean, _, width in blocks for _ in range(int(width))]
    every = np.interp(np.arange(1, levels[-1] + 1), levels, means)
    return tuple(float(every[0] / value) for value in every)


def one_person(chats_at_once: int, speed: Sequence[float]) -> Fraction:
    """Erlang of chats, as long as they take alone, that one person finishes with all chats open.

    Examples
    --------
    >>> float(one_person(3, CHAT_SPEED))
    2.49
    """
    return chats_at_once * decimal(speed[chats_at_once - 1])


def chat_measures_at(
    load: Fraction | float,
    aht_seconds: float,
    agents: int,
    within_seconds: float,
    patience_seconds: float | None,
    chats_at_once: int,
    speed: Sequence[float],
) -> ChatMeasures:
    """``chat_measures`` for an offered load in erlang of chats held alone. Numbers are not checked."""
    erlangs = float(load)
    if erlangs == 0.0:
        return ChatMeasures(0.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, aht_seconds)
    if agents == 0 and patience_seconds is not None:
        gone = -math.expm1(-within_seconds / patience_seconds)
        nobody = (1.0, 0.0, 0.0, gone, math.inf, patience_seconds, 1.0, 1.0)
        return ChatMeasures(*nobody, 0.0, aht_seconds)
    most = agents * one_person(chats_at_once, speed)
    if patience_seconds is None and saturated(erlangs, float(most)):
        slowest = aht_seconds / speed[chats_at_once - 1]
        endless = (1.0, 0.0, 0.0, 0.0, math.inf, math.inf, 1.0, 0.0)
        return ChatMeasures(*endless, float(chats_at_once), slowest)
    weights = _weights(erlangs, agents, chats_at_once, speed)
    free = float(weights[:-1].sum())
    not_full = free / float(weights[-1]) if weights[-1] > 0.0 else math.inf
    if patience_seconds is None:
        got = _patient(most - load, float(most), not_full, aht_seconds, within_seconds)
    else:
        per_patience = patience_seconds / aht_seconds
        got = queued(
            erlangs * per_patience, float(most) * per_patience, not_full, within_seconds, patience_seconds
        )
    open_when_free = float((weights[:-1] * np.arange(len(weights) - 1.0)).sum()) / free
    open_chats = (1.0 - got.p_wait) * open_when_free + got.p_wait * agents * chats_at_once
    handled = erlangs * got.answered
    asa = got.answered_wait_seconds / got.answered
    return ChatMeasures(
        p_wait=got.p_wait,
        service_level=min(got.answered_within, 1.0),
        service_level_answered=min(got.answered_within / got.answered, 1.0),
        service_level_gone=min(got.settled_within, 1.0),
        asa_seconds=asa,
        mean_wait_seconds=asa if patience_seconds is None else got.abandoned * patience_seconds,
        occupancy=min(handled / float(most), 1.0),
        p_abandon=got.abandoned,
        chats_per_person=open_chats / agents,
        handle_seconds=aht_seconds * open_chats / handled,
    )


def _patient(
    slack: Fraction | float, most: float, not_full: float, aht_seconds: float, within_seconds: float
) -> Impatient:
    """Nobody leaves: the states from all chats open on weigh 1 + (load / most) + ... = most / slack."""
    wait = most / (most + not_full * float(slack))
    level = 1.0 - wait * math.exp(-float(slack) * within_seconds / aht_seconds)
    return Impatient(wait, 1.0, 0.0, level, level, wait * aht_seconds / float(slack))


def smallest_chat_team(
    load: Fraction | float,
    aht_seconds: float,
    within_seconds: float,
    patience_seconds: float | None,
    target: float | None,
    max_occupancy: float | None,
    max_abandon: float | None,
    chats_at_once: int,
    speed: Sequence[float],
    definition: Definition = "offered",
    guess: int | None = None,
) -> int:
    """``required_chat_agents`` for an offered load in erlang. Numbers are not checked."""
    erlangs = float(load)
    if erlangs == 0.0:
        return 0

    def meets(agents: int) -> bool:
        got = chat_measures_at(
            load, aht_seconds, agents, within_seconds, patience_seconds, chats_at_once, speed
        )
        return (
            math.isfinite(got.mean_wait_seconds)
            and (target is None or got.level(definition) >= target - SAME)
            and (max_abandon is None or got.p_abandon <= max_abandon + SAME)
            and (max_occupancy is None or patience_seconds is None or got.occupancy <= max_occupancy + SAME)
        )

    each = one_person(chats_at_once, speed)
    floor = 1
    if patience_seconds is None and max_occupancy is not None:
        floor = max(1, math.ceil(Fraction(load) / (each * decimal(max_occupancy))))
    return first_that_meets(meets, floor, guess if guess is not None else math.ceil(erlangs / float(each)))


def _weights(load: float, agents: int, chats_at_once: int, speed: Sequence[float]) -> np.ndarray:
    """Relative weights of 0, 1, ... chats open up to all that may be; the heaviest is 1."""
    chats = np.arange(1, agents * chats_at_once + 1)
    each, more = np.divmod(chats, agents)
    done = np.concatenate(([0.0], np.arange(1, chats_at_once + 1) * np.array(speed[:chats_at_once]), [0.0]))
    rates = more * done[each + 1] + (agents - more) * done[each]
    up = load / rates
    heaviest = int(np.argmax(np.concatenate(([0.0], np.cumsum(np.log(up))))))
    above = np.cumprod(up[heaviest:])
    below = np.cumprod((rates[:heaviest] / load)[::-1])
    return np.concatenate((below[::-1], [1.0], above))
