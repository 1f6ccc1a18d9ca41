"""Payroll months: as in the calendar, or from a cut-off day on."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner._errors import ScenarioError, ValueTextError
from planner._messages import speaking
from planner.rota import PayrollTerms
from planner.study import Scenario
from planner.study.export.pay_month import PayMonth
from planner.study.export.staff import staff_of


@pytest.mark.parametrize(
    ("year", "month", "from_day", "first", "last"),
    [
        (2026, 4, 1, "2026-04-01", "2026-04-30"),
        (2028, 2, 1, "2028-02-01", "2028-02-29"),
        (2026, 12, 1, "2026-12-01", "2026-12-31"),
        (2026, 4, 21, "2026-03-21", "2026-04-20"),
        (2026, 1, 21, "2025-12-21", "2026-01-20"),
        (2026, 3, 28, "2026-02-28", "2026-03-27"),
        (2026, 3, 2, "2026-02-02", "2026-03-01"),
    ],
)
def test_first_and_last_day(year, month, from_day, first, last):
    found = PayMonth(year, month, from_day)
    assert (str(found.first_day), str(found.last_day)) == (first, last)


@given(st.integers(1990, 2100), st.integers(1, 12), st.integers(1, 28))
def test_months_follow_each_other_without_gap(year, month, from_day):
    this = PayMonth(year, month, from_day)
    after = PayMonth(year + month // 12, month % 12 + 1, from_day)
    assert this.last_day + timedelta(days=1) == after.first_day
    assert 28 <= (this.last_day - this.first_day).days + 1 <= 31
    assert (this.first_day.day, this.last_day.month) == (from_day, month)
    assert PayMonth.parse(str(this), PayrollTerms(from_day)) == this


@pytest.mark.parametrize(
    "text", ["2026-13", "2026-00", "April", "2026", "2026-4", "26-04", "2026-04-01", "", "0000-04", "٢٠٢٦-04"]
)
def test_what_is_no_month_is_said_with_an_example(text):
    with pytest.raises(ValueTextError) as error:
        PayMonth.parse(text)
    assert str(error.value) == f'"{text}" is no month; write year and month, such as 2026-04'
    with speaking("it"):
        assert str(error.value) == f'"{text}" non è un mese; scrivi anno e mese, per esempio 2026-04'


def test_a_scenario_says_how_months_are_cut():
    assert Scenario.from_text("people: 2").payroll_terms == PayrollTerms(1, "full time")
    said = Scenario.from_text("people: 2\npayroll: {month_from_day: 21, overtime_above: 38 h 30 min}")
    assert said.payroll_terms == PayrollTerms(21, 2310) == staff_of(said).payroll
    assert Scenario.from_text(said.dump()) == said
    for word in ("full time", "contract", "none"):
        scenario = Scenario.from_text(f"people: 2\npayroll: {{overtime_above: {word}}}")
        assert scenario.payroll_terms == PayrollTerms(1, word)
        assert Scenario.from_text(scenario.dump()) == scenario


@pytest.mark.parametrize(
    ("said", "remedy"),
    [
        ("month_from_day: 31", "write 1 to 28"),
        ("month_from_day: 0", "write 1 to 28"),
        ("month_from_day: the 21st", "write 1 to 28"),
        ("overtime_above: 200 h", "write 40 h"),
        ("overtime_above: 40", "write 40 h"),
        ("overtime_above: 0 h", "write 40 h"),
        ("overtime_above: always", "full time, contract or none"),
    ],
)
def test_a_scenario_that_says_it_wrong_is_told_how(said, remedy):
    with pytest.raises(ScenarioError, match=remedy):
        Scenario.from_text(f"people: 2\npayroll: {{{said}}}")


def test_most_without_overtime():
    assert PayrollTerms().most_without_overtime(1200, 2280) == 2280
    assert PayrollTerms(overtime_above="contract").most_without_overtime(1200, 2280) == 1200
    assert PayrollTerms(overtime_above=2700).most_without_overtime(1200, 2280) == 2700
    assert PayrollTerms(overtime_above="none").most_without_overtime(1200, 2280) is None


def test_every_day_of_a_month_once():
    days = list(PayMonth(2026, 4, 21).days())
    assert days[0] == date(2026, 3, 21)
    assert days[-1] == date(2026, 4, 20)
    assert len(set(days)) == len(days) == 31
