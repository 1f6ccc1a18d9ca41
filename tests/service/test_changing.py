"""Against the exact chain of one pool whose arrivals and people change, M(t)/M/s(t)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from planner.requirement import transient
from planner.service import ServiceSettings, fates, kept_by_week, kept_share

PEOPLE = np.repeat([4, 6, 9, 12, 9, 7], 8)  # half-hours
PER_HOUR = np.repeat([24.0, 48.0, 78.0, 102.0, 84.0, 54.0], 8)
DAYS, LIVES = 7, 100


def spans(seed: int) -> list[tuple[int, int, int]]:
    """Person, first and last half-hour: whoever leaves is drawn, so that nobody's state matters."""
    draw = np.random.default_rng(seed)
    wanted = np.tile(PEOPLE, DAYS)
    here: dict[int, int] = {}
    found = []
    for k, count in enumerate(wanted):
        for person in draw.permutation(sorted(here))[: max(0, len(here) - count)]:
            found.append((int(person), here.pop(int(person)), k))
        away = [p for p in range(PEOPLE.max()) if p not in here]
        for person in draw.permutation(away)[: max(0, count - len(here))]:
            here[int(person)] = k
    return found + [(person, since, len(wanted)) for person, since in here.items()]


@pytest.mark.parametrize("patience", [None, 180.0])
def test_a_pool_that_changes_is_within_three_sigma_of_the_exact_chain(world, duties, phone, patience):
    """Leavers finish their contact. Midnight resets nothing; the first day starts empty in both."""
    queue = replace(phone, patience_seconds=patience)
    names = [f"P{n:02d}" for n in range(PEOPLE.max())]
    shifts = [duties(names[who], 0, begin / 2, end / 2) for who, begin, end in spans(5)]
    arrivals = np.tile(PER_HOUR, DAYS)
    pool = world([queue], {name: {"en": None} for name in names}, shifts, {"phone": arrivals}, days=DAYS)
    service = pool.live(ServiceSettings(seed=3, replications=LIVES, handle_times="exponential"))
    exact = transient(
        arrivals / 2, np.tile(PEOPLE, DAYS), 1800.0, 300.0, 20.0, patience, leavers="finish", cyclic=False
    )
    lives = kept_by_week(service).ravel()
    sigma = lives.std(ddof=1) / np.sqrt(LIVES)
    assert sigma <= 0.002
    assert abs(kept_share(service) - exact.of_all(exact.service_level)) < 3 * sigma
    # And by half-hour of the day.
    k = (service.records.arrived // 1800).astype(int)
    cell = service.records.replication * 48 + k % 48
    came = np.bincount(cell, minlength=LIVES * 48).reshape(LIVES, 48)
    kept = np.bincount(cell[fates(service).kept], minlength=LIVES * 48).reshape(LIVES, 48)
    share = kept.sum(axis=0) / came.sum(axis=0)
    spread = (kept - share * came).std(axis=0, ddof=1) * np.sqrt(LIVES) / came.sum(axis=0)
    levels = exact.service_level.reshape(DAYS, 48).mean(axis=0)
    far = np.abs(share - levels) / spread
    assert far.max() < 4.5
    assert np.sqrt((far**2).mean()) < 1.4
