"""Figures of a table as people read them, each with the place that it comes from."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from html import escape
from types import MappingProxyType
from typing import Any

import pandas as pd

from planner._messages import spoken_value
from planner._spoken import Said
from planner._values import wait_text
from planner.study.columns import COLUMNS, DECIMALS
from planner.study.paper import Html, table

DASH = "–"


def amount(value: float, digits: int = 0, sign: str = "") -> str:
    """A number with thousands and so many decimals; a zero has no sign.

    Examples
    --------
    >>> amount(18896.4), amount(-0.2), amount(12.5, 1, "+")
    ('18,896', '0', '+12.5')
    """
    rounded = round(value, digits) + 0.0
    return format(rounded, f"{sign if rounded else ''},.{digits}f")


def _hours(value: float) -> str:
    return amount(value, 1)


FORMS: Mapping[str, Callable[[Any], str]] = MappingProxyType(
    {
        "count": lambda value: amount(value),
        "contacts": lambda value: amount(value, 0 if value >= 100 else 1),
        "erlangs": lambda value: amount(value, 1),
        "share": lambda value: f"{amount(100 * value, 0 if abs(value) >= 1 else 1)} %",
        "seconds": wait_text,
        "hours": _hours,
        "money": lambda value: amount(value),
        "figure": lambda value: amount(value, 0 if abs(value) >= 100 else 1),
        "day": lambda value: value.isoformat() if isinstance(value, date) else str(value),
        "flag": lambda value: "yes" if value else "no",
    }
)
"""By kind of a column: how its values are shown."""


@dataclass(frozen=True, eq=False)
class Told:
    """A table whose figures are shown with their place.

    Attributes
    ----------
    file: where it stands, "folder/file.csv"; its last part names its columns. frame: as it was read.
    said: what its sentences were made of, so that they are said in the language spoken here.
    """

    file: str
    frame: pd.DataFrame
    said: Said = field(default_factory=Said)

    def __len__(self) -> int:
        return len(self.frame)

    def raw(self, row: int, column: str) -> Any:
        """A value as it was read."""
        return self.frame[column].iloc[row]

    def known(self, row: int, column: str) -> bool:
        """Whether a cell says anything."""
        value = self.raw(row, column)
        return not (
            value is None or value is pd.NA or value == "" or (isinstance(value, float) and math.isnan(value))
        )

    def text(self, row: int, column: str, signed: bool = False) -> str:
        """A value as people read it; a dash where it is not known."""
        if not self.known(row, column):
            return DASH
        kind = {each.name: each.kind for each in COLUMNS[self.file.rsplit("/", 1)[-1]]}[column]
        shown = FORMS.get(kind, str)(self.raw(row, column))
        shown = self.said.again(shown) if kind == "text" else shown
        return f"+{shown}" if signed and self.raw(row, column) > 0 else shown

    def cell(self, row: int, column: str, signed: bool = False) -> Html:
        """The same as HTML that names its place."""
        place = escape(f"{self.file}:{row + 2}:{column}")
        return Html(
            f'<span data-from="{place}">{escape(spoken_value(self.text(row, column, signed)))}</span>'
        )


def joined(*parts: object) -> Html:
    """Pieces of a cell one after the other; those that are no HTML are escaped."""
    return Html("".join(part if isinstance(part, Html) else escape(str(part)) for part in parts))


def lined(*parts: Html) -> Html:
    """Pieces of a cell below one another; a dash where there are none."""
    return Html("<br>".join(parts)) if parts else Html(DASH)


def whole_table(told: Told, columns: Sequence[str], heads: Sequence[str] = ()) -> str:
    """Some columns of a table as they stand, numbers to the right; unknown columns are left out.

    Parameters
    ----------
    heads: names of the columns for people; default: the columns' own, without underscores.
    """
    kinds = {each.name: each.kind for each in COLUMNS[told.file.rsplit("/", 1)[-1]]}
    there = [name for name in columns if name in told.frame]
    names = list(heads) if heads else [name.replace("_", " ") for name in there]
    numbers = [n for n, name in enumerate(there) if kinds[name] in DECIMALS]
    rows = [[told.cell(row, name) for name in there] for row in range(len(told))]
    return table(names, rows, numbers)
