"""An agreement or rules of the house from a file of one's own, in the format of the country packs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, get_args

from planner import _yaml
from planner._errors import InputError
from planner._messages import Message
from planner._yaml import Node
from planner.rules.pack import Pack, Parameter, Treated, load_pack
from planner.rules.reading import read_rules
from planner.rules.rule import Rule

SEVERITIES = ("hard", "soft", "cost", "report", "manual")
STATUSES = ("T", "S", "U")
LAYERS: Mapping[str, Literal["agreement", "company"]] = {
    "collective agreement": "agreement",
    "company": "company",
}
TOP = ("title", "as_of", "extends", "layer", "for", "parameters")
NEEDED = ("value", "severity", "source", "status", "treated")


def read_pack(source: Path | str, name: str) -> Pack:
    """A pack from a file of one's own, or from its text.

    It has ``title``, ``as_of`` and ``parameters`` like every country pack: each with ``value``,
    ``severity``, ``source``, ``status``, ``treated``, and ``rule`` where a rule checks it. It may extend a
    country's (``extends: it``), whose rules hold beside its own; say whose it is (``layer: collective
    agreement`` or ``company``); and hold for some people, sites or teams only (``for``).

    Parameters
    ----------
    source: the file, or its text.
    name: as the scenario writes it; stands in messages and findings.

    Raises
    ------
    InputError
        With all mistakes, each with its place.

    Examples
    --------
    >>> house = read_pack('''
    ... title: House rules
    ... as_of: 2026-11-01
    ... layer: company
    ... parameters:
    ...   daily_rest: {value: 12, severity: hard, source: handbook 3, status: T, treated: rule,
    ...                rule: {minimum_rest: {hours: 12}}}
    ... ''', "house.yaml")
    >>> house.layer, str(house.rules[0].explain())
    ('company', "At least 12 hours' rest between two shifts")
    """
    node, found = _yaml.read(source, name)
    mistakes = [*found, *_top(node)]
    parameters: dict[str, Parameter] = {}
    top = node.value if isinstance(node.value, dict) else {}
    listed = top.get("parameters", node)
    for key, entry in listed.value.items() if isinstance(listed.value, dict) and listed is not node else ():
        wrong = list(_entry(entry))
        mistakes += wrong
        if not wrong:
            try:
                parameters[key] = _parameter(key, entry, name)
            except InputError as error:
                mistakes += error.messages
    if mistakes:
        raise InputError(*mistakes)
    base = load_pack(_text(top["extends"])) if "extends" in top else None
    return Pack(
        name=name,
        title=_text(top["title"]),
        as_of=date.fromisoformat(_text(top["as_of"])),
        parameters=MappingProxyType({**(base.parameters if base else {}), **parameters}),
        layer=LAYERS[_text(top["layer"])] if "layer" in top else "agreement",
        people=_names(top["for"]) if "for" in top else (),
        base=base,
    )


def _top(node: Node) -> Iterator[Message]:
    """Mistakes outside the parameters."""
    if not isinstance(node.value, dict):
        yield Message("rules.pack_mapping", {}, node.place)
        return
    yield from _unknown(node, TOP)
    for key in ("title", "as_of", "parameters"):
        if key not in node.value:
            yield Message("rules.pack_needs", {"key": key}, replace(node.place, path=key))
    if "parameters" in node.value and not isinstance(node.value["parameters"].value, dict):
        yield Message("rules.pack_parameters", {}, node.value["parameters"].place)
    if "as_of" in node.value:
        try:
            date.fromisoformat(_text(node.value["as_of"]))
        except ValueError:
            yield Message("rules.pack_day", {}, node.value["as_of"].place)
    if "layer" in node.value:
        yield from _one_of(node.value["layer"], tuple(LAYERS))
    if "extends" in node.value:
        try:
            load_pack(_text(node.value["extends"]))
        except InputError as error:
            yield from (replace(message, place=node.value["extends"].place) for message in error.messages)


def _entry(entry: Node) -> Iterator[Message]:
    """Mistakes of one parameter."""
    if not isinstance(entry.value, dict):
        yield Message("rules.pack_entry", {}, entry.place)
        return
    for key in NEEDED:
        if key not in entry.value:
            yield Message("rules.pack_needs", {"key": key}, entry.place)
    for key, known in (
        ("severity", SEVERITIES),
        ("status", STATUSES),
        ("treated", get_args(Treated)),
    ):
        if key in entry.value:
            yield from _one_of(entry.value[key], known)
    treated = entry.value.get("treated")
    if treated is not None and (_text(treated) == "rule") != ("rule" in entry.value):
        yield Message("rules.pack_rule", {}, treated.place)


def _parameter(key: str, entry: Node, pack: str) -> Parameter:
    """One parameter; its rule is read as those of a scenario are."""
    assert isinstance(entry.value, dict)
    said = {name: _plain(node) for name, node in entry.value.items()}
    rules: list[Rule] = []
    for node in _rules_said(entry):
        try:
            [rule] = read_rules([_plain(node)])
        except InputError as error:
            raise InputError(*(_placed(message, node) for message in error.messages)) from None
        except (TypeError, ValueError):  # a list, or a rule about several people
            raise InputError(Message("rules.one_at_a_time", {}, node.place)) from None
        rules.append(rule)
    said = {name: value for name, value in said.items() if name not in ("rule", "also")}
    return Parameter(
        name=key,
        value=said.pop("value"),
        severity=said.pop("severity"),
        source=str(said.pop("source")),
        status=said.pop("status"),
        treated=said.pop("treated"),
        rule=rules[0] if rules else None,
        pack=pack,
        details=MappingProxyType(said),
        also=tuple(rules[1:]),
    )


def _rules_said(entry: Node) -> list[Node]:
    """The rule of a parameter, and those after ``also``."""
    assert isinstance(entry.value, dict)
    also = entry.value["also"].value if "also" in entry.value else []
    return [
        *([entry.value["rule"]] if "rule" in entry.value else []),
        *(also if isinstance(also, list) else []),
    ]


def _placed(message: Message, node: Node) -> Message:
    """A message of ``read_rules`` where its rule stands in the file."""
    path = message.place.path if message.place else ""
    steps = path.partition(".")[2].split(".") if "." in path else []
    return replace(message, place=node.at(steps).place)


def _unknown(node: Node, known: tuple[str, ...]) -> Iterator[Message]:
    assert isinstance(node.value, dict)
    for key in node.value:
        if key not in known:
            near = get_close_matches(key, known, n=1, cutoff=0.0)[0]
            yield Message("rules.unknown_setting", {"near": near}, node.keys[key])


def _one_of(node: Node, known: tuple[str, ...]) -> Iterator[Message]:
    if _text(node) not in known:
        yield Message("rules.no_choice", {"value": _text(node), "known": ", ".join(known)}, node.place)


def _text(node: Node) -> str:
    return node.value.strip() if isinstance(node.value, str) else ""


def _names(node: Node) -> tuple[str, ...]:
    if isinstance(node.value, list):
        return tuple(_text(name) for name in node.value)
    return tuple(name.strip() for name in _text(node).split(",") if name.strip())


def _plain(node: Node) -> Any:
    """Text that is a number, true, false or null as such, as the country packs are read."""
    if isinstance(node.value, dict):
        return {key: _plain(inner) for key, inner in node.value.items()}
    if isinstance(node.value, list):
        return [_plain(inner) for inner in node.value]
    words = {"null": None, "": None, "true": True, "false": False}
    if node.value in words:
        return words[node.value]
    if re.fullmatch(r"-?\d+(\.\d+)?", node.value):
        return float(node.value) if "." in node.value else int(node.value)
    return node.value
