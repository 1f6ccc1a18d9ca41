"""The answer of each stage in the few figures that a meeting decides on, read from the files of a rollout."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from planner._errors import InputError
from planner._messages import Message
from planner._spoken import Said, said_beside
from planner.study.missing_words import missing_beside
from planner.study.report.cells import DASH, Told, amount
from planner.study.report.lines import LOADS
from planner.study.report.sayings import (
    Saying,
    cost_sayings,
    once_sayings,
    people_sayings,
    planned_sayings,
    start_sayings,
)
from planner.study.tables import read_csv

KEPT = "answered within the promise: "
WAGES = "wages and premiums"


@dataclass(frozen=True)
class Fact:
    """One figure of an answer, in words.

    Attributes
    ----------
    name: contacts, wait, hires, cost, load, start, people or kept. value: what is read first.
    more: what belongs to it, a line each.
    """

    name: str
    value: str
    more: tuple[str, ...] = ()


@dataclass(frozen=True)
class AnswerCard:
    """The answer of one stage.

    Attributes
    ----------
    number: of the stage, from 1. go: as ``answers.csv`` says it; "": the first stage, which is compared with
        none. why: reason of go or no-go. opens: new hours in words.
    mend: what would mend a no-go; "" where nothing was tried. back: what going back costs; "": not told.
    missing_hours: person-hours of the period that nobody covers; missing: the same in words, and how many any
        rota misses; "": nobody is missing. no_tour: people for whom no rota is legal.
    """

    number: int
    stage: str
    go: str
    why: str
    opens: str
    facts: tuple[Fact, ...]
    mend: str
    back: str
    missing_hours: float
    missing: str
    no_tour: tuple[str, ...]


@dataclass(frozen=True)
class Answers:
    """A rollout as a meeting reads it.

    Attributes
    ----------
    today: who comes while closed and how long they wait: all queues first, then each. cards: a stage each.
    """

    today: tuple[str, ...]
    cards: tuple[AnswerCard, ...]


def answer_cards(folder: Path) -> Answers:
    """The answers of a folder that ``write_rollout`` has written, in the language spoken here.

    Raises
    ------
    InputError: when a file is missing or cannot be read.
    """
    said = said_beside(folder)
    record = _read(folder / "rollout.json")
    told = Told("answers.csv", read_csv(folder / "answers.csv"), said)
    rows = {int(told.raw(row, "number")): row for row in range(len(told)) if not told.known(row, "queue")}
    mending, figures = read_csv(folder / "mending.csv"), read_csv(folder / "comparison.csv")
    cards = []
    for stage in record["stages"]:
        plan = _read(folder / stage["folder"] / "plan.json")
        row, number = rows.get(stage["number"]), int(stage["number"])
        mine = figures[figures["scenario"] == stage["scenario"]]
        back = [said.again(line["text"]).strip() for line in stage["going_back"][:1]]
        no_go = row is not None and told.raw(row, "answer") == "no-go"
        cards.append(
            AnswerCard(
                number=number,
                stage=str(stage["scenario"]),
                go="" if row is None else str(told.raw(row, "answer")),
                why="" if row is None else told.text(row, "why"),
                opens="" if row is None else _opens(told, row),
                facts=tuple(_first(mine) if row is None else _facts(told, row)),
                mend=_mend(mending, number, str(plan["currency"]), said) if no_go else "",
                back=back[0] if back else "",
                missing_hours=float(plan["missing_hours"]),
                missing=_missing(plan),
                no_tour=tuple(plan["no_legal_tour"]),
            )
        )
    return Answers(tuple(said.again(line["text"]).strip() for line in record["today"]), tuple(cards))


def _read(path: Path) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        raise InputError(Message("files.unreadable", {"file": path.name, "why": str(problem)})) from problem
    return found


def _missing(plan: Mapping[str, Any]) -> str:
    words = missing_beside(float(plan["missing_hours"]), plan["missing_hours_bound"])
    return "" if words is None else str(words)


def _say(code: str, **values: object) -> str:
    return str(Message(f"answer_cards.{code}", values))


def _opens(told: Told, row: int) -> str:
    if not told.known(row, "block"):
        return _say("opens_nothing")
    hours = told.text(row, "new_hours_per_week").removesuffix(".0")
    return _say("opens", hours=hours, block=told.text(row, "block"))


def _first(figures: pd.DataFrame) -> Iterator[Fact]:
    """The first stage: what it costs, who works, what is kept of its promises."""
    by = {str(row["figure"]): row for row in figures.to_dict("records")}
    money = by[WAGES]
    yield Fact("cost", _money(float(money["value"]), str(money["unit"]).split()[0]))
    yield Fact("people", _say("hires", hires=amount(float(by["people with a contract"]["value"]))))
    kept = sorted(float(row["value"]) for name, row in by.items() if name.startswith(KEPT))
    kept = [share for share in kept if share == share]
    if kept:
        low, high = (f"{amount(100 * share, 1)} %" for share in (kept[0], kept[-1]))
        yield Fact(
            "kept", _say("promise", share=low) if low == high else _say("promises", low=low, high=high)
        )


def _money(value: float, currency: str) -> str:
    return _say("cost", money=amount(round(value, 2)), currency=currency)


def _facts(told: Told, row: int) -> Iterator[Fact]:
    if told.known(row, "block"):
        yield _contacts(told, row)
        yield _wait(told, row)
    yield _fact("hires", told, row, *people_sayings(told, row), *once_sayings(told, row))
    yield _fact("cost", told, row, *cost_sayings(told, row))
    yield _load(told, row)
    yield _start(told, row)


def _contacts(told: Told, row: int) -> Fact:
    if not told.known(row, "contacts_per_week"):
        return Fact("contacts", _say("not_known"))
    mean, low, high = (told.text(row, f"contacts_{name}per_week") for name in ("", "low_", "high_"))
    value = _say("contacts", mean=mean, low=low, high=high)
    return Fact("contacts", value, (_say("share", share=told.text(row, "share_of_week")),))


def _wait(told: Told, row: int) -> Fact:
    """Half and 9 of 10, before and after; shares that are lost, where any are."""

    def both(column: str) -> dict[str, str]:
        return {prefix: told.text(row, f"{prefix}_{column}") for prefix in ("before", "after")}

    if not any(told.known(row, f"{prefix}_wait_median_seconds") for prefix in ("before", "after")):
        return Fact("wait", _say("few"))
    more = [_say("nine", **both("wait_p90_seconds"))]
    if any(
        told.known(row, f"{p}_lost_share") and told.raw(row, f"{p}_lost_share") for p in both("lost_share")
    ):
        more.append(_say("lost", **both("lost_share")))
    return Fact("wait", _say("became", **both("wait_median_seconds")), tuple(more))


def _fact(name: str, told: Told, row: int, *sayings: Saying) -> Fact:
    value, *more = (saying.text(told, row) for saying in sayings)
    return Fact(name, value, tuple(more))


def _load(told: Told, row: int) -> Fact:
    """What is asked of people in a month, nights first."""
    lines = []
    for name in sorted(LOADS, key=lambda each: each != "nights"):
        if told.known(row, f"{name}_people") and told.raw(row, f"{name}_people"):
            values = {
                "most": told.text(row, f"{name}_most_per_month"),
                "mean": told.text(row, f"{name}_mean_per_month"),
                "people": told.text(row, f"{name}_people"),
            }
            lines.append(_say(f"load_{name}", **values))
    return Fact("load", lines[0], tuple(lines[1:])) if lines else Fact("load", _say("nobody"))


def _start(told: Told, row: int) -> Fact:
    value = next((saying.text(told, row) for saying in start_sayings(told, row)), DASH)
    more = [told.text(row, "earliest_why")] if told.known(row, "earliest_why") else []
    more += [saying.text(told, row) for saying in planned_sayings(told, row)]
    return Fact("start", value, tuple(more))


def _mend(mending: pd.DataFrame, number: int, currency: str, said: Said) -> str:
    """The cheapest change with which every gate is passed; else the one that comes closest."""
    told = Told("mending.csv", mending[mending["number"] == number].reset_index(drop=True), said)
    if not len(told):
        return ""
    passing = [row for row in range(len(told)) if told.raw(row, "passes") == "yes"]
    row = passing[0] if passing else 0
    values = {
        "what": told.text(row, "what"),
        "cost": told.text(row, "cost_change_a_month", signed=True),
        "currency": currency,
        "range": _range(told, row),
        "when": _when(told, row),
        "failing": told.text(row, "still_failing"),
        "tried": len(told),
    }
    return _say("mends" if passing else "mends_not", **values)


def _range(told: Told, row: int) -> str:
    low, high = "cost_change_low_a_month", "cost_change_high_a_month"
    if not (told.known(row, low) and told.known(row, high)):
        return str(Message("stages.mend_unproven"))
    values = {"low": told.text(row, low, signed=True), "high": told.text(row, high, signed=True)}
    return str(Message("stages.mend_between", values))


def _when(told: Told, row: int) -> str:
    if told.known(row, "earliest"):
        return str(Message("stages.mend_day", {"day": told.text(row, "earliest")}))
    return str(Message("stages.mend_weeks", {"weeks": told.text(row, "weeks_from_decision")}))
