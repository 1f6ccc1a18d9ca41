"""Mistakes of sense: everything is written well, and it cannot work."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from planner._errors import InputError
from planner._messages import Message
from planner._values import clock_text, number_text
from planner.people import Agent
from planner.rota import ShiftType, open_type, options_for, read_rota
from planner.rules import Each, Rule, below_pack, left_to_work, selects
from planner.study.scenario.law_references import unknown_names
from planner.study.scenario.mistakes import at, place_of
from planner.study.scenario.references import moved
from planner.study.scenario.rotation_sense import rotation_mistakes
from planner.study.scenario.work_sense import work_sense
from planner.study.scenario.world import World, bans_of, reach, when_text

if TYPE_CHECKING:
    from planner.study.scenario.resolved import Resolved


def sense_mistakes(scenario: Resolved) -> tuple[Message, ...]:
    """What cannot work: hours nobody can cover, contracts nobody can fill, shifts that no rule allows."""
    try:
        if strangers := unknown_names(scenario):
            return strangers
        of_rotation = rotation_mistakes(scenario)
        world = World.of(scenario)
        _ = scenario.need_settings  # refuses what its numbers cannot be together
        carried = tuple(_carryover(scenario))
        _ = scenario.ledger
    except InputError as error:
        return error.messages
    if nothing := _nothing_open(world):
        return (nothing,)
    weaker = (moved(message, scenario.node) for message in _below(scenario))
    own = (
        *_banned_shifts(world),
        *_uncovered(world),
        *_contracts(world),
        *_by_opening(world),
        *work_sense(world),
    )
    return (*of_rotation, *carried, *weaker, *own)


def _below(scenario: Resolved) -> tuple[Message, ...]:
    """Rules less strict than a pack's that give no reason."""
    return below_pack(scenario.team, scenario.rule_settings, scenario.country_packs, scenario.house_packs)


def _carryover(scenario: Resolved) -> Iterator[Message]:
    """Last period's rota is read, and says something about this period."""
    if scenario.carryover is not None:
        last = read_rota(scenario.carryover, scenario.team, scenario.shift_types, may_have_left=True)
        if not any(shift.day < scenario.first_day for shift in last.shifts):
            yield at(
                scenario.node, ("carryover",), "nothing_carried", first_day=scenario.first_day.isoformat()
            )


def _nothing_open(world: World) -> Message | None:
    """Whether all queues are closed for the whole period, and perhaps why."""
    scenario = world.scenario
    if not scenario.queues:  # posts are all that is asked
        return None
    if any(hours.mask(world.first, world.quarters).any() for hours in scenario.opening.values()):
        return None
    lines = [line for line in scenario.said.opening_hours if not line.closed]
    holidays = lines and all(line.days.public_holidays and not line.days.weekdays for line in lines)
    return at(scenario.node, ("opening_hours",), "nothing_open_holidays" if holidays else "nothing_open")


def _banned_shifts(world: World) -> Iterator[Message]:
    """Kinds of shift of which every start breaks a hard rule for all people of a site that may have it.

    A rule that is meant for some people, or that says who has which shifts, leaves a kind to the others: it
    is told only where nobody of any site is left.
    """
    scenario = world.scenario
    own = [shift.name for shift in scenario.said.shifts]
    bans = {agent.name: _bans(world, agent) for agent in scenario.team.agents}
    for kind in scenario.shift_types:
        able = [agent for agent in scenario.team.agents if open_type(kind, agent)]
        broken = {agent.name: _broken(world, kind, agent, bans[agent.name]) for agent in able}
        nobody = all(broken.values())
        for site in dict.fromkeys(agent.site for agent in able):
            here = [(agent, broken[agent.name]) for agent in able if agent.site == site]
            agent, rule = here[0]
            if rule and all(each for _, each in here) and (nobody or not any(_meant(r) for _, r in here)):
                yield _banned(world, kind, agent, rule, own)


def _bans(world: World, agent: Agent) -> list[tuple[Rule, Each]]:
    found = bans_of(world.rules[agent.name], world.calendars[agent.name], names=False)
    return sorted(found, key=lambda ban: ban[0].name == "break_law")  # too long anyway is told as that


def _broken(world: World, kind: ShiftType, agent: Agent, bans: Sequence[tuple[Rule, Each]]) -> Rule | None:
    """A rule that bans every start of a kind for a person."""
    week = [o for day in options_for(agent, [kind], world.scenario.first_day, 7) for o in day] if bans else []
    calendar = world.calendars[agent.name]
    for rule, shape in bans:
        if week and all(selects(shape.mark, option, calendar) for option in week):
            return rule
    return None


def _meant(rule: Rule | None) -> bool:
    """Whether a rule is meant for some people only."""
    return rule is not None and (bool(rule.people) or rule.name == "allowed_shifts")


