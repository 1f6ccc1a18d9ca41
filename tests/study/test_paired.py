"""Paired differences, counted again by other code."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from planner._errors import InputError
from planner.service import answered_by_period, kept_by_period, wait_by_period
from planner.study import compare, steps
from planner.study.compare import paired
from planner.study.compare_ranges import FEWEST_PAIRS, paired_lives, student

LIVES = 24


def fewer(rota: Any) -> Any:
    """Without the shifts of one person."""
    gone = rota.shifts[0].agent
    return replace(rota, shifts=tuple(shift for shift in rota.shifts if shift.agent != gone))


@pytest.fixture(scope="module")
def both(planned: Any) -> tuple[Any, Any]:
    """The desk as planned, and with one person fewer, with the same customers."""
    rotas = planned.rota, fewer(planned.rota)
    return tuple(
        steps.simulate(rota, planned.volumes, planned.scenario, seed=5, replications=LIVES) for rota in rotas
    )  # type: ignore[return-value]  # two rotas, two services


def shares(service: Any, queue: str) -> pd.Series[float]:
    """Kept share by period out of the records alone: elapsed promise of the phone, by a loop of pandas."""
    frame = service.records.frame()
    frame = frame[frame["queue"] == [q.name for q in service.queues].index(queue)]
    ended = frame["started"].fillna(frame["gone"])
    known = ~frame["carried"] & ~(ended.isna() & (frame["due"] > service.horizon_seconds))
    kept = frame["started"].notna() & (frame["started"] <= frame["due"] + 1e-6)
    return kept[known].groupby(frame["replication"]).mean()


def test_the_difference_is_that_of_the_records(both: tuple[Any, Any]) -> None:
    base, other = both
    apart = shares(other, "phone en") - shares(base, "phone en")
    found = paired(base, other, queue="phone en")
    assert kept_by_period(other, queue="phone en") == pytest.approx(shares(other, "phone en").to_numpy())
    half = 2.0687 * apart.std() / np.sqrt(len(apart))  # 97.5 % of Student's t with 23 degrees of freedom
    assert (found.high - found.low) / 2 == pytest.approx(half, rel=1e-3)
    assert (found.high + found.low) / 2 == pytest.approx(found.mean)
    assert found.mean == pytest.approx(apart.mean(), abs=0.02)
    assert found.poor == pytest.approx(np.percentile(apart, 10))
    assert found.good == pytest.approx(np.percentile(apart, 90))
    assert found.verdict == "lower"
    assert found.pairs == LIVES


def test_pairs_see_what_two_runs_of_their_own_do_not(both: tuple[Any, Any], planned: Any) -> None:
    base, other = both
    alone = steps.simulate(
        fewer(planned.rota), planned.volumes, planned.scenario, seed=99, replications=LIVES
    )
    first, same, own = (answered_by_period(each, "email en") for each in (base, other, alone))
    assert np.var(same - first) < 0.2 * np.var(own - first)
    first, same, own = (kept_by_period(each, queue="phone en") for each in (base, other, alone))
    assert np.var(same - first) < np.var(own - first)


def test_the_first_periods_of_more_are_the_same_periods(both: tuple[Any, Any], planned: Any) -> None:
    base, _ = both
    few = steps.simulate(planned.rota, planned.volumes, planned.scenario, seed=5, replications=LIVES // 2)
    found = paired(few, base, queue="phone en")
    assert found.pairs == LIVES // 2
    assert (found.poor, found.good) == (0.0, 0.0)


def test_only_plans_of_one_seed_are_paired(both: tuple[Any, Any], planned: Any) -> None:
    strange = steps.simulate(planned.rota, planned.volumes, planned.scenario, seed=6, replications=6)
    with pytest.raises(InputError, match="one seed; these have 5 and 6"):
        paired(both[0], strange)


def test_the_same_is_said_only_of_what_is_equal(both: tuple[Any, Any]) -> None:
    base, _ = both
    assert paired(base, base).verdict == "same"
    nearly = paired_lives(1e-4, [0.5] * 20, [0.5] * 19 + [0.502])
    assert nearly.verdict == "not distinguishable"
    assert paired_lives(0.1, [0.5] * (FEWEST_PAIRS - 1), [0.6] * (FEWEST_PAIRS - 1)).verdict == "no range"
    assert paired_lives(0.1, [0.5] * 6 + [np.nan], [0.6] * 7).pairs == 6


def test_student_agrees_with_the_tables() -> None:
    """Two-sided 95 %: Abramowitz & Stegun (1964), table 26.10."""
    table = {5: 2.571, 6: 2.447, 8: 2.306, 10: 2.228, 20: 2.086, 30: 2.042, 60: 2.000, 120: 1.980}
    assert {freedom: round(student(freedom), 2) for freedom in table} == {
        freedom: round(value, 2) for freedom, value in table.items()
    }


def test_waits_by_period_are_those_of_the_records(both: tuple[Any, Any]) -> None:
    service = both[0]
    frame = service.records.frame()
    frame = frame[(frame["queue"] == 1) & (frame["outcome"] == 0)]
    median = (frame["started"] - frame["arrived"]).groupby(frame["replication"]).median()
    assert wait_by_period(service, "phone en", 0.5) == pytest.approx(median.to_numpy())


def test_service_is_compared_in_pairs(planned: Any) -> None:
    """The table's range is the paired one, of the contacts that the promise is judged on."""
    service = steps.simulate(
        fewer(planned.rota), planned.volumes, planned.scenario, replications=planned.service.replications
    )
    scenario = planned.scenario.replace(name="Fewer")
    made = replace(planned, scenario=scenario, service=service)
    figure = compare([planned, made]).of("Fewer", "answered within the promise: phone en")
    on = planned.service.queues[1].promise.judged_on
    lives = [kept_by_period(each, queue="phone en", arrived=on) for each in (planned.service, service)]
    pair = paired_lives(figure.difference, *(life.tolist() for life in lives))
    assert (figure.difference_low, figure.difference_high) == (pair.low, pair.high)
    assert figure.verdict == pair.verdict == "lower"
