"""From what pydantic refuses to sentences with a place and a remedy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from difflib import get_close_matches
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from planner._errors import PlannerError
from planner._messages import Message, Place
from planner._yaml import Node

Path = tuple[str | int, ...]


def place_of(node: Node, path: Sequence[str | int], *, key: bool = False) -> Place:
    """Where a path stands in a document, or its nearest surroundings, with the full path to show.

    Parameters
    ----------
    node: the document.
    path: keys and list positions.
    key: the place of the last key, not of its value.
    """
    walked: list[str | int] = []
    place = node.place
    for number, step in enumerate(path):
        if isinstance(node.value, str):
            break  # one word stands for a mapping: what follows is not written
        if isinstance(node.value, dict) and str(step) in node.value:
            last = number == len(path) - 1
            place = node.keys[str(step)] if last and key else node.value[str(step)].place
            node = node.value[str(step)]
        elif isinstance(node.value, list) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            place = node.place
        elif step == 0 and isinstance(node.value, dict):
            continue  # one mapping stands for a list of one
        else:
            walked += path[number:]
            break
        walked.append(step)
    return replace(place, path=path_text(walked))


def path_text(path: Iterable[str | int]) -> str:
    """A path as people read it.

    Examples
    --------
    >>> path_text(("agents", 3, "languages"))
    'agents[3].languages'
    """
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else str(step)
    return text


def steps_of(text: str) -> Path:
    """The path that ``path_text`` wrote.

    Examples
    --------
    >>> steps_of("rules[0].minimum_rest.hours")
    ('rules', 0, 'minimum_rest', 'hours')
    """
    words = text.replace("[", ".[").split(".") if text else []
    return tuple(int(word[1:-1]) if word.startswith("[") else word for word in words if word)


def at(node: Node, path: Sequence[str | int], code: str, **values: object) -> Message:
    """A sentence of scenario.yaml at a path of a document."""
    return Message(f"scenario.{code}", values, place_of(node, path))


def unknown_name(what: str, name: str, known: Iterable[str]) -> Message:
    """The sentence for a name that nobody has, with the nearest that somebody has."""
    names = list(known)
    near = get_close_matches(name, names, n=1, cutoff=0.5)
    if near:
        return Message("scenario.unknown_name_near", {"what": what, "name": name, "near": near[0]})
    return Message("scenario.unknown_name", {"what": what, "name": name, "known": ", ".join(names) or "none"})


def in_order(messages: Iterable[Message]) -> tuple[Message, ...]:
    """Each message once; files as they come, each by line and column."""
    once = list(dict.fromkeys(messages))
    files = list(dict.fromkeys(message.place.file for message in once if message.place))

    def key(message: Message) -> tuple[int, int, int, str]:
        place = message.place or Place()
        return files.index(place.file) if place.file in files else -1, place.line, place.column, str(message)

    return tuple(sorted(once, key=key))


def messages_of(
    error: ValidationError, node: Node, model: type[BaseModel], before: Path = ()
) -> Iterator[Message]:
    """A sentence for each thing that a model refuses.

    Parameters
    ----------
    error: what pydantic says.
    node: the document that was validated.
    model: the model at ``before``.
    before: path in the document that the error's own paths start from.
    """
    for found in error.errors(include_url=False):
        path = (*before, *found["loc"])
        cause = found.get("ctx", {}).get("error")
        if isinstance(cause, PlannerError):
            for message in cause.messages:
                inner = steps_of(message.place.path) if message.place else ()
                known_key = message.code.startswith("scenario.unknown")
                yield replace(message, place=place_of(node, (*path, *inner), key=bool(inner) and known_key))
        else:
            yield _plain_message(found, node, model, path, tuple(found["loc"]))


def _plain_message(found: Any, node: Node, model: type[BaseModel], path: Path, loc: Path) -> Message:
    kind, given = found["type"], found.get("input")
    info = field_at(model, loc)
    example = str(info.examples[0]) if info and info.examples else "..."
    if kind == "extra_forbidden":
        return _unknown(node, path, model_at(model, loc[:-1]))
    if kind == "missing":
        return at(node, path, "missing", key=path[-1], example=f"{path[-1]}: {example}")
    if kind == "literal_error" and not isinstance(given, str):
        return at(node, path, "text_wanted")
    if kind == "literal_error":
        known = found["ctx"]["expected"].replace("'", "").replace(" or ", ", ")
        return at(node, path, "choice", given=given, known=known)
    if kind in ("model_type", "dict_type", "dict_attributes_type", "model_attributes_type"):
        return at(node, path, "mapping_wanted", example=example.removeprefix("[").removesuffix("]"))
    if kind in ("list_type", "tuple_type"):
        return at(node, path, "list_wanted", example=example)
    if kind == "string_type":
        return at(node, path, "text_wanted")
    if kind in ("int_parsing", "float_parsing", "int_from_float", "finite_number"):
        return at(node, path, "number_wanted", given=given)
    return at(node, path, "refused", why=found["msg"][:1].lower() + found["msg"][1:])


def _unknown(node: Node, path: Path, model: type[BaseModel] | None) -> Message:
    known = key_names(model) if model else []
    place = place_of(node, path, key=True)
    elsewhere = [
        f"{outer}: {{{path[-1]}: ...}}"
        for outer, info in (model.model_fields.items() if model and len(path) == 1 else ())
        if path[-1] in key_names(inner_model(info.annotation))
    ]
    if elsewhere:
        return Message("scenario.unknown_elsewhere", {"where": elsewhere[-1]}, place)
    near = get_close_matches(str(path[-1]).lower(), known, n=1, cutoff=0.6)
    if near:
        return Message("scenario.unknown_near", {"near": near[0]}, place)
    return Message("scenario.unknown", {"known": ", ".join(known)}, place)


def key_names(model: type[BaseModel] | None) -> list[str]:
    """Keys of a mapping as they are written."""
    return [info.alias or name for name, info in model.model_fields.items()] if model else []


def model_at(model: type[BaseModel], loc: Sequence[str | int]) -> type[BaseModel] | None:
    """The model that a path leads to, or None."""
    inner: type[BaseModel] | None = model
    for step in loc:
        if inner is not None and not isinstance(step, int):
            info = _field(inner, step)
            inner = inner_model(info.annotation) if info else None
    return inner


def field_at(model: type[BaseModel], loc: Sequence[str | int]) -> FieldInfo | None:
    """The field that a path leads to, or None."""
    keys = [step for step in loc if not isinstance(step, int)]
    outer = model_at(model, keys[:-1]) if keys else None
    return _field(outer, keys[-1]) if outer else None


def _field(model: type[BaseModel], key: str) -> FieldInfo | None:
    for name, info in model.model_fields.items():
        if key in (info.alias or name, name):
            return info
    return None


def inner_model(annotation: Any) -> type[BaseModel] | None:
    """The model inside ``Annotated``, optional or listed types."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    found = (inner_model(inner) for inner in get_args(annotation))
    return next((model for model in found if model), None)