def _banned(world: World, kind: ShiftType, agent: Agent, rule: Rule, own: list[str]) -> Message:
    scenario = world.scenario
    pack = next(site.country_rules for site in scenario.sites if site.name == agent.site)
    end = (kind.starts[0] + kind.present_minutes) % 1440
    values = {
        "shift": kind.name,
        "window": f"{clock_text(kind.starts[0])}-{clock_text(end)}",
        "hours": number_text(kind.present_minutes / 60),
        "site": agent.site,
        "pack": pack or "the scenario",
        "rule": str(rule.explain()),
    }
    path = ("shifts", own.index(kind.name)) if kind.name in own else ()
    return at(scenario.node, path, "banned_shift", **values)


def _uncovered(world: World) -> Iterator[Message]:
    """Open hours of a queue that nobody can serve: for want of a person, or of a shift."""
    scenario = world.scenario
    everything = [kind for kind in scenario.shift_types if kind.kind == "work"]
    any_shift = np.zeros(world.quarters, dtype=bool)
    for zone in dict.fromkeys(agent.zone for agent in scenario.team.agents):
        nobody = Agent("", "", zone, {}, teams=frozenset(t for kind in everything for t in kind.teams))
        before = scenario.first_day - timedelta(days=1)
        days = options_for(nobody, everything, before, scenario.days + 2)
        any_shift |= reach(world, [option for day in days for option in day])
    told = np.zeros(world.quarters, dtype=bool)
    for index, queue in enumerate(scenario.queues):
        is_open = scenario.opening[queue.name].mask(world.first, world.quarters)
        able = [agent for agent in scenario.team.agents if agent.serves(queue)]
        reached = reach(world, [o for a in able for o in world.duties[a.name] if o.kind == "work"])
        no_shift = is_open & ~any_shift
        if (no_shift & ~told).any():
            yield Message("scenario.no_shift_reaches", {"when": when_text(world, no_shift & ~told)})
        told |= no_shift
        nobody_then = is_open & any_shift & ~reached
        if nobody_then.any():
            code = "nobody_then" if able else "nobody_speaks" if not queue.team else "nobody_in_team"
            values = {
                "queue": queue.name,
                "language": queue.language,
                "team": queue.team,
                "when": when_text(world, nobody_then),
            }
            path = ("queues", index, "name") if scenario.said.queues else ()
            yield Message(f"scenario.{code}", values, place_of(scenario.node, path) if path else None)


def _by_opening(world: World) -> Iterator[Message]:
    """A promise by the opening needs one."""
    scenario = world.scenario
    for index, queue in enumerate(scenario.queues):
        always = scenario.opening[queue.name].mask(world.first, world.quarters).all()
        if queue.promise.clock == "after opening" and always:
            yield at(scenario.node, ("queues", index, "promise"), "never_closes", queue=queue.name)


def _contracts(world: World) -> Iterator[Message]:
    """People whose contract cannot be filled in some whole week, with leave and holidays credited."""
    scenario = world.scenario
    wanted = {q.name: scenario.opening[q.name].mask(world.first, world.quarters) for q in scenario.queues}
    for index, agent in enumerate(scenario.team.agents):
        mine = [wanted[queue.name] for queue in scenario.queues if agent.serves(queue)]
        if not mine or not agent.weekly_minutes:
            continue
        useful = np.any(mine, axis=0)
        longest: dict[int, int] = {}
        for option in world.duties[agent.name]:
            first, last = max(0, option.start - world.first), max(0, option.end - world.first)
            if option.counted_minutes and useful[first:last].any():
                longest[option.day] = max(longest.get(option.day, 0), option.counted_minutes)
        message = _short_week(world, agent, longest)
        if message is not None:
            code, values = message
            path = ("agents", index, "weekly_hours") if scenario.said.agents else ()
            place = place_of(scenario.node, path) if path else None
            yield Message(f"scenario.{code}", values, place)


def _short_week(world: World, agent: Agent, longest: dict[int, int]) -> tuple[str, dict[str, object]] | None:
    calendar = world.calendars[agent.name]
    for first, last in calendar.whole_weeks():
        owed = left_to_work(calendar, first, last, agent.weekly_minutes, Fraction(1))
        credited = agent.weekly_minutes - owed
        days = [longest[day] for day in range(max(0, first), last + 1) if day in longest]
        if sum(days) < owed:
            values: dict[str, object] = {
                "agent": agent.name,
                "contract": number_text(agent.weekly_minutes / 60),
                "week": calendar.day_at(first).isoformat(),
                "credited": number_text(round(credited / 60, 2)),
                "days": len(days),
                "hours": number_text(max(days, default=0) / 60),
                "total": number_text(sum(days) / 60),
            }
            return "contract_credited" if credited else "contract", values
    return None
