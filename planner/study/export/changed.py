"""Changes between two versions of a rota: a table, a message for each person to send out, a page to print."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

import pandas as pd

from planner._messages import Message, spoken_language
from planner.clock import local_text
from planner.rota import Rota, Shift, changes
from planner.study.columns import COLUMNS
from planner.study.export.clock_words import day_text, when_text
from planner.study.export.differences import Difference, differences, in_period
from planner.study.export.dossier import Dossier
from planner.study.export.file_names import file_names
from planner.study.export.made import Made
from planner.study.export.shift_words import break_text, duty_text, one_line
from planner.study.paper import Section, page, paragraphs, table
from planner.study.tables import csv_text

FOLDER, TABLE, PAGE = "changes", "changes.csv", "changes.html"


def changed(of: Dossier, before: Dossier) -> Made:
    """What people have to be told of a rota that they know in an earlier version.

    The table holds shifts that begin, end or are called otherwise, as ``replan`` writes it; messages and page
    also say where only a break or the place is another, and who swapped with whom.

    Parameters
    ----------
    before: the version before; days outside the period of the new one are left aside.

    Returns
    -------
    ``changes.csv``, ``changes/<name>.txt`` for each person concerned, and ``changes.html``.
    """
    old = in_period(before.rota, of.rota)
    found = _by_person(differences(old, of.rota))
    places = _places(of, before)
    people = sorted(found.keys() | places.keys())
    names = file_names(people)
    files = {TABLE: _table(old, of.rota).encode()}
    for agent in people:
        lines = [*places.get(agent, ()), *(_line(each) for each in found.get(agent, ()))]
        files[f"{FOLDER}/{names[agent]}.txt"] = _message(of, before, old, agent, lines).encode()
    files[PAGE] = _page(of, before, old, people, found, places).encode()
    return Made(files, notices=tuple(_notices(of, before, people)))


def say(code: str, **values: object) -> str:
    """A word or sentence about changes.

    Examples
    --------
    >>> say("person")
    'Person'
    """
    return str(Message(f"changed.{code}", values))


def _notices(of: Dossier, before: Dossier, people: Sequence[str]) -> Iterable[Message]:
    if not people:
        yield Message("changed.nobody")
    if (before.rota.first_day, before.rota.days) != (of.rota.first_day, of.rota.days):
        yield Message("changed.other_days", {"day": of.rota.first_day, "days": of.rota.days})


def _by_person(found: Iterable[Difference]) -> dict[str, list[Difference]]:
    people: dict[str, list[Difference]] = {}
    for each in found:
        people.setdefault(each.agent, []).append(each)
    return people


def _places(of: Dossier, before: Dossier) -> dict[str, tuple[str, ...]]:
    """People with shifts who work at another place than before, and what they are told."""
    was = {agent.name: agent.site for agent in before.team.agents}
    busy = {shift.agent for shift in of.rota.shifts}
    found: dict[str, tuple[str, ...]] = {}
    for agent in of.team.agents:
        if agent.name in busy and was.get(agent.name, agent.site) != agent.site:
            told = say("place", name=one_line(agent.site), known=one_line(was[agent.name]))
            found[agent.name] = (told,)
    return found


def _table(old: Rota, new: Rota) -> str:
    """``changes.csv``; why a shift changes is only known where a plan was made for it."""
    rows = [
        {
            "agent": each.agent,
            "change": each.kind,
            "day": each.day,
            **_cells("old", each.old),
            **_cells("new", each.new),
            "why": "",
        }
        for each in changes(old, new)
    ]
    names = [column.name for column in COLUMNS[TABLE] if column.name != "schema_version"]
    return csv_text(TABLE, pd.DataFrame(rows, columns=names))


def _cells(prefix: str, shift: Shift | None) -> dict[str, str]:
    cells = ("", "", "")
    if shift is not None:
        clock = [local_text(instant, shift.zone) for instant in (shift.start, shift.end)]
        cells = (shift.name, clock[0], clock[1])
    return dict(zip((f"{prefix}_shift", f"{prefix}_start_local", f"{prefix}_end_local"), cells, strict=True))


def _shift(shift: Shift | None, pause: bool = False) -> str:
    """A shift in words on its person's clock; "" without one."""
    if shift is None:
        return ""
    said = f"{duty_text(shift.name, shift.kind)}, {when_text(shift.start, shift.end, shift.zone)}"
    return f"{said}. {_break(shift)}" if pause and shift.break_minutes else said


