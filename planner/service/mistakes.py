"""Settings of a simulation that mean nothing, told all at once."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from planner._errors import InputError
from planner._messages import Message
from planner.demand import LIVE_CHANNELS, Queue
from planner.service.settings import DOORS, BadHours, ServiceSettings


def check_settings(settings: ServiceSettings, queues: Sequence[Queue], people: Sequence[str]) -> None:
    """Refuse settings that mean nothing, all mistakes at once.

    Raises
    ------
    InputError
        If a share, queue, person or number is not possible.

    Examples
    --------
    >>> check_settings(ServiceSettings(when_closed={"fax": {"lost": 1.0}}), [], [])
    Traceback (most recent call last):
    planner._errors.InputError: when_closed: there is no queue "fax"
    """
    wrong = [*_doors_wrong(settings, {queue.name for queue in queues})]
    if settings.replications < 1:
        wrong.append(Message("service.replications", {"given": settings.replications}))
    for name in ("busy_inside_shift", "no_shows"):
        share = getattr(settings, name)
        if not 0 <= share < 1:
            wrong.append(Message("service.share", {"name": name, "share": share}))
    if not (math.isfinite(settings.voicemail_seconds) and settings.voicemail_seconds >= 0):
        wrong.append(Message("service.voicemail", {"given": f"{settings.voicemail_seconds:g}"}))
    wrong += _bad_hours_wrong(settings.bad_hours) + _open_tickets_wrong(settings.open_tickets, queues)
    if settings.absent and settings.absent[0] not in people:
        wrong.append(Message("service.unknown_person", {"person": settings.absent[0]}))
    if wrong:
        raise InputError(*wrong)


def _doors_wrong(settings: ServiceSettings, names: set[str]) -> list[Message]:
    """Mistakes of ``when_closed``."""
    wrong = []
    for queue, doors in settings.when_closed.items():
        if queue not in names:
            wrong.append(Message("service.unknown_queue", {"queue": queue}))
        for target, share in doors.items():
            if target not in names and target not in DOORS:
                wrong.append(Message("service.unknown_door", {"queue": queue, "target": target}))
            if target == queue:
                wrong.append(Message("service.own_door", {"queue": queue}))
            if not 0 <= share <= 1:
                wrong.append(
                    Message("service.share", {"name": f"when_closed: {queue}: {target}", "share": share})
                )
        if sum(doors.values()) > 1 + 1e-9:
            total = f"{100 * sum(doors.values()):.0f} %"
            wrong.append(Message("service.doors_above_one", {"queue": queue, "total": total}))
    return wrong


def _bad_hours_wrong(bad: BadHours | None) -> list[Message]:
    """Hours that no day has, and factors that make contacts fewer."""
    if bad is None:
        return []
    wrong = []
    if not (math.isfinite(bad.factor) and bad.factor >= 1):
        wrong.append(Message("service.bad_factor", {"factor": f"{bad.factor:g}"}))
    if not (0 <= bad.from_hour <= 23 and 1 <= bad.hours <= 24):
        wrong.append(Message("service.bad_hours", {"from": bad.from_hour, "hours": bad.hours}))
    return wrong


def _open_tickets_wrong(open_tickets: Mapping[str, int], queues: Sequence[Queue]) -> list[Message]:
    """Tickets of queues that are not there, or where customers do not wait for days; negative numbers."""
    channels = {queue.name: queue.channel for queue in queues}
    wrong = []
    for queue, count in open_tickets.items():
        if channels.get(queue, "phone") in LIVE_CHANNELS:
            wrong.append(Message("service.open_tickets_queue", {"queue": queue}))
        if count < 0 or count != int(count):
            wrong.append(Message("service.open_tickets", {"queue": queue, "count": count}))
    return wrong
