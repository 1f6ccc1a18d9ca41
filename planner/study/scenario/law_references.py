"""Mistakes in what a scenario says of law: packs, rules, and the people that they name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from planner._errors import InputError
from planner._messages import Message, Place
from planner._yaml import Node
from planner.rules import load_pack, read_pack, unknown_people, unknown_shifts
from planner.study.scenario.files import inside, is_pack_file
from planner.study.scenario.mistakes import place_of, steps_of
from planner.study.scenario.said import Said

if TYPE_CHECKING:
    from planner.study.scenario.resolved import Resolved


def pack_mistakes(said: Said, node: Node, folder: Path | None, root: Path | None) -> Iterator[Message]:
    """Unknown country rules, and whatever is wrong in files of one's own."""
    named: list[tuple[tuple[str | int, ...], str]] = [
        (("sites", index, "country_rules"), site.country_rules) for index, site in enumerate(said.sites)
    ]
    named += [(("packs", index), name) for index, name in enumerate(said.packs)]
    for path, name in named:
        try:
            if name and is_pack_file(name):
                found = inside(folder, name, root) if folder and root else None
                if found is not None and found.is_file():  # else it is told with the other files
                    read_pack(found, name)
            elif name:
                load_pack(name)
        except InputError as error:
            for message in error.messages:
                own = message.place is not None and message.place.file == name
                yield message if own else replace(message, place=place_of(node, path))


def unknown_names(scenario: Resolved) -> tuple[Message, ...]:
    """Names in rules that are no person, site, team or shift of the scenario."""
    packs = (*scenario.country_packs.values(), *scenario.house_packs)
    return tuple(
        message
        if message.place and message.place.file
        else replace(message, place=_key_place(scenario.node, message.place))
        for message in (
            *unknown_people(scenario.team, scenario.rule_settings, packs),
            *unknown_shifts((kind.name for kind in scenario.shift_types), scenario.rule_settings),
        )
    )


def _key_place(node: Node, place: Place | None) -> Place:
    return place_of(node, steps_of(place.path if place else ""))
