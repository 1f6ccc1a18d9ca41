"""The planner held to published numbers and to independent computations, by running.

``checks()`` are all numbers with their sources, ``errata()`` are published values that are wrong; the
document ``VALIDATION.md`` beside this module is written by ``python -m planner validate --write FILE``.
"""

from planner.study.validation.check import Case, Check
from planner.study.validation.corrections import Erratum, errata
from planner.study.validation.register import GROUPS, checks
from planner.study.validation.tables import checks_frame, errata_frame
from planner.study.validation.writing import FILE, checks_table, document, group_name, link, summary

__all__ = [
    "FILE",
    "GROUPS",
    "Case",
    "Check",
    "Erratum",
    "checks",
    "checks_frame",
    "checks_table",
    "document",
    "errata",
    "errata_frame",
    "group_name",
    "link",
    "summary",
]
