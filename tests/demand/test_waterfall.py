"""The way from the history to the forecast: steps add up, order and nothing change nothing."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.clock import day_starts
from planner.demand import Driver, Event, ForecastAsks, Override, Ramp, Spread, draws, forecast
from planner.demand.curve.grid import PlanningGrid
from planner.demand.told.asked import Stage, asked
from planner.demand.told.drivers import between, self_service

FIRST = date(2026, 6, 1)
GRID = PlanningGrid.of(day_starts(FIRST, 1, "Europe/Rome")[0], 28 * 48, 30, "Europe/Rome")
DAY = timedelta(days=1)


def flat(*per_interval):
    return np.array([np.full(GRID.intervals, each) for each in per_interval])


def growth(factor, doubt=0.0, queues=()):
    return Driver(f"x{factor:g}", "growth", Ramp(((date.min, factor),)), queues, doubt)


def sale(factor, doubt=0.0, day=5, length=3, queues=()):
    return Event("sale", FIRST + day * DAY, FIRST + (day + length - 1) * DAY, queues, factor, doubt)


def hand(factor=None, contacts=None, day=8, **more):
    return Override(
        FIRST + day * DAY, FIRST + day * DAY, "Ana says so", factor=factor, contacts_a_day=contacts, **more
    )


factors = st.floats(0.2, 4.0)
drivers = st.lists(
    st.builds(growth, factors, st.floats(0, 0.3), st.sampled_from([(), ("a",), ("b",)])), max_size=4
)
sales = st.lists(
    st.builds(sale, factors, st.floats(0, 0.4), st.integers(-5, 30), st.integers(1, 9)), max_size=3
)
hands = st.lists(
    st.one_of(
        st.builds(hand, factor=factors, day=st.integers(-2, 29)),
        st.builds(hand, contacts=st.floats(0, 500), day=st.integers(0, 27), queues=st.just(("b",))),
    ),
    max_size=3,
)  # fmt: skip


def made(asks, mean=None):
    stage = flat(1.0, 0.25) if mean is None else mean
    return asked([Stage("history", stage)], dict.fromkeys("ab", Spread(0.01, 0.01, 0.01)), GRID, asks)


@given(drivers, sales, hands)
@settings(max_examples=60, deadline=None)
def test_steps_add_up_to_the_forecast(more, events, set_by):
    found = made(ForecastAsks(drivers=tuple(more), events=tuple(events), overrides=tuple(set_by)))
    for row, queue in enumerate("ab"):
        steps = [step for step in found.steps if step.queue == queue]
        assert steps[0].kind == "history"
        assert steps[-1].kind == "forecast"
        end = steps[0].contacts + sum(step.change for step in steps)
        assert end == pytest.approx(steps[-1].contacts, rel=1e-12)
        assert end == pytest.approx(found.mean[row].sum() / 4, rel=1e-12)
        for step in steps:
            assert step.low <= step.contacts <= step.high or step.contacts < 1
            assert (steps[0].change, steps[-1].change) == (0.0, 0.0)


@given(drivers, sales, st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_the_order_of_reasons_does_not_change_the_end(more, events, random):
    one = made(ForecastAsks(drivers=tuple(more), events=tuple(events)))
    random.shuffle(more)
    random.shuffle(events)
    two = made(ForecastAsks(drivers=tuple(more), events=tuple(events)))
    assert two.mean == pytest.approx(one.mean, rel=1e-12)
    assert two.level == pytest.approx(one.level, rel=1e-9)
    if one.doubt is not None:
        assert two.doubt == pytest.approx(one.doubt, rel=1e-9, abs=1e-12)


def test_factor_1_and_no_doubt_change_nothing():
    asks = ForecastAsks(drivers=(growth(1.0),), events=(sale(1.0),), overrides=(hand(factor=1.0),))
    found = made(asks)
    assert np.array_equal(found.mean, flat(1.0, 0.25))
    assert not found.level.any()
    assert found.doubt is None
    widths = {(step.low, step.high) for step in found.steps if step.queue == "a"}
    assert len(widths) == 1


def test_nothing_asked_returns_the_same_numbers():
    mean = np.random.default_rng(1).gamma(2.0, size=(2, GRID.intervals))
    found = made(ForecastAsks(), mean)
    assert np.array_equal(found.mean, mean)
    assert (found.modelled, found.doubt, found.by_hand, found.notices) == (None, None, (), ())
    assert [step.kind for step in found.steps] == ["history", "forecast"] * 2


def test_each_step_widens_the_range_by_its_own_doubt():
    found = made(ForecastAsks(drivers=(growth(1.0, 0.2, ("a",)), growth(1.0, 0.3, ("a",)))))
    widths = [step.high - step.low for step in found.steps if step.queue == "a"]
    assert widths[0] < widths[1] < widths[2] == widths[3]
    assert found.level[0] == pytest.approx(1.04 * 1.09 - 1)
    assert found.level[1] == 0


def test_an_event_is_unsure_only_on_its_days():
    found = made(ForecastAsks(events=(sale(3.0, 0.25, queues=("a",)),)))
    assert found.doubt is not None
    per_day = found.doubt[0].reshape(28, 48)
    assert (per_day[5:8] == 0.0625).all()
    assert found.doubt.sum() == pytest.approx(per_day[5:8].sum())


def test_kinds_come_in_their_order():
    centre = self_service("help", 0.4, 0.6, 0.2, FIRST)
    asks = ForecastAsks(drivers=(centre, growth(1.2)), events=(sale(2.0),), overrides=(hand(factor=0.5),))
    kinds = [step.kind for step in made(asks).steps if step.queue == "a"]
    assert kinds == ["history", "growth", "event", "self-service", "by hand", "forecast"]


def test_events_of_one_name_are_one_step():
    events = (sale(2.0, day=2, length=1), sale(3.0, day=9, length=1))
    steps = [step for step in made(ForecastAsks(events=events)).steps if step.queue == "a"]
    assert [step.kind for step in steps] == ["history", "event", "forecast"]
    assert steps[1].change == pytest.approx((48 + 2 * 48) / 4)


def test_a_ramp_is_followed_day_by_day():
    ramp = between(100, 200, FIRST, FIRST + 28 * DAY)
    found = made(ForecastAsks(drivers=(Driver("", "customers", ramp, relative=True),)))
    days = found.mean[0].reshape(28, 48).sum(axis=1) / 48
    assert days == pytest.approx([100 + 100 * day / 28 for day in range(28)])


class TestForecast:
    def week(self, made, days=300, **asks):
        return (made.day_after(days), 28 * 24, 60, "UTC", None, 1.0, ForecastAsks(**asks))

    def test_growth_as_before_is_the_same_to_the_last_bit(self, made):
        history, queues = made.poisson_history(40, 300), [made.queue_named("q")]
        old = forecast(history, queues, *self.week(made)[:5], {"q": 1.1 * 1.25})
        new = forecast(history, queues, *self.week(made, drivers=(growth(1.1), growth(1.25))))
        assert np.array_equal(old.mean, new.mean)
        assert np.array_equal(old.low, new.low)
        assert np.array_equal(old.high, new.high)

    def test_a_doubt_widens_bands_and_whole_periods_of_draws(self, made):
        history, queues = made.poisson_history(40, 300), [made.queue_named("q")]
        sure = forecast(history, queues, *self.week(made))
        unsure = forecast(history, queues, *self.week(made, drivers=(growth(1.0, 0.3),)))
        assert np.array_equal(sure.mean, unsure.mean)
        assert (unsure.high - unsure.low).sum() > (sure.high - sure.low).sum()
        spread = [draws(v, 200, seed=1).sum(axis=(1, 2)).std() / v.mean.sum() for v in (sure, unsure)]
        assert spread[0] < 0.1
        assert spread[1] == pytest.approx(0.3, abs=0.06)

    def test_steps_lead_from_an_ordinary_week_to_the_forecast(self, made):
        history, queues = made.poisson_history(40, 300), [made.queue_named("q")]
        found = forecast(history, queues, *self.week(made, drivers=(growth(1.5),)))
        kinds = [step.kind for step in found.steps]
        assert kinds == ["history", "calendar", "growth", "forecast"]
        assert found.steps[0].contacts == pytest.approx(280, rel=0.1)
        assert found.steps[-1].contacts == pytest.approx(found.mean.sum() / 4)

    def test_the_range_of_a_week_holds_eight_weeks_of_ten(self, made):
        history, queues = made.poisson_history(40, 300), [made.queue_named("q")]
        found = forecast(history, queues, *self.week(made))
        weeks = draws(found, 300, seed=2)[:, 0].reshape(300, 4, -1).sum(axis=2)
        step = found.steps[-1]
        assert ((weeks >= step.low) & (weeks <= step.high)).mean() == pytest.approx(0.8, abs=0.06)

    def test_by_hand_is_kept_apart(self, made):
        history, queues = made.poisson_history(40, 300), [made.queue_named("q")]
        plain = forecast(history, queues, *self.week(made))
        day = date(2024, 1, 1) + 305 * DAY
        early = Override(day, day, "closing early", from_minute=540, to_minute=1080, factor=0.5)
        found = forecast(history, queues, *self.week(made, overrides=(early,)))
        assert np.array_equal(found.modelled, plain.mean)
        [(reason, where)] = found.by_hand
        assert reason == "closing early"
        assert np.flatnonzero(where[0]).tolist() == list(range(5 * 24 + 9, 5 * 24 + 18))
        assert found.mean[where] == pytest.approx(plain.mean[where] / 2)
        assert np.array_equal(found.mean[~where], plain.mean[~where])
        assert (found.high[where] < plain.high[where]).any()
