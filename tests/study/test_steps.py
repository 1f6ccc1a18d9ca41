"""Each step unpacks a scenario for one room."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from planner._errors import PlannerError
from planner.rota import Rota, Shift, rota_frame
from planner.study import Scenario, steps


def shift(agent: str, start: datetime, hours: int, day: date, kind: Any = "work") -> Shift:
    end = (
        start.replace(hour=0) if hours == 0 else datetime.fromtimestamp(start.timestamp() + 3600 * hours, UTC)
    )
    return Shift(start, agent, end, day, "day", "Europe/Lisbon", kind)


@pytest.mark.parametrize(
    ("first_day", "minutes", "intervals"),
    [("2026-03-02", 30, 336), ("2026-03-23", 30, 334), ("2026-10-19", 60, 169), ("2026-03-23", 15, 668)],
)
def test_horizon_counts_hours_that_pass(desk: Scenario, first_day: str, minutes: int, intervals: int) -> None:
    other = desk.replace(period={"first_day": first_day}, interval=f"{minutes} min")
    first, count = steps.horizon(other)
    assert count == intervals
    assert first * 900 == datetime.fromisoformat(f"{first_day}T00:00:00+00:00").timestamp() - (
        3600 if first_day.startswith("2026-10") else 0
    )


def test_stated_volumes_are_all_forecast(desk: Scenario) -> None:
    assert steps.read_history(desk) is None
    volumes = steps.forecast(None, desk)
    assert volumes.queues == ("email en", "phone en")
    weekdays = volumes.mean[:, : 5 * 48].sum(axis=1) / 5
    np.testing.assert_allclose(weekdays, [40, 12], rtol=1e-6)
    assert set(volumes.spread) == {"email en", "phone en"}


def test_shifts_of_this_period_are_not_carried(desk: Scenario, planned: Any, tmp_path: Path) -> None:
    last = [
        shift("Person 1", datetime(2026, 3, 1, 22, tzinfo=UTC), 8, date(2026, 3, 1)),
        shift("Person 1", datetime(2026, 3, 2, 22, tzinfo=UTC), 8, date(2026, 3, 2)),
    ]
    rota = Rota("last", date(2026, 2, 23), 8, tuple(a.name for a in desk.team.agents), tuple(last))
    file = tmp_path / "last.csv"
    rota_frame(rota, desk.team, steps.pay_terms(desk)).to_csv(file, index=False)
    (tmp_path / "s.yaml").write_text(desk.dump() + "carryover: last.csv\n", encoding="utf-8")
    scenario = Scenario.load(tmp_path / "s.yaml")
    assert [each.day for each in steps.carried_of(scenario)] == [date(2026, 3, 1)]
    everybody = steps.with_carried(planned.rota, scenario)
    assert len(everybody.shifts) == len(planned.rota.shifts) + 1
    assert list(everybody.shifts) == sorted(everybody.shifts)
    assert steps.with_carried(planned.rota, desk) is planned.rota


def test_audit_of_a_file_is_that_of_the_rota(desk: Scenario, planned: Any, tmp_path: Path) -> None:
    file = tmp_path / "rota.csv"
    rota_frame(planned.rota, desk.team, steps.pay_terms(desk)).to_csv(file, index=False)
    assert steps.audit(file, desk) == steps.audit(planned.rota, desk) == ()
    one = planned.rota.shifts[0]
    twice = replace(planned.rota, shifts=tuple(sorted((*planned.rota.shifts, replace(one, name="again")))))
    found = steps.audit(twice, desk)
    assert {violation.rule for violation in steps.hard(found)} >= {"one_shift_a_day"}


def test_hard_leaves_soft_and_earlier_findings_aside(desk: Scenario, planned: Any) -> None:
    one = planned.rota.shifts[0]
    twice = replace(planned.rota, shifts=tuple(sorted((*planned.rota.shifts, replace(one, name="again")))))
    found = steps.audit(twice, desk)[0]
    assert steps.hard([replace(found, hard=False), replace(found, before_period=True), found]) == (found,)


def test_problem_holds_what_the_scenario_says(desk: Scenario, planned: Any) -> None:
    problem = steps.problem_of(planned.need, desk.replace(prices={"extra_hour": 2}), planned.rota)
    assert problem.extra_cents == 100
    assert problem.warm is planned.rota
    assert set(problem.rules) == {agent.name for agent in desk.team.agents}
    assert problem.need is planned.need


def test_a_rota_file_that_is_missing_is_a_sentence(desk: Scenario, tmp_path: Path) -> None:
    with pytest.raises(PlannerError, match=r"none\.csv"):
        steps.audit(tmp_path / "none.csv", desk)


def test_one_absent_person_is_no_help(desk: Scenario, planned: Any) -> None:
    one = planned.rota.shifts[0]
    whole = steps.simulate(planned.rota, planned.volumes, desk, replications=3)
    less = steps.simulate(planned.rota, planned.volumes, desk, replications=3, absent=(one.agent, one.day))
    assert len(whole.records) == len(less.records)
    assert less.handling.sum() <= whole.handling.sum()
