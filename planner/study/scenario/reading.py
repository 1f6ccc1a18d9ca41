"""From a file, a text or a document to what a scenario says; all mistakes at once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import ValidationError

from planner._errors import ScenarioError
from planner._messages import Message, Place
from planner._yaml import Node
from planner.study.scenario.defaults import PEOPLE
from planner.study.scenario.files import file_mistake, inside, name_for, read_chain
from planner.study.scenario.mistakes import in_order, messages_of
from planner.study.scenario.people import people_named
from planner.study.scenario.references import Reading, reference_mistakes
from planner.study.scenario.said import Said
from planner.study.scenario.team_file import People, read_team_file, same_names


@dataclass(frozen=True)
class Source:
    """A scenario document, as far as it could be read.

    Attributes
    ----------
    nodes: its mapping, what it starts from laid under it; several where one that it starts from changes
        what it starts from itself, each to be laid over the changed one before. mistakes: found on the way.
    name: what it is called if it does not say. path: its file, or None.
    folder, root: what its paths are relative to, and what they may not leave.
    """

    nodes: tuple[Node, ...]
    mistakes: tuple[Message, ...]
    name: str
    path: Path | None
    folder: Path | None
    root: Path | None

    @classmethod
    def of_file(cls, path: Path, root: Path) -> Source:
        """A file and those it starts from."""
        shown = path.as_posix()
        if wrong := file_mistake(path, root, Place(shown)):
            return cls((Node({}, Place(shown), {}),), (wrong,), "", path, path.parent, root)
        return cls(*read_chain(path, shown, path.parent, root), path.stem, path, path.parent, root)

    @classmethod
    def of_text(cls, text: str, name: str, folder: Path | None) -> Source:
        """A text, as if it stood in a folder under a name."""
        return cls(*read_chain(text, name, folder, folder), Path(name).stem, None, folder, folder)

    @classmethod
    def of_node(cls, node: Node, folder: Path | None, root: Path | None) -> Source:
        """A document that is already there."""
        return cls((node,), (), "", None, folder, root)


def read_scenario(source: Source) -> Reading:
    """What a document says.

    Raises
    ------
    ScenarioError: all mistakes, by file, line and column.
    """
    reading, mistakes = read_leniently(source)
    if mistakes:
        raise ScenarioError(*mistakes)
    return reading


def read_leniently(source: Source) -> tuple[Reading, tuple[Message, ...]]:
    """What a document says as far as it can be read, and all mistakes."""
    node, mistakes = source.nodes[-1], list(source.mistakes)
    if not isinstance(node.value, dict):
        mistakes.append(Message("scenario.document", {}, node.place))
        node = Node({}, node.place, {})
    said, damaged, found = _validated(node)
    mistakes += found
    reading = Reading(said, damaged, node, People(), source.folder, source.root)
    people, of_people = _people(reading)
    reading = replace(reading, people=people)
    mistakes += of_people
    # A document that could not be read at all is not blamed for what it does not say.
    if node.value or not source.mistakes:
        mistakes += reference_mistakes(reading)
    if "name" not in said.model_fields_set:
        named = said.model_copy(update={"name": name_for(source.name)})
        reading = replace(reading, said=named)
    return reading, in_order(mistakes)


def _validated(node: Node) -> tuple[Said, frozenset[str], list[Message]]:
    """What can be said; keys with mistakes; the mistakes."""
    plain = node.plain()
    try:
        return Said.model_validate(plain), frozenset(), []
    except ValidationError as error:
        damaged = {str(found["loc"][0]) for found in error.errors(include_url=False) if found["loc"]}
        mistakes = list(messages_of(error, node, Said))
    whole = {key: value for key, value in plain.items() if key not in damaged}
    return Said.model_validate(whole), frozenset(damaged), mistakes


def _people(reading: Reading) -> tuple[People, tuple[Message, ...]]:
    """The team: from its file, from the scenario, or so many."""
    said = reading.said
    if said.team and reading.folder is not None and reading.root is not None:
        path = inside(reading.folder, said.team, reading.root)
        if path is None or not path.is_file():
            return People(), ()  # told with the other files
        return read_team_file(path, path.as_posix())
    if said.team or not reading.whole("team", "agents", "people"):
        return People(), ()
    if said.agents:
        listed = reading.node.value["agents"] if isinstance(reading.node.value, dict) else reading.node
        one = listed if isinstance(listed.value, list) else replace(listed, value=[listed])
        people = People(said.agents, one, ("agents",))
        return people, tuple(same_names(people))
    people = People(people_named(said.people or PEOPLE), reading.node, ("people",))
    return people, tuple(same_names(people))
