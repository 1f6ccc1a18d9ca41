"""A small world: one e-mail queue per language, and files made row by row."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from planner.demand import Promise, Queue


@pytest.fixture
def queues() -> list[Queue]:
    """English and Italian by e-mail, Italian by phone."""
    promise = Promise(0.9, 7200)
    return [
        Queue("email en", "email", "en", 600, promise),
        Queue("email it", "email", "it", 600, promise),
        Queue("phone it", "phone", "it", 600, promise),
    ]


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write lines, or bytes, to a file of the test's own folder."""

    def write(content: Iterable[str] | bytes, name: str = "tickets.csv") -> Path:
        file = tmp_path / name
        data = content if isinstance(content, bytes) else ("\n".join(content) + "\n").encode()
        file.write_bytes(data)
        return file

    return write
