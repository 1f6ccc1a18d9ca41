"""Changes of the team: one more person, or one more language for somebody who is there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from planner._messages import Message
from planner.scheduling.why import one_more_like, one_more_skill
from planner.study.scenario.defaults import PEOPLE
from planner.study.scenario.people import AgentSaid, Level, PeopleSaid
from planner.study.why.change import Basis, Change

if TYPE_CHECKING:
    from planner.people import Agent

READY = timedelta(weeks=8)
"""From the decision to hire to the first shift, where the scenario does not say."""
PERSONAL = ("leave", "payroll_id", "email", "from_", "until")
SHARED = ("site", "languages", "teams", "channels", "weekly_hours", "cost", "nights")
MOST_LEARNERS = 40


def hires(basis: Basis) -> Iterator[Change]:
    """One more person: of each kind that the scenario says can be hired, or like those who are there."""
    scenario = basis.scenario
    stated = scenario.said.hires.types
    for kind in stated:
        given = {name: getattr(kind, name) for name in SHARED if getattr(kind, name, None) is not None}
        person = AgentSaid(name=_free_name(basis, "New person")).model_copy(update=given)
        like = _nearest(basis, person)
        if like is not None:
            languages = ", ".join(person.languages or {}) or "every language"
            what = ", ".join(word for word in (person.site, languages) if word)
            yield _hire(basis, person, like, Message("why.hire_type", {"what": what}), kind.ready_after)
    for like in () if stated else _kinds_of_people(basis):
        said = next(one for one in scenario.persons if one.name == like)
        fields = {name: AgentSaid.model_fields[name].get_default() for name in PERSONAL}
        person = said.model_copy(update={**fields, "name": _free_name(basis, "New person")})
        yield _hire(basis, person, like, Message("why.hire", {"like": like}), READY)


def _hire(basis: Basis, person: AgentSaid, like: str, title: Message, ready: timedelta) -> Change:
    added = plain(person)
    scenario = basis.scenario
    changes: dict[str, Any]
    if scenario.said.team or scenario.said.agents:
        changes = {"agents": [*map(plain, scenario.persons), added]}
        paste: dict[str, Any] | None = {"agents": [added]}
    else:
        groups = scenario.said.people or PEOPLE
        shared = {name: getattr(person, name) for name in SHARED}
        one = PeopleSaid(count=1).model_copy(update={**shared, "name": "New person"})
        changes, paste = {"people": [*map(plain, groups), {"count": "1", **plain(one)}]}, None
    worth = one_more_like(basis.around, like, basis.result.prices)
    return Change("hire", title, changes, worth, paste, ready)


def _kinds_of_people(basis: Basis) -> Iterator[str]:
    """Somebody of each kind who can serve what is short: the one who costs least."""
    table = basis.problem.skills
    short = {name for finding in basis.found.findings for name in finding.pattern.names}
    best: dict[tuple[object, ...], Agent] = {}
    for agent in basis.scenario.team.agents:
        serves = frozenset(name for name, people in table.able.items() if agent.name in people)
        if agent.name not in basis.around.names or not serves & short or not agent.weekly_minutes:
            continue
        key = (agent.site, serves, agent.weekly_minutes, agent.nights)
        if key not in best or agent.cost_per_hour < best[key].cost_per_hour:
            best[key] = agent
    yield from (agent.name for agent in best.values())


def _nearest(basis: Basis, person: AgentSaid) -> str | None:
    """Somebody who is there and most like a person: same site, then most languages in common."""
    spoken = set(person.languages or ())
    known = [one for one in basis.scenario.persons if one.name in basis.around.names]
    if not known:
        return None
    return max(
        known, key=lambda one: (one.site == person.site, len(spoken & set(one.languages or spoken)))
    ).name


def _free_name(basis: Basis, word: str) -> str:
    names = {person.name for person in basis.scenario.persons}
    number = 1
    while f"{word} {number}" in names:
        number += 1
    return f"{word} {number}"


def languages(basis: Basis) -> Iterator[Change]:
    """One more language for somebody who does not serve what is short for want of it."""
    scenario = basis.scenario
    queues = {queue.name: queue for queue in scenario.queues}
    short = dict.fromkeys(
        queues[name].language
        for finding in basis.found.findings
        for name in finding.pattern.names
        if name in queues
    )
    asked = 0
    for person in scenario.persons:
        agent = scenario.team.agent(person.name)
        if person.name not in basis.around.names or not agent.weekly_minutes or asked >= MOST_LEARNERS:
            continue
        for language in short:
            if language in agent.languages or not agent.languages:
                continue
            more = [
                queue.name
                for queue in queues.values()
                if queue.language == language
                and (not queue.team or queue.team in agent.teams)
                and (not agent.channels or queue.channel in agent.channels)
            ]
            if not more:
                continue
            asked += 1
            worth = one_more_skill(basis.around, person.name, more)
            if worth <= 0:
                continue
            learned = person.model_copy(update={"languages": {**(person.languages or {}), language: Level()}})
            changed = [learned if one.name == person.name else one for one in scenario.persons]
            yield Change(
                "language",
                Message("why.language", {"agent": person.name, "language": language}),
                {"agents": [*map(plain, changed)]},
                worth,
                {"agents": [plain(learned)]},
            )


def plain(said: AgentSaid | PeopleSaid) -> Mapping[str, Any]:
    """A person as a scenario file writes them, without what holds anyway."""
    written: dict[str, Any] = said.model_dump(by_alias=True, exclude_defaults=True)
    return {key: list(value) if isinstance(value, tuple) else value for key, value in written.items()}
