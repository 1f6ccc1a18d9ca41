"""What a simulation is told beside the rota, the contacts and the team."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from planner.clock import quarter_of, to_utc

RETURNS = "returns at opening"
VOICEMAIL = "voicemail"
LOST = "lost"
DOORS = (RETURNS, VOICEMAIL, LOST)
MOST_RECORDS = 5_000_000
# Replications as usual, and at least; contacts that the loop lives through in a few seconds uncompiled.
USUAL, FEWEST, AFFORDABLE_PLAIN = 30, 6, 300_000


@dataclass(frozen=True, slots=True)
class BadHours:
    """Hours in which far more contacts come than were forecast, to all queues.

    Attributes
    ----------
    day: local day on the clock of the opening hours.
    from_hour: hour on that clock, 0 to 23. hours: how long, 1 to 24; they may pass midnight.
    factor: on the arrivals that were forecast, at least 1.

    Examples
    --------
    >>> BadHours(date(2026, 3, 30), 9)
    BadHours(day=datetime.date(2026, 3, 30), from_hour=9, hours=4, factor=4.0)
    """

    day: date
    from_hour: int
    hours: int = 4
    factor: float = 4.0

    def quarters(self, zone: str) -> tuple[int, int]:
        """Absolute quarter-hours at which they begin and end; the clock may change on the day.

        Examples
        --------
        >>> first, end = BadHours(date(2026, 3, 29), 10).quarters("Europe/Lisbon")
        >>> first == quarter_of(to_utc("2026-03-29", "10:00", "Europe/Lisbon")), end - first
        (True, 16)
        """
        first = quarter_of(to_utc(self.day, 60 * self.from_hour, zone))
        return first, first + 4 * self.hours


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
    bad_hours: hours with several times the usual contacts; None: there are none.
    voicemail_seconds: open time, from the opening at which it can be called back, in which voicemail is
        promised to be.
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
    bad_hours: BadHours | None = None
    voicemail_seconds: float = 7200.0
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


def usual_replications(compiled: bool, contacts: float = 0.0) -> int:
    """How often a period is usually lived through: less for a crowd where the loop is not compiled.

    Desks of up to 10 000 contacts are lived through alike, so that calibration finds the same rota with
    and without the compiler.

    Parameters
    ----------
    compiled: whether the event loop is. contacts: expected in one replication.

    Examples
    --------
    >>> usual_replications(True, 50_000), usual_replications(False, 50_000), usual_replications(False, 2_700)
    (30, 6, 30)
    """
    return USUAL if compiled else min(USUAL, max(FEWEST, int(AFFORDABLE_PLAIN / max(contacts, 1.0))))
