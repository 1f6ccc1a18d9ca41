"""What the engine is asked: a need, a team, rules, prices."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from planner.people import Skills, Team
from planner.requirement import Need
from planner.rota import PayTerms, Rota, Shift, ShiftType
from planner.rules import AgentCalendar, Rule, TeamRule

Engine = Literal["search", "cp-sat"]


@dataclass(frozen=True, eq=False)
class Problem:
    """One rota to be made. All money is in whole cents of the scenario's currency.

    Attributes
    ----------
    calendars, rules: per agent name.
    missing_cents: price of one person missing for one planning interval.
    extra_cents: price of one person more than needed for one planning interval (default 0).
    carried: last period's shifts. locked: shifts of this period that must stay.
    warm: a rota to start from; shifts of it that are no longer possible are dropped.
    cyclic: the period repeats for ever; cover and rules wrap (design studies, engine "cp-sat").
    optional: people of the team who need not be taken (hires, a partner's seats), with the cents that
        taking them costs beside their duties; who is not taken has no duty and no rule to keep.
    team_rules: rules over several people.
    """

    name: str
    need: Need
    team: Team
    skills: Skills
    shift_types: tuple[ShiftType, ...]
    first_day: date
    days: int
    calendars: Mapping[str, AgentCalendar]
    rules: Mapping[str, tuple[Rule, ...]]
    pay: PayTerms
    missing_cents: int
    extra_cents: int = 0
    carried: tuple[Shift, ...] = ()
    locked: tuple[Shift, ...] = ()
    warm: Rota | None = None
    cyclic: bool = False
    optional: Mapping[str, int] = field(default_factory=dict)
    team_rules: tuple[TeamRule, ...] = ()


@dataclass(frozen=True, slots=True)
class SolveSettings:
    """How hard to try.

    Attributes
    ----------
    iterations: search budget; the same budget and seed give the same rota everywhere.
    time_limit_seconds: stop by the clock; the result is then marked time-limited. None: by iterations only.
    """

    engine: Engine = "search"
    seed: int = 1
    iterations: int = 2000
    time_limit_seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """A sign of life: seconds since the start, phase code, cost and bound in cents, best rota so far."""

    seconds: float
    phase: Literal["preparing", "bound", "first rota", "improving", "proving", "finished"]
    iteration: int = 0
    cost_cents: int | None = None
    bound_cents: int | None = None
    missing_hours: float | None = None
    rota: Rota | None = None


OnProgress = Callable[[Progress], None]
IsCancelled = Callable[[], bool]
