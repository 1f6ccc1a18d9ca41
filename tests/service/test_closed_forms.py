"""Against Erlang C and A: one pool, steady load, exponential handle times."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from planner.requirement import measures
from planner.service import Outcome, Service, ServiceSettings, fates, kept_by_week, service_levels


def sigma_of(by_week: np.ndarray) -> float:
    """Standard error of the mean of nearly independent weeks."""
    return float(by_week.std(ddof=1) / np.sqrt(by_week.size))


def by_week(service: Service, values: np.ndarray, chosen: np.ndarray) -> np.ndarray:
    """Mean of a value over chosen contacts, per replication and week."""
    r = service.records
    cell = r.replication * int(service.weeks) + (r.arrived // 604_800).astype(int)
    size = service.replications * int(service.weeks)
    counted = np.bincount(cell[chosen], minlength=size)
    return np.bincount(cell[chosen], weights=values[chosen], minlength=size) / counted


@pytest.mark.parametrize(
    ("agents", "per_hour", "patience"), [(5, 48.0, None), (5, 48.0, 120.0), (2, 30.0, 240.0), (1, 6.0, None)]
)
def test_one_pool_is_within_three_sigma_of_erlang(world, duties, phone, agents, per_hour, patience):
    queue = replace(phone, patience_seconds=patience)
    names = [f"P{n}" for n in range(agents)]
    shifts = [duties(name, day, 0, 24) for name in names for day in range(28)]
    pool = world([queue], {name: {"en": None} for name in names}, shifts, {"phone": per_hour}, days=28)
    service = pool.live(ServiceSettings(seed=1, replications=12, handle_times="exponential"))
    exact = measures(per_hour / 3600, 300.0, agents, 20.0, patience)

    r, fate = service.records, fates(service)
    answered = r.outcome == Outcome.ANSWERED
    weekly = kept_by_week(service)
    assert abs(weekly.mean() - exact.service_level) < 3 * sigma_of(weekly)
    levels = service_levels(service, "phone")
    assert levels.answered == pytest.approx(exact.service_level_answered, abs=4 * sigma_of(weekly))
    assert levels.gone == pytest.approx(exact.service_level_gone, abs=4 * sigma_of(weekly))
    waits = by_week(service, fate.waited, answered)
    assert abs(waits.mean() - exact.asa_seconds) < 3 * sigma_of(waits)
    everyone = np.ones(len(r), dtype=bool)
    waited = by_week(service, (fate.waited > 0).astype(float), everyone)
    assert abs(waited.mean() - exact.p_wait) < 3 * sigma_of(waited)
    gone = by_week(service, (r.outcome == Outcome.ABANDONED).astype(float), everyone)
    assert abs(gone.mean() - exact.p_abandon) <= 3 * sigma_of(gone)
    busy = service.handling.sum() / (service.handling.sum() + service.waiting_for_work.sum())
    assert busy == pytest.approx(exact.occupancy, abs=0.01)


def test_one_person_who_answers_e_mail_is_a_queue_of_their_own(world, duties, email):
    """M/G/1 (Pollaczek-Khinchine): mean wait = load (1 + cv^2) AHT / (2 (1 - load)), lognormal."""
    queue = replace(email, replies=1.0, cv=0.5)
    shifts = [duties("Ana", day, 0, 24) for day in range(28)]
    desk = world([queue], {"Ana": {"en": None}}, shifts, {"email": 3.0}, days=28)
    service = desk.live(ServiceSettings(replications=10))
    begun = np.isfinite(service.records.started)
    waits = by_week(service, service.records.started - service.records.arrived, begun)
    load = 3.0 * 600 / 3600
    assert abs(waits.mean() - load * (1 + 0.25) * 600 / (2 * (1 - load))) < 3 * sigma_of(waits)
