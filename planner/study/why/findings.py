"""Why a plan is short: its shortages with what stops people, people whose rules clash, what must fail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from planner.study.why.patterns import Pattern, patterns

if TYPE_CHECKING:
    from planner.requirement import Need
    from planner.rota import Cover, Rota
    from planner.rules import Rule
    from planner.scheduling import IsCancelled, Problem
    from planner.scheduling.why import Clash, Prover, Stop, Stops, Window

TOLD, LOOKED = 12, 2
"""Shortages that are looked into, and days of each of them."""
BRIEFLY, BRIEF_LOOK = 4, 1
"""The same for what stands in every plan."""


@dataclass(frozen=True)
class Finding:
    """A shortage and why it is there.

    Attributes
    ----------
    pattern: when, which queues, how many people. hours: person-hours missing in the period.
    proven: of these, person-hours that every rota misses; None: not looked into.
    able: people who could serve the set. stops: what stops those who are not there; empty and ``looked``
        False where it was not looked into.
    """

    pattern: Pattern
    hours: float
    proven: float | None = None
    able: int = 0
    stops: tuple[Stop, ...] = ()
    looked: bool = False

    @property
    def unavoidable(self) -> bool:
        """Whether every rota misses as many."""
        return self.proven is not None and self.proven >= self.hours - 1e-6

    @property
    def by_rule(self) -> Mapping[Rule, tuple[Stop, ...]]:
        """Who is stopped by each rule alone, the rule that stops most people first."""
        found: dict[Rule, list[Stop]] = {}
        for stop in self.stops:
            if stop.how == "rule":
                found.setdefault(stop.rules[0], []).append(stop)
        ranked = sorted(found.items(), key=lambda item: (-len(item[1]), -sum(s.saves for s in item[1])))
        return {rule: tuple(stops) for rule, stops in ranked}


@dataclass(frozen=True)
class WhyNot:
    """Everything that is found without changing the scenario.

    Attributes
    ----------
    findings: shortages, the most person-hours first. clashes: people without a legal tour.
    window: the smallest stretch found in which every rota misses people; None: none is proven.
    hours: person-hours missing in all; proven: of these that every rota misses, None: not known.
    """

    findings: tuple[Finding, ...]
    clashes: tuple[Clash, ...]
    window: Window | None
    hours: float
    proven: float | None


def why_not(
    problem: Problem,
    rota: Rota,
    cover: Cover,
    zone: str,
    proven: float | None,
    clashing: Sequence[str] = (),
    brief: bool = False,
    is_cancelled: IsCancelled | None = None,
) -> WhyNot:
    """Look into what a rota misses.

    Parameters
    ----------
    problem, rota, cover: what was asked, what came, and how it covers the need.
    zone: whose clock the findings are told on.
    proven: person-hours that every rota misses; None: not known.
    clashing: people without a legal tour.
    brief: fewer shortages, one day of each: what stands in every plan.
    is_cancelled: once it says yes, what is left is told without being looked into.
    """
    from planner.scheduling.why import Around, Prover, Stops, Variants, clash_of, shortages, smallest_window

    stop = is_cancelled or (lambda: False)
    need = problem.need
    each = need.interval_minutes / 60
    short = shortages(need, cover)
    told = [Finding(one, one.missing * each) for one in patterns(short, need, zone)]
    clashes = tuple(clash for name in clashing if not stop() and (clash := clash_of(problem, name)))
    window = None
    if told and not stop():
        around = Around.of(problem, rota, stop)
        variants = Variants(around.crew)
        asking, prover = Stops(around, variants), Prover(around.crew, variants, stop)
        most, days = (BRIEFLY, BRIEF_LOOK) if brief else (TOLD, LOOKED)
        for number, finding in enumerate(told[:most]):
            if stop():
                break
            told[number] = replace(
                finding,
                proven=_proven(finding, prover, need) if proven != 0 else 0.0,
                able=len(_able(problem, finding.pattern.names)),
                stops=_merged(finding, asking, days, stop),
                looked=True,
            )
        if proven != 0 and not stop():
            window = smallest_window(around.crew, short, prover)
    # What is missing in some hours whatever the rota is missing in the whole.
    known = [proof for proof in (proven, *(one.proven for one in told)) if proof is not None]
    return WhyNot(tuple(told), clashes, window, sum(one.hours for one in told), max(known, default=None))


def _able(problem: Problem, names: tuple[str, ...]) -> frozenset[str]:
    """People who can serve a queue of a set."""
    table = problem.skills
    return frozenset().union(*(table.able[name] for name in names))


def _proven(finding: Finding, prover: Prover, need: Need) -> float | None:
    """Person-hours that every rota misses in these hours; of deferred work nothing is proven apart."""
    if finding.pattern.what != "people":
        return None
    within = np.zeros(need.intervals, bool)
    for one in finding.pattern.stretches:
        within[one.first : one.last + 1] = True
    people = prover.missing(finding.pattern.names, within, finding.pattern.missing)
    return min(people, finding.pattern.missing) * need.interval_minutes / 60


def _merged(finding: Finding, asking: Stops, days: int, stop: IsCancelled) -> tuple[Stop, ...]:
    """What stops people on the worst days, each person and rule once, with the most that it would save."""
    best: dict[tuple[object, ...], Stop] = {}
    for one in finding.pattern.stretches[:days]:
        for found in asking.of(one, is_cancelled=stop):
            key = (found.person, found.how, found.rules)
            if key not in best or found.saves > best[key].saves:
                best[key] = found
    alone = {found.person for found in best.values() if found.how == "rule"}
    # Who is stopped by one rule on one day and by several on another is told by the one.
    kept = [found for found in best.values() if found.how == "rule" or found.person not in alone]
    return tuple(sorted(kept, key=lambda s: (s.person, s.how, tuple(rule.name for rule in s.rules))))
