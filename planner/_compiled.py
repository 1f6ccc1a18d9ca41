"""The optional compiler: numba where it is installed, plain Python where it is not.

Both give the same numbers, bit for bit. ``PLANNER_PLAIN=1`` in the environment forces the plain path,
as tests do.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar, cast

F = TypeVar("F", bound=Callable[..., Any])


def _compiler() -> Any | None:
    if os.environ.get("PLANNER_PLAIN") == "1":
        return None
    try:
        import numba
    except ImportError:
        return None
    return numba.njit


_NJIT = _compiler()
COMPILED = _NJIT is not None


def compiled(function: F) -> F:
    """Compile a function of numbers and arrays, or leave it as it is.

    Examples
    --------
    >>> @compiled
    ... def double(number):
    ...     return 2 * number
    >>> int(double(21))
    42
    """
    if _NJIT is None:
        return function
    try:
        made: F = _NJIT(cache=True)(function)
    except RuntimeError:  # nowhere to keep compiled code, such as in a doctest or a read-only home
        return cast("F", _NJIT(cache=False)(function))
    kept: Any = getattr(getattr(made, "_cache", None), "_cache_file", None)
    stamp = getattr(kept, "_source_stamp", None)
    if stamp is not None:
        # Compiled code is kept for a file as it was; what it calls may stand in the files beside it.
        kept._source_stamp = (stamp, _fingerprint(Path(function.__code__.co_filename).parent))
    return made


@lru_cache
def _fingerprint(folder: Path) -> str:
    """Of all source files in a folder."""
    parts = [path.name.encode() + path.read_bytes() for path in sorted(folder.glob("*.py"))]
    return hashlib.sha256(b"".join(parts)).hexdigest()
