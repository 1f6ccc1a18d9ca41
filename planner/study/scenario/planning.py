"""Planned work, meetings and appointments as they are said: who does them, what they are called."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from planner._errors import HistoryError
from planner._messages import Message
from planner.demand import HistorySource, PlannedWork
from planner.study.scenario.history_files import saved_mapping, source_of

if TYPE_CHECKING:
    import numpy as np

    from planner.demand import History
    from planner.study.scenario.resolved import Resolved
    from planner.study.scenario.work_said import AppointmentSaid, MeetingSaid, PlannedSaid

ALL = "all"


class Who(NamedTuple):
    """Who does planned work: people of any of the queues, with a team, in so many turns."""

    queues: tuple[str, ...] = ()
    team: str = ""
    turns: int = 1


def who_of(words: Sequence[str], queues: Sequence[str]) -> Who:
    """Queues are known by name; any other word is a team; "all" means everybody who answers any queue.

    Examples
    --------
    >>> who_of(("email en", "expert"), ["email en"])
    Who(queues=('email en',), team='expert', turns=1)
    >>> who_of(("all",), ["email en", "email it"]).queues
    ('email en', 'email it')
    """
    teams = [word for word in words if word not in queues and word != ALL]
    named = tuple(word for word in words if word in queues)
    return Who(named if named or teams else tuple(queues), teams[0] if teams else "")


def meeting_who(text: str, queues: Sequence[str]) -> Who:
    """Who is in a meeting: "all", a team or a queue's people, perhaps "in 3 turns".

    Examples
    --------
    >>> meeting_who("all in 3 turns", ["email en"])
    Who(queues=('email en',), team='', turns=3)
    """
    found = re.fullmatch(r"(.+?)\s+in\s+([1-9]\d?)\s+turns?", text.strip())
    who = who_of([found[1] if found else text.strip()], queues)
    return who._replace(turns=int(found[2]) if found else 1)


def meeting_name(said: MeetingSaid) -> str:
    """What a meeting is called in plans."""
    return said.name or "meeting"


def appointment_name(said: AppointmentSaid) -> str:
    """What appointments are called in plans."""
    return said.name or "appointments"


def queue_words(words: Sequence[str], queues: Sequence[str]) -> tuple[str, ...]:
    """Queues by name; "all" stands for every one.

    Examples
    --------
    >>> queue_words(("all",), ["a", "b"]), queue_words(("b",), ["a", "b"])
    (('a', 'b'), ('b',))
    """
    return tuple(queues) if ALL in words else tuple(words)


def outbound_source(said: PlannedSaid, queues: Sequence[str], folder: Path | None) -> HistorySource:
    """A file of calls as it is read: what the team made, under the name of this work."""
    if said.outbound is None:
        raise ValueError(said.name)
    words = outbound_words(said, queues, folder)
    return source_of(said.outbound, folder, words, outbound=True)


def outbound_words(said: PlannedSaid, queues: Sequence[str], folder: Path | None) -> dict[str, str]:
    """Names in the queue column of a file of calls that are this work, or another."""
    if said.outbound is None:
        return {}
    mine = said.outbound.queues or who_of(said.who, queues).queues or tuple(queues)
    given = saved_mapping(said.outbound, folder).mapping.get("queues")
    words = given if isinstance(given, Mapping) else {}
    return {
        **{name: said.name for name in mine},
        **{name: said.name if queue in mine else queue for name, queue in words.items()},
    }


def planned_kinds(scenario: Resolved) -> tuple[PlannedWork, ...]:
    """All planned work of a scenario without its times: names, who does it, fixed or not."""
    names = [queue.name for queue in scenario.queues]
    works = [_kind(line, who_of(line.who, names)) for line in scenario.said.planned_work if line.has_hour]
    works += [
        PlannedWork(meeting_name(line), "meeting", who.queues, who.team)
        for line in scenario.said.meetings
        if line.has_hour
        for who in (meeting_who(line.who, names),)
    ]
    works += [sitting.kind for sitting in scenario.sittings]
    works += [
        PlannedWork(
            appointment_name(line),
            "appointments",
            queue_words(line.queues, names),
            line.team,
            fixed=False,
            piece_seconds=line.length.total_seconds(),
            random=True,
        )
        for line in scenario.said.appointments
    ]
    return tuple(works)


def _kind(said: PlannedSaid, who: Who) -> PlannedWork:
    return PlannedWork(
        name=said.name,
        what=said.what,
        queues=who.queues,
        team=who.team,
        fixed=said.people is not None,
        piece_seconds=said.piece.total_seconds(),
        random=said.outbound is not None,
    )


def outbound_histories(scenario: Resolved) -> dict[str, History]:
    """The files of calls, read, by planned work.

    Raises
    ------
    HistoryError: a file that cannot be trusted.
    """
    from planner import demand  # whoever names no such file need not wait for it

    found = {}
    for line in scenario.said.planned_work:
        source = scenario.outbound_sources.get(line.name)
        if source is not None:
            each = line.piece.total_seconds()
            named = who_of(line.who, [queue.name for queue in scenario.queues]).queues
            spoken = [queue.language for queue in scenario.queues if queue.name in named]
            promise = demand.Promise(0.5, 3600.0)  # of no meaning for calls that the team makes
            calls = demand.Queue(line.name, "phone", spoken[0] if spoken else "en", each, promise)
            try:
                found[line.name] = demand.read_history([source], [calls])
            except HistoryError as error:
                raise HistoryError(*(_of_calls(each, line, scenario) for each in error.messages)) from error
    return found


_OF_CALLS = {
    "demand.nothing_kept": "scenario.no_calls",
    "demand.unmapped": "scenario.other_calls",
    "demand.many_unmapped": "scenario.other_calls",
}
"""What a file of calls says where a history would advise a mapping: its remedy is the names of its calls."""


def _of_calls(said: Message, line: PlannedSaid, scenario: Resolved) -> Message:
    """A sentence of the import, with the remedy that a file of calls has."""
    if said.code not in _OF_CALLS:
        return said
    words = outbound_words(line, [queue.name for queue in scenario.queues], scenario.folder)
    met = str(said.values["labels"])
    known = [*dict.fromkeys((line.name, *words))]
    values = {"work": line.name, "known": ", ".join(known), "met": met}
    if said.code == "demand.nothing_kept":
        values["names"] = "outbound en" if met == "-" else met
    else:
        values["names"] = ", ".join((*words, *(() if met == "-" else (met,))))
    return Message(_OF_CALLS[said.code], {**said.values, **values}, said.place)


def outbound_weeks(scenario: Resolved) -> dict[str, np.ndarray]:
    """A mean week of the calls in each file of planned work, grown as its queues: seconds, shape (7, 24)."""
    from planner import demand

    found = {}
    for line in scenario.said.planned_work:
        history = scenario.outbound_histories.get(line.name)
        if history is not None:
            each = line.piece.total_seconds()
            names = who_of(line.who, list(scenario.growth)).queues or tuple(scenario.growth)
            grown = sum(scenario.growth[name] for name in names) / len(names)
            found[line.name] = grown * demand.mean_week(history, line.name, scenario.zone, each)
    return found


def outbound_notices(scenario: Resolved) -> Iterator[Message]:
    """What each file of calls brought, and what was met in it."""
    lines = {line.name: line for line in scenario.said.planned_work}
    for work, history in scenario.outbound_histories.items():
        report = history.report
        values = {
            "work": work,
            "source": report.source,
            "read": report.rows_read,
            "kept": report.rows_kept,
            "hours": f"{scenario.outbound_weeks[work].sum() / 3600:.1f}",
        }
        yield Message("scenario.calls_read", values)
        yield from (_of_calls(notice, lines[work], scenario) for notice in report.notices)
