"""How a payroll month is cut, and from which hour of a week on hours are overtime."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

LATEST_FIRST_DAY = 28
"""Last day of the month on which a payroll month may begin: every month has it."""


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

    def most_without_overtime(self, weekly_minutes: int, full_time_minutes: int) -> int | None:
        """Paid minutes of a week up to which none is overtime; None: there is no overtime.

        Parameters
        ----------
        weekly_minutes: contract of the person.
        full_time_minutes: full-time week of the site.

        Examples
        --------
        >>> PayrollTerms().most_without_overtime(1200, 2400)
        2400
        >>> PayrollTerms(overtime_above="contract").most_without_overtime(1200, 2400)
        1200
        """
        if isinstance(self.overtime_above, int):
            return self.overtime_above
        return {"full time": full_time_minutes, "contract": weekly_minutes, "none": None}[self.overtime_above]


CALENDAR_MONTHS = PayrollTerms()
"""Months as in the calendar, overtime above the site's full-time week."""
