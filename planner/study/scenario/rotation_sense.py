"""Mistakes of a rotation: names of shifts, people and teams, starts, and weeks that people cannot share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING

from planner._messages import Message
from planner._values import clock_text
from planner.people import Agent
from planner.rota import ShiftType, open_type
from planner.rota.pattern import FREE_CELLS
from planner.study.scenario.mistakes import Path, place_of
from planner.study.scenario.rotation_said import RotationSaid

if TYPE_CHECKING:
    from planner.study.scenario.resolved import Resolved

HERE = "rotation"


def rotation_mistakes(scenario: Resolved) -> tuple[Message, ...]:
    """All of them, each at its place in the file; none where the scenario says nothing of a rotation."""
    said = scenario.said.rotation
    if said is None:
        return ()
    kinds = duty_kinds(scenario)
    found = (*_people(said, scenario), *_posts(said, kinds), *_names(said, list(kinds)))
    return tuple(
        Message(f"rotation.{code}", values, place_of(scenario.node, (HERE, *path)))
        for path, code, values in found
    )


Mistake = tuple[Path, str, Mapping[str, object]]


def duty_kinds(scenario: Resolved) -> dict[str, ShiftType]:
    """Kinds of work that a rotation may give, by name, in the order in which they start on a day."""
    work = [kind for kind in scenario.shift_types if kind.kind == "work"]
    return {kind.name: kind for kind in sorted(work, key=lambda kind: (kind.starts[0], kind.name))}


def group_of(scenario: Resolved) -> tuple[Agent, ...]:
    """Who walks the rotation: as it says, in that order; else all of its team, or all who have hours."""
    said = scenario.said.rotation or RotationSaid()
    if said.people:
        return tuple(agent for name in said.people for agent in scenario.team.agents if agent.name == name)
    kinds = duty_kinds(scenario).values()
    return tuple(
        agent
        for agent in scenario.team.agents
        if (not said.team or said.team in agent.teams)
        and agent.weekly_minutes
        and not agent.outside
        and any(open_type(kind, agent) for kind in kinds)
    )


def _people(said: RotationSaid, scenario: Resolved) -> Iterator[Mistake]:
    agents = scenario.team.agents
    teams = sorted({team for agent in agents for team in agent.teams})
    if said.team and said.team not in teams:
        yield ("team",), "unknown", _unknown("team", said.team, teams)
    if said.team and said.people:
        yield ("team",), "people_or_team", {}
    for index, name in enumerate(said.people):
        if name not in {agent.name for agent in agents}:
            yield ("people", index), "unknown", _unknown("person", name, [agent.name for agent in agents])
        elif name in said.people[:index]:
            yield ("people", index), "person_twice", {"name": name}


def _posts(said: RotationSaid, kinds: Mapping[str, ShiftType]) -> Iterator[Mistake]:
    starts: dict[str, int] = {}
    for index, post in enumerate(said.posts):
        path: Path = ("posts", index)
        if post.shift not in kinds:
            yield (*path, "shift"), "unknown", _unknown("shift", post.shift, list(kinds))
            continue
        allowed = kinds[post.shift].starts
        start = allowed[0] if post.start is None else post.start
        if start not in allowed:
            values = {"shift": post.shift, "allowed": ", ".join(map(clock_text, allowed))}
            yield (*path, "start"), "no_start", values
        elif starts.setdefault(post.shift, start) != start:
            yield (*path, "start"), "two_starts", {"shift": post.shift}
        if post.days.public_holidays or not post.days.weekdays:
            yield (*path, "days"), "weekdays", {}


def _names(said: RotationSaid, known: Sequence[str]) -> Iterator[Mistake]:
    for name in known:
        if name.lower() in FREE_CELLS:
            yield (), "free_name", {"shift": name}
    for name in said.shift_blocks:
        if name not in known:
            yield ("shift_blocks", name), "unknown", _unknown("shift", name, known)
    for index, (before, after, _) in enumerate(said.forbidden):
        for name in dict.fromkeys((before, after)):
            if name not in known:
                yield ("forbidden", index), "unknown", _unknown("shift", name, known)


def _unknown(what: str, name: str, known: Iterable[str]) -> dict[str, object]:
    """The values of a name that nobody knows, with a near one if there is one."""
    words = list(known)
    near = get_close_matches(name, words, n=1, cutoff=0.5)
    hint = f"did you mean {near[0]}?" if near else f"write one of: {', '.join(words) or 'none'}"
    return {"what": what, "name": name, "hint": hint}
