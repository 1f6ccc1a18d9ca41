"""How finely a queue can be planned."""

from __future__ import annotations

ADVISED_MEAN = 5.0
GRAIN_HOURS = (1, 2, 4, 8)


def advised_grain(per_day: float, open_hours: float = 24.0) -> str:
    """Smallest of 1, 2, 4, 8 hours and a day that holds 5 contacts on average while the queue is open.

    Parameters
    ----------
    per_day: contacts of a day.
    open_hours: in which they come.

    Examples
    --------
    >>> advised_grain(3.0), advised_grain(40.0), advised_grain(200.0)
    ('day', '4 hours', 'hour')
    >>> advised_grain(60.0), advised_grain(60.0, open_hours=9.0)
    ('2 hours', 'hour')
    """
    for hours in GRAIN_HOURS:
        if hours <= open_hours and per_day * hours / open_hours >= ADVISED_MEAN:
            return "hour" if hours == 1 else f"{hours} hours"
    return "day"
