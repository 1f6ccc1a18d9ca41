"""What all tests share."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

# A shared, slow machine is no failure; time is measured by the benchmarks.
settings.register_profile("house", deadline=None)
settings.load_profile("house")


@pytest.fixture(scope="session")
def shared() -> Path:
    """Folder of reference data: beside the repository, as the test suite of the whole project has it."""
    return Path(__file__).parents[2] / "shared"
