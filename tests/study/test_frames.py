"""Forecast and cover as frames: a row for every interval, on the clock of the scenario."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from planner.clock import OpeningHours, OpeningLine, day_starts
from planner.demand import Promise, Queue, Volumes
from planner.people import Agent, Team, skills
from planner.requirement import Need, NeedSettings, require, with_cut
from planner.rota import Cover
from planner.study.columns import COLUMNS
from planner.study.frames import cover_frame, forecast_frame, requirement_frame, set_name
from planner.study.tables import csv_text

ROME = "Europe/Rome"
FIRST = day_starts("2026-10-25", 1, ROME)[0]  # 25 hours
A, B = frozenset({"a"}), frozenset({"b"})


def a_need(required: list[list[int]]) -> Need:
    rows = np.array(required)
    return Need(
        need_id="n",
        first_quarter=FIRST,
        interval_minutes=60,
        queues=("b", "a"),
        sets=(B, A, A | B),
        required=rows,
        backlogs=(),
        groups=(("b", "a"),),
        open=np.ones((2, rows.shape[1]), dtype=bool),
    )


def some_volumes(intervals: int) -> Volumes:
    mean = np.arange(2 * intervals, dtype=float).reshape(2, intervals)
    return Volumes(
        queues=("b", "a"),
        first_quarter=FIRST,
        interval_minutes=60,
        mean=mean,
        low=mean / 2,
        high=mean * 2,
        spread={},
        day_of=np.zeros(intervals, dtype=int),
        week_of=np.zeros(intervals, dtype=int),
    )


def columns_of(file: str) -> list[str]:
    return [column.name for column in COLUMNS[file]][1:]


def test_sets_are_named_in_the_order_of_the_scenario() -> None:
    assert set_name(A | B, ("b", "a")) == "b + a"


def test_forecast_has_a_row_for_every_queue_and_interval() -> None:
    is_open = {"a": np.arange(25) < 2, "b": np.ones(25, dtype=bool)}
    frame = forecast_frame(some_volumes(25), is_open, ROME)
    assert list(frame.columns) == columns_of("forecast.csv")
    assert frame["queue"].tolist() == ["b"] * 25 + ["a"] * 25
    assert frame.loc[frame["queue"] == "a", "open"].tolist() == [True, True] + [False] * 23
    assert frame["mean"].tolist() == list(range(50))
    # The repeated hour stands there twice, told apart by the offset.
    local = frame["interval_local"][:25].tolist()
    assert local[2:4] == ["2026-10-25T02:00:00+02:00", "2026-10-25T02:00:00+01:00"]
    assert local[-1] == "2026-10-25T23:00:00+01:00"
    assert len(set(local)) == 25
    assert (pd.to_datetime(frame["interval_local"], utc=True) == frame["interval_start"]).all()


def test_cover_counts_short_and_spare_of_each_set() -> None:
    need = a_need([[1, 0], [2, 1], [2, 1]])
    on_duty = np.array([[1, 1], [0, 1], [1, 2]])
    cover = Cover(
        on_duty=on_duty,
        short=np.array([2, 0]),
        short_set=np.array([1, -1]),
        spare=np.array([0, 1]),
        missing_work=np.zeros((0, 2)),
        missing_work_units=np.zeros(0),
        missing_intervals=2.0,
    )
    frame = cover_frame(need, cover, ROME)
    assert list(frame.columns) == columns_of("cover.csv")
    assert frame["set"].tolist() == ["b", "a", "b + a"] * 2
    assert frame["short"].tolist() == [0, 2, 1, 0, 0, 0]
    assert frame["spare"].tolist() == [0, 0, 0, 1, 0, 1]
    assert frame["binding"].tolist() == [False, True, False, False, False, False]
    assert (frame["short"] - frame["spare"]).tolist() == (frame["required"] - frame["on_duty"]).tolist()
    # People missing in the interval are the binding set's, once.
    assert frame.loc[frame["binding"], "short"].sum() == cover.short.sum()


def test_requirement_of_a_stated_need_has_gross_only() -> None:
    frame = requirement_frame(a_need([[1, 0], [2, 1], [2, 1]]), ROME)
    assert list(frame.columns) == columns_of("requirement.csv")
    assert frame["gross"].tolist() == [1, 2, 2, 0, 1, 1]
    assert frame["reason"].tolist() == ["stated", "stated", "stated", "", "stated", "stated"]
    assert frame["net"].isna().all()
    lines = csv_text("requirement.csv", frame).splitlines()
    assert lines[1] == "1,2026-10-24T22:00:00Z,2026-10-25T00:00:00+02:00,b,,,,1,stated,,"


def a_worked_out_need() -> Need:
    """Phone and deferred e-mail with an escalation role, as the requirement makes it."""
    phone = Queue("phone", "phone", "en", 300, Promise(0.8, 20))
    email = Queue("email", "email", "en", 600, Promise(0.9, 7200))
    team = Team((Agent("Ada", "", ROME, {"en": None}),))
    volumes = some_volumes(25)
    volumes = replace(volumes, queues=("phone", "email"), mean=np.full((2, 25), 6.0))
    hours = OpeningHours(ROME, (OpeningLine(frozenset(range(7)), False, 540, 1080),))
    table = skills(team, [phone, email])
    settings = NeedSettings(presence={"all": 1})
    return require(volumes, [phone, email], team, table, {"phone": hours, "email": hours}, settings)


def test_requirement_says_why() -> None:
    need = a_worked_out_need()
    frame = requirement_frame(need, ROME)
    assert len(frame) == len(need.sets) * need.intervals
    phone = frame[frame["set"] == "phone"].reset_index(drop=True)
    assert phone["gross"].tolist() == need.required[0].tolist()
    assert phone["reason"][0] == "closed"
    assert phone["reason"][10] == "service level"
    assert (phone["gross"] >= phone["net"]).all()
    assert phone["predicted_service"][12] >= 0.8
    written = csv_text("requirement.csv", frame).splitlines()
    assert len(written) == 1 + len(frame)


def test_a_need_that_was_changed_says_so() -> None:
    need = a_worked_out_need()
    more = with_cut(need, frozenset({"phone"}), np.eye(25, dtype=int)[12])
    left_out = replace(more, required=np.where(np.arange(25) == 10, 0, more.required))
    frame = requirement_frame(left_out, ROME)
    phone = frame[frame["set"] == "phone"].reset_index(drop=True)
    assert phone["reason"][10:13].tolist() == ["edge of the period", "service level", "more after simulation"]
    assert phone["gross"][12] == need.required[0, 12] + 1
    assert frame["gross"].sum() == left_out.required.sum()


def test_a_set_that_a_simulation_added_says_so() -> None:
    need = a_worked_out_need()
    phone = replace(need, sets=need.sets[:1], required=need.required[:1], why=need.why.iloc[: need.intervals])
    joint = with_cut(phone, frozenset({"phone", "email"}), np.eye(25, dtype=int)[12])
    frame = requirement_frame(joint, ROME)
    added = frame[frame["set"] == "phone + email"].reset_index(drop=True)
    assert added["reason"].tolist() == [""] * 12 + ["more after simulation"] + [""] * 12
    assert added["net"].isna().all()


def test_a_need_without_sets_has_no_rows() -> None:
    need = Need("n", FIRST, 60, (), (), np.zeros((0, 25), dtype=int), (), (), np.zeros((0, 25), dtype=bool))
    assert len(requirement_frame(need, ROME)) == 0
