"""The nouns of scheduling: shifts, tours, cover, cost; no solver, no rules."""

from planner.rota.cells import csv_lines, csv_text, guard, unguard
from planner.rota.changes import Change, changes
from planner.rota.cover import (
    Cover,
    extra_cost,
    missing_cost,
    missing_post_hours,
    people_on_duty,
    people_on_post,
    recount,
)
from planner.rota.ledger import LEDGER_COLUMNS, Ledger, LedgerRow, is_early, ledger_rows
from planner.rota.ledger_file import read_ledger
from planner.rota.local_days import holiday_minutes, holiday_names, sunday_minutes
from planner.rota.options import break_starts, open_type, option_of, options_for, shift_of
from planner.rota.paid_spans import PaidSpan, paid_spans
from planner.rota.pattern import PATTERN_COLUMNS, pattern_csv, pattern_text, read_pattern
from planner.rota.pay import Allowance, PayTerms, ShiftCost, pay_terms, rota_cost, shift_cost
from planner.rota.payroll_terms import CALENDAR_MONTHS, LATEST_FIRST_DAY, PayrollTerms
from planner.rota.pieces import pieces_of
from planner.rota.reading import people_who_left, read_rota, version_in
from planner.rota.rotation import Rotation, counts, dated_rota, week_of
from planner.rota.rotation_check import check_rotation
from planner.rota.rotation_terms import Block, Forbidden, Limits, RotationTerms, rest_after
from planner.rota.rotation_wishes import NO_WISHES, USUAL_WISHES, Wishes, points, wished
from planner.rota.shifts import Kind, Option, Rota, Shift, ShiftType, Status
from planner.rota.site_pay import SitePay
from planner.rota.table import ROTA_COLUMNS, fairness, rota_frame, shift_ids

__all__ = [
    "CALENDAR_MONTHS",
    "LATEST_FIRST_DAY",
    "LEDGER_COLUMNS",
    "NO_WISHES",
    "PATTERN_COLUMNS",
    "ROTA_COLUMNS",
    "USUAL_WISHES",
    "Allowance",
    "Block",
    "Change",
    "Cover",
    "Forbidden",
    "Kind",
    "Ledger",
    "LedgerRow",
    "Limits",
    "Option",
    "PaidSpan",
    "PayTerms",
    "PayrollTerms",
    "Rota",
    "Rotation",
    "RotationTerms",
    "Shift",
    "ShiftCost",
    "ShiftType",
    "SitePay",
    "Status",
    "Wishes",
    "break_starts",
    "changes",
    "check_rotation",
    "counts",
    "csv_lines",
    "csv_text",
    "dated_rota",
    "extra_cost",
    "fairness",
    "guard",
    "holiday_minutes",
    "holiday_names",
    "is_early",
    "ledger_rows",
    "missing_cost",
    "missing_post_hours",
    "open_type",
    "option_of",
    "options_for",
    "paid_spans",
    "pattern_csv",
    "pattern_text",
    "pay_terms",
    "people_on_duty",
    "people_on_post",
    "people_who_left",
    "pieces_of",
    "points",
    "read_ledger",
    "read_pattern",
    "read_rota",
    "recount",
    "rest_after",
    "rota_cost",
    "rota_frame",
    "shift_cost",
    "shift_ids",
    "shift_of",
    "sunday_minutes",
    "unguard",
    "version_in",
    "week_of",
    "wished",
]
