"""Live through a rota: contacts come, people answer, records remain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

import numpy as np

from planner._compiled import COMPILED
from planner._errors import InputError
from planner._messages import Message
from planner.clock import OpeningHours
from planner.demand import PlannedWork, Queue, Volumes, draws
from planner.people import Skills, Team
from planner.rota import Rota
from planner.service.contacts import Contacts, contacts_of
from planner.service.duty import Changes, changes_of, duties_of
from planner.service.events import run
from planner.service.mistakes import check_settings
from planner.service.planned import PlannedDone
from planner.service.promises import after_open_time, due_of
from planner.service.records import Outcome, Records, Service
from planner.service.settings import ServiceSettings, affordable
from planner.service.world import World, as_arrays, as_lists, fresh_state


def simulate(
    rota: Rota,
    volumes: Volumes,
    queues: Sequence[Queue],
    team: Team,
    skills_: Skills,
    opening: Mapping[str, OpeningHours],
    settings: ServiceSettings | None = None,
    planned: Sequence[PlannedWork] = (),
) -> Service:
    """What customers get from any rota, ours or one read from a file.

    Event simulation by the routing of ``service.events``. Handle times are lognormal, patience is
    exponential, customers write again a geometric number of times. The period starts with the open
    tickets of the settings. People on duty outside opening hours work on deferred contacts; live contacts
    that wait at closing are served out.

    Parameters
    ----------
    rota: shifts; those of kind "work" answer customers.
    volumes: contacts by queue and interval; drawn by ``demand.draws`` with the seed of the settings.
    queues: in the order of the forecast.
    team: everyone who may be in the rota.
    skills_: who is able to serve what.
    opening: opening hours by queue.
    settings: seed, replications, closed doors, absences; None: the defaults.
    planned: work that needs people beside contacts.

    Raises
    ------
    InputError
        If settings, queues or opening hours do not fit together; all mistakes at once.
    """
    settings = settings or ServiceSettings()
    people = tuple(agent.name for agent in team.agents)
    check_settings(settings, queues, people)
    _check_queues(volumes, queues, opening)
    settings = affordable(settings, float(volumes.mean.sum()))
    quarters = volumes.intervals * volumes.interval_minutes // 15
    open_ = np.array([opening[q.name].mask(volumes.first_quarter, quarters) for q in queues], dtype=bool)
    able = np.array([[name in skills_.able[q.name] for name in people] for q in queues], dtype=bool)
    able = able.reshape(len(queues), len(people))
    duties = duties_of(
        rota, {name: a for a, name in enumerate(people)}, volumes.first_quarter, quarters, settings
    )
    surplus = _surplus(settings, volumes, rota)
    counts = draws(volumes, settings.replications, settings.seed)
    parts, events = [], 0
    handling = np.zeros((len(people), volumes.intervals))
    waiting_for_work = np.zeros_like(handling)
    for replication in range(settings.replications):
        contacts = contacts_of(
            counts[replication],
            volumes,
            queues,
            open_.reshape(len(queues), quarters),
            settings,
            replication,
            surplus,
        )
        due = _due(contacts, queues, opening, open_, volumes.first_quarter, settings)
        changes = changes_of(duties, len(people), quarters, settings, replication)
        world = _world(contacts, changes, queues, able, volumes)
        records, seconds, count = _live_through(world, contacts, due, replication)
        parts.append(records)
        handling += seconds[0].reshape(handling.shape)
        waiting_for_work += seconds[1].reshape(handling.shape)
        events += count
    return Service(
        records=Records.joined(parts),
        queues=tuple(queues),
        agents=people,
        first_quarter=volumes.first_quarter,
        interval_minutes=volumes.interval_minutes,
        intervals=volumes.intervals,
        week_of=np.asarray(volumes.week_of),
        open_=open_,
        able=able,
        handling=handling,
        waiting_for_work=waiting_for_work,
        settings=settings,
        events=events,
        planned=PlannedDone.of(planned),
    )


def _surplus(settings: ServiceSettings, volumes: Volumes, rota: Rota) -> np.ndarray | None:
    """Per interval, how many times the forecast comes on top in bad hours."""
    bad = settings.bad_hours
    if bad is None:
        return None
    day = (bad.day - rota.first_day).days
    on_that_day = np.flatnonzero(volumes.day_of == day)
    if not len(on_that_day):
        last = rota.first_day + timedelta(days=int(volumes.day_of.max(initial=0)))
        values = {"day": str(bad.day), "first": str(rota.first_day), "last": str(last)}
        raise InputError(Message("service.bad_hours_day", values))
    an_hour = 60 / volumes.interval_minutes
    hour = (np.arange(volumes.intervals) - on_that_day[0]) / an_hour
    return np.where((hour >= bad.from_hour) & (hour < bad.from_hour + bad.hours), bad.factor - 1.0, 0.0)


def _due(
    contacts: Contacts,
    queues: Sequence[Queue],
    opening: Mapping[str, OpeningHours],
    open_: np.ndarray,
    first_quarter: int,
    settings: ServiceSettings,
) -> np.ndarray:
    """When the promise to each contact falls due; to those carried in nothing is known."""
    due = np.full(len(contacts.queue), np.inf)
    for q, queue in enumerate(queues):
        mine = np.flatnonzero((contacts.queue == q) & ~contacts.carried)
        due[mine] = due_of(
            queue.promise, contacts.arrived_at[mine], open_[q], opening[queue.name], first_quarter
        )
        back = mine[contacts.voicemail[mine]]
        due[back] = after_open_time(open_[q], contacts.ready_at[back], settings.voicemail_seconds)
    return due


def _check_queues(volumes: Volumes, queues: Sequence[Queue], opening: Mapping[str, OpeningHours]) -> None:
    names = tuple(queue.name for queue in queues)
    wrong = [Message("service.no_opening", {"queue": name}) for name in names if name not in opening]
    if tuple(volumes.queues) != names:
        values = {"given": ", ".join(volumes.queues), "expected": ", ".join(names)}
        wrong.append(Message("service.other_queues", values))
    if wrong:
        raise InputError(*wrong)


def _world(
    contacts: Contacts, changes: Changes, queues: Sequence[Queue], able: np.ndarray, volumes: Volumes
) -> World:
    """Everything that is given, as flat rows."""
    breadth = able.sum(axis=0).astype(np.int64)
    by_breadth = np.argsort(breadth, kind="stable")
    serving = [by_breadth[able[q, by_breadth]] for q in range(len(queues))]
    served = [np.flatnonzero(able[:, a]) for a in range(able.shape[1])]
    return World(
        horizon=float(volumes.intervals * volumes.interval_minutes * 60),
        interval=float(volumes.interval_minutes * 60),
        intervals=volumes.intervals,
        able_from=_offsets(serving),
        able=_flat(serving),
        serves_from=_offsets(served),
        serves=_flat(served),
        breadth=breadth,
        priority=np.array([queue.priority for queue in queues], dtype=np.int64),
        duty_at=changes.at,
        duty_of=changes.of,
        duty_what=changes.what,
        duty_for=changes.seconds,
        ready_at=contacts.ready_at,
        queue=contacts.queue,
        live=contacts.live.astype(np.int64),
        soft=contacts.soft.astype(np.int64),
        gives_up_at=contacts.gives_up_at,
        touch_from=contacts.touch_from,
        handle=contacts.handle,
        delay=contacts.delay,
    )


def _offsets(rows: Sequence[np.ndarray]) -> np.ndarray:
    return np.concatenate([[0], np.cumsum([len(row) for row in rows])]).astype(np.int64)


def _flat(rows: Sequence[np.ndarray]) -> np.ndarray:
    return np.concatenate([np.zeros(0, dtype=np.int64), *rows]).astype(np.int64)


def _live_through(
    world: World, contacts: Contacts, due: np.ndarray, replication: int
) -> tuple[Records, tuple[np.ndarray, np.ndarray], int]:
    """One replication: its records, seconds of handling and of waiting for work, number of events."""
    state = fresh_state(world)
    if COMPILED:
        events = int(run(world, state))
    else:
        lists = as_lists(state)
        events = run(as_lists(world), lists)
        state = as_arrays(lists)
    begun, sent = np.isfinite(state.started), np.isfinite(state.answered)
    outcome = np.full(len(contacts.queue), int(Outcome.WAITING), dtype=np.int8)
    outcome[contacts.live & ~begun & (contacts.gives_up_at <= world.horizon)] = Outcome.ABANDONED
    outcome[np.where(contacts.live, begun, sent)] = Outcome.ANSWERED
    outcome[contacts.turned_away] = Outcome.TURNED_AWAY
    records = Records(
        replication=np.full(len(outcome), replication, dtype=np.int32),
        offered_to=contacts.offered_to.astype(np.int32),
        queue=contacts.queue.astype(np.int32),
        arrived=contacts.arrived_at,
        arrived_open=contacts.arrived_open,
        live=contacts.live,
        agent=state.by.astype(np.int32),
        started=state.started,
        answered=state.answered,
        gone=np.where(outcome == Outcome.ABANDONED, contacts.gives_up_at, np.nan),
        due=due,
        carried=contacts.carried,
        voicemail=contacts.voicemail,
        outcome=outcome,
    )
    return records, (state.handling, state.waiting_for_work), events
