"""Rules from what a scenario file says of them; all mistakes at once, each with its place and remedy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError

from planner._errors import InputError, PlannerError
from planner._messages import Message, Place
from planner.rules.registry import REGISTRY, TEAM_REGISTRY
from planner.rules.rule import Rule
from planner.rules.team_rule import TeamRule

Setting = Mapping[str, Any] | str


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
    return tuple(rule for rule in read_all(settings) if isinstance(rule, Rule))


def read_all(settings: Sequence[Setting]) -> tuple[Rule | TeamRule, ...]:
    """Rules about one person and about several, in the order they are written; see ``read_rules``."""
    known: dict[str, type[Rule] | type[TeamRule]] = {**REGISTRY, **TEAM_REGISTRY}
    rules: list[Rule | TeamRule] = []
    mistakes: list[Message] = []
    for index, setting in enumerate(settings):
        where = f"rules[{index}]"
        entry = {setting: None} if isinstance(setting, str) else dict(setting)
        if len(entry) != 1:
            mistakes.append(Message("rules.one_at_a_time", {}, Place(path=where)))
            continue
        [(name, values)] = entry.items()
        if name not in known:
            near = get_close_matches(name, known, n=1)
            values = {"name": name, "near": "".join(near), "known": ", ".join(sorted(known))}
            code = "rules.unknown_rule" if near else "rules.no_such_rule"
            mistakes.append(Message(code, values, Place(path=where)))
            continue
        try:
            rules.append(known[name](**(values or {})))
        except ValidationError as error:
            mistakes += _mistakes(error, known[name], f"{where}.{name}")
        except TypeError:
            mistakes.append(Message("rules.not_settings", {"rule": name}, Place(path=f"{where}.{name}")))
    if mistakes:
        raise InputError(*mistakes)
    return tuple(rules)


def _mistakes(error: ValidationError, rule: type[Rule] | type[TeamRule], where: str) -> list[Message]:
    """What pydantic found, in sentences; a value with several readings is told once."""
    found: dict[str, Message] = {}
    for entry in error.errors():
        field = str(entry["loc"][0]) if entry["loc"] else ""
        place = Place(path=f"{where}.{field}" if field else where)
        if entry["type"] == "extra_forbidden":
            known = ["for" if name == "people" else name for name in rule.model_fields]
            near = (get_close_matches(field, known, n=1, cutoff=0.0) or [""])[0]
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
