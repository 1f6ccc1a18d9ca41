"""Every rule, its settings and its sentence, for the README and the command line."""

from __future__ import annotations

from typing import Any

from planner.rules.registry import REGISTRY, TEAM_REGISTRY
from planner.rules.rule import Rule
from planner.rules.team_rule import TeamRule


def rules_table() -> str:
    """A Markdown table of all rules, in order of their names.

    Examples
    --------
    >>> print(next(line for line in rules_table().splitlines() if "max_days" in line))
    | `max_days_in_row` | `days` | day | At most 4 days of work in a row |
    """
    lines = ["| rule | settings (default) | measured in | for example |", "| --- | --- | --- | --- |"]
    both: dict[str, type[Rule] | type[TeamRule]] = {**REGISTRY, **TEAM_REGISTRY}
    for name, rule in sorted(both.items()):
        example = str(rule(**rule.examples[0]).explain()).replace("|", "\\|")
        lines.append(f"| `{name}` | {_settings(rule)} | {rule.unit} | {example} |")
    return "\n".join(lines) + "\n"


def _settings(rule: type[Rule] | type[TeamRule]) -> str:
    """Own settings of a rule; those that every rule has are documented once."""
    common = Rule.model_fields
    own = {name: field for name, field in rule.model_fields.items() if name not in common}
    return ", ".join(f"`{name}`{_default(field)}" for name, field in own.items()) or "–"


def _default(field: Any) -> str:
    """The default in brackets; nothing if the setting must be given or is optional."""
    if field.is_required() or field.default is None:
        return ""
    value = field.default
    if value in ((), ""):
        return ""
    if isinstance(value, tuple):
        value = ", ".join(map(str, value))
    return f" ({value:g})" if isinstance(value, float) else f" ({value})"
