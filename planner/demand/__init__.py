"""Ticket history in, forecast out.

The nouns are light; reading and forecasting are loaded when they are first used, so that checking a scenario
imports neither pandas nor numpy.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from planner.demand.arrivals import History, ImportReport, Spread, Volumes
from planner.demand.asks import Driver, Event, ForecastAsks, OpenSince, Override, Ramp, Step
from planner.demand.calendar import DemandCalendar
from planner.demand.intake.looks import Look, Met, Sampled
from planner.demand.intake.sources import COLUMNS, MAPPING_KEYS, HistorySource
from planner.demand.intake.words import LANGUAGE_CODES
from planner.demand.planned import PlannedWindow, PlannedWork
from planner.demand.profiles import (
    Detected,
    SavedMapping,
    detect,
    known_profiles,
    mapping_mistakes,
    mapping_text,
    profile_names,
    read_mapping,
    save_mapping,
)
from planner.demand.queue import (
    CHAT_SPEED,
    LIVE_CHANNELS,
    Channel,
    Definition,
    HandledAs,
    Promise,
    PromiseClock,
    Queue,
)
from planner.demand.tickets import Panels, Suggestion, Tickets

if TYPE_CHECKING:
    from planner.demand.actuals import Came, QueueActuals, against, came_to
    from planner.demand.backtesting import (
        AccuracyReport,
        Finding,
        accuracy_report,
        backtest,
        chance_deviance,
        deviance,
        noise_floor,
        part_inside,
        reached,
    )
    from planner.demand.backtesting.advice import advised_grain
    from planner.demand.checks.backlog import backlog_curve, backlog_growth, backlog_messages
    from planner.demand.checks.panels import panels_of
    from planner.demand.checks.panels_file import read_panels, write_panels
    from planner.demand.checks.repetitive import self_service_candidates, self_service_messages
    from planner.demand.checks.suggesting import accepted, suggest
    from planner.demand.curve.bands import unit_band
    from planner.demand.curve.by_hour import LAST_WEEKS, came_by_hour, expected_by_hour
    from planner.demand.curve.drawing import draws, stream_of
    from planner.demand.curve.prospects import outlook
    from planner.demand.curve.together import all_band
    from planner.demand.curve.typical import WEEKDAY_FACTORS, typical_volumes
    from planner.demand.forecasting import forecast
    from planner.demand.intake.counts_file import write_counts
    from planner.demand.intake.history import read_history
    from planner.demand.intake.looking import look
    from planner.demand.outbound import mean_week
    from planner.demand.told.drivers import USUAL_SOLVED, least_contacts, self_service
    from planner.demand.told.events import is_labelled
    from planner.demand.told.pilot import Learnt
    from planner.demand.told.stated import with_asks

__all__ = [
    "CHAT_SPEED",
    "COLUMNS",
    "LANGUAGE_CODES",
    "LAST_WEEKS",
    "LIVE_CHANNELS",
    "MAPPING_KEYS",
    "USUAL_SOLVED",
    "WEEKDAY_FACTORS",
    "AccuracyReport",
    "Came",
    "Channel",
    "Definition",
    "DemandCalendar",
    "Detected",
    "Driver",
    "Event",
    "Finding",
    "ForecastAsks",
    "HandledAs",
    "History",
    "HistorySource",
    "ImportReport",
    "Learnt",
    "Look",
    "Met",
    "OpenSince",
    "Override",
    "Panels",
    "PlannedWindow",
    "PlannedWork",
    "Promise",
    "PromiseClock",
    "Queue",
    "QueueActuals",
    "Ramp",
    "Sampled",
    "SavedMapping",
    "Spread",
    "Step",
    "Suggestion",
    "Tickets",
    "Volumes",
    "accepted",
    "accuracy_report",
    "advised_grain",
    "against",
    "all_band",
    "backlog_curve",
    "backlog_growth",
    "backlog_messages",
    "backtest",
    "came_by_hour",
    "came_to",
    "chance_deviance",
    "detect",
    "deviance",
    "draws",
    "expected_by_hour",
    "forecast",
    "is_labelled",
    "known_profiles",
    "least_contacts",
    "look",
    "mapping_mistakes",
    "mapping_text",
    "mean_week",
    "noise_floor",
    "outlook",
    "panels_of",
    "part_inside",
    "profile_names",
    "reached",
    "read_history",
    "read_mapping",
    "read_panels",
    "save_mapping",
    "self_service",
    "self_service_candidates",
    "self_service_messages",
    "stream_of",
    "suggest",
    "typical_volumes",
    "unit_band",
    "with_asks",
    "write_counts",
    "write_panels",
]

_LATER = {
    "Came": "actuals",
    "Learnt": "told.pilot",
    "QueueActuals": "actuals",
    "against": "actuals",
    "came_to": "actuals",
    "unit_band": "curve.bands",
    "all_band": "curve.together",
    "LAST_WEEKS": "curve.by_hour",
    "came_by_hour": "curve.by_hour",
    "expected_by_hour": "curve.by_hour",
    "advised_grain": "backtesting",
    "look": "intake.looking",
    "AccuracyReport": "backtesting",
    "Finding": "backtesting",
    "WEEKDAY_FACTORS": "curve.typical",
    "accepted": "checks.suggesting",
    "accuracy_report": "backtesting",
    "backlog_curve": "checks.backlog",
    "backlog_growth": "checks.backlog",
    "backlog_messages": "checks.backlog",
    "backtest": "backtesting",
    "chance_deviance": "backtesting",
    "deviance": "backtesting",
    "draws": "curve.drawing",
    "USUAL_SOLVED": "told.drivers",
    "forecast": "forecasting",
    "is_labelled": "told.events",
    "least_contacts": "told.drivers",
    "self_service": "told.drivers",
    "mean_week": "outbound",
    "noise_floor": "backtesting",
    "outlook": "curve.prospects",
    "part_inside": "backtesting",
    "reached": "backtesting",
    "panels_of": "checks.panels",
    "read_history": "intake.history",
    "read_panels": "checks.panels_file",
    "write_panels": "checks.panels_file",
    "self_service_candidates": "checks.repetitive",
    "self_service_messages": "checks.repetitive",
    "stream_of": "curve.drawing",
    "suggest": "checks.suggesting",
    "typical_volumes": "curve.typical",
    "with_asks": "told.stated",
    "write_counts": "intake.counts_file",
}


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
