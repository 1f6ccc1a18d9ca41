"""Lengths of waits as people say them."""

from __future__ import annotations

import math

_MINUTE, _HOUR = 60, 3600


def wait_text(seconds: float) -> str:
    """A wait in at most two units, rounded; a dash where it is not known.

    Examples
    --------
    >>> [wait_text(s) for s in (0, 0.4, 12, 75, 200, 750, 6000, 90_000, 190_000)]
    ['0 s', '0.4 s', '12 s', '1 min 15 s', '3 min 20 s', '12 min', '1 h 40 min', '25 h', '2 days 5 h']
    >>> wait_text(float("nan"))
    '–'
    """
    if not math.isfinite(seconds):
        return "–"
    if seconds < 10:
        return f"{seconds:.1f}".removesuffix(".0") + " s"
    if round(seconds) < 10 * _MINUTE:
        minutes, rest = divmod(round(seconds), _MINUTE)
        return _two(minutes, "min", rest, "s")
    if round(seconds / _MINUTE) < 24 * 60:
        hours, rest = divmod(round(seconds / _MINUTE), 60)
        return _two(hours, "h", rest, "min")
    hours = round(seconds / _HOUR)
    if hours < 48:
        return f"{hours} h"
    days, rest = divmod(hours, 24)
    return _two(days, "days", rest, "h")


def _two(large: int, unit: str, small: int, smaller: str) -> str:
    return " ".join([f"{large} {unit}"] * bool(large) + [f"{small} {smaller}"] * bool(small or not large))
