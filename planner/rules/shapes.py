"""The small vocabulary in which every labour rule speaks to the engine: frozen data, no expressions.

Days are indices of the period (0 is its first day). ``price`` None means hard; a number is the
cost of one unit of violation in that shape's own unit (>= 0), so leaving a shape out of a bound is valid.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Unit = Literal["count", "counted_minutes", "paid_minutes"]


@dataclass(frozen=True, slots=True)
class Mark:
    """Which duties a shape looks at; every given part must hold.

    Attributes
    ----------
    kinds: duty kinds.
    names: shift types; None: all.
    window: local wall-clock window (start, end) in minutes after midnight, may pass midnight,
        of which the duty must overlap ``at_least_minutes`` elapsed minutes.
    days: day indices; None: all.
    """

    kinds: frozenset[str] = frozenset({"work"})
    names: frozenset[str] | None = None
    window: tuple[int, int] | None = None
    at_least_minutes: int = 1
    days: frozenset[int] | None = None


ANY_DUTY = Mark(kinds=frozenset({"work", "on_call", "training", "meeting"}))
WORK = Mark()


@dataclass(frozen=True, slots=True)
class Each:
    """Every marked duty is banned (price None) or costs ``price``; ``force`` demands one on every marked day."""

    rule: str
    mark: Mark
    force: bool = False
    price: int | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """From the end of a ``before`` duty to the start of the next ``after`` duty, at least ``minutes``; unit: minute."""

    rule: str
    before: Mark
    after: Mark
    minutes: int
    price: int | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """Days in a row with (or, if ``off``, without) a marked duty: at least ``least``, at most ``most``; unit: day.

    ``carried`` days already stand in a row before day 0 (in the state that the last carried day had);
    None: not known, the edge is open. ``least`` is not asked of runs that touch an open or a final edge.
    """

    rule: str
    mark: Mark
    off: bool = False
    least: int | None = None
    most: int | None = None
    carried: int | None = None
    price: int | None = None


@dataclass(frozen=True, slots=True)
class Sum:
    """Total of marked duties whose day lies in first..last (both included); unit: count or minute."""

    rule: str
    mark: Mark
    unit: Unit
    first: int
    last: int
    least: int | None = None
    most: int | None = None
    carried: int = 0
    price: int | None = None


@dataclass(frozen=True, slots=True)
class Rest:
    """At least ``count`` rests in a window, each of ``minutes`` without a marked duty, or of ``days`` days off.

    The window is start_quarter..end_quarter (absolute) for minutes, first..last for days; a rest counts
    with the part that lies inside the window. Unit: rest.
    """

    rule: str
    mark: Mark
    first: int
    last: int
    start_quarter: int
    end_quarter: int
    minutes: int | None = None
    days: int | None = None
    count: int = 1
    price: int | None = None


Shape = Each | Gap | Run | Sum | Rest
