"""What customers get from a rota: event simulation of any rota, ours or one from a file."""

from planner.service.backlog import backlog_frame, waiting
from planner.service.busy import occupancy, occupancy_frame
from planner.service.curves import CURVE_SECONDS, WITHIN_SECONDS, Curve, curve_frame, share_within
from planner.service.escalations import busy_chance, escalations
from planner.service.fates import FEWEST_CONTACTS, Fates, fates, open_waited
from planner.service.frame import by_day, quiet_hours, service_frame, worst_hours
from planner.service.levels import ServiceLevels, kept_by_week, kept_share, service_levels, weeks_kept
from planner.service.periods import answered_by_period, kept_by_period, wait_by_period
from planner.service.planned import PlannedDone
from planner.service.records import Outcome, Records, Service
from planner.service.settings import BadHours, ServiceSettings, usual_replications
from planner.service.simulation import simulate
from planner.service.waits import response_times, summaries

__all__ = [
    "CURVE_SECONDS",
    "FEWEST_CONTACTS",
    "WITHIN_SECONDS",
    "BadHours",
    "Curve",
    "Fates",
    "Outcome",
    "PlannedDone",
    "Records",
    "Service",
    "ServiceLevels",
    "ServiceSettings",
    "answered_by_period",
    "backlog_frame",
    "busy_chance",
    "by_day",
    "curve_frame",
    "escalations",
    "fates",
    "kept_by_period",
    "kept_by_week",
    "kept_share",
    "occupancy",
    "occupancy_frame",
    "open_waited",
    "quiet_hours",
    "response_times",
    "service_frame",
    "service_levels",
    "share_within",
    "simulate",
    "summaries",
    "usual_replications",
    "wait_by_period",
    "waiting",
    "weeks_kept",
    "worst_hours",
]
