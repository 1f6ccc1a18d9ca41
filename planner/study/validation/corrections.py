"""Published values that are wrong or mean something else, each shown by running.

What was said is either printed in the source, or comes out of the formula that the source states, which
is then run here as stated; what is right comes from the planner, held to 50 digits by the checks.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from planner._messages import Message
from planner.clock import local_at, local_text, quarter_of, to_utc
from planner.requirement import (
    chat_measures,
    erlang_b,
    gross_people,
    measures,
    required_agents,
    required_chat_agents,
    staff_forward,
    transient,
)
from planner.study.validation.check import shown_as

PYWORKFORCE = "pyworkforce 0.5.1 (PyPI), queuing.ErlangC, as run"
README = "pyworkforce README (commit 04bacdc), printed results"
TRADE = "rule of thumb of the trade"
SPEED = (1.0, 0.8, 0.62)


@dataclass(frozen=True)
class Erratum:
    """A published value and the right one.

    Attributes
    ----------
    what: what was worked out. source: where the value stands.
    said: the published value, or what the published formula gives.
    right: the planner's. why: where the difference comes from.
    shown: whether running shows it: the two differ, and a formula run here gives what was said.
    """

    id: str
    what: Message
    source: str
    said: str
    right: str
    why: Message
    shown: bool


@lru_cache(maxsize=1)
def errata() -> tuple[Erratum, ...]:
    """All of them, in the order of the document."""
    return (*_searches(), *_formulas(), *_printed(), *_rules_of_thumb(), *_clock())


def _erratum(
    name: str, code: str, values: Mapping[str, object], source: str, said: str, right: str, shown: bool
) -> Erratum:
    what, why = Message(f"validation.{code}", values), Message(f"validation.{code}_why", values)
    return Erratum(name, what, source, said, right, why, bool(shown) and said != right)


def _searches() -> Iterator[Erratum]:
    """Searches that begin above the answer."""
    for name, load, within, target, said in (
        ("E01", 0.5, 60, 0.5, 2),
        ("E02", 2.5, 3600, 0.9, 4),
        ("E03", 10.5, 300, 0.5, 12),
    ):
        right = required_agents(load / 180, 180.0, float(within), target=target)
        begins = round(load + 1)
        fewer = measures(load / 180, 180.0, right, float(within)).service_level
        values = {"load": f"{load:g}", "target": f"{100 * target:g}", "within": within, "begins": begins}
        shown = begins == said and fewer >= target
        yield _erratum(name, "search_above", values, PYWORKFORCE, _people(said), _people(right), shown)
    right = required_agents(2.0, 240.0, 60.0, 30.0, target=0.8)
    source = "pyworkforce, queuing/abandonment.py (commit 20c1439), ErlangA.required_positions"
    said = math.ceil(2.0 * 240)
    enough = measures(2.0, 240.0, right, 60.0, 30.0).service_level >= 0.8
    yield _erratum("E04", "search_from_load", {}, source, _people(said), _people(right), enough)
    for name, net, away in (("E05", 21, 0.30), ("E06", 42, 0.30), ("E07", 9, 0.55)):
        rounded, exact = math.ceil(net / (1 - away)), gross_people(net, away)
        values = {"net": net, "away": f"{100 * away:g}"}
        source = "ceil(net / (1 - shrinkage)) in floats, as in pyworkforce 0.5.1"
        yield _erratum(
            name, "float_ceiling", values, source, _people(rounded), _people(exact), rounded > exact
        )


def _formulas() -> Iterator[Erratum]:
    """Formulas used where they do not hold."""
    wait = _waiting_anyway(10.0, 9)
    right = measures(10.0 / 180, 180.0, 9, 20.0).p_wait
    said, known = f"{wait:.4f}", shown_as(right, 0)
    yield _erratum("E08", "waiting_above_one", {}, PYWORKFORCE, said, known, said == "1.4196")
    load = 44.34 * 646 / 1800
    seconds = _waiting_anyway(load, 14) * 646 / (14 - load)
    endless = math.isinf(measures(load / 646, 646.0, 14, 20.0).mean_wait_seconds)
    source = "R package Erlang 0.4 (phubers/erlang), avg_wait_time; its issue 7 (2022)"
    yield _erratum(
        "E09", "negative_wait", {}, source, f"{seconds:.0f} s", "grows for ever", endless and seconds < 0
    )
    got = measures(500.0 / 300, 300.0, 500, 360.0, 600.0)
    # the source weighs jumps by a Poisson number; its rate is at least that of all people's answers
    lost = math.exp(-500 / 300 * 360 - 360 / 600 * 256) == 0.0
    source = "pyworkforce, queuing/abandonment.py (commit 20c1439), ErlangA.service_level"
    said = f"{1 - got.p_wait:.3f}"
    yield _erratum("E10", "underflow", {}, source, said, f"{got.service_level:.3f}", lost)
    asa = measures(200 / 3600, 180.0, 14, 20.0).asa_seconds
    source = "pyworkforce README: ErlangC(transactions=100, aht=3, asa=20/60, interval=30)"
    yield _erratum("E11", "asa_is_no_goal", {}, source, "ASA 20 s", f"ASA {asa:.1f} s", asa < 10)


def _waiting_anyway(load: float, agents: int) -> float:
    """Erlang C's formula where there are fewer people than load, and it means nothing."""
    blocked = erlang_b(load, agents)
    return agents * blocked / (agents - load * (1 - blocked))


