"""Hours missing on posts: the bound counts the hours of their shifts, whatever a post's price is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from planner.requirement import Post
from planner.rota import ShiftType
from planner.scheduling import Problem, SolveSettings, schedule

WorldMaker = Callable[..., Problem]
DAY = ShiftType("day", (480,), 510, break_minutes=60)


@pytest.mark.parametrize("engine", ["search", "cp-sat"])
@pytest.mark.parametrize("cents", [1000, 200_000])
def test_missing_hours_on_posts_are_never_overrated(world: WorldMaker, engine: str, cents: int) -> None:
    """One of two is missing on a shift of 7.5 h on three days, and nobody pauses for another: 25.5 h."""
    made = world(["en"], {"en": [0] * 8 + [1] * 8 + [0] * 8}, [DAY], 3, missing_cents=1500)
    two = np.array([2, 2, 2])
    post = Post("2 on day", "day", two, np.full(3, cents), np.zeros(3, np.int64), 7.5)
    result = schedule(
        replace(made, need=replace(made.need, posts=(post,))), SolveSettings(engine, iterations=100)
    )
    assert result.missing_hours == 25.5
    assert result.missing_hours_bound is not None
    assert result.missing_hours_bound <= 25.5
    if engine == "cp-sat":
        assert result.missing_hours_bound == 25.5
    assert result.bound_cents == result.objective.total
