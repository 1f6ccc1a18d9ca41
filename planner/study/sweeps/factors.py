"""What a sweep varies: settings of changes, or keys of the scenario, each with its values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any

from planner._errors import InputError
from planner._messages import Message
from planner.study.whatif import CHANGES, changed

if TYPE_CHECKING:
    from planner.study.scenario import Scenario

MOST_FACTORS, MOST_CELLS = 2, 25
EXAMPLE = "volume.by=-20%,0%,+20%"
DEMAND = frozenset({"volume", "growth"})
"""Changes, and keys, that change how much comes and nothing else."""


@dataclass(frozen=True)
class Factor:
    """One thing that a sweep varies.

    Attributes
    ----------
    name: ``change.setting`` of one of ``CHANGES``, or a key of the scenario, with dots for keys inside it.
    values: as they are written. others: settings of the change that stay, such as its queues.
    """

    name: str
    values: tuple[str, ...]
    others: Mapping[str, str]

    @property
    def change(self) -> str | None:
        """Name of the change; None for a key of the scenario."""
        head, dot, _ = self.name.partition(".")
        return head if dot and head in CHANGES else None

    @property
    def of_demand(self) -> bool:
        """Whether only demand changes."""
        return self.name.partition(".")[0] in DEMAND

    @property
    def title(self) -> str:
        """The name, with the settings that stay."""
        return "; ".join((self.name, *(f"{key}={value}" for key, value in self.others.items())))

    def apply(self, scenario: Scenario, value: str) -> Scenario:
        """The scenario with one of the values.

        Raises
        ------
        ScenarioError: a value that the scenario cannot be asked.
        """
        head, _, rest = self.name.partition(".")
        if self.change is not None:
            return changed(scenario, head, {rest: value, **self.others})
        inner: Any = value
        for key in reversed(rest.split(".") if rest else []):
            inner = {key: inner}
        return scenario.replace(**{head: inner})


def factor_of(text: str) -> Factor:
    """A factor as it is written: ``name=value,value``, then settings that stay after a semicolon.

    Raises
    ------
    InputError: when it has no name, no values, or one value twice.

    Examples
    --------
    >>> made = factor_of("handle_time.by=-10%, 0%; queues=phone en")
    >>> made.change, made.values, dict(made.others)
    ('handle_time', ('-10%', '0%'), {'queues': 'phone en'})
    """
    first, *rest = [part.strip() for part in text.split(";")]
    name, equals, given = (part.strip() for part in first.partition("="))
    values = tuple(value.strip() for value in given.split(","))
    pairs = [tuple(side.strip() for side in part.partition("=")[::2]) for part in rest]
    if not name or not equals or not all(values) or not all(all(pair) for pair in pairs):
        raise InputError(Message("sweeps.factor", {"given": text, "example": EXAMPLE}))
    if len(set(values)) < len(values):
        raise InputError(Message("sweeps.twice", {"factor": name}))
    made = Factor(name, values, {key: value for key, value in pairs})
    if pairs and made.change is None:
        raise InputError(Message("sweeps.settings", {"factor": name, "known": ", ".join(CHANGES)}))
    return made


def factors_of(texts: Sequence[str]) -> tuple[Factor, ...]:
    """One or two factors; all mistakes at once.

    Raises
    ------
    InputError: none or too many of them, one of them twice, or too many cells.
    """
    mistakes: list[Message] = []
    found: list[Factor] = []
    for text in texts:
        try:
            found.append(factor_of(text))
        except InputError as error:
            mistakes += error.messages
    if not 1 <= len(texts) <= MOST_FACTORS:
        mistakes.append(Message("sweeps.how_many", {"most": MOST_FACTORS, "given": len(texts)}))
    if len({factor.title for factor in found}) < len(found):
        mistakes.append(Message("sweeps.same_factor", {"factor": found[0].title}))
    cells = len(grid_of(found))
    if cells > MOST_CELLS:
        mistakes.append(Message("sweeps.too_many_cells", {"cells": cells, "most": MOST_CELLS}))
    if mistakes:
        raise InputError(*mistakes)
    return tuple(found)


def grid_of(factors: Sequence[Factor]) -> tuple[tuple[str, ...], ...]:
    """Values of every cell, the last factor fastest.

    Examples
    --------
    >>> grid_of([factor_of("a=1,2"), factor_of("b=x,y")])
    (('1', 'x'), ('1', 'y'), ('2', 'x'), ('2', 'y'))
    """
    return tuple(product(*(factor.values for factor in factors)))
