"""Mistakes between the parts of a scenario: unknown names, things said twice, files that are not there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from planner._errors import InputError
from planner._messages import Message, Place
from planner._yaml import Node
from planner.clock import PublicHolidays
from planner.rules import read_rules
from planner.study.scenario.asks_references import asks_mistakes
from planner.study.scenario.candidate_references import candidate_mistakes
from planner.study.scenario.files import inside, paths_said
from planner.study.scenario.hiring_said import hiring_mistakes
from planner.study.scenario.history_files import history_mistakes
from planner.study.scenario.law_references import pack_mistakes
from planner.study.scenario.limits import misfits
from planner.study.scenario.mistakes import Path as Steps
from planner.study.scenario.mistakes import at, place_of, steps_of, unknown_name
from planner.study.scenario.parts import HistoryFile
from planner.study.scenario.posts_said import post_mistakes
from planner.study.scenario.said import INSTEAD, Said
from planner.study.scenario.team_file import People
from planner.study.scenario.views import NO_PLACE, queues_of
from planner.study.scenario.work_references import Names, work_mistakes

WEEK = 7
DOORS = ("returns at opening", "voicemail", "lost")


@dataclass(frozen=True)
class Reading:
    """A scenario being read.

    Attributes
    ----------
    said: what could be read. damaged: keys that could not, whose defaults stand in ``said``.
    node: the document. people: the team, empty if it could not be read.
    folder, root: what its paths are relative to, and what they may not leave; None: no files.
    """

    said: Said
    damaged: frozenset[str]
    node: Node
    people: People
    folder: Path | None
    root: Path | None

    def whole(self, *keys: str) -> bool:
        """Whether all of these keys could be read."""
        return self.damaged.isdisjoint(keys)

    def wrong(self, path: Steps, code: str, **values: object) -> Message:
        """A sentence of scenario.yaml at a path of the document."""
        return at(self.node, path, code, **values)


def reference_mistakes(reading: Reading) -> Iterator[Message]:
    """All of them; those that would only follow from a part that could not be read are left out."""
    yield from _said_twice(reading)
    for misfit in misfits(reading.said):
        yield reading.wrong(misfit.path, misfit.code, **misfit.values)
    yield from _files(reading)
    yield from _sites(reading)
    yield from pack_mistakes(reading.said, reading.node, reading.folder, reading.root)
    yield from candidate_mistakes(reading)
    yield from hiring_mistakes(reading.said, reading.node)
    yield from _dates(reading)
    if reading.whole("queues", "need", "team", "agents", "people"):
        yield from _queue_names(reading)
        yield from _work(reading)
    yield from asks_mistakes(reading.said, reading.node, _known_queues(reading))
    yield from _shifts(reading)
    if reading.whole("shifts", "queues", "need", "team", "agents", "people"):
        shifts = [shift.name for shift in reading.said.shifts]
        queues = [queue.name for queue in queues_of(reading.said, reading.people.said)]
        yield from post_mistakes(reading.said, reading.node, shifts, queues)
    yield from _roles(reading)
    if reading.whole("rules"):
        try:
            read_rules(reading.said.rules)
        except InputError as error:
            yield from (moved(message, reading.node) for message in error.messages)


def moved(message: Message, node: Node) -> Message:
    """A message of another room whose place is a path such as ``rules[0].minimum_rest.hours``."""
    return replace(message, place=place_of(node, steps_of(message.place.path if message.place else "")))


def _said_twice(reading: Reading) -> Iterator[Message]:
    said = reading.said
    keys = reading.node.value if isinstance(reading.node.value, dict) else {}
    for group in INSTEAD:
        given = [key for key in group if key in keys]
        for key in given[1:]:
            yield reading.wrong((key,), "one_of", first=given[0])
    for what, names in (
        ("queues", [queue.name for queue in said.queues]),
        ("sites", [site.name for site in said.sites]),
        ("shifts", [shift.name for shift in said.shifts]),
        ("escalation", [line.role for line in said.escalation]),
    ):
        for index, name in enumerate(names):
            if name in names[:index]:
                key = "role" if what == "escalation" else "name"
                first = place_of(reading.node, (what, names.index(name), key))
                where = f"line {first.line} column {first.column}" if first.line else first.path
                yield reading.wrong((what, index, key), "name_twice", name=name, first=where)


def _files(reading: Reading) -> Iterator[Message]:
    for path, node in paths_said(reading.node):
        if not isinstance(node.value, str) or not node.value.strip():
            continue
        if reading.folder is None or reading.root is None:
            yield reading.wrong(path, "no_folder", given=node.value)
            continue
        found = inside(reading.folder, node.value, reading.root)
        if found is None:
            yield reading.wrong(path, "path_leaves", given=node.value)
        elif not found.is_file():
            yield reading.wrong(path, "no_file", given=node.value)
    names = {queue.name for queue in reading.said.queues} if reading.whole("queues") else set()
    sources: list[tuple[Steps, HistoryFile, set[str]]] = [
        (("history", index), source, names) for index, source in enumerate(reading.said.history)
    ]
    sources += [
        (("planned_work", index, "outbound"), line.outbound, {line.name})
        for index, line in enumerate(reading.said.planned_work)
        if line.outbound is not None
    ]
    for path, source, queues in sources:
        yield from history_mistakes(reading.node, path, source, queues, reading.folder)


def _sites(reading: Reading) -> Iterator[Message]:
    said, people = reading.said, reading.people
    for index, site in enumerate(said.sites):
        if site.public_holidays:
            yield from _refused(
                reading, ("sites", index, "public_holidays"), PublicHolidays, site.public_holidays
            )
    if said.public_holidays and said.public_holidays != NO_PLACE:
        yield from _refused(reading, ("public_holidays",), PublicHolidays, said.public_holidays)
    for index, queue in enumerate(said.queues):
        if queue.public_holidays and queue.public_holidays != NO_PLACE:
            path = ("queues", index, "public_holidays")
            yield from _refused(reading, path, PublicHolidays, queue.public_holidays)
    names = [site.name for site in said.sites]
    groups: list[tuple[Place, str]] = [
        (place_of(reading.node, ("people", index, "site")), group.site)
        for index, group in enumerate(said.people)
    ]
    groups += [
        (place_of(reading.node, ("hires", "types", index, "site")), kind.site)
        for index, kind in enumerate(said.hires.types)
    ]
    if people.path != ("people",):
        groups += [(people.place(index, "site"), person.site) for index, person in enumerate(people.said)]
    if reading.whole("sites"):
        for place, name in dict.fromkeys(groups):
            if name and name not in names:
                yield replace(unknown_name("site", name, names), place=place)


def _dates(reading: Reading) -> Iterator[Message]:
    """People who leave before they come."""
    for index, person in enumerate(reading.people.said):
        if person.from_ and person.until and person.until < person.from_:
            values = {"first": person.from_.isoformat(), "key": "from"}
            yield Message("scenario.until_before", values, reading.people.place(index, "until"))


def _refused(reading: Reading, path: Steps, ask: object, given: str) -> Iterator[Message]:
    try:
        ask(given)  # type: ignore[operator]  # a function or a class that takes the text
    except InputError as error:
        yield from (replace(message, place=place_of(reading.node, path)) for message in error.messages)


def _known_queues(reading: Reading) -> list[str] | None:
    """Names of the queues; None: they would follow from what could not be read."""
    said, people = reading.said, reading.people.said
    if not reading.whole("queues", "need", "team", "agents", "people"):
        return None
    return None if said.team and not people and not said.queues else [q.name for q in queues_of(said, people)]


def _queue_names(reading: Reading) -> Iterator[Message]:
    said = reading.said
    names = [queue.name for queue in said.queues]
    for index, name in enumerate(names):
        if "," in name or " + " in name or name in ("all", *DOORS):
            yield reading.wrong(("queues", index, "name"), "queue_name", given=name)
    for name in said.need:
        if not said.queues and (" + " in name or name == "all"):
            yield reading.wrong(("need", name), "queue_name", given=name)
    if not names:
        if said.team and not reading.people.said:
            return  # e-mail in each language of a team that could not be read
        names = [queue.name for queue in queues_of(said, reading.people.said)]
    named: list[tuple[Steps, str, bool]] = []
    for index, line in enumerate(said.opening_hours):
        if "opening_hours" in said.model_fields_set:
            named += [(("opening_hours", index, "queues"), name, True) for name in line.queues]
    for index, role in enumerate(said.escalation):
        for nth, hours in enumerate(role.also):
            named += [(("escalation", index, "also", nth, "queues"), name, True) for name in hours.queues]
    for index, special in enumerate(said.special_days):
        named += [(("special_days", index, "queues"), name, True) for name in special.queues]
    for key in ("minimum_on_duty", "volume", "need", "when_closed"):
        also_all = key in ("minimum_on_duty", "volume")
        mapping: Mapping[str, object] = getattr(said, key)
        named += [((key, name), name, also_all) for name in mapping if reading.whole(key)]
    named += [(("growth", "more_contacts", name), name, True) for name in said.growth.more_contacts]
    named += [(("new_hours", "volume", name), name, False) for name in said.new_hours.volume]
    for path, name, also_all in named:
        if name not in names and not (also_all and name == "all"):
            place = place_of(reading.node, path, key=path[-1] != "queues")
            yield replace(unknown_name("queue", name, names), place=place)
    yield from _doors(reading, names)
    # Closed on every day is said on purpose; a queue without any line was forgotten.
    opened = {
        name
        for line in said.opening_hours
        for name in line.queues
        if not line.closed or len(line.days.weekdays) == WEEK
    }
    if reading.whole("opening_hours") and opened <= set(names):
        for index, queue in enumerate(said.queues):
            if queue.name not in opened:
                yield reading.wrong(("queues", index, "name"), "never_open", name=queue.name)


def _doors(reading: Reading, names: list[str]) -> Iterator[Message]:
    for queue, doors in reading.said.when_closed.items():
        for door in doors:
            target = door.removeprefix("to ")
            place = place_of(reading.node, ("when_closed", queue, door), key=True)
            if target == queue:
                yield Message("scenario.door_itself", {}, place)
            elif door not in DOORS and not (door.startswith("to ") and target in names):
                yield Message("scenario.door", {"given": door, "known": ", ".join(names)}, place)
        if sum(doors.values()) > 1 + 1e-9:
            total = f"{100 * sum(doors.values()):g}"
            yield reading.wrong(("when_closed", queue), "doors_above_one", total=total)


def _shifts(reading: Reading) -> Iterator[Message]:
    teams = {team for person in reading.people.said for team in person.teams}
    known = reading.whole("team", "agents", "people") and reading.people.said
    for index, shift in enumerate(reading.said.shifts):
        for team in shift.teams:
            if known and team not in teams:
                message = unknown_name("team", team, sorted(teams))
                yield replace(message, place=place_of(reading.node, ("shifts", index, "teams")))


def _work(reading: Reading) -> Iterator[Message]:
    """Planned work, meetings and appointments, and the names in them."""
    said, people = reading.said, reading.people.said
    if said.team and not people and not (said.queues or said.need):
        return  # the queues would follow from a team that could not be read
    whole = people and reading.whole("team", "agents", "people")
    queues = queues_of(said, people)
    names = Names(
        queues=[queue.name for queue in queues],
        live=[queue.name for queue in queues if queue.handled_as == "live"],
        teams=sorted({team for person in people for team in person.teams}) if whole else None,
        roles=[line.role for line in said.escalation],
    )
    yield from work_mistakes(said, reading.node, names)


def _roles(reading: Reading) -> Iterator[Message]:
    said = reading.said
    teams = {team for person in reading.people.said for team in person.teams}
    if not (reading.people.said and reading.whole("team", "agents", "people")):
        return
    for index, line in enumerate(said.escalation):
        if line.role not in teams:
            yield reading.wrong(("escalation", index, "role"), "nobody_in_role", role=line.role)
    for index, queue in enumerate(said.queues):
        if queue.team and queue.team not in teams:
            message = unknown_name("team", queue.team, sorted(teams))
            yield replace(message, place=place_of(reading.node, ("queues", index, "team")))
