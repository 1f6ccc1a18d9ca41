"""Whether a queue is live or deferred, and why, in a sentence."""

from __future__ import annotations

from datetime import timedelta

from planner._messages import Message
from planner._values import duration_text
from planner.demand import LIVE_CHANNELS, Queue
from planner.demand.queue import DEFERRED_ABOVE_HANDLE_TIMES, LIVE_BELOW_HANDLE_TIMES


def handled_because(queue: Queue) -> Message:
    """The rule that decides how a queue is planned, with its numbers.

    Live: people must be there when the contact comes (staffing formulas). Deferred: it is work that must
    be done before it is due, and the rota places it. Between the two both hold, and so the larger need.

    Examples
    --------
    >>> from planner.demand import Promise
    >>> print(handled_because(Queue("email en", "email", "en", 600, Promise(0.9, 14_400))))
    email en is answered as deferred work: 4 h is 24 handle times of 10 min (live below 3, deferred above 5)
    >>> print(handled_because(Queue("phone en", "phone", "en", 300, Promise(0.8, 20))))
    phone en is answered live: on the phone customers wait on the line
    """
    if queue.channel in LIVE_CHANNELS:
        return Message(f"requirement.handled_{queue.channel}", {"queue": queue.name})
    if queue.promise.clock in ("after opening", "by weekday"):
        return Message("requirement.handled_by_hour", {"queue": queue.name})
    times = queue.promise.within_seconds / queue.aht_seconds
    return Message(
        f"requirement.handled_{queue.handled_as}",
        {
            "queue": queue.name,
            "within": _text(queue.promise.within_seconds),
            "times": f"{times:.3g}",
            "handle_time": _text(queue.aht_seconds),
            "live": f"{LIVE_BELOW_HANDLE_TIMES:g}",
            "deferred": f"{DEFERRED_ABOVE_HANDLE_TIMES:g}",
        },
    )


def _text(seconds: float) -> str:
    """A time in its largest whole unit, to the second."""
    return duration_text(timedelta(seconds=round(seconds)))
