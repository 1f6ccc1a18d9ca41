"""All changes, found by looking: a file dropped into this folder needs no edit elsewhere."""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib import import_module
from types import MappingProxyType

from planner.study.whatif.change import Change


class Changes(Mapping[str, type[Change]]):
    """The changes of this folder by name; looked up on first use, because its own modules use it too.

    Examples
    --------
    >>> "volume" in CHANGES, "miracle" in CHANGES
    (True, False)
    """

    def __getitem__(self, name: str) -> type[Change]:
        return _found()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(_found())

    def __len__(self) -> int:
        return len(_found())


@lru_cache(maxsize=1)
def _found() -> Mapping[str, type[Change]]:
    package = import_module("planner.study.whatif")
    found: dict[str, type[Change]] = {}
    for entry in sorted(pkgutil.iter_modules(package.__path__), key=lambda entry: entry.name):
        module = import_module(f"{package.__name__}.{entry.name}")
        for value in vars(module).values():
            kind = isinstance(value, type) and issubclass(value, Change) and not inspect.isabstract(value)
            if not kind or value.__module__ != module.__name__:
                continue
            if value.key in found:
                raise RuntimeError(f"two changes are named {value.key}")
            found[value.key] = value
    return MappingProxyType(dict(sorted(found.items())))


CHANGES: Mapping[str, type[Change]] = Changes()
