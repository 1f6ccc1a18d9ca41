"""The nouns of scheduling: shift types, options, shifts, rotas."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Kind = Literal["work", "on_call", "training", "meeting"]
Status = Literal["draft", "published", "locked", "carried"]


@dataclass(frozen=True, slots=True)
class ShiftType:
    """A kind of duty that may be given.

    Attributes
    ----------
    name: such as "day"; unique.
    starts: allowed starts, minutes after local midnight of the agent's day (quarter-hours).
    present_minutes: nominal length on the wall clock, break included.
    break_minutes: unpaid break that takes the person off duty; 0 for none.
    break_window: earliest and latest start of the break, minutes after the start of the shift.
    break_step_minutes: grain of possible break starts.
    kind: "work", or "on_call" for duties that serve escalation roles only.
    pay_share: share of the hourly cost that an hour costs; on call pays less than 1.
    counted: whether its paid minutes count towards contract hours (on call: no).
    teams: only people with one of these teams; empty: everyone.
    not_on: (zone, local day) on which no such duty may start, because nothing is open for it.
    paid_break_minutes: break that is part of the paid time; the rota does not place it, the law of breaks
        may ask for it.
    """

    name: str
    starts: tuple[int, ...]
    present_minutes: int
    break_minutes: int = 0
    break_window: tuple[int, int] = (180, 300)
    break_step_minutes: int = 30
    kind: Kind = "work"
    pay_share: float = 1.0
    counted: bool = True
    teams: frozenset[str] = frozenset()
    not_on: frozenset[tuple[str, date]] = frozenset()
    paid_break_minutes: int = 0

    @property
    def paid_minutes(self) -> int:
        """Paid minutes on a day without a clock change."""
        return self.present_minutes - self.break_minutes


@dataclass(frozen=True, slots=True)
class Option:
    """One duty that one agent could have, resolved to instants; also a duty in a finished tour.

    Attributes
    ----------
    day: index of the local start day in the period; below 0 for carried-over shifts.
    name: shift type; start_minute: local start, minutes after midnight.
    start, end: absolute quarter-hours (UTC).
    paid_minutes: elapsed minus unpaid break.
    counted_minutes: towards contract hours; the paid minutes, or 0 if the type does not count.
    pay_share: share of the hourly cost that a paid hour costs.
    break_minutes: unpaid break; where it lies is chosen later (``break_starts``).
    """

    day: int
    name: str
    kind: Kind
    start_minute: int
    start: int
    end: int
    paid_minutes: int
    counted_minutes: int
    pay_share: float = 1.0
    break_minutes: int = 0


@dataclass(frozen=True, slots=True, order=True)
class Shift:
    """One duty of one agent, dated.

    Attributes
    ----------
    agent: name.
    day: local start day in the agent's zone.
    start, end, break_start: aware instants in UTC; break_start is None without a break.
    """

    start: datetime
    agent: str
    end: datetime
    day: date
    name: str
    zone: str
    kind: Kind = "work"
    break_start: datetime | None = None
    break_minutes: int = 0
    status: Status = "draft"
    pay_share: float = 1.0
    counted: bool = True

    @property
    def elapsed_minutes(self) -> int:
        """Minutes from start to end, on the UTC clock."""
        return round((self.end - self.start).total_seconds() / 60)

    @property
    def paid_minutes(self) -> int:
        """Elapsed minutes minus the unpaid break."""
        return self.elapsed_minutes - self.break_minutes


@dataclass(frozen=True)
class Rota:
    """All tours of a team over a period.

    Attributes
    ----------
    scenario: name of the scenario it was made for.
    first_day, days: the period, local days.
    agents: everyone in the team, also those without a shift.
    shifts: sorted by start, then agent.
    """

    scenario: str
    first_day: date
    days: int
    agents: tuple[str, ...]
    shifts: tuple[Shift, ...]

    def tour(self, agent: str) -> tuple[Shift, ...]:
        """One agent's shifts, in order."""
        return tuple(shift for shift in self.shifts if shift.agent == agent)
