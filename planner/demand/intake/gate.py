"""What may come in: size, kind and encoding of a file, settled before a row is read."""

from __future__ import annotations

import codecs
import gzip
import hashlib
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from planner._errors import HistoryError
from planner._messages import Message, Place

MEGABYTE = 1_000_000
MAX_BYTES = 2_000 * MEGABYTE
MAX_UNPACKED_BYTES = 8_000 * MEGABYTE
MAX_RATIO = 200
RATIO_FROM_BYTES = 20 * MEGABYTE
CHUNK = 1 << 20
MAX_LINE = 1_000_000
_ENDS = (b"\n", b"\r")

_GZIP = b"\x1f\x8b"
_ZIP = b"PK\x03\x04"
_OFFICE = b"\xd0\xcf\x11\xe0"
_KINDS = (
    (_ZIP, "zip_file"),  # inside a gzip archive; elsewhere it is looked into
    (b"PK\x05\x06", "zip_file"),
    (b"%PDF", "pdf_file"),
    (b"7z\xbc\xaf", "zip_file"),
    (b"Rar!", "zip_file"),
    (b"SQLite format 3", "database_file"),
)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Windows-1252 leaves these five bytes undefined; a file that holds one is not Windows-1252.
_NOT_1252 = bytes((0x81, 0x8D, 0x8F, 0x90, 0x9D))


@dataclass(frozen=True)
class Examined:
    """A file that passed the gate.

    Attributes
    ----------
    name: of the file, without folders.
    sha256: of the bytes as given.
    encoding: Python's name of the codec; "" of a workbook.
    workbook: an .xlsx, whatever it is called.
    notices: what was assumed.
    """

    file: Path
    name: str
    sha256: str
    packed: bool
    encoding: str
    workbook: bool = False
    notices: tuple[Message, ...] = ()


def refuse(code: str, name: str, **values: object) -> HistoryError:
    """The error for a whole file, with its name as the place; codes without a room are of ``demand``."""
    return HistoryError(Message(code if "." in code else f"demand.{code}", values, Place(file=name)))


def examine(
    file: Path, *, max_bytes: int = MAX_BYTES, max_unpacked_bytes: int = MAX_UNPACKED_BYTES
) -> Examined:
    """Look at a file's size, kind and encoding without keeping any of it.

    The content decides, not the name: a byte-order mark, else strict UTF-8, else Windows-1252 with a notice.
    Nothing is guessed from letter statistics.

    Raises
    ------
    HistoryError: missing, empty, too large, a workbook that is no plain .xlsx, a PDF, an archive, no text.
    """
    name = file.name
    try:
        size = file.stat().st_size
        if not file.is_file():
            raise refuse("no_file", name)
        if size == 0:
            raise refuse("empty_file", name)
        if size > max_bytes:
            raise refuse("too_large", name, size=size // MEGABYTE, limit=max_bytes // MEGABYTE)
        with file.open("rb") as raw:
            digest = hashlib.file_digest(raw, "sha256").hexdigest()
            raw.seek(0)
            magic = raw.read(4)
        if magic == _ZIP:
            from planner.demand.intake.workbook import check_workbook

            check_workbook(file, name)
            return Examined(file, name, digest, packed=False, encoding="", workbook=True)
        packed = magic[:2] == _GZIP
        with _bytes_of(file, packed) as stream:
            encoding = _scan(stream, name, size, packed, max_unpacked_bytes)
    except FileNotFoundError:
        raise refuse("no_file", name) from None
    except (EOFError, zlib.error, gzip.BadGzipFile):
        raise refuse("broken_gzip", name) from None
    except OSError:
        raise refuse("unreadable_file", name) from None
    notices = (Message("demand.read_as_1252", {}, Place(file=name)),) if encoding == "cp1252" else ()
    return Examined(file, name, digest, packed, encoding, notices=notices)


@contextmanager
def open_text(examined: Examined) -> Iterator[IO[str]]:
    """The text of an examined file, line ends untouched (the CSV reader needs them)."""
    with (
        _bytes_of(examined.file, examined.packed) as stream,
        io.TextIOWrapper(stream, encoding=examined.encoding, newline="") as text,
    ):
        yield text


def _bytes_of(file: Path, packed: bool) -> IO[bytes]:
    return cast("IO[bytes]", gzip.open(file, "rb")) if packed else file.open("rb")


def _scan(stream: IO[bytes], name: str, size: int, packed: bool, max_unpacked_bytes: int) -> str:
    """Read once from end to end; the encoding, or an error that says what is wrong."""
    head = stream.read(CHUNK)
    if not head.strip():
        raise refuse("empty_file", name)
    _refuse_kind(head, name)
    marked = next((codec for mark, codec in _MARKS if head.startswith(mark)), None)
    decoder = codecs.getincrementaldecoder(marked or "utf-8")()
    failed_at: int | None = None
    undefined_at: int | None = None
    seen = 0
    ends = _LineEnds(name)
    chunk = head
    while chunk:
        ends.check(chunk)
        if packed:
            _refuse_bomb(seen + len(chunk), size, name, max_unpacked_bytes)
        if marked != "utf-16" and (zero := chunk.find(0)) >= 0:
            raise refuse("nul_byte", name, byte=seen + zero + 1)
        if failed_at is None:
            try:
                if "\0" in decoder.decode(chunk):
                    raise refuse("nul_byte", name, byte=seen + 1)
            except UnicodeDecodeError as error:
                failed_at = seen + error.start + 1
        if undefined_at is None:
            found = [at for byte in _NOT_1252 if (at := chunk.find(byte)) >= 0]
            undefined_at = seen + min(found) + 1 if found else None
        seen += len(chunk)
        chunk = stream.read(CHUNK)
    if failed_at is None:
        try:
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            failed_at = seen
    if failed_at is None:
        return marked or "utf-8"
    if marked or undefined_at is not None:
        raise refuse("undecodable", name, byte=failed_at)
    return "cp1252"


class _LineEnds:
    """Refuses text without line ends: readers of lines would have to hold all of it."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._line = 1
        self._length = 0

    def check(self, chunk: bytes) -> None:
        """Take a chunk into account; what stands between two ends inside it is short enough."""
        ends = [at for mark in _ENDS if (at := chunk.find(mark)) >= 0]
        self._refuse(self._length + min(ends, default=len(chunk)))
        if ends:
            self._line += chunk.count(b"\n") or chunk.count(b"\r")
            self._length = len(chunk) - 1 - max(chunk.rfind(mark) for mark in _ENDS)
        else:
            self._length += len(chunk)
        self._refuse(self._length)

    def _refuse(self, length: int) -> None:
        if length > MAX_LINE:
            raise refuse("endless_line", self._name, line=self._line, limit=MAX_LINE)


def _refuse_kind(head: bytes, name: str) -> None:
    for magic, code in _KINDS:
        if head.startswith(magic):
            raise refuse(code, name)
    if head.startswith(_OFFICE):
        locked = "EncryptedPackage".encode("utf-16-le") in head
        raise refuse("imports.password" if locked else "excel_97", name)
    if head.startswith(_GZIP):
        raise refuse("packed_twice", name)
    if head.lstrip()[:14].lower().startswith((b"<html", b"<!doctype html", b"<?xml")):
        raise refuse("web_page", name)


def _refuse_bomb(unpacked: int, size: int, name: str, max_unpacked_bytes: int) -> None:
    if unpacked > max_unpacked_bytes or (unpacked > RATIO_FROM_BYTES and unpacked > MAX_RATIO * size):
        raise refuse("unpacks_too_large", name, limit=max_unpacked_bytes // MEGABYTE, ratio=MAX_RATIO)
