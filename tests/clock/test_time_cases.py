"""The reference cases: shifts, civil days, rest, ISO weeks, hours in a week."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from planner.clock import (
    day_bounds,
    day_starts,
    iso_week,
    local_text,
    minutes_between,
    quarter_of,
    shift_lengths,
    to_utc,
    week_hours,
    zone_named,
)

FILE = Path(__file__).parents[3] / "shared" / "data" / "time" / "time_cases.json"
if not FILE.exists():
    pytest.skip("the reference data is not beside the repository", allow_module_level=True)
CASES = json.loads(FILE.read_text(encoding="utf-8"))


def cases(kind: str) -> pytest.MarkDecorator:
    chosen = [case for case in CASES if case["kind"] == kind]
    return pytest.mark.parametrize("case", chosen, ids=[case["id"] for case in chosen])


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_every_kind_of_case_is_tested() -> None:
    assert {case["kind"] for case in CASES} == {"shift", "civil_day", "rest", "iso_week", "iso_week_hours"}


@cases("shift")
def test_shift(case: dict[str, Any]) -> None:
    found = shift_lengths(case["date"], case["start"], case["end"], case["zone"])
    assert found.start == instant(case["start_utc"])
    assert found.end == instant(case["end_utc"])
    assert (found.start_kind, found.end_kind) == (case["start_kind"], case["end_kind"])
    assert found.elapsed_minutes == case["elapsed_h"] * 60
    assert found.nominal_minutes == case["nominal_h"] * 60
    assert found.paid_minutes == found.elapsed_minutes
    assert to_utc(case["date"], case["start"], case["zone"]) == instant(case["start_utc"])


@cases("civil_day")
def test_civil_day(case: dict[str, Any]) -> None:
    start, end = day_bounds(case["date"], case["zone"])
    assert (start, end) == (instant(case["start_utc"]), instant(case["end_utc"]))
    assert minutes_between(start, end) == case["hours"] * 60
    first, last = day_starts(case["date"], 1, case["zone"])
    assert (first, last - first) == (quarter_of(start), case["quarter_hours"])


@cases("rest")
def test_rest(case: dict[str, Any]) -> None:
    end, start = (to_utc(*case[key].split("T"), case["zone"]) for key in ("end", "start"))
    assert minutes_between(end, start) == case["rest_h"] * 60
    assert (minutes_between(end, start) >= 660) is case["meets_11h"]
    # Aware stamps of the zone itself are measured alike, though Python would subtract the walls.
    zone = zone_named(case["zone"])
    assert minutes_between(end.astimezone(zone), start.astimezone(zone)) == case["rest_h"] * 60


@cases("iso_week")
def test_iso_week(case: dict[str, Any]) -> None:
    at = instant(case["utc"])
    year, week, weekday = iso_week(at, case["zone"])
    assert f"{year}-W{week:02d}-{weekday}" == case["iso"]
    assert instant(local_text(at, case["zone"])) == instant(case["local"])


@cases("iso_week_hours")
def test_week_hours(case: dict[str, Any]) -> None:
    year, week = case["iso"].split("-W")
    assert week_hours(int(year), int(week), case["zone"]) == case["hours"]
