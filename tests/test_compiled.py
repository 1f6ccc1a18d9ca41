"""The optional compiler: what it keeps is thrown away when a file beside it changes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

CALLER = """
from planner._compiled import compiled
from {name} import twice

@compiled
def four_times(number):
    return 2 * twice(number)
"""
CALLED = """
from planner._compiled import compiled

@compiled
def twice(number):
    return {factor} * number
"""


def test_compiled_code_follows_the_files_it_calls(tmp_path: Path):
    pytest.importorskip("numba")
    said = []
    for factor in (2, 3):
        (tmp_path / "called.py").write_text(CALLED.format(factor=factor), encoding="utf-8")
        if factor == 2:
            (tmp_path / "caller.py").write_text(CALLER.format(name="called"), encoding="utf-8")
        done = subprocess.run(
            [sys.executable, "-c", "import caller; print(caller.four_times(1))"],
            env=os.environ | {"PYTHONPATH": os.pathsep.join([str(tmp_path), str(Path(__file__).parents[1])])},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        said.append(done.stdout.strip())
    assert said == ["4", "6"]
