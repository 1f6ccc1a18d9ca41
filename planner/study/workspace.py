"""Folders of scenarios that a manager works in: copies of samples, and new stages beside them.

A manager's file is never rewritten: saving writes a new file that starts from the old one, with only what
changed.
"""

from __future__ import annotations

import re
import secrets
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planner import _yaml
from planner._errors import InputError, ScenarioError
from planner._files import write_atomic
from planner._messages import Message
from planner.clock import PublicHolidays

if TYPE_CHECKING:
    from planner.study.scenario import Scenario

SAMPLES = Path(__file__).resolve().parents[2] / "scenarios"
_SMALL = 20_000
_ID = re.compile(r"^[a-z0-9]{8,32}$")
_FILE = re.compile(r"^[a-z0-9][a-z0-9_-]{0,63}\.yaml$")


@dataclass(frozen=True)
class StageFile:
    """A scenario file of a workspace: its file name, its name for people, and the file it starts from.

    ``what_if`` tells whether it changes that file as a what-if does.
    """

    file: str
    name: str
    starts_from: str | None
    what_if: bool = False


def samples() -> tuple[str, ...]:
    """Folder names of the shipped scenarios, sorted; the first to show is ``weekday-to-247``."""
    found = sorted(p.parent.name for p in SAMPLES.glob("*/scenario.yaml"))
    return tuple(sorted(found, key=lambda name: (name != "weekday-to-247", name)))


def checked_folder(root: Path, work: str) -> Path:
    """Where a workspace of an id is, or would be; ScenarioError if that is no id."""
    if not _ID.match(work):
        raise ScenarioError(Message("study.no_workspace", {"id": work[:40]}))
    return root / "work" / work


def open_sample(root: Path, sample: str) -> str:
    """Copy a shipped scenario folder into a new workspace; returns the workspace's id."""
    if sample not in samples():
        raise ScenarioError(Message("study.no_sample", {"name": sample[:60], "known": ", ".join(samples())}))
    work = secrets.token_hex(6)
    target = checked_folder(root, work)
    target.parent.mkdir(parents=True, exist_ok=True)
    ignore = shutil.ignore_patterns("make_data.py", "__pycache__")
    # Copied beside it and renamed: a workspace is there whole or not at all.
    beside = target.with_name(f".{work}")
    shutil.copytree(SAMPLES / sample, beside, ignore=ignore)
    beside.rename(target)
    return work


def open_text(root: Path, text: str) -> str:
    """A new workspace with one scenario file; returns its id."""
    work = secrets.token_hex(6)
    target = checked_folder(root, work)
    target.mkdir(parents=True)
    write_atomic(target / "scenario.yaml", text)
    return work


def folder_of(root: Path, work: str) -> Path:
    """Folder of a workspace; ScenarioError if there is none. An id never leaves the root."""
    folder = checked_folder(root, work)
    if not folder.is_dir():
        raise ScenarioError(Message("study.no_workspace", {"id": work[:40]}))
    return folder


def is_stage_name(file: str) -> bool:
    """Whether a stage file may be called so."""
    return bool(_FILE.match(file))


def stage_path(folder: Path, file: str) -> Path:
    """Path of a stage file; a name never leaves the folder."""
    if not _FILE.match(file) or not (folder / file).is_file():
        raise ScenarioError(Message("study.no_stage", {"name": file[:70]}))
    return folder / file


def stages(folder: Path) -> tuple[StageFile, ...]:
    """Stages of a folder in the order of the ladder: each after the one that it starts from.

    Files that ask what if are beside the ladder, see ``what_ifs``: none of them is a step of it.
    """
    return tuple(stage for stage in scenario_files(folder) if not stage.what_if)


def what_ifs(folder: Path) -> tuple[StageFile, ...]:
    """Scenario files of a folder that ask what if, each after the one that it starts from."""
    return tuple(stage for stage in scenario_files(folder) if stage.what_if)


def scenario_files(folder: Path) -> tuple[StageFile, ...]:
    """All scenario files of a folder, each after the one that it starts from."""
    found: dict[str, StageFile] = {}
    for path in sorted(folder.glob("*.yaml"), key=lambda path: path.stem):
        found[path.name] = _stage_file(path)
    ladder: list[StageFile] = []

    def climb(base: str | None) -> None:
        for stage in found.values():
            orphan = base is None and stage.starts_from is not None and stage.starts_from not in found
            if (stage.starts_from == base or orphan) and stage not in ladder:
                ladder.append(stage)
                climb(stage.file)

    climb(None)
    return tuple(ladder)


def _stage_file(path: Path) -> StageFile:
    """What the top of a scenario file says; every page asks, so equal contents are read once."""
    content = path.read_bytes()
    try:
        if len(content) <= _SMALL:
            return _top_of(content.decode("utf-8"), path.name)
    except (UnicodeDecodeError, InputError):
        pass  # read from the path, mistakes name it
    return _top(_yaml.load(path), path.name)


@lru_cache(maxsize=512)
def _top_of(text: str, file: str) -> StageFile:
    return _top(_yaml.load(text, name=file), file)


