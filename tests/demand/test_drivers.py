"""Drivers: ramps against the history's last weeks, self-service, and what a share of writers can mean."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.demand import Driver, ForecastAsks, Ramp, forecast
from planner.demand.told.drivers import between, by_day, least_contacts, reference_day, self_service

START = date(2024, 1, 1)
DAY = timedelta(days=1)


@given(st.floats(1, 1e6), st.floats(1, 1e6), st.integers(1, 900), st.integers(-400, 400))
def test_a_ramp_stays_between_its_ends_and_passes_them(now, then, length, at):
    ramp = between(now, then, START, START + length * DAY)
    value = ramp.at(START + at * DAY)
    assert min(now, then) - 1e-9 <= value <= max(now, then) + 1e-9
    assert ramp.at(START) == now
    assert ramp.at(START + length * DAY) == then


@given(st.floats(0.001, 0.95), st.integers(2, 400))
def test_no_way_to_spread_contacts_needs_fewer_than_the_least(share, customers):
    """Jensen: whatever rates customers have, as long as that share writes at least once a year."""
    rates = np.random.default_rng(customers).gamma(0.5, 2.0, size=customers)
    low, high = 1e-12, 1e12
    for _ in range(200):  # scale the rates until the share who write is the one given
        middle = (low * high) ** 0.5
        if float((1 - np.exp(-middle * rates)).mean()) < share:
            low = middle
        else:
            high = middle
    assert (high * rates).mean() >= least_contacts(share) * (1 - 1e-6)


def test_equal_customers_need_exactly_the_least():
    assert 1 - np.exp(-least_contacts(0.25)) == pytest.approx(0.25)
    assert least_contacts(0.0) == 0
    assert least_contacts(1.0) == np.inf


class TestSelfService:
    def test_topics_times_adoption_times_solved(self):
        centre = self_service("help", 0.4, 0.5, 0.2, START)
        assert centre.factor.at(START - DAY) == 1.0
        assert centre.factor.at(START) == pytest.approx(0.96)

    def test_it_grows_evenly_until_it_is_full(self):
        centre = self_service("help", 1.0, 1.0, 0.2, START, START + 10 * DAY)
        assert [round(centre.factor.at(START + d * DAY), 3) for d in (-5, 0, 5, 10, 99)] == [
            1.0, 1.0, 0.9, 0.8, 0.8,
        ]  # fmt: skip

    def test_the_doubt_is_of_what_it_takes_off(self):
        full = self_service("help", 1.0, 1.0, 0.2, START, doubt=0.5)
        assert full.doubt * full.factor.at(START) == pytest.approx(0.5 * 0.2)
        half = self_service("help", 1.0, 1.0, 0.2, START, START + 10 * DAY, doubt=0.5, middle=START + 5 * DAY)
        assert half.doubt == pytest.approx(0.5 * 0.1 / 0.9)
        assert self_service("help", 1.0, 1.0, 1.0, START).doubt == 0.0

    def test_what_the_history_has_already_is_not_taken_off_again(self):
        centre = self_service("help", 1.0, 1.0, 0.2, START)
        assert by_day(centre, [START + 200 * DAY], START + 100 * DAY).tolist() == [1.0]
        assert by_day(centre, [START + 200 * DAY], None) == pytest.approx([0.8])


class TestAgainstTheHistory:
    def factors(self, made, driver, days=200):
        history, queues = made.poisson_history(40, days), [made.queue_named("q")]
        week = (made.day_after(days), 7 * 24, 60, "UTC", None, 1.0)
        plain = forecast(history, queues, *week).mean[0]
        found = forecast(history, queues, *week, ForecastAsks(drivers=(driver,))).mean[0]
        return (found.reshape(7, 24).sum(axis=1) / plain.reshape(7, 24).sum(axis=1)).tolist()

    def test_customers_count_by_their_ratio_to_the_last_weeks(self, made):
        end = START + 200 * DAY
        reference = reference_day(end)
        customers = between(1000, 1000 + 2 * 400, reference - 200 * DAY, reference + 200 * DAY)
        assert customers.at(reference) == 1400
        factors = self.factors(made, Driver("", "customers", customers, relative=True))
        assert factors == pytest.approx([(1400 + 2 * (28 + day)) / 1400 for day in range(7)])

    def test_growth_that_came_before_the_history_ends_is_in_it(self, made):
        past = Driver("", "customers", between(1000, 2000, START, START + 100 * DAY), relative=True)
        assert self.factors(made, past) == pytest.approx([1.0] * 7)

    def test_a_plain_factor_is_taken_as_it_is(self, made):
        assert self.factors(made, Driver("", "growth", Ramp(((date.min, 1.25),)))) == pytest.approx(
            [1.25] * 7
        )

    def test_one_queue_only(self, made):
        other = Driver("", "growth", Ramp(((date.min, 1.25),)), queues=("other",))
        assert self.factors(made, other) == [1.0] * 7
