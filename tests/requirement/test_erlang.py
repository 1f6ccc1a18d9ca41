"""Erlang B, C and A against 50-digit arithmetic by formulas that share nothing with ours."""

import math
import random
from importlib import import_module
from pathlib import Path
from types import ModuleType

import mpmath as mp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner._errors import InputError
from planner.requirement import erlang_b, erlang_c, erlang_report, measures, required_agents


@pytest.fixture(scope="module")
def exact() -> ModuleType:
    """Formulas in 50 digits, from the benchmark beside the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(Path(__file__).parents[2]))
        return import_module("tests.bench.erlang_exact")


def assert_accurate(exact, got, expected, slack=1.0):
    share, where = exact.worst_share(got, expected, slack)
    assert share <= 1.0, where


@pytest.mark.parametrize("seed", range(10))
def test_patient_callers_to_50_digits(exact, seed):
    random_ = random.Random(seed)
    with mp.workdps(50):
        for _ in range(5):
            load = 10 ** random_.uniform(-3, math.log10(5000))
            aht = random_.choice((15.0, 180.0, 370.5))
            agents = math.floor(load) + 1 + int(random_.expovariate(0.5) * math.sqrt(load))
            within = random_.choice((0.0, 1.0, 20.0, 3600.0))
            got = measures(load / aht, aht, agents, within)
            want = exact.patient(load / aht, aht, agents, within)
            assert_accurate(exact, got, want, 1 - load / agents)
            assert erlang_c(load / aht * aht, agents) == pytest.approx(
                got.p_wait, rel=1e-12 * (1 + load), abs=1e-14
            )


@pytest.mark.parametrize(
    ("load", "agents", "aht", "within", "patience"),
    [
        (0.001, 1, 300.0, 20.0, 120.0),
        (2.5, 3, 900.0, 60.0, 15.0),
        (48.0, 44, 300.0, 60.0, 120.0),
        (123.0, 124, 300.0, 30.0, 180.0),
        (500.0, 480, 240.0, 600.0, 36000.0),
        (5000.0, 4800, 300.0, 60.0, 15.0),
        (5000.0, 4990, 300.0, 20.0, 36000.0),
        (5000.0, 3000, 370.5, 18000.0, 36000.0),
        (5000.0, 5200, 60.0, 20.0, 300.0),
    ],
)
def test_impatient_callers_to_50_digits(exact, load, agents, aht, within, patience):
    with mp.workdps(50):
        got = measures(load / aht, aht, agents, within, patience)
        assert_accurate(exact, got, exact.impatient(load / aht, aht, agents, within, patience))


def test_nobody_is_patient_for_ever_and_almost():
    near = measures(200 / 3600, 180.0, 14, 20.0, 1e9)
    never = measures(200 / 3600, 180.0, 14, 20.0)
    assert near.service_level == pytest.approx(never.service_level, rel=1e-5)
    assert near.asa_seconds == pytest.approx(never.asa_seconds, rel=1e-5)


@pytest.mark.parametrize("agents", [0, 3, 10])
def test_too_few_people_and_patient_callers(agents):
    got = measures(200 / 3600, 180.0, agents, 20.0)
    assert (got.p_wait, got.service_level, got.occupancy, got.p_abandon) == (1.0, 0.0, 1.0, 0.0)
    assert math.isinf(got.asa_seconds)
    assert math.isinf(got.mean_wait_seconds)
    assert erlang_c(10.0, agents) == 1.0


def test_nobody_answers_and_everybody_hangs_up():
    got = measures(0.1, 60.0, 0, 30.0, 30.0)
    assert (got.p_wait, got.p_abandon, got.service_level, got.mean_wait_seconds) == (1.0, 1.0, 0.0, 30.0)
    assert got.service_level_gone == pytest.approx(1 - math.exp(-1))


@pytest.mark.parametrize("patience", [None, 120.0])
def test_almost_nobody_calls(patience):
    for load in (1e-300, 1e-160, 5e-324):
        got = measures(load / 64, 64.0, 2, 20.0, patience)
        assert (got.service_level, got.service_level_gone) == (1.0, 1.0)
        assert got.p_wait < 1e-100
        assert required_agents(load / 64, 64.0, 20.0, patience, target=0.8) == (1 if load / 64 else 0)


def test_nobody_calls():
    for agents in (0, 1, 5):
        got = measures(0.0, 60.0, agents, 20.0)
        assert (got.p_wait, got.service_level, got.asa_seconds, got.occupancy) == (0.0, 1.0, 0.0, 0.0)
    assert required_agents(0.0, 60.0, 20.0, target=0.8) == 0
    assert erlang_b(0.0, 0) == 1.0
    assert erlang_b(0.0, 3) == erlang_c(0.0, 3) == 0.0


@given(
    st.floats(0.001, 60),
    st.integers(1, 80),
    st.floats(0, 600),
    st.one_of(st.none(), st.floats(15, 36000)),
)
def test_more_people_never_serve_worse(load, agents, within, patience):
    fewer = measures(load / 300.0, 300.0, agents, within, patience)
    more = measures(load / 300.0, 300.0, agents + 1, within, patience)
    assert more.service_level >= fewer.service_level - 1e-13
    assert more.p_wait <= fewer.p_wait + 1e-13
    assert more.p_abandon <= fewer.p_abandon + 1e-13
    for got in (fewer, more):
        assert 0 <= got.service_level <= got.service_level_gone + 1e-13 <= 1 + 2e-13
        assert got.service_level <= got.service_level_answered + 1e-13 <= 1 + 2e-13
        assert 0 <= got.occupancy <= 1
        if patience is not None:
            # work done by people is work not hung up on
            assert got.occupancy * (agents + (got is more)) == pytest.approx(
                load * (1 - got.p_abandon), rel=1e-9
            )


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"arrivals": -1}, "0 or more"),
        ({"arrivals": math.nan}, "arrivals is nan"),
        ({"per_seconds": 0}, "above 0"),
        ({"aht_seconds": 0}, "handle time is 0"),
        ({"aht_seconds": math.inf}, "handle time is inf"),
        ({"agents": -2}, "agents is -2"),
        ({"agents": 2.5}, "whole number"),
        ({"within_seconds": -1}, "0 or more"),
        ({"patience_seconds": 0}, "nobody hangs up"),
        ({"target": 80}, "such as 0.8"),
        ({"target": 1.0}, "nobody can promise all"),
        ({"max_occupancy": 0.0}, "such as 0.85"),
        ({"max_abandon": -0.1}, "such as 0.05"),
        ({"arrivals": 1e9}, "erlang"),
    ],
)
def test_numbers_that_cannot_be_are_refused_in_a_sentence(change, words):
    given_ = {"arrivals": 200, "per_seconds": 3600, "aht_seconds": 180, "agents": 14, "within_seconds": 20}
    with pytest.raises(InputError, match=words):
        erlang_report(**(given_ | change))


def test_all_mistakes_come_at_once():
    with pytest.raises(InputError) as caught:
        erlang_report(-1, 0, -5, -1, -1, target=2)
    assert [m.code.split(".")[1] for m in caught.value.messages] == [
        "arrivals",
        "per",
        "aht",
        "within",
        "agents",
        "target",
    ]


def test_report_knows_no_infinity_and_names_what_is_asked(exact):
    got = erlang_report(200, 3600, 180, 10, 20)
    assert tuple(got) == exact.NAMES
    assert got["asa_seconds"] is None
    assert got["mean_wait_seconds"] is None
    assert erlang_report(200, 3600, 180, 10, 20, max_occupancy=0.85)["required_agents"] == 12