def _top(node: _yaml.Node, file: str) -> StageFile:
    top = node.value if isinstance(node.value, dict) else {}
    name = str(top["name"].value) if "name" in top else file.removesuffix(".yaml")
    start = str(top["starts_from"].value) if "starts_from" in top else None
    return StageFile(file, name, start, "what_if" in top)


def load(folder: Path, file: str) -> Scenario:
    """A stage of a workspace; mistakes name its files without the folder, which means nothing to a manager.

    Raises
    ------
    ScenarioError: with all mistakes.
    """
    from planner.study.scenario import Scenario  # listing files needs no scenario

    text = stage_path(folder, file).read_text(encoding="utf-8")
    return Scenario.from_text(text, name=file, folder=folder)


def save_stage(folder: Path, base: str, name: str, changes: Mapping[str, Any]) -> str:
    """Write a new stage file that starts from ``base``; returns its file name.

    The file is written only when the result loads: a mistake leaves the folder as it was. A name that another
    stage has gets a number: stages are compared by their names.
    """
    from planner.study.scenario import Scenario  # listing files needs no scenario

    stage_path(folder, base)
    known = {stage.name for stage in scenario_files(folder)}
    wanted = name.strip() or "Stage"
    name = next(n for k in range(1, 1000) if (n := wanted if k == 1 else f"{wanted} {k}") not in known)
    slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:40] or "stage"
    taken = {path.name for path in folder.glob("*.yaml")}
    file = next(f for n in range(1, 1000) if (f := f"{slug}{'' if n == 1 else f'-{n}'}.yaml") not in taken)
    text = _yaml.dump({"starts_from": base, "name": name, **changes})
    Scenario.from_text(text, name=file, folder=folder)
    write_atomic(folder / file, text)
    return file


def delete_stage(folder: Path, file: str) -> str:
    """Remove a stage file that nothing starts from; returns its text, for those who want it back.

    Raises
    ------
    ScenarioError: when another stage starts from it, or nothing would be left.
    """
    path = stage_path(folder, file)
    above = [stage.name for stage in scenario_files(folder) if stage.starts_from == file]
    if above:
        raise ScenarioError(Message("study.stage_in_use", {"name": file, "by": ", ".join(above)}))
    if [stage.file for stage in stages(folder)] == [file]:
        raise ScenarioError(Message("workspace.last_stage", {"name": file}))
    text = path.read_text(encoding="utf-8")
    path.unlink()
    return text


def restore_stage(folder: Path, file: str, text: str) -> None:
    """Write a deleted stage again, unless its name has been taken since.

    Raises
    ------
    ScenarioError: when the name is taken.
    """
    if not _FILE.match(file) or (folder / file).exists():
        raise ScenarioError(Message("workspace.name_taken", {"name": file[:70]}))
    write_atomic(folder / file, text)


def fingerprint(folder: Path, files: tuple[str, ...]) -> str:
    """Hash of everything that a plan of these stages depends on: equal inputs, equal key."""
    digest = sha256()
    for path in sorted(folder.iterdir()):
        if path.suffix != ".yaml" and path.is_file():
            digest.update(path.name.encode() + b"\0" + sha256(path.read_bytes()).digest())
    needed = set(files)
    by_file = {stage.file: stage for stage in scenario_files(folder)}
    for file in files:
        base = by_file[file].starts_from if file in by_file else None
        while base and base not in needed and base in by_file:
            needed.add(base)
            base = by_file[base].starts_from
    for file in sorted(needed):
        digest.update(file.encode() + b"\0" + (folder / file).read_bytes())
    digest.update(repr(files).encode())
    return digest.hexdigest()[:24]


def order(folder: Path, files: tuple[str, ...]) -> dict[str, Any]:
    """What a rollout of stages is asked and what pages say of its result, as plain data.

    Returns
    -------
    files and fingerprint; scenarios: their paths; people: names of everybody in each stage; holidays: of each
    stage, name by day, in its period; currency: of the first.

    Raises
    ------
    ScenarioError: with all mistakes of all stages, before anything is queued.
    """
    mistakes: list[Message] = []
    made: list[Scenario] = []
    for file in files:
        try:
            made.append(load(folder, file))
        except ScenarioError as error:
            mistakes += error.messages
    if mistakes:
        raise ScenarioError(*mistakes)
    return {
        "files": list(files),
        "fingerprint": fingerprint(folder, files),
        "scenarios": [str(folder / file) for file in files],
        "people": [[agent.name for agent in scenario.team.agents] for scenario in made],
        "holidays": [_holidays(scenario) for scenario in made],
        "currency": made[0].currency if made else "",
    }


def _holidays(scenario: Scenario) -> dict[str, str]:
    """The customers' public holidays in the period, by day."""
    last = scenario.first_day + timedelta(days=scenario.days - 1)
    named = PublicHolidays(scenario.public_holidays).days_between(scenario.first_day, last)
    return {day.isoformat(): name for day, name in named.items()}
