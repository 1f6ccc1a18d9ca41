"""Date and time of day in two columns, put together as one stamp."""

from __future__ import annotations

import re
from collections.abc import Sequence

_MIDNIGHT = re.compile(r"[T ]+0{1,2}[:.]00(?:[:.]00)?(?:\.0+)?$")
_DATED = re.compile(r"(?:1899-12-30|1899-12-31|1900-01-00|1900-01-01)[T ]+")
_CLOCKED = re.compile(r"[T ]+[0-9]{1,2}[:.h][0-9]{2}")
_FRACTION = re.compile(r"0?[.,]([0-9]+)(?:e0)?|0|1(?:[.,]0+)?(?:e0)?")
_HOUR = re.compile(r"([0-9]{1,2})(?: ?(?:h|hrs?|ore|Uhr))?( ?[AaPp]\.? ?[Mm]\.?)?")
_CLOCK = re.compile(r"[0-9]{1,2}[:.h][0-9]{2}(?:[:.][0-9]{2}(?:[.,][0-9]+)?)?(?: ?[AaPp]\.? ?[Mm]\.?)?")
_UNTIL = re.compile(
    r"(?:from|dalle|dalle ore|de|de las|desde) +|(?: *(?:-|–|—|/|>) *| +(?:to|alle|a|a las|hasta|al) +).*$"
)


def clock_in(cell: str) -> str:
    """The time of day that a cell says, as a stamp writes it; of a range its start; "" for none.

    Examples
    --------
    >>> [clock_in(cell) for cell in ("8:15", "9", "9 PM", "08:00 - 08:30", "08-09", "0,34375", "x")]
    ['8:15', '9:00', '9:00 PM', '08:00', '08:00', '08:15:00', '']
    """
    text = _DATED.sub("", " ".join(cell.split()))
    if (fraction := _FRACTION.fullmatch(text)) and (fraction[1] or "," in text or "." in text):
        second = round(float(f"0.{fraction[1] or 0}") * 86_400)
        return f"{second // 3600 % 24:02d}:{second % 3600 // 60:02d}:{second % 60:02d}"
    text = _UNTIL.sub("", text).strip()
    if hour := _HOUR.fullmatch(text):
        return f"{hour[1]}:00{hour[2] or ''}"
    return text if _CLOCK.fullmatch(text) else ""


def stamp_of(day: str, clock: str) -> str:
    """One stamp from the cells of two columns; that of the date decides if it has a time of day itself.

    Examples
    --------
    >>> stamp_of("13/10/2025", "8.15"), stamp_of("2025-10-13 00:00:00", "08:15:00"), stamp_of("", "8:15")
    ('13/10/2025 8.15', '2025-10-13 08:15:00', '')
    """
    day = _MIDNIGHT.sub("", day.strip())
    if _CLOCKED.search(day):
        return day
    found = clock_in(clock)
    if not found and clock.strip():
        return f"{day} ?"
    return f"{day} {found}".rstrip() if day else ""


def stamps_of(days: Sequence[str], clocks: Sequence[str]) -> list[str]:
    """Stamps of a batch."""
    return [stamp_of(day, clock) for day, clock in zip(days, clocks, strict=True)]
