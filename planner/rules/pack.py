"""Country rules as data: what a pack asks, where it comes from, and what of it is checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Literal

import yaml

from planner._errors import InputError
from planner._messages import Message
from planner.rules.registry import REGISTRY
from planner.rules.rule import Rule

Treated = Literal["rule", "cost", "report", "manual", "not checked"]


@dataclass(frozen=True)
class Parameter:
    """One thing that a pack states.

    Attributes
    ----------
    name: key in the pack. value: as stated; None: not known.
    severity: "hard", "soft", "cost", "report" or "manual" (a person decides).
    source: where it stands. status: "T" statute text read, "S" secondary page read, "U" not verified.
    treated: what the planner does with it, exactly one of five.
    rule: the labour rule that checks it, or None. also: further rules that belong to it.
    pack: the pack that states it. details: everything else that is stated.
    """

    name: str
    value: Any
    severity: str
    source: str
    status: str
    treated: Treated
    rule: Rule | None
    pack: str
    details: Mapping[str, Any]
    also: tuple[Rule, ...] = ()

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The labour rules that check it."""
        return () if self.rule is None else (self.rule, *self.also)


@dataclass(frozen=True)
class Pack:
    """The rules of a country, with those of the packs it extends.

    Attributes
    ----------
    name, title: of the pack. as_of: day on which its values were looked up.
    parameters: by name; a pack's own replace those of the pack it extends.
    layer: "country", or "agreement" or "company" for a file of one's own.
    people: names, sites or teams it holds for; empty: everyone it is given to.
    base: for a file of one's own, the pack it extends, whose rules hold beside its own.
    """

    name: str
    title: str
    as_of: date
    parameters: Mapping[str, Parameter]
    layer: Literal["country", "agreement", "company"] = "country"
    people: tuple[str, ...] = ()
    base: Pack | None = None

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The labour rules it asks for."""
        return tuple(rule for p in self.parameters.values() for rule in p.rules)

    def of(self, treated: Treated) -> tuple[Parameter, ...]:
        """Its parameters that are treated in one way."""
        return tuple(p for p in self.parameters.values() if p.treated == treated)


def pack_names() -> tuple[str, ...]:
    """Names of all packs, sorted.

    Examples
    --------
    >>> pack_names()[:4]
    ('br', 'de', 'es', 'eu-wtd')
    """
    folder = files("planner.rules").joinpath("packs")
    return tuple(sorted(e.name.removesuffix(".yaml") for e in folder.iterdir() if e.name.endswith(".yaml")))


@lru_cache(maxsize=64)
def load_pack(name: str) -> Pack:
    """A pack by name, with what it extends.

    Raises
    ------
    InputError
        If there is none of that name; the message names near ones.

    Examples
    --------
    >>> italy = load_pack("it")
    >>> italy.as_of.isoformat(), [str(rule.explain()) for rule in italy.rules][0]
    ('2026-11-22', "At least 11 hours' rest between two shifts")
    >>> load_pack("good_practice")
    Traceback (most recent call last):
    planner._errors.InputError: there are no country rules "good_practice"; near: good-practice
    """
    if name not in pack_names():
        near = get_close_matches(name, pack_names(), n=3, cutoff=0.4) or pack_names()
        raise InputError(Message("rules.unknown_pack", {"name": name, "near": ", ".join(near)}))
    text = files("planner.rules").joinpath("packs", f"{name}.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    parameters = dict(load_pack(loaded["extends"]).parameters) if "extends" in loaded else {}
    for key, entry in loaded["parameters"].items():
        parameters[key] = _parameter(key, dict(entry), name)
    as_of = date.fromisoformat(loaded["as_of"])
    return Pack(name, loaded["title"], as_of, MappingProxyType(parameters))


def _parameter(name: str, entry: dict[str, Any], pack: str) -> Parameter:
    rules = [
        REGISTRY[rule_name](**settings)
        for said in (*([entry.pop("rule")] if "rule" in entry else []), *entry.pop("also", ()))
        for rule_name, settings in said.items()
    ]
    return Parameter(
        name=name,
        value=entry.pop("value"),
        severity=entry.pop("severity"),
        source=entry.pop("source", ""),
        status=entry.pop("status"),
        treated=entry.pop("treated"),
        rule=rules[0] if rules else None,
        pack=pack,
        details=MappingProxyType(entry),
        also=tuple(rules[1:]),
    )


def not_checked(pack: Pack) -> tuple[Parameter, ...]:
    """What a pack asks and nothing here checks; to be said beside every "no finding"."""
    return pack.of("not checked")


def unknown_premiums(pack: Pack) -> tuple[str, ...]:
    """Names of the premiums that a pack could not find; they are not in any cost.

    Examples
    --------
    >>> unknown_premiums(load_pack("it"))
    ('premium_sunday',)
    """
    return tuple(p.name for p in pack.of("cost") if p.name.startswith("premium_") and p.value is None)
