from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest

from planner.people import Site
from planner.rota import Rota, Shift
from planner.study.money import people_to_employ


def plan_of(hours_a_day, absence, kind="work"):
    """One site of 40 h, one shift a day from Monday to Friday for two weeks."""
    first = datetime(2026, 3, 30, 8, tzinfo=UTC)
    shifts = tuple(
        Shift(
            at,
            "Anna",
            at + timedelta(hours=hours_a_day),
            at.date(),
            "day",
            "UTC",
            kind,
            counted=kind == "work",
        )
        for at in (first + timedelta(days=7 * week + day) for week in range(2) for day in range(5))
    )
    team = SimpleNamespace(
        sites=(Site("Office", "UTC"),), agents=(SimpleNamespace(name="Anna", site="Office"),)
    )
    settings = SimpleNamespace(absence=absence)
    scenario = SimpleNamespace(team=team, weeks=2, need_settings=settings)
    return SimpleNamespace(scenario=scenario, rota=Rota("a", date(2026, 3, 30), 14, ("Anna",), shifts))


@pytest.mark.parametrize(("hours", "absence", "people"), [(8, 0.0, 1.0), (8, 0.2, 1.25), (4, 0.0, 0.5)])
def test_leave_and_sickness_size_the_team(hours, absence, people):
    assert people_to_employ(plan_of(hours, absence)) == people


def test_on_call_needs_no_contract_hours():
    assert people_to_employ(plan_of(8, 0.2, kind="on_call")) == 0.0
