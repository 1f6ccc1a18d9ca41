"""Payroll lines and ``hours.csv`` say the same of one month: its days, and its hours by person and code."""

from datetime import UTC, date, datetime, timedelta

import pytest

from planner._errors import InputError
from planner.people import Agent, Site, Team
from planner.rota import PayrollTerms, Rota, Shift, pay_terms
from planner.study.export import Dossier, Wanted, make

OWN = "file: mine.csv\nrows: pay\ncolumns: [{header: Who, field: agent}, {header: H, field: hours}]"


def week(first, name="desk"):
    """Ana's nights of a week in UTC."""
    days = [first + timedelta(days=step) for step in range(7)]
    starts = [datetime(day.year, day.month, day.day, 22, tzinfo=UTC) for day in days]
    shifts = tuple(
        Shift(start, "Ana", start + timedelta(hours=8), start.date(), "night", "UTC") for start in starts
    )
    team = Team((Agent("Ana", "Here", "UTC", {"en": None}, payroll_id="001"),), (Site("Here", "UTC", ""),))
    rota = Rota(name, first, 7, ("Ana",), shifts)
    return Dossier(name, "UTC", "EUR", rota, team, pay_terms(team), PayrollTerms())


@pytest.fixture
def formats(tmp_path):
    (tmp_path / "mine.yaml").write_text(OWN, encoding="utf-8")
    return "hours", "payroll-lines", str(tmp_path / "mine.yaml")


def test_a_month_of_which_the_plan_has_no_day_is_refused_by_each(formats):
    for name in formats:
        with pytest.raises(InputError, match="none of the plans has a day of 2027-01"):
            make(week(date(2026, 3, 30)), [name], Wanted(month="2027-01"))


@pytest.mark.parametrize(
    ("first", "said"),
    [
        (date(2026, 4, 6), ["no plan covers 2026-04-01 – 2026-04-05, 2026-04-13 – 2026-04-30: hours"]),
        (date(2026, 3, 30), ["no plan covers 2026-04-06 – 2026-04-30: hours"]),
        (
            date(2026, 4, 1),
            ["no plan covers 2026-04-08 – 2026-04-30: hours", "no plan covers 2026-03-31: if"],
        ),
    ],
)
def test_days_that_no_plan_has_are_named_by_each(formats, first, said):
    of = week(first)
    told = []
    for name in formats:
        notices = [str(notice) for notice in make(of, [name], Wanted(month="2026-04")).notices]
        told.append([line for line in notices if line.startswith(("no plan", "overtime is told"))])
        assert all(any(line.startswith(each) for line in told[-1]) for each in said)
    assert told[0] == told[1] == told[2]
    together = make(of, formats, Wanted(month="2026-04"))
    assert len([line for line in together.notices if line.code == "payroll.uncovered"]) == 1  # said once
