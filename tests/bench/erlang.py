"""Accuracy, minimality and speed of the staffing formulas.

``python -m tests.bench.erlang [--cases 100] [--inverse 10000] [--seed 1] [--json]`` compares Erlang B, C
and A with 50-digit arithmetic at random float inputs (0.001 to 5 000 erlang, patience of 15 s to 10 h, answer
times from 0 to hours, people below, at and above the load), looks for the smallest team in random cases
with goals of every kind (n meets, n - 1 misses), and times 100 000 inverse Erlang C up to 100 erlang
beside a plain scalar loop in the same run.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from dataclasses import dataclass

import mpmath as mp
import numpy as np

from planner.requirement import (
    chat_measures,
    erlang_b,
    erlang_c,
    measures,
    required_agents,
    required_chat_agents,
)
from planner.requirement.erlang_inverse import SAME, smallest_team, smallest_teams
from tests.bench.erlang_exact import DIGITS, blocked, impatient, patient, worst_share

WITHIN = (0.0, 0.0, 1.0, 20.0, 60.0, 600.0, 7200.0, 36_000.0)
SPEED_LOADS = 100_000
MOST_SPEED_LOAD = 100.0


@dataclass
class Accuracy:
    """Worst error of one model, as a share of what is allowed, and how many cases exceed it."""

    model: str
    cases: int = 0
    failures: int = 0
    worst: float = 0.0
    where: str = ""

    def add(self, share: float, where: str) -> None:
        """Count one case."""
        self.cases += 1
        self.failures += not share <= 1.0
        if not share <= self.worst:
            self.worst, self.where = share, where


def case(draw: random.Random, above: bool) -> tuple[float, float, int, float]:
    """Arrivals per second, handle time, people and answer time of a random case."""
    load = 10 ** draw.uniform(-3, math.log10(5000))
    aht = draw.choice((15.0, 60.0, 180.0, 370.5, 1200.0, draw.uniform(10, 3600)))
    around = (
        round(load),
        math.ceil(load * draw.uniform(0.3, 1.0)),
        round(load + draw.gauss(0, 2) * math.sqrt(load)),
        math.ceil(load * draw.uniform(1.0, 1.5)),
    )
    agents = max(1, draw.choice(around))
    if above:
        agents = max(agents, math.floor(load) + 1) + int(draw.expovariate(1.0) * draw.choice((0, 1, 5)))
    return load / aht, aht, agents, draw.choice(WITHIN)


def accuracy(cases: int, seed: int) -> list[Accuracy]:
    """All three models against 50 digits."""
    draw = random.Random(seed)
    lost, never, leave = Accuracy("Erlang B"), Accuracy("Erlang C"), Accuracy("Erlang A")
    with mp.workdps(DIGITS):
        for _ in range(cases):
            rate, aht, agents, within = case(draw, above=False)
            load = rate * aht
            want = blocked(mp.mpf(load), agents)
            error = abs(mp.mpf(erlang_b(load, agents)) - want)
            lost.add(float(error / max(mp.mpf(1e-12) * want, mp.mpf(1e-14))), f"{load} {agents}")
            rate, aht, agents, within = case(draw, above=True)
            want_all = patient(rate, aht, agents, within)
            slack = 1.0 - float(mp.mpf(rate) * mp.mpf(aht)) / agents
            share, name = worst_share(measures(rate, aht, agents, within), want_all, slack)
            never.add(share, f"{name} at {(rate, aht, agents, within)}")
            load = rate * aht
            lost_now = blocked(mp.mpf(load), agents)
            want = lost_now / (1 - mp.mpf(load) / agents * (1 - lost_now))
            error = abs(mp.mpf(erlang_c(load, agents)) - want)
            never.add(float(error / max(mp.mpf(1e-12) * want, mp.mpf(1e-14))), f"p_wait {load} {agents}")
            rate, aht, agents, within = case(draw, above=False)
            patience = 10 ** draw.uniform(math.log10(15), math.log10(36_000))
            share, name = worst_share(
                measures(rate, aht, agents, within, patience), impatient(rate, aht, agents, within, patience)
            )
            leave.add(share, f"{name} at {(rate, aht, agents, within, patience)}")
    return [lost, never, leave]


def inverse(cases: int, seed: int) -> tuple[int, list[str]]:
    """Random goals: how many cases, and those in which n misses or n - 1 meets them."""
    draw = random.Random(seed)
    wrong = []
    for _ in range(cases):
        load, aht = 10 ** draw.uniform(-3, 2.7), draw.uniform(10, 1800)
        within, stays = draw.choice(WITHIN), draw.choice((None, 15.0, 120.0, 3600.0, 36_000.0))
        definition = draw.choice(("offered", "answered", "gone"))
        goals = {
            "target": draw.choice((None, draw.uniform(0.01, 0.999))),
            "max_occupancy": draw.choice((None, draw.randint(30, 99) / 100)),
            "max_abandon": draw.choice((None, draw.uniform(0.001, 0.4))),
        }
        if not any(goals.values()):
            goals["target"] = 0.8
        chats = draw.choice((1, 1, 1, draw.randint(2, 5)))
        call = (load / aht, aht, within, stays)
        if chats == 1:
            people = required_agents(*call, **goals, definition=definition)
        else:
            people = required_chat_agents(*call, **goals, chats_at_once=chats, definition=definition)
        if not _meets(call, people, goals, definition, chats):
            wrong.append(f"{people} misses: {call} {goals} {definition} {chats}")
        if people > 1 and _meets(call, people - 1, goals, definition, chats):
            wrong.append(f"{people - 1} is enough: {call} {goals} {definition} {chats}")
    return cases, wrong


def _meets(
    call: tuple[float, float, float, float | None],
    people: int,
    goals: dict[str, float | None],
    definition: str,
    chats: int,
) -> bool:
    rate, aht, within, stays = call
    if chats == 1:
        got = measures(rate, aht, people, within, stays)
    else:
        got = chat_measures(rate, aht, people, within, stays, chats)
    name = {"offered": "service_level", "answered": "service_level_answered", "gone": "service_level_gone"}
    target, busy, gone = goals["target"], goals["max_occupancy"], goals["max_abandon"]
    return (
        math.isfinite(got.mean_wait_seconds)
        and (target is None or getattr(got, name[definition]) >= target - SAME)
        and (busy is None or got.occupancy <= busy + SAME)
        and (gone is None or got.p_abandon <= gone + SAME)
    )


def plain_loop(loads: list[float], aht: float, within: float, target: float) -> list[int]:
    """The baseline: each load by itself, people one by one, in plain Python."""
    found = []
    for load in loads:
        lost, people = 1.0, 0
        while True:
            people += 1
            lost = load * lost / (people + load * lost)
            if people <= load:
                continue
            wait = people * lost / (people - load + load * lost)
            if 1.0 - wait * math.exp(-(people - load) * within / aht) >= target:
                break
        found.append(people)
    return found


def speed(seed: int) -> dict[str, float | bool]:
    """Seconds for 100 000 inverse Erlang C up to 100 erlang, at once, one by one, and by the plain loop."""
    loads = np.random.default_rng(seed).uniform(0.01, MOST_SPEED_LOAD, SPEED_LOADS)
    started = time.perf_counter()
    together = smallest_teams(loads, 180.0, 20.0, None, 0.8)
    at_once = time.perf_counter() - started
    started = time.perf_counter()
    plain = plain_loop(loads.tolist(), 180.0, 20.0, 0.8)
    loop = time.perf_counter() - started
    started = time.perf_counter()
    each = [smallest_team(load, 180.0, 20.0, None, 0.8) for load in loads[: SPEED_LOADS // 10].tolist()]
    one_by_one = (time.perf_counter() - started) * 10
    same = together.tolist() == plain and each == plain[: len(each)]
    return {"at once": at_once, "one by one": one_by_one, "plain scalar loop": loop, "same answers": same}


def main() -> None:
    """Print what was measured."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.erlang", description=__doc__)
    parser.add_argument("--cases", type=int, default=100)
    parser.add_argument("--inverse", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    exact = accuracy(arguments.cases, arguments.seed)
    count, wrong = inverse(arguments.inverse, arguments.seed)
    seconds = speed(arguments.seed)
    if arguments.json:
        inverse_ = {"cases": count, "failures": wrong}
        found = {"accuracy": [vars(each) for each in exact], "inverse": inverse_, "seconds": seconds}
        print(json.dumps(found, indent=1))
        return
    for each in exact:
        print(
            f"{each.model}: {each.cases} cases, {each.failures} beyond what is allowed; worst error"
            f" {each.worst:.4f} of it ({each.where})"
        )
    print(f"Smallest team: {count} cases, {len(wrong)} wrong")
    for line in wrong[:10]:
        print(f"  {line}")
    print(
        f"{SPEED_LOADS} inverse Erlang C up to {MOST_SPEED_LOAD:g} erlang: {seconds['at once']:.3f} s at"
        " once,"
        f" {seconds['one by one']:.2f} s one by one, plain scalar loop {seconds['plain scalar loop']:.2f} s,"
        f" {'same answers' if seconds['same answers'] else 'DIFFERENT ANSWERS'}"
    )


if __name__ == "__main__":
    main()
