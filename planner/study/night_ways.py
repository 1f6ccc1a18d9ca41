"""Ways to staff nights, each a scenario made from the one at hand by what a file could say as well."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import TYPE_CHECKING, Any, Literal

from planner._messages import Message
from planner.clock import local_at
from planner.study.night_hours import night_shifts
from planner.study.scenario.views import NIGHT_CREW

if TYPE_CHECKING:
    from planner.requirement import Need
    from planner.study.scenario import Scenario

Way = Literal["rotation", "volunteers", "new contracts", "partner", "on call", "closed"]
UNEVEN = 10
"""Currency units for a night beyond one's share: enough to share nights, too little to leave one empty."""
SMALL_HOURS = range(5)
"""Hours of the day in which nobody but the night shift is there."""


@dataclass(frozen=True, eq=False)
class NightWay:
    """One way to staff nights.

    Attributes
    ----------
    scenario: what is planned; None where it cannot be. why: the reason then, or what is left out of it.
    assumed: what was taken for granted where the scenario says nothing.
    called_out: with on call the role, and the queues of which every contact at night calls it out.
    """

    way: Way
    scenario: Scenario | None
    why: Message | None = None
    assumed: tuple[Message, ...] = ()
    called_out: tuple[str, tuple[str, ...]] | None = None


def nights_a_week(need: Need, zone: str) -> int:
    """Night shifts a week: the most people that any set of queues asks for in the small hours of each."""
    peaks: dict[date, int] = {}
    asked = need.required.max(axis=0, initial=0)
    for k, people in enumerate(asked.tolist()):
        at = local_at(need.first_quarter + k * need.quarters_per_interval, zone)
        if at.hour in SMALL_HOURS:
            peaks[at.date()] = max(peaks.get(at.date(), 0), people)
    return ceil(7 * sum(peaks.values()) / max(1, len(peaks)))


def rotation_for_all(scenario: Scenario, a_week: int = 0) -> NightWay:
    """Everybody who may work nights takes turns, as the rules say and as evenly as comes cheap.

    Parameters
    ----------
    a_week: night shifts a week that there are to share; 0: not known.
    """
    plain = scenario.replace(solve={"hire": "no", "outsource": False})
    if a_week <= 0:
        return NightWay("rotation", plain)
    share = {"fair_share": {"of": "nights", "a_week": a_week, "penalty": UNEVEN}}
    return NightWay("rotation", with_rules(plain, share))


def volunteers(scenario: Scenario) -> NightWay:
    """Those who said they would work nights only; the others none."""
    if not any(NIGHT_CREW in agent.teams for agent in scenario.team.agents):
        return NightWay("volunteers", None, Message("nights.no_volunteers"))
    crew = with_rules(scenario, *_only_nights(scenario), *no_nights(scenario, NIGHT_CREW), crew=True)
    return NightWay("volunteers", crew.replace(solve={"hire": "no", "outsource": False}), _left(scenario))


def new_contracts(scenario: Scenario) -> NightWay:
    """Hires who work nights only; today's team none."""
    types = [dict(kind) for kind in scenario.plain.get("hires", {}).get("types", ())]
    able = [kind for kind, said in zip(types, scenario.said.hires.types, strict=True) if said.nights]
    if not able:
        return NightWay("new contracts", None, Message("nights.no_hires"))
    crew = [{**kind, "teams": [*_teams(kind), NIGHT_CREW]} for kind in able]
    wider = scenario.replace(hires={"types": crew}, solve={"hire": "yes", "outsource": False})
    rules = (*_only_nights(scenario), *no_nights(scenario))
    return NightWay("new contracts", with_rules(wider, *rules, crew=True), _left(scenario))


def _teams(kind: Mapping[str, Any]) -> list[str]:
    teams = kind.get("teams", [])
    return [teams] if isinstance(teams, str) else list(teams)


def by_partner(scenario: Scenario) -> NightWay:
    """A partner's people at night; none of ours."""
    if scenario.said.outsource is None:
        return NightWay("partner", None, Message("nights.no_partner"))
    bought = scenario.replace(solve={"hire": "no", "outsource": True})
    return NightWay("partner", with_rules(bought, *no_nights(scenario)))


def with_rules(scenario: Scenario, *rules: dict[str, Any], crew: bool = False) -> Scenario:
    """The scenario with more rules; where a crew works all nights, limits on nights of all are left out."""
    said = [rule for rule in scenario.plain.get("rules", ()) if not (crew and _limits_nights(rule))]
    return scenario.replace(rules=[*said, *rules])


def _limits_nights(rule: Mapping[str, Any]) -> bool:
    return any(name == "max_nights" and not settings.get("for") for name, settings in rule.items())


def _left(scenario: Scenario) -> Message | None:
    """What is not asked of a crew."""
    some = any(_limits_nights(rule) for rule in scenario.plain.get("rules", ()))
    return Message("nights.no_limit") if some else None


def _only_nights(scenario: Scenario) -> list[dict[str, Any]]:
    """The crew has night shifts, and is on call as before."""
    on_call = [kind.name for kind in scenario.shift_types if kind.kind == "on_call"]
    return [{"allowed_shifts": {"only": [*night_shifts(scenario), *on_call], "for": [NIGHT_CREW]}}]


def no_nights(scenario: Scenario, but: str = "") -> list[dict[str, Any]]:
    """Nobody of today's team has night shifts, but for one of its teams."""
    others = [a.name for a in scenario.team.agents if not a.outside and (not but or but not in a.teams)]
    if not others:
        return []
    return [{"allowed_shifts": {"never": list(night_shifts(scenario)), "for": others}}]
