"""How a duty is written in a cell: a letter, its hours on the person's clock, and signs of its kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

from planner.clock import zone_named
from planner.rota import Shift
from planner.study.grid import PALETTE, letters

AROUND: Mapping[str, tuple[str, str]] = MappingProxyType(
    {"work": ("", ""), "on_call": ("(", ")"), "training": ("[", "]"), "meeting": ("{", "}")}
)
"""Signs around duties that are no ordinary work: they tell them apart without colour."""


@dataclass(frozen=True)
class Marks:
    """Letters and colours of the kinds of shift of a rota.

    Attributes
    ----------
    letter, colour: by name of the kind of shift, in order of their names.
    """

    letter: Mapping[str, str] = field(default_factory=dict)
    colour: Mapping[str, str] = field(default_factory=dict)

    def text(self, shift: Shift, upright: bool = False) -> str:
        """A duty in a cell.

        Parameters
        ----------
        upright: with the end below the start, where they do not fit side by side.

        Examples
        --------
        >>> from datetime import UTC, date
        >>> start, end = datetime(2026, 3, 28, 21, tzinfo=UTC), datetime(2026, 3, 29, 4, tzinfo=UTC)
        >>> shift = Shift(start, "Ana", end, date(2026, 3, 28), "night", "Europe/Rome")
        >>> marks_of([shift]).text(shift)
        'N 22-06'
        """
        opens, closes = AROUND[shift.kind]
        return f"{opens}{self.letter[shift.name]} {hours_text(shift, upright)}{closes}"


def marks_of(shifts: Iterable[Shift]) -> Marks:
    """Letters and colours for all kinds of shift that occur: those of the rota on the pages."""
    names = sorted({shift.name for shift in shifts})
    found = letters(names)
    for number, name in enumerate((name for name in names if found[name] == "?"), 1):
        found[name] = f"Z{number}"
    colours = {name: PALETTE[i % len(PALETTE)] for i, name in enumerate(names)}
    return Marks(MappingProxyType(found), MappingProxyType(colours))


def hours_text(shift: Shift, upright: bool = False) -> str:
    """Start and end of a duty on the person's clock; minutes only where they are not zero.

    Examples
    --------
    >>> from datetime import UTC, date
    >>> start, end = datetime(2026, 3, 2, 6, 30, tzinfo=UTC), datetime(2026, 3, 2, 15, tzinfo=UTC)
    >>> hours_text(Shift(start, "Ana", end, date(2026, 3, 2), "day", "UTC"))
    '06:30-15'
    """
    zone = zone_named(shift.zone)
    return f"{_wall(shift.start.astimezone(zone))}-{chr(10) * upright}{_wall(shift.end.astimezone(zone))}"


def _wall(at: datetime) -> str:
    return f"{at:%H:%M}" if at.minute else f"{at:%H}"
