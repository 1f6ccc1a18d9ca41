"""The accuracy report: findings, and what counts nowhere."""

from __future__ import annotations

import time
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner._errors import HistoryError
from planner.clock import OpeningHours, OpeningLine, PublicHolidays
from planner.demand import (
    Event,
    ForecastAsks,
    OpenSince,
    Promise,
    Queue,
    accuracy_report,
    backtest,
)
from planner.demand.backtesting.findings import by_chance

FIRST = date(2024, 1, 1)


def kinds(report, queue="q"):
    return [finding.kind for finding in report.findings if finding.queue in (queue, "")]


def summary(report, queue="q"):
    return report.summary.set_index("queue").loc[queue]


@pytest.fixture(scope="module")
def chance_alone(made):
    return accuracy_report(made.poisson_history(240, 728), [made.queue_named("q")], "UTC")


class TestPureChance:
    """Nothing but Poisson noise: no method can do better, and the report must say nothing else."""

    @pytest.mark.parametrize("column", ["noise_floor_ratio", "deviance_ratio"])
    def test_hours_are_at_the_floor(self, chance_alone, column):
        row = chance_alone.scores.iloc[0]
        assert (row["grain"], row["method"], row["weeks_ahead"]) == ("hour", "planner", "1-4")
        assert row[column] == pytest.approx(1.0, abs=0.02)

    def test_nothing_is_found_but_perhaps_a_careful_band(self, chance_alone):
        assert set(kinds(chance_alone)) <= {"band too wide"}

    def test_thirteen_tests_four_weeks_apart(self, chance_alone):
        row = summary(chance_alone)
        assert row["tests"] == 13
        assert row["last_test"] - row["first_test"] == timedelta(days=12 * 28)


def test_a_small_queue_is_told_what_chance_does(made):
    made_up = made.history_of({"Italian": np.random.default_rng(4).poisson(made.daily_rate(3, FIRST, 400))})
    report = accuracy_report(made_up, [made.queue_named("Italian")], "UTC")
    sentence = str(report.sentences[0])
    assert sentence.startswith("Queue Italian gets 2.9 contacts a day")
    assert "no method can beat about 4" in sentence
    assert sentence.endswith("plan by day, not by hour.")
    assert summary(report, "Italian")["grain"] == "day"
    hours = report.scores[report.scores["grain"] == "hour"]
    assert hours["wape"].isna().all(), "an hour of 0.1 contacts: a share would say nothing"


def test_a_forecast_of_next_to_nothing_is_no_better(made):
    """The last week of a rare queue is mostly 0 and misses little; its squares tell that it is worse."""
    dice = np.random.default_rng(14)
    history = made.history_of({"q": dice.poisson(made.daily_rate(0.5, FIRST, 400))})
    report = accuracy_report(history, [made.queue_named("q")], "UTC")
    hours = report.scores[(report.scores["grain"] == "hour") & (report.scores["weeks_ahead"] == "1-4")]
    ratio = hours.set_index("method")["noise_floor_ratio"]
    assert ratio["mean of 8 weeks"] < 1.1, "in misses it does well"
    assert "worse than naive" not in kinds(report)


def test_a_silent_queue_is_said_to_be_silent(made):
    queues = [made.queue_named("q"), made.queue_named("silent")]
    report = accuracy_report(made.poisson_history(40, 200), queues, "UTC")
    assert "no contacts" in kinds(report, "silent")
    assert any(str(said).startswith("Queue silent had no contacts") for said in report.sentences)
    assert report.trace["actual"].notna().any()


def test_a_trend_is_a_bias_with_its_odds(made):
    rate = made.daily_rate(100, FIRST, 600) * np.exp(0.002 * np.arange(600))[:, None]
    history = made.history_of({"q": np.random.default_rng(6).poisson(rate)})
    report = accuracy_report(history, [made.queue_named("q")], "UTC")
    (found,) = [finding for finding in report.findings if finding.kind == "bias"]
    assert 0 < found.chance <= 0.02
    assert "too low over 13 tests" in str(found.message)
    assert summary(report)["bias"] < -0.02


