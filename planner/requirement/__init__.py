"""How many people must be on duty: staffing formulas, deferred work, shrinkage, the need."""

from planner.requirement.appointments import appointments
from planner.requirement.changes import renamed, with_cut, with_margin
from planner.requirement.chat import ChatMeasures, chat_measures, fit_speed, required_chat_agents
from planner.requirement.deferred import OpenTimes, due_at
from planner.requirement.erlang import ErlangMeasures, erlang_b, erlang_c, measures
from planner.requirement.erlang_inverse import required_agents
from planner.requirement.escalation import on_call_busy
from planner.requirement.flows import Flows, flows_of
from planner.requirement.fluid import fluid_staffing
from planner.requirement.forward import staff_forward
from planner.requirement.gap import people_between
from planner.requirement.handled import handled_because
from planner.requirement.interval import Leavers
from planner.requirement.need import WORK_UNIT_SECONDS, Backlog, Need, Post
from planner.requirement.report import erlang_report
from planner.requirement.require import require
from planner.requirement.sending import beyond_reach, reachable_share
from planner.requirement.settings import NeedSettings, RoleNeed
from planner.requirement.shrinkage import gross_people, payroll_fte, rostered_people
from planner.requirement.transient import Transient, transient
from planner.requirement.uncertainty import (
    Policy,
    chance_below,
    expected_service_level,
    quantile_factor,
    relative_variance,
)

__all__ = [
    "WORK_UNIT_SECONDS",
    "Backlog",
    "ChatMeasures",
    "ErlangMeasures",
    "Flows",
    "Leavers",
    "Need",
    "NeedSettings",
    "OpenTimes",
    "Policy",
    "Post",
    "RoleNeed",
    "Transient",
    "appointments",
    "beyond_reach",
    "chance_below",
    "chat_measures",
    "due_at",
    "erlang_b",
    "erlang_c",
    "erlang_report",
    "expected_service_level",
    "fit_speed",
    "flows_of",
    "fluid_staffing",
    "gross_people",
    "handled_because",
    "measures",
    "on_call_busy",
    "payroll_fte",
    "people_between",
    "quantile_factor",
    "reachable_share",
    "relative_variance",
    "renamed",
    "require",
    "required_agents",
    "required_chat_agents",
    "rostered_people",
    "staff_forward",
    "transient",
    "with_cut",
    "with_margin",
]
