"""What a simulation is told beside the rota, the contacts and the team."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from planner._errors import InputError
from planner._messages import Message
from planner.demand import Queue

RETURNS = "returns at opening"
VOICEMAIL = "voicemail"
LOST = "lost"
DOORS = (RETURNS, VOICEMAIL, LOST)
MOST_RECORDS = 5_000_000


@dataclass(frozen=True)
class ServiceSettings:
    """Seed, replications, and what happens to contacts and people apart from the plan.

    Attributes
    ----------
    seed: of all random numbers; simulations with one seed share their contacts.
    replications: how often the period is lived through; less often where contacts are very many.
    when_closed: queue to what becomes of its contacts while closed, as shares: the name of another
        queue, "returns at opening" (spread over the first quarter of an hour), "voicemail" (called back as
        deferred work from the next opening on) or "lost" (turned away). What the shares leave over,
        and queues without an entry: live contacts are lost, deferred contacts wait.
    busy_inside_shift: share of duty that people spend away from contacts. Drawn, not a slow-down: each
        quarter-hour on duty is spent away with this chance, so one person alone leaves the queue unanswered.
    no_shows: chance that a shift is not worked at all.
    reply_delay_seconds: mean time after which customers write again, exponential.
    handle_times: "lognormal" with each queue's cv, or "exponential" to compare with closed forms.
    absent: (person, local day on which the shift starts) of one shift that nobody works.
    bad_day: (local day, factor of at least 1 on its arrivals).
    open_tickets: deferred queue to the contacts that wait when the period begins.

    Examples
    --------
    >>> ServiceSettings(when_closed={"phone en": {"email en": 0.7, "lost": 0.3}}).replications
    30
    """

    seed: int = 1
    replications: int = 30
    when_closed: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    busy_inside_shift: float = 0.0
    no_shows: float = 0.0
    reply_delay_seconds: float = 4 * 3600.0
    handle_times: Literal["lognormal", "exponential"] = "lognormal"
    absent: tuple[str, date] | None = None
    bad_day: tuple[date, float] | None = None
    open_tickets: Mapping[str, int] = field(default_factory=dict)


def affordable(settings: ServiceSettings, contacts: float) -> ServiceSettings:
    """The same with only as many replications as memory can hold, but one at least.

    A record takes some 180 bytes; with so many contacts, fewer lives of the period say as much.

    Parameters
    ----------
    contacts: expected in one replication.

    Examples
    --------
    >>> affordable(ServiceSettings(replications=20), 10_000).replications
    20
    >>> affordable(ServiceSettings(replications=20), 1_000_000).replications
    5
    """
    most = max(1, int(MOST_RECORDS / max(contacts, 1.0)))
    return settings if settings.replications <= most else replace(settings, replications=most)


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
    if settings.bad_day and settings.bad_day[1] < 1:
        wrong.append(Message("service.bad_day", {"factor": settings.bad_day[1]}))
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