def _printed() -> Iterator[Erratum]:
    """Digits that do not come out of the model that they illustrate."""
    got = measures(200 / 3600, 180.0, 13, 20.0, 300.0)
    for name, measure, said, value in (
        ("E12", "of_service_level", "0.8584", got.service_level),
        ("E13", "of_p_abandon", "0.0253", got.p_abandon),
        ("E14", "of_p_wait", "0.2265", got.p_wait),
        ("E15", "of_mean_wait_minutes", "0.1258", got.mean_wait_seconds / 60),
    ):
        values = {"measure": str(Message(f"validation.{measure}"))}
        yield _erratum(name, "readme_impatient", values, README, said, f"{value:.4f}", True)
    blocked = erlang_b(10.0, 17)
    for name, measure, said, value in (
        ("E16", "of_blocking", "0.0183", blocked),
        ("E17", "of_occupancy", "0.9375", 10.0 * (1 - blocked) / 17),
    ):
        values = {"measure": str(Message(f"validation.{measure}"))}
        yield _erratum(name, "readme_lines", values, README, said, f"{value:.4f}", True)


def _rules_of_thumb() -> Iterator[Erratum]:
    """What is often done, and what it gives."""
    divided = required_agents(200.88 / 3600, 600.0 / 3, 60.0, target=0.8)
    right = required_chat_agents(200.88 / 3600, 600.0, 60.0, target=0.8, chats_at_once=3, speed=SPEED)
    kept = chat_measures(200.88 / 3600, 600.0, divided, 60.0, None, 3, SPEED).service_level
    values = {"kept": f"{100 * kept:.0f}"}
    yield _erratum("E18", "chat_divided", values, TRADE, _people(divided), _people(right), kept < 0.8)
    alone = sum(required_agents(load / 370, 370.0, 20.0, target=0.8) for load in (2, 1, 0.5, 0.3, 0.2))
    pooled = required_agents(4 / 370, 370.0, 20.0, target=0.8)
    yield _erratum("E19", "queues_added", {}, TRADE, _people(alone), _people(pooled), alone > pooled)
    arrivals, call = np.array([4.0, 4, 4, 40, 40, 4]), (900.0, 600.0, 20.0)
    plain = [required_agents(count / 900, 600.0, 20.0, target=0.8) for count in arrivals]
    lowest = transient(arrivals, plain, *call).service_level.min()
    exact = transient(arrivals, staff_forward(arrivals, *call, 0.8), *call).service_level.min()
    source = "stationary independent period by period (SIPP), as Erlang calculators are used"
    said, held = "80 % of each interval", {"held": f"{math.floor(100 * exact)}"}
    yield _erratum("E20", "per_interval", held, source, said, _lowest(lowest), lowest < 0.75)
    arrivals, call = np.array([10.0, 10, 10, 80, 80, 10, 10, 10]), (900.0, 1800.0, 20.0)
    lagged = [required_agents(count / 900, 1800.0, 20.0, target=0.8) for count in np.roll(arrivals, 2)]
    lowest = transient(arrivals, lagged, *call).service_level.min()
    source = "lagged SIPP (Green, Kolesar & Soares 2001), used where a handle time is longer than an interval"
    yield _erratum("E21", "lagged", {}, source, said, _lowest(lowest), lowest < 0.05)


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count} people"


def _lowest(share: float) -> str:
    return f"{100 * share:.0f} % of the worst one"


def _clock() -> Iterator[Erratum]:
    """An hour that does not exist."""
    zone = "Europe/Rome"
    first = to_utc("2026-03-29", "02:30", zone)
    later = to_utc("2026-03-29", "03:00", zone)
    quarter = quarter_of(first)
    # fold=0 takes the offset before the gap: 02:30 CET, half an hour after the gap began
    folded = local_text(local_at(quarter + 2, zone), zone)[11:16]
    source = "PEP 495 (2015), fold=0: what Python does with a wall time that a clock change skips"
    right = local_text(first, zone)[11:16]
    yield _erratum("E22", "fold", {}, source, folded, right, first <= later and folded > "03:00")
