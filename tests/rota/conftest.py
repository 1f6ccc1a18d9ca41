"""A small team over two sites, and a short way to write shifts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest

from planner.clock import to_utc
from planner.people import Agent, Site, Team
from planner.rota import Shift


@pytest.fixture
def team() -> Team:
    """Anna in Rome (Italian and French), Bo in Manila (English), Eve the engineer in Rome."""
    rome = Site("Rome", "Europe/Rome", "Rome", night=(1320, 360), night_premium=0.15)
    manila = Site("Manila", "Asia/Manila", "PH", night=(1320, 360), night_premium=0.10)
    anna = Agent(
        "Anna", "Rome", "Europe/Rome", {"it": None, "fr": None}, cost_per_hour=21.35, payroll_id="007"
    )
    bo = Agent("Bo", "Manila", "Asia/Manila", {"en": None}, cost_per_hour=4.5)
    eve = Agent("Eve", "Rome", "Europe/Rome", {}, teams=frozenset({"engineer"}), cost_per_hour=30)
    return Team((anna, bo, eve), (rome, manila))


@pytest.fixture
def shift_at() -> Callable[..., Shift]:
    """A shift from two local stamps: ``shift_at("Anna", "2026-03-28 22:00", "2026-03-29 06:00")``."""

    def make(agent: str, start: str, end: str, zone: str = "Europe/Rome", **more: object) -> Shift:
        first, last = (to_utc(*stamp.split(" "), zone) for stamp in (start, end))
        settings = {"name": "made", **more}
        return Shift(first, agent, last, day=date.fromisoformat(start[:10]), zone=zone, **settings)  # type: ignore[arg-type]

    return make


@pytest.fixture
def instant() -> Callable[..., datetime]:
    """An instant from a local stamp."""
    return lambda stamp, zone="Europe/Rome": to_utc(*stamp.split(" "), zone)
