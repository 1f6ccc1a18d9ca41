"""Every row of the staffing reference that the models built can answer."""

import csv
import math
from pathlib import Path

import pytest

from planner.requirement import erlang_report, gross_people

REFERENCE = Path(__file__).parents[2].parent / "shared" / "data" / "staffing" / "staffing_reference.csv"
COLUMNS = {
    "p_wait": "p_wait",
    "service_level_offered": "service_level",
    "sl_answered_only": "service_level_answered",
    "sl_wait_le_T_or_gone": "service_level_gone",
    "asa_answered_s": "asa_seconds",
    "mean_wait_all_s": "mean_wait_seconds",
    "occupancy": "occupancy",
    "p_abandon": "p_abandon",
}


def rows(*models: str) -> list[dict[str, str]]:
    with REFERENCE.open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["model"] in models]


def number(text: str) -> float | None:
    return float(text) if text else None


@pytest.mark.parametrize("row", rows("erlang_c", "erlang_a"), ids=lambda row: row["id"])
def test_forward_and_inverse(row):
    got = erlang_report(
        float(row["arrivals_per_hour"]),
        3600.0,
        float(row["aht_s"]),
        int(row["agents"]),
        float(row["T_s"] or 0),
        number(row["patience_s"]),
        target=number(row["target_sl"]),
        max_occupancy=number(row["max_occupancy"]),
        max_abandon=number(row["max_abandon"]),
    )
    for column, name in COLUMNS.items():
        if row[column] == "inf":
            assert got[name] is None
        elif row[column]:
            # the file has 15 digits; one row repeats a load rounded to 12
            assert got[name] == pytest.approx(float(row[column]), rel=2e-12, abs=1e-14), column
    assert (row["kind"] == "inverse") == ("required_agents" in got)
    if row["required_agents"]:
        assert got["required_agents"] == int(row["required_agents"])


@pytest.mark.parametrize("row", rows("shrinkage"), ids=lambda row: row["id"])
def test_shrinkage(row):
    away = float(row["note"].split("shrinkage=")[1].split(";")[0])
    assert gross_people(int(row["agents"]), away) == int(row["required_agents"])


def test_every_model_built_has_rows():
    assert len(rows("erlang_c", "erlang_a")) == 37
    assert len(rows("shrinkage")) == 3
    assert math.isclose(float(rows("erlang_c")[0]["p_wait"]), 0.682118204689332)
