"""The room's functions are found whatever was loaded before; modules of their names do not hide them."""

from __future__ import annotations

import subprocess
import sys

import pytest

import planner.study


@pytest.mark.parametrize("first", ["Plan, rollout_summary, Comparison, Rollout", "write_rollout", "steps"])
def test_modules_do_not_hide_functions(first: str) -> None:
    code = (
        f"from planner.study import {first}; from planner.study import compare, plan, rollout, summary;"
        "assert all(callable(each) for each in (compare, plan, rollout, summary))"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def test_every_public_name_is_there() -> None:
    assert planner.study.__all__ == sorted(planner.study.__all__)
    for name in planner.study.__all__:
        assert getattr(planner.study, name).__name__ == name
    with pytest.raises(AttributeError):
        getattr(planner.study, "nothing")  # noqa: B009 - it is the look-up that is tested
