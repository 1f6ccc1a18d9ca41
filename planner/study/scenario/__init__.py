"""The scenario: a manager's file, its mistakes with their places, and what the rooms below make of it."""

from planner.study.scenario.checking import Findings, check, findings
from planner.study.scenario.gates import Gate
from planner.study.scenario.model import Scenario
from planner.study.scenario.table import scenario_table

__all__ = ["Findings", "Gate", "Scenario", "check", "findings", "scenario_table"]
