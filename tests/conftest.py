"""What all tests share."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def shared() -> Path:
    """Folder of reference data: beside the repository, as the test suite of the whole project has it."""
    return Path(__file__).parents[2] / "shared"
