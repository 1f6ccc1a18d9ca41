"""All labour rules, found by looking: a file dropped into this folder needs no edit elsewhere."""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Mapping
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
        if entry.ispkg or f"{package.__name__}.{entry.name}" == __name__:
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


REGISTRY: Mapping[str, type[Rule]] = discover(import_module("planner.rules"))
