"""Ticket history in, forecast out."""

from planner.demand.arrivals import History, ImportReport, Spread, Volumes
from planner.demand.queue import Channel, HandledAs, Promise, Queue

__all__ = ["Channel", "HandledAs", "History", "ImportReport", "Promise", "Queue", "Spread", "Volumes"]
