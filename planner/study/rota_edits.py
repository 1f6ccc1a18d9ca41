"""What a manager changes in a rota by hand: shifts, locks and leave, laid over a rota without touching it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Literal, get_args

from planner._errors import InputError
from planner._messages import Message
from planner._values import clock_text, parse_clock
from planner.rota import Option, Rota, Shift, break_starts, changes, option_of, options_for, shift_of
from planner.study.scenario.people import leave_text
from planner.study.whatif.named import agents_said

if TYPE_CHECKING:
    from pathlib import Path

    from planner.people import Agent
    from planner.study.scenario import Scenario

EditKind = Literal["shift", "swap", "lock", "leave"]
Cell = tuple[str, date]


@dataclass(frozen=True)
class Edit:
    """One thing that was changed by hand.

    Attributes
    ----------
    kind: "shift": the person has this duty on the day and no other; "swap": two people exchange their
        duties of the day; "lock": duties stay as they are; "leave": the person is away.
    agent: whose; a lock without a person holds for everybody.
    day: local day of the person; a lock without a day holds for all days of the person.
    last: last day of leave. other: with whom.
    shift, start: kind of duty and its local start, minutes after midnight; "" and None: free.
    """

    kind: EditKind
    agent: str = ""
    day: date | None = None
    last: date | None = None
    shift: str = ""
    start: int | None = None
    other: str = ""

    def plain(self) -> dict[str, str]:
        """As plain text, without what it does not say.

        Examples
        --------
        >>> edit = Edit("shift", "Ana", date(2026, 5, 1), shift="day", start=540)
        >>> edit.plain(), Edit.read(edit.plain()) == edit
        ({'kind': 'shift', 'agent': 'Ana', 'day': '2026-05-01', 'shift': 'day', 'start': '09:00'}, True)
        """
        said = {
            "kind": self.kind,
            "agent": self.agent,
            "day": self.day.isoformat() if self.day else "",
            "last": self.last.isoformat() if self.last else "",
            "shift": self.shift,
            "start": "" if self.start is None else clock_text(self.start),
            "other": self.other,
        }
        return {key: text for key, text in said.items() if text}

    @classmethod
    def read(cls, plain: Mapping[str, Any]) -> Edit:
        """An edit from its plain text.

        Raises
        ------
        ValueError: what is no edit.
        """
        kind = plain["kind"]
        if kind not in get_args(EditKind):
            raise ValueError(kind)
        day, last, start = plain.get("day"), plain.get("last"), plain.get("start")
        return cls(
            kind,
            str(plain.get("agent", "")),
            date.fromisoformat(day) if day else None,
            date.fromisoformat(last) if last else None,
            str(plain.get("shift", "")),
            parse_clock(start) if start else None,
            str(plain.get("other", "")),
        )


def possible(scenario: Scenario, agent: str, day: date) -> tuple[Option, ...]:
    """The duties that a person could have on a day: kinds that are open to them, while they are employed.

    Whether a rule objects is for the judge, who says it beside the edit.
    """
    who = scenario.team.agent(agent)
    if not who.employed_on(day) or day in who.unavailable:
        return ()
    return options_for(who, scenario.shift_types, day, 1)[0]


def edited(rota: Rota, edits: Iterable[Edit], scenario: Scenario) -> Rota:
    """A rota with everything that was changed by hand, in order; the rota itself stays as it is.

    Raises
    ------
    InputError: an edit that is not possible: nobody of that name, a day outside, no such duty then.
    """
    shifts = list(rota.shifts)
    for edit in edits:
        _check(edit, rota, scenario)
        if edit.kind == "shift":
            shifts = _given(shifts, edit, scenario)
        elif edit.kind == "swap":
            shifts = _swapped(shifts, edit, scenario)
        elif edit.kind == "leave":
            away = set(_days(edit))
            shifts = [each for each in shifts if each.agent != edit.agent or each.day not in away]
    return replace(rota, shifts=tuple(sorted(shifts, key=lambda each: (each.start, each.agent, each.end))))


def _check(edit: Edit, rota: Rota, scenario: Scenario) -> None:
    names = {agent.name for agent in scenario.team.agents}
    for name in (edit.agent, edit.other):
        if name and name not in names:
            raise InputError(Message("rota_edits.nobody", {"agent": name}))
    end = rota.first_day + timedelta(days=rota.days - 1)
    for day in (edit.day, edit.last):
        if day and not rota.first_day <= day <= end:
            raise InputError(
                Message("rota_edits.outside", {"day": day, "first": rota.first_day, "last": end})
            )
    if edit.kind == "leave" and not _days(edit):
        raise InputError(Message("rota_edits.backwards", {"first": edit.day, "last": edit.last}))
    if edit.kind == "swap" and edit.agent == edit.other:
        raise InputError(Message("rota_edits.same_person", {"agent": edit.agent}))


def _given(shifts: Sequence[Shift], edit: Edit, scenario: Scenario) -> list[Shift]:
    """The person's day with just this duty."""
    assert edit.day is not None
    kept = [each for each in shifts if (each.agent, each.day) != (edit.agent, edit.day)]
    if not edit.shift:
        return kept
    for option in possible(scenario, edit.agent, edit.day):
        if (option.name, option.start_minute) == (edit.shift, edit.start):
            return [*kept, _dated(option, scenario.team.agent(edit.agent), edit.day, scenario)]
    start = "" if edit.start is None else clock_text(edit.start)
    values = {"agent": edit.agent, "day": edit.day, "shift": edit.shift, "start": start}
    raise InputError(Message("rota_edits.not_possible", values))


