"""Any one person absent for a shift: which absences customers notice, and the worst by name."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

import numpy as np

from planner._messages import Message
from planner.clock import local_at, quarter_of
from planner.service import FEWEST_CONTACTS, Fates, fates
from planner.study import steps
from planner.study.delicate import screened, sets_of
from planner.study.lives import usual_lives
from planner.study.one_fewer import OneFewer
from planner.study.progress import OnPlanProgress, PlanProgress

if TYPE_CHECKING:
    from planner.demand import Volumes
    from planner.requirement import Need
    from planner.rota import Rota, Shift
    from planner.scheduling import IsCancelled
    from planner.service import Service
    from planner.study.scenario import Scenario

MOST_SIMULATED = 12
"""Shifts that are simulated when nobody says how many."""
MATTERS = 0.05
"""A queue that keeps this much less of its promise in the hours of a shift misses the person."""


@dataclass(frozen=True)
class Hurt:
    """What one absence does to one queue, in the hours of the shift.

    Attributes
    ----------
    before, after: share within the promise of the contacts that could be answered in these hours (they
        came before the end of the shift and were not due before its start), with everybody there and
        with the person absent; NaN where they are too few.
    late: contacts more that miss their promise over the whole period, mean over replications.
    """

    queue: str
    before: float
    after: float
    late: float


@dataclass(frozen=True)
class Absence:
    """One shift that nobody works.

    Attributes
    ----------
    start, end: instants, UTC. queues: what it does to each queue that the person serves.
    """

    agent: str
    day: date
    start: datetime
    end: datetime
    queues: tuple[Hurt, ...]

    @property
    def late(self) -> float:
        """Contacts more that miss their promise, over all queues."""
        return sum(hurt.late for hurt in self.queues)

    @property
    def worst(self) -> Hurt:
        """The queue that loses most contacts."""
        return max(self.queues, key=lambda hurt: (hurt.late, hurt.queue))

    @property
    def matters(self) -> bool:
        """Whether some queue keeps clearly less of its promise in the hours of the shift."""
        return any(hurt.before - hurt.after >= MATTERS for hurt in self.queues)

    def message(self, zone: str) -> Message:
        """The case in a sentence; hours on the clock of a zone."""
        hurt = self.worst
        start, end = (local_at(quarter_of(at), zone) for at in (self.start, self.end))
        values = {
            "agent": self.agent,
            "when": f"{start:%a %Y-%m-%d %H:%M}–{end:%H:%M}",
            "queue": hurt.queue,
            "before": f"{100 * hurt.before:.0f}",
            "after": f"{100 * hurt.after:.0f}",
            "late": f"{self.late:.1f}",
        }
        known = np.isfinite(hurt.before) and np.isfinite(hurt.after)
        return Message("stress.absence" if known else "stress.absence_few", values)


@dataclass(frozen=True)
class Absences:
    """The absences that were looked at.

    Attributes
    ----------
    cases: those simulated, the worst first. shifts: how many there are in the rota.
    replications: simulated periods behind each figure. cancelled: whether the work was stopped early.
    zone: clock of the sentences.
    """

    cases: tuple[Absence, ...]
    shifts: int
    replications: int
    zone: str
    cancelled: bool = False
    messages: tuple[Message, ...] = field(default=())


def absences(
    rota: Rota,
    volumes: Volumes,
    need: Need,
    scenario: Scenario,
    most: int = MOST_SIMULATED,
    replications: int | None = None,
    on_progress: OnPlanProgress | None = None,
    is_cancelled: IsCancelled | None = None,
) -> Absences:
    """Live through the rota without each of its most delicate shifts, and compare with everybody there.

    All shifts are screened by who is left (see ``screened``); the most delicate are simulated, with the same
    customers and handle times as the rota with everybody (common random numbers), so that a small difference
    is not lost in luck.

    Parameters
    ----------
    rota: ours or any other of the scenario's team.
    volumes, need: of the scenario.
    most: shifts to simulate at most.
    replications: simulated periods for each; None: 20, fewer without the compiled extra.
    on_progress: told before each simulation.
    is_cancelled: asked before each; True ends the work and keeps what was found.
    """
    began = time.monotonic()
    replications = replications or min(20, usual_lives(volumes))
    fewer = OneFewer.of(rota, need, scenario, sets_of(need, scenario))
    delicate = screened(fewer, volumes, need, scenario)[:most]
    found: list[Absence] = []
    everybody: tuple[Service, Fates] | None = None
    cancelled = False
    for number, shift in enumerate(delicate, start=1):
        if is_cancelled is not None and is_cancelled():
            cancelled = True
            break
        if on_progress is not None:
            seconds = time.monotonic() - began
            on_progress(PlanProgress("absences", seconds=seconds, stage=number, stages=len(delicate)))
        if everybody is None:
            full = steps.simulate(rota, volumes, scenario, replications=replications)
            everybody = full, fates(full)
        absent = (shift.agent, shift.day)
        without = steps.simulate(rota, volumes, scenario, replications=replications, absent=absent)
        found.append(_compared(shift, everybody, (without, fates(without)), need.first_quarter))
    cases = tuple(sorted(found, key=lambda case: (-case.late, case.start, case.agent)))
    made = Absences(cases, len(fewer.shifts), replications, scenario.zone, cancelled)
    return Absences(**{**vars(made), "messages": _messages(made)})


def _compared(
    shift: Shift, everybody: tuple[Service, Fates], without: tuple[Service, Fates], first_quarter: int
) -> Absence:
    """What the same customers got with and without a shift."""
    start = (quarter_of(shift.start) - first_quarter) * 900.0
    end = (quarter_of(shift.end) - first_quarter) * 900.0
    person = everybody[0].agents.index(shift.agent)
    hurts = []
    for q, queue in enumerate(everybody[0].queues):
        if not everybody[0].able[q, person]:
            continue
        shares, late = [], []
        for service, fate in (everybody, without):
            r = service.records
            mine = (r.queue == q) & fate.measured
            then = mine & (r.arrived < end) & (r.due >= start)
            count = int(then.sum())
            shares.append(float(fate.kept[then].mean()) if count >= FEWEST_CONTACTS else float("nan"))
            late.append(int((mine & ~fate.kept).sum()) / service.replications)
        hurts.append(Hurt(queue.name, shares[0], shares[1], late[1] - late[0]))
    return Absence(shift.agent, shift.day, shift.start, shift.end, tuple(hurts))


def _messages(found: Absences) -> tuple[Message, ...]:
    """The finding, answer first: the worst case, where a promise falls lowest, and what was looked at."""
    values = {"simulated": len(found.cases), "shifts": found.shifts, "replications": found.replications}
    looked = Message("stress.looked", values)
    if not found.cases:
        return () if found.cancelled else (Message("stress.no_absence"),)
    worst = found.cases[0]
    if worst.late < 0.05 and not any(case.matters for case in found.cases):
        return (Message("stress.absence_unnoticed"), looked)
    lines = [Message("stress.absence_worst", {"case": str(worst.message(found.zone))})]
    lowest = _lowest(found.cases)
    if lowest is not None and lowest[0] is not worst:
        lines.append(Message("stress.absence_lowest", {"case": str(_about(*lowest).message(found.zone))}))
    count = sum(case.matters for case in found.cases)
    lines.append(Message("stress.absence_matter", {"count": count, "points": f"{100 * MATTERS:g}"}))
    return (*lines, looked)


def _lowest(cases: Sequence[Absence]) -> tuple[Absence, Hurt] | None:
    """The case and queue whose promise falls by most points."""
    known = [(hurt.before - hurt.after, case, hurt) for case in cases for hurt in case.queues]
    known = [each for each in known if np.isfinite(each[0]) and each[0] >= MATTERS]
    _, case, hurt = max(known, key=lambda each: each[0], default=(0.0, None, None))
    return (case, hurt) if case is not None and hurt is not None else None


def _about(case: Absence, hurt: Hurt) -> Absence:
    """The case as it is for one queue."""
    return Absence(case.agent, case.day, case.start, case.end, (hurt,))
