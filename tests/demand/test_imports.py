"""Checking a scenario needs the nouns of demand, but neither pandas nor numpy."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import planner.demand


def test_the_nouns_are_light():
    code = "import sys, planner.demand; print({'pandas', 'numpy', 'scipy'} & set(sys.modules))"
    root = Path(planner.demand.__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root)
    assert done.stdout.strip() == "set()"


def test_forecasting_needs_no_scipy():
    code = "import sys, planner.demand; planner.demand.backtest; print('scipy' in sys.modules)"
    root = Path(planner.demand.__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root)
    assert done.stdout.strip() == "False"


def test_all_names_can_be_had():
    for name in planner.demand.__all__:
        assert getattr(planner.demand, name) is not None
