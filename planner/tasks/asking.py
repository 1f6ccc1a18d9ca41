"""Asking for a job: its files are kept as they are now, and equal questions have equal keys."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from planner.clock import tzdata_version
from planner.tasks.interface import Asking
from planner.tasks.job import Inputs, Job

SCENARIOS = ("scenario", "scenarios")
FILES = ("rota", "later")
PLAN = "held_to"
_PLAN_FILES = ("plan.json", "requirement.csv")
_ROTA = "rota.csv"
_PACKAGES = ("shift-coverage-planner", "ortools", "pandas", "numpy")


def ask(store: Asking, kind: str, payload: Mapping[str, Any], *, owner: str, key: str | None = None) -> Job:
    """Queue a job, or join the same one.

    Parameters
    ----------
    payload: plain data. Its ``scenario`` and ``scenarios`` are paths of scenario files, ``rota`` and
        ``later`` of other files, ``rota`` also of a plan's folder; what they say now is what is worked out,
        whatever becomes of the files. Of ``held_to``, the record of a plan, the need beside it is kept too.
    key: by which pages find the job again; made of kind, payload, the content of its files and the versions
        of this program if None.

    Raises
    ------
    TaskError: when the owner has another job under way, the queue is full, or the store cannot be used.
    """
    inputs = snapshot(store, payload)
    return store.submit(kind, payload, key=key or key_of(kind, payload, inputs), owner=owner, inputs=inputs)


def snapshot(store: Asking, payload: Mapping[str, Any]) -> Inputs:
    """Keep the content of every file that a payload names.

    A path that leads nowhere is left as it is: the job will say so.
    """
    files: dict[str, str] = {}
    paths: dict[str, str] = {}
    kept: dict[Path, str] = {}
    roots: dict[Path, str] = {}
    for said, path, every in _said(payload):
        root = path.parent
        folder = roots.setdefault(root, str(len(roots) + 1))
        for file in every:
            if file not in kept:
                kept[file] = store.keep_input(file)
            files[f"{folder}/{file.relative_to(root).as_posix()}"] = kept[file]
        paths[said] = f"{folder}/{path.name}"
    return Inputs(files, paths)


def key_of(kind: str, payload: Mapping[str, Any], inputs: Inputs) -> str:
    """Equal for equal questions to equal versions of this program; paths count by what stands in their files.

    Examples
    --------
    >>> one, other = Inputs({"1/a.yaml": "f0"}, {"/x/a.yaml": "1/a.yaml"}), Inputs({"1/a.yaml": "f1"})
    >>> same = key_of("plan", {"scenario": "/y/a.yaml"}, Inputs(one.files, {"/y/a.yaml": "1/a.yaml"}))
    >>> key_of("plan", {"scenario": "/x/a.yaml"}, one) == same != key_of("plan", {}, other)
    True
    """
    asked = {
        name: [inputs.paths.get(str(each), each) for each in value]
        if name in SCENARIOS and isinstance(value, list)
        else inputs.paths.get(value, value)
        if isinstance(value, str)
        else value
        for name, value in payload.items()
    }
    whole = {"kind": kind, "asked": asked, "files": dict(inputs.files), "versions": _versions()}
    return hashlib.sha256(json.dumps(whole, sort_keys=True).encode()).hexdigest()[:32]


def _said(payload: Mapping[str, Any]) -> Iterator[tuple[str, Path, tuple[Path, ...]]]:
    """What a payload says, the file that it means, and every file that it is read from."""
    from planner.study.scenario.closure import files_of  # only those who ask wait for it, no worker

    for name in SCENARIOS:
        value = payload.get(name, ())
        for said in [value] if isinstance(value, str) else value:
            if Path(said).is_file():
                yield said, Path(said), files_of(said)
    for name in FILES:
        said = payload.get(name)
        if isinstance(said, str):
            path = Path(said) / _ROTA if Path(said).is_dir() else Path(said)
            if path.is_file():
                yield said, path, (path,)
    record = payload.get(PLAN)
    if isinstance(record, str) and Path(record).is_file():
        yield record, Path(record), tuple(Path(record).parent / name for name in _PLAN_FILES)


@lru_cache(maxsize=1)
def _versions() -> dict[str, str]:
    found = {package: version(package) for package in _PACKAGES}
    return {**found, "python": sys.version.split()[0], "tzdata": tzdata_version()}
