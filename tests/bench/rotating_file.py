"""Rotating workforce instances in MiniZinc data format, and what they mean as terms of the planner."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from planner.rota import Block, Forbidden, RotationTerms, rest_after

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def read(path: Path | str) -> dict[str, Any]:
    """One instance, of either kind."""
    text = re.sub(r"%[^\n]*", "", Path(path).read_text(encoding="utf-8"))
    fields = {name: value.strip() for name, value in re.findall(r"(\w+)\s*=\s*(.*?)\s*;", text, re.DOTALL)}
    return _weekly(fields) if "employees" in fields else _blocks(fields)


def _numbers(text: str) -> list[int]:
    return [int(number) for number in re.findall(r"-?\d+", text)]


def _rows(text: str) -> list[list[int]]:
    """The rows of a two-dimensional array, without labels."""
    inner = text.strip().removeprefix("[|").removesuffix("|]")
    return [numbers for row in inner.split("|") if (numbers := _numbers(row))]


def _weekly(fields: dict[str, str]) -> dict[str, Any]:
    rows = _rows(fields["requirements"])
    labels = [name[:3].lower() for name in re.findall(r"(\w+)\s*:", fields["requirements"])]
    order = [label for label in labels if label in DAYS]
    by_day = (
        dict(zip(order, rows, strict=True)) if len(order) == len(rows) else dict(zip(DAYS, rows, strict=True))
    )
    return {
        "kind": "weekly",
        "weeks": int(fields["employees"]),
        "names": ["Day", "Evening", "Night"],
        "required": [[by_day[day][shift] for day in DAYS] for shift in range(3)],
    }


def _blocks(fields: dict[str, str]) -> dict[str, Any]:
    count = int(fields["nb_shifts"])
    names = re.findall(r'"([^"]*)"', fields.get("shift_name", ""))
    if len(set(names)) != count:
        names = [f"S{n + 1}" for n in range(count)]
    before, after = (_numbers(fields.get(f"forbidden_{side}", "")) for side in ("before", "after"))
    flags = [flag == "true" for flag in re.findall(r"true|false", fields.get("forbidden_daysoff", ""))]
    pairs = zip(before, after, flags or [False] * len(before), strict=True)
    low, high = _numbers(fields["shift_block_min"]), _numbers(fields["shift_block_max"])
    return {
        "kind": "blocks",
        "weeks": int(fields["nb_workers"]),
        "names": names,
        "required": _rows(fields["temp_req"]),
        "work": (int(fields["min_work"]), int(fields["max_work"])),
        "days_off": (int(fields["min_daysoff"]), int(fields["max_daysoff"])),
        "blocks": list(zip(low, high, strict=True)),
        "forbidden": [(before - 1, after - 1, off) for before, after, off in pairs],
    }


def terms_of(data: dict[str, Any]) -> RotationTerms:
    """The instance in the planner's own words."""
    names = tuple(data["names"])
    posts = tuple(map(tuple, data["required"]))
    if data["kind"] == "blocks":
        return RotationTerms(
            names,
            posts,
            work=data["work"],
            days_off=data["days_off"],
            blocks=tuple(
                Block((name,), low, high) for name, (low, high) in zip(names, data["blocks"], strict=True)
            ),
            forbidden=tuple(
                Forbidden(names[before], names[after], int(off)) for before, after, off in data["forbidden"]
            ),
        )
    day, evening, night = names
    return RotationTerms(
        names,
        posts,
        blocks=(Block((night,), 1, 3),),
        forbidden=(
            *rest_after((night,), 1, (day, evening)),
            Forbidden(day, night),
            Forbidden(evening, night),
        ),
        free_weekends=(1, 3),
        days_off_together=2,
        windows=((5, 6),),
    )
