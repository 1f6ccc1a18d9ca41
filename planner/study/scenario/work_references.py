"""Mistakes of planned work, meetings, appointments and tickets that wait: names, hours, double meanings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from difflib import get_close_matches

from planner._errors import ValueTextError
from planner._messages import Message
from planner._yaml import Node
from planner.study.scenario.mistakes import Path, at, place_of
from planner.study.scenario.planning import (
    ALL,
    appointment_name,
    meeting_who,
    queue_words,
)
from planner.study.scenario.said import Said
from planner.study.scenario.sittings import GROUPS, group_names
from planner.study.scenario.when import parse_weeks
from planner.study.scenario.work_said import AppointmentSaid, MeetingSaid, PlannedSaid

MOST_MINUTES = 100_000  # more than 200 people could do in a day
FIXED, MOVABLE = ("from_", "to"), ("between", "piece")


@dataclass(frozen=True)
class Names:
    """What the names in planned work may stand for.

    Attributes
    ----------
    queues: of the scenario. live: those whose customers wait on the line. teams: of its people; None: the
        people could not be read. roles: of escalation.
    """

    queues: Sequence[str]
    live: Sequence[str]
    teams: Sequence[str] | None
    roles: Sequence[str]


def work_mistakes(said: Said, node: Node, names: Names) -> Iterator[Message]:
    """All of them.

    Parameters
    ----------
    node: the document. names: queues, teams and roles.
    """

    def wrong(path: Path, code: str, **values: object) -> Message:
        return at(node, path, code, **values)

    yield from _names(said, node, names, wrong)
    for index, line in enumerate(said.planned_work):
        here = ("planned_work", index)
        yield from _kinds(here, line, wrong)
        yield from _who(node, (*here, "who"), line.who, names)
        if said.need and line.people is None:
            yield wrong((*here, "minutes" if line.minutes else "outbound"), "work_of_need")
    for index, meeting in enumerate(said.meetings):
        yield from _meeting(("meetings", index), meeting, node, names, wrong)
    for index, slots in enumerate(said.appointments):
        yield from _appointment(("appointments", index), slots, node, names, wrong)
        if said.need:
            yield wrong(("appointments", index, "queues"), "work_of_need")
    for queue in said.open_tickets:
        path = ("open_tickets", queue)
        if queue not in names.queues:
            yield replace(_unknown("queue", queue, names.queues), place=place_of(node, path, key=True))
        elif queue in names.live:
            yield wrong(path, "nobody_waits", queue=queue)


Wrong = Callable[..., Message]


def _names(said: Said, node: Node, names: Names, wrong: Wrong) -> Iterator[Message]:
    """A name means one thing among queues, roles and all planned work."""
    lines: list[tuple[Path, str]] = []
    lines += [(("planned_work", i, "name"), line.name) for i, line in enumerate(said.planned_work)]
    lines += [
        (("meetings", i, "name"), name)
        for i, line in enumerate(said.meetings)
        for name in group_names(line, [site.name for site in said.sites])
    ]
    lines += [
        (("appointments", i, "name"), appointment_name(line)) for i, line in enumerate(said.appointments)
    ]
    seen: dict[str, Path] = {}
    for path, name in lines:
        if name in names.queues or name in names.roles:
            yield wrong(path, "work_is_queue", name=name)
        elif name in seen:
            first = place_of(node, seen[name])
            where = f"line {first.line} column {first.column}" if first.line else first.path
            yield wrong(path, "name_twice", name=name, first=where)
        elif "," in name or " + " in name or name == ALL:
            yield wrong(path, "work_name", given=name)
        seen.setdefault(name, path)


def _kinds(here: Path, line: PlannedSaid, wrong: Wrong) -> Iterator[Message]:
    """Fixed or movable, one of them, with its own keys and nothing of the other's."""
    said = [key for key in ("people", "minutes", "outbound") if getattr(line, key) is not None]
    if not said:
        yield wrong((*here, "name"), "how_much_work", name=line.name)
        return
    for key in said[1:]:
        yield wrong((*here, key), "one_of", first=said[0])
    others: tuple[str, ...] = MOVABLE if said[0] == "people" else (*FIXED, "length")
    if said[0] == "people" and line.length is not None:
        others = (*MOVABLE, *FIXED)
    for key in others:
        if key in line.model_fields_set:
            first = "length" if line.length is not None and key in FIXED else said[0]
            yield wrong((*here, key.strip("_")), "other_kind", first=first, instead=_instead(first))
    if said[0] == "people" and line.length is None and (line.from_ is None or line.to is None):
        yield wrong(here, "from_to", name=line.name)
    if line.length is not None and line.length.total_seconds() % 900:
        yield wrong((*here, "length"), "meeting_quarter")
    edges = {"from": line.from_, "to": line.to}
    for key, minute in edges.items():
        if minute is not None and minute % 15:
            yield wrong((*here, key), "quarter")
    if line.between and (line.between[0] % 15 or line.between[1] % 15):
        yield wrong((*here, "between"), "quarter")
    if line.minutes and line.minutes.length.total_seconds() > MOST_MINUTES * 60:
        yield wrong((*here, "minutes"), "too_much_work", most=MOST_MINUTES)


