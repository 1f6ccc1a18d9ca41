"""A history that ends long before the period: the same forecast, less sure, and told."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from planner.clock import day_starts
from planner.demand import forecast, unit_band

END = date(2024, 1, 1) + timedelta(days=400)


def after(made, weeks: float, **more):
    """Four weeks from a Monday so many weeks after a history's end."""
    first = END + timedelta(days=-END.weekday() % 7 + 7 * weeks)
    start = day_starts(first, 1, "UTC")[0]
    return forecast(made.poisson_history(60, 400), [made.queue_named("q")], start, 28 * 24, 60, "UTC", **more)


def test_the_further_the_less_sure_and_four_weeks_are_usual(made):
    near, usual, later, last = (after(made, weeks) for weeks in (0, 3, 26, 78))
    assert near.spread == usual.spread
    assert near.notices == usual.notices == ()
    assert later.mean.sum() == pytest.approx(near.mean.sum(), rel=0.05)
    widths = [
        unit_band(one, "q", "week", 0.9) - unit_band(one, "q", "week", 0.1) for one in (near, later, last)
    ]
    assert (widths[0] < widths[1]).all()
    assert (widths[1] < widths[2]).all()
    assert later.spread["q"].level == pytest.approx(0.004 * 22, rel=0.05)
    assert later.high.sum() > near.high.sum()


def test_the_waterfall_is_less_sure_from_its_first_step(made):
    near, later = (after(made, weeks).steps[0] for weeks in (0, 26))
    assert later.high - later.low > 1.5 * (near.high - near.low)


def test_it_is_told_once_with_day_and_size(made):
    told = [str(notice) for notice in after(made, 26).notices]
    assert len(told) == 1
    assert "ends on 2025-02-03, 27 weeks before the period" in told[0]
    assert "about 30% either way" in told[0]


def test_a_period_inside_the_history_is_as_sure_as_ever(made):
    first = day_starts(date(2024, 12, 2), 1, "UTC")[0]
    inside = forecast(made.poisson_history(60, 400), [made.queue_named("q")], first, 24, 60, "UTC")
    assert inside.spread["q"].level == 0.0
    assert np.isfinite(inside.mean).all()
