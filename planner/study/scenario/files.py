"""Reading a scenario file and those that it starts from, and keeping every path inside its folder."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath

from planner import _yaml
from planner._messages import Message, Place
from planner._yaml import Node
from planner.study.scenario.said import INSTEAD

STARTS_FROM = "starts_from"
WHAT_IF = "what_if"
NOTHING = "none"
PAST_HOURS = "history_open_hours"
MOST_FILES = 20
_FILE_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}\.ya?ml")


def inside(folder: Path, written: str, root: Path) -> Path | None:
    """A path as it is written in a file of ``folder``; None if it leaves ``root``, also by a link."""
    if (
        "\\" in written
        or "\x00" in written
        or PurePosixPath(written).is_absolute()
        or re.match(r"[A-Za-z]:", written)
    ):
        return None
    path = folder / written
    try:
        resolved = path.resolve()
    except (OSError, RuntimeError):  # a link that leads to itself
        return None
    return path if resolved.is_relative_to(root.resolve()) else None


def file_mistake(path: Path, root: Path, place: Place) -> Message | None:
    """Why a path cannot be a scenario file: a folder, its name, or that it leaves the root."""
    if path.is_dir():
        return Message("scenario.folder", {"given": path.name}, place)
    if not _FILE_NAME.fullmatch(path.name):
        return Message("scenario.file_name", {"given": path.name}, place)
    if inside(path.parent, path.name, root) is None:
        return Message("scenario.path_leaves", {"given": path.name}, place)
    return None


def read_chain(
    source: Path | str, shown: str, folder: Path | None, root: Path | None
) -> tuple[tuple[Node, ...], tuple[Message, ...]]:
    """A scenario laid over those it starts from; paths in it are relative to its own folder.

    What a file changes with ``what_if`` is changed before the next file is laid over it. So there is one
    document up to each file that does; the last one is that of the file itself.

    Parameters
    ----------
    source: the file, or its text.
    shown: its name in messages.
    folder: of the file, or where a text would stand; None: it can name no files.
    root: folder that nothing may leave.
    """
    mistakes: list[Message] = []
    layers: list[Node] = []
    seen: list[Path] = [source.resolve()] if isinstance(source, Path) else []
    here, name = folder, name_for(Path(shown).stem)
    while True:
        node, found = _yaml.read(source, shown)
        mistakes += found
        base, node = taken(node, STARTS_FROM)
        layers.append(_from_folder(node, here, folder) if here and folder else node)
        if base is None:
            break
        step = _next(base, here, root, seen)
        if isinstance(step, Message):
            mistakes.append(step)
            break
        shown = Path(shown).parent.joinpath(str(base.value)).as_posix()
        source, here = step, step.parent
        seen.append(step.resolve())
    if len(layers) > 1 and says_what_if(layers[0]):
        layers[0] = _with_name(layers[0], name)
    parts = [layers[-1]]
    for over in reversed(layers[:-1]):
        if says_what_if(parts[-1]):
            parts.append(over)
        else:
            parts[-1] = lay_over(parts[-1], over)
    return tuple(map(without_nothing, parts)), tuple(mistakes)


def name_for(stem: str) -> str:
    """What a file is called that does not say."""
    words = stem.replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:] or "Scenario"


def _with_name(node: Node, name: str) -> Node:
    """The same with a name of its own, as it is something else than what it starts from."""
    said = node.value
    return replace(
        node, value={"name": Node(name, node.place, {}), **said} if isinstance(said, dict) else said
    )


def says_what_if(node: Node) -> bool:
    """Whether a document changes what it starts from."""
    return isinstance(node.value, dict) and WHAT_IF in node.value


def _next(base: Node, folder: Path | None, root: Path | None, seen: Sequence[Path]) -> Path | Message:
    """The file that a scenario starts from, or why not."""
    if not isinstance(base.value, str) or not base.value.strip():
        return Message("scenario.starts_from", {}, base.place)
    if folder is None or root is None:
        return Message("scenario.no_folder", {"given": base.value}, base.place)
    path = inside(folder, base.value, root)
    if path is None:
        return Message("scenario.path_leaves", {"given": base.value}, base.place)
    if wrong := file_mistake(path, root, base.place):
        return wrong
    if path.resolve() in seen:
        return Message("scenario.starts_from_itself", {"given": base.value}, base.place)
    if len(seen) >= MOST_FILES:
        return Message("scenario.starts_from_far", {"most": MOST_FILES}, base.place)
    if not path.is_file():
        return Message("scenario.no_file", {"given": base.value}, base.place)
    return path


def taken(node: Node, key: str) -> tuple[Node | None, Node]:
    """What stands at a key of a document, and the document without it."""
    if not isinstance(node.value, dict) or key not in node.value:
        return None, node
    rest = {name: inner for name, inner in node.value.items() if name != key}
    return node.value[key], replace(node, value=rest)


def lay_over(base: Node, over: Node) -> Node:
    """One scenario over another: as ``_yaml.merge``, and what it says instead drops its alternatives."""
    if isinstance(base.value, dict) and isinstance(over.value, dict):
        dropped = {
            other
            for group in INSTEAD
            for said in group
            if said in over.value and over.value[said].value != NOTHING
            for other in group
            if other not in over.value
        }
        kept = {k: v for k, v in base.value.items() if k not in dropped}
        base = replace(base, value={**kept, **_seen_hours(kept, over.value)})
    return _yaml.merge(base, over)


def _seen_hours(base: Mapping[str, Node], over: Mapping[str, Node]) -> dict[str, Node]:
    """Other hours on the same history: it has seen the hours that were open before."""
    if "opening_hours" not in over or "history" not in base or "history" in over or PAST_HOURS in base:
        return {}
    before = base.get("opening_hours")
    return {PAST_HOURS: before if before is not None else _yaml.tree([{}])}


def without_nothing(node: Node) -> Node:
    """Without the keys that are taken back with ``none``, which for public holidays means what it says.

    Of growth, whose keys are laid over one by one, single ones can be taken back, too.
    """
    if not isinstance(node.value, dict):
        return node
    kept = {key: v for key, v in node.value.items() if v.value != NOTHING or key == "public_holidays"}
    if "growth" in kept:
        kept["growth"] = without_nothing(kept["growth"])
    return replace(node, value=kept)


def is_pack_file(name: str) -> bool:
    """Whether country rules are a file of one's own, not the name of a country's."""
    return name.endswith((".yaml", ".yml"))


def paths_said(node: Node) -> Iterator[tuple[tuple[str | int, ...], Node]]:
    """Every file that a scenario names, with its path in the document."""
    if not isinstance(node.value, dict):
        return
    for key in ("team", "carryover", "ledger"):
        if key in node.value and isinstance(node.value[key].value, str):
            yield (key,), node.value[key]
    for number, entry in enumerate(_listed(node.value.get("packs"))):
        if isinstance(entry.value, str) and is_pack_file(entry.value):
            yield ("packs", number), entry
    for number, entry in enumerate(_listed(node.value.get("sites"))):
        law = entry.value.get("country_rules") if isinstance(entry.value, dict) else None
        if law is not None and isinstance(law.value, str) and is_pack_file(law.value):
            yield ("sites", number, "country_rules"), law
    replan = node.value.get("replan")
    if replan is not None and isinstance(replan.value, dict) and "published" in replan.value:
        yield ("replan", "published"), replan.value["published"]
    for number, entry in enumerate(_listed(node.value.get("history"))):
        yield from _of_source(("history", number), entry)
    for number, entry in enumerate(_listed(node.value.get("planned_work"))):
        outbound = entry.value.get("outbound") if isinstance(entry.value, dict) else None
        if outbound is not None:
            yield from _of_source(("planned_work", number, "outbound"), outbound)


def _of_source(path: tuple[str | int, ...], source: Node) -> Iterator[tuple[tuple[str | int, ...], Node]]:
    """The file of a history or of calls, and that of its mapping."""
    if not isinstance(source.value, dict):
        return
    if "file" in source.value:
        yield (*path, "file"), source.value["file"]
    if "panels" in source.value:
        yield (*path, "panels"), source.value["panels"]
    mapping = source.value.get("mapping")
    if mapping is not None and isinstance(mapping.value, str):
        yield (*path, "mapping"), mapping
    elif mapping is not None and isinstance(mapping.value, dict) and "file" in mapping.value:
        yield (*path, "mapping", "file"), mapping.value["file"]


def _listed(node: Node | None) -> list[Node]:
    """The entries of a list; one mapping stands for a list of one."""
    if node is None:
        return []
    return node.value if isinstance(node.value, list) else [node]


def _from_folder(node: Node, folder: Path, first: Path) -> Node:
    """The same with its paths written as seen from the folder of the first file."""
    here, first = folder.resolve(), first.resolve()
    if here == first:
        return node
    moved = {id(said): said for _, said in paths_said(node) if isinstance(said.value, str)}

    def rewrite(inner: Node) -> Node:
        if id(inner) in moved and isinstance(inner.value, str):
            return replace(inner, value=Path(os.path.relpath(here / inner.value, first)).as_posix())
        if isinstance(inner.value, dict):
            return replace(inner, value={key: rewrite(v) for key, v in inner.value.items()})
        if isinstance(inner.value, list):
            return replace(inner, value=[rewrite(v) for v in inner.value])
        return inner

    return rewrite(node)
