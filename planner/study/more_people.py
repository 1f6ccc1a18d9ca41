"""When a team does not keep a promise: how many more like them would, by simulation, or that nobody could."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from planner.rota import Rota, Shift, shift_cost
from planner.study import steps
from planner.study.priced import Kept, kept_in, worst

if TYPE_CHECKING:
    from planner.demand import Volumes
    from planner.study.scenario import Scenario

MOST_TRIES = 12
HARDLY = 0.01
"""Points that four tries must bring together; below it, more people hardly help."""


@dataclass(frozen=True, eq=False)
class More:
    """People beside today's team who would keep a promise.

    Attributes
    ----------
    people: how many; each works the shifts of one who is there. enough: whether they keep the promise;
        if not, so many were tried.
    paid_hours, wages: of theirs, in the period; wages in cents. worst: the asked queue that keeps least.
    rota, scenario: with them.
    """

    people: int
    enough: bool
    paid_hours: float
    wages: int
    worst: Kept
    rota: Rota
    scenario: Scenario


def people_more(
    scenario: Scenario, rota: Rota, volumes: Volumes, queues: Sequence[str], kept: Mapping[str, Kept]
) -> More | None:
    """The fewest people on top, found from below, with whom the simulated promise is kept.

    Each new one is like somebody who serves the queue that keeps least, and works that person's shifts. Large
    teams grow by a tenth at a time. It ends when more hardly help. None where nobody can serve that queue.
    """
    table = scenario.skills
    terms = steps.pay_terms(scenario)
    step = max(1, len(scenario.team.agents) // 10)
    added: list[tuple[str, str]] = []
    found: More | None = None
    shares: list[float] = []
    while len(added) < MOST_TRIES * step:
        name = _worst_queue(kept, queues)
        able = [agent.name for agent in scenario.team.agents if agent.name in table.able[name]]
        able = [agent for agent in able if any(shift.kind == "work" for shift in rota.tour(agent))]
        if not able:
            return found
        for _ in range(step):
            like = able[sum(1 for _, other in added if other in able) % len(able)]
            added.append((f"{like} (more {len(added) + 1})", like))
        theirs = _shifts(rota, added)
        together, larger = _joined(rota, theirs), _larger(scenario, added)
        kept = kept_in(steps.simulate(together, volumes, larger))
        least = worst(kept, queues)
        assert least is not None
        cents = sum(shift_cost(shift, like, terms).total_cents for shift, like in theirs)
        hours = sum(shift.paid_minutes for shift, _ in theirs) / 60
        found = More(len(added), bool(least.enough), hours, cents, least, together, larger)
        shares.append(least.share - least.promised)
        if found.enough or (len(shares) > 4 and shares[-1] - shares[-5] < HARDLY):
            break
    return found


def _worst_queue(kept: Mapping[str, Kept], queues: Sequence[str]) -> str:
    known = [name for name in queues if name in kept and kept[name].enough is not None]
    return min(known, key=lambda name: kept[name].share - kept[name].promised)


def _shifts(rota: Rota, added: Sequence[tuple[str, str]]) -> list[tuple[Shift, str]]:
    """Shifts of the new ones, each with the person whose it is a copy of."""
    return [
        (replace(shift, agent=name), like)
        for name, like in added
        for shift in rota.tour(like)
        if shift.kind == "work"
    ]


def _joined(rota: Rota, more: Sequence[tuple[Shift, str]]) -> Rota:
    names = dict.fromkeys((*rota.agents, *(shift.agent for shift, _ in more)))
    return replace(
        rota, agents=tuple(names), shifts=tuple(sorted((*rota.shifts, *(shift for shift, _ in more))))
    )


def _larger(scenario: Scenario, added: Sequence[tuple[str, str]]) -> Scenario:
    """The same scenario with more people; nothing that was worked out for the smaller team is kept."""
    like = {person.name: person for person in scenario.persons}
    more = tuple(like[old].model_copy(update={"name": new}) for new, old in added)
    given = {name: getattr(scenario, name) for name in type(scenario).model_fields}
    return type(scenario)(**{**given, "persons": (*scenario.persons, *more)})
