"""Comparisons against another baseline, and the charts drawn of them, held to the files by other code."""

from decimal import Decimal

import pandas as pd
import pytest

from planner.study import charts
from planner.study.compare import Comparison, Figure
from planner.study.compare_costs import CostPart
from planner.study.compare_view import compared, costs_against, figures_against, sides_of
from planner.study.rollout_files import write_comparison

NAMES = ("Today", "Early", "Night")
KEPT = "answered within the promise: email en"
PARTS = {"Today": (100_001, 0), "Early": (110_010, 203), "Night": (150_000, 9_999)}


@pytest.fixture
def folder(tmp_path):
    """Three scenarios against the first, as a rollout writes them; the promise by pairs."""
    figures = []
    for number, name in enumerate(NAMES):
        cost = (1000.0, 1010.0, 1500.0)[number]
        low = cost - 20
        told = ("same", "not distinguishable", "higher")[number]
        figures += [
            Figure(name, "wages and premiums", "EUR a month", cost, low, cost, cost - 1000, told),
            Figure(
                name, KEPT, "share", 0.9 - 0.01 * number, 0.8, 0.95, -0.01 * number, "lower", -0.02, -0.005
            ),
            Figure(name, "rostered hours", "hours a period", 100.0, None, None, 0.0, "no range"),
        ]
    figures.append(Figure("Night", "call-outs expected", "EUR a month", 50.0, None, None, 50.0, "new"))
    costs = [
        CostPart(name, part, PARTS[name][k], PARTS[name][k] - PARTS["Today"][k])
        for name in NAMES
        for k, part in enumerate(("base pay", "premiums"))
    ]
    write_comparison(Comparison(tuple(figures), tuple(costs)), tmp_path)
    return tmp_path


def of(frame, scenario, figure):
    return frame[(frame["scenario"] == scenario) & (frame["figure"] == figure)].iloc[0]


def test_against_the_first_stays_as_written(folder):
    made = compared(folder, ["Today", "Night"])
    assert made.paired
    assert of(made.figures, "Night", KEPT)["verdict"] == "lower"
    assert made.figures["scenario"].unique().tolist() == ["Today", "Night"]


def test_against_another_every_difference_is_worked_out_again(folder):
    made = compared(folder, ["Early", "Today", "Night"])
    assert not made.paired
    for name in NAMES:
        cost = of(made.figures, name, "wages and premiums")
        assert cost["difference"] == cost["value"] - 1010
    assert of(made.figures, "Today", "wages and premiums")["verdict"] == "not distinguishable"
    assert of(made.figures, "Night", "wages and premiums")["verdict"] == "higher"
    assert of(made.figures, "Early", "wages and premiums")["verdict"] == "same"


def test_without_pairs_a_narrow_difference_is_not_told_apart(folder):
    made = compared(folder, ["Night", "Today"])
    promise = of(made.figures, "Today", KEPT)
    assert promise["verdict"] == "not distinguishable"
    assert promise["difference_low"] == pytest.approx(-0.15)
    assert promise["difference_high"] == pytest.approx(0.15)


def test_what_has_no_range_or_no_counterpart_says_so(folder):
    made = compared(folder, ["Early", "Night"])
    assert of(made.figures, "Night", "rostered hours")["verdict"] == "no range"
    assert of(made.figures, "Night", "call-outs expected")["verdict"] == "new"


@pytest.mark.parametrize("base", NAMES)
@pytest.mark.parametrize("other", NAMES)
def test_the_waterfall_adds_up_to_the_cent(folder, base, other):
    if base == other:
        return
    made = compared(folder, [base, other])
    bars = charts.cost_parts_chart(made.costs, other).data[0]
    cents = [round(Decimal(str(value)) * 100) for value in bars.y]
    assert cents[0] == sum(PARTS[base])
    assert sum(cents[:-1]) == cents[-1] == sum(PARTS[other])


def test_costs_are_differences_in_whole_cents():
    rows = [("A", "x", 0.1, 0.0), ("B", "x", 0.3, 0.2)]
    made = costs_against(pd.DataFrame(rows, columns=["scenario", "part", "cost", "difference"]), "B")
    assert made["difference"].tolist() == [-0.2, 0.0]


def test_the_base_itself_differs_by_nothing():
    rows = [("A", "f", 2.0, 1.0, 3.0)]
    made = figures_against(pd.DataFrame(rows, columns=["scenario", "figure", "value", "low", "high"]), "A")
    assert made["difference"].tolist() == [0.0]


def test_sides_without_plans_still_have_their_names(folder):
    assert [(side.number, side.scenario, side.folder) for side in sides_of(folder)] == [
        (1, "Today", None),
        (2, "Early", None),
        (3, "Night", None),
    ]


def test_the_table_says_what_ranges_tell(folder):
    made = charts.figures_table(compared(folder, ["Today", "Early"]).figures, verdicts=True)
    cell = made.loc[made.iloc[:, 0] == "wages and premiums", "Early"].item()
    assert cell == "1,010 (+10.00, not distinguishable)"
    hours = made.loc[made.iloc[:, 0] == "rostered hours", "Early"].item()
    assert hours == "100 (0.00)"


def test_every_panel_of_the_promise_has_one_scale(folder):
    figure = charts.promise_panels(compared(folder, list(NAMES)).figures)
    assert [bar.y[0] for bar in figure.data] == pytest.approx([90.0, 89.0, 88.0])
    assert {tuple(axis.range) for axis in figure.select_yaxes()} == {(0, 105)}


def test_every_panel_of_cover_has_the_same_symmetric_colours():
    def cover(short, spare):
        stamps = ["2026-03-30T08:00:00+01:00", "2026-03-30T09:00:00+01:00"]
        return pd.DataFrame(
            {
                "interval_start": stamps,
                "interval_local": stamps,
                "required": [2, 2],
                "on_duty": [2 - short, 2 + spare],
                "short": [short, 0],
                "binding": [True, True],
            }
        )

    figure = charts.cover_panels([("A", cover(1, 0)), ("B", cover(0, 3))], "Europe/Lisbon")
    assert [panel.z[0][8] for panel in figure.data] == [-1.0, 0.0]
    assert [panel.z[0][9] for panel in figure.data] == [0.0, 3.0]
    assert {panel.coloraxis for panel in figure.data} == {"coloraxis"}
    assert (figure.layout.coloraxis.cmin, figure.layout.coloraxis.cmax) == (-3.0, 3.0)
    assert "Europe/Lisbon" in figure.layout.xaxis.title.text
