"""Charts and tables of promises, from frames with the columns of their files."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from planner._messages import catalogue
from planner.study import charts
from planner.study.charts.promise import desk_rows
from planner.study.columns import COLUMNS
from planner.study.goals import EXPECTATIONS

NAN = math.nan


def row(promise: str, hours: float, **more: Any) -> dict[str, Any]:
    given = {
        **{column.name: "" if column.kind == "text" else NAN for column in COLUMNS["promise.csv"]},
        **{"promise": promise, "queue": "", "within_seconds": 3600 * hours, "keeps": "yes"},
        **{"promised_share": 0.9, "kept_share": 0.95, "kept_low": 0.93, "kept_high": 0.97},
        **{"cost": 20_000.0, "cost_low": 18_000.0, "difference": 0.0, "difference_share": 0.0},
        **{"verdict": "not distinguishable", "more_people": 0, "people_needed": 9.0, "missing_hours": 0.0},
        **{"on_duty_peak": 9, "on_duty_mean": 7.25},
    }
    return {**given, **more}


def curve(*rows: dict[str, Any]) -> pd.DataFrame:
    return pd.DataFrame(rows)


LATE = row(
    "30 min",
    0.5,
    keeps="no",
    kept_share=0.8,
    more_people=3,
    more_kept_share=0.91,
    cost=26_000.0,
    cost_low=NAN,
    difference=6_000.0,
    difference_share=0.3,
    verdict="higher",
)


def test_points_that_are_kept_and_not_kept_differ_in_word_colour_and_mark() -> None:
    figure = charts.price_curve(curve(row("4 h", 4), LATE), "EUR")
    kept, late = (
        next(trace for trace in figure.data if trace.showlegend is not False and trace.name == name)
        for name in (
            "kept by this team (bar: no rota can cost less; 8 periods of 10)",
            "not kept by this team",
        )
    )
    assert (list(kept.x), list(late.x)) == ([4.0], [0.5])
    assert kept.marker.symbol != late.marker.symbol
    assert kept.marker.color != late.marker.color
    assert list(late.text) == ["26,000"]
    assert list(kept.error_y.arrayminus) == [2_000.0]
    assert list(late.error_y.arrayminus) == [0.0]  # nothing is proven


def test_shares_stand_below_with_their_range_and_what_is_promised() -> None:
    figure = charts.price_curve(curve(row("4 h", 4)), "EUR")
    below = [trace for trace in figure.data if trace.yaxis == "y2"]
    assert ["95 %"] in [list(trace.text) for trace in below if trace.text is not None]
    assert [90.0] in [list(trace.y) for trace in below]


def test_axes_name_unit_promises_and_what_people_expect() -> None:
    figure = charts.price_curve(curve(row("1 day", 24), row("4 h", 4), row("as today", 4)), "GBP")
    assert figure.layout.yaxis.title.text == "GBP a month, missing people paid"
    assert list(figure.layout.xaxis2.ticktext) == ["1 day", "4 h<br>as today", "1 h"]
    notes = [note.text for note in figure.layout.annotations]
    assert notes == ["80 % expect 24 h", "37 % expect 1 h"]
    line = figure.data[0]
    assert len(set(line.x)) == 3  # equal times stand beside each other


def test_a_promise_without_time_has_a_place() -> None:
    figure = charts.price_curve(curve(row("by Monday 10:00", 0.0)), "EUR")
    assert min(figure.data[0].x) > 0


def test_table_in_peoples_units() -> None:
    never = row("10 min", 1 / 6, keeps="no", more_people=NAN, kept_share=0.5, verdict="no range")
    never |= {"cost": NAN, "people_needed": NAN, "difference": NAN, "reachable_share": 0.661}
    tried = {**LATE, "more_kept_share": 0.85}
    nobody = row("9 h", 9, keeps="", kept_share=NAN, more_people=NAN, difference=NAN)
    table = charts.promise_table(curve(nobody, row("4 h", 4), LATE, tried, never))
    assert table["Kept by this team"].tolist() == ["nobody comes", "yes", "no", "no", "no"]
    assert table["People beside this team who would keep it"].tolist() == [
        *("–", "0", "3", "3: still 85 %", "no team could: 66.1 % at best")
    ]
    told = ["Cost a month", "Full-time people needed, with leave", "Against today", "As far as proven"]
    assert table[told].iloc[4].tolist() == ["no price", "–", "–", "–"]
    assert table["Against today"].tolist()[:3] == ["–", "0", "+6,000 (+30.0 %)"]
    assert table["Answered in time, % (8 periods of 10)"].tolist()[:2] == ["–", "95 (93–97)"]
    assert table["No rota below"].tolist()[1:3] == ["18,000", "–"]


def test_a_promise_without_price_has_its_share_alone() -> None:
    never = row("10 min", 1 / 6, keeps="no", kept_share=0.5, cost=NAN, cost_low=NAN)
    for rows in ([never], [row("4 h", 4), never]):
        figure = charts.price_curve(curve(*rows), "EUR")
        late = [trace for trace in figure.data if trace.name == "not kept by this team"]
        assert [list(trace.text) for trace in late] == [[""], ["50 %"]]
        assert figure.layout.yaxis.range[1] > 0


def test_rows_of_queues_are_not_points() -> None:
    assert len(desk_rows(curve(row("4 h", 4), row("4 h", 4, queue="email en")))) == 1


def test_publish_table() -> None:
    said = {
        **{"queue": "email en", "part": "closed", "contacts_per_week": 40.25, "verdict": "publish"},
        **{"share": 0.9, "clock": "after opening", "within_seconds": 3600.0, "kept_share": 0.954},
        **{"kept_low": 0.931, "elapsed_seconds": NAN, "worst_hour": "Mon 04:00", "worst_seconds": 7200.0},
        "longest_seconds": 9000.0,
    }
    few = {**said, "verdict": "too few", "clock": "", "worst_hour": "", "kept_share": NAN}
    table = charts.publish_table(pd.DataFrame([said, few, {**few, "verdict": "none"}]))
    assert table["May be published"].tolist() == [
        *("90 % within 1 h", "too few to promise", "nothing: no usual time holds")
    ]
    assert table["Counted in"].tolist()[:2] == ["opening hours, from the next opening", "–"]
    assert table["Slowest hour of the week"].tolist()[0] == "2 h (Mon 04:00)"
    assert table["Longest wait"].tolist()[0] == "2.5 h"
    assert table["In elapsed time"].tolist()[0] == "–"
    assert table["Really answered by then, % (poor period)"].tolist()[:2] == ["95.4 (93.1)", "–"]


def test_a_promise_by_an_opening_or_a_weekday_stands_where_it_ends_on_the_whole() -> None:
    """Its seconds alone, 0 by Monday 10:00, would make it the tightest of all."""
    monday = row("by Monday 10:00", 0, clock="by weekday")
    opening = row("by opening + 1 h", 1, clock="after opening")
    figure = charts.price_curve(curve(monday, opening, row("4 h", 4, clock="open hours")), "EUR")
    kept = next(trace for trace in figure.data if trace.text == ("20,000",) * 3)
    assert list(kept.x) == [168.0, 25.0, 4.0]


def test_what_people_expect_is_said_alike_everywhere() -> None:
    words = catalogue("en")
    for share, hours in EXPECTATIONS:
        for code in ("promise.expectations", "ui.promise.expectations"):
            assert f"{100 * share:.0f} %" in words[code]
            assert f" within {hours:.0f} h" in words[code]