def _swapped(shifts: Sequence[Shift], edit: Edit, scenario: Scenario) -> list[Shift]:
    """The duties of two people on a day the other way round, each on the clock of who has it now."""
    assert edit.day is not None
    pair = {edit.agent: edit.other, edit.other: edit.agent}
    made = [each for each in shifts if each.agent not in pair or each.day != edit.day]
    for each in shifts:
        if each.agent in pair and each.day == edit.day:
            start = option_of(each, edit.day).start_minute
            given = Edit("shift", pair[each.agent], edit.day, shift=each.name, start=start)
            made += [s for s in _given([], given, scenario) if s not in made]
    return made


def _dated(option: Option, agent: Agent, day: date, scenario: Scenario) -> Shift:
    kind = next(kind for kind in scenario.shift_types if kind.name == option.name)
    breaks = break_starts(option, kind)
    return shift_of(option, agent, breaks[0] if breaks else None, day)


def _days(edit: Edit) -> tuple[date, ...]:
    """Days of leave."""
    assert edit.day is not None
    last = edit.last or edit.day
    return tuple(edit.day + timedelta(days=number) for number in range((last - edit.day).days + 1))


@dataclass(frozen=True)
class Marks:
    """Cells of a rota, person and day, that something is to be said of.

    Attributes
    ----------
    changed: that have another duty than before. locked: that stay. leave: with people away.
    """

    changed: frozenset[Cell] = frozenset()
    locked: frozenset[Cell] = frozenset()
    leave: frozenset[Cell] = frozenset()


def marks(before: Rota, after: Rota, edits: Sequence[Edit], scenario: Scenario) -> Marks:
    """What to mark in a rota that was changed by hand; leave is that of the team and of the edits."""
    days = [before.first_day + timedelta(days=number) for number in range(before.days)]
    people = [agent.name for agent in scenario.team.agents]
    locked: set[Cell] = set()
    for edit in edits:
        if edit.kind in ("shift", "swap"):
            locked |= {(name, edit.day) for name in (edit.agent, edit.other) if name and edit.day}
        elif edit.kind == "lock":
            named = [edit.agent] if edit.agent else people
            locked |= {(name, day) for name in named for day in ([edit.day] if edit.day else days)}
    away = {(agent.name, day) for agent in scenario.team.agents for day in agent.unavailable if day in days}
    away |= {(edit.agent, day) for edit in edits if edit.kind == "leave" for day in _days(edit)}
    moved = {(change.agent, change.day) for change in changes(before, after)}
    return Marks(frozenset(moved), frozenset(locked), frozenset(away))


def locks(edits: Sequence[Edit], scenario: Scenario) -> tuple[str, ...]:
    """What must stay when the rota is solved again, as ``replan: lock`` takes it; each cell once.

    A duty that was changed by hand is locked; leave is not, because it is in the scenario then.
    """
    found: dict[str, None] = {}
    for edit in edits:
        if edit.kind == "lock" and edit.agent and edit.day is None:
            found[edit.agent] = None
        elif edit.kind != "leave":
            named = [name for name in (edit.agent, edit.other) if name]
            for name in named or [agent.name for agent in scenario.team.agents]:
                found[f"{name} {edit.day}"] = None
    return tuple(found)


def with_leave(scenario: Scenario, edits: Sequence[Edit]) -> Scenario:
    """The scenario with leave that was given by hand."""
    days: dict[str, set[date]] = {}
    for edit in edits:
        if edit.kind == "leave":
            days.setdefault(edit.agent, set()).update(_days(edit))
    if not days:
        return scenario
    known = {agent.name: agent.unavailable for agent in scenario.team.agents}
    said = {name: {"leave": leave_text(known[name] | given)} for name, given in days.items()}
    return scenario.replace(**agents_said(scenario, said))


def replanned(scenario: Scenario, edits: Sequence[Edit], rota: Path) -> Scenario:
    """The scenario that changes a rota as little as it takes and keeps everything done by hand.

    Parameters
    ----------
    rota: file of the rota with the edits in it: the rota that people will be held to.
    """
    made = with_leave(scenario, edits)
    said = made.said.replan
    asked = [*(said.lock if said else ()), *locks(edits, made)]
    made = made.replace(replan={"lock": list(dict.fromkeys(asked))}) if asked else made
    return made.model_copy(update={"known_rota": rota})
