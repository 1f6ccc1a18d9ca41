"""Planned work that cannot be done: too few people for it, or no shift at its hours."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from planner._messages import Message
from planner.demand import PlannedWindow, PlannedWork
from planner.study.scenario.mistakes import Path, at
from planner.study.scenario.said import Said
from planner.study.scenario.windows import slots_of, stated_work
from planner.study.scenario.world import World, reach, when_text


def work_sense(world: World) -> Iterator[Message]:
    """Work with more people than can do it, or at hours that none of their shifts reaches."""
    yield from _sitting_sense(world)
    for path, work in placed_work(world):
        able = world.scenario.skills.able[work.name]
        most = max((window.people for window in work.windows), default=0)
        if not able:
            yield at(world.scenario.node, (*path, "who"), "nobody_does", work=work.name)
        elif most > len(able):
            values = {"work": work.name, "people": most, "able": len(able)}
            yield at(world.scenario.node, (*path, "people"), "too_few_do", **values)
        else:
            unreached = _unreached(world, work)
            if unreached.any():
                values = {"work": work.name, "when": when_text(world, unreached)}
                yield at(world.scenario.node, path, "work_outside_shifts", **values)


def _sitting_sense(world: World) -> Iterator[Message]:
    """Meetings and training without an hour that nobody, or too few, can do."""
    scenario = world.scenario
    for sitting in scenario.sittings:
        able, work = scenario.skills.able[sitting.kind.name], sitting.kind.name
        if not able:
            yield at(scenario.node, (*sitting.path, "who"), "nobody_does", work=work)
        elif (sitting.people or 0) > len(able):
            values = {"work": work, "people": sitting.people, "able": len(able)}
            yield at(scenario.node, (*sitting.path, "people"), "too_few_do", **values)


def stated_paths(said: Said) -> list[Path]:
    """Where planned work and meetings stand whose hours are stated, as ``stated_work`` has them."""
    paths: list[Path] = [("planned_work", n) for n, line in enumerate(said.planned_work) if line.has_hour]
    return paths + [("meetings", n) for n, line in enumerate(said.meetings) if line.has_hour]


def placed_work(world: World) -> Iterator[tuple[Path, PlannedWork]]:
    """Planned work with its path in the document; that of files of calls without windows."""
    scenario, said = world.scenario, world.scenario.said
    yield from zip(stated_paths(said), stated_work(scenario, {}), strict=True)
    kinds = [kind for kind in scenario.planned_kinds if kind.what == "appointments"]
    for index, (line, kind) in enumerate(zip(said.appointments, kinds, strict=True)):
        slots = tuple(PlannedWindow(*slot) for slot in slots_of(scenario, line))
        yield ("appointments", index), replace(kind, windows=slots)


def _unreached(world: World, work: PlannedWork) -> np.ndarray:
    """Quarter-hours of fixed windows that no shift of the able reaches; of movable ones, all or nothing."""
    able = world.scenario.skills.able[work.name]
    names = [name for name in world.duties if name in able]
    reached = reach(world, [o for name in names for o in world.duties[name] if o.kind == "work"])
    missed = np.zeros(world.quarters, dtype=bool)
    for window in work.windows:
        part = slice(window.start - world.first, window.end - world.first)
        if work.fixed or not reached[part].any():
            missed[part] = ~reached[part]
    return missed
