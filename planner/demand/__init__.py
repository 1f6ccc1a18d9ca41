"""Ticket history in, forecast out.

The nouns are light; reading and forecasting are loaded when they are first used, so that checking a scenario
imports neither pandas nor numpy.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from planner.demand.arrivals import History, ImportReport, Spread, Volumes
from planner.demand.queue import Channel, HandledAs, Promise, Queue
from planner.demand.sources import HistorySource

if TYPE_CHECKING:
    from planner.demand.history import read_history

__all__ = [
    "Channel",
    "HandledAs",
    "History",
    "HistorySource",
    "ImportReport",
    "Promise",
    "Queue",
    "Spread",
    "Volumes",
    "read_history",
]

_LATER = {"read_history": "history"}


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
