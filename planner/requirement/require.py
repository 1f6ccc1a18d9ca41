"""From forecast to need: people on duty over sets of queues that share people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import numpy as np

from planner._errors import InputError
from planner._messages import Message
from planner.clock import OpeningHours
from planner.demand import PlannedWork, Queue, Volumes
from planner.people import Skills, Team, groups
from planner.requirement.backlogs import Sources, backlog_rows, deferred_mistakes
from planner.requirement.changes import renamed
from planner.requirement.deferred import OpenTimes
from planner.requirement.explain import explain
from planner.requirement.flows import flows_of
from planner.requirement.horizon import Horizon
from planner.requirement.mistakes import chat_mistakes, goal_mistakes
from planner.requirement.need import Need
from planner.requirement.planned import in_window, planned_rows
from planner.requirement.rows import role_open, role_rows, single_rows, union_rows, with_everybody
from planner.requirement.settings import EVERYBODY, NeedSettings, RoleNeed

# Twenty times the 500 people that can be planned: only a mistake brings more.
MOST_LOAD = 10_000


def require(
    volumes: Volumes,
    queues: Sequence[Queue],
    team: Team,
    skills_: Skills,
    opening: Mapping[str, OpeningHours],
    settings: NeedSettings,
    roles: Sequence[RoleNeed] = (),
    planned: Sequence[PlannedWork] = (),
    when_closed: Mapping[str, Mapping[str, float]] = MappingProxyType({}),
) -> Need:
    """People needed on duty, interval by interval, and deferred work with its deadlines.

    Listed sets are each queue and role alone; the live queues of each group that shares people,
    where the pool needs more than its most demanding queue (see ``union.union`` for how a pool is
    staffed); planned work, alone and with the live sets whose people it takes (see ``planned``); and
    all queues, where a minimum on duty is given for "all". Deferred queues are backlogs (see
    ``backlogs``); a queue between live and deferred has both forms, so that the larger holds. Live
    queues are staffed for the forecast's mean, unless ``settings.policy`` says otherwise. Handle times
    are multiplied by the mean factor of the people who can serve the queue.

    Required people are the larger of the minimum on duty and the people at work (answer time or
    occupancy cap), the latter divided by the share of people who are there and free, rounded up
    once, with exact fractions. While a queue is closed it needs nobody: live contacts then find no
    one, deferred ones wait for the opening. An interval is open if any of its quarter-hours is.

    Parameters
    ----------
    volumes: contacts expected, a row for every queue.
    opening: queue to its opening hours.
    skills_: who can serve what, made with the same roles and planned work.
    roles: escalation roles, on call while any queue is open.
    planned: work that needs people and answers nobody.
    when_closed: queue to what becomes of its contacts while it is closed, as the simulation takes it.

    Raises
    ------
    InputError: names that do not fit together, promises that nobody can keep; all at once.

    Examples
    --------
    >>> from planner.demand import Promise
    >>> from planner.clock import OpeningLine
    >>> from planner.people import Agent, skills
    >>> phone = Queue("phone en", "phone", "en", 180, Promise(0.8, 20))
    >>> team = Team((Agent("Ada", "", "UTC", {"en": None}),))
    >>> day = OpeningHours("UTC", (OpeningLine(frozenset(range(7)), False, 540, 1080),))
    >>> calls = np.full((1, 48), 100.0)
    >>> volumes = Volumes(("phone en",), 0, 30, calls, calls, calls, {}, np.zeros(48, int), np.zeros(48, int))
    >>> need = require(volumes, [phone], team, skills(team, [phone]), {"phone en": day}, NeedSettings())
    >>> need.required[0, 16:20].tolist()
    [0, 0, 14, 14]
    """
    _refuse_misfits(volumes, queues, skills_, opening, settings, roles, planned)
    step = volumes.interval_minutes // 15
    times = {
        queue.name: OpenTimes.of(opening[queue.name], volumes.first_quarter, volumes.intervals * step)
        for queue in queues
    }
    is_open: dict[str, np.ndarray] = {
        name: time.quarters.reshape(volumes.intervals, step).max(axis=1) for name, time in times.items()
    }
    names = tuple(queue.name for queue in queues)
    flows = flows_of(volumes, queues, times, when_closed)
    contacts = np.array(volumes.mean, dtype=np.float64)
    contacts[[volumes.queues.index(name) for name in names]] = flows.pace
    horizon = Horizon(volumes, contacts, times, is_open, {name: skills_.factor(name) for name in names})
    together = groups(team, queues, planned)
    sharing = groups(team, queues)
    rows = single_rows(horizon, queues, settings) + role_rows(horizon, names, roles)
    live = {next(iter(row.queues)): row.live for row in rows if row.live is not None}
    rows += union_rows(horizon, queues, sharing, live, settings)
    rows += planned_rows(horizon, rows, sharing, together, planned, skills_, settings)
    rows = with_everybody(rows, horizon, names, settings)
    sources = Sources(volumes, queues, flows, times, planned, skills_, settings)
    need = Need(
        need_id="",
        first_quarter=volumes.first_quarter,
        interval_minutes=volumes.interval_minutes,
        queues=(*names, *(work.name for work in planned), *(role.role for role in roles)),
        sets=tuple(row.queues for row in rows),
        required=np.vstack([row.gross for row in rows]),
        backlogs=backlog_rows(sources, together, live, rows),
        groups=together,
        open=np.vstack(
            [
                *(is_open[name] for name in names),
                *(in_window(horizon, work) for work in planned),
                *(role_open(horizon, names, role) for role in roles),
            ]
        ),
        planned=tuple(work.name for work in planned),
        why=explain(rows, names, volumes, opening[names[0]].zone),
    )
    return renamed(need)


def _refuse_misfits(
    volumes: Volumes,
    queues: Sequence[Queue],
    skills_: Skills,
    opening: Mapping[str, OpeningHours],
    settings: NeedSettings,
    roles: Sequence[RoleNeed],
    planned: Sequence[PlannedWork],
) -> None:
    names = [queue.name for queue in queues]
    listed = ", ".join(names)
    wrong = [Message("requirement.no_queues", {})] if not names else []
    wrong += [Message("requirement.no_volumes", {"queue": n}) for n in names if n not in volumes.queues]
    wrong += [Message("requirement.no_opening", {"queue": n}) for n in names if n not in opening]
    wrong += [
        Message("requirement.no_skills", {"queue": n})
        for n in (*names, *(work.name for work in planned), *(role.role for role in roles))
        if n not in skills_.able
    ]
    wrong += [
        Message("requirement.unknown_presence", {"queue": n, "queues": listed})
        for n in settings.presence
        if n != EVERYBODY and n not in names
    ]
    wrong += [
        Message("requirement.unknown_margin", {"queue": n, "queues": listed})
        for n in settings.margin
        if n not in names
    ]
    wrong += [
        Message("requirement.queue", {"queue": queue.name, "text": str(mistake)})
        for queue in queues
        for mistake in goal_mistakes(queue.promise.share, None, queue.max_abandon) + _chat_mistakes(queue)
    ]
    wrong += _planned_mistakes(names, roles, planned)
    for queue in queues:
        load = _heaviest(volumes, queue) if queue.name in volumes.queues else 0.0
        if load > MOST_LOAD:
            values = {"queue": queue.name, "load": f"{load:.0f}", "most": MOST_LOAD}
            wrong.append(Message("requirement.too_much_work", values))
    wrong += deferred_mistakes(volumes, queues, opening, planned, settings)
    if wrong:
        raise InputError(*wrong)


def _planned_mistakes(
    names: Sequence[str], roles: Sequence[RoleNeed], planned: Sequence[PlannedWork]
) -> list[Message]:
    taken, wrong = {*names, *(role.role for role in roles)}, []
    for work in planned:
        if work.name in taken:
            wrong.append(Message("requirement.planned_name", {"work": work.name}))
        taken.add(work.name)
        wrong += [
            Message("requirement.planned_queue", {"work": work.name, "queue": queue})
            for queue in work.queues
            if queue not in names
        ]
    return wrong


def _heaviest(volumes: Volumes, queue: Queue) -> float:
    """People busy at once with a queue in its busiest interval, in erlang."""
    most = float(volumes.mean[volumes.queues.index(queue.name)].max(initial=0.0))
    return most * queue.work_seconds / (volumes.interval_minutes * 60)


def _chat_mistakes(queue: Queue) -> list[Message]:
    if queue.channel != "chat" and queue.chats_at_once != 1:
        return [Message("requirement.only_chats", {"value": queue.chats_at_once, "channel": queue.channel})]
    return chat_mistakes(queue.chats_at_once, queue.chat_speed)
