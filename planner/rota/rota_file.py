"""Rows of a rota file as text: any separator and encoding that spreadsheets save, and any case of titles."""

from __future__ import annotations

import csv
import io
import os
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from planner._errors import RotaFileError
from planner._messages import Message, Place
from planner.rota.cells import unguard

if TYPE_CHECKING:
    import pandas as pd

MAX_BYTES = 50_000_000
READ = (
    *("agent", "start_utc", "end_utc", "start_local", "end_local", "shift", "kind", "status", "scenario"),
    *("break_starts_utc", "break_minutes", "shift_id"),
)


def rota_rows(source: str | os.PathLike[str] | pd.DataFrame) -> tuple[str, list[tuple[int, dict[str, str]]]]:
    """Name of the source, and its rows as text with their line numbers."""
    if not isinstance(source, str | os.PathLike):
        records = source.astype(object).where(source.notna(), "").to_dict("records")
        _need_columns([str(column) for column in source.columns], "")
        return "", [(0, {str(k): str(v) for k, v in record.items()}) for record in records]
    path = Path(source)
    try:
        if path.stat().st_size > MAX_BYTES:
            raise RotaFileError(
                Message("rota.too_large", {"limit": MAX_BYTES // 1_000_000}, Place(path.name))
            )
        text = _decoded(path.read_bytes(), path.name)
    except OSError as error:
        raise RotaFileError(Message("rota.no_file", {"problem": error.strerror}, Place(path.name))) from None
    if not text.strip() or "\0" in text:
        raise RotaFileError(
            Message("rota.empty" if "\0" not in text else "rota.not_text", {}, Place(path.name))
        )
    table = text.lstrip()
    if table[:4].lower() == "sep=":  # Excel's own word for the separator
        table = table.partition("\n")[2]
    skipped = text.count("\n", 0, len(text) - len(table))
    separator = max(",;\t", key=table.partition("\n")[0].count)
    reader = csv.reader(io.StringIO(table, newline=""), delimiter=separator)
    columns = [cell.strip().lower() for cell in next(reader, [])]
    _need_columns(columns, path.name)
    rows = []
    for cells in reader:
        if any(cell.strip() for cell in cells):
            padded = [*cells, *[""] * (len(columns) - len(cells))]
            row = {c: unguard(cell) for c, cell in zip(columns, padded, strict=False)}
            rows.append((skipped + reader.line_num, row))
    return path.name, rows


def _decoded(content: bytes, name: str) -> str:
    """Text as spreadsheets save it: UTF-8, "Unicode text" (UTF-16 with its mark), or Windows-1252."""
    if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        encodings = ["utf-16"]
    else:
        # A file with zero bytes is none that anybody typed, whatever else can be made of it.
        encodings = ["utf-8-sig", *([] if b"\0" in content else ["cp1252"])]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError as error:
            byte = error.start + 1
    raise RotaFileError(Message("rota.not_utf8", {"byte": byte}, Place(name)))


def _need_columns(columns: Sequence[str], name: str) -> None:
    """Refuse a table that lacks what a rota needs, or has it twice."""
    twice = [column for column in dict.fromkeys(columns) if column in READ and columns.count(column) > 1]
    if twice:
        raise RotaFileError(Message("rota.columns_twice", {"columns": ", ".join(twice)}, Place(name)))
    missing = [column for column in ("agent",) if column not in columns]
    stamps = ({"start_utc", "end_utc"}, {"start_local", "end_local"})
    if not any(pair <= set(columns) for pair in stamps):
        missing.append("start_local, end_local")
    if missing:
        raise RotaFileError(Message("rota.no_columns", {"columns": ", ".join(missing)}, Place(name)))
