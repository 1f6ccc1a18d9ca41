"""What a scenario's rules mean for a rotation, found by asking the judge about a few days at a time.

The rules know nothing of rotations, and nothing here knows a rule: days of work are put side by side in an
otherwise empty fortnight, and what the judge minds of them together, beyond what it minds of each alone, may
not be in a pattern. What takes more than that to show is left to the judge of the dated rota.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import pairwise, product
from typing import TYPE_CHECKING

from planner._messages import Message
from planner.clock import day_starts
from planner.people import Agent, Team
from planner.rota import Forbidden, Rota, Shift, ShiftType, break_starts, options_for, shift_of
from planner.rules import AgentCalendar, Rule, Violation, calendars, judge
from planner.study.scenario.rotation_sense import duty_kinds

if TYPE_CHECKING:
    from planner.study.scenario import Scenario

MIDDLE, DAYS = 7, 21
THURSDAY = 3
LONGEST = 8  # days in a row that are tried
GAPS = 3  # successions over 0, 1 and 2 days off are tried


@dataclass(frozen=True)
class FromRules:
    """What the hard rules of everyone in the group forbid in a pattern.

    Attributes
    ----------
    forbidden: successions. longest: most days in a row by shift, None: no limit was met.
    shifts_a_week: most days of work from Monday to Sunday. together: days off in a row in every week.
    alone: (shift, what the judge says) of shifts that break a rule by themselves, for somebody.
    """

    forbidden: tuple[Forbidden, ...]
    longest: Mapping[str, int | None]
    shifts_a_week: int | None
    together: int
    alone: tuple[tuple[str, Message], ...]


def from_rules(scenario: Scenario, group: Sequence[Agent], names: Mapping[str, int]) -> FromRules:
    """What the rules of a group say of these shifts; the strictest of its people counts.

    Parameters
    ----------
    names: shifts of the rotation and their starts, minutes after midnight.
    """
    probes = list(_probes(scenario, group, names))
    forbidden = [
        Forbidden(before, after, gap)
        for gap in range(GAPS)
        for before, after in product(names, repeat=2)
        if any(probe.minds({THURSDAY: before, THURSDAY + 1 + gap: after}) for probe in probes)
    ]
    longest = {name: _strictest(probe.longest(name) for probe in probes) for name in names}
    weeks = [probe.weeks(max(names, key=lambda name: longest[name] or LONGEST)) for probe in probes]
    said = ((name, each) for probe in probes for name in names for each in probe.alone(name))
    alone = {(name, each.code): (name, each) for name, each in said}
    return FromRules(
        forbidden=tuple(forbidden),
        longest=longest,
        shifts_a_week=_strictest(most for most, _ in weeks),
        together=max((together for _, together in weeks), default=0),
        alone=tuple(alone.values()),
    )


def _strictest(values: Iterator[int | None]) -> int | None:
    return min((value for value in values if value is not None), default=None)


@dataclass(frozen=True)
class _Probe:
    """One person without leave, in three weeks without a clock change."""

    agent: Agent
    team: Team
    calendar: AgentCalendar
    rules: tuple[Rule, ...]
    duties: Mapping[str, Sequence[Shift]]
    known: dict[tuple[tuple[int, str], ...], Counter[str]] = field(default_factory=dict)

    def judged(self, days: Mapping[int, str]) -> tuple[Violation, ...]:
        """What the judge finds of these days."""
        name = self.agent.name
        shifts = tuple(self.duties[shift][MIDDLE + day] for day, shift in sorted(days.items()))
        rota = Rota("", self.calendar.first_day, DAYS, (name,), shifts)
        return judge(rota, self.team, {name: self.calendar}, {name: self.rules})

    def amounts(self, days: Mapping[int, str]) -> Counter[str]:
        """By rule, how much the judge minds of these days of the middle week and on."""
        key = tuple(sorted(days.items()))
        if key not in self.known:
            self.known[key] = Counter()
            for violation in self.judged(days):
                if violation.hard:
                    self.known[key][violation.rule] += violation.amount
        return self.known[key]

    def minds(self, days: Mapping[int, str]) -> bool:
        """Whether the days are worse together than one by one."""
        nothing = self.amounts({})
        alone = [self.amounts({day: name}) for day, name in days.items()]
        return any(
            amount > nothing[rule] + sum(each[rule] - nothing[rule] for each in alone)
            for rule, amount in self.amounts(days).items()
        )

    def alone(self, name: str) -> Iterator[Message]:
        """What the judge says of one such shift beyond what it says of none."""
        nothing, one = self.amounts({}), self.amounts({THURSDAY: name})
        for violation in self.judged({THURSDAY: name}):
            if violation.hard and one[violation.rule] > nothing[violation.rule]:
                yield violation.message

    def longest(self, name: str) -> int | None:
        """Most days in a row on one shift, from a Thursday."""
        for days in range(2, LONGEST + 1):
            if self.minds({THURSDAY + step: name for step in range(days)}):
                return days - 1
        return None

    def weeks(self, name: str) -> tuple[int | None, int]:
        """Most days of work in a week, and days off in a row that every week with as many needs."""
        fine = [
            flags
            for flags in product((False, True), repeat=7)
            if not self.minds({day: name for day, flag in enumerate(flags) if flag})
        ]
        most = max(map(sum, fine))
        full = [flags for flags in fine if sum(flags) in (most, most - 1)]
        pairs = all(any(not a and not b for a, b in pairwise(f)) for f in full)
        return (None if most == 7 else most), 2 if pairs and most < 6 else 0


def _probes(scenario: Scenario, group: Sequence[Agent], names: Mapping[str, int]) -> Iterator[_Probe]:
    """A person of each kind: people whose rules, site and contract are alike are asked for once."""
    seen = set()
    kinds = duty_kinds(scenario)
    for agent in group:
        rules = scenario.personal_rules[agent.name]
        key = (agent.site, agent.zone, agent.nights, agent.weekly_minutes, agent.teams, repr(rules))
        if key in seen:
            continue
        seen.add(key)
        free = replace(agent, unavailable=frozenset(), available_from=None, available_until=None)
        team = Team((free,), scenario.team.sites)
        monday = _quiet_monday(scenario.first_day, agent.zone)
        calendar = calendars(team, scenario.shift_types, monday, DAYS)[agent.name]
        duties = {name: _duties(free, kinds[name], start, monday) for name, start in names.items()}
        if all(len(each) == DAYS for each in duties.values()):
            yield _Probe(free, team, calendar, rules, duties)


def _duties(agent: Agent, kind: ShiftType, start: int, monday: date) -> list[Shift]:
    """One shift a day."""
    always = replace(kind, not_on=frozenset())
    return [
        shift_of(option, agent, next(iter(break_starts(option, always)), None), monday)
        for options in options_for(agent, (always,), monday, DAYS)
        for option in options
        if option.start_minute == start
    ]


def _quiet_monday(day: date, zone: str) -> date:
    """The first Monday from which three weeks and a day pass without a clock change."""
    monday = day + timedelta(days=-day.weekday() % 7)
    while True:
        starts = day_starts(monday, DAYS + 1, zone)
        if starts[-1] - starts[0] == (DAYS + 1) * 96:
            return monday
        monday += timedelta(days=7)
