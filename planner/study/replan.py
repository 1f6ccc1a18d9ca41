"""A rota that people know already: what stays, what a change costs, and what was changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING

from planner import rota as rota_room
from planner import rules as rules_room
from planner._errors import InputError
from planner._messages import Message, Place
from planner.clock import zone_named
from planner.study.scenario.replan_said import ReplanSaid

if TYPE_CHECKING:
    from planner.rota import Rota, Shift
    from planner.rules import Rule
    from planner.study.scenario import Scenario


def published_of(scenario: Scenario) -> Rota | None:
    """The rota that people know; None if the scenario names none."""
    if scenario.published is None:
        return None
    return rota_room.read_rota(
        scenario.published, scenario.team, scenario.shift_types, scenario.first_day, scenario.days
    )


def said_of(scenario: Scenario) -> ReplanSaid:
    """What may change; the defaults where the scenario does not say."""
    return scenario.said.replan or ReplanSaid()


def locked_of(scenario: Scenario, published: Rota) -> tuple[Shift, ...]:
    """Published shifts that must stay: those before the day of the change, and locked ones.

    Raises
    ------
    InputError: locks of people or days that are not in the published rota, all at once.
    """
    since = said_of(scenario).from_ or scenario.first_day
    locks = _locks(scenario)
    return tuple(
        shift
        for shift in published.shifts
        if scenario.first_day <= shift.day
        and (shift.day < since or (shift.agent, None) in locks or (shift.agent, shift.day) in locks)
    )


def _locks(scenario: Scenario) -> frozenset[tuple[str, date | None]]:
    """Names and days of ``lock``; the day is None where all days are meant."""
    names = {agent.name for agent in scenario.team.agents}
    found: set[tuple[str, date | None]] = set()
    mistakes = []
    since, end = said_of(scenario).from_, scenario.first_day + timedelta(days=scenario.days - 1)
    if since is not None and since > end:
        mistakes.append(Message("replan.from_after", {"day": since, "last": end}, Place(path="replan.from")))
    for index, text in enumerate(said_of(scenario).lock):
        name, _, last = text.rpartition(" ")
        try:
            lock = (text, None) if text in names else (name, date.fromisoformat(last))
        except ValueError:
            lock = (text, None)
        if lock[0] in names:
            found.add(lock)
        else:
            mistakes.append(
                Message("replan.unknown_lock", {"lock": text}, Place(path=f"replan.lock[{index}]"))
            )
    if mistakes:
        raise InputError(*mistakes)
    return frozenset(found)


def keeping(scenario: Scenario, published: Rota) -> Mapping[str, tuple[Rule, ...]]:
    """The rules, by person, that hold a new rota to the published one.

    Before the day of the change nothing may change; from it on every change has its price, and days
    that are locked may not change either.
    """
    said = said_of(scenario)
    make = rules_room.REGISTRY["keep_published"]
    since, locks = said.from_ or scenario.first_day, _locks(scenario)
    rules: dict[str, tuple[Rule, ...]] = {}
    for agent in scenario.team.agents:
        zone = zone_named(agent.zone)
        shifts = tuple(
            (shift.day, shift.name, local.hour * 60 + local.minute)
            for shift in published.tour(agent.name)
            for local in (shift.start.astimezone(zone),)
        )
        mine: list[Rule] = []
        if since > scenario.first_day:
            mine.append(make(shifts=shifts, until=since))
        for name, day in sorted(locks, key=str):
            if name == agent.name and day is not None:
                mine.append(make(shifts=shifts, first=day, until=day + timedelta(days=1)))
        if (agent.name, None) in locks:
            mine.append(make(shifts=shifts, first=since))
        else:
            mine.append(make(shifts=shifts, first=since, penalty=said.changed_shift))
        rules[agent.name] = tuple(mine)
    return rules
