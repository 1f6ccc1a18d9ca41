"""All labour rules, found by looking: a file dropped into this folder needs no edit elsewhere."""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib import import_module
from types import MappingProxyType, ModuleType
from typing import Any, Generic, TypeVar

from planner.rules.rule import Rule
from planner.rules.team_rule import TeamRule

Kind = TypeVar("Kind", Rule, TeamRule)


def discover(package: ModuleType, base: type[Any] = Rule) -> Mapping[str, type[Any]]:
    """Rules defined in the modules of a package, by name, in order of their names.

    Parameters
    ----------
    package: its modules are imported in sorted order, its sub-packages are not.
    base: ``Rule`` for rules about one person, ``TeamRule`` for rules over several.

    Raises
    ------
    RuntimeError
        If two rules have one name.
    """
    found: dict[str, type[Any]] = {}
    for entry in sorted(pkgutil.iter_modules(package.__path__), key=lambda entry: entry.name):
        if entry.ispkg:
            continue
        module = import_module(f"{package.__name__}.{entry.name}")
        for value in vars(module).values():
            kind = isinstance(value, type) and issubclass(value, Rule | TeamRule)
            if not kind or value.__module__ != module.__name__ or inspect.isabstract(value):
                continue
            if value.name in found:
                raise RuntimeError(f"two rules are named {value.name}")
            found[value.name] = value
    mine = {name: value for name, value in sorted(found.items()) if issubclass(value, base)}
    return MappingProxyType(mine)


class Registry(Mapping[str, type[Kind]], Generic[Kind]):
    """The rules of this folder by name; looked up on first use, because its own modules use it too.

    Examples
    --------
    >>> "minimum_rest" in REGISTRY, "nobody_alone" in REGISTRY, "nobody_alone" in TEAM_REGISTRY
    (True, False, True)
    """

    def __init__(self, team: bool) -> None:
        self._team = team

    def __getitem__(self, name: str) -> type[Kind]:
        return _ours(self._team)[name]

    def __iter__(self) -> Iterator[str]:
        return iter(_ours(self._team))

    def __len__(self) -> int:
        return len(_ours(self._team))


@lru_cache(maxsize=2)
def _ours(team: bool) -> Mapping[str, type[Any]]:
    return discover(import_module("planner.rules"), TeamRule if team else Rule)


REGISTRY: Registry[Rule] = Registry(team=False)
TEAM_REGISTRY: Registry[TeamRule] = Registry(team=True)
