"""The nouns of scheduling: shifts, tours, cover, cost; no solver, no rules."""

from planner.rota.cells import csv_text, guard, unguard
from planner.rota.cover import (
    Cover,
    extra_cost,
    missing_cost,
    missing_post_hours,
    people_on_duty,
    people_on_post,
    recount,
)
from planner.rota.ledger import LEDGER_COLUMNS, Ledger, LedgerRow, ledger_rows
from planner.rota.ledger_file import read_ledger
from planner.rota.options import break_starts, open_type, option_of, options_for, shift_of
from planner.rota.pay import Allowance, PayTerms, ShiftCost, SitePay, pay_terms, rota_cost, shift_cost
from planner.rota.reading import read_rota
from planner.rota.shifts import Kind, Option, Rota, Shift, ShiftType, Status
from planner.rota.table import ROTA_COLUMNS, fairness, rota_frame

__all__ = [
    "LEDGER_COLUMNS",
    "ROTA_COLUMNS",
    "Allowance",
    "Cover",
    "Kind",
    "Ledger",
    "LedgerRow",
    "Option",
    "PayTerms",
    "Rota",
    "Shift",
    "ShiftCost",
    "ShiftType",
    "SitePay",
    "Status",
    "break_starts",
    "csv_text",
    "extra_cost",
    "fairness",
    "guard",
    "ledger_rows",
    "missing_cost",
    "missing_post_hours",
    "open_type",
    "option_of",
    "options_for",
    "pay_terms",
    "people_on_duty",
    "people_on_post",
    "read_ledger",
    "read_rota",
    "recount",
    "rota_cost",
    "rota_frame",
    "shift_cost",
    "shift_of",
    "unguard",
]
