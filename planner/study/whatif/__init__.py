"""What-ifs: changes of a scenario in a manager's words, each in a file, each said in ordinary keys."""

from planner.study.whatif.change import Change
from planner.study.whatif.changing import changed, changed_by, read_changed
from planner.study.whatif.registry import CHANGES

__all__ = ["CHANGES", "Change", "changed", "changed_by", "read_changed"]
