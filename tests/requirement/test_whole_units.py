"""Work in whole units: what was done when a queue closed is not due by one unit more afterwards."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from planner.requirement.work import whole_units


@given(st.lists(st.floats(0.0, 9.0), min_size=2, max_size=20), st.integers(1, 19))
def test_nothing_falls_due_while_closed_if_all_was_done_before(work: list[float], closes: int) -> None:
    arriving = np.array(work)
    closes = min(closes, len(work) - 1)
    arrived = np.cumsum(arriving)
    due = np.where(np.arange(len(work)) < closes, arrived, arrived[closes - 1])
    units, not_due = whole_units(arriving, arrived - due)
    since = np.cumsum(units[closes:])
    assert (since <= not_due[closes:]).all()
    assert abs(int(units.sum()) - arriving.sum()) <= 0.5 + 1e-9
