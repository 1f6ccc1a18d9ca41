"""A payroll month: of the calendar, or from a cut-off day to the day before the next."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from planner._errors import ValueTextError
from planner._messages import Message
from planner.rota import CALENDAR_MONTHS, PayrollTerms

_MONTH = re.compile(r"((?:19|20|21)\d\d)-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True, order=True)
class PayMonth:
    """A payroll month, named after the calendar month in which it ends.

    Attributes
    ----------
    year, month: of its last day; the whole of it if months begin on the 1st.
    from_day: day of the month on which months begin, 1 to 28.

    Examples
    --------
    >>> april = PayMonth(2026, 4, 21)
    >>> str(april), april.first_day.isoformat(), april.last_day.isoformat()
    ('2026-04', '2026-03-21', '2026-04-20')
    """

    year: int
    month: int
    from_day: int = 1

    @classmethod
    def parse(cls, text: str, terms: PayrollTerms = CALENDAR_MONTHS) -> Self:
        """The month that a text names.

        Parameters
        ----------
        text: such as ``2026-04``.
        terms: say on which day months begin.

        Raises
        ------
        ValueTextError
            If it names no month.

        Examples
        --------
        >>> PayMonth.parse("April")
        Traceback (most recent call last):
        planner._errors.ValueTextError: "April" is no month; write year and month, such as 2026-04
        """
        found = _MONTH.fullmatch(text.strip())
        if found is None:
            raise ValueTextError(Message("payroll.month", {"given": text.strip()}))
        return cls(int(found[1]), int(found[2]), terms.month_from_day)

    @property
    def first_day(self) -> date:
        """First local day."""
        first = date(self.year, self.month, 1)
        return first if self.from_day == 1 else (first - timedelta(days=1)).replace(day=self.from_day)

    @property
    def last_day(self) -> date:
        """Last local day."""
        if self.from_day > 1:
            return date(self.year, self.month, self.from_day - 1)
        return (date(self.year, self.month, 28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)

    def days(self) -> Iterator[date]:
        """Every local day."""
        day = self.first_day
        while day <= self.last_day:
            yield day
            day += timedelta(days=1)

    def __str__(self) -> str:
        return f"{self.year}-{self.month:02}"


def months_of(first: date, last: date, terms: PayrollTerms = CALENDAR_MONTHS) -> tuple[PayMonth, ...]:
    """The payroll months that have a day of a period, in order.

    Parameters
    ----------
    first, last: days of the period. terms: say on which day months begin.

    Examples
    --------
    >>> [str(each) for each in months_of(date(2026, 3, 30), date(2026, 4, 26), PayrollTerms(21))]
    ['2026-04', '2026-05']
    """
    found = []
    for year in range(first.year, last.year + 2):
        for month in range(1, 13):
            each = PayMonth(year, month, terms.month_from_day)
            if each.first_day <= last and each.last_day >= first:
                found.append(each)
    return tuple(found)
