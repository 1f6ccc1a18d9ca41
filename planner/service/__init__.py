"""What customers get from a rota: event simulation of any rota, ours or one from a file."""

from planner.service.frame import service_frame
from planner.service.measures import (
    Fates,
    ServiceLevels,
    fates,
    kept_by_week,
    kept_share,
    occupancy,
    service_levels,
    summaries,
    weeks_kept,
)
from planner.service.planned import PlannedDone
from planner.service.records import Outcome, Records, Service
from planner.service.settings import BadHours, ServiceSettings, usual_replications
from planner.service.simulation import simulate

__all__ = [
    "BadHours",
    "Fates",
    "Outcome",
    "PlannedDone",
    "Records",
    "Service",
    "ServiceLevels",
    "ServiceSettings",
    "fates",
    "kept_by_week",
    "kept_share",
    "occupancy",
    "service_frame",
    "service_levels",
    "simulate",
    "summaries",
    "usual_replications",
    "weeks_kept",
]
