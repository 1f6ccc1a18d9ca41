"""Live through a rota: contacts come, people answer, records remain."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

import numpy as np

from planner._errors import InputError
from planner._messages import Message
from planner.clock import OpeningHours
from planner.demand import PlannedWork, Queue, Volumes, draws
from planner.people import Skills, Team
from planner.rota import Rota
from planner.service.contacts import Contacts, contacts_of
from planner.service.crew import Crew
from planner.service.duty import changes_of, duties_of, on_duty
from planner.service.living import Life, live
from planner.service.mistakes import check_settings
from planner.service.planned import PlannedDone, pieces_of
from planner.service.promises import after_open_time, due_of, from_opening
from planner.service.records import Records, Service
from planner.service.settings import ServiceSettings, affordable


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

    Event simulation by the routing of ``service.events``. Handle times are lognormal, times the factor of
    the person; patience is exponential, customers write again a geometric number of times; chats share their
    person. The period starts with the open tickets of the settings. People on duty outside opening hours
    work on deferred contacts; live contacts that wait at closing are served out.

    Parameters
    ----------
    rota: shifts; those of kind "work" answer customers.
    volumes: contacts by queue and interval; drawn by ``demand.draws`` with the seed of the settings.
    queues: in the order of the forecast.
    team: everyone who may be in the rota.
    skills_: who is able to serve what.
    opening: opening hours by queue.
    settings: seed, replications, closed doors, absences; None: the defaults.
    planned: work that needs people beside contacts: at fixed hours it comes first, what may be moved is
        done by whoever is idle, and comes before deferred contacts once it is urgent.

    Raises
    ------
    InputError
        If settings, queues or opening hours do not fit together; all mistakes at once.
    """
    settings = settings or ServiceSettings()
    check_settings(settings, queues, [agent.name for agent in team.agents])
    _check_queues(volumes, queues, opening, planned)
    settings = affordable(settings, float(volumes.mean.sum()))
    crew = Crew.of(team, skills_, queues, planned)
    quarters = volumes.intervals * volumes.interval_minutes // 15
    open_ = np.array([opening[q.name].mask(volumes.first_quarter, quarters) for q in queues], dtype=bool)
    open_ = open_.reshape(len(queues), quarters)
    total: Life | None = None
    parts, planned_seconds = [], np.zeros(0)
    for life, seconds in _lives(rota, volumes, queues, opening, open_, crew, settings, planned):
        parts.append(life.records)
        planned_seconds = seconds if total is None else planned_seconds + seconds
        total = life if total is None else life.after(total)
    assert total is not None
    shape = (len(crew.people), volumes.intervals)
    return Service(
        records=Records.joined(parts),
        queues=tuple(queues),
        agents=crew.people,
        first_quarter=volumes.first_quarter,
        interval_minutes=volumes.interval_minutes,
        intervals=volumes.intervals,
        week_of=np.asarray(volumes.week_of),
        open_=open_,
        able=crew.able[: len(queues)],
        handling=total.handling.reshape(shape),
        waiting_for_work=total.waiting_for_work.reshape(shape),
        at_planned_work=total.at_planned_work.reshape(shape),
        settings=settings,
        events=int(total.events),
        planned=PlannedDone.of(planned, planned_seconds / len(parts), total.done / len(parts)),
    )


