"""The data that checks are held to: tables shipped beside this module, each row with its source."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Any


@lru_cache(maxsize=4)
def table(name: str) -> tuple[Mapping[str, str], ...]:
    """Rows of a shipped table, by column; an empty cell is empty text.

    Examples
    --------
    >>> table("staffing_reference.csv")[0]["p_wait"]
    '0.682118204689332'
    """
    text = files("planner.study.validation").joinpath(name).read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


def time_cases(kind: str) -> Sequence[Mapping[str, Any]]:
    """Cases of one kind: shift, civil_day, rest, iso_week, iso_week_hours."""
    text = files("planner.study.validation").joinpath("time_cases.json").read_text(encoding="utf-8")
    return [case for case in json.loads(text) if case["kind"] == kind]


def number(text: str) -> float | None:
    """A cell, or None where it is empty."""
    return float(text) if text else None


def listed(note: str, name: str) -> list[float]:
    """Numbers that a note gives in brackets after a name.

    Examples
    --------
    >>> listed("step; agents [4, 6]; interval SL [0.89, 0.75]", "agents")
    [4.0, 6.0]
    """
    return [float(word) for word in note.split(f"{name} [")[1].split("]")[0].split(",")]
