"""The rules of a scenario to look at and to change: packs, rules of its own, and back to a new stage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from planner._errors import InputError, PlannerError, ScenarioError
from planner._messages import Message, Place
from planner._values import number_text
from planner.rules import REGISTRY, TEAM_REGISTRY, Rule, TeamRule, below_pack, unknown_people
from planner.rules import pack_names as every_pack
from planner.rules.layers import ALWAYS
from planner.rules.reading import read_all
from planner.study.scenario import Scenario
from planner.study.scenario.mistakes import steps_of
from planner.study.scenario.model import as_text

Setting = Mapping[str, Mapping[str, Any]]
NOTHING = "none"  # takes a key back
GUIDANCE = "good-practice"
"""The pack of guidance against fatigue, all of it soft."""
USUAL: tuple[Setting, ...] = ({"max_days_in_row": {"days": "5"}}, {"two_days_off_together": {}})
"""Rules that most desks have on top of the law."""
SOFT_PRICE = 20.0
"""Price of one unit of a rule that becomes soft, in the scenario's currency, until another is written."""


@dataclass(frozen=True)
class Asked:
    """What a scenario says of rules.

    Attributes
    ----------
    rules: of its own, each a name with its settings as text. packs: on top of every country's.
    countries: by site, the name of its country rules; "" for none.
    """

    rules: tuple[Setting, ...] = ()
    packs: tuple[str, ...] = ()
    countries: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Judged:
    """What was changed; None where there are mistakes, all of which are told."""

    changes: dict[str, Any] | None
    mistakes: tuple[Message, ...] = ()


def asked_of(scenario: Scenario) -> Asked:
    """What a scenario says of rules.

    Examples
    --------
    >>> desk = Scenario.from_text("rules: [max_days_in_row: {days: 5}, two_days_off_together]")
    >>> asked_of(desk).rules
    ({'max_days_in_row': {'days': '5'}}, {'two_days_off_together': {}})
    """
    return Asked(
        tuple({name: as_text(settings) for name, settings in said.items()} for said in scenario.said.rules),
        scenario.said.packs,
        tuple((site.name, site.country_rules) for site in scenario.said.sites),
    )


def changes_of(scenario: Scenario, asked: Asked) -> dict[str, Any]:
    """What a stage says that starts from this scenario: the keys that were changed, and only these.

    Raises
    ------
    ScenarioError: with all mistakes; a rule below the law needs its reason.

    Examples
    --------
    >>> desk = Scenario.from_text("rules: [max_days_in_row: {days: 5}]")
    >>> changes_of(desk, softened(asked_of(desk), 0, True))
    {'rules': [{'max_days_in_row': {'days': '5', 'penalty': '20'}}]}
    """
    before = asked_of(scenario)
    changes: dict[str, Any] = {}
    if asked.rules != before.rules:
        changes["rules"] = [
            {name: dict(said) for name, said in one.items()} for one in asked.rules
        ] or NOTHING
    if asked.packs != before.packs:
        changes["packs"] = list(asked.packs) or NOTHING
    if asked.countries != before.countries:
        changes["sites"] = _sites(scenario, dict(asked.countries))
    try:
        made = scenario.replace(**changes) if changes else scenario
        mistakes = _weaker(made) if changes else ()
    except PlannerError as error:
        mistakes = error.messages
    if mistakes:
        raise ScenarioError(*dict.fromkeys(_placed(message, asked) for message in mistakes))
    return changes


def judged(scenario: Scenario, asked: Asked) -> Judged:
    """What a stage says, or everything that keeps it from being saved."""
    try:
        return Judged(changes_of(scenario, asked))
    except ScenarioError as error:
        return Judged(None, error.messages)


def softened(asked: Asked, index: int, soft: bool) -> Asked:
    """A rule of one's own made soft at a usual price, or hard."""
    name, settings = named(asked.rules[index])
    left = {key: value for key, value in settings.items() if key != "penalty"}
    return _with(asked, index, {name: {**left, "penalty": number_text(SOFT_PRICE)} if soft else left})


def with_setting(asked: Asked, index: int, key: str, value: object) -> Asked:
    """A rule of one's own with one setting said otherwise; nothing takes it back.

    Examples
    --------
    >>> with_setting(Asked(({"max_nights": {"nights": "8"}},)), 0, "nights", "6").rules
    ({'max_nights': {'nights': '6'}},)
    """
    name, settings = named(asked.rules[index])
    said = value.strip() if isinstance(value, str) else value
    left = {each: one for each, one in settings.items() if each != key}
    return _with(asked, index, {name: {**left, key: said} if said else left})


def with_rule(asked: Asked, setting: Setting) -> Asked:
    """One more rule, at the end."""
    return replace(asked, rules=(*asked.rules, setting))


def without_rule(asked: Asked, index: int) -> Asked:
    """One rule fewer."""
    return replace(asked, rules=tuple(one for place, one in enumerate(asked.rules) if place != index))


