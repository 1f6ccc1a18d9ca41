"""The small vocabulary in which every labour rule speaks to the engine: frozen data, no expressions.

Days are indices of the period (0 is its first day). ``price`` None means hard; a number is the
cost of one unit of violation in that shape's own unit (>= 0), so leaving a shape out of a bound is valid.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Unit = Literal["count", "counted_minutes", "paid_minutes", "weekends"]
RunUnit = Literal["day", "week", "weekend"]


@dataclass(frozen=True, slots=True)
class Mark:
    """Which duties a shape looks at; every given part must hold.

    Attributes
    ----------
    kinds: duty kinds.
    names: shift types; None: all.
    window: local wall-clock window (start, end) in minutes after midnight, may pass midnight,
        of which the duty must overlap ``at_least_minutes`` elapsed minutes and, if ``under_minutes`` is
        given, fewer than those.
    days: day indices; None: all.
    present_over, paid_over: only duties of more elapsed, or of more paid, minutes than this.
    starts: local starts, minutes after midnight; None: all.
    not_names: shift types that it leaves alone.
    break_under: only duties whose unpaid break is shorter than so many minutes.
    """

    kinds: frozenset[str] = frozenset({"work"})
    names: frozenset[str] | None = None
    window: tuple[int, int] | None = None
    at_least_minutes: int = 1
    days: frozenset[int] | None = None
    present_over: int | None = None
    paid_over: int | None = None
    starts: frozenset[int] | None = None
    under_minutes: int | None = None
    not_names: frozenset[str] = frozenset()
    break_under: int | None = None


ANY_DUTY = Mark(kinds=frozenset({"work", "on_call", "training", "meeting"}))
ON_CALL = Mark(kinds=frozenset({"on_call"}))
WORKING = Mark(kinds=frozenset({"work", "training", "meeting"}))


@dataclass(frozen=True, slots=True)
class Each:
    """Every marked duty is banned (price None) or costs ``price``; unit: duty.

    ``force`` turns it round and demands a marked duty on every marked day; unit: day without one.
    """

    rule: str
    mark: Mark
    force: bool = False
    price: int | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """From the end of a ``before`` duty to the start of the next ``after`` duty, at least ``minutes``.

    Each ``after`` duty of the period is measured from the latest end of earlier ``before`` duties,
    carried-over ones too, if no other ``after`` duty (that is not itself a ``before`` duty) stands between.
    A duty that starts before the other ends lacks ``minutes`` and the overlap. Unit: minute.

    With ``days`` it asks for days off instead (``minutes`` is then 0): between the day of a ``before``
    duty and the day of the very next duty of any kind, if that one is an ``after`` duty, lie at least so
    many days. Unit: day.

    With ``most`` only how often counts: of the ``after`` duties whose day lies in first..last, those that
    lack anything, with ``carried`` such duties of before in the same window; ``most`` becomes
    max(most, carried). Unit: duty beyond it.
    """

    rule: str
    before: Mark
    after: Mark
    minutes: int
    price: int | None = None
    days: int | None = None
    most: int | None = None
    first: int = 0
    last: int = 0
    carried: int = 0


@dataclass(frozen=True, slots=True)
class Run:
    """Days in a row with (or, if ``off``, without) a marked duty: at least ``least``, at most ``most``.

    Unit: day. A day has a duty if one starts on it. ``carried`` such days stand in a row right before
    day 0, so 0 says that the day before was of the other kind; None: not known, the edge is open
    (``most`` then counts from day 0). ``most`` becomes max(most, carried) for the run that was carried
    in. ``least`` is not asked of runs that touch an open or the final edge; it is asked of a carried
    run that ends because day 0 is of the other kind. In a cyclic period runs go round and have no
    edges, and one that never ends is beyond ``most`` on each of its days.

    With ``unit`` "week" or "weekend" read week (an ISO week; in a cyclic period seven days from day 0)
    or weekend (Saturday and Sunday of one ISO week) for day throughout, the unit of the amount too. The
    weeks and weekends are those with a day in the period, in order (``units_of``). One has a duty if a
    marked duty starts on any of its days in the period; the first of them, if it began before the
    period, also if a carried-over one starts on its earlier days. What comes after the period is not
    looked at: the last of them is of the kind that it is so far. ``carried`` counts those that lie
    wholly before the first of them.
    """

    rule: str
    mark: Mark
    off: bool = False
    least: int | None = None
    most: int | None = None
    carried: int | None = None
    price: int | None = None
    unit: RunUnit = "day"


@dataclass(frozen=True, slots=True)
class Sum:
    """Total of marked duties whose day lies in first..last (both included); unit: count, minute or weekend.

    The unit "weekends" counts different Saturday-Sunday pairs (of one ISO week) on which a marked duty
    starts. ``carried`` is what the window already held before day 0; ``most`` becomes max(most, carried).
    ``allowed`` lists the only totals there may be, such as 0 or 2 days of a weekend; the amount is then
    the distance to the nearest of them. Where ``carried`` is more than all of them, it is the only one.
    """

    rule: str
    mark: Mark
    unit: Unit
    first: int
    last: int
    least: int | None = None
    most: int | None = None
    carried: int = 0
    price: int | None = None
    allowed: tuple[int, ...] | None = None

    @property
    def totals(self) -> tuple[int, ...] | None:
        """Totals that are allowed, sorted, with what is carried taken into account; None: any."""
        if self.allowed is None:
            return None
        return tuple(sorted(self.allowed)) if self.carried <= max(self.allowed) else (self.carried,)


@dataclass(frozen=True, slots=True)
class Rest:
    """At least ``count`` rests in a window: of ``minutes`` without a marked duty, or of ``days`` days off.

    The window is start_quarter..end_quarter (absolute) for minutes, first..last for days; a rest counts
    with the part that lies inside the window, and one of twice the length counts twice. ``first`` is
    below 0 where the window began before the period and carried-over duties are known; carried-over
    duties that reach into the window break its rests. Unit: rest.
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


