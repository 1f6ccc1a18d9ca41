"""The audit of a year: hours with nobody there, or with two sites, and the change of clocks behind them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from planner._errors import InputError
from planner._messages import Message
from planner.clock import local_at, quarter_of, to_utc
from planner.study.year.cycle import earlier
from planner.study.year.presence import There, on_duty, reachable, span_of
from planner.study.year.runs import Run, runs_of, windows
from planner.study.year.turns import Apart, ClockChange, OddShift, apart, clock_changes, days_from, odd_shifts

if TYPE_CHECKING:
    from planner.rota import Rota
    from planner.study.scenario import Scenario

Kind = Literal["hole", "double", "unknown"]
MOST_DAYS = 1100
SLOTS, WEEK = 96, 7


@dataclass(frozen=True)
class Finding:
    """The same hours, day after day, in which nobody is there, several sites are, or nobody knows.

    Attributes
    ----------
    queues: names of queues and escalation roles. languages: of these queues. sites: that are there together.
    clock: zone in which the run's minutes are told: UTC or the scenario's, where it takes fewer lines.
    changes: of clocks on the first day or the day before: why it begins. Empty where it was so one cycle
        before, whatever clocks did.
    """

    kind: Kind
    queues: tuple[str, ...]
    languages: tuple[str, ...]
    sites: tuple[str, ...]
    run: Run
    clock: str
    changes: tuple[ClockChange, ...]

    @property
    def hours(self) -> float:
        """Hours in the whole span."""
        return self.run.dates * (self.run.end - self.run.start) / 60


@dataclass(frozen=True, eq=False)
class YearAudit:
    """What a span of dates brings.

    Attributes
    ----------
    by_rota: whether a rota's weeks were repeated; else: what the kinds of shift could reach.
    apart: pairs of zones and how far they are apart, day by day. odd: shifts longer or shorter by clocks.
    other_weeks_hours: open hours that the rota's own week had closed or left out, told by another week.
    hole_hours, unknown_hours: on the clock, in which at least one queue or role has nobody, or is not known.
    """

    scenario: Scenario
    first: date
    last: date
    by_rota: bool
    findings: tuple[Finding, ...]
    changes: tuple[ClockChange, ...]
    apart: Mapping[tuple[str, str], tuple[Apart, ...]]
    odd: tuple[OddShift, ...]
    other_weeks_hours: float = 0.0
    hole_hours: float = 0.0
    unknown_hours: float = 0.0

    def of_kind(self, kind: Kind) -> tuple[Finding, ...]:
        """Holes, double cover, or hours of which nothing is known."""
        return tuple(each for each in self.findings if each.kind == kind)


def year(
    scenario: Scenario, first: date | None = None, last: date | None = None, rota: Rota | None = None
) -> YearAudit:
    """Every hole and double cover of a year by date, per site and language.

    Parameters
    ----------
    first, last: dates, both included; default: the calendar year of the period's first day.
    rota: of the scenario's period; its weeks are repeated on everybody's own clock. Where its own week was
        closed or left out, the nearest week that was not is taken; None: a site covers what some shift of
        somebody able reaches. Opening hours and public holidays are the customers', of each date.

    Raises
    ------
    InputError: when the span is empty or longer than three years.
    """
    first = first or date(scenario.first_day.year, 1, 1)
    last = last or date(first.year, 12, 31)
    if not 0 <= (last - first).days < MOST_DAYS:
        raise InputError(Message("year.span", {"first": first.isoformat(), "last": last.isoformat()}))
    zones = sorted({scenario.zone, *(agent.zone for agent in scenario.team.agents)})
    cycle = WEEK if rota is None else rota.days
    since = first - timedelta(days=cycle)  # what begins with a change of clocks was not there before
    there = reachable(scenario, since, last) if rota is None else on_duty(rota, scenario, since, last)
    changes = clock_changes(zones, first, last)
    told = partial(_hours_within, zone=scenario.zone, since=since, first=first, last=last)
    sites = [(one, other) for one, other in combinations(zones, 2)]
    return YearAudit(
        scenario=scenario,
        first=first,
        last=last,
        by_rota=rota is not None,
        findings=_findings(scenario, there, _Span(since, first, last, cycle), changes),
        changes=changes,
        apart={pair: apart(*pair, first, last) for pair in sites},
        odd=odd_shifts(scenario.shift_types, zones, first, last),
        other_weeks_hours=told(there.other_weeks),
        hole_hours=told(_any(there, lambda name: ~_somebody(there, name) & ~there.unknown[name])),
        unknown_hours=told(_any(there, lambda name: there.unknown[name])),
    )


def _somebody(there: There, name: str) -> np.ndarray:
    found: np.ndarray = np.logical_or.reduce([~there.is_open[name], *there.sites[name].values()])
    return found


def _any(there: There, of: Callable[[str], np.ndarray]) -> np.ndarray:
    """Quarter-hours at which something holds of at least one queue or role that is open."""
    rows = [there.is_open[name] & of(name) for name in there.is_open]
    found: np.ndarray = np.logical_or.reduce([np.zeros_like(there.other_weeks), *rows])
    return found


class _Span(NamedTuple):
    """Dates that are told, the first that is looked at, and after how many days all begins again."""

    since: date
    first: date
    last: date
    cycle: int


def _hours_within(mask: np.ndarray, zone: str, since: date, first: date, last: date) -> float:
    begin = span_of(since, last)[0]
    ends = (quarter_of(to_utc(day, 0, zone)) - begin for day in (first, last + timedelta(days=1)))
    return float(mask[slice(*ends)].sum()) / 4


def _findings(
    scenario: Scenario, there: There, span: _Span, changes: Sequence[ClockChange]
) -> tuple[Finding, ...]:
    zones = tuple(dict.fromkeys((scenario.zone, "UTC")))  # where both take as many lines: the customers'
    clocks = _Clocks(zones, span)
    alike: dict[tuple[Kind, tuple[str, ...], str, Run, tuple[ClockChange, ...]], list[str]] = defaultdict(
        list
    )
    for name, is_open in there.is_open.items():
        known = is_open & ~there.unknown[name]
        for kind, sites, mask in _masks(known, there.sites[name], there.unknown[name]):
            for clock, run in clocks.runs(mask, is_open if kind == "unknown" else known):
                near = tuple(
                    c for c in changes if 0 <= (run.first - c.day).days <= 1 and run.first > span.first
                )
                new = kind != "unknown" and near and clocks.is_new(run, clock, mask, known)
                alike[kind, sites, clock, run, near if new else ()].append(name)
    language = {queue.name: queue.language for queue in scenario.queues}
    found = [
        Finding(
            kind=kind,
            queues=tuple(names),
            languages=tuple(dict.fromkeys(language[name] for name in names if name in language)),
            sites=sites,
            run=run,
            clock=clock,
            changes=because,
        )
        for (kind, sites, clock, run, because), names in alike.items()
    ]
    order = ("hole", "unknown", "double")
    return tuple(sorted(found, key=lambda each: (order.index(each.kind), each.run, each.queues, each.sites)))


def _masks(
    known: np.ndarray, by_site: Mapping[str, np.ndarray], unknown: np.ndarray
) -> Iterable[tuple[Kind, tuple[str, ...], np.ndarray]]:
    """Open quarter-hours with nobody, those of which nothing is known, and each combination of sites."""
    names = sorted(by_site)
    rows = np.array([by_site[name] for name in names]).reshape(len(names), len(known))
    yield "hole", (), known & ~rows.any(axis=0)
    yield "unknown", (), unknown
    several = known & (rows.sum(axis=0) > 1)
    for members in sorted({tuple(column) for column in rows[:, several].T.tolist()}, reverse=True):
        together = several & (rows == np.array(members)[:, None]).all(axis=0)
        yield "double", tuple(name for name, there in zip(names, members, strict=True) if there), together


class _Clocks:
    """Rows of quarter-hours cut into dates, on UTC and on the scenario's clock."""

    def __init__(self, zones: Sequence[str], span: _Span) -> None:
        self.days, self.cycle = list(days_from(span.first, span.last)), span.cycle
        self.begin = span_of(span.since, span.last)[0]
        self.twice: dict[str, list[tuple[int, int]]] = {}
        self.slots = {zone: self._slots(zone) for zone in zones}

    def is_new(self, run: Run, clock: str, mask: np.ndarray, known: np.ndarray) -> bool:
        """Whether the hours of a run's first day were otherwise one cycle before, on a clock that knows it.

        What was there at the same wall time before any clock changed does not come from the change.
        """
        row = self.slots[clock][self.days.index(run.first), run.start // 15 : run.end // 15]
        before = [
            np.array(earlier((row + self.begin).tolist(), zone, self.cycle)) - self.begin
            for zone in self.slots
        ]
        other = [bool(known[at].all()) for at in before]
        return any(other) and not any(bool(mask[at].any()) for at in before)

    def _slots(self, zone: str) -> np.ndarray:
        """Place of each slot of each date; an hour that does not exist is told as the one before it."""
        begins = [quarter_of(to_utc(day, 0, zone)) for day in (*self.days, self.days[-1] + timedelta(days=1))]
        found = np.zeros((len(self.days), SLOTS), dtype=np.int64)
        twice = self.twice[zone] = []
        for row, (begin, end) in enumerate(pairwise(begins)):
            if end - begin == SLOTS:
                found[row] = np.arange(begin, end)
                continue
            place = [begin] * SLOTS
            for quarter in reversed(range(begin, end)):
                at = local_at(quarter, zone)
                slot = (at.hour * 60 + at.minute) // 15
                if place[slot] > quarter:
                    twice.append((quarter - self.begin, place[slot] - self.begin))
                place[slot] = quarter
            for slot in range(1, SLOTS):
                place[slot] = max(place[slot], place[slot - 1])
            found[row] = place
        return found - self.begin

    def runs(self, mask: np.ndarray, possible: np.ndarray) -> list[tuple[str, Run]]:
        """The runs of a row on the clock that tells them in fewer lines.

        A clock on which one wall time stands for two quarter-hours that differ cannot tell them.
        """
        if not mask.any():
            return []
        told = {
            zone: self._on(slots, mask, possible)
            for zone, slots in self.slots.items()
            if all(mask[one] == mask[other] for one, other in self.twice[zone])
        }
        best = min(told, key=lambda zone: len(told[zone]))
        return [(best, run) for run in told[best]]

    def _on(self, slots: np.ndarray, mask: np.ndarray, possible: np.ndarray) -> tuple[Run, ...]:
        cut = {}
        for name, row in (("there", mask), ("possible", possible)):
            by_day = zip(self.days, row[slots].tolist(), strict=True)
            cut[name] = {day: windows(hours) for day, hours in by_day}
        return runs_of(cut["there"], cut["possible"])