def with_usual(asked: Asked, on: bool) -> Asked:
    """The usual rules added where no rule of their name stands, or every rule of their names taken out."""
    if not on:
        usual = {named(one)[0] for one in USUAL}
        return replace(asked, rules=tuple(one for one in asked.rules if named(one)[0] not in usual))
    have = {named(one)[0] for one in asked.rules}
    return replace(asked, rules=(*asked.rules, *(one for one in USUAL if named(one)[0] not in have)))


def has_usual(asked: Asked) -> bool:
    """Whether a rule stands for each of the usual ones."""
    return {named(one)[0] for one in USUAL} <= {named(one)[0] for one in asked.rules}


def with_pack(asked: Asked, name: str, on: bool) -> Asked:
    """A pack on top of every country's, or without it."""
    left = tuple(pack for pack in asked.packs if pack != name)
    return replace(asked, packs=(*left, name) if on else left)


def with_country(asked: Asked, site: str, pack: str) -> Asked:
    """Other country rules of a site; "" for none."""
    pairs = tuple((name, pack if name == site else own) for name, own in asked.countries)
    return replace(asked, countries=pairs)


def country_packs() -> tuple[str, ...]:
    """Names of the country rules that a site may have."""
    return tuple(name for name in every_pack() if name != GUIDANCE)


def addable() -> tuple[str, ...]:
    """Names of all rules that a scenario may ask."""
    return tuple(sorted({*REGISTRY, *TEAM_REGISTRY} - {str(name) for name in ALWAYS}))


def example_of(name: str) -> Setting:
    """A rule with the settings it is documented with, to begin with."""
    kind = TEAM_REGISTRY[name] if name in TEAM_REGISTRY else REGISTRY[name]
    return {name: as_text(kind.examples[0])}


def exception_of(rule: Rule) -> Setting:
    """A rule of a pack as one of the scenario's own, with the pack's settings; weaker ones need a reason."""
    said = rule.model_dump(exclude_defaults=True, exclude={"people", "derogation"})
    plain = {
        key: number_text(value) if isinstance(value, float) else as_text(value) for key, value in said.items()
    }
    return {rule.name: plain | ({"for": list(rule.people)} if rule.people else {})}


def fields_of(setting: Setting) -> tuple[str, ...]:
    """Settings that a rule has of its own; those that every rule has are left out."""
    name, _ = named(setting)
    kind: type[Rule] | type[TeamRule] | None = TEAM_REGISTRY.get(name) or REGISTRY.get(name)
    return tuple(key for key in kind.model_fields if key not in Rule.model_fields) if kind else ()


def takes_reason(setting: Setting) -> bool:
    """Whether a rule may be weaker than one below it, for a reason."""
    return named(setting)[0] in REGISTRY


def sentence_of(setting: Setting) -> str:
    """A rule in a sentence; its name where it cannot be read."""
    try:
        (rule,) = read_all([dict(setting)])
    except InputError:
        return named(setting)[0]
    return str(rule.explain())


def unit_of(setting: Setting) -> str:
    """What the price of a soft rule is for: an hour, or what the rule counts."""
    name = named(setting)[0]
    kind: type[Rule] | type[TeamRule] | None = TEAM_REGISTRY.get(name) or REGISTRY.get(name)
    unit = kind.unit if kind else ""
    return "hour" if unit == "minute" else unit


def named(setting: Setting) -> tuple[str, Mapping[str, Any]]:
    """Name and settings of a rule."""
    [(name, settings)] = setting.items()
    return name, settings


def _with(asked: Asked, index: int, setting: Setting) -> Asked:
    rules = tuple(setting if place == index else one for place, one in enumerate(asked.rules))
    return replace(asked, rules=rules)


def _sites(scenario: Scenario, countries: Mapping[str, str]) -> list[dict[str, Any]]:
    """Sites as the scenario says them, with other country rules."""
    made = []
    for site in scenario.plain["sites"]:
        said = {key: value for key, value in site.items() if key != "country_rules"}
        made.append(said | ({"country_rules": countries[site["name"]]} if countries[site["name"]] else {}))
    return made


def _weaker(scenario: Scenario) -> tuple[Message, ...]:
    """People that nobody is, and rules below the law without a reason."""
    packs = (*scenario.country_packs.values(), *scenario.house_packs)
    strangers = unknown_people(scenario.team, scenario.rule_settings, packs)
    if strangers:
        return strangers
    return below_pack(scenario.team, scenario.rule_settings, scenario.country_packs, scenario.house_packs)


def _placed(message: Message, asked: Asked) -> Message:
    """A mistake at the number and sentence of its rule instead of a path."""
    steps = steps_of(message.place.path) if message.place else ()
    if len(steps) < 2 or steps[0] != "rules" or not isinstance(steps[1], int):
        return message
    if steps[1] >= len(asked.rules):
        return message
    values = {"number": steps[1] + 1, "rule": named(asked.rules[steps[1]])[0]}
    place = Message("rules_form.rule", values)
    if len(steps) > 3:
        place = Message("rules_form.setting", {**values, "setting": steps[3]})
    return replace(message, place=Place(path=str(place)))
