"""Layers made one: the stricter value wins, an exception gives its reason, and what was decided is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from planner.rules.pack import Pack
from planner.rules.rule import Rule

Layer = Literal["always", "eu", "country", "agreement", "company", "person"]


@dataclass(frozen=True)
class Decided:
    """A rule that holds for somebody, and where it comes from.

    Attributes
    ----------
    rule: with the values that hold.
    layer: "always", the EU floor, the country, a collective agreement, the company, or a rule of the
        scenario that names people.
    pack, parameter: what states it; empty for rules of the scenario.
    source, status: as the pack says them.
    index: position among the rules of the scenario; None for those of packs.
    instead_of: rules that it replaces: weaker ones, or stricter ones that it derogates from.
    """

    rule: Rule
    layer: Layer
    pack: str = ""
    parameter: str = ""
    source: str = ""
    status: str = ""
    index: int | None = None
    instead_of: tuple[Decided, ...] = ()


def of_pack(pack: Pack) -> Iterator[Decided]:
    """The rules of a pack, those of the packs below an own one first."""
    if pack.base is not None:
        yield from of_pack(pack.base)
    for parameter in pack.parameters.values():
        if pack.base is not None and parameter.pack != pack.name:
            continue
        layer: Layer = "eu" if parameter.pack == "eu-wtd" else pack.layer
        for rule in parameter.rules:
            named = rule.people or pack.people
            asked = rule if named == rule.people else rule.model_copy(update={"people": named})
            yield Decided(asked, layer, parameter.pack, parameter.name, parameter.source, parameter.status)


def decide(layers: Iterable[Decided]) -> tuple[Decided, ...]:
    """Rules of all layers, upper ones last, comparable ones made one.

    An exception replaces the rules below that ask the same with other numbers, or, if there is none,
    all of its name. Values that cannot be compared both hold, as do a hard and a soft rule.
    """
    kept: list[Decided] = []
    for above in layers:
        if above.rule.derogation:
            same = [below for below in kept if below.rule.name == above.rule.name]
            gone = [below for below in same if _alike(below.rule, above.rule)] or same
            kept = [below for below in kept if below not in gone]
            above = replace(above, instead_of=(*above.instead_of, *gone))
        for index, below in enumerate(kept):
            if below.rule.name == above.rule.name and comparable(below.rule, above.rule):
                kept[index] = _made_one(below, above)
                break
        else:
            kept.append(above)
    return tuple(kept)


def _made_one(below: Decided, above: Decided) -> Decided:
    """Two comparable rules as one with the stricter value of each setting; it tells whose it is."""
    differ = differences(below.rule, above.rule)
    if not differ:
        return below
    changes = {name: getattr(below.rule, name) for name in weaker(below.rule, above.rule)}
    changes |= {name: getattr(below.rule, name) for name in differ if getattr(above.rule, name) is None}
    if set(changes) == set(differ):
        return replace(below, instead_of=(*below.instead_of, above))
    rule = above.rule.model_copy(update=changes)
    return replace(above, rule=rule, instead_of=(*above.instead_of, below))


def differences(below: Rule, above: Rule) -> list[str]:
    """Settings, other than reason and people, in which two rules of one name differ."""
    names = [name for name in type(above).model_fields if name not in ("derogation", "people")]
    return [name for name in names if getattr(below, name) != getattr(above, name)]


def _alike(below: Rule, above: Rule) -> bool:
    """Whether two rules of one name ask the same, perhaps with other numbers or another severity."""
    return all(name in (*above.stricter, "penalty") for name in differences(below, above))


def comparable(below: Rule, above: Rule) -> bool:
    """Whether two rules are equal, or hard and differ only in numbers of which one is stricter."""
    differ = differences(below, above)
    return all(
        name in above.stricter
        and all(
            value is None or isinstance(value, int | float)
            for value in (getattr(below, name), getattr(above, name))
        )
        for name in differ
    ) and (not differ or (below.hard and above.hard))


def weaker(below: Rule, above: Rule) -> list[str]:
    """Settings in which the upper of two comparable rules is less strict than the lower, without a reason."""
    if below.name != above.name or above.derogation or not comparable(below, above):
        return []
    found = []
    for name in differences(below, above):
        low, high = getattr(below, name), getattr(above, name)
        if low is not None and high is not None and (high < low) == (above.stricter[name] == "higher"):
            found.append(name)
    return found
