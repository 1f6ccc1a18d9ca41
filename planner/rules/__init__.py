"""Labour rules: one file per rule, the shapes they speak in, and the judge.

A rule says the same thing three times: ``shapes`` for the engine, ``check`` for the judge (on
clock times, without shapes or solver), ``explain`` for people.
"""

from planner.rules.amounts import amounts
from planner.rules.calendar import AgentCalendar, calendars
from planner.rules.judge import judge
from planner.rules.marks import carried_run, selects
from planner.rules.registry import REGISTRY, discover
from planner.rules.rule import Hours, Rule, Violation
from planner.rules.shapes import ANY_DUTY, WORK, WORKING, Each, Gap, Mark, Rest, Run, Shape, Sum

__all__ = [
    "ANY_DUTY",
    "REGISTRY",
    "WORK",
    "WORKING",
    "AgentCalendar",
    "Each",
    "Gap",
    "Hours",
    "Mark",
    "Rest",
    "Rule",
    "Run",
    "Shape",
    "Sum",
    "Violation",
    "amounts",
    "calendars",
    "carried_run",
    "discover",
    "judge",
    "selects",
]
