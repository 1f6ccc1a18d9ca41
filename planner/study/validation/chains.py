"""Markov chains: several chats at once, and a pool whose arrivals change."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import numpy as np

from planner._messages import Message
from planner.requirement import Transient, chat_measures, measures, transient
from planner.study.validation.check import Case, Check
from planner.study.validation.sources import listed, number, table

CHAIN = "own exact Markov chain over how many people hold how many chats, confirmed by simulation"
POINTS = 0.015
"""The planner's chat formula is an approximation; 1.5 points are what it is held to."""
WALK = "own uniformisation (Jensen 1953), tail 1e-13, begins empty"
STEADY = "Erlang (1917); Palm (1957): what never changes is the steady state"


def chats() -> Iterator[Check]:
    """Chats held several at once, against exact chains."""
    for row in table("staffing_reference.csv"):
        if row["model"] != "erlang_chat":
            continue
        got = chat_measures(
            float(row["arrivals_per_hour"]) / 3600,
            float(row["aht_s"]),
            int(row["agents"]),
            float(row["T_s"]),
            number(row["patience_s"]),
            at_once(row),
            speed(row),
        )
        for column, value in (
            ("service_level_offered", got.service_level),
            ("p_wait", got.p_wait),
            ("p_abandon", got.p_abandon),
        ):
            what = Message(
                "validation.chats",
                {
                    "agents": row["agents"],
                    "at_once": at_once(row),
                    "measure": str(Message(f"validation.of_{column}")),
                },
            )
            case = Case(row["id"], "chat", what, CHAIN, published=False)
            yield case.near(f"{float(row[column]):.6f}", value, POINTS, 6)


def at_once(row: Mapping[str, str]) -> int:
    """Chats that one person holds in a reference row."""
    return int(row["note"].split("max chats ")[1][0])


def speed(row: Mapping[str, str]) -> tuple[float, ...]:
    """Speed of each of them."""
    return tuple(float(word) for word in row["note"].split("speed (")[1].split(")")[0].split(","))


def walked(row: Mapping[str, str]) -> Transient:
    """The planner's solution of a reference row with changing arrivals."""
    note = row["note"]
    found = re.search(r"interval (\d+) s", note)
    assert found
    seconds = float(found[1])
    return transient(
        np.array(listed(note, "arrivals/h")) * seconds / 3600,
        np.array(listed(note, "agents"), dtype=int),
        seconds,
        float(row["aht_s"]),
        float(row["T_s"]),
        number(row["patience_s"]),
        cyclic=False,
    )


def changing() -> Iterator[Check]:
    """Arrivals and people that change every quarter of an hour."""
    for row in table("staffing_reference.csv"):
        if row["kind"] != "transient":
            continue
        got = walked(row)
        name = row["note"].split(";")[0]
        for k, printed in enumerate(row["note"].split("interval SL [")[1].split("]")[0].split(",")):
            what = Message("validation.interval_level", {"case": name, "number": k + 1})
            case = Case(row["id"], "transient", what, WALK, published=False)
            yield case.near(printed.strip(), float(got.service_level[k]), 1e-6, 6)
        whole = [("whole_level", "service_level_offered", got.of_all(got.service_level))]
        if row["patience_s"]:
            whole.append(("whole_gone", "p_abandon", got.abandoned_share))
        for word, column, value in whole:
            what = Message(f"validation.{word}", {"case": name})
            case = Case(row["id"], "transient", what, WALK, published=False)
            yield case.digits(row[column], value, least=1e-12)
    for name, load, people, patience in (("W001", 10.0, 12, None), ("W002", 30.0, 20, 60.0)):
        level = measures(load / 300, 300.0, people, 20.0, patience).service_level
        got = transient([load * 6] * 3, [people] * 3, 1800.0, 300.0, 20.0, patience)
        what = Message("validation.steady", {"load": f"{load:g}", "agents": people})
        case = Case(name, "transient", what, STEADY, published=False)
        yield case.digits(f"{level:.12g}", float(got.service_level[1]), least=1e-10)
