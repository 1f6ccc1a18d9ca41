"""Labour rules: one file per rule, the shapes they speak in, and the judge.

A rule says the same thing three times: ``shapes`` for the engine, ``check`` for the judge (on
clock times, without shapes or solver), ``explain`` for people.
"""

from planner.rules.amounts import amounts, team_amount, total_of
from planner.rules.average_hours import AverageHours
from planner.rules.break_law import longest_break
from planner.rules.calendar import AgentCalendar, calendars
from planner.rules.contract import credit_minutes, left_to_work
from planner.rules.decisions import Decided
from planner.rules.implied import without_implied
from planner.rules.judge import judge
from planner.rules.layers import (
    below_pack,
    decisions_for,
    rules_for,
    team_rules_for,
    unknown_people,
)
from planner.rules.marks import begun_unit, carried_run, selects, units_left, units_of
from planner.rules.naming import unknown_shifts
from planner.rules.pack import Pack, Parameter, load_pack, not_checked, pack_names, unknown_premiums
from planner.rules.pack_file import read_pack
from planner.rules.reading import read_rules
from planner.rules.registry import REGISTRY, TEAM_REGISTRY, discover
from planner.rules.rule import Hours, Rule, Violation
from planner.rules.shapes import ANY_DUTY, WORKING, Each, Gap, Mark, Rest, Run, Shape, Span, Sum, Team
from planner.rules.table import rules_table
from planner.rules.team_rule import TeamRule, team_shapes

__all__ = [
    "ANY_DUTY",
    "REGISTRY",
    "TEAM_REGISTRY",
    "WORKING",
    "AgentCalendar",
    "AverageHours",
    "Decided",
    "Each",
    "Gap",
    "Hours",
    "Mark",
    "Pack",
    "Parameter",
    "Rest",
    "Rule",
    "Run",
    "Shape",
    "Span",
    "Sum",
    "Team",
    "TeamRule",
    "Violation",
    "amounts",
    "begun_unit",
    "below_pack",
    "calendars",
    "carried_run",
    "credit_minutes",
    "decisions_for",
    "discover",
    "judge",
    "left_to_work",
    "load_pack",
    "longest_break",
    "not_checked",
    "pack_names",
    "read_pack",
    "read_rules",
    "rules_for",
    "rules_table",
    "selects",
    "team_amount",
    "team_rules_for",
    "team_shapes",
    "total_of",
    "units_left",
    "units_of",
    "unknown_people",
    "unknown_premiums",
    "unknown_shifts",
    "without_implied",
]