def _lives(
    rota: Rota,
    volumes: Volumes,
    queues: Sequence[Queue],
    opening: Mapping[str, OpeningHours],
    open_: np.ndarray,
    crew: Crew,
    settings: ServiceSettings,
    planned: Sequence[PlannedWork],
) -> Iterator[tuple[Life, np.ndarray]]:
    """One life after the other, with the seconds of planned work in each window."""
    people, quarters = len(crew.people), open_.shape[1]
    numbers = {name: a for a, name in enumerate(crew.people)}
    duties = duties_of(rota, numbers, volumes.first_quarter, quarters, settings)
    there = crew.able[len(queues) :].astype(float) @ on_duty(duties, people, quarters)
    step = volumes.interval_minutes // 15
    surplus = _surplus(settings, volumes, rota, opening)
    counts = draws(volumes, settings.replications, settings.seed)
    for nth in range(settings.replications):
        contacts = contacts_of(counts[nth], volumes, queues, open_, settings, nth, surplus)
        due = _due(contacts, queues, opening, open_, volumes.first_quarter, settings)
        turn = _turn(contacts, due, queues, open_)
        pieces = pieces_of(planned, volumes.first_quarter, step, there, settings, nth)
        if nth == 0 or settings.no_shows > 0 or settings.busy_inside_shift > 0:
            changes = changes_of(duties, crew.people, quarters, settings, nth)
        yield live(contacts, due, turn, pieces, changes, crew, volumes, nth), pieces.planned_seconds


def _surplus(
    settings: ServiceSettings, volumes: Volumes, rota: Rota, opening: Mapping[str, OpeningHours]
) -> np.ndarray | None:
    """Per interval, how many times the forecast comes on top in bad hours."""
    bad = settings.bad_hours
    if bad is None:
        return None
    day = (bad.day - rota.first_day).days
    if not (volumes.day_of == day).any():
        last = rota.first_day + timedelta(days=int(volumes.day_of.max(initial=0)))
        values = {"day": str(bad.day), "first": str(rota.first_day), "last": str(last)}
        raise InputError(Message("service.bad_hours_day", values))
    first, end = bad.quarters(next(iter(opening.values())).zone)
    starts = volumes.first_quarter + np.arange(volumes.intervals) * volumes.interval_minutes // 15
    return np.where((starts >= first) & (starts < end), bad.factor - 1.0, 0.0)


def _due(
    contacts: Contacts,
    queues: Sequence[Queue],
    opening: Mapping[str, OpeningHours],
    open_: np.ndarray,
    first_quarter: int,
    settings: ServiceSettings,
) -> np.ndarray:
    """When the promise to each contact falls due; to those carried in as if they had come at the start."""
    within = np.array([queue.promise.within_seconds for queue in queues], dtype=float)
    due: np.ndarray = contacts.arrived_at + within[contacts.queue]
    for q, queue in enumerate(queues):
        if queue.promise.clock == "elapsed" and not contacts.voicemail.any():
            continue
        mine = np.flatnonzero(contacts.queue == q)
        due[mine] = due_of(
            queue.promise, contacts.arrived_at[mine], open_[q], opening[queue.name], first_quarter
        )
        back = mine[contacts.voicemail[mine]]
        due[back] = after_open_time(open_[q], contacts.ready_at[back], settings.voicemail_seconds)
    return due


def _turn(contacts: Contacts, due: np.ndarray, queues: Sequence[Queue], open_: np.ndarray) -> np.ndarray:
    """By when each contact wants its answer, as the need plans it: time begins when the queue is open.

    Else whatever came over night would be overdue at opening, and held up shorter promises that can be kept.
    """
    turn = due.copy()
    for q, queue in enumerate(queues):
        if queue.promise.clock == "elapsed":
            mine = np.flatnonzero((contacts.queue == q) & ~contacts.voicemail)
            begins = from_opening(open_[q], contacts.arrived_at[mine])
            turn[mine] = begins + queue.promise.within_seconds
    return turn


def _check_queues(
    volumes: Volumes,
    queues: Sequence[Queue],
    opening: Mapping[str, OpeningHours],
    planned: Sequence[PlannedWork],
) -> None:
    names = tuple(queue.name for queue in queues)
    wrong = [Message("service.no_opening", {"queue": name}) for name in names if name not in opening]
    if tuple(volumes.queues) != names:
        values = {"given": ", ".join(volumes.queues), "expected": ", ".join(names)}
        wrong.append(Message("service.other_queues", values))
    for work in planned:
        if not work.fixed and not work.piece_seconds > 0:
            values = {"work": work.name, "seconds": f"{work.piece_seconds:g}"}
            wrong.append(Message("service.piece", values))
    if wrong:
        raise InputError(*wrong)