@pytest.mark.parametrize(("factor", "said"), [(1.6, "more contacts"), (0.5, "fewer contacts")])
def test_a_shift_of_level_in_the_last_weeks(made, factor, said):
    rate = made.daily_rate(100, FIRST, 400)
    rate[-25:] *= factor
    history = made.history_of({"q": np.random.default_rng(7).poisson(rate)})
    report = accuracy_report(history, [made.queue_named("q")], "UTC")
    (found,) = [finding for finding in report.findings if finding.kind == "level shift"]
    assert said in str(found.message)


def test_too_short_histories(made):
    queue = [made.queue_named("q")]
    with pytest.raises(HistoryError, match="at least 14"):
        accuracy_report(made.poisson_history(40, 13), queue, "UTC")
    for days, said in ((14, "band for too narrow"), (60, "needs 84"), (85, "good from 91")):
        report = accuracy_report(made.poisson_history(40, days), queue, "UTC")
        assert kinds(report)[0] == "short history"
        assert said in str(report.sentences[0])
        assert len(report.summary) == (days >= 84)
    assert "few tests" in kinds(report)
    assert kinds(accuracy_report(made.poisson_history(40, 91), queue, "UTC")) == ["few tests"]


def test_stated_volumes_are_an_assumption(made):
    report = accuracy_report(None, [made.queue_named("q")], "UTC")
    assert kinds(report) == ["assumption"]
    assert not len(report.scores)
    assert not len(report.summary)


def test_short_histories_are_tested_at_eight_days_if_they_can(made):
    for days, tests in ((84, 1), (140, 8), (200, 8), (300, 10), (800, 13)):
        report = accuracy_report(made.poisson_history(20, days), [made.queue_named("q")], "UTC")
        assert summary(report)["tests"] >= min(tests, 8)
        assert summary(report)["tests"] <= 13


def test_missing_days_count_nowhere(made):
    counts = np.random.default_rng(8).poisson(made.daily_rate(60, FIRST, 300))
    counts[280:283] = 0
    report = accuracy_report(
        made.history_of({"q": counts}, missing=(280, 281, 282)), [made.queue_named("q")], "UTC", origins=1
    )
    days = report.scores[(report.scores["grain"] == "day") & (report.scores["weeks_ahead"] == "1-4")]
    assert (days["units"] == 25).all()
    assert "missing days" in kinds(report)
    said = next(str(one.message) for one in report.findings if one.kind == "missing days")
    assert "tested days without data, which count nowhere: 3 of " in said
    assert summary(report)["per_day"] > 55
    gaps = report.trace[(report.trace["grain"] == "day") & (report.trace["hours"] == 0)]
    assert gaps["start"].tolist() == [FIRST + timedelta(days=day) for day in (280, 281, 282)]
    assert gaps["actual"].isna().all()


def test_closed_hours_count_nowhere_and_the_grain_is_that_of_open_ones(made):
    counts = np.random.default_rng(9).poisson(np.full((300, 24), 6.0))
    counts[:, :9] = 0
    counts[:, 18:] = 0
    history = made.history_of({"q": counts})
    always = OpeningHours("UTC", (OpeningLine(frozenset(range(7)), False, 540, 1080),), PublicHolidays(""))
    asks = ForecastAsks(open_hours={"q": (OpenSince(date(2023, 1, 1), always),)})
    phone = [Queue("q", "phone", "en", 300, Promise(0.8, 20))]
    row = summary(accuracy_report(history, phone, "UTC", asks=asks))
    assert (row["open_hours"], row["grain"]) == (9.0, "hour")
    report = accuracy_report(history, phone, "UTC", asks=asks)
    hours = report.scores.iloc[0]
    assert hours["mean_per_interval"] == pytest.approx(6.0, abs=0.1)
    assert hours["units"] == 9 * 28 * row["tests"]


