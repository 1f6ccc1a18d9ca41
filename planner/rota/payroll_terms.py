"""How a payroll month is cut, and from which hour of a week on hours are overtime."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class PayrollTerms:
    """What payroll asks of hours, beside their pay.

    Attributes
    ----------
    month_from_day: first day of a payroll month, 1 to 28; 21: April is 21 March to 20 April.
    overtime_above: paid minutes of a week that are no overtime; "full time": the site's full-time week,
        "contract": the person's, "none": there is no overtime.
    """

    month_from_day: int = 1
    overtime_above: int | Literal["full time", "contract", "none"] = "full time"


CALENDAR_MONTHS = PayrollTerms()
"""Months as in the calendar, overtime above the site's full-time week."""
