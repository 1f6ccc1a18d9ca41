"""The best next hours: tiny desks with answers known by hand, and figures counted again by other code."""

from __future__ import annotations

import json
from math import isnan
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from planner._errors import InputError
from planner.cli.verbs import VERBS, parser
from planner.clock import local_at
from planner.study import NextHours, Scenario, best_hours, next_hours_summary, steps, write_next_hours
from planner.study.columns import COLUMNS
from planner.study.next_hours.blocks import candidates
from planner.study.next_hours.files import next_hours_frame
from planner.study.next_hours.run import MOST_PLANNED, to_plan
from planner.study.next_hours.screening import Screened, screen, until_open

DESK = """
name: Two seats
period: {weeks: 2}
people: [{count: 3, languages: en}]
queues:
  - {name: chat en, channel: chat, language: en, aht: 10 min, promise: 80% within 60 s, hangs_up_after: 3 min}
  - {name: email en, channel: email, language: en, aht: 10 min, promise: 90% within 4 h}
volume: {chat en: 10 a weekday, email en: 20 a weekday}
opening_hours: [{days: mon-fri, open: 09:00, close: 17:00}]
shifts: [{name: day, start: 09:00, paid_hours: 8}]
solve: {effort: quick, replications: 20}
"""

SEAT = """
name: One seat
period: {weeks: 1}
people: [{count: 2, languages: en, cost: 15}]
queues: [{name: chat en, channel: chat, language: en}]
need: {chat en: 1}
opening_hours: [{days: mon-fri, open: 09:00, close: 17:00}]
shifts: [{name: day, start: 09:00, paid_hours: 8}]
rules: [{weekly_hours: {at_most: contract}}]
solve: {effort: quick}
"""


@pytest.fixture(scope="module")
def found() -> NextHours:
    return best_hours(Scenario.from_text(DESK), queues=["chat en"], top=2)


