"""Deferred work as rows for the rota model.

Work is that of deferred queues, voicemails of queues that were closed, and planned work that may be done
at any time in its window. Sets are each of these alone, and in each group that shares people a chain of
unions: the shortest promises, with the next longer ones, and so on to all. The chain is needed: a person who
works ahead on what is due tomorrow has, in the sum of both, done as much as one who answers what is due
in an hour. Where all share everybody, the rows of the chain together ask for exactly what earliest due
first needs. E-mail and social that are handled as live are there as well, with all their touches and with
what comes while they are closed; live work then is phone and chat alone, so that nothing counts twice.
Work that can be put down and work that cannot are also told apart (see ``limits``).

Each set has a row of first replies with the promise, and, where contacts need more touches, a row of all
work, whose further touches have the follow-up time. The safety work is that of ``work``.

One person does ``interval * occupancy cap * (1 - busy inside the shift) * (1 - no-shows)`` of work in
an interval, in units of 15 s, rounded down.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from planner._messages import Message
from planner.clock import OpeningHours
from planner.demand import LIVE_CHANNELS, PlannedWork, Queue, Volumes
from planner.people import Skills
from planner.requirement.deferred import OpenTimes, clock_mistakes
from planner.requirement.explain import Row
from planner.requirement.flows import Flows
from planner.requirement.limits import Taken
from planner.requirement.live import LiveNeed
from planner.requirement.mistakes import decimal
from planner.requirement.need import WORK_UNIT_SECONDS, Backlog
from planner.requirement.settings import NeedSettings
from planner.requirement.shrinkage import present_share
from planner.requirement.work import Work, planned_work, together, voicemail_work, whole_units, work_of

FIRST_REPLIES = "first replies"
ALL_WORK = "all work"
VOICEMAIL = "voicemail"
PLANNED_WORK = "planned work"
# Kinds of planned work in which nobody else takes part.
CAN_BE_PUT_DOWN = ("project",)


def per_person(interval_minutes: int, settings: NeedSettings) -> int:
    """Units of work that one person on duty does in an interval.

    Examples
    --------
    >>> per_person(30, NeedSettings(busy_inside_shift=0.15, no_shows=0.03))
    84
    """
    share = present_share(settings.busy_inside_shift, settings.no_shows)
    units = interval_minutes * 60 // WORK_UNIT_SECONDS
    return math.floor(units * decimal(settings.occupancy_cap) * share)


@dataclass(frozen=True, eq=False)
class Item:
    """One source of deferred work.

    Attributes
    ----------
    name: queue or planned work. what: of its row alone.
    first, every: its work with the promise, and with all touches (the same if there are no others).
    follow_up_seconds: time of the further touches; 0 if there are none.
    put_down: it can be put down for a live contact.
    """

    name: str
    what: str
    first: Work
    every: Work
    follow_up_seconds: float = 0.0
    put_down: bool = True


@dataclass(frozen=True, eq=False)
class Sources:
    """Where deferred work comes from, and when it is due."""

    volumes: Volumes
    queues: Sequence[Queue]
    flows: Flows
    times: Mapping[str, OpenTimes]
    planned: Sequence[PlannedWork]
    skills: Skills
    settings: NeedSettings

    @property
    def interval_seconds(self) -> float:
        """Length of an interval."""
        return self.volumes.interval_minutes * 60.0

    def items(self, group: Sequence[str]) -> list[Item]:
        """The deferred work of a group of queues and planned work that share people."""
        found = []
        for row, queue in enumerate(self.queues):
            if queue.name in group and queue.channel not in LIVE_CHANNELS:
                found.append(self._queue(queue, self.flows.contacts[row]))
        for row, queue in enumerate(self.queues):
            messages = self.flows.voicemail[row]
            if queue.name in group and messages.any():
                work = voicemail_work(
                    queue,
                    messages,
                    self.interval_seconds,
                    self.times[queue.name],
                    self.settings.voicemail_seconds,
                    self.skills.factor(queue.name),
                )
                found.append(Item(queue.name, VOICEMAIL, work, work, put_down=False))
        for each in self.planned:
            if each.name in group and not each.fixed:
                grid = (self.volumes.first_quarter, self.volumes.intervals, self.interval_seconds)
                work = planned_work(each, *grid)
                put_down = each.what in CAN_BE_PUT_DOWN
                found.append(Item(each.name, PLANNED_WORK, work, work, put_down=put_down))
        return found

    def _queue(self, queue: Queue, contacts: np.ndarray) -> Item:
        first, every = (
            work_of(
                queue,
                contacts,
                self.interval_seconds,
                self.times[queue.name],
                follow_up,
                self.skills.factor(queue.name),
                self.settings.open_tickets.get(queue.name, 0),
            )
            for follow_up in (None, self.settings.follow_up_seconds)
        )
        follow_up = self.settings.follow_up_seconds if queue.replies > 1.0 else 0.0
        return Item(queue.name, FIRST_REPLIES, first, every, follow_up, queue.interruptible)

    def away(self, group: Sequence[str]) -> dict[str, np.ndarray]:
        """People whom fixed planned work of a group keeps in each interval."""
        first, step = self.volumes.first_quarter, self.volumes.interval_minutes // 15
        found = {}
        for work in self.planned:
            people = np.zeros(self.volumes.intervals * step, dtype=np.int64)
            for window in work.windows if work.fixed and work.name in group else ():
                people[max(0, window.start - first) : max(0, window.end - first)] = window.people
            if people.any():
                found[work.name] = people.reshape(-1, step).max(axis=1)
        return found


def backlog_rows(
    sources: Sources,
    groups: Sequence[tuple[str, ...]],
    live: Mapping[str, LiveNeed],
    rows: Sequence[Row],
) -> tuple[Backlog, ...]:
    """All backlogs: group by group, singles before unions, first replies before all work.

    Parameters
    ----------
    live: phone and chat with their loads; others whose people are found by formula may be there too.
    rows: the rows of the need, for what live queues require.
    """
    found = []
    each = per_person(sources.volumes.interval_minutes, sources.settings)
    for group in groups:
        members = [queue.name for queue in sources.queues if queue.name in group]
        alive = [queue.name for queue in sources.queues if queue.channel in LIVE_CHANNELS]
        taken = Taken(
            live={name: live[name] for name in members if name in alive},
            rows=rows,
            away=sources.away(group),
            skills=sources.skills,
            settings=sources.settings,
            per_person=each,
            interval_seconds=sources.interval_seconds,
            intervals=sources.volumes.intervals,
        )
        for some, whats in _sets(sources.items(group)):
            found += [_row(some, what, sources, taken) for what in whats]
    return tuple(found)


def deferred_mistakes(
    volumes: Volumes,
    queues: Sequence[Queue],
    opening: Mapping[str, OpeningHours],
    planned: Sequence[PlannedWork],
    settings: NeedSettings,
) -> list[Message]:
    """What is wrong with promises by an hour, open tickets, and the time that is left for work."""
    waiting = [queue.name for queue in queues if queue.channel not in LIVE_CHANNELS]
    wrong = [
        mistake
        for queue in queues
        if queue.name in opening
        for mistake in clock_mistakes(queue, opening[queue.name], volumes.first_quarter)
    ]
    wrong += [
        Message("requirement.unknown_open_tickets", {"queue": name, "queues": ", ".join(waiting)})
        for name in settings.open_tickets
        if name not in waiting
    ]
    some = any(queue.channel not in LIVE_CHANNELS for queue in queues) or any(
        not work.fixed for work in planned
    )
    if some and per_person(volumes.interval_minutes, settings) < 1:
        wrong.append(Message("requirement.no_work_left", {}))
    return wrong


def _sets(items: Sequence[Item]) -> Iterator[tuple[Sequence[Item], list[str]]]:
    """Sets of work with the rows each has: singles, then the chain of unions."""
    for item in items:
        yield [item], [item.what, ALL_WORK] if item.follow_up_seconds else [item.what]
    listed = {frozenset({(item.name, item.what)}) for item in items}
    held = [item for item in items if not item.put_down]
    for pool in (items, held):
        spans = sorted({item.first.span_seconds for item in pool})
        for n, span in enumerate(spans):
            some = [item for item in pool if item.first.span_seconds <= span]
            names = frozenset((item.name, item.what) for item in some)
            if names in listed:
                continue
            listed.add(names)
            later = spans[n + 1] if n + 1 < len(spans) else math.inf
            further = any(0 < item.follow_up_seconds < later for item in some)
            yield some, [FIRST_REPLIES, ALL_WORK] if further else [FIRST_REPLIES]


def _row(items: Sequence[Item], what: str, sources: Sources, taken: Taken) -> Backlog:
    works = [item.every if what == ALL_WORK else item.first for item in items]
    work = together(works, sources.interval_seconds)
    names = frozenset(item.name for item in items)
    z = sources.settings.z_of(names)
    arriving, not_due = whole_units(
        work.arriving + z * work.margin_arriving, work.not_due + z * work.margin_not_due
    )
    return Backlog(
        queues=names,
        arriving=arriving,
        not_due=not_due,
        per_person=taken.per_person,
        limits=taken.limits(names, any(item.put_down for item in items)),
        what=what,
        margin_arriving=work.margin_arriving,
        margin_not_due=work.margin_not_due,
    )
