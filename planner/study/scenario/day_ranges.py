"""Days and stretches of days, such as ``[2026-01-10, {from: 2026-02-01, to: 2026-02-07}]``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator

from planner.study.scenario.texts import day_of, writes, wrong

Range = tuple[date, date]


def _ranges(value: object) -> object:
    if isinstance(value, tuple):
        return value  # already read
    entries = value if isinstance(value, list) else [value]
    return tuple(_range(entry) for entry in entries)


def _range(entry: object) -> Range:
    if isinstance(entry, Mapping):
        if set(entry) != {"from", "to"}:
            raise wrong("days_from_to")
        first, last = day_of(str(entry["from"])), day_of(str(entry["to"]))
    elif isinstance(entry, str):
        low, _, high = entry.replace("..", " to ").partition(" to ")
        first, last = day_of(low), day_of(high or low)
    else:
        raise wrong("days_from_to")
    if last < first:
        raise wrong("range_backwards", first=first.isoformat(), last=last.isoformat())
    return first, last


def plain_ranges(ranges: tuple[Range, ...]) -> list[Any]:
    """Ranges as a scenario lists them.

    Examples
    --------
    >>> plain_ranges(((date(2026, 1, 10), date(2026, 1, 10)), (date(2026, 2, 1), date(2026, 2, 7))))
    ['2026-01-10', {'from': '2026-02-01', 'to': '2026-02-07'}]
    """
    return [
        first.isoformat() if first == last else {"from": first.isoformat(), "to": last.isoformat()}
        for first, last in ranges
    ]


DayRanges = Annotated[tuple[Range, ...], BeforeValidator(_ranges), writes(plain_ranges)]
