"""A comparison read from its files, of some of its scenarios and against any of them."""

from __future__ import annotations

import json
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import Any

import pandas as pd

from planner.study.compare_ranges import verdict
from planner.study.tables import read_csv

COMPARISON, PARTS = "comparison.csv", "cost_parts.csv"
MOST = 6
"""Scenarios that people can still tell apart side by side."""


@dataclass(frozen=True)
class Side:
    """One scenario of a comparison.

    Attributes
    ----------
    number: its place in the files, from 1. folder: of its plan; None: only its figures were kept.
    period: first day and days of its plan; ("", 0) where that was not kept.
    missing_hours: person-hours that nobody covers. no_tour: people for whom no rota is legal.
    """

    number: int
    scenario: str
    folder: Path | None = None
    period: tuple[str, int] = ("", 0)
    missing_hours: float = 0.0
    no_tour: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Compared:
    """Scenarios against one of them.

    Attributes
    ----------
    figures, costs: columns as in ``comparison.csv`` and ``cost_parts.csv``, the base first.
    paired: whether simulated figures are held together period by period; else by their ranges alone, which
        tells fewer of them apart: the periods themselves are in no file.
    """

    figures: pd.DataFrame
    costs: pd.DataFrame
    paired: bool


def sides_of(folder: Path) -> tuple[Side, ...]:
    """The scenarios that were compared in a folder, in its order.

    Raises
    ------
    InputError: when ``comparison.csv`` is missing or cannot be read.
    """
    figures = read_csv(folder / COMPARISON)
    rows = figures[figures["figure"] == "people missing"]
    missing = dict(zip(rows["scenario"].tolist(), rows["value"].tolist(), strict=True))
    sides = []
    for number, name in enumerate(figures["scenario"].unique().tolist(), start=1):
        stage = folder / f"stage-{number}"
        record = _record(stage)
        if record is None:
            sides.append(Side(number, name, missing_hours=float(missing.get(name, 0.0))))
            continue
        period = str(record["period"]["first_day"]), int(record["period"]["days"])
        hours, no_tour = float(record["missing_hours"]), tuple(record["no_legal_tour"])
        sides.append(Side(number, name, stage, period, hours, no_tour))
    return tuple(sides)


def _record(stage: Path) -> dict[str, Any] | None:
    try:
        found: dict[str, Any] = json.loads((stage / "plan.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found


def other_periods(sides: Sequence[Side]) -> tuple[str, ...]:
    """Names of those that are planned on other days than the first: they do not compare.

    Examples
    --------
    >>> other_periods([Side(1, "A", period=("2026-03-30", 28)), Side(2, "B", period=("2026-04-27", 28))])
    ('B',)
    """
    return tuple(side.scenario for side in sides if side.period != sides[0].period)


def compared(folder: Path, names: Sequence[str]) -> Compared:
    """Figures and costs of some scenarios of a folder, against the first that is named.

    Parameters
    ----------
    names: of scenarios; the first is the one compared against, whatever the files were compared against.

    Raises
    ------
    InputError: when a file is missing or cannot be read.
    """
    figures, costs = read_csv(folder / COMPARISON), read_csv(folder / PARTS)
    as_written = figures["scenario"].iloc[0] == names[0]
    figures, costs = _chosen(figures, names), _chosen(costs, names)
    if as_written:
        return Compared(figures, costs, paired=True)
    return Compared(figures_against(figures, names[0]), costs_against(costs, names[0]), paired=False)


def _chosen(frame: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    """The rows of some scenarios, in the order of their names."""
    return pd.concat([frame[frame["scenario"] == name] for name in names], ignore_index=True)


def costs_against(costs: pd.DataFrame, base: str) -> pd.DataFrame:
    """``cost_parts.csv`` with differences to another scenario, in whole cents.

    Examples
    --------
    >>> rows = [("A", "base pay", 10.1, 0.0), ("B", "base pay", 12.4, 2.3)]
    >>> made = costs_against(pd.DataFrame(rows, columns=["scenario", "part", "cost", "difference"]), "B")
    >>> made["difference"].tolist()
    [-2.3, 0.0]
    """
    theirs = costs[costs["scenario"] == base].set_index("part")["cost"]
    cents = (100 * costs["cost"]).round() - (100 * costs["part"].map(theirs)).round()
    return costs.assign(difference=cents / 100)


def figures_against(figures: pd.DataFrame, base: str) -> pd.DataFrame:
    """``comparison.csv`` with differences to another scenario, told apart only where ranges do not overlap.

    Examples
    --------
    >>> names = ["scenario", "figure", "value", "low", "high"]
    >>> rows = [("A", "cost", 10.0, 9.0, 10.0), ("B", "cost", 12.0, 11.0, 12.0)]
    >>> made = figures_against(pd.DataFrame(rows, columns=names), "B")
    >>> made[["difference", "verdict", "difference_low", "difference_high"]].to_numpy().tolist()
    [[-2.0, 'lower', -3.0, -1.0], [0.0, 'same', 0.0, 0.0]]
    """
    began = {row["figure"]: row for row in figures[figures["scenario"] == base].to_dict("records")}
    rows: list[tuple[float, str, float | None, float | None]] = []
    for row in figures.to_dict("records"):
        value, first = float(row["value"]), began.get(row["figure"])
        if first is None:
            rows.append((value, "new", None, None))
        elif row["scenario"] == base:
            nothing = 0.0 if isfinite(value) else None
            rows.append((value - value, "same", nothing, nothing))
        else:
            rows.append(_apart(row, first))
    names = ["difference", "verdict", "difference_low", "difference_high"]
    made = pd.DataFrame(rows, columns=names, index=figures.index)
    return figures.assign(**{name: made[name] for name in names})


def _apart(
    row: Mapping[Hashable, Any], first: Mapping[Hashable, Any]
) -> tuple[float, str, float | None, float | None]:
    """A figure against the base's: difference, verdict and range, by the ranges of both."""
    value, began, low, high, base_low, base_high = (
        float(each[key])
        for each, key in (
            *((row, "value"), (first, "value")),
            *((row, "low"), (row, "high"), (first, "low"), (first, "high")),
        )
    )
    if not all(map(isfinite, (low, high, base_low, base_high))):
        return value - began, "no range", None, None
    told = verdict(low, high, base_low, base_high)
    return value - began, told, low - base_high, high - base_low
