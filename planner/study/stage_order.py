"""The order of the ladder: stages moved up and down, copied, renamed and taken away; each step can be undone.

A stage file says what is other than in the file that it starts from. Where the one that it starts from
changes, the file says more, so that the stage itself stays as it was.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from planner import _yaml
from planner._errors import ScenarioError
from planner._files import write_atomic
from planner._messages import Message
from planner.study.scenario import Scenario
from planner.study.scenario.files import NOTHING
from planner.study.workspace import load, save_stage, scenario_files, stage_path, stages

Texts = Mapping[str, str | None]
"""Files and what they held before a change; None: the file was not there."""
_OWN = ("name", "starts_from", "what_if", "starts")


def copy_stage(folder: Path, file: str, name: str) -> tuple[str, Texts]:
    """A new stage beside one, the same in all but its name; returns its file, and how to undo it.

    Raises
    ------
    ScenarioError: when the stage has mistakes.
    """
    path = stage_path(folder, file)
    base = {each.file: each for each in scenario_files(folder)}[file].starts_from
    made = save_stage(folder, base or file, name, {})
    if base:
        named = load(folder, made).name
        text = _with_key(path.read_text(encoding="utf-8"), "name", named)
        write_atomic(folder / made, text)
    return made, {made: None}


def rename_stage(folder: Path, file: str, name: str) -> Texts:
    """Give a stage another name; the rest of its file stays as it is.

    Raises
    ------
    ScenarioError: when another stage has the name, or it is empty.
    """
    path, wanted = stage_path(folder, file), " ".join(name.split())
    others = {each.name for each in scenario_files(folder) if each.file != file}
    if not wanted or wanted in others:
        raise ScenarioError(Message("stage_order.name_taken", {"name": wanted[:80]}))
    text = path.read_text(encoding="utf-8")
    changed = _with_key(text, "name", wanted)
    Scenario.from_text(changed, name=file, folder=folder)
    write_atomic(path, changed)
    return {file: text}


def move_stage(folder: Path, file: str, up: bool) -> Texts:
    """Move a stage one step up or down the ladder; each stage then starts from the one before it.

    What every stage says as a whole stays: only where each starts from changes.

    Raises
    ------
    ScenarioError: when it cannot move there, or the result would not load.
    """
    files = [each.file for each in stages(folder)]
    at = files.index(stage_path(folder, file).name)
    to = at - 1 if up else at + 1
    if min(at, to) < 1 or to >= len(files):
        raise ScenarioError(Message("stage_order.not_there"))
    files[at], files[to] = files[to], files[at]
    return _chained(folder, files)


def remove_stage(folder: Path, file: str) -> Texts:
    """Take a stage away; those that start from it start from the one before it then, and stay as they are.

    Raises
    ------
    ScenarioError: when it is the first, which the others start from, or the last one left.
    """
    listed = {each.file: each for each in scenario_files(folder)}
    path = stage_path(folder, file)
    above = [each.file for each in listed.values() if each.starts_from == file]
    base = listed[file].starts_from
    if base not in listed and (above or len(stages(folder)) == 1):
        raise ScenarioError(Message("stage_order.first_stays", {"name": listed[file].name}))
    wanted = {each: str(base) for each in above}
    return _rewritten(folder, wanted, gone=path.name)


def say_in_stage(folder: Path, file: str, changes: Mapping[str, Any]) -> Texts:
    """Say keys of a stage otherwise in its own file; the rest of it stays as it is.

    Raises
    ------
    ScenarioError: when the result has mistakes.
    """
    path = stage_path(folder, file)
    text = path.read_text(encoding="utf-8")
    changed = text
    for key in changes:
        changed = _without_key(changed, key)
    changed = _in_lines(changed) + "".join(_line(key, value) for key, value in changes.items())
    Scenario.from_text(changed, name=file, folder=folder)
    write_atomic(path, changed)
    return {file: text}


def put_back(folder: Path, texts: Texts) -> None:
    """Undo: files as they were before.

    Raises
    ------
    ScenarioError: when a stage would be lost by it: one that was made since starts from what would go.
    """
    going = {file for file, text in texts.items() if text is None}
    held = [s.name for s in scenario_files(folder) if s.starts_from in going and s.file not in texts]
    if held:
        raise ScenarioError(Message("stage_order.in_use", {"by": ", ".join(held)}))
    for file, text in texts.items():
        if text is None:
            (folder / file).unlink(missing_ok=True)
        else:
            write_atomic(folder / file, text)


def _chained(folder: Path, files: Sequence[str]) -> Texts:
    """Each stage starts from the one before it in a list."""
    now = {each.file: each.starts_from for each in stages(folder)}
    wanted = {file: files[at] for at, file in enumerate(files[1:]) if now[file] != files[at]}
    return _rewritten(folder, wanted)


def _rewritten(folder: Path, wanted: Mapping[str, str], gone: str | None = None) -> Texts:
    """Write where stages start from; tried in a folder beside first: every stage must stay the same."""
    every = [each.file for each in scenario_files(folder) if each.file != gone]
    was = {file: load(folder, file) for file in every}
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".order-") as name:
        trial = Path(name) / "trial"
        shutil.copytree(folder, trial, copy_function=_linked)
        if gone:
            (trial / gone).unlink()
        texts = {file: (folder / file).read_text(encoding="utf-8") for file in wanted}
        for file, base in wanted.items():
            write_atomic(trial / file, _with_key(texts[file], "starts_from", base))
        order = sorted(wanted, key=[each.file for each in scenario_files(trial)].index)
        for file in order:  # from the bottom up: each is held against what it starts from by now
            _keep_meaning(trial, file, was[file])
        changed = [file for file in every if load(trial, file).plain != was[file].plain]
        if changed:
            names = ", ".join(was[file].name for file in changed)
            raise ScenarioError(Message("stage_order.would_change", {"names": names}))
        found = {file: (trial / file).read_text(encoding="utf-8") for file in wanted}
    before: dict[str, str | None] = dict(texts)
    for file, text in found.items():
        write_atomic(folder / file, text)
    if gone:
        before[gone] = (folder / gone).read_text(encoding="utf-8")
        (folder / gone).unlink()
    return before


def _linked(source: str, target: str) -> str:
    """The same file under another name: a trial folder takes no space for a long history."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
    return target


