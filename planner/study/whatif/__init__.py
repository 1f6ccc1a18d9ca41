"""What-ifs: changes of a scenario in a manager's words, each in a file, each said in ordinary keys."""

from planner.study.whatif.change import Change
from planner.study.whatif.changing import changed, changed_by, read_changed
from planner.study.whatif.form import preview, settings_of, typed_change
from planner.study.whatif.registry import CHANGES
from planner.study.whatif.table import changes_table
from planner.study.whatif.writing import asked_in_words, what_if_file

__all__ = [
    "CHANGES",
    "Change",
    "asked_in_words",
    "changed",
    "changed_by",
    "changes_table",
    "preview",
    "read_changed",
    "settings_of",
    "typed_change",
    "what_if_file",
]
