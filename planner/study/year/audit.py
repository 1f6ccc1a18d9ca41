"""The audit of a year: hours with nobody there, or with two sites, and the change of clocks behind them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Literal

import numpy as np

from planner._errors import InputError
from planner._messages import Message
from planner.clock import local_at, quarter_of, to_utc
from planner.study.year.presence import Presence, on_duty, reachable, span_of
from planner.study.year.runs import Run, runs_of, windows
from planner.study.year.turns import Apart, ClockChange, OddShift, apart, clock_changes, days_from, odd_shifts

if TYPE_CHECKING:
    from planner.rota import Rota
    from planner.study.scenario import Scenario

Kind = Literal["hole", "double"]
MOST_DAYS = 1100
SLOTS = 96


@dataclass(frozen=True)
class Finding:
    """The same hours, day after day, in which nobody is there or several sites are.

    Attributes
    ----------
    queues: names of queues and escalation roles. languages: of these queues. sites: that are there together.
    clock: zone in which the run's minutes are told: UTC or the scenario's, where it takes fewer lines.
    changes: of clocks on the first day or the day before: why it begins.
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
    """

    scenario: Scenario
    first: date
    last: date
    by_rota: bool
    findings: tuple[Finding, ...]
    changes: tuple[ClockChange, ...]
    apart: Mapping[tuple[str, str], tuple[Apart, ...]]
    odd: tuple[OddShift, ...]

    def of_kind(self, kind: Kind) -> tuple[Finding, ...]:
        """Holes, or double cover."""
        return tuple(each for each in self.findings if each.kind == kind)


def year(
    scenario: Scenario, first: date | None = None, last: date | None = None, rota: Rota | None = None
) -> YearAudit:
    """Every hole and double cover of a year by date, per site and language.

    Parameters
    ----------
    first, last: dates, both included; default: the calendar year of the period's first day.
    rota: its weeks are repeated on everybody's own clock; None: a site covers what some shift of somebody
        able reaches. Opening hours and public holidays are the customers', of each date.

    Raises
    ------
    InputError: when the span is empty or longer than three years.
    """
    first = first or date(scenario.first_day.year, 1, 1)
    last = last or date(first.year, 12, 31)
    if not 0 <= (last - first).days < MOST_DAYS:
        raise InputError(Message("year.span", {"first": first.isoformat(), "last": last.isoformat()}))
    zones = sorted({scenario.zone, *(agent.zone for agent in scenario.team.agents)})
    there = reachable(scenario, first, last) if rota is None else on_duty(rota, scenario, first, last)
    changes = clock_changes(zones, first, last)
    sites = [(one, other) for one, other in combinations(zones, 2)]
    return YearAudit(
        scenario=scenario,
        first=first,
        last=last,
        by_rota=rota is not None,
        findings=_findings(scenario, there, first, last, changes),
        changes=changes,
        apart={pair: apart(*pair, first, last) for pair in sites},
        odd=odd_shifts(scenario.shift_types, zones, first, last),
    )


def _findings(
    scenario: Scenario, there: Presence, first: date, last: date, changes: Sequence[ClockChange]
) -> tuple[Finding, ...]:
    begin, length = span_of(first, last)
    hours = {name: each.mask(begin, length) for name, each in scenario.opening.items()}
    whenever: np.ndarray = np.logical_or.reduce([np.zeros(length, dtype=bool), *hours.values()])
    clocks = _Clocks(("UTC", scenario.zone), first, last)
    alike: dict[tuple[Kind, tuple[str, ...], str, Run], list[str]] = defaultdict(list)
    names = {*hours, *(role.name for role in scenario.roles)}
    for name, by_site in there.items():
        if name not in names:
            continue  # meetings and the like are placed where people are
        is_open = hours.get(name, whenever)
        for kind, sites, mask in _masks(is_open, by_site):
            for clock, run in clocks.runs(mask, is_open):
                alike[kind, sites, clock, run].append(name)
    language = {queue.name: queue.language for queue in scenario.queues}
    found = [
        Finding(
            kind=kind,
            queues=tuple(names),
            languages=tuple(dict.fromkeys(language[name] for name in names if name in language)),
            sites=sites,
            run=run,
            clock=clock,
            changes=tuple(c for c in changes if 0 <= (run.first - c.day).days <= 1 and run.first > first),
        )
        for (kind, sites, clock, run), names in alike.items()
    ]
    return tuple(sorted(found, key=lambda each: (each.kind != "hole", each.run, each.queues, each.sites)))


def _masks(
    is_open: np.ndarray, by_site: Mapping[str, np.ndarray]
) -> Iterable[tuple[Kind, tuple[str, ...], np.ndarray]]:
    """Open quarter-hours with nobody, and those with each combination of two sites or more."""
    names = sorted(by_site)
    rows = np.array([by_site[name] for name in names]).reshape(len(names), len(is_open))
    yield "hole", (), is_open & ~rows.any(axis=0)
    several = is_open & (rows.sum(axis=0) > 1)
    for members in sorted({tuple(column) for column in rows[:, several].T.tolist()}, reverse=True):
        together = several & (rows == np.array(members)[:, None]).all(axis=0)
        yield "double", tuple(name for name, there in zip(names, members, strict=True) if there), together


class _Clocks:
    """Rows of quarter-hours cut into dates, on UTC and on the scenario's clock."""

    def __init__(self, zones: Sequence[str], first: date, last: date) -> None:
        self.days = list(days_from(first, last))
        self.begin = span_of(first, last)[0]
        self.twice: dict[str, list[tuple[int, int]]] = {}
        self.slots = {zone: self._slots(zone) for zone in dict.fromkeys(zones)}

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
