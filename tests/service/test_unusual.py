"""Hours with far more contacts than usual, and tickets that wait when the period begins."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from planner._errors import InputError
from planner.service import BadHours, ServiceSettings, kept_share


def test_bad_hours_bring_more_contacts_in_those_hours_only(shop):
    small = shop()
    calm = small.live(ServiceSettings(replications=5))
    third = BadHours(small.rota.first_day.replace(day=8), 9, 4, 4.0)
    bad = small.live(ServiceSettings(replications=5, bad_hours=third))
    per_hour = [np.bincount((s.records.arrived // 3600).astype(int), minlength=168) for s in (calm, bad)]
    inside = np.zeros(168, dtype=bool)
    inside[57:61] = True
    assert per_hour[1][inside].sum() == pytest.approx(4 * per_hour[0][inside].sum(), rel=0.15)
    assert per_hour[0][~inside].tolist() == per_hour[1][~inside].tolist()
    assert kept_share(bad, np.repeat(inside, 2)) < kept_share(calm, np.repeat(inside, 2))


def test_bad_hours_may_pass_midnight_and_must_be_in_the_period(shop):
    small = shop()
    night = BadHours(small.rota.first_day, 22, 4, 5.0)
    r = small.live(ServiceSettings(replications=20, bad_hours=night)).records
    per_hour = np.bincount((r.arrived // 3600).astype(int), minlength=168)
    assert per_hour[22:26].min() > 2 * per_hour[:22].mean()
    late = replace(night, day=small.rota.first_day.replace(day=20))
    with pytest.raises(InputError, match="not in the period"):
        small.live(ServiceSettings(bad_hours=late))


def test_open_tickets_wait_from_the_beginning(shop):
    small = shop()
    none = small.live(ServiceSettings(replications=4))
    many = small.live(ServiceSettings(replications=4, open_tickets={"email": 40}))
    r = many.records
    assert r.carried.sum() == 4 * 40
    assert (r.arrived[r.carried] == 0.0).all()
    assert np.isinf(r.due[r.carried]).all()
    assert set(r.queue[r.carried]) == {1}
    assert r.started[r.carried].min() == 8 * 3600
    # The others come as they would have come without them.
    for name in ("arrived", "due", "queue"):
        assert np.array_equal(getattr(r, name)[~r.carried], getattr(none.records, name))