def test_the_screen_counts_the_contacts_of_the_hours_alone() -> None:
    """Counted again hour by hour on the desk's clock."""
    scenario = Scenario.from_text(DESK)
    volumes = steps.forecast(None, scenario)
    late = next(each for each in screen(scenario, candidates(scenario)) if each.block.side == "later")
    row = volumes.queues.index(late.block.queues[0])
    counted = 0.0
    for k in range(volumes.intervals):
        at = local_at(volumes.first_quarter + k * volumes.interval_minutes // 15, scenario.zone)
        if at.weekday() < 5 and 17 <= at.hour < 19:
            counted += (
                float(volumes.mean[row][k]) if len(late.block.queues) == 1 else volumes.mean[:, k].sum()
            )
    assert late.contacts == pytest.approx(counted / 2)
    assert late.low <= late.contacts <= late.high


def test_the_screen_is_ranked_by_waiting_saved_for_a_person_hour() -> None:
    scenario = Scenario.from_text(DESK)
    screened = screen(scenario, candidates(scenario))
    values = [each.contacts * each.waiting / each.person_hours for each in screened]
    assert values == sorted(values, reverse=True)
    assert [each.block for each in screen(scenario, candidates(scenario))] == [e.block for e in screened]


def test_waiting_is_the_time_to_the_next_opening() -> None:
    """At 17:00 on Monday 16 h remain, on Friday 64 h; while open none."""
    scenario = Scenario.from_text(DESK)
    volumes = steps.forecast(None, scenario)
    until = until_open(scenario.opening["chat en"], volumes.first_quarter, 7 * 96)
    assert (until[17 * 4], until[4 * 96 + 17 * 4], until[12 * 4]) == (15.875, 63.875, 0)


def test_one_person_hour_an_hour_where_the_desk_is_closed() -> None:
    """One person must be there in each hour: two hours on five days are ten person-hours."""
    late = next(each for each in screen(seat(), candidates(seat())) if each.block.side == "later")
    assert late.person_hours == 10
    assert isnan(late.contacts)


def seat(people: int = 2) -> Scenario:
    return Scenario.from_text(SEAT.replace("count: 2", f"count: {people}"))


def test_a_contract_to_spare_opens_without_a_hire() -> None:
    """Two contracts are 80 h; eight hours more on weekdays fill them."""
    found = best_hours(seat(), 480, ["chat"], ["mon-fri"], top=1)
    (made,) = [each.planned for each in found.planned]
    assert made is not None
    assert (made.go, made.hires, made.missing_hours) == (True, 0, 0)


def test_without_a_contract_to_spare_it_is_one_hire_and_that_is_proven() -> None:
    """One contract is full with 40 h: eight hours more on weekdays miss another 40 h."""
    found = best_hours(seat(1), 480, ["chat"], ["mon-fri"], top=1)
    (made,) = [each.planned for each in found.planned]
    assert made is not None
    assert (made.go, made.hires, made.proven, made.missing_hours, made.bound) == (True, 1, True, 40, 40)
    assert "at least 40.0 person-hours are missing" in str(made.alone)


def test_planned_blocks_come_first_and_go_before_no_go(found: NextHours) -> None:
    planned = [each.planned is not None for each in found.ranked]
    assert planned == sorted(planned, reverse=True)
    assert len(found.planned) == 2
    places = [{True: 0, None: 1, False: 2}[each.planned.go] for each in found.planned if each.planned]
    assert places == sorted(places)
    assert sorted(each.screen_rank for each in found.ranked) == list(range(1, len(found.ranked) + 1))


def test_the_same_seed_ranks_the_same(found: NextHours) -> None:
    again = best_hours(Scenario.from_text(DESK), queues=["chat en"], top=2)
    pd.testing.assert_frame_equal(next_hours_frame(again), next_hours_frame(found))


def test_a_closed_chat_loses_who_comes_and_an_open_one_answers(found: NextHours) -> None:
    for each in found.planned:
        assert each.planned is not None
        assert each.planned.before.lost == 1.0 or isnan(each.planned.before.lost)
        assert each.planned.saved_hours >= 0
        if each.planned.go and each.planned.hires == 0:
            assert each.planned.missing_hours <= found.missing_hours + 0.005
        if each.planned.go:
            assert each.planned.kept >= each.planned.promised - 0.005


def test_the_files_say_what_the_object_says(found: NextHours, tmp_path: Path) -> None:
    paths = write_next_hours(found, tmp_path)
    read = pd.read_csv(tmp_path / "next_hours.csv")
    assert list(read.columns) == [column.name for column in COLUMNS["next_hours.csv"]]
    frame = next_hours_frame(found)
    for name in ("contacts_per_week", "score", "missing_hours", "hires", "cost_change_a_month", "kept_share"):
        there, said = read[name].to_numpy(float), frame[name].astype(float).to_numpy()
        np.testing.assert_allclose(there, said, atol=0.006)
    record = json.loads((tmp_path / "next_hours.json").read_text(encoding="utf-8"))
    assert [row["queues"] for row in record["blocks"]] == read["queues"].tolist()
    assert record["seed"] == 1
    assert "best.yaml" in {path.name for path in paths} or not any(
        each.planned and each.planned.go for each in found.planned
    )


def test_sentences_say_who_was_only_screened(found: NextHours) -> None:
    text = [str(line) for line in next_hours_summary(found)]
    assert f"{len(found.ranked)} blocks could be opened next; 2 of them are planned" in text[0]
    assert any("screened, not planned" in line for line in text)


def test_stopped_before_the_first_block_keeps_the_screen() -> None:
    found = best_hours(seat(), 480, on_progress=None, is_cancelled=lambda: True)
    assert (found.planned, found.cancelled) == ((), True)
    assert found.ranked
    assert "stopped, blocks planned: 0" in str(next_hours_summary(found)[-1])


def test_progress_is_told_from_the_first_second() -> None:
    phases: list[str] = []
    best_hours(seat(), 480, ["chat"], ["mon-fri"], 1, on_progress=lambda said: phases.append(said.phase))
    assert phases[0] == "forecast"
    assert len(phases) > 2


def test_each_queue_is_planned_in_turns_and_kinds_of_days_too() -> None:
    scenario = Scenario.from_text(DESK)
    screened = screen(scenario, candidates(scenario))
    chosen = to_plan(screened, 3)
    assert len(chosen) <= MOST_PLANNED
    units = [each.block.queues for each in chosen[:3]]
    assert len(set(units)) == 3
    chat = [each.block.days for each in chosen if each.block.queues == ("chat en",)]
    assert len(set(chat)) == len(chat)
    assert all(isinstance(each, Screened) for each in chosen)


def test_what_is_open_all_day_has_no_next_hours() -> None:
    around = seat().replace(opening_hours=[{"days": "all", "open": "00:00", "close": "24:00"}])
    with pytest.raises(InputError, match="there is no block left"):
        best_hours(around)


@pytest.mark.parametrize("length", ["0 h", "13 h", "10 min", "soon"])
def test_a_length_that_is_none_is_told(length: str) -> None:
    args = parser().parse_args(["next", "nowhere.yaml", "--length", length])
    with pytest.raises(InputError):
        VERBS["next"].run(args)
