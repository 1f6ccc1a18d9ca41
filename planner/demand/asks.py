"""What a forecast is asked beyond the history: nouns, all optional."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from planner.clock import OpeningHours
    from planner.demand.calendar import DemandCalendar


@dataclass(frozen=True, slots=True)
class Ramp:
    """A value that changes linearly between dated points, and is flat before the first and after the last.

    Attributes
    ----------
    points: (day, value), in order of days, at least one.

    Examples
    --------
    >>> grown = Ramp(((date(2026, 1, 1), 100.0), (date(2026, 1, 11), 200.0)))
    >>> grown.at(date(2025, 6, 1)), grown.at(date(2026, 1, 6)), grown.at(date(2027, 1, 1))
    (100.0, 150.0, 200.0)
    """

    points: tuple[tuple[date, float], ...]

    def at(self, day: date) -> float:
        """Value on a day."""
        first_day, value = self.points[0]
        if day <= first_day:
            return value
        for (low_day, low), (high_day, high) in zip(self.points, self.points[1:], strict=False):
            if day < high_day:
                return low + (high - low) * (day - low_day).days / (high_day - low_day).days
        return self.points[-1][1]


@dataclass(frozen=True, slots=True)
class Event:
    """Days on which demand was or will be unusual.

    Attributes
    ----------
    name: events of one name are of one kind: what past ones did is expected of coming ones.
    first, last: local days, both included.
    queues: names; empty: all.
    factor: on the volume of these days; None: past days are left out of the fit, coming ones take the factor
        estimated from past events of the same name.
    doubt: standard deviation of the factor relative to it; None: as far as past events differ.
    """

    name: str
    first: date
    last: date
    queues: tuple[str, ...] = ()
    factor: float | None = None
    doubt: float | None = None


@dataclass(frozen=True, slots=True)
class Driver:
    """A reason why volume differs from the history's: a factor that may change from day to day.

    Attributes
    ----------
    name: for people, such as "customers 7 000 -> 15 000".
    kind: what it is, for the waterfall.
    factor: on the volume of the history's last weeks, by day; or, if it is relative, a number such as
        customers whose ratio to its value in these weeks is that factor.
    queues: names; empty: all.
    doubt: standard deviation of the factor relative to it, common to the whole period.
    relative: whether the history's last weeks have their own value of it.
    """

    name: str
    kind: Literal["customers", "orders", "contact rate", "growth", "self-service", "other"]
    factor: Ramp
    queues: tuple[str, ...] = ()
    doubt: float = 0.0
    relative: bool = False


@dataclass(frozen=True, slots=True)
class Override:
    """A forecast set by hand: kept apart from the model's and exported beside it.

    Attributes
    ----------
    queues: names; empty: all.
    first, last: days on the scenario's clock, both included.
    from_minute, to_minute: of these days, minutes after midnight, 0 to 1440.
    factor: on the forecast so far; or
    contacts_a_day: in all of these hours and queues together, on each day, shaped as the forecast so far.
    reason: who said so and why, for people.
    """

    first: date
    last: date
    reason: str
    queues: tuple[str, ...] = ()
    from_minute: int = 0
    to_minute: int = 1440
    factor: float | None = None
    contacts_a_day: float | None = None


@dataclass(frozen=True, slots=True)
class OpenSince:
    """Hours in which a live queue could be reached, from a local day on: others saw nobody, not nothing."""

    since: date
    hours: OpeningHours


@dataclass(frozen=True)
class ForecastAsks:
    """Everything that a forecast is told besides the history.

    Attributes
    ----------
    calendars: days off of each queue's customers; a queue that is not named takes the scenario's holidays.
    zones: clock of the days and hours of each queue; a queue that is not named takes the scenario's.
    open_hours: of the past, by live queue and in order of days; empty: every hour could be seen.
    opening: of the period, by live queue: where past hours are known, nothing is expected while it is closed;
        a queue that is not named: every hour counts.
    a_weekday: contacts of a mean weekday, by queue that the history has nothing of, such as a new language.
    events: past and coming.
    drivers: in the order of the waterfall.
    moved: share of the demand in hours that are opened anew which is no new demand, but moves there from the
        hours after the old opening.
    overrides: by hand, later ones on top of earlier ones.
    when_closed: queue to other queues, and the share of its contacts that went there while it was closed:
        so many leave them where it opens anew.
    """

    calendars: Mapping[str, DemandCalendar] = field(default_factory=dict)
    zones: Mapping[str, str] = field(default_factory=dict)
    open_hours: Mapping[str, tuple[OpenSince, ...]] = field(default_factory=dict)
    opening: Mapping[str, OpeningHours] = field(default_factory=dict)
    a_weekday: Mapping[str, float] = field(default_factory=dict)
    events: tuple[Event, ...] = ()
    drivers: tuple[Driver, ...] = ()
    moved: float = 0.5
    overrides: tuple[Override, ...] = ()
    when_closed: Mapping[str, Mapping[str, float]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a queue's waterfall: from the level of the history to the forecast.

    Attributes
    ----------
    queue: name.
    kind: "history" or "stated", "calendar", "new hours", "now on", a driver's kind, "event", "moved",
        "by hand" or "forecast".
    name: for people.
    contacts: a week of the period, after this step.
    change: contacts a week that this step adds (negative: takes away).
    low, high: 10th and 90th percentile of ``contacts`` as far as this and the steps before are uncertain.
    """

    queue: str
    kind: str
    name: str
    contacts: float
    change: float
    low: float
    high: float
