"""Scenario files, the pipeline, plans, rollouts, comparisons and their files.

Names are loaded on first use: checking a scenario waits for neither solver nor pandas.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from planner.study.actuals import Actuals, actuals, actuals_summary
    from planner.study.actuals_files import write_actuals
    from planner.study.brief import rollout_brief
    from planner.study.checked import no_finding, not_checked, rules_report
    from planner.study.compare import Comparison, compare, in_words
    from planner.study.data_check import data_findings
    from planner.study.files import PlanFiles, read_plan, write_plan
    from planner.study.frontier import Frontier, frontier
    from planner.study.frontier_files import frontier_summary, write_frontier
    from planner.study.hiring import Hiring, hire
    from planner.study.hiring_files import hiring_summary, write_hiring
    from planner.study.importing import Imported, import_file, import_lines, write_import
    from planner.study.next_hours.files import next_hours_summary, write_next_hours
    from planner.study.next_hours.run import NextHours, best_hours
    from planner.study.nights import Nights, nights
    from planner.study.nights_files import write_nights
    from planner.study.nights_words import nights_summary
    from planner.study.plan import Plan, plan
    from planner.study.progress import PlanProgress
    from planner.study.promise import PriceCurve, promise
    from planner.study.promise_files import promise_summary, write_promise
    from planner.study.publish import Publication, publish
    from planner.study.publish_files import publish_summary, write_publication
    from planner.study.reaching import Reach, reach
    from planner.study.reaching_files import reach_summary, write_reach
    from planner.study.rollout import Rollout, rollout
    from planner.study.rollout_files import refuse_folder, write_comparison, write_rollout
    from planner.study.scenario import Gate, Scenario, check, findings
    from planner.study.steps import (
        audit,
        demand_and_need,
        forecast,
        read_history,
        require,
        schedule,
        simulate,
    )
    from planner.study.summary import forecast_report, rollout_summary, summary

_HOMES = {
    "Actuals": "actuals",
    "Comparison": "compare",
    "Frontier": "frontier",
    "Gate": "scenario",
    "Hiring": "hiring",
    "NextHours": "next_hours.run",
    "Nights": "nights",
    "Plan": "plan",
    "PlanFiles": "files",
    "PlanProgress": "progress",
    "PriceCurve": "promise",
    "Publication": "publish",
    "Reach": "reaching",
    "Rollout": "rollout",
    "Scenario": "scenario",
    "actuals": "actuals",
    "actuals_summary": "actuals",
    "audit": "steps",
    "best_hours": "next_hours.run",
    "check": "scenario",
    "compare": "compare",
    "data_findings": "data_check",
    "demand_and_need": "steps",
    "findings": "scenario",
    "forecast": "steps",
    "Imported": "importing",
    "import_file": "importing",
    "import_lines": "importing",
    "write_import": "importing",
    "forecast_report": "summary",
    "frontier": "frontier",
    "frontier_summary": "frontier_files",
    "hire": "hiring",
    "hiring_summary": "hiring_files",
    "in_words": "compare",
    "next_hours_summary": "next_hours.files",
    "nights": "nights",
    "nights_summary": "nights_words",
    "no_finding": "checked",
    "not_checked": "checked",
    "rules_report": "checked",
    "plan": "plan",
    "promise": "promise",
    "promise_summary": "promise_files",
    "publish": "publish",
    "publish_summary": "publish_files",
    "reach": "reaching",
    "reach_summary": "reaching_files",
    "read_history": "steps",
    "read_plan": "files",
    "refuse_folder": "rollout_files",
    "require": "steps",
    "rollout": "rollout",
    "rollout_brief": "brief",
    "rollout_summary": "summary",
    "schedule": "steps",
    "simulate": "steps",
    "summary": "summary",
    "write_actuals": "actuals_files",
    "write_comparison": "rollout_files",
    "write_frontier": "frontier_files",
    "write_hiring": "hiring_files",
    "write_next_hours": "next_hours.files",
    "write_nights": "nights_files",
    "write_plan": "files",
    "write_promise": "promise_files",
    "write_publication": "publish_files",
    "write_reach": "reaching_files",
    "write_rollout": "rollout_files",
}

__all__ = [
    "Actuals",
    "Comparison",
    "Frontier",
    "Gate",
    "Hiring",
    "Imported",
    "NextHours",
    "Nights",
    "Plan",
    "PlanFiles",
    "PlanProgress",
    "PriceCurve",
    "Publication",
    "Reach",
    "Rollout",
    "Scenario",
    "actuals",
    "actuals_summary",
    "audit",
    "best_hours",
    "check",
    "compare",
    "data_findings",
    "demand_and_need",
    "findings",
    "forecast",
    "forecast_report",
    "frontier",
    "frontier_summary",
    "hire",
    "hiring_summary",
    "import_file",
    "import_lines",
    "in_words",
    "next_hours_summary",
    "nights",
    "nights_summary",
    "no_finding",
    "not_checked",
    "plan",
    "promise",
    "promise_summary",
    "publish",
    "publish_summary",
    "reach",
    "reach_summary",
    "read_history",
    "read_plan",
    "refuse_folder",
    "require",
    "rollout",
    "rollout_brief",
    "rollout_summary",
    "rules_report",
    "schedule",
    "simulate",
    "summary",
    "write_actuals",
    "write_comparison",
    "write_frontier",
    "write_hiring",
    "write_import",
    "write_next_hours",
    "write_nights",
    "write_plan",
    "write_promise",
    "write_publication",
    "write_reach",
    "write_rollout",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(name)
    found = getattr(import_module(f"planner.study.{_HOMES[name]}"), name)
    globals()[name] = found
    return found


class _Room(ModuleType):
    """The package: loading ``study/plan.py`` must not put the module where the function ``plan`` is."""

    def __setattr__(self, name: str, value: object) -> None:
        if name not in _HOMES or not isinstance(value, ModuleType):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Room
