"""What a finished solve found for each of its stages, from its files: go, cost, promise, gates, mending."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

KEPT = "answered within the promise: "
COST = "wages and premiums"


@dataclass(frozen=True)
class Answered:
    """What was found for one gate.

    Attributes
    ----------
    kind: as the scenario names it. passed: None: not yet known. finding: in a sentence.
    mends: what would mend it, the cheapest that passes first; empty where nothing was looked for.
    """

    kind: str
    passed: bool | None
    finding: str
    mends: tuple[Mend, ...] = ()


@dataclass(frozen=True)
class Mend:
    """A change that was planned again for a gate that failed.

    Attributes
    ----------
    kind, what: for programs and for people. passes: every gate is passed with it. mends: this one is.
    cost: more a month; low, high: as far as bounds prove it, None: not known.
    weeks: from the decision to the first day. failing: what still fails.
    """

    kind: str
    what: str
    passes: bool
    mends: bool
    cost: float
    low: float | None
    high: float | None
    weeks: int
    failing: str
    notes: str


@dataclass(frozen=True)
class Solved:
    """A stage of a finished solve.

    Attributes
    ----------
    number: from 1. go: None: no gate, or not yet known.
    cost: wages and premiums a month. change: against the first stage, a share; None: of the first stage.
    low, high: as far as bounds prove it. verdict: "higher", "lower", "same" or "not distinguishable".
    kept: the least share of contacts answered within the promise, over queues; queue: which.
    gates: in the order of the scenario. answer: sentences of the stage against the one before.
    """

    number: int
    name: str
    go: bool | None
    currency: str
    cost: float | None
    change: float | None
    low: float | None
    high: float | None
    verdict: str
    kept: float | None
    queue: str
    gates: tuple[Answered, ...]


def read_solved(folder: Path) -> tuple[Solved, ...]:
    """The stages of the folder of a rollout; empty if its files are gone."""
    try:
        record = json.loads((folder / "rollout.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ()
    rows = {name: _rows(folder / name) for name in ("gates.csv", "mending.csv", "comparison.csv")}
    return tuple(_solved(stage, rows) for stage in record["stages"])


def _rows(path: Path) -> list[dict[str, str]]:
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _solved(stage: dict[str, Any], rows: dict[str, list[dict[str, str]]]) -> Solved:
    number, name = int(stage["number"]), str(stage["scenario"])
    figures = [row for row in rows["comparison.csv"] if row["scenario"] == name]
    firsts = [row for row in rows["comparison.csv"] if row["figure"] == COST]
    cost = next((row for row in figures if row["figure"] == COST), None)
    base = _number(firsts[0]["value"]) if firsts else None
    worst = min(
        ((_number(row["value"]) or 0.0, row["figure"][len(KEPT) :]) for row in figures if _is_kept(row)),
        default=(None, ""),
    )
    later = cost is not None and base and number > 1
    shares = {
        key: _share(cost[column], base) if later and cost and base else None
        for key, column in (
            ("change", "difference"),
            ("low", "difference_low"),
            ("high", "difference_high"),
        )
    }
    return Solved(
        number=number,
        name=name,
        go=stage["go"],
        currency=cost["unit"].split(" ")[0] if cost else "",
        cost=_number(cost["value"]) if cost else None,
        **shares,
        verdict=cost["verdict"] if cost else "",
        kept=worst[0],
        queue=worst[1],
        gates=_gates(number, rows),
    )


def _is_kept(row: dict[str, str]) -> bool:
    return row["figure"].startswith(KEPT) and bool(row["value"])


def _number(text: str) -> float | None:
    return float(text) if text else None


def _share(text: str, base: float) -> float | None:
    return float(text) / base if text else None


def _gates(number: int, rows: dict[str, list[dict[str, str]]]) -> tuple[Answered, ...]:
    found = []
    mending = [row for row in rows["mending.csv"] if int(row["number"]) == number]
    told: set[str] = set()
    for row in rows["gates.csv"]:
        if int(row["number"]) != number:
            continue
        passed = {"go": True, "no-go": False}.get(row["answer"])
        mine = mending if passed is False and row["gate"] not in told else []
        mends = tuple(_mend(each) for each in mine if each["gate"] == row["gate"])
        told |= {row["gate"]} if mends else set()
        found.append(Answered(row["gate"], passed, row["finding"], mends))
    return tuple(found)


def _mend(row: dict[str, str]) -> Mend:
    return Mend(
        kind=row["change"],
        what=row["what"],
        passes=row["passes"] == "yes",
        mends=row["mends_gate"] == "yes",
        cost=float(row["cost_change_a_month"]),
        low=_number(row["cost_change_low_a_month"]),
        high=_number(row["cost_change_high_a_month"]),
        weeks=int(row["weeks_from_decision"] or 0),
        failing=row["still_failing"],
        notes=row["notes"],
    )
