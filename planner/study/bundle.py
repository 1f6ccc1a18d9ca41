"""Everything of a solve in one ZIP: its files, its scenarios, and what each file must hash to."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Collection, Iterator, Mapping
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pandas as pd

from planner._errors import InputError
from planner._messages import Message
from planner._spoken import SAID_FILE

MANIFEST = "MANIFEST.sha256"
SCENARIOS = "scenarios"
LEFT_OUT = ("best", SAID_FILE.removesuffix(".json"))
"""Beginnings of files that tell of the work only: drafts on the way, sentences for other languages."""
MOST_BYTES = 250_000_000
"""More than a browser is given in one piece; what the files hold before they are packed."""
_MOMENT = (1980, 1, 1, 0, 0, 0)
_MODE = 0o644 << 16
_FIRST = 20  # entries of a list that are shown


def bundle(
    folder: Path,
    more: Mapping[str, bytes],
    most_bytes: int = MOST_BYTES,
    only: Collection[str] | None = None,
) -> bytes:
    """A ZIP of what a solve has made; the same files give the same bytes.

    Parameters
    ----------
    folder: of the solve, with a folder for each stage.
    more: further files by their names in the ZIP, such as the scenarios and the report.
    most_bytes: how much may go into it.
    only: names of the files that go in, where others may lie beside them; default: all of a solve.

    Returns
    -------
    The ZIP; ``MANIFEST.sha256`` in it lists every other file, to be checked by ``sha256sum --check``.

    Raises
    ------
    InputError: when the folder is gone or cannot be read, or when it is too much for one ZIP.
    """
    size_of(folder, sum(map(len, more.values())), most_bytes, only)
    try:
        made = {path.relative_to(folder).as_posix(): path.read_bytes() for path in _files(folder, only)}
    except OSError as problem:
        why = problem.strerror or str(problem)
        raise InputError(Message("files.unreadable", {"file": folder.name, "why": why})) from problem
    if not made:
        raise InputError(Message("report.nothing", {"folder": folder.name}))
    files = {**made, **more}
    lines = [f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files)]
    return zipped(files, {MANIFEST: "".join(lines).encode()})


def size_of(
    folder: Path,
    more_bytes: int = 0,
    most_bytes: int = MOST_BYTES,
    only: Collection[str] | None = None,
) -> int:
    """How many bytes would go into the ZIP; nothing is read for it.

    Parameters
    ----------
    folder: of the solve. more_bytes: of further files. most_bytes: how much may go into the ZIP.
    only: names of the files that go in; default: all of a solve.

    Raises
    ------
    InputError: when it is too much for one ZIP, or when the folder cannot be read.
    """
    try:
        size = more_bytes + sum(path.stat().st_size for path in _files(folder, only))
    except OSError as problem:
        why = problem.strerror or str(problem)
        raise InputError(Message("files.unreadable", {"file": folder.name, "why": why})) from problem
    if size > most_bytes:
        values = {"size": size / 1e6, "most": most_bytes / 1e6}
        raise InputError(Message("files.too_much_for_zip", values))
    return size


def _files(folder: Path, only: Collection[str] | None = None) -> Iterator[Path]:
    """Files of a solve that go into its ZIP."""
    if only is not None:
        yield from (folder / name for name in sorted(only) if (folder / name).is_file())
        return
    for path in sorted(folder.rglob("*")):
        packed = path.parent == folder and path.suffix == ".zip"  # of an earlier time
        if path.is_file() and not packed and not path.name.startswith((*LEFT_OUT, ".")):
            yield path


def zipped(files: Mapping[str, bytes], last: Mapping[str, bytes] = MappingProxyType({})) -> bytes:
    """A ZIP of some files, sorted by name and without dates: the same files give the same bytes.

    Parameters
    ----------
    last: further files, behind the others.
    """
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as target:
        for each in (files, last):
            for name in sorted(each):
                target.writestr(_entry(name), each[name])
    return out.getvalue()


def _entry(name: str) -> ZipInfo:
    """An entry without a date, so that nothing but the content counts."""
    entry = ZipInfo(name, _MOMENT)
    entry.external_attr, entry.compress_type, entry.create_system = _MODE, ZIP_DEFLATED, 3
    return entry


def preview(path: Path, rows: int = 6) -> pd.DataFrame:
    """The first rows of a CSV file, or what a JSON file holds at the top, as text just as it stands there.

    Raises
    ------
    InputError: when the file is missing or cannot be read.
    """
    try:
        if path.suffix == ".json":
            record = json.loads(path.read_text(encoding="utf-8"))
            keyed = record.items() if isinstance(record, dict) else _counted(record)
            cells = [(name, _short(value)) for name, value in keyed]
            return pd.DataFrame(cells, columns=["key", "value"])
        with path.open(encoding="utf-8", newline="") as source:
            lines = list(islice(csv.reader(source), rows + 1))
    except (OSError, ValueError, csv.Error) as problem:
        raise InputError(Message("files.unreadable", {"file": path.name, "why": str(problem)})) from problem
    head, body = (lines[0], lines[1:]) if lines else ([], [])
    return pd.DataFrame(body, columns=head, dtype="str")


def _counted(record: object) -> list[tuple[str, object]]:
    """The first entries of a list with their numbers; anything else as one entry."""
    entries = record if isinstance(record, list) else [record]
    return [(str(number), entry) for number, entry in enumerate(entries[:_FIRST], 1)]


def _short(value: object, most: int = 80) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= most else f"{text[: most - 1]}…"
