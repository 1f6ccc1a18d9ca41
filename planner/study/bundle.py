"""Everything of a solve in one ZIP: its files, its scenarios, and what each file must hash to."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Mapping
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
_MOMENT = (1980, 1, 1, 0, 0, 0)
_MODE = 0o644 << 16


def bundle(folder: Path, more: Mapping[str, bytes]) -> bytes:
    """A ZIP of what a solve has made; the same files give the same bytes.

    Parameters
    ----------
    folder: of the solve, with a folder for each stage.
    more: further files by their names in the ZIP, such as the scenarios and the report.

    Returns
    -------
    The ZIP; ``MANIFEST.sha256`` in it lists every other file, to be checked by ``sha256sum --check``.

    Raises
    ------
    InputError: when the folder is gone or cannot be read.
    """
    try:
        made = {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in sorted(folder.rglob("*"))
            if path.is_file() and not path.name.startswith((*LEFT_OUT, "."))
        }
    except OSError as problem:
        why = problem.strerror or str(problem)
        raise InputError(Message("files.unreadable", {"file": folder.name, "why": why})) from problem
    if not made:
        raise InputError(Message("report.nothing", {"folder": folder.name}))
    files = {**made, **more}
    lines = [f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files)]
    return zipped(files, {MANIFEST: "".join(lines).encode()})


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
    """The first rows of a CSV file, or the first keys of a JSON file, as text just as they stand there.

    Raises
    ------
    InputError: when the file is missing or cannot be read.
    """
    try:
        if path.suffix == ".json":
            record = json.loads(path.read_text(encoding="utf-8"))
            cells = [(name, _short(value)) for name, value in record.items()]
            return pd.DataFrame(cells, columns=["key", "value"])
        with path.open(encoding="utf-8", newline="") as source:
            lines = list(islice(csv.reader(source), rows + 1))
    except (OSError, ValueError, csv.Error) as problem:
        raise InputError(Message("files.unreadable", {"file": path.name, "why": str(problem)})) from problem
    head, body = (lines[0], lines[1:]) if lines else ([], [])
    return pd.DataFrame(body, columns=head, dtype="str")


def _short(value: object, most: int = 80) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= most else f"{text[: most - 1]}…"
