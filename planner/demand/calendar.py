"""Days off of the customers of a queue, who may live in several countries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from planner.clock import PublicHolidays


@dataclass(frozen=True)
class DemandCalendar:
    """Where the customers of a queue live, and so how many of them have a public holiday.

    Attributes
    ----------
    places: public holidays and the share of customers who have them; shares need not add up to 1.
    own: further days off, such as a feast of the trade: a day and its name; all customers have it.

    Examples
    --------
    >>> both = DemandCalendar(((PublicHolidays("Paris"), 0.7), (PublicHolidays("Milan"), 0.3)))
    >>> both.shares(date(2026, 7, 13), date(2026, 7, 14))
    {datetime.date(2026, 7, 14): 0.7}
    """

    places: tuple[tuple[PublicHolidays, float], ...] = ()
    own: tuple[tuple[date, str], ...] = ()

    def shares(self, first: date, last: date) -> dict[date, float]:
        """Share of customers with a day off, from 0 to 1, on each day that has any."""
        found: dict[date, float] = {}
        for holidays, share in self.places:
            for day in holidays.days_between(first, last):
                found[day] = min(1.0, found.get(day, 0.0) + share)
        for day, _ in self.own:
            if first <= day <= last:
                found[day] = 1.0
        return dict(sorted(found.items()))


def days_off(holidays: PublicHolidays | DemandCalendar | None, first: date, last: date) -> dict[date, float]:
    """Share of customers with a day off on each day that has any, whatever calendar is given.

    Examples
    --------
    >>> days_off(PublicHolidays("PT"), date(2026, 4, 24), date(2026, 4, 26))
    {datetime.date(2026, 4, 25): 1.0}
    >>> days_off(None, date(2026, 4, 24), date(2026, 4, 26))
    {}
    """
    if holidays is None:
        return {}
    if isinstance(holidays, DemandCalendar):
        return holidays.shares(first, last)
    return dict.fromkeys(holidays.days_between(first, last), 1.0)
