"""``hours.csv`` and ``hours_cost.csv``: a payroll month by person, and what it costs by grade."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from planner._messages import Message
from planner.study.columns import COLUMNS
from planner.study.export.dialect import Dialect, dialect_bytes, dialect_named
from planner.study.export.dossier import Dossier
from planner.study.export.made import Made
from planner.study.export.pay_month import PayMonth
from planner.study.export.pay_notices import notices_of, without_id
from planner.study.export.pay_plans import listed, plans_of
from planner.study.export.pay_rows import cost_rows, hours_rows
from planner.study.export.pay_window import windows_of

HOURS, COST = "hours.csv", "hours_cost.csv"


def payroll(of: Sequence[Dossier], month: PayMonth | None = None, dialect: str = "plain") -> Made:
    """Hours of a payroll month by person, and their cost by grade; nobody's money stands by itself.

    Where some people have a payroll id, those without one are left out of ``hours.csv`` and named;
    ``hours_cost.csv`` has everybody's hours.

    Parameters
    ----------
    of: plans that together have the month; what two of them have alike counts once.
    month: None: the whole period of each plan, also what goes on after its last midnight.
    dialect: "plain", or for Excel in Italian, French, German, Portuguese: "it", "fr", "de", "pt".

    Raises
    ------
    InputError
        If the plans contradict each other or have no day of the month, or if there is no such dialect.
    """
    written = dialect_named(dialect)
    windows = windows_of(plans_of(of), month)
    without = without_id(windows)
    hours = [row for window in windows for row in hours_rows(window, without)]
    costs = [row for window in windows for row in cost_rows(window)]
    notices = [notice for window in windows for notice in notices_of(window)]
    return Made(
        {HOURS: _csv(HOURS, hours, written), COST: _csv(COST, costs, written)},
        (Message("payroll.no_id", {"each": listed(without)}),) if without else (),
        tuple(dict.fromkeys(notices)),
    )


def _csv(file: str, rows: Sequence[dict[str, object]], dialect: Dialect) -> bytes:
    columns = [column.name for column in COLUMNS[file][1:]]
    return dialect_bytes(file, pd.DataFrame(list(rows), columns=columns), dialect)
