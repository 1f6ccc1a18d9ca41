"""Contacts, and what becomes of them behind a closed door, in words."""

from __future__ import annotations

from math import isfinite, nan
from typing import TYPE_CHECKING

from planner._messages import Message
from planner._values import percent_text, wait_text

if TYPE_CHECKING:
    from planner.study.stages.in_hours import Became, Coming

TOLD_FROM = 0.005
"""Shares below this are not told."""
AT_ONCE = 0.5
"""Seconds that nobody would call a wait."""


def contacts_text(coming: Coming) -> str:
    """Contacts a week with their range.

    Examples
    --------
    >>> from planner.study.stages.in_hours import Coming
    >>> contacts_text(Coming(12.4, 8, 17, 0.1)), contacts_text(Coming(0.42, 0, 1, 0.01))
    ('12 (8 to 17)', '0.4 (0 to 1)')
    """
    if not isfinite(coming.contacts):
        return "–"
    mean = f"{coming.contacts:,.0f}" if coming.contacts >= 10 else f"{coming.contacts:.1f}"
    return f"{mean.removesuffix('.0')} ({coming.low:,.0f} to {coming.high:,.0f})"


def ways_text(became: Became) -> str:
    """What becomes of contacts, each way with its share; "" where all of them stay in their queue.

    Examples
    --------
    >>> from planner.study.stages.in_hours import Became
    >>> ways_text(Became(60, 90, 0.1, 0.2, 0.0, 0.7, 0.0, 0.03))
    '; 70 % are sent to another queue, 20 % come back at opening, 10 % are lost, 3 % hang up'
    """
    stay = isfinite(became.waited) and became.waited > 1 - TOLD_FROM
    ways = (
        ("answers.way_waited", nan if stay else became.waited),
        ("answers.way_moved", became.moved),
        ("answers.way_returned", became.returned),
        ("answers.way_called_back", became.called_back),
        ("answers.way_lost", became.lost),
        ("answers.way_hung_up", became.hung_up),
    )
    parts = [
        str(Message(code, {"share": percent_text(share)}))
        for code, share in ways
        if isfinite(share) and share >= TOLD_FROM
    ]
    return "; " + ", ".join(parts) if parts else ""


def waits_text(became: Became) -> str:
    """Half and 9 of 10 waits in words.

    Examples
    --------
    >>> from planner.study.stages.in_hours import Became
    >>> waits_text(Became(3600, 7200))
    'half within 1 h, 9 of 10 within 2 h'
    >>> waits_text(Became(0, 20)), waits_text(Became(0, 0))
    ('half at once, 9 of 10 within 20 s', '9 of 10 at once')
    """
    if not isfinite(became.median):
        return str(Message("answers.no_wait_known"))
    if became.nine < AT_ONCE:
        return str(Message("answers.waits_not"))
    if became.median < AT_ONCE:
        return str(Message("answers.waits_half_not", {"nine": wait_text(became.nine)}))
    values = {"median": wait_text(became.median), "nine": wait_text(became.nine)}
    return str(Message("answers.waits", values))