def _keep_meaning(folder: Path, file: str, was: Scenario) -> None:
    """Say in a file what it had from the one that it started from before."""
    text = (folder / file).read_text(encoding="utf-8")
    made = Scenario.from_text(text, name=file, folder=folder).plain
    top = _yaml.load(folder / file).value
    own = set(top) if isinstance(top, dict) else set()
    wanted: dict[str, Any] = {
        key: value for key, value in was.plain.items() if key not in _OWN and made.get(key) != value
    }
    gone = [key for key in made if key not in was.plain and key not in _OWN]
    more = {**wanted, **dict.fromkeys(gone, NOTHING)}
    for key in [each for each in more if each in own]:
        text = _without_key(text, key)
    if more:
        lines = "".join(_line(key, value) for key, value in more.items())
        write_atomic(folder / file, _in_lines(text) + lines)


def _with_key(text: str, key: str, value: str) -> str:
    """A file's text with one of its keys said otherwise, at its place."""
    text, line = _in_lines(text), _line(key, value)
    found = re.compile(rf"^{key}:[^\n]*\n(?:[ \t]+[^\n]*\n)*", re.MULTILINE)
    if found.search(text):
        return found.sub(lambda _old: line, text, count=1)
    return f"{line}{text}"


def _without_key(text: str, key: str) -> str:
    """A file's text without one of its keys, and what stands under it."""
    found = re.compile(rf"^{key}:[^\n]*\n(?:(?:[ \t]+|-)[^\n]*\n)*", re.MULTILINE)
    return found.sub("", _in_lines(text), count=1)


def _in_lines(text: str) -> str:
    """A file's text with a line for each key, also of a file that is written in braces."""
    if not text.lstrip().startswith("{"):
        return text.rstrip("\n") + "\n"
    top = _yaml.load(text).value
    return "".join(_line(key, node.plain()) for key, node in top.items()) if isinstance(top, dict) else text


def _line(key: str, value: Any) -> str:
    """A key and what it says, as a file says it."""
    text = _yaml.dump({key: value})
    return text.strip()[1:-1] + "\n" if text.startswith("{") else text
