"""24/7 shift coverage planner: from ticket history to a proven rota.

The pipeline::

    ticket history -> forecast -> requirement -> rota -> simulated service -> comparison -> files

>>> from planner import Scenario, forecast, read_history, require, schedule, simulate

Every public name is loaded on first use, so that checking a scenario never waits for the solver.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_HOMES = {
    "Scenario": "planner.study",
    "audit": "planner.study",
    "check": "planner.study",
    "compare": "planner.study",
    "forecast": "planner.study",
    "plan": "planner.study",
    "read_history": "planner.study",
    "require": "planner.study",
    "rollout": "planner.study",
    "schedule": "planner.study",
    "simulate": "planner.study",
}

__all__ = sorted(_HOMES)


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(name)


def __dir__() -> list[str]:
    return [*globals(), *__all__]
