"""Which rules hold for whom: always, by country, by scenario; the stricter value wins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError

from planner._errors import InputError, PlannerError
from planner._messages import Message, Place
from planner.people import Team
from planner.rules.pack import Pack, load_pack
from planner.rules.registry import REGISTRY
from planner.rules.rule import Rule

Setting = Mapping[str, Any] | str

ALWAYS: tuple[Setting, ...] = ("one_shift_a_day", "unavailable", "no_nights")
BY_DEFAULT: tuple[Setting, ...] = ({"weekly_hours": {"at_most": "contract"}},)


def rules_for(
    team: Team, settings: Sequence[Setting], packs: Mapping[str, Pack] | None = None
) -> dict[str, tuple[Rule, ...]]:
    """The rules of every person: those that always hold, the site's country, the scenario's.

    Of two hard rules of one name the stricter value wins, unless the upper one gives a ``derogation``;
    values that cannot be compared both hold, as do a hard and a soft rule. Without a word on weekly
    hours, nobody works more than their contract.

    Parameters
    ----------
    team: people and sites.
    settings: as scenario files write them, each the name of a rule or a mapping of it to its settings.
    packs: country rules by name; looked up by the site's ``country_rules`` if None.

    Raises
    ------
    InputError
        With all mistakes of the settings and names of packs.

    Examples
    --------
    >>> from planner.people import Agent, Site
    >>> site = Site("Madrid", "Europe/Madrid", country_rules="es")
    >>> team = Team((Agent("Anna", "Madrid", "Europe/Madrid", {}),), (site,))
    >>> rules = rules_for(team, [{"minimum_rest": {"hours": "11 h"}}, {"max_days_in_row": {"days": 5}}])
    >>> [str(rule.explain()) for rule in rules["Anna"] if rule.name == "minimum_rest"]
    ["At least 12 hours' rest between two shifts"]
    """
    stated = read_rules(settings)
    named = {rule.name for rule in stated}
    base = [
        rule
        for rule in read_rules((*ALWAYS, *BY_DEFAULT))
        if rule.name != "weekly_hours" or rule.name not in named
    ]
    of_site = {}
    for site in team.sites:
        pack = _pack_of(site.country_rules, packs)
        layers = [*base, *(pack.rules if pack else ()), *stated]
        of_site[site.name] = _layered(layers)
    return {agent.name: of_site[agent.site] for agent in team.agents}


def below_pack(
    team: Team, settings: Sequence[Setting], packs: Mapping[str, Pack] | None = None
) -> tuple[Message, ...]:
    """Settings that are less strict than a site's country rules and give no reason.

    ``rules_for`` uses the stricter value all the same; these messages say so.

    Parameters
    ----------
    team, settings, packs: as ``rules_for`` takes them.
    """
    found = []
    for site in team.sites:
        pack = _pack_of(site.country_rules, packs)
        for index, rule in enumerate(read_rules(settings)):
            for law in pack.rules if pack else ():
                for field in _weaker(law, rule):
                    values = {
                        "rule": rule.name,
                        "field": field,
                        "value": _text(getattr(rule, field)),
                        "law": _text(getattr(law, field)),
                        "pack": pack.name if pack else "",
                    }
                    place = Place(path=f"rules[{index}].{rule.name}.{field}")
                    found.append(Message("rules.below_pack", values, place))
    return tuple(dict.fromkeys(found))


def read_rules(settings: Sequence[Setting]) -> tuple[Rule, ...]:
    """Rules from the text or mapping that a scenario file has for them.

    Parameters
    ----------
    settings: each the name of a rule, or a mapping of one name to its settings.

    Raises
    ------
    InputError
        With all mistakes, each with its place, such as ``rules[1].minimum_rest.hours``.

    Examples
    --------
    >>> read_rules([{"max_days_in_row": {"days": "5"}}, "two_days_off_together"])[0].days
    5
    >>> read_rules([{"max_days_in_rows": {"days": 5}}])
    Traceback (most recent call last):
    planner._errors.InputError: rules[0]: unknown rule "max_days_in_rows"; did you mean max_days_in_row?
    """
    rules: list[Rule] = []
    mistakes: list[Message] = []
    for index, setting in enumerate(settings):
        where = f"rules[{index}]"
        entry = {setting: None} if isinstance(setting, str) else dict(setting)
        if len(entry) != 1:
            mistakes.append(Message("rules.one_at_a_time", {}, Place(path=where)))
            continue
        [(name, values)] = entry.items()
        if name not in REGISTRY:
            near = get_close_matches(name, REGISTRY, n=1)
            values = {"name": name, "near": "".join(near), "known": ", ".join(REGISTRY)}
            code = "rules.unknown_rule" if near else "rules.no_such_rule"
            mistakes.append(Message(code, values, Place(path=where)))
            continue
        try:
            rules.append(REGISTRY[name](**(values or {})))
        except ValidationError as error:
            mistakes += _mistakes(error, REGISTRY[name], f"{where}.{name}")
        except TypeError:
            mistakes.append(Message("rules.not_settings", {"rule": name}, Place(path=f"{where}.{name}")))
    if mistakes:
        raise InputError(*mistakes)
    return tuple(rules)


def _mistakes(error: ValidationError, rule: type[Rule], where: str) -> list[Message]:
    """What pydantic found, in sentences; a value with several readings is told once."""
    found: dict[str, Message] = {}
    for entry in error.errors():
        field = str(entry["loc"][0]) if entry["loc"] else ""
        place = Place(path=f"{where}.{field}" if field else where)
        if entry["type"] == "extra_forbidden":
            near = (get_close_matches(field, rule.model_fields, n=1, cutoff=0.0) or [""])[0]
            message = Message("rules.unknown_setting", {"near": near}, place)
        elif entry["type"] == "missing":
            message = Message("rules.missing_setting", {"rule": rule.name, "field": field}, place)
        else:
            message = replace(_bad_value(entry), place=place)
        found[field] = message
    return list(found.values())


_BOUNDS = {
    "greater_than_equal": ("ge", "rules.too_small"),
    "greater_than": ("gt", "rules.not_above"),
    "less_than_equal": ("le", "rules.too_large"),
}
_KINDS = {"int": "rules.no_count", "float": "rules.no_number"}


def _bad_value(entry: Any) -> Message:
    """What is wrong with one value, in a sentence."""
    kind, context = entry["type"], entry.get("ctx", {})
    values = {"value": entry["input"]}
    if kind in _BOUNDS:
        bound, code = _BOUNDS[kind]
        return Message(code, {**values, "bound": f"{context[bound]:g}"})
    if kind.partition("_")[0] in _KINDS:
        return Message(_KINDS[kind.partition("_")[0]], values)
    if kind == "literal_error":
        return Message("rules.no_choice", {**values, "known": context["expected"].replace("'", "")})
    cause = context.get("error")
    if isinstance(cause, PlannerError):
        return cause.messages[0]
    if kind == "value_error":
        return Message("rules.bad_settings", {"problem": cause})
    return Message("rules.bad_setting", {**values, "problem": entry["msg"]})


def _pack_of(name: str, packs: Mapping[str, Pack] | None) -> Pack | None:
    """The pack of a site; None if it names none."""
    if not name:
        return None
    return packs[name] if packs is not None and name in packs else load_pack(name)


def _layered(layers: Sequence[Rule]) -> tuple[Rule, ...]:
    """Rules of all layers, upper ones last, comparable ones made one."""
    kept: list[Rule] = []
    for rule in layers:
        if rule.derogation:
            kept = [below for below in kept if below.name != rule.name]
        merged = False
        for index, below in enumerate(kept):
            if below.name == rule.name and _comparable(below, rule):
                kept[index] = _stricter(below, rule)
                merged = True
                break
        if not merged:
            kept.append(rule)
    return tuple(kept)


def _differences(below: Rule, above: Rule) -> list[str]:
    """Settings, other than the reason, in which two rules of one name differ."""
    names = [name for name in type(above).model_fields if name not in ("derogation", "people")]
    return [name for name in names if getattr(below, name) != getattr(above, name)]


def _comparable(below: Rule, above: Rule) -> bool:
    """Whether two rules are equal, or hard and differ only in numbers of which one is stricter."""
    differ = _differences(below, above)
    return all(
        name in above.stricter
        and all(
            value is None or isinstance(value, int | float)
            for value in (getattr(below, name), getattr(above, name))
        )
        for name in differ
    ) and (not differ or (below.hard and above.hard))


def _stricter(below: Rule, above: Rule) -> Rule:
    """One rule with the stricter value of each setting."""
    changes = {name: getattr(below, name) for name in _weaker(below, above)}
    changes |= {
        name: getattr(below, name) for name in _differences(below, above) if getattr(above, name) is None
    }
    return above.model_copy(update=changes)


def _weaker(below: Rule, above: Rule) -> list[str]:
    """Settings in which the upper of two comparable rules is less strict than the lower, without a reason."""
    if below.name != above.name or above.derogation or not _comparable(below, above):
        return []
    found = []
    for name in _differences(below, above):
        low, high = getattr(below, name), getattr(above, name)
        if low is not None and high is not None and (high < low) == (above.stricter[name] == "higher"):
            found.append(name)
    return found


def _text(value: float | None) -> str:
    """A number without needless digits."""
    return f"{value:g}" if value is not None else ""
