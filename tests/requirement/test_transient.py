"""Changing intervals: reference rows, the steady state, what must hold for any week."""

import csv
import re
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner._errors import InputError
from planner.requirement import measures, required_agents, staff_forward, transient
from planner.requirement import uniformisation as chains

REFERENCE = Path(__file__).parents[2].parent / "shared" / "data" / "staffing" / "staffing_reference.csv"
DAY = 48
WEEK = np.tile(
    6 * (10 + 7 * np.sin((np.arange(DAY) - 18) / DAY * 2 * np.pi)), 7
)  # up to 17 erlang at 300 s, 20 people


def rows():
    with REFERENCE.open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["kind"] == "transient"]


def numbers(note, name):
    return [float(word) for word in re.search(rf"{name} \[([^]]*)\]", note)[1].split(",")]


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["id"])
def test_reference_rows(row):
    note = row["note"]
    seconds = float(re.search(r"interval (\d+) s", note)[1])
    got = transient(
        np.array(numbers(note, "arrivals/h")) * seconds / 3600,
        np.array(numbers(note, "agents"), dtype=int),
        seconds,
        float(row["aht_s"]),
        float(row["T_s"]),
        float(row["patience_s"]) if row["patience_s"] else None,
        cyclic=False,
    )
    assert got.service_level == pytest.approx(numbers(note, "interval SL"), abs=1e-6)
    assert got.of_all(got.service_level) == pytest.approx(float(row["service_level_offered"]), abs=1e-12)
    assert got.abandoned_share == pytest.approx(float(row["p_abandon"]), abs=1e-12)
    assert got.weeks == 1


def test_there_are_reference_rows():
    assert len(rows()) == 2


@pytest.mark.parametrize("leavers", ["finish", "hand over"])
@pytest.mark.parametrize(
    ("load", "agents", "patience"),
    [
        *((0.3, 1, None), (10, 12, None), (10, 11, None), (16, 20, None)),
        *((10, 10, 120.0), (30, 20, 60.0), (3, 0, 90.0), (150, 160, 300.0)),
    ],
)
def test_what_never_changes_is_the_steady_state(load, agents, patience, leavers):
    got = transient([load * 6] * 3, [agents] * 3, 1800.0, 300.0, 20.0, patience, leavers)
    whole = measures(load / 300, 300.0, agents, 20.0, patience)
    for name in ("p_wait", "service_level", "service_level_gone"):
        assert getattr(got, name) == pytest.approx(getattr(whole, name), abs=1e-10), name
    if agents:
        assert got.service_level_answered == pytest.approx(whole.service_level_answered, abs=1e-10)
        assert got.occupancy == pytest.approx(whole.occupancy, abs=1e-10)
    else:
        assert np.isnan(got.service_level_answered).all()
        assert np.isnan(got.occupancy).all()
    assert got.abandoned_share == pytest.approx(whole.p_abandon, abs=1e-10)
    assert got.lost < 1e-12


small = st.lists(st.tuples(st.floats(0, 40), st.integers(0, 9)), min_size=2, max_size=5)


@settings(max_examples=25)
@given(small, st.integers(1, 4), st.sampled_from([None, 60.0]), st.sampled_from(["finish", "hand over"]))
def test_the_week_has_no_beginning(parts, turn, patience, leavers):
    arrivals, agents = (np.array(column) for column in zip(*parts, strict=True))
    if patience is None:
        agents = agents + int(arrivals.sum() / 6 / len(parts)) + 2
    one = transient(arrivals, agents, 1800.0, 300.0, 20.0, patience, leavers)
    other = transient(np.roll(arrivals, turn), np.roll(agents, turn), 1800.0, 300.0, 20.0, patience, leavers)
    for name in ("service_level", "service_level_gone", "waiting", "abandoned"):
        turned = np.roll(getattr(one, name), turn)
        assert getattr(other, name) == pytest.approx(turned, abs=1e-9, nan_ok=True), name
    # who comes is answered or hangs up; people who finish take contacts out of the count
    if leavers == "hand over":
        done = np.nansum(one.occupancy * agents) * 1800 / 300 + one.abandoned.sum()
        assert done == pytest.approx(arrivals.sum(), rel=1e-8, abs=1e-9)
    else:
        over = transient(arrivals, agents, 1800.0, 300.0, 20.0, patience, "hand over")
        some = arrivals > 0
        assert (one.service_level[some] >= over.service_level[some] - 1e-9).all()


def test_states_kept_and_ways_of_walking_do_not_matter(monkeypatch):
    arrivals, agents = [300, 900, 300, 60], [60, 150, 62, 12]
    first = transient(arrivals, agents, 1800.0, 300.0, 20.0)
    monkeypatch.setattr(chains, "MOST_BY_BLOCKS", 0)
    assert transient(arrivals, agents, 1800.0, 300.0, 20.0).service_level == pytest.approx(
        first.service_level, abs=1e-12
    )