@dataclass(frozen=True, slots=True)
class Span:
    """Local starts of marked duties whose day lies in first..last stay within ``minutes`` of each other.

    The amount is the latest start minus the earliest, minus ``minutes``, where that is above 0. Starts are
    minutes after midnight; ``carried`` are starts that the window already held before day 0. Unit: minute.
    """

    rule: str
    mark: Mark
    first: int
    last: int
    minutes: int
    carried: tuple[int, ...] = ()
    price: int | None = None


@dataclass(frozen=True, slots=True)
class Team:
    """A weighted total over several people lies between ``least`` and ``most``, or is one of ``allowed``.

    The total adds, over ``members`` (name, whole weight, which may be below 0), the weight times what that
    person's marked duties in first..last come to in ``unit``. ``marks`` gives each member a mark of their
    own, such as the night of their site; empty: ``mark`` for all. Amount: how far the total is outside, in
    units of ``scale``, rounded up. No programme of one person sees it: the bound leaves it out and says
    so, the search keeps it.
    """

    rule: str
    members: tuple[tuple[str, int], ...]
    mark: Mark
    unit: Unit
    first: int
    last: int
    least: int | None = None
    most: int | None = None
    allowed: tuple[int, ...] | None = None
    price: int | None = None
    scale: int = 1
    marks: tuple[Mark, ...] = ()

    @property
    def parts(self) -> tuple[tuple[str, int, Mark], ...]:
        """Name, weight and mark of each member."""
        marks = self.marks or (self.mark,) * len(self.members)
        return tuple((name, weight, mark) for (name, weight), mark in zip(self.members, marks, strict=True))

    def outside(self, total: int) -> int:
        """Amount of a total."""
        over = 0 if self.most is None else max(0, total - self.most)
        under = 0 if self.least is None else max(0, self.least - total)
        away = 0 if self.allowed is None else min(abs(total - value) for value in self.allowed)
        return -(-(over + under + away) // self.scale)


Shape = Each | Gap | Run | Sum | Rest | Span
"""What one person's programme reads; ``Team`` stands beside it."""
