"""A rota handed on: files for HR, payroll, other systems and the people in it."""

from planner.study.export.dossier import Dossier, dossier_of, open_dossier
from planner.study.export.formats import FORMATS, Format, Wanted, by_template, make
from planner.study.export.made import Made, together
from planner.study.export.staff import Staff, read_staff, staff_of
from planner.study.export.whole import all_files
from planner.study.export.writing import write_made

__all__ = [
    "FORMATS",
    "Dossier",
    "Format",
    "Made",
    "Staff",
    "Wanted",
    "all_files",
    "by_template",
    "dossier_of",
    "make",
    "open_dossier",
    "read_staff",
    "staff_of",
    "together",
    "write_made",
]