def test_an_overloaded_morning_is_felt_for_hours():
    # 20 erlang come to 10 people for an hour; then 5 erlang come to 10 people
    got = transient([120, 120, *[30] * 6], [10] * 8, 1800.0, 300.0, 20.0)
    calm = measures(30 / 1800, 300.0, 10, 20.0).service_level
    assert got.service_level[1] < 0.01
    assert got.service_level[3] < 0.5
    assert (np.diff(got.service_level[2:]) > 0).all()
    assert got.service_level[-1] == pytest.approx(calm, abs=0.06)


def test_nobody_comes():
    got = transient([0, 0], [0, 3], 1800.0, 300.0, 20.0)
    assert np.isnan(got.service_level).all()
    assert np.isnan(got.of_all(got.service_level))
    assert np.isnan(got.abandoned_share)
    assert got.occupancy[1] == 0.0


def test_closed_hours_keep_who_waits():
    # the last calls before closing wait for the morning: nobody hangs up
    got = transient([60, 0, 0], [9, 0, 9], 1800.0, 300.0, 20.0, leavers="hand over")
    assert got.waiting[1] > 5
    assert np.isnan(got.service_level[1:]).all()
    finished = transient([60, 0, 0], [9, 0, 9], 1800.0, 300.0, 20.0)
    assert finished.waiting[1] < got.waiting[1]


def test_numbers_that_cannot_be_are_refused():
    with pytest.raises(InputError, match=r"6\.0 hours of work come and people have 4 hours"):
        transient([12, 60], [4, 4], 1800.0, 300.0, 20.0)
    with pytest.raises(InputError, match="2 numbers of arrivals and 1 of people"):
        transient([12, 60], [4], 1800.0, 300.0, 20.0)
    with pytest.raises(InputError, match="arrivals is -1"):
        transient([12, -1], [4, 4], 1800.0, 300.0, 20.0)
    with pytest.raises(InputError, match="agents is -4"):
        transient([12, 6], [4, -4], 1800.0, 300.0, 20.0)
    with pytest.raises(InputError, match="the target is 80"):
        staff_forward([12, 6], 1800.0, 300.0, 20.0, 80)


def test_people_who_are_just_not_too_few_are_refused(monkeypatch):
    monkeypatch.setattr(import_module("planner.requirement.transient"), "MOST_INTERVALS", 200)
    with pytest.raises(InputError, match="does not settle within 100 repetitions"):
        transient([11.9999999, 12], [2, 2], 1800.0, 300.0, 20.0)


@pytest.mark.parametrize("patience", [None, 120.0])
def test_forward_staffing_keeps_every_interval_with_nobody_to_spare(patience):
    arrivals = WEEK[:DAY]
    people = staff_forward(arrivals, 1800.0, 300.0, 20.0, 0.8, patience)
    planned = transient(arrivals, people, 1800.0, 300.0, 20.0, patience, "hand over")
    judged = transient(arrivals, people, 1800.0, 300.0, 20.0, patience, "finish")
    assert planned.service_level.min() >= 0.8
    assert (judged.service_level >= planned.service_level - 1e-12).all()
    for k in range(0, DAY, 7):
        fewer = people.copy()
        fewer[k] -= 1
        less = transient(arrivals, fewer, 1800.0, 300.0, 20.0, patience, "hand over")
        assert less.service_level[k] < 0.8


def test_forward_staffing_where_each_interval_alone_misses():
    # a quarter-hour peak leaves calls behind that the formula per interval does not know of
    arrivals, call = [15, 15, 60, 15, 15, 15], (900.0, 300.0, 20.0)
    alone = [required_agents(count / 900, 300.0, 20.0, target=0.8) for count in arrivals]
    assert transient(arrivals, alone, *call, leavers="hand over").service_level.min() < 0.73
    people = staff_forward(arrivals, *call, 0.8)
    assert transient(arrivals, people, *call, leavers="hand over").service_level.min() >= 0.8
    assert transient(arrivals, people, *call).service_level.min() >= 0.8


def test_forward_staffing_of_steady_traffic_is_the_formula():
    people = staff_forward([60.0] * 4, 1800.0, 300.0, 20.0, 0.8)
    assert people.tolist() == [required_agents(60 / 1800, 300.0, 20.0, target=0.8)] * 4


def test_forward_staffing_keeps_the_least_and_begins_empty():
    assert staff_forward([0, 0, 0], 1800.0, 300.0, 20.0, 0.8).tolist() == [0, 0, 0]
    people = staff_forward([0, 6, 0], 1800.0, 300.0, 20.0, 0.8, 60.0, least=[2, 1, 0])
    assert people.tolist() == [2, 2, 0]
    once = staff_forward([30, 30], 1800.0, 300.0, 20.0, 0.8, cyclic=False)
    assert once.tolist() == [7, 8]  # who comes first finds nobody waiting


def test_a_whole_week_is_a_matter_of_seconds():
    agents = np.ceil(WEEK / 6 + 2.5).astype(int)
    assert agents.max() == 20
    got = transient(WEEK, agents, 1800.0, 300.0, 20.0, 120.0)
    assert got.weeks <= 3
    day = transient(WEEK[:DAY], agents[:DAY], 1800.0, 300.0, 20.0, 120.0)
    assert got.service_level == pytest.approx(np.tile(day.service_level, 7), abs=1e-9)
