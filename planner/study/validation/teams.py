"""Shrinkage, small teams, pools: whole numbers that textbooks and designs state."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

from planner._messages import Message
from planner.requirement import erlang_b, gross_people, payroll_fte, required_agents, rostered_people
from planner.study.validation.check import Case, Check
from planner.study.validation.sources import table

EXACT_SHARES = "exact fractions: the smallest whole number not below net / (1 - away)"
BINOMIAL = "binomial: P(at least so many present), own computation with fractions"
POOLS = "own computation with 50 digits, by the formula of the group erlang"
ARITHMETIC = "arithmetic"
HANDLE, ANSWER = 370.0, 20.0


def shrinkage() -> Iterator[Check]:
    """People away, three kinds apart: the duty, the small team, the payroll."""
    for row in table("staffing_reference.csv"):
        if row["model"] == "shrinkage":
            away = float(row["note"].split("shrinkage=")[1].split(";")[0])
            yield _gross(row["id"], int(row["agents"]), away, int(row["required_agents"]))
    for name, net, away, people in (("G001", 21, 0.30, 30), ("G002", 9, 0.55, 20)):
        yield _gross(name, net, away, people)
    for name, needed, sure, people in (("B001", 2, 0.95, 3), ("B002", 2, 0.99, 4), ("B003", 10, 0.95, 12)):
        what = Message("validation.binomial", {"needed": needed, "sure": f"{100 * sure:g}", "away": 7})
        case = Case(name, "shrinkage", what, BINOMIAL, published=False)
        yield case.same(people, rostered_people(needed, 0.07, sure))
    for name, absence, expected in (
        ("F001", 0.0, "4.2"),
        ("F002", 0.20, "5.25"),
        ("F003", 0.30, "6.0"),
        ("F004", 0.35, "6.46"),
    ):
        what = Message("validation.one_seat_fte", {"absence": f"{100 * absence:g}"})
        case = Case(name, "shrinkage", what, ARITHMETIC, published=False)
        yield case.printed(expected, payroll_fte(168.0, 40.0, absence))


def _gross(name: str, net: int, away: float, people: int) -> Check:
    what = Message("validation.gross", {"net": net, "away": f"{100 * away:g}"})
    return Case(name, "shrinkage", what, EXACT_SHARES, published=False).same(people, gross_people(net, away))


def pools() -> Iterator[Check]:
    """What sharing people saves."""

    def people(load: float) -> int:
        return required_agents(load / HANDLE, HANDLE, ANSWER, target=0.8)

    loads = (2.0, 1.0, 0.5, 0.3, 0.2)
    alone, together = sum(map(people, loads)), people(sum(loads))
    yield Case("L001", "pools", Message("validation.pool_alone"), POOLS, published=False).same(12, alone)
    yield Case("L002", "pools", Message("validation.pool_together"), POOLS, published=False).same(7, together)
    phone, tickets = people(6.0), 2.5
    apart, shared = phone + ceil(tickets), max(phone, ceil(6.0 + tickets))
    for name, word, expected, got in (("L003", "apart", 12, apart), ("L004", "blended", 9, shared)):
        yield Case(name, "pools", Message(f"validation.{word}"), POOLS, published=False).same(expected, got)
    for name, load, busy in (("L005", 0.25, "0.2"), ("L006", 1.0, "0.5")):
        what = Message("validation.on_call_busy", {"load": f"{load:g}"})
        case = Case(name, "pools", what, "Erlang (1917) with one person: a / (1 + a)", published=False)
        yield case.printed(busy, erlang_b(load, 1))
