"""Volumes for a newcomer without files: a stated volume on a typical profile, said to be an assumption."""

from __future__ import annotations

import numpy as np

from planner._messages import Message
from planner._values import number_text
from planner.clock import PublicHolidays, local_at
from planner.demand.arrivals import Volumes
from planner.demand.calendar import DemandCalendar, days_off
from planner.demand.curve.bands import HIGH, LOW, quantiles, total_spread
from planner.demand.curve.localdays import wall_quarters
from planner.demand.curve.spreads import TYPICAL
from planner.demand.queue import Queue

# Contacts of business customers by local hour, in thousandths of a weekday: two thirds between 9 and 18, 9 %
# between 22 and 6. Within the ranges of real tickets in local time.
WEEKDAY_HOURS = (12, 10, 9, 9, 10, 13, 22, 42, 64, 82, 88, 82, 66, 68, 76, 78, 72, 58, 40, 30, 23, 18, 15, 13)
WEEKEND_HOURS = (
    22,
    17,
    14,
    13,
    14,
    18,
    28,
    40,
    54,
    64,
    68,
    66,
    62,
    60,
    60,
    60,
    58,
    54,
    50,
    46,
    42,
    36,
    30,
    24,
)
# A day of the week against a mean weekday: Monday busiest, weekends near a fifth.
WEEKDAY_FACTORS = (1.14, 1.05, 1.0, 0.96, 0.85, 0.2, 0.2)
HOLIDAY_FACTOR = 0.35


def typical_volumes(
    contacts_per_weekday: float,
    queue: Queue,
    first_quarter: int,
    intervals: int,
    interval_minutes: int = 30,
    zone: str = "UTC",
    holidays: PublicHolidays | DemandCalendar | None = None,
) -> Volumes:
    """Volumes of one queue from a stated number of contacts, without any history.

    Parameters
    ----------
    contacts_per_weekday: mean over Monday to Friday, contacts a day.
    queue: whose volumes.
    first_quarter: absolute quarter-hour where the period starts.
    intervals: how many.
    interval_minutes: 15, 30 or 60.
    zone: clock of the profile.
    holidays: on these weekdays volume falls to a third, as far as customers have them.

    Examples
    --------
    >>> from planner.demand import Promise
    >>> queue = Queue("email en", "email", "en", 600, Promise(0.9, 7200))
    >>> week = typical_volumes(100, queue, first_quarter=1972032, intervals=336, zone="UTC")
    >>> round(float(week.mean[0, :240].sum()), 6)
    500.0
    >>> print(week.notices[0])
    email en: no history; 100 contacts a weekday on a typical profile of days and hours are an assumption
    """
    step = interval_minutes // 15
    first_day = local_at(first_quarter, zone).date()
    last = local_at(first_quarter + max(intervals * step - 1, 0), zone).date()
    days = (last - first_day).days + 1
    starts, day_of, wall = wall_quarters(first_day, days, zone)
    weekdays = (first_day.weekday() + np.arange(days)) % 7
    factors = np.array(WEEKDAY_FACTORS)[weekdays]
    for day, share_off in days_off(holidays, first_day, last).items():
        index = (day - first_day).days
        off = min(factors[index], HOLIDAY_FACTOR)
        factors[index] = (1 - share_off) * factors[index] + share_off * off
    hours = np.array([WEEKDAY_HOURS] * 5 + [WEEKEND_HOURS] * 2, dtype=np.float64)
    share = hours[weekdays[day_of], wall // 4]
    of_day = np.bincount(day_of, weights=share, minlength=days)
    quarters = contacts_per_weekday * factors[day_of] * share / of_day[day_of]
    low_quarter = first_quarter - int(starts[0])
    part = slice(low_quarter, low_quarter + intervals * step)
    mean = quarters[part].reshape(-1, step).sum(axis=1)[None, :]
    inside = day_of[part][::step]
    values = {"queue": queue.name, "contacts": _plain(contacts_per_weekday)}
    return Volumes(
        queues=(queue.name,),
        first_quarter=first_quarter,
        interval_minutes=interval_minutes,
        mean=mean,
        low=quantiles(mean, total_spread(TYPICAL), LOW),
        high=quantiles(mean, total_spread(TYPICAL), HIGH),
        spread={queue.name: TYPICAL},
        day_of=inside,
        week_of=inside // 7,
        method="stated volume on a typical profile",
        notices=(Message("demand.assumed_volume", values),),
    )


def _plain(contacts: float) -> str:
    """Contacts of a weekday as people say them."""
    return number_text(round(contacts, 1 if contacts >= 10 else 2))
