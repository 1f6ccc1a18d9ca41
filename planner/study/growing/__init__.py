"""Hiring ahead: when whom to hire as demand grows and people leave, and when a backlog is gone."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from planner.study.growing.dates import Earliest, OneOff, earliest, one_off
from planner.study.growing.stages import StageStart, stage_starts

if TYPE_CHECKING:
    from planner.study.growing.ahead import hiring_plan, with_goal
    from planner.study.growing.anchors import Anchor, Ladder
    from planner.study.growing.files import hiring_plan_summary, projections, write_hiring_plan
    from planner.study.growing.nouns import HiringPlan
    from planner.study.growing.projection import Projection, project

_HOMES = {
    "Anchor": "anchors",
    "HiringPlan": "nouns",
    "Ladder": "anchors",
    "Projection": "projection",
    "hiring_plan": "ahead",
    "hiring_plan_summary": "files",
    "project": "projection",
    "projections": "files",
    "with_goal": "ahead",
    "write_hiring_plan": "files",
}

__all__ = [
    "Anchor",
    "Earliest",
    "HiringPlan",
    "Ladder",
    "OneOff",
    "Projection",
    "StageStart",
    "earliest",
    "hiring_plan",
    "hiring_plan_summary",
    "one_off",
    "project",
    "projections",
    "stage_starts",
    "with_goal",
    "write_hiring_plan",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(name)
    found = getattr(import_module(f"planner.study.growing.{_HOMES[name]}"), name)
    globals()[name] = found
    return found
