from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.clock import day_starts
from planner.study import Scenario, hours_matrix, ladder, workspace
from planner.study.hours_matrix import block, lines_of_masks, masks_of, painted, shares, spans_of

SAMPLE = workspace.SAMPLES / "weekday-to-247"
TWO = "queues: [{name: a, channel: email, language: en}, {name: b, channel: email, language: en}]\n"
clocks = st.integers(0, 95).map(lambda quarter: 15 * quarter)
stretches = st.lists(st.tuples(st.integers(0, 671), st.integers(1, 400)), max_size=5)


def desk(hours, more=""):
    return Scenario.from_text(f"{TWO}{more}opening_hours: {hours}")


def week_of(pieces):
    flat = np.zeros(672, dtype=bool)
    for first, length in pieces:
        flat[np.arange(first, first + length) % 672] = True
    return flat.reshape(7, 96)


@settings(max_examples=60, deadline=None)
@given(stretches, stretches)
def test_painted_weeks_survive_being_written_and_read(one, other):
    scenario = desk("{days: mon-fri, open: 09:00, close: 18:00}")
    wanted = {"a": week_of(one), "b": week_of(other)}
    again = scenario.replace(opening_hours=lines_of_masks(scenario, wanted))
    for name, week in masks_of(again).items():
        assert np.array_equal(week, wanted[name])


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.sets(st.integers(0, 6), min_size=1), clocks, clocks), min_size=1, max_size=4))
def test_a_week_is_what_the_clock_says_of_days_without_holidays(said):
    days = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    lines = ", ".join(
        f"{{days: '{', '.join(days[day] for day in sorted(on))}', "
        f"open: '{opens // 60:02d}:{opens % 60:02d}', close: '{closes // 60:02d}:{closes % 60:02d}'}}"
        for on, opens, closes in said
    )
    scenario = desk(f"[{lines}]", "zone: UTC\n")
    # A week that has days before and after it, on a clock that never changes.
    first = day_starts(scenario.first_day - timedelta(days=scenario.first_day.weekday()), 1, "UTC")[0]
    clock = scenario.opening["a"].mask(first + 672, 672)
    assert np.array_equal(masks_of(scenario)["a"].reshape(-1), clock)


def test_shipped_stages_keep_their_lines():
    for path in sorted(workspace.SAMPLES.glob("*/*.yaml")):
        scenario = Scenario.load(path)
        again = scenario.replace(opening_hours=lines_of_masks(scenario, masks_of(scenario)))
        assert again.said.opening_hours == scenario.said.opening_hours, path.name


def test_only_the_painted_queue_changes_and_holidays_stay():
    scenario = Scenario.load(SAMPLE / "stage-3-weekdays-24-hours.yaml")
    weeks = masks_of(scenario)
    later = painted(weeks["email en"], block(range(5), 20, 22), is_open=True)
    made = scenario.replace(opening_hours=lines_of_masks(scenario, {**weeks, "email en": later}))
    assert [ladder.rows_of(made)[i].close for i in (0, 1)] == ["22:00", "24:00"]
    assert [row.days for row in ladder.rows_of(made) if row.closed] == ["public holidays"] * 2
    assert {q for row in ladder.rows_of(made) if row.closed for q in row.queues} == {
        "email en",
        "premium en",
        "urgent en",
    }
    holiday = made.opening["email en"].holidays.days_between(
        made.first_day, made.first_day + timedelta(days=made.days)
    )
    assert holiday
    for day in holiday:
        midnight = day_starts(day, 1, made.zone)
        before, after = (each.opening["email en"].mask(midnight[0], 96) for each in (scenario, made))
        assert np.array_equal(before, after)


def test_hours_of_holidays_that_share_a_line_with_weekdays_stay_theirs():
    scenario = desk("{days: 'mon-fri, public holidays', open: 09:00, close: 18:00}", "public_holidays: PT\n")
    week = painted(masks_of(scenario)["a"], block([5], 10, 14), is_open=True)
    rows = ladder.rows_of(scenario.replace(opening_hours=lines_of_masks(scenario, {"a": week, "b": week})))
    assert [(row.queues, row.days, row.open, row.close) for row in rows] == [
        (("all",), "mon-fri", "09:00", "18:00"),
        (("all",), "sat", "10:00", "14:00"),
        (("all",), "public holidays", "09:00", "18:00"),
    ]


def test_a_day_that_was_closed_can_be_painted_open():
    scenario = desk("[{days: all, open: 09:00, close: 18:00}, {days: sun, closed: yes}]")
    weeks = masks_of(scenario)
    assert not weeks["a"][6].any()
    week = painted(weeks["a"], block([6], 10, 12), is_open=True)
    made = scenario.replace(opening_hours=lines_of_masks(scenario, {"a": week, "b": weeks["b"]}))
    assert np.array_equal(masks_of(made)["a"], week)
    assert np.array_equal(masks_of(made)["b"], weeks["b"])


def test_a_queue_without_any_hour_is_closed_on_purpose():
    scenario = desk("{days: mon-fri, open: 09:00, close: 18:00}")
    lines = lines_of_masks(scenario, {"a": np.zeros((7, 96), dtype=bool)})
    assert lines[0] == {"queues": ["a"], "days": "all", "closed": "yes"}
    assert not masks_of(scenario.replace(opening_hours=lines))["a"].any()


@pytest.mark.parametrize(
    ("cells", "spans"),
    [
        (block(range(5), 22, 7), {(1320, 420): {0, 1, 2, 3, 4}}),  # a night stays one line
        (block(range(5), 0, 24), {(0, 1440): {0, 1, 2, 3, 4}}),
        (block(range(7), 0, 24), {(0, 1440): {0, 1, 2, 3, 4, 5, 6}}),
        ((*block([4], 20, 24), *block([5], 0, 24)), {(1200, 1440): {4}, (0, 1440): {5}}),
        (block([6], 22, 2), {(1320, 120): {6}}),  # Sunday night runs into Monday
        (block([2], 20, 20), {(1200, 1200): {2}}),  # a whole day from evening to evening
        ((), {}),
    ],
)
def test_hours_as_people_say_them(cells, spans):
    assert spans_of(painted(np.zeros((7, 96), dtype=bool), cells, is_open=True)) == spans


def test_half_an_hour_is_half_a_cell_and_stays_until_it_is_painted():
    scenario = desk("{days: mon, open: 08:30, close: 10:00}")
    week = masks_of(scenario)["a"]
    assert shares([week])[0, 8:11].tolist() == [0.5, 1.0, 0.0]
    later = painted(week, [(0, 10)], is_open=True)
    assert spans_of(later) == {(510, 660): {0}}
    assert shares([week, painted(week, [(0, 8)], is_open=False)])[0, 8] == 0.25


def test_public_names_mean_one_week():
    assert (hours_matrix.DAYS, hours_matrix.HOURS, hours_matrix.QUARTERS) == (7, 24, 96)


def test_a_stroke_over_a_queue_that_is_gone_changes_nothing():
    stroke = {"cells": [(0, 0)], "open": True, "queues": ["gone"]}
    week = np.zeros((7, 96), dtype=bool)
    assert not hours_matrix.with_strokes({"a": week}, [stroke])["a"].any()
