"""What is suggested about a history: real shocks and gaps are found, chance alone is left in peace."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from planner import _yaml
from planner.clock import PublicHolidays
from planner.demand import HistorySource, Promise, Queue, read_history
from planner.demand.checks.suggesting import accepted, suggest

START = date(2024, 1, 1)  # a Monday
DAYS = 280
MOZILLA = ("en-US", "es", "it", "nl", "pt-BR")


def found(made, tables, **more):
    history = made.history_of(tables)
    return suggest(history, list(tables), "UTC", **more)


def desk(made, per_day=60.0, days=DAYS, seed=3):
    return np.random.default_rng(seed).poisson(made.daily_rate(per_day, START, days))


def mozilla(shared, product, exclude=()):
    queues = [Queue(name, "email", name, 600, Promise(0.9, 7200)) for name in MOZILLA]
    columns = {
        "stamp": "hour_utc", "queue": "locale", "count": "questions", "keep": {"product": [product]},
    }  # fmt: skip
    file = shared / "data" / "real" / "sumo_hourly_long.csv.gz"
    source = HistorySource(file, "mapping", "UTC", columns, exclude=exclude)
    return read_history([source], queues, 60)


@pytest.fixture(scope="module")
def firefox(shared):
    """What is suggested about questions on Firefox."""
    return suggest(mozilla(shared, "firefox"), MOZILLA, "UTC")


def days_of(suggestions, kind):
    return [f"{one.first}..{one.last}" for one in suggestions if one.kind == kind]


def test_the_known_shocks_of_a_real_desk_are_events(firefox):
    assert days_of(firefox, "event") == [
        "2021-06-02..2021-06-11",
        "2022-01-13..2022-01-13",
        "2025-01-08..2025-01-11",
        "2025-02-28..2025-02-28",
        "2025-11-11..2025-11-16",
    ]
    last = [one for one in firefox if one.kind == "event"][-1]
    assert last.queues == ("en-US", "es")
    assert last.line == (
        "events: [{name: unusual 2025-11-11, days: 2025-11-11 to 2025-11-16, queues: [en-US, es]}]"
    )


def test_languages_that_opened_later_and_levels_that_changed_are_told(firefox):
    notes = [(one.why.code, one.queues, one.line) for one in firefox if one.kind == "note"]
    assert ("quality.queue_opened", ("it",), "") in notes
    assert ("quality.queue_opened", ("nl",), "") in notes
    assert ("quality.step", ("en-US",), "since: 2024-12-09") in notes
    assert not days_of(firefox, "exclude"), "the zero day of 2024-04-20 is taken as missing already"


def test_the_known_gaps_of_a_real_desk_are_days_to_exclude(shared):
    history = mozilla(shared, "thunderbird")
    lost = [one for one in suggest(history, MOZILLA, "UTC") if one.kind == "exclude"]
    known = {date(2025, 4, 11), date(2025, 11, 16), date(2025, 11, 19), date(2025, 11, 21)}
    assert known <= {one.first for one in lost}
    assert date(2025, 12, 25) in {one.first for one in lost}
    american = suggest(history, MOZILLA, "UTC", PublicHolidays("US"))
    assert date(2025, 12, 25) not in {one.first for one in american}
    days = tuple((one.first, one.last) for one in lost)
    again = suggest(mozilla(shared, "thunderbird", days), MOZILLA, "UTC")
    assert not known & {one.first for one in again}


def test_the_line_that_accepts_is_yaml(firefox, shared):
    for one in (*firefox, *suggest(mozilla(shared, "thunderbird"), MOZILLA, "UTC")):
        if one.line:
            assert set(_yaml.load(one.line, name="line").value) <= {"since", "until", "exclude", "events"}


@pytest.mark.parametrize("per_day", [0.4, 2.0, 12.0, 60.0, 400.0])
@pytest.mark.parametrize("overdispersion", [0.0, 0.02])
def test_chance_alone_is_left_in_peace(made, per_day, overdispersion):
    random = np.random.default_rng(7)
    alarms = 0
    for _ in range(25):
        days = int(random.integers(60, 420))
        rate = made.daily_rate(per_day, START, days)
        if overdispersion:
            rate = rate * random.gamma(1 / overdispersion, overdispersion, days)[:, None]
        tables = {"a": random.poisson(rate), "b": random.poisson(rate / 3)}
        alarms += len(found(made, tables)) > 0
    assert alarms <= 1


def test_an_event_of_one_day_and_of_all_queues(made):
    tables = {"a": desk(made), "b": desk(made, 30.0, seed=4)}
    for table in tables.values():
        table[140:143] *= 3
    (event,) = found(made, tables)
    assert (event.kind, event.first, event.last, event.queues) == (
        "event", date(2024, 5, 20), date(2024, 5, 22), (),
    )  # fmt: skip
    assert float(str(event.why.values["times"])) == pytest.approx(3, abs=0.5)


def test_edges_that_fade_are_trimmed_at_both_ends(made):
    table = desk(made).astype(float)
    table[:12] *= 0.15
    table[-9:] *= 0.1
    start, end = found(made, {"a": table.astype(int)})
    assert start.kind == "trim start"
    assert abs((start.last - date(2024, 1, 12)).days) <= 2
    assert end.kind == "trim end"
    assert abs((end.first - date(2024, 9, 27)).days) <= 2
    keys = accepted([start, end])
    assert keys == {"since": start.line.split(": ")[1], "until": end.line.split(": ")[1]}


def test_a_desk_that_grows_has_no_thin_edge(made):
    rate = made.daily_rate(60, START, DAYS) * np.linspace(0.3, 1.7, DAYS)[:, None]
    kinds = {one.kind for one in found(made, {"a": np.random.default_rng(1).poisson(rate)})}
    assert kinds <= {"note"}


def test_a_lost_day_is_excluded_and_a_known_holiday_is_not(made):
    table = desk(made)
    table[115] = 0  # 25 April, which Italy keeps
    table[115, 10] = 2
    (lost,) = found(made, {"a": table})
    assert (lost.kind, lost.line) == ("exclude", "exclude: [2024-04-25]")
    assert found(made, {"a": table}, holidays=PublicHolidays("IT")) == ()


def test_a_queue_that_is_silent_while_others_go_on(made):
    quiet = desk(made, 20.0, seed=5)
    quiet[100:110] = 0
    (note,) = found(made, {"a": desk(made), "b": quiet})
    assert (note.why.code, note.queues) == ("quality.queue_silent", ("b",))
    assert (note.first, note.last) == (date(2024, 4, 10), date(2024, 4, 19))


def test_a_queue_whose_file_ends_early(made):
    quiet = desk(made, 20.0, seed=5)
    quiet[-20:] = 0
    (note,) = found(made, {"a": desk(made), "b": quiet})
    assert note.why.code == "quality.queue_ends"


def test_a_level_that_changes_for_good(made):
    table = np.vstack([desk(made, 60.0, 140), desk(made, 100.0, 140, seed=8)])
    (note,) = found(made, {"a": table})
    assert (note.why.code, note.line) == ("quality.step", "since: 2024-05-20")


def test_of_a_level_that_went_back_only_the_last_change_is_told(made):
    parts = [desk(made, 60.0, 140), desk(made, 120.0, 70, seed=8), desk(made, 60.0, 70, seed=9)]
    (note,) = found(made, {"a": np.vstack(parts)})
    assert (note.why.code, note.first) == ("quality.step", date(2024, 7, 29))


def test_too_short_or_empty_histories_say_nothing(made):
    assert found(made, {"a": desk(made, days=10)}) == ()
    assert found(made, {"a": np.zeros((60, 24), dtype=int) + np.eye(60, 24, dtype=int)}) == ()
