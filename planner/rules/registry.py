"""All labour rules, found by looking: a file dropped into this folder needs no edit elsewhere."""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib import import_module
from types import MappingProxyType, ModuleType

from planner.rules.rule import Rule


def discover(package: ModuleType) -> Mapping[str, type[Rule]]:
    """Rules defined in the modules of a package, by name, in order of their names.

    Parameters
    ----------
    package: its modules are imported in sorted order, its sub-packages are not.

    Raises
    ------
    RuntimeError
        If two rules have one name.
    """
    found: dict[str, type[Rule]] = {}
    for entry in sorted(pkgutil.iter_modules(package.__path__), key=lambda entry: entry.name):
        if entry.ispkg:
            continue
        module = import_module(f"{package.__name__}.{entry.name}")
        for value in vars(module).values():
            if isinstance(value, type) and issubclass(value, Rule) and value.__module__ == module.__name__:
                if inspect.isabstract(value):
                    continue
                if value.name in found:
                    raise RuntimeError(f"two rules are named {value.name}")
                found[value.name] = value
    return MappingProxyType(dict(sorted(found.items())))


class Registry(Mapping[str, type[Rule]]):
    """The rules of this folder by name; looked up on first use, because its own modules use it too.

    Examples
    --------
    >>> list(REGISTRY)[:2]
    ['days_off_in_row', 'max_days_in_row']
    """

    def __getitem__(self, name: str) -> type[Rule]:
        return _ours()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(_ours())

    def __len__(self) -> int:
        return len(_ours())


@lru_cache(maxsize=1)
def _ours() -> Mapping[str, type[Rule]]:
    return discover(import_module("planner.rules"))


REGISTRY = Registry()
