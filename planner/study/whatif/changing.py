"""From a list of changes to the scenario that they make."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from pydantic import ValidationError

from planner import _yaml
from planner._errors import PlannerError, ScenarioError
from planner._messages import Message, Place
from planner._yaml import Node
from planner.study.scenario.files import WHAT_IF, lay_over, taken, without_nothing
from planner.study.scenario.mistakes import in_order, messages_of, place_of, steps_of
from planner.study.scenario.model import as_text
from planner.study.scenario.reading import Source, read_leniently
from planner.study.whatif.change import Change
from planner.study.whatif.registry import CHANGES

if TYPE_CHECKING:
    from planner.study.scenario import Scenario

Made = TypeVar("Made", bound="Scenario")


class Asked(NamedTuple):
    """A change as a file asks for it: the change, its settings, and where they stand."""

    change: Change
    settings: Node
    place: Place


def changed(scenario: Scenario, change: str, settings: Mapping[str, Any]) -> Scenario:
    r"""A scenario with one change, said in its ordinary keys.

    Parameters
    ----------
    change: name of one of ``CHANGES``.
    settings: of the change, as a file would write them.

    Raises
    ------
    ScenarioError: with all mistakes, in the change and in what becomes of the scenario.

    Examples
    --------
    >>> from planner.study import Scenario
    >>> desk = Scenario.from_text("people: 5\nvolume: 80 a weekday")
    >>> dict(changed(desk, "volume", {"by": "+20%"}).stated_volumes)
    {'email en': 96.0}
    """
    document = _yaml.tree({WHAT_IF: [{change: as_text(settings)}]})
    return changed_by(scenario, taken(document, WHAT_IF)[0] or document)


def changed_by(scenario: Made, what_if: Node) -> Made:
    """A scenario with a list of changes, one after the other.

    Raises
    ------
    ScenarioError: with all mistakes.
    """
    asked, mistakes = asked_of(what_if)
    for one in asked:
        try:
            scenario = _with(scenario, one)
        except PlannerError as error:  # a history that cannot be read, too
            mistakes += error.messages
    if mistakes:
        raise ScenarioError(*in_order(mistakes))
    return scenario


def _with(scenario: Made, asked: Asked) -> Made:
    """A scenario with one change; what it says anew stands where the change stands."""
    wrong = [_placed(message, asked.settings) for message in asked.change.mistakes(scenario)]
    if wrong:
        raise ScenarioError(*wrong)
    sentence = asked.change.explain(scenario)
    said = {key: as_text(value) for key, value in asked.change.change(scenario).items()}
    over = _standing_at(_yaml.tree(said), asked.place)
    node = without_nothing(lay_over(document_of(scenario), over))
    source = Source((node,), (), scenario.name, None, scenario.folder, scenario.root)
    made = scenario.of_source(source)
    return made.model_copy(update={"what_if": (*scenario.what_if, sentence)})


def asked_of(what_if: Node) -> tuple[list[Asked], list[Message]]:
    """The changes of a list, and what is wrong with how they are written."""
    asked: list[Asked] = []
    mistakes: list[Message] = []
    entries = what_if.value if isinstance(what_if.value, list) else [what_if]
    for entry in entries:
        try:
            asked.append(_asked(entry))
        except ScenarioError as error:
            mistakes += error.messages
    return asked, mistakes


def _asked(entry: Node) -> Asked:
    if not isinstance(entry.value, dict) or len(entry.value) != 1:
        raise ScenarioError(Message("whatif.one_key", {}, entry.place))
    ((name, settings),) = entry.value.items()
    place = entry.keys.get(name, entry.place)
    if name not in CHANGES:
        near = get_close_matches(name, CHANGES, n=1, cutoff=0.5)
        known = near[0] if near else ", ".join(CHANGES)
        raise ScenarioError(
            Message("whatif.unknown_near" if near else "whatif.unknown", {"known": known}, place)
        )
    model = CHANGES[name]
    if settings.value == "":
        settings = replace(settings, value={})
    if not isinstance(settings.value, dict):
        example = next(f"{key}: {(info.examples or ['...'])[0]}" for key, info in model.model_fields.items())
        raise ScenarioError(Message("whatif.settings", {"name": name, "example": example}, settings.place))
    try:
        return Asked(model.model_validate(settings.plain()), settings, place)
    except ValidationError as error:
        found = messages_of(error, settings, model)
        raise ScenarioError(*(_under(message, settings.place.path) for message in found)) from None


def _under(message: Message, path: str) -> Message:
    """The sentence with the whole path to show, where it has that of a setting."""
    place = message.place or Place()
    inner = ".".join(part for part in (path, place.path) if part)
    return replace(message, place=replace(place, path=inner))


def _placed(message: Message, settings: Node) -> Message:
    """A sentence about a setting, where the setting stands."""
    steps = steps_of(message.place.path if message.place else "")
    return _under(replace(message, place=place_of(settings, steps)), settings.place.path)


def document_of(scenario: Scenario) -> Node:
    """What a scenario says as a document, each value at the place where it stands."""
    return _as_in(_yaml.tree(scenario.plain), scenario.node)


def _as_in(node: Node, like: Node) -> Node:
    """The same with places of another document, as far as it has them."""
    place = replace(like.place, path=node.place.path)
    if isinstance(node.value, dict):
        inner = like.value if isinstance(like.value, dict) else {}
        values = {key: _as_in(value, inner.get(key, like)) for key, value in node.value.items()}
        keys = {key: replace(like.keys.get(key, place), path=at.path) for key, at in node.keys.items()}
        return Node(values, place, keys)
    if isinstance(node.value, list):
        listed = like.value if isinstance(like.value, list) else []
        return Node(
            [_as_in(v, listed[n] if n < len(listed) else like) for n, v in enumerate(node.value)], place, {}
        )
    return Node(node.value, place, {})


def _standing_at(node: Node, place: Place) -> Node:
    """The same, all of it at one place, each value with its own path."""
    keys = {key: replace(place, path=at.path) for key, at in node.keys.items()}
    here = replace(place, path=node.place.path)
    if isinstance(node.value, dict):
        return Node({key: _standing_at(value, place) for key, value in node.value.items()}, here, keys)
    if isinstance(node.value, list):
        return Node([_standing_at(value, place) for value in node.value], here, {})
    return Node(node.value, here, {})


def read_changed(source: Source, read: Callable[[Source], Made]) -> Made:
    """The scenario of documents that change what they start from.

    Parameters
    ----------
    source: its documents, each to be laid over what the one before made.
    read: reads one document that says all in ordinary keys.

    Raises
    ------
    ScenarioError: with all mistakes, in ordinary keys and in changes.
    """
    made: Made | None = None
    for node in source.nodes:
        if made is not None:
            node = without_nothing(lay_over(document_of(made), node))
        what_if, node = taken(node, WHAT_IF)
        before = made.what_if if made is not None else ()
        try:
            made = read(replace(source, nodes=(node,)))
        except ScenarioError as error:
            raise ScenarioError(*in_order((*error.messages, *_all_mistakes(source)))) from None
        made = made.model_copy(update={"what_if": before})
        made = changed_by(made, what_if) if what_if is not None else made
    assert made is not None  # there is at least one document
    return made.model_copy(update={"source_path": source.path})


def _all_mistakes(source: Source) -> Iterator[Message]:
    """Of all documents, where one of them cannot be read: nothing can be changed then."""
    plain = [taken(node, WHAT_IF) for node in source.nodes]
    node = plain[0][1]
    for _, over in plain[1:]:
        node = without_nothing(lay_over(node, over))
    yield from read_leniently(replace(source, nodes=(node,)))[1]
    for what_if, _ in plain:
        if what_if is not None:
            yield from asked_of(what_if)[1]
