"""Files of ticket history and of calls: their mappings put together, and what is wrong in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from planner._errors import InputError
from planner._messages import Message
from planner._yaml import Node
from planner.demand import HistorySource, SavedMapping, known_profiles, mapping_mistakes, read_mapping
from planner.study.scenario.history_said import FILE
from planner.study.scenario.mistakes import Path as Steps
from planner.study.scenario.mistakes import at, place_of, unknown_name
from planner.study.scenario.parts import HistoryFile

AUTO, MAPPING = "auto", "mapping"


def source_of(
    said: HistoryFile, folder: Path | None, words: Mapping[str, str] | None = None, outbound: bool = False
) -> HistorySource:
    """A file as the reading of history takes it.

    Parameters
    ----------
    folder: of the scenario.
    words: what names of queues stand for, instead of what the mapping says.
    outbound: take the contacts that the team makes.

    Raises
    ------
    InputError: mistakes in a saved mapping, with their places.
    """
    saved = saved_mapping(said, folder)
    mapping = dict(saved.mapping)
    if words is not None:
        mapping["queues"] = dict(words)
    return HistorySource(
        file=(folder or Path()) / said.file,
        profile=saved.profile,
        zone=saved.zone,
        mapping=mapping or None,
        since=said.since,
        until=said.until,
        accept_bad_rows=said.accept_bad_rows,
        exclude=said.exclude,
        outbound=outbound,
        panels=(folder or Path()) / said.panels if said.panels else None,
    )


def saved_mapping(said: HistoryFile, folder: Path | None) -> SavedMapping:
    """The mapping that holds for a file: the saved one, and over it what the scenario says."""
    own = {key: value for key, value in said.mapping.items() if key != FILE}
    named = said.mapping.get(FILE)
    saved = read_mapping((folder or Path()) / named) if isinstance(named, str) else SavedMapping("")
    profile = saved.profile if said.profile == AUTO else said.profile
    return SavedMapping(saved.name, {**saved.mapping, **own}, profile, said.zone or saved.zone)


def history_mistakes(
    node: Node, path: Steps, said: HistoryFile, names: set[str], folder: Path | None
) -> Iterator[Message]:
    """Mistakes of one file's mapping: keys, dictionaries, queues that nobody has, a zone that is missing.

    Parameters
    ----------
    node: the document. path: where the file stands in it.
    names: queues there are; empty: not known.
    """
    try:
        saved = saved_mapping(said, folder)
    except InputError as error:
        named = (folder or Path()) / str(said.mapping.get(FILE))
        yield from error.messages if named.is_file() else ()
        return
    profile = known_profiles().get(saved.profile)
    if profile is not None and profile.zone == "ask" and not profile.hint and saved.zone is None:
        yield at(node, path, "zone_of_export")
    if saved.profile == MAPPING and not saved.mapping.get("stamp"):
        yield at(node, path, "stamp_column")
    inner = node.at(_steps(node, (*path, "mapping")))
    if not isinstance(inner.value, dict) or not said.mapping:
        return
    yield from mapping_mistakes(inner, (FILE,))
    queues = said.mapping.get("queues")
    for shown, queue in queues.items() if isinstance(queues, Mapping) and names else ():
        if isinstance(queue, str) and queue not in names:
            place = place_of(node, (*path, "mapping", "queues", shown))
            yield replace(unknown_name("queue", queue, sorted(names)), place=place)


def _steps(node: Node, path: Sequence[str | int]) -> list[str | int]:
    """The path as the document has it: one mapping may stand for a list of one."""
    steps: list[str | int] = []
    for step in path:
        there = node.at(steps).value
        if not (step == 0 and isinstance(there, dict)):
            steps.append(step)
    return steps
