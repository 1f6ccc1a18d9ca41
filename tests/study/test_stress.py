"""Absences, bad days and wrong forecasts of rotas made by hand, and the screen against trying everybody."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pytest

from planner._errors import InputError
from planner.clock import local_at
from planner.rota import Rota, Shift
from planner.service import BadHours, kept_share
from planner.study import Scenario, steps
from planner.study.absence import Absence, Hurt, absences
from planner.study.delicate import screened, sets_of
from planner.study.one_fewer import OneFewer
from planner.study.progress import PlanProgress
from planner.study.stress import _end_of, bad_day, busiest_hours
from planner.study.wrong_forecast import forecast_error

MONDAY = date(2026, 3, 2)


DESK_OF_MAIL = """
zone: Europe/Lisbon
period: {first_day: 2026-03-02, weeks: 1}
interval: 30 min
people: [{count: 4, languages: en, cost: 12}]
queues:
  - {name: email en, channel: email, language: en, aht: 10 min, promise: 90% within 2 business hours}
volume: {email en: 60}
opening_hours:
  - {queues: all, days: mon-fri, open: 09:00, close: 17:00}
"""


def rota_of(scenario: Scenario, duties: Sequence[tuple[int, int, int, int]]) -> Rota:
    """Shifts: number of the person, day, start and end in hours (Lisbon in winter is UTC)."""
    people = tuple(agent.name for agent in scenario.team.agents)
    midnight = datetime(2026, 3, 2, tzinfo=UTC)
    shifts = [
        Shift(
            midnight + timedelta(days=day, hours=start),
            people[number],
            midnight + timedelta(days=day, hours=end),
            MONDAY + timedelta(days=day),
            "day",
            "Europe/Lisbon",
        )
        for number, day, start, end in duties
    ]
    return Rota(scenario.name, MONDAY, scenario.days, people, tuple(sorted(shifts)))


EARLY_AND_LATE = [(0, day, 9, 13) for day in range(5)] + [
    (number, day, start, 17) for day in range(5) for number, start in ((1, 9), (2, 13), (3, 13))
]


@pytest.fixture(scope="module")
def lone(desk: Scenario) -> Rota:
    """Two people in the mornings, three in the afternoons; on Wednesday morning one is alone."""
    return rota_of(desk, [duty for duty in EARLY_AND_LATE if duty != (0, 2, 9, 13)])


@pytest.fixture(scope="module")
def small(desk: Scenario) -> tuple[Any, Any]:
    """Forecast and need of the small desk."""
    _, volumes, need = steps.demand_and_need(desk)
    return volumes, need


class TestAbsences:
    def test_the_one_who_is_alone_is_named(self, desk: Scenario, lone: Rota, small: Any) -> None:
        found = absences(lone, *small, desk, most=3, replications=10)
        worst = found.cases[0]
        assert (worst.agent, worst.day) == (desk.team.agents[1].name, MONDAY + timedelta(days=2))
        phone = next(hurt for hurt in worst.queues if hurt.queue == "phone en")
        # A shift of eight hours, of which the person is alone for four: half of the callers get nobody.
        assert phone.after < phone.before - 0.2
        assert worst.matters
        assert worst.late > 3
        said = [str(message) for message in found.messages]
        assert said[0].startswith(f"worst absence: without {worst.agent} on Wed 2026-03-04 09:00–17:00, ")
        assert "3 of 19 shifts were simulated" in said[-1]

    def test_the_screen_finds_what_trying_everybody_finds(
        self, desk: Scenario, lone: Rota, small: Any
    ) -> None:
        everybody = absences(lone, *small, desk, most=100, replications=10)
        assert len(everybody.cases) == 19
        few = absences(lone, *small, desk, most=4, replications=10)
        assert few.cases[0] == everybody.cases[0]
        lates = [case.late for case in everybody.cases]
        assert lates == sorted(lates, reverse=True)

    def test_deferred_work_is_screened_by_what_piles_up(self) -> None:
        """With e-mail alone, missing one of two is worse than one of three."""
        only = Scenario.from_text(DESK_OF_MAIL, name="mail.yaml")
        _, volumes, need = steps.demand_and_need(only)
        duties = [(number, day, 9, 17) for day in range(5) for number in (0, 1, 2) if (number, day) != (2, 1)]
        rota = rota_of(only, duties)
        fewer = OneFewer.of(rota, need, only, sets_of(need, only))
        order = screened(fewer, volumes, need, only)
        assert {shift.day for shift in order[:2]} == {MONDAY + timedelta(days=1)}
        assert len(order) == len(duties)

    def test_progress_and_cancel(self, desk: Scenario, lone: Rota, small: Any) -> None:
        said: list[PlanProgress] = []
        found = absences(
            lone,
            *small,
            desk,
            most=5,
            replications=2,
            on_progress=said.append,
            is_cancelled=lambda: len(said) > 1,
        )
        assert found.cancelled
        assert len(found.cases) == 2
        assert [(each.phase, each.stage, each.stages) for each in said] == [
            ("absences", 1, 5),
            ("absences", 2, 5),
        ]

    def test_nobody_works_nobody_is_missed(self, desk: Scenario, small: Any) -> None:
        found = absences(rota_of(desk, []), *small, desk)
        assert found.cases == ()
        assert (
            str(found.messages[0]) == "the rota has no shift that answers customers, so nobody can be missed"
        )

    def test_an_absence_nobody_notices(self, desk: Scenario, small: Any) -> None:
        crowd = desk.replace(people=[{"count": 12, "languages": "en", "cost": 12}])
        rota = rota_of(crowd, [(number, day, 8, 18) for number in range(12) for day in range(5)])
        found = absences(rota, *small, crowd, most=1, replications=5)
        unnoticed = "none of the absences that were simulated, one person for one shift each, is noticed by"
        assert str(found.messages[0]) == f"{unnoticed} customers"
        assert str(found.messages[1]).startswith("1 of ")

    def test_too_few_contacts_give_no_share(self) -> None:
        at = datetime(2026, 3, 2, 22, tzinfo=UTC)
        case = Absence("Ana", MONDAY, at, at + timedelta(hours=8), (Hurt("phone", math.nan, math.nan, 0.3),))
        assert str(case.message("Europe/Lisbon")) == (
            "without Ana on Mon 2026-03-02 22:00–06:00, 0.3 contacts more are late, most of phone; "
            "too few come in these hours to give a share"
        )
        assert not case.matters


class TestBadDay:
    RUSH = BadHours(MONDAY + timedelta(days=1), 10, 4, 4.0)

    def test_the_day_suffers_and_recovers(self, desk: Scenario, planned: Any) -> None:
        found = bad_day(planned.rota, planned.volumes, desk, self.RUSH, replications=10)
        assert found is not None
        assert found.more == pytest.approx(3 * _expected(planned, 1, 10, 14), rel=0.15)
        email = next(each for each in found.queues if each.queue == "email en")
        assert email.kept < email.usual - 0.1
        assert email.longest_seconds > email.usual_longest_seconds
        assert 0 < email.after_seconds <= email.late_seconds
        said = [str(message) for message in found.messages]
        assert said[0].startswith("Tue 2026-03-03, 10:00, 4 h with 4 times the contacts: ")
        assert any("of that day's contacts are answered within the promise (usually" in line for line in said)
        assert any("the backlog is back to normal" in line for line in said)

    def test_only_that_day_is_measured(self, desk: Scenario, planned: Any) -> None:
        """The usual share is that of Tuesday's contacts, by a plain count."""
        found = bad_day(planned.rota, planned.volumes, desk, self.RUSH, replications=10)
        assert found is not None
        service = steps.simulate(planned.rota, planned.volumes, desk, replications=10)
        tuesday = (np.arange(service.intervals) >= 48) & (np.arange(service.intervals) < 96)
        for each in found.queues:
            assert each.usual == pytest.approx(kept_share(service, tuesday, each.queue))

    def test_a_backlog_that_nobody_works_off_is_never_normal(self, desk: Scenario, small: Any) -> None:
        volumes, _ = small
        rota = rota_of(desk, [(0, day, 9, 17) for day in range(2)])
        found = bad_day(rota, volumes, desk, self.RUSH, replications=5)
        assert found is not None
        email = next(each for each in found.queues if each.queue == "email en")
        assert email.never == 1.0
        assert math.isinf(email.after_seconds)
        never = "email en: in 100 % of the simulated periods the backlog is not back to normal"
        assert any(str(message).startswith(never) for message in found.messages)

    def test_the_busiest_hours_of_the_busiest_day(self, desk: Scenario, planned: Any) -> None:
        volumes = planned.volumes
        mean = np.zeros_like(volumes.mean)
        mean[0, 48 + 20 : 48 + 26] = 1.0
        mean[1, 48 + 24 : 48 + 28] = 3.0
        rush = busiest_hours(replace(volumes, mean=mean), MONDAY, desk.zone, hours=2)
        assert rush == BadHours(MONDAY + timedelta(days=1), 12, 2, 4.0)
        assert busiest_hours(volumes, MONDAY, desk.zone, hours=24).from_hour == 0

    @pytest.mark.parametrize("day", ["2026-03-28", "2026-03-29", "2026-03-30", "2026-10-24", "2026-10-25"])
    def test_hours_are_those_of_the_clock_when_it_changes(self, desk: Scenario, day: str) -> None:
        """The clock goes forward on 29 March and back on 25 October."""
        its = date.fromisoformat(day)
        monday = its - timedelta(days=its.weekday())
        hours = [{"queues": "all", "days": "all", "open": "08:00", "close": "20:00"}]
        changed = desk.replace(period={"first_day": str(monday), "weeks": "2"}, opening_hours=hours)
        volumes = steps.forecast(None, changed)
        local = [local_at(volumes.first_quarter + 2 * k, changed.zone) for k in range(volumes.intervals)]
        wanted = [k for k, at in enumerate(local) if at.date() == its and 10 <= at.hour < 14]
        rush = BadHours(its, 10, 4, 50.0)
        nobody = replace(rota_of(changed, []), first_day=monday)
        lives = [
            steps.simulate(nobody, volumes, changed, replications=4, bad_hours=bad) for bad in (None, rush)
        ]
        intervals = [(life.records.arrived // 1800).astype(int) for life in lives]
        came = [np.bincount(each, minlength=volumes.intervals) for each in intervals]
        assert np.flatnonzero(came[1] - came[0]).tolist() == wanted
        mean = np.zeros_like(volumes.mean)
        mean[0, wanted] = 1.0
        assert busiest_hours(replace(volumes, mean=mean), monday, changed.zone) == BadHours(its, 10, 4, 4.0)
        assert _end_of(rush, volumes, changed.zone) == wanted[-1] + 1

    def test_a_day_outside_the_period_is_refused(self, desk: Scenario, planned: Any) -> None:
        with pytest.raises(InputError, match="2027-01-01 is not in the period 2026-03-02 to 2026-03-08"):
            bad_day(planned.rota, planned.volumes, desk, BadHours(date(2027, 1, 1), 9))

    def test_cancelled_is_none(self, desk: Scenario, planned: Any) -> None:
        assert bad_day(planned.rota, planned.volumes, desk, is_cancelled=lambda: True) is None
        assert forecast_error(planned.rota, planned.volumes, desk, is_cancelled=lambda: True) is None


def _expected(planned: Any, day: int, start: int, end: int) -> float:
    """Contacts expected in some hours of a day; half-hours."""
    return float(planned.volumes.mean[:, day * 48 + 2 * start : day * 48 + 2 * end].sum())


class TestForecastError:
    def test_more_demand_keeps_less(self, desk: Scenario, lone: Rota) -> None:
        # Of 80 calls a day enough meet another: over 60 periods the two ends lie five sigma apart.
        busy = desk.replace(volume={"email en": 40, "phone en": 80})
        _, volumes, _ = steps.demand_and_need(busy)
        said: list[PlanProgress] = []
        found = forecast_error(lone, volumes, busy, replications=60, on_progress=said.append)
        assert found is not None
        assert 0.5 < found.low < 1 < found.high < 2
        email, phone = found.queues
        assert email.at_low > email.kept > email.at_high
        assert phone.at_low > phone.at_high
        assert [each.stage for each in said] == [1, 2, 3]
        assert str(found.messages[0]).startswith("demand of 8 weeks in 10 lies between ")

    def test_nobody_comes(self, desk: Scenario, lone: Rota, small: Any) -> None:
        volumes, _ = small
        nobody = replace(volumes, mean=np.zeros_like(volumes.mean))
        found = forecast_error(lone, nobody, desk, replications=2)
        assert found is not None
        assert (found.low, found.high) == (1.0, 1.0)
        assert str(found.messages[1]) == "email en: too few contacts come to give a share"
