"""Charts, read as data: what a figure holds, not how it looks."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import numpy as np
import pandas as pd
import pytest

from planner.clock import local_at, quarter_at, quarter_of
from planner.requirement import Need
from planner.study import charts
from planner.study.charts import palette

# Sunday 29 March 2026, on which Lisbon's clocks go forward, is the seventh day.
MONDAY = quarter_of(datetime(2026, 3, 23, tzinfo=UTC))
ZONE = "Europe/Lisbon"


def read(figure) -> dict:
    """The figure as a browser gets it; must be plain data."""
    return json.loads(figure.to_json())


def axis_titles(data: dict) -> tuple[str, str]:
    return data["layout"]["xaxis"]["title"]["text"], data["layout"]["yaxis"]["title"]["text"]


def cover_of(
    required: list[int], on_duty: list[int], name: str = "email en", first: int = MONDAY
) -> pd.DataFrame:
    """A cover table of one set, hourly from Monday."""
    required_, there = np.array(required), np.array(on_duty)
    quarters = [first + 4 * k for k in range(len(required))]
    return pd.DataFrame(
        {
            "interval_start": pd.to_datetime([quarter_at(q) for q in quarters], utc=True),
            "interval_local": [local_at(q, ZONE).isoformat(timespec="seconds") for q in quarters],
            "set": name,
            "required": required_,
            "on_duty": there,
            "short": np.maximum(required_ - there, 0),
            "spare": np.maximum(there - required_, 0),
            "binding": required_ > there,
        }
    )


def test_need_takes_the_most_of_a_group_and_adds_groups():
    a, b, c, role = (frozenset({name}) for name in ("en", "pt", "fr", "engineer"))
    required = np.array([[1] * 168, [2] * 168, [2] * 168, [1] * 168, [9] * 168])
    required[2, 30] = 5
    need = Need(
        "id",
        MONDAY,
        60,
        ("en", "pt", "fr", "engineer"),
        (a, b, a | b, c, role),
        required,
        (),
        (("en", "pt"), ("fr",)),
        np.ones((4, 168), dtype=bool),
    )
    data = read(charts.need_heat_map(need, "UTC"))
    heat = data["data"][0]
    assert heat["z"][0][0] == 3
    assert heat["z"][1][6] == 6
    assert (heat["zmin"], heat["zmax"]) == (0, 6)
    assert heat["text"][1][6] == "6"
    assert data["layout"]["yaxis"]["autorange"] == "reversed"


def test_hours_that_need_nobody_are_empty():
    required = np.zeros((1, 168), dtype=int)
    required[0, 9:18] = 2
    every = (frozenset({"en"}),)
    need = Need("id", MONDAY, 60, ("en",), every, required, (), (("en",),), required > 0)
    heat = read(charts.need_heat_map(need, "UTC"))["data"][0]
    assert heat["z"][0][8:10] == [None, 2]
    assert heat["text"][0][8:10] == ["", "2"]
    nobody = Need("id", MONDAY, 60, ("en",), every, required * 0, (), (("en",),), required > 0)
    heat = read(charts.need_heat_map(nobody, "UTC"))["data"][0]
    assert (heat["zmin"], heat["zmax"]) == (0, 1)


def test_contacts_of_the_week_stand_on_their_hours_and_colours_start_at_nothing():
    per_hour = np.full(168, 1.0)
    per_hour[24 + 9] = 4.0
    per_hour[6 * 24 + 1] = np.nan
    data = read(charts.hours_heat_map(per_hour, "When contacts come", ZONE))
    heat = data["data"][0]
    assert (heat["zmin"], heat["zmax"]) == (0, 4)
    assert (heat["z"][1][9], heat["z"][6][1]) == (4.0, None)
    assert (heat["text"][1][9], heat["text"][6][1]) == ("4.0", "")
    assert ZONE in axis_titles(data)[0]


def test_cover_is_signed_and_symmetric_with_white_in_the_middle():
    cover = cover_of([0] * 9 + [2, 2, 2] + [0] * 12, [0] * 9 + [1, 2, 4] + [0] * 12)
    data = read(charts.cover_heat_map(cover, ZONE))
    heat = data["data"][0]
    assert heat["type"] == "heatmap"
    assert heat["z"][0][8:13] == [None, -1, 0, 2, None]
    assert heat["text"][0][8:13] == ["", "-1", "0", "+2", ""]
    assert (heat["zmin"], heat["zmid"], heat["zmax"]) == (-2, 0, 2)
    assert [colour for _, colour in heat["colorscale"]] == [palette.SHORT, "#FFFFFF", palette.SPARE]
    assert "missing" in heat["colorbar"]["title"]["text"]
    assert heat["y"] == ["Mon 23 Mar"]
    assert axis_titles(data) == ("hour of the day (Europe/Lisbon)", "day")


def test_compared_covers_share_their_colours():
    cover = cover_of([1] * 24, [2] * 24)
    assert read(charts.cover_heat_map(cover, ZONE, most=5))["data"][0]["zmin"] == -5


def test_the_worst_part_of_an_hour_shows():
    halves = cover_of([1] * 24, [3] * 24).iloc[:2].copy()
    quarters = [MONDAY, MONDAY + 2]
    halves["interval_start"] = pd.to_datetime([quarter_at(q) for q in quarters], utc=True)
    halves["interval_local"] = [local_at(q, ZONE).isoformat() for q in quarters]
    halves["on_duty"] = [3, 2]
    assert read(charts.cover_heat_map(halves, ZONE))["data"][0]["z"][0][0] == 1


def test_a_day_of_a_clock_change_says_its_hours():
    heat = read(charts.cover_heat_map(cover_of([1] * 167, [1] * 167), ZONE))["data"][0]
    assert heat["y"][5:] == ["Sat 28 Mar", "Sun 29 Mar · 23 h"]
    assert heat["z"][6][:3] == [0, None, 0]


def test_missing_counts_the_binding_set_once():
    one = cover_of([2] * 24, [1] * 24, "en")
    both = cover_of([3] * 24, [1] * 24, "en + pt")
    one["binding"] = False
    surplus = charts.surplus_by_interval(pd.concat([one, both]))
    assert set(surplus["surplus"]) == {-2}


def test_spare_hours_are_person_hours():
    assert charts.spare_hours(cover_of([1, 1, 1, 0], [3, 0, 1, 1])) == 3.0
    assert charts.spare_hours(cover_of([], [])) == 0.0


def test_cover_line_shows_one_week_in_steps():
    cover = cover_of([1] * 335, [2] * 335)
    data = read(charts.cover_line(cover, "email en", date(2026, 3, 30), ZONE))
    on_duty, required = data["data"]
    assert (on_duty["name"], required["name"]) == ("on duty", "needed")
    assert on_duty["x"][0] == "2026-03-30T00:00:00"
    assert len(on_duty["x"]) == 168
    assert on_duty["line"]["shape"] == "hv"
    assert axis_titles(data) == ("local time (Europe/Lisbon)", "people")


@pytest.fixture
def service() -> pd.DataFrame:
    """Two rows of totals and two hours."""
    rows = [
        ("email en", "all", "", pd.NA, 70.0, 0.9, 0.85, 0.95, 600.0, 5400.0, 36000.0, 900.0, 0.0, 0.6),
        (
            "email en",
            "closed",
            "",
            pd.NA,
            0.0,
            np.nan,
            np.nan,
            np.nan,
            np.nan,
            np.nan,
            np.nan,
            np.nan,
            np.nan,
            np.nan,
        ),
        ("email en", "all", "mon", 9, 5.0, 0.8, 0.7, 0.9, 600.0, 5400.0, 36000.0, 900.0, 0.0, 0.6),
        ("email en", "all", "sun", 23, 1.0, 0.5, 0.4, 0.6, 600.0, 5400.0, 36000.0, 900.0, 0.0, 0.6),
    ]
    figures = "contacts_per_week kept_share kept_low kept_high wait_median_seconds wait_p90_seconds"
    others = "longest_wait_seconds asa_seconds abandoned_share occupancy"
    names = f"queue arrived weekday hour {figures} {others}"
    return pd.DataFrame(rows, columns=names.split()).astype({"hour": "Int64"})


def test_service_by_hour_of_the_week_in_per_cent(service):
    data = read(charts.service_by_hour(service, "email en", ZONE))
    high, low, mean = data["data"]
    assert len(mean["x"]) == 168
    assert mean["x"][9] == "Mon 09"
    assert (low["y"][9], mean["y"][9], high["y"][9]) == (70, 80, 90)
    assert mean["y"][167] == 50
    assert mean["y"][10] is None
    assert axis_titles(data) == ("day and hour of arrival (Europe/Lisbon)", "share of contacts, %")


def test_service_table_speaks_per_cent_and_durations(service):
    """Nobody comes while closed, so one row of the queue is enough."""
    table = charts.service_table(service, {"email en": "90% within 4 h"})
    assert table["Queue"].tolist() == ["email en"]
    assert table["Promise"].tolist() == ["90% within 4 h"]
    assert table["Arrived while"].tolist() == ["open or closed"]
    assert table["Answered within the promise, %"].tolist() == ["90"]
    assert table["in 8 periods of 10, %"].tolist() == ["85–95"]
    assert table["9 of 10 wait no longer than"].tolist() == ["1 h 30 min"]
    assert table["Mean wait of the answered"].tolist() == ["15 min"]
    assert "Promise" not in charts.service_table(service).columns


def test_service_table_parts_open_and_closed_where_contacts_come_in_both(service):
    came = service.assign(contacts_per_week=10.0)
    assert charts.service_table(came)["Arrived while"].tolist() == ["open or closed", "closed"]


class TestWaits:
    @pytest.fixture
    def curve(self) -> pd.DataFrame:
        rows = [("phone", "all", s, y, y - 0.05, y + 0.05) for s, y in ((20.0, 0.8), (60.0, 0.9))]
        rows += [("phone", "open", 20.0, 0.85, 0.8, 0.9), ("phone", "closed", 20.0, 0.0, 0.0, 0.0)]
        rows.append(("chat", "all", 20.0, np.nan, np.nan, np.nan))
        return pd.DataFrame(rows, columns=["queue", "arrived", "within_seconds", "share", "low", "high"])

    def test_curve_with_range_and_promise(self, curve):
        data = read(charts.share_curve(curve, "phone", (20.0, 0.8)))
        high, low, mean, opened, promise = data["data"]
        assert (low["y"], mean["y"], high["y"]) == ([75, 85], [80, 90], [85, 95])
        assert mean["text"] == ["20 s", "1 min"]
        assert opened["y"] == [85]
        assert (promise["x"], promise["y"]) == ([20.0], [80.0])
        assert data["layout"]["xaxis"]["ticktext"] == ["20 s", "1 min"]
        assert len(read(charts.share_curve(curve, "phone", (None, 0.8)))["data"]) == 4

    def test_too_few_contacts_have_no_curve(self, curve):
        assert charts.share_curve(curve, "chat") is None

    def test_backlog_on_the_wall_clock(self):
        stamps = ["2026-03-29T00:30:00+00:00", "2026-03-29T02:00:00+01:00"]
        columns = {"interval_local": stamps, "waiting_low": [0.0, 1.0], "waiting_high": [3.0, 6.0]}
        frame = pd.DataFrame({"queue": "email", "waiting_mean": [1.5, 3.25], **columns})
        data = read(charts.backlog_line(frame, "email", ZONE))
        high, low, mean = data["data"]
        assert mean["x"] == ["2026-03-29T00:30:00", "2026-03-29T02:00:00"]
        assert (low["y"], mean["y"], high["y"]) == ([0, 1], [1.5, 3.25], [3, 6])
        assert axis_titles(data) == ("local time (Europe/Lisbon)", "contacts")

    def test_occupancy_has_the_busiest_last_which_is_on_top(self):
        rows = [("", "Lisbon", 0.6, 90.0, 60.0, 10.0), ("Ana", "Lisbon", 0.7, 70.0, 30.0, 5.0)]
        rows += [("Ben", "Rome", 0.4, 20.0, 30.0, 5.0), ("Cleo", "Rome", np.nan, 0.0, 0.0, 5.0)]
        names = ["agent", "site", "occupancy", "handling_hours", "waiting_hours", "off_contact_hours"]
        data = read(charts.occupancy_bars(pd.DataFrame(rows, columns=names)))
        handling = data["data"][0]
        assert handling["y"] == ["Cleo · Rome", "Ben · Rome", "Ana · Lisbon"]
        assert handling["text"] == ["", "40 %", "70 %"]
        assert len(data["data"]) == 3

    def test_tables_of_the_record(self):
        hour = {"weekday": "tue", "hour": 9, "contacts_per_week": 12.34, "kept_share": 0.5}
        times = dict.fromkeys(["p50_seconds", "p75_seconds", "p90_seconds", "p95_seconds"], 90.0)
        times |= {"asa_seconds": 6000.0, "mean_wait_seconds": None, "longest_seconds": 90_000.0}
        queue = {
            "queue": "email",
            "worst_hours": [{**hour, "wait_p90_seconds": None}],
            "answered": {"elapsed": times, "open_hours": times},
        }
        worst = charts.worst_hours_table(queue)
        assert worst.iloc[0].tolist() == ["Tue 09:00", "12.3", "50", "–"]
        table = charts.response_table([queue])
        assert table["Clock"].tolist() == ["elapsed", "open hours only"]
        assert table.iloc[0].tolist()[2:] == [*["1 min 30 s"] * 4, "1 h 40 min", "–", "25 h"]


@pytest.fixture
def figures() -> pd.DataFrame:
    """Three stages."""
    rows = [
        ("now", "wages and premiums", "EUR a month", 20000.0, 0.0),
        ("now", "most nights of one person", "nights a month", 0.0, 0.0),
        ("early", "wages and premiums", "EUR a month", 21000.0, 1000.0),
        ("early", "most nights of one person", "nights a month", 1.5, 1.5),
        ("lean", "wages and premiums", "EUR a month", 20500.0, 500.0),
    ]
    return pd.DataFrame(rows, columns=["scenario", "figure", "unit", "value", "difference"])


def test_cost_by_stage_says_differences(figures):
    data = read(charts.cost_by_stage(figures))
    bars = data["data"][0]
    assert bars["x"] == ["now", "early", "lean"]
    assert bars["y"] == [20000, 21000, 20500]
    assert bars["text"][0] == "20,000"
    assert "+1,000" in bars["text"][1]
    assert axis_titles(data) == ("stage", "EUR a month")


def test_cost_steps_add_up_to_the_last_stage(figures):
    data = read(charts.cost_steps(figures))
    steps = data["data"][0]
    assert steps["measure"] == ["absolute", "relative", "relative", "total"]
    assert steps["y"] == [20000, 1000, -500, 20500]
    assert sum(steps["y"][:3]) == steps["y"][3]
    assert steps["text"] == ["20,000", "+1,000", "-500", "20,500"]
    assert steps["x"][3] == "lean (total)"


def test_figures_table_has_a_column_a_stage(figures):
    table = charts.figures_table(figures)
    assert table.columns.tolist() == ["Figure", "Unit", "now", "early", "lean"]
    assert table["early"].tolist() == ["21,000 (+1,000)", "1.50 (+1.50)"]
    assert pd.isna(table["lean"][1])


def test_shares_are_per_cent_and_zero_has_no_sign():
    rows = [
        ("now", "answered within the promise: email en", "share", 0.98712, 0.0),
        ("now", "wages and premiums", "EUR a month", 50.0, 0.0),
        ("early", "answered within the promise: email en", "share", 0.98709, -0.00003),
        ("early", "wages and premiums", "EUR a month", 49.999, -0.001),
        ("late", "answered within the promise: email en", "share", 0.9, -0.08712),
        ("late", "wages and premiums", "EUR a month", 49.6, -0.4),
    ]
    frame = pd.DataFrame(rows, columns=["scenario", "figure", "unit", "value", "difference"])
    table = charts.figures_table(frame)
    assert table["Unit"].tolist() == ["%", "EUR a month"]
    assert table["now"].tolist() == ["98.7", "50.00"]
    assert table["early"].tolist() == ["98.7 (0.0)", "50.00 (0.00)"]
    assert table["late"].tolist() == ["90.0 (-8.7)", "49.60 (-0.40)"]
    assert read(charts.cost_steps(frame))["data"][0]["text"] == ["50", "0", "0", "50"]
    assert "-0" not in "".join(read(charts.cost_by_stage(frame))["data"][0]["text"])


def test_no_figures_no_bars(figures):
    assert read(charts.cost_steps(figures.iloc[:0]))["data"][0]["y"] == []
    assert list(charts.figures_table(figures.iloc[:0]).columns) == ["Figure", "Unit"]
