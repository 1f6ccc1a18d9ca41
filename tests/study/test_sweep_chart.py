"""Charts of sweeps and of what a cost is made of: the numbers drawn are those of the tables."""

from __future__ import annotations

import pandas as pd
import pytest

from planner.study import charts


def row(
    value1: str, value2: str, value: float | None, low: float | None, high: float | None
) -> dict[str, object]:
    return {
        **{
            "factor1": "volume.by",
            "value1": value1,
            "factor2": "minimum" if value2 else "",
            "value2": value2,
        },
        **{
            "figure": "cost with missing people priced",
            "unit": "EUR a month",
            "value": value,
            "low": low,
            "high": high,
        },
        "verdict": "higher",
    }


def test_a_line_over_one_factor_with_its_range() -> None:
    table = pd.DataFrame(
        [row("", "", 9.0, 8.0, 9.0), row("+10%", "", 10.0, 8.0, 10.0), row("0%", "", 9.0, None, 9.0)]
    )
    (line,) = charts.sweep_chart(table).data
    assert (list(line.x), list(line.y)) == (["+10%", "0%"], [10.0, 9.0])
    assert list(line.error_y.arrayminus) == [2.0, 0.0]
    assert list(line.error_y.array) == [0.0, 0.0]


def test_a_heat_map_over_two_factors() -> None:
    pairs = [("1", "x", 5.0), ("1", "y", 6.0), ("2", "x", 7.0)]
    table = pd.DataFrame([row(a, b, value, None, None) for a, b, value in pairs])
    made = charts.sweep_chart(table)
    (cells,) = made.data
    assert (list(cells.x), list(cells.y)) == (["1", "2"], ["x", "y"])
    assert [list(line) for line in cells.z] == [[5.0, 7.0], [6.0, None]]
    assert (made.layout.xaxis.title.text, made.layout.yaxis.title.text) == ("volume.by", "minimum")


def test_parts_lead_from_one_cost_to_the_other() -> None:
    parts = pd.DataFrame(
        [
            *(
                {"scenario": "A", "part": part, "cost": c, "difference": 0.0}
                for part, c in (("pay", 80.0), ("night", 5.5))
            ),
            {"scenario": "B", "part": "pay", "cost": 100.25, "difference": 20.25},
            {"scenario": "B", "part": "night", "cost": 5.5, "difference": 0.0},
        ]
    )
    (steps,) = charts.cost_parts_chart(parts, "B").data
    assert list(steps.x) == ["A", "pay", "B"]
    assert list(steps.y) == pytest.approx([85.5, 20.25, 105.75])
    assert sum(steps.y[:-1]) == pytest.approx(parts[parts["scenario"] == "B"]["cost"].sum())
