import shutil

import numpy as np
import pytest

from planner.study import demand_and_need, workspace
from planner.study.hours_cells import cells_of, mark_painted, people_by_hour
from planner.study.hours_matrix import masks_of
from planner.study.need_view import people_of
from planner.study.rungs import rungs, unsolved


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The sample as somebody works on it."""
    made = tmp_path_factory.mktemp("rungs") / "work"
    shutil.copytree(workspace.SAMPLES / "weekday-to-247", made)
    return made


def test_rungs_of_the_sample(folder):
    found = rungs(folder)
    assert [rung.number for rung in found] == [1, 2, 3, 4, 5]
    assert [rung.people for rung in found] == [9, 9, 9, 12, 16]
    assert [rung.starts_from for rung in found] == ["", *(rung.name for rung in found[:-1])]
    assert found[0].hours == "Mon–Fri 09:00–18:00 · closed on public holidays"
    assert [rung.change for rung in found[:3]] == [
        "",
        "opens: Mon–Fri 07:00–09:00",
        "opens: Mon–Fri 18:00–20:00",
    ]
    assert found[4].change == "opens: premium en, urgent en: Sat, Sun 00:00–24:00"
    assert [rung.starts for rung in found[1:]] == sorted(rung.starts for rung in found[1:])
    assert [rung.gates for rung in found] == [0, 9, 9, 9, 9]


@pytest.mark.parametrize("reason", ["none", "live", "stale", "beside"])
def test_every_reason_for_no_answer_has_words(reason):
    assert unsolved(reason)


def test_people_of_an_hour_are_the_most_of_all_its_weeks(folder):
    scenario = workspace.load(folder, "scenario.yaml")
    need = demand_and_need(scenario)[2]
    people = people_by_hour(need, scenario.zone)
    assert people.max() == people_of(need).max()
    is_open = masks_of(scenario)["email en"].reshape(7, 24, 4).any(axis=2)
    assert not people[~is_open].any()
    assert people[is_open].min() >= 1
    alone = people_by_hour(need, scenario.zone, "urgent en")
    assert (alone <= people).all()
    assert alone.any()


def test_cells_say_in_words_what_colours_and_signs_show():
    before, now = np.zeros((7, 96), dtype=bool), np.zeros((7, 96), dtype=bool)
    before[0, 32:40], now[0, 34:48] = True, True
    people = np.full((7, 24), 3)
    monday = cells_of({"a": now}, {"a": before}, people, ["a"])[0]
    assert [(cell["state"], cell["sign"], cell["text"]) for cell in monday[7:12]] == [
        ("closed", "", ""),
        ("part", "−", "3"),
        ("open", "", "3"),
        ("open", "+", "3"),
        ("open", "+", "3"),
    ]
    assert monday[10]["label"] == "Mon 10:00: open, newly open, people needed: 3"
    assert monday[8]["label"] == "Mon 08:00: open in part, open before, people needed: 3"


def test_a_queue_that_is_new_has_nothing_to_be_held_against():
    week = np.ones((7, 96), dtype=bool)
    cells = cells_of({"new": week}, {"old": week}, None, ["new"])
    assert {cell["sign"] for row in cells for cell in row} == {""}


def test_only_painted_cells_are_marked():
    saved, now = np.zeros((7, 96), dtype=bool), np.zeros((7, 96), dtype=bool)
    now[6, 95] = True
    cells = cells_of({"a": now}, None, None, ["a"])
    mark_painted(cells, {"a": saved}, {"a": now}, ["a"])
    marked = [(day, hour) for day in range(7) for hour in range(24) if cells[day][hour].get("painted")]
    assert marked == [(6, 23)]
