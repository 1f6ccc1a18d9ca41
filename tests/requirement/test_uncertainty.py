"""Three policies for a forecast that may be wrong."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mpmath import gammainc, mpf

from planner._errors import InputError
from planner.demand import Promise, Queue, Spread, Volumes, draws
from planner.requirement import (
    NeedSettings,
    chance_below,
    expected_service_level,
    measures,
    quantile_factor,
    relative_variance,
    required_agents,
)
from planner.requirement.horizon import Horizon
from planner.requirement.live import single
from planner.requirement.pool import Pool
from planner.requirement.union import union

PHONE = Queue("phone", "phone", "en", 300.0, Promise(0.8, 20.0), patience_seconds=120.0)


@pytest.mark.parametrize(
    ("freedom", "quantile", "chi_square"),
    [(1, 0.99, 6.635), (2, 0.8, 3.219), (10, 0.95, 18.307), (30, 0.8, 36.250), (100, 0.95, 124.342)],
)
def test_quantiles_as_in_chi_square_tables(freedom, quantile, chi_square):
    # chi square over its mean, the degrees of freedom, is gamma around 1 with variance 2 / freedom
    assert quantile_factor(2 / freedom, quantile) == pytest.approx(chi_square / freedom, abs=5e-4 / freedom)


@pytest.mark.parametrize("variance", [2e-4, 0.01, 0.3, 1.0, 6.0])
@pytest.mark.parametrize("quantile", [0.01, 0.5, 0.8, 0.999])
def test_quantiles_against_many_digits(variance, quantile):
    factor = quantile_factor(variance, quantile)
    exact = gammainc(1 / mpf(variance), 0, mpf(factor) / mpf(variance), regularized=True)
    assert float(exact) == pytest.approx(quantile, abs=1e-10)
    assert chance_below(factor, variance) == pytest.approx(quantile, abs=1e-10)


def test_narrow_forecasts_join_without_a_step():
    at = [quantile_factor(variance, 0.9) for variance in (0.0, 0.9999e-6, 1.0001e-6)]
    assert at[0] == 1.0
    assert at[1] == pytest.approx(at[2], abs=1e-6)
    assert chance_below(at[1], 0.9999e-6) == pytest.approx(0.9, abs=1e-12)
    assert (chance_below(0.99, 0.0), chance_below(1.0, 0.0)) == (0.0, 1.0)


def test_variances_are_those_of_the_draws():
    spread = Spread(week=0.01, day=0.04, hour=0.02)
    mean = np.full((1, 480), 1000.0)
    index = np.arange(480)
    volumes = Volumes(("q",), 0, 60, mean, mean, mean, {"q": spread}, index, index)
    seen = draws(volumes, 60, seed=2)[:, 0, :] / 1000.0
    assert float(seen.var()) == pytest.approx(relative_variance(spread) + 0.001, rel=0.05)
    share = float((seen <= quantile_factor(relative_variance(spread), 0.8)).mean())
    assert share == pytest.approx(0.8, abs=0.01)


@pytest.mark.parametrize(
    ("load", "agents", "patience", "variance"),
    [(50.0, 56, None, 0.01), (50.0, 60, None, 0.09), (5.0, 8, None, 0.2), (50.0, 50, 120.0, 0.04)],
)
def test_expected_service_level_is_that_of_customers(load, agents, patience, variance):
    def level(erlangs):
        return measures(erlangs / 300, 300.0, agents, 20.0, patience).service_level

    # a fine sum over days: density of the factor times its customers
    factors = np.linspace(0, 1 + 9 * math.sqrt(variance), 3001)[1:]
    density = np.exp(np.log(factors) / variance - factors / variance + 1 / variance)
    density /= density.sum()
    exact = sum(share * level(load * factor) for factor, share in zip(factors, density, strict=True))
    assert expected_service_level(load, variance, level) == pytest.approx(exact, abs=1e-3)
    assert expected_service_level(load, 0.0, level) == level(load)


@pytest.mark.parametrize("cv", [0.05, 0.1, 0.15])
@pytest.mark.parametrize("aht", [180.0, 300.0, 370.0])
def test_staffing_the_mean_keeps_the_promise_on_little_more_than_half_of_the_days(cv, aht):
    # published for 50 erlang: on 55 to 64 % of days
    agents = required_agents(50 / aht, aht, 20.0, target=0.8)
    enough = max(
        f
        for f in np.arange(0.9, 1.1, 0.0005)
        if measures(50 * f / aht, aht, agents, 20.0).service_level >= 0.8
    )
    assert 0.54 < chance_below(float(enough), cv**2) < 0.69


@settings(max_examples=40)
@given(st.floats(0.1, 60.0), st.floats(0.0, 0.2), st.sampled_from([None, 120.0]))
def test_each_policy_takes_the_fewest_people(load, variance, patience):
    def pool(policy):
        return Pool(300.0, 20.0, patience, 0.8, variance=variance, policy=policy)

    loads = np.array([load])
    mean, expected, quantile = (
        int(pool(policy).teams(loads)[0]) for policy in ("mean", "expected service level", "quantile")
    )
    assert mean == required_agents(load / 300, 300.0, 20.0, patience, target=0.8)
    more = quantile_factor(variance, 0.8)
    assert quantile == required_agents(load * more / 300, 300.0, 20.0, patience, target=0.8)
    sure = pool("expected service level")
    assert sure.predicted(load, expected) >= 0.8 - 1e-12
    assert expected == 1 or sure.predicted(load, expected - 1) < 0.8
    if variance == 0.0:
        assert mean == expected == quantile


def horizon_of(queues, contacts):
    mean = np.tile(np.array(contacts), (len(queues), 1))
    names = tuple(queue.name for queue in queues)
    days = np.zeros(mean.shape[1], dtype=int)
    spread = {name: Spread(day=0.04) for name in names}
    volumes = Volumes(names, 0, 30, mean, mean, mean, spread, days, days)
    return Horizon(volumes, mean, {}, {name: np.ones(mean.shape[1], dtype=bool) for name in names})


def test_live_queues_follow_the_policy_and_say_so():
    horizon = horizon_of([PHONE], [0.0, 60.0, 300.0])

    def need(**decided):
        return single(PHONE, horizon, NeedSettings(**decided))

    mean, quantile, expected = need(), need(policy="quantile"), need(policy="expected service level")
    assert mean.method == "Erlang A"
    assert quantile.method == "Erlang A, 0.8 quantile"
    assert expected.method == "Erlang A, expected"
    assert (quantile.net[1:] > mean.net[1:]).all()
    assert need(policy="quantile", quantile=0.95).net[2] > quantile.net[2]
    assert mean.net[0] == quantile.net[0] == expected.net[0] == 0
    assert (mean.load == quantile.load).all()
    # the mean is promised at the mean; the others say what all days together get
    assert mean.predicted()[2] == pytest.approx(
        measures(1 / 6, 300.0, int(mean.net[2]), 20.0, 120.0).service_level
    )
    assert expected.predicted()[2] >= 0.8
    assert quantile.predicted()[2] < measures(1 / 6, 300.0, int(quantile.net[2]), 20.0, 120.0).service_level


def test_forecasts_of_many_queues_err_less_together():
    decided = NeedSettings(policy="quantile")
    queues = [Queue(f"phone {n}", "phone", "en", 300.0, Promise(0.8, 20.0)) for n in range(4)]
    horizon = horizon_of(queues, [60.0])
    singles = {queue.name: single(queue, horizon, decided) for queue in queues}
    together = union(queues, singles, horizon, decided)
    assert together.pool.variance == pytest.approx(0.01)
    assert together.net[0] >= required_agents(40 * quantile_factor(0.01) / 300, 300.0, 20.0, target=0.8)


def test_policies_that_cannot_be_are_refused():
    with pytest.raises(InputError, match="the policy is median; write one of: mean, expected") as caught:
        NeedSettings(policy="median", quantile=80, small_team_confidence=0.0)  # type: ignore[arg-type]
    assert len(caught.value.messages) == 3
    with pytest.raises(InputError, match="variance of a forecast is -1"):
        quantile_factor(-1.0)


@pytest.mark.parametrize("definition", ["offered", "answered", "gone"])
@pytest.mark.parametrize("at_once", [1, 3])
@pytest.mark.parametrize("load", [2.0, 12.0])
def test_expected_service_by_each_definition_and_with_chats(definition, at_once, load):
    pool = Pool(
        *(300.0, 20.0, 90.0, 0.85),
        chats_at_once=at_once,
        chat_speed=(1.0, 0.85, 0.83)[:at_once],
        variance=0.04,
        policy="expected service level",
        definition=definition,
        max_abandon=0.02,
    )
    people, staying = pool.team(load), pool.team(load, cap=True)

    def days(agents):
        # many days drawn as they may come; each counts by its customers
        factors = np.random.default_rng(3).gamma(1 / 0.04, 0.04, 4000)
        some = [
            pool.outcome(load * factor, agents) for factor in np.quantile(factors, np.arange(0.5, 200) / 200)
        ]
        weights = np.quantile(factors, np.arange(0.5, 200) / 200)
        return (np.array(some) * weights[:, None]).sum(axis=0) / weights.sum()

    in_time, of, _ = days(people)
    assert in_time / of == pytest.approx(pool.predicted(load, people), abs=0.004)
    assert pool.predicted(load, people) >= 0.85 - 1e-12
    assert people == 1 or pool.predicted(load, people - 1) < 0.85
    assert days(staying)[2] <= 0.02 + 0.002
    assert pool.over_days(load, staying)[2] <= 0.02 + 1e-12
    assert pool.over_days(load, staying - 1)[2] > 0.02
    # never fewer than the mean asks for
    mean = Pool(300.0, 20.0, 90.0, 0.85, at_once, pool.chat_speed, definition=definition, max_abandon=0.02)
    assert people >= mean.team(load)
    assert staying >= mean.team(load, cap=True)


@pytest.mark.parametrize("at_once", [1, 3])
def test_quantiles_staff_a_busy_day_for_every_goal(at_once):
    pool = Pool(
        *(300.0, 20.0, 90.0, 0.85),
        chats_at_once=at_once,
        chat_speed=(1.0, 0.85, 0.83)[:at_once],
        variance=0.04,
        policy="quantile",
        max_abandon=0.01,
    )
    loads = np.array([0.0, 2.0, 12.0])
    busy = loads * quantile_factor(0.04)
    for teams, cap in ((pool.teams(loads), False), (pool.teams_who_stay(loads), True)):
        for load, people in zip(busy, teams, strict=True):
            if not load:
                assert people == 0
                continue
            got = [pool.measures(float(load), int(n)) for n in (people, people - 1)]
            kept = [m.p_abandon <= 0.01 if cap else m.service_level >= 0.85 for m in got]
            assert kept == [True, False]


def test_a_certain_forecast_makes_all_policies_one():
    for policy in ("mean", "quantile", "expected service level"):
        pool = Pool(300.0, 20.0, 90.0, 0.85, policy=policy, max_abandon=0.02)
        assert pool.teams(np.array([7.0])).tolist() == [10]
        assert pool.predicted(7.0, 10) == measures(7 / 300, 300.0, 10, 20.0, 90.0).service_level