def _break(shift: Shift) -> str:
    return break_text(shift.break_start, shift.break_minutes, shift.zone)


def _was_and_is(each: Difference) -> tuple[str, str]:
    """What was and what is, in words."""
    if each.kind == "break" and each.old is not None and each.new is not None:
        return _break(each.old), f"{_shift(each.new)}. {_break(each.new)}"
    return _shift(each.old), _shift(each.new, pause=True)


def _line(each: Difference) -> str:
    old, new = _was_and_is(each)
    return say(each.kind, known=old, text=new, name=one_line(each.other))


def _hours(rota: Rota, agent: str) -> tuple[float, float]:
    """Paid hours at work and hours on call of a person."""
    tour = [shift for shift in rota.tour(agent) if shift.status != "carried"]
    work = sum(shift.paid_minutes for shift in tour if shift.kind != "on_call")
    on_call = sum(shift.paid_minutes for shift in tour if shift.kind == "on_call")
    return round(work / 60, 2), round(on_call / 60, 2)


def _message(of: Dossier, before: Dossier, old: Rota, agent: str, lines: Sequence[str]) -> str:
    """What one person is sent; no other line names anybody but who swapped with them."""
    (was, was_on_call), (now, on_call) = _hours(old, agent), _hours(of.rota, agent)
    told = [_title(of), "", say("lead", name=one_line(agent)), _versions(of, before), ""]
    told += [f"- {line}" for line in lines]
    told += ["", say("hours", was=was, now=now)]
    if was_on_call or on_call:
        told.append(say("on_call", was=was_on_call, now=on_call))
    return "\n".join(told) + "\n"


def _title(of: Dossier) -> str:
    last = of.rota.first_day + timedelta(days=of.rota.days - 1)
    days = {"first": day_text(of.rota.first_day), "last": day_text(last)}
    return say("title", name=one_line(of.scenario), **days)


def _versions(of: Dossier, before: Dossier) -> str:
    """Which versions are compared, and whether the new one holds yet."""
    told = of.published_at is not None or all(shift.status == "published" for shift in of.rota.shifts)
    newer = of.rota_version > before.rota_version
    known = {"version": of.rota_version, "known": before.rota_version}
    said = say("versions", **known) if newer else say("version", version=of.rota_version)
    return said if told else f"{said} {say('draft')}"


def _page(
    of: Dossier,
    before: Dossier,
    old: Rota,
    people: Sequence[str],
    found: dict[str, list[Difference]],
    places: dict[str, tuple[str, ...]],
) -> str:
    """The page for all: every change, then everyone's hours."""
    rows: list[tuple[str, ...]] = []
    for agent in people:
        rows += [(agent, say("what_place"), "", line) for line in places.get(agent, ())]
        for each in found.get(agent, ()):
            what = say(f"what_{each.kind}", name=one_line(each.other))
            rows.append((agent, what, *_was_and_is(each)))
    hours = [(agent, *(f"{hours:g}" for hours in _in_turn(old, of.rota, agent))) for agent in people]
    head = [say("person"), say("what"), say("was"), say("is")]
    heads = [say("person"), say("hours_was"), say("hours_is"), say("on_call_was"), say("on_call_is")]
    nobody = "" if people else paragraphs([Message("changed.nobody")])
    sections = [
        Section(say("part_changes"), table(head, rows) or nobody),
        Section(say("part_hours"), table(heads, hours, numbers=(1, 2, 3, 4))),
    ]
    foot = [say("foot")]
    title, under = _title(of), _versions(of, before)
    return page(title, under, sections, foot, "landscape", language=spoken_language())


def _in_turn(old: Rota, new: Rota, agent: str) -> tuple[float, ...]:
    (was, was_on_call), (now, on_call) = _hours(old, agent), _hours(new, agent)
    return was, now, was_on_call, on_call
