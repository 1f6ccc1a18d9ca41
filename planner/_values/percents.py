"""Shares as people say them."""

from __future__ import annotations

import math


def percent_text(share: float) -> str:
    """Whole per cent; what is not quite all, or not quite nothing, is not told as that; a dash if not known.

    Examples
    --------
    >>> [percent_text(share) for share in (0.5, 0.9999, 1.0, 0.0004, 0.0, float("nan"))]
    ['50', '99.9', '100', '0.1', '0', '–']
    """
    if math.isnan(share):
        return "–"
    if 0.99 < share < 1:
        return f"{math.floor(1000 * share) / 10:.1f}"
    if 0 < share < 0.01:
        return f"{math.ceil(1000 * share) / 10:.1f}"
    return f"{100 * share:.0f}"