def _instead(kind: str) -> str:
    return {"people": "from and to", "length": "from and to without it"}.get(kind, "between")


def _who(node: Node, path: Path, words: Iterable[str], names: Names) -> Iterator[Message]:
    """Queues, and at most one team."""
    teams = [word for word in words if word not in names.queues and word != ALL]
    if len(teams) > 1 and names.teams is not None and set(teams) <= set(names.teams):
        yield at(node, path, "one_team", teams=", ".join(teams))
        return
    for team in teams:
        if names.teams is not None and team not in names.teams:
            known = [ALL, *names.queues, *names.teams]
            yield replace(_unknown("queue or team", team, known), place=place_of(node, path))


def _meeting(here: Path, line: MeetingSaid, node: Node, names: Names, wrong: Wrong) -> Iterator[Message]:
    who = meeting_who(line.who, names.queues)
    yield from _who(node, (*here, "who"), [who.team] if who.team else (), names)
    minute = line.on.minute if line.on else 0
    if minute % 15 or line.length.total_seconds() % 900:
        yield wrong((*here, "on" if minute % 15 else "length"), "meeting_quarter")
    if who.turns * line.length > timedelta(days=1):
        yield wrong((*here, "who"), "meeting_long", turns=who.turns)
    if line.on and not line.on.days.weekdays and not line.on.days.public_holidays:
        yield wrong((*here, "on"), "on", given="")
    for group in line.repeat_for:
        if group not in GROUPS:
            yield wrong((*here, "repeat_for"), "choice", given=group, known=", ".join(GROUPS))
    try:
        parse_weeks(line.every)
    except ValueTextError:
        yield wrong((*here, "every"), "weeks", given=line.every)


def _appointment(
    here: Path, line: AppointmentSaid, node: Node, names: Names, wrong: Wrong
) -> Iterator[Message]:
    for queue in queue_words(line.queues, names.queues):
        if queue not in names.queues:
            yield replace(_unknown("queue", queue, names.queues), place=place_of(node, (*here, "queues")))
    if not line.queues:
        yield wrong((*here, "queues"), "empty")
    if not 0 < line.share <= 1:
        yield wrong((*here, "share"), "no_share")
    if line.team:
        yield from _who(node, (*here, "team"), [line.team], names)
    if line.on.window[0] % 15 or line.on.window[1] % 15:
        yield wrong((*here, "on"), "quarter")


def _unknown(what: str, name: str, known: Sequence[str]) -> Message:
    near = get_close_matches(name, known, n=1, cutoff=0.5)
    if near:
        return Message("scenario.unknown_name_near", {"what": what, "name": name, "near": near[0]})
    return Message("scenario.unknown_name", {"what": what, "name": name, "known": ", ".join(known) or "none"})
