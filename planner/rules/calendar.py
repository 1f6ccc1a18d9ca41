"""What a rule may know about one person's period."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from planner.people import Agent, Site
from planner.rota import Option


@dataclass(frozen=True)
class AgentCalendar:
    """One person's period on their own clock.

    Attributes
    ----------
    first_day, days: the period, local days of the agent's zone.
    day_starts: absolute quarter-hour of each local midnight, days + 1 entries.
    weeks: first and last day index of each ISO week, clipped to the period.
    holidays: day indices of public holidays of the site.
    unavailable: day indices of leave and of days outside the contract.
    carried: duties before the period, days below 0, sorted.
    carried_known: whether last period's duties were given (an empty tuple then means none).
    counted_lengths: distinct counted minutes of the shift types open to this person, sorted.
    cyclic: the period repeats for ever (a design study); then nothing is carried.
    """

    agent: Agent
    site: Site
    first_day: date
    days: int
    day_starts: tuple[int, ...]
    weeks: tuple[tuple[int, int], ...]
    holidays: frozenset[int] = frozenset()
    unavailable: frozenset[int] = frozenset()
    carried: tuple[Option, ...] = ()
    carried_known: bool = False
    counted_lengths: tuple[int, ...] = ()
    cyclic: bool = False
