"""The optional compiler: numba where it is installed, plain Python where it is not.

Both give the same numbers, bit for bit. ``PLANNER_PLAIN=1`` in the environment forces the plain path,
as tests do.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, TypeVar

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
        made = _NJIT(cache=False)(function)
    return made
