"""Shift types that rules name, held against those that there are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from planner._messages import Message, Place
from planner.rules.reading import Setting, read_all
from planner.rules.rule import Rule
from planner.rules.team_rule import TeamRule

FIELDS = ("shifts", "only", "never", "after", "not_then")
"""Settings that hold names of shift types, where they hold names at all."""


def unknown_shifts(names: Iterable[str], settings: Sequence[Setting]) -> tuple[Message, ...]:
    """Names in rules that are no shift type; such a rule would never find anything.

    Parameters
    ----------
    names: of all shift types.
    settings: as scenario files write them; they must be readable.

    Examples
    --------
    >>> [message] = unknown_shifts(["early", "night"], [{"allowed_shifts": {"never": "nigth"}}])
    >>> print(message)
    rules[0].allowed_shifts.never: there is no shift "nigth"; did you mean night?
    """
    known = sorted(set(names))
    found = []
    for index, setting in enumerate(settings):
        for rule in read_all([setting]):
            for field, name in _named(rule):
                if name not in known:
                    near = get_close_matches(name, known, n=1)
                    code = "rules.shift_near" if near else "rules.no_such_shift"
                    values = {"name": name, "near": "".join(near), "known": ", ".join(known)}
                    place = Place(path=f"rules[{index}].{rule.name}.{field}")
                    found.append(Message(code, values, place))
    return tuple(found)


def _named(rule: Rule | TeamRule) -> list[tuple[str, str]]:
    """Each setting of a rule that names shift types, with each name."""
    return [
        (field, name)
        for field in FIELDS
        if isinstance(value := getattr(rule, field, ()), tuple)
        for name in value
    ]