def test_the_grain_is_advised_for_the_hours_that_are_planned(made):
    """60 e-mails a day, most of them by day: fine enough for hours only where people are on duty."""
    history = made.history_of({"q": np.random.default_rng(13).poisson(made.daily_rate(60, FIRST, 300))})
    weekdays = OpeningHours("UTC", (OpeningLine(frozenset(range(5)), False, 540, 1080),), PublicHolidays(""))
    queue = [made.queue_named("q")]
    always, by_day = (
        summary(accuracy_report(history, queue, "UTC", origins=4, opening=opening))
        for opening in (None, {"q": weekdays})
    )
    assert (always["open_hours"], by_day["open_hours"]) == (24.0, 9.0)
    assert (always["grain"], by_day["grain"]) == ("2 hours", "hour")
    assert always["per_day"] == by_day["per_day"], "all contacts count, whenever they come"


def test_a_past_event_counts_nowhere_or_is_known(made):
    rate = made.daily_rate(100, FIRST, 400)
    rate[-20:-15] *= 4
    history = made.history_of({"q": np.random.default_rng(10).poisson(rate)})
    first, last = FIRST + timedelta(days=380), FIRST + timedelta(days=384)
    scores = {}
    for name, events in (
        ("untold", ()),
        ("left out", (Event("launch", first, last),)),
        ("known", (Event("launch", first, last, factor=4.0),)),
    ):
        asks = ForecastAsks(events=events)
        frame = backtest(history, [made.queue_named("q")], "UTC", origins=1, asks=asks)
        scores[name] = frame[(frame["grain"] == "day") & (frame["method"] == "planner")].iloc[0]
    assert scores["left out"]["units"] == 23
    assert scores["untold"]["wape"] > 0.3
    assert scores["left out"]["wape"] < 0.2
    assert scores["known"]["wape"] < 0.2
    assert scores["known"]["units"] == 28


def test_queues_do_not_touch_each_other(made):
    dice = np.random.default_rng(12)
    counts = {name: dice.poisson(made.daily_rate(mean, FIRST, 250)) for name, mean in (("a", 80), ("b", 9))}
    history = made.history_of(counts)
    both = accuracy_report(history, [made.queue_named("a"), made.queue_named("b")], "UTC")
    turned = accuracy_report(history, [made.queue_named("b"), made.queue_named("a")], "UTC")
    for queue in "ab":
        one = both.scores[both.scores["queue"] == queue].reset_index(drop=True)
        assert one.equals(turned.scores[turned.scores["queue"] == queue].reset_index(drop=True))


def test_a_back_test_of_fourteen_origins_is_quick(made):
    """Fits are shared between origins: a second of processor time is the aim, five are the limit."""
    history = made.poisson_history(40, 728)
    began = time.process_time()
    backtest(history, [made.queue_named("q")], "UTC", origins=14)
    assert time.process_time() - began < 5


ERROR = st.builds(lambda size, sign: size * sign, st.floats(1, 2), st.sampled_from((-1, 1)))


@settings(max_examples=20)
@given(st.lists(ERROR, min_size=15, max_size=15))
def test_many_blocks_are_judged_as_few_are(values):
    """Beyond 14 blocks the flips are not counted any more: their normal form must tell nearly the same."""
    signs = 1 - 2 * (np.arange(2**15)[:, None] >> np.arange(15) & 1)
    flips = signs @ np.abs(values)
    total = abs(sum(values))
    counted = (np.abs(flips) > total).mean() + (np.isclose(np.abs(flips), total)).mean() / 2
    assert by_chance(values) == pytest.approx(counted, abs=0.1)


def test_no_error_at_all_is_no_bias():
    assert by_chance([0.0] * 6) == by_chance([0.0] * 20) == 1.0
