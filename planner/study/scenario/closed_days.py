"""Days on which a kind of shift is not given: its own weekdays, and days on which nothing is open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

import numpy as np

from planner._values import DaySet
from planner.clock import OpeningHours, PublicHolidays, day_starts, quarter_of, to_utc
from planner.rota import ShiftType

_AROUND = 2  # days before and after the period: shifts there may reach into it


def with_closed_days(
    types: Sequence[ShiftType],
    opening: Mapping[str, OpeningHours],
    zones: Iterable[str],
    period: tuple[date, int],
    cyclic: bool = False,
) -> tuple[ShiftType, ...]:
    """The types without the local days on which no queue is open while anybody could be there.

    A day stays if any queue is open at any moment between start and end of any of the type's starts.

    Parameters
    ----------
    types: kinds of duty, work and on call alike.
    opening: of every queue, on the customers' clock.
    zones: clocks of the people.
    period: first day and number of days.
    cyclic: the period repeats for ever: what follows its last day is its first.

    Examples
    --------
    >>> from planner.clock import OpeningLine
    >>> office = OpeningHours("Europe/Rome", (OpeningLine(frozenset(range(5)), False, 540, 1080),))
    >>> types = [ShiftType("day", (540,), 540), ShiftType("evening", (1080,), 360)]
    >>> given = with_closed_days(types, {"email": office}, ["Europe/Rome"], (date(2026, 3, 2), 7))
    >>> friday, saturday = (("Europe/Rome", date(2026, 3, day)) for day in (6, 7))
    >>> [(friday in kind.not_on, saturday in kind.not_on) for kind in given]
    [(False, True), (True, True)]
    """
    first_day, days = period
    zones = sorted(set(zones))
    if not opening:
        return tuple(types)
    clock = next(iter(opening.values())).zone
    starts = day_starts(first_day, days, clock)
    around = (_AROUND + 2) * 96
    first, quarters = starts[0], starts[-1] - starts[0]
    hours = [each.mask(first - around, quarters + 2 * around) for each in opening.values()]
    is_open = np.any(hours, axis=0)
    if cyclic:
        is_open = np.pad(is_open[around:-around], around, mode="wrap")
    until = np.concatenate(([0], np.cumsum(is_open)))

    def closed(kind: ShiftType, zone: str, day: date) -> bool:
        for minute in kind.starts:
            start = quarter_of(to_utc(day, minute, zone)) - first + around
            end = quarter_of(to_utc(day, minute + kind.present_minutes, zone)) - first + around
            if until[end] > until[start]:
                return False
        return True

    every = _days(first_day, days)
    return tuple(
        _without(kind, [(zone, day) for zone in zones for day in every if closed(kind, zone, day)])
        for kind in types
    )


def with_own_days(
    types: Sequence[ShiftType],
    said: Mapping[str, DaySet],
    holidays: PublicHolidays,
    zones: Iterable[str],
    period: tuple[date, int],
) -> tuple[ShiftType, ...]:
    """The types without the local days that a scenario does not name for them.

    Parameters
    ----------
    said: weekdays of a shift, by its name; public holidays among them are given on any weekday.
    holidays: the customers'.
    """
    every = _days(*period)
    found = holidays.days_between(every[0], every[-1])
    zones = sorted(set(zones))

    def given(days: DaySet, day: date) -> bool:
        return day.weekday() in days.weekdays or (days.public_holidays and day in found)

    return tuple(
        _without(kind, [(zone, day) for zone in zones for day in every if not given(said[kind.name], day)])
        if kind.name in said
        else kind
        for kind in types
    )


def _days(first_day: date, days: int) -> list[date]:
    return [first_day + timedelta(days=index) for index in range(-_AROUND, days + _AROUND)]


def _without(kind: ShiftType, days: Sequence[tuple[str, date]]) -> ShiftType:
    return replace(kind, not_on=kind.not_on | frozenset(days)) if days else kind
