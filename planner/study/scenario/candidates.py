"""Candidates as people: hires, and a partner's seats, where a scenario asks to plan with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from planner.people import Site
from planner.rota import ShiftType
from planner.study.scenario.intentions import HireType, Outsource
from planner.study.scenario.people import AgentSaid, languages_text

if TYPE_CHECKING:
    from planner.study.scenario.said import Said

PARTNER = "partner"
"""Name of the partner's site, team and block."""

MOST_CANDIDATES = 50


def hires_of(said: Said) -> Mapping[str, HireType]:
    r"""Everybody who may be hired, by name, if that is asked for; the first of a kind is number 1.

    Examples
    --------
    >>> from planner.study import Scenario
    >>> text = "people: 2\nhires: {types: [{languages: en, max: 2}]}\nsolve: {hire: yes}"
    >>> list(hires_of(Scenario.from_text(text).said))
    ['hire 1: en', 'hire 2: en']
    """
    found: dict[str, HireType] = {}
    numbers: dict[str, int] = {}
    for kind in said.hires.types if said.solve.hire != "no" else ():
        label = label_of(kind)
        for _ in range(kind.max):
            numbers[label] = numbers.get(label, 0) + 1
            found[f"hire {numbers[label]}: {label}"] = kind
    return found


def label_of(kind: HireType) -> str:
    """What a kind of hire is called: site and languages, and the contract where it is stated as part-time."""
    spoken = "all languages" if kind.languages is None else languages_text(kind.languages)
    return f"{kind.site}, {spoken}" if kind.site else spoken


def seats_of(said: Said) -> Mapping[str, Outsource]:
    """The partner's seats by name, if they are asked for."""
    partner = said.outsource
    if partner is None or not said.solve.outsource:
        return {}
    spoken = "all languages" if partner.languages is None else languages_text(partner.languages)
    return {f"{PARTNER} {number}: {spoken}": partner for number in range(1, partner.seats + 1)}


def candidates_of(said: Said) -> tuple[AgentSaid, ...]:
    """Hires and seats as people of the team, in this order."""
    return (*_hired(said), *_seated(said))


def _hired(said: Said) -> Iterator[AgentSaid]:
    for name, kind in hires_of(said).items():
        yield AgentSaid.model_construct(
            name=name,
            site=kind.site,
            languages=kind.languages,
            teams=kind.teams,
            channels=kind.channels,
            weekly_hours=kind.weekly_hours,
            cost=kind.cost,
            nights=kind.nights,
        )


def _seated(said: Said) -> Iterator[AgentSaid]:
    for name, partner in seats_of(said).items():
        yield AgentSaid.model_construct(
            name=name,
            site=PARTNER,
            languages=partner.languages,
            teams=(PARTNER,),
            channels=partner.channels,
            weekly_hours=0.0,
            cost=partner.hourly,
        )


def partner_site(zone: str) -> Site:
    """Where the partner's people work: the scenario's clock, no law of ours, no premiums beside the price."""
    return Site(PARTNER, zone)


def block_of(partner: Outsource) -> ShiftType:
    """The partner's block as a kind of duty."""
    minutes = (partner.to - partner.from_) % 1440 or 1440
    return ShiftType(PARTNER, (partner.from_ % 1440,), minutes, teams=frozenset({PARTNER}))
