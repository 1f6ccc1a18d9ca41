"""Shortages on the clock of the scenario: the same hours of several days are told once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from planner._values import DaySet, clock_text, days_text
from planner.clock import local_at

if TYPE_CHECKING:
    from planner.requirement import Need
    from planner.scheduling.why import Shortage

DAY_MINUTES = 1440


@dataclass(frozen=True)
class Pattern:
    """Hours in which one set of queues is short, on one day or on several.

    Attributes
    ----------
    what, names, kind: as of each ``Shortage``; short: of all of them. dates: local days on which it begins.
    start, end: minutes after midnight of those days; the end may be on the next ones.
    required, on_duty: of the worst of them. missing: people times intervals, all together.
    stretches: the shortages, the worst first.
    """

    what: str
    names: tuple[str, ...]
    short: tuple[str, ...]
    kind: str
    dates: tuple[date, ...]
    start: int
    end: int
    required: int
    on_duty: int
    missing: float
    stretches: tuple[Shortage, ...]

    @property
    def weekdays(self) -> frozenset[int]:
        """Days of the week on which it begins, 0 for Monday."""
        return frozenset(day.weekday() for day in self.dates)

    @property
    def hours_text(self) -> str:
        """Such as "22:00-24:00", or "22:00-06:00" over midnight, "22:00-06:00 (+1)" told by the reader."""
        days, end = divmod(self.end, DAY_MINUTES)
        if not end and days:
            days, end = days - 1, DAY_MINUTES
        return f"{clock_text(self.start)}-{clock_text(end)}" + (f" (+{days})" if days else "")

    @property
    def days_text(self) -> str:
        """Such as "mon-thu", or the day itself where there is but one."""
        if len(self.dates) == 1:
            return f"{self.dates[0]:%a %Y-%m-%d}"
        return days_text(DaySet(self.weekdays, False))


def patterns(found: Iterable[Shortage], need: Need, zone: str) -> tuple[Pattern, ...]:
    """Shortages of the same set at the same local hours as one, the most people missing first.

    Parameters
    ----------
    zone: whose clock; hours that a clock change moves are other hours.
    """
    together: dict[tuple[object, ...], list[tuple[date, Shortage]]] = {}
    for one in found:
        begins = local_at(need.first_quarter + one.first * need.quarters_per_interval, zone)
        ends = local_at(need.first_quarter + (one.last + 1) * need.quarters_per_interval, zone)
        start = begins.hour * 60 + begins.minute
        end = (ends.date() - begins.date()).days * DAY_MINUTES + ends.hour * 60 + ends.minute
        if one.what == "post":
            start, end = 0, DAY_MINUTES
        key = (one.what, one.names, one.kind, start, end)
        together.setdefault(key, []).append((begins.date(), one))
    made = [_pattern(key, dated) for key, dated in together.items()]
    return tuple(sorted(made, key=lambda one: (-one.missing, one.dates, one.start, one.names)))


def _pattern(key: tuple[object, ...], dated: Sequence[tuple[date, Shortage]]) -> Pattern:
    what, names, kind, start, end = key
    worst = sorted((one for _, one in dated), key=lambda one: (-one.missing, one.first))
    assert isinstance(names, tuple)
    assert isinstance(start, int)
    assert isinstance(end, int)
    top = max(worst, key=lambda one: one.required - one.on_duty)
    return Pattern(
        what=str(what),
        names=names,
        short=tuple(dict.fromkeys(name for one in worst for name in one.short)),
        kind=str(kind),
        dates=tuple(sorted(day for day, _ in dated)),
        start=start,
        end=end,
        required=top.required,
        on_duty=top.on_duty,
        missing=sum(one.missing for one in worst),
        stretches=tuple(worst),
    )
