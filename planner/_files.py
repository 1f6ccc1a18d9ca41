"""Files written whole or not at all, and their fingerprints."""

from __future__ import annotations

import hashlib
import os
import secrets
from contextlib import suppress
from pathlib import Path

_CHUNK = 1 << 20


def write_atomic(path: str | os.PathLike[str], content: bytes | str) -> None:
    """Write a file so that a kill at any moment leaves the old content or the new.

    Parameters
    ----------
    path: the file; its folder must exist.
    content: bytes, or text that is stored as UTF-8 with its line ends as they are.

    Raises
    ------
    OSError
        If the folder is missing or cannot be written; it names the file, and nothing is left behind.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     write_atomic(Path(folder, "plan.json"), "{}")
    ...     [file.name for file in Path(folder).iterdir()]
    ['plan.json']
    """
    target = Path(path)
    data = content.encode("utf-8") if isinstance(content, str) else content
    # Beside the target: only within one file system is a replacement a single step.
    temporary = target.with_name(f".{target.name}.{secrets.token_hex(8)}.tmp")
    try:
        with open(temporary, "xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, target)
    except BaseException as error:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        if isinstance(error, OSError) and error.errno is not None:
            # People gave the name of the file, not that of its stand-in.
            error.filename, error.filename2 = str(target), None
        raise
    _sync_folder(target.parent)


def sha256_of(path: str | os.PathLike[str]) -> str:
    """SHA-256 of a file's bytes, as hexadecimal text.

    Examples
    --------
    >>> sha256_of(os.devnull)[:8]
    'e3b0c442'
    """
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _sync_folder(folder: Path) -> None:
    """Make the new name durable where the system can; some cannot open a folder."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
